"""Candidates of codes: leaves only, with their side, and only on what was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.assess.legs import assess_facts, knowledge, parse_context, parse_facts
from ultrasound.assess.codes import suggest_codes
from ultrasound.domain import Assertion, CodeCandidate
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.schema_codes import CodeTable
from ultrasound.knowledge.tables import parse_table, table_bytes

TABLE = knowledge().codes


def suggest(facts: str, context: str = "") -> tuple[CodeCandidate, ...]:
    """The candidates of facts."""
    observations, told = parse_facts(facts), parse_context(context)
    legs = assess_facts(observations, told, "svs_avf_avls_2022").legs
    return suggest_codes(tuple(legs.values()), observations, told, TABLE)


def show(candidates: tuple[CodeCandidate, ...], system: str = "ICD-10-CM") -> str:
    """Codes with their side, in order."""
    found = (c for c in candidates if c.system == system)
    return " ".join(f"{c.leg.value[0] if c.leg else '-'}:{c.code}" for c in found)


@pytest.mark.parametrize(
    ("facts", "context", "codes"),
    [
        ("R GSV sfj reflux_time 2300", "", "r:I87.2"),
        ("R GSV sfj reflux_time 2300; L SSV spj reflux present", "", "-:I87.2"),
        ("R GSV sfj reflux_time 500", "", ""),
        ("R GSV sfj reflux absent", "- indication varicose_veins; - indication pain", ""),
        ("R GSV sfj reflux present ?", "", ""),
        ("R GSV sfj reflux present prior; R GSV sfj reflux absent", "", ""),
        ("R GSV sfj reflux present !other_method; R GSV sfj reflux absent", "", ""),
        ("R DEEP - reflux absent; R POPV - reflux_time 1500", "", ""),
        ("R NSV calf anatomy varicose", "", "r:I83.91"),
        ("R NSV calf anatomy varicose; L NSV calf anatomy varicose", "", "-:I83.93"),
        ("R NSV calf anatomy varicose", "R indication pain", "r:I83.811"),
        ("R NSV calf anatomy varicose", "L indication pain", "r:I83.91"),
        ("R NSV calf anatomy varicose", "- indication heaviness", ""),
        ("L SSV spj reflux present", "- indication varicose_veins", "l:I87.2 l:I83.92"),
        ("L NSV calf anatomy varicose", "L indication swelling", "l:I83.892"),
        (
            "R NSV calf anatomy varicose; L NSV calf anatomy varicose",
            "- indication ulcer",
            "r:I83.019 l:I83.029",
        ),
        ("R FV mid thrombus acute", "", "r:I82.411"),
        ("R CFV - thrombus acute; R POPV - thrombus acute", "", "r:I82.411 r:I82.431"),
        ("R FV mid thrombus acute; L FV mid thrombus acute", "", "-:I82.413"),
        ("R DEEP - thrombus acute", "", "r:I82.401"),
        ("R DEEP - thrombus acute; R PTV - thrombus acute", "", "r:I82.441"),
        ("L CALF - thrombus acute", "", "l:I82.4Z2"),
        ("R POPV - thrombus chronic", "", "r:I82.531"),
        ("R POPV - thrombus chronic", "- indication swelling", "r:I87.001 r:I82.531"),
        ("R POPV - thrombus chronic", "R indication ulcer", "r:I87.011 r:I82.531"),
        ("R POPV - thrombus subacute", "", ""),
        ("R POPV - thrombus indeterminate", "", ""),
        ("R POPV - thrombus acute ?", "", ""),
        ("L GSV calf thrombus present", "", "l:I82.812"),
        ("L GSV calf thrombus chronic", "", ""),
        ("- IVC - thrombus acute; R CFV - compressibility full", "", "-:I82.220"),
        ("R DEEP - thrombus absent; R CFV - compressibility full", "- indication ulcer", ""),
    ],
)
def test_candidates(facts: str, context: str, codes: str) -> None:
    """A leg has the candidates that its findings give, and no other."""
    assert show(suggest(facts, context)) == codes


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ("R GSV sfj reflux present; L GSV sfj reflux absent", "-:93970"),
        ("R CFV - compressibility full; L CFV - compressibility full", "-:93970"),
        ("R GSV sfj reflux present", "r:93971"),
        ("R GSV sfj reflux present; L CFV - flow phasic", "r:93971"),
        ("L DEEP - reflux not_assessed", "-:93971"),
        ("", ""),
    ],
)
def test_procedure(facts: str, code: str) -> None:
    """Both legs examined are the complete procedure; anything less is the limited one."""
    assert show(suggest(facts), "CPT") == code


def test_candidate_rests_on_what_it_names() -> None:
    """A candidate carries the facts and the indications behind it, and none besides."""
    facts = "R NSV calf anatomy varicose; R GSV sfj reflux_time 900; R SSV spj reflux absent"
    found = {c.code: c for c in suggest(facts, "R indication pain; R indication itching")}
    assert {(o.place.vein, o.property) for o in found["I83.811"].observations} == {
        ("NSV", "anatomy"),
        ("GSV", "reflux_time"),
    }
    assert [c.value for c in found["I83.811"].context] == ["pain"]
    assert found["I87.2"].reason == "reflux (GSV)"
    assert (found["I87.2"].verified, found["93971"].verified) == (True, False)


def test_each_leg_is_named_in_a_code_for_both() -> None:
    """A code for both legs says what was found in which."""
    found = {c.code: c for c in suggest("L SSV spj reflux present; R GSV sfj reflux present")}
    assert found["I87.2"].reason == "right: reflux (GSV); left: reflux (SSV)"


def test_unsure_indication_is_none() -> None:
    """What the report only asks about is no ground."""
    observations = parse_facts("R NSV calf anatomy varicose")
    told = [replace(c, assertion=Assertion.UNCERTAIN) for c in parse_context("R indication pain")]
    legs = tuple(assess_facts(observations, told, "svs_avf_avls_2022").legs.values())
    assert show(suggest_codes(legs, observations, told, TABLE)) == "r:I83.91"


def test_every_code_is_a_leaf_of_its_side() -> None:
    """Each code of the table is a billable leaf, and its last digit says its side."""
    leaves = {code for codes in TABLE.leaves.values() for code in codes}
    for row in TABLE.candidate:
        assert set(row.codes) <= leaves
        if row.right != row.left:
            digits = [code[-1] for code in row.codes]
            assert digits == ["1", "2", "3"][: len(digits)] or row.right == "I83.019"


def test_names_of_the_table_are_known() -> None:
    """Veins and indications are those of the other tables."""
    text = knowledge().text
    for ground in TABLE.ground.values():
        assert set(ground.veins) <= set(text.vein_rows)
        assert ground.status or ground.thrombus or ground.anatomy or ground.indications


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('right = "I83.811"', 'right = "I83.81"', "I83.81 is no leaf"),
        ('right = "I83.811"', 'right = "I83.814"', "I83.814 is no leaf"),
        ('"I87.1", "I87.2"', '"I87.0", "I87.1", "I87.2"', "I87.0 is no leaf beside I87.001"),
        ('when = ["reflux"]', 'when = ["refluxes"]', "no ground refluxes"),
        ('when = ["reflux"]', 'when = ["pain"]', "rests on indications alone"),
    ],
)
def test_wrong_table_is_refused(old: str, new: str, told: str) -> None:
    """A code that is no leaf, or a ground that is not there, never gets into a run."""
    data = table_bytes("codes.toml").decode()
    assert old in data
    with pytest.raises(KnowledgeError, match=told):
        parse_table(data.replace(old, new, 1).encode(), "codes.toml", CodeTable)
