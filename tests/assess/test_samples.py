"""What holds for the legs of every sample report: sides swap, and nothing is cleared by silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

import pytest

from tests.assess.legs import assess as assess_lines
from tests.assess.legs import knowledge, parse_facts
from tests.assess.sentences import find_untold, list_veins
from tests.assess.test_properties import CLEAR, POSITIVE
from tests.samples import read_samples
from ultrasound.assess import assess_study
from ultrasound.assess.codes import suggest_codes
from ultrasound.assess.restless_legs import find_restless_legs
from ultrasound.domain import (
    Assertion,
    Extraction,
    Leg,
    LegEvidence,
    Result,
    SegmentEvidence,
    Study,
)
from ultrasound.knowledge.schema_payers import Kind
from ultrasound.write.rows import result_rows

CRITERIA = "svs_avf_avls_2022"
# Between them they have conditions of every kind.
PAYERS = ("aetna_0050_2018", "blue_plan_2016", "connectcare", "lcd_l34924_2015", "lcd_l38720")
SWAP = {"right": "left", "left": "right"}
LEAF = {
    code: other
    for row in knowledge().codes.candidate
    for code, other in ((row.right, row.left), (row.left, row.right))
}
TABLES = ("legs", "segments", "criteria", "completeness", "codes", "rls", "_links")
Row = dict[str, object]
Legs = Mapping[Leg, LegEvidence]


def assess(study: Study, said: Extraction, payers: Sequence[str] = ()) -> Legs:
    """The legs of a sample by the default criteria."""
    legs = assess_study(study, said, knowledge(), CRITERIA, payers=payers)
    return {leg.leg: leg for leg in legs}


# --- sides ---------------------------------------------------------------------------------------


def mirror(said: Extraction) -> Extraction:
    """The same words about the other leg."""
    return replace(
        said,
        observations=tuple(
            replace(o, place=replace(o.place, leg=o.place.leg and o.place.leg.other))
            for o in said.observations
        ),
        context=tuple(replace(c, leg=c.leg and c.leg.other) for c in said.context),
        review=tuple(replace(item, leg=item.leg and item.leg.other) for item in said.review),
    )


def tell(study: Study, said: Extraction) -> dict[str, list[Row]]:
    """Every row of every table that speaks of legs, payers' verdicts included."""
    legs = tuple(assess(study, said, PAYERS).values())
    facts = (legs, said.observations, said.context)
    result = Result(
        study,
        observations=said.observations,
        context=said.context,
        legs=legs,
        review=said.review,
        codes=suggest_codes(*facts, knowledge().codes),
        restless_legs=find_restless_legs(said.context, knowledge().text.restless),
    )
    rows = result_rows(result)
    return {table: [level_out(row) for row in rows[table]] for table in TABLES}


def level_out(row: Row) -> Row:
    """A row with its ids counted, which are hashes over the leg, too, and without its quotes."""
    return {
        name: len(str(value).split("; ")) if value and name.endswith("observations") else value
        for name, value in row.items()
        if name != "because"
    }


def turn(row: Row) -> Row:
    """A row as it must be for the other leg."""
    turned = {}
    for name, value in row.items():
        side, _, rest = name.partition("_")
        turned[f"{SWAP[side]}_{rest}" if side in SWAP else name] = value
    turned["leg"] = SWAP.get(str(row.get("leg")), row.get("leg"))
    if "code" in row:
        turned["code"] = LEAF.get(str(row["code"]), row["code"])
    return turned


def order(rows: list[Row]) -> list[str]:
    """Rows in an order that does not tell the right leg's from the left one's."""
    return sorted(repr(sorted(row.items(), key=lambda cell: cell[0])) for row in rows)


def test_swapping_legs_swaps_every_output() -> None:
    """What each sample says, said of the other leg, gives every row of every table there."""
    for study, said in read_samples():
        here, there = tell(study, said), tell(study, mirror(said))
        for table in TABLES:
            expected = [turn(row) for row in here[table]]
            found = [{"leg": None, **row} for row in there[table]]
            assert order(found) == order(expected), (study.key, table)


def test_payers_of_every_kind_are_asked() -> None:
    """The profiles of these tests ask everything that a profile can ask."""
    profiles = knowledge().payers.profiles
    kinds = {condition.kind for name in PAYERS for condition in profiles[name].conditions}
    assert kinds == set(get_args(Kind))


# --- silence -------------------------------------------------------------------------------------


def leave_out(said: Extraction, vein: str) -> Extraction:
    """What a report says without all that it says of one vein."""
    left = tuple(o for o in said.observations if o.place.vein != vein)
    return replace(said, observations=left)


def list_cleared(before: LegEvidence, after: LegEvidence, vein: str) -> Iterator[str]:
    """What a leg is free of without a vein, and was not with it.

    A finding or doubt of the vein itself may hide what the rest denies: that is no silence. So
    does a perforator that was not seen beside one that is competent.
    """
    own = [s for s in before.segments if s.vein == vein]
    positive = any(map(_is_finding, own))
    unseen = any(o.value in ("not_visualized", "not_assessed") for s in own for o in s.observations)
    for name, value in after.columns.items():
        held = before.columns[name]
        hidden = positive and (held in POSITIVE or name.startswith("ceap"))
        hidden |= unseen and (name, held) == ("perforator_reflux", "in_part")
        if value in CLEAR and held not in CLEAR and not hidden:
            yield f"{name}: {held} became {value}"
    statuses = {(s.vein, s.segment, s.item): s.status for s in before.segments}
    for s in after.segments:
        held = statuses.get((s.vein, s.segment, s.item))
        if s.status in ("competent", "below_threshold") and held != s.status:
            yield f"{s.vein} {s.segment}: {held} became {s.status}"
    for name in sorted(name_competent(after.sentence) - name_competent(before.sentence)):
        yield f"sentence: {name}"


def _is_finding(segment: SegmentEvidence) -> bool:
    """Whether a place refluxes, holds thrombus, or leaves a doubt."""
    return segment.status in POSITIVE or any(
        o.assertion is Assertion.UNCERTAIN
        or (o.property == "thrombus" and o.value not in ("absent", "not_assessed"))
        or str(o.value).startswith("ehit")
        for o in segment.observations
    )


def name_competent(sentence: str) -> set[str]:
    """The veins that a sentence calls competent."""
    parts = (part for part in sentence.rstrip(".").split("; ") if " competent" in part)
    return {vein for part in parts for vein in list_veins(part.partition(" competent")[0])}


def test_leaving_out_a_vein_clears_nothing() -> None:
    """Without all that a sample says of a vein, no status, system, class or sentence is better."""
    for study, said in read_samples():
        before = assess(study, said)
        for vein in {o.place.vein for o in said.observations}:
            for leg, after in assess(study, leave_out(said, vein)).items():
                assert not list(list_cleared(before[leg], after, vein)), (study.key, vein)


def test_a_cleared_vein_would_be_seen() -> None:
    """A leg that is competent where it was silent before is told."""
    silent = assess_lines("R SSV - diameter 3; R GSV sfj reflux absent").legs["R"]
    clear = assess_lines("R SSV - reflux absent; R GSV sfj reflux absent").legs["R"]
    told = list(list_cleared(silent, clear, "GSV"))
    assert "ssv_status: not_stated became competent" in told
    assert "SSV spj: None became competent" in told
    assert "sentence: SSV" in told


# --- sentences -----------------------------------------------------------------------------------


def test_every_part_of_a_sentence_is_borne_out() -> None:
    """No sample's sentence names a vein, a level or a number that its leg's facts do not hold."""
    for study, said in read_samples():
        for leg in assess(study, said).values():
            assert list(find_untold(leg, said.observations)) == [], study.key


@pytest.mark.parametrize(
    "planted",
    [
        "GSV competent",
        "SSV competent in the mid calf",
        "AASV competent",
        "No refluxing perforator",
        "No DVT",
        "No acute DVT",
        "No SVT",
        "no thrombus in the CFV",
        "no deep venous reflux (stated for the group)",
        "compressible: CFV",
        "popliteal vein reflux, up to 2 s",
        "GSV reflux at the knee, up to 2 s",
        "GSV reflux from the SFJ to the knee, without reflux in the mid thigh, up to 1.2 s",
        "1 perforator pathologic",
        "sampled for comparison only",
        "reflux not stated: SSV",
        "all veins normal",
        "deep veins normal",
    ],
)
def test_a_planted_part_is_seen(planted: str) -> None:
    """A part that the facts do not bear out is told, whatever it claims."""
    facts = "R GSV sfj reflux_time 1200; R GSV knee reflux_time 900; R SSV spj reflux absent"
    leg = assess_lines(facts).legs["R"]
    observations = tuple(parse_facts(facts))
    assert list(find_untold(leg, observations)) == []
    wrong = replace(leg, sentence=f"{planted}; {leg.sentence}")
    assert list(find_untold(wrong, observations)) == [planted]
