"""The cells of the legs table: each case is a constructed leg and the cells it must give."""

from __future__ import annotations

import pytest

from tests.assess.legs import Evidence, assess, parse_facts, read_cases
from ultrasound.assess.thrombus import list_ehit_review

AXIAL = "; ".join(
    f"R GSV {level} reflux_time 2000"
    for level in (
        "sfj",
        "proximal_thigh",
        "mid_thigh",
        "distal_thigh",
        "knee",
        "proximal_calf",
        "mid_calf",
    )
)


def show(evidence: Evidence, column: str) -> str:
    """A cell as the tables of cases write it: without spaces, empty for nothing."""
    value = evidence.cell(column)
    return "" if value is None else str(value).replace(" ", "")


@pytest.mark.parametrize(
    ("facts", "cells"),
    [pytest.param(*cells, id=case) for case, *cells in read_cases("leg_cases.txt")],
)
def test_leg(facts: str, cells: str) -> None:
    """A constructed leg gives exactly these cells."""
    evidence = assess(facts)
    expected = dict(cell.split("=", 1) for cell in cells.split())
    assert {column: show(evidence, column) for column in expected} == expected


def test_contralateral_cfv() -> None:
    """A leg of which only the CFV was sampled is named so, and its other veins stay not stated."""
    evidence = assess("R GSV sfj reflux_time 2000; R CFV - reflux absent; L CFV - flow phasic")
    assert evidence.cell("examined") == "full"
    assert evidence.cell("examined", "L") == "contralateral_only"
    assert evidence.cell("gsv_status", "L") == "not_stated"
    assert evidence.cell("completeness_missing", "L") == "exam_title; indication"


def test_two_sampled_legs_are_an_exam() -> None:
    """Where both legs have only a CFV, neither was sampled for comparison."""
    evidence = assess("R CFV - compressibility full; L CFV - compressibility full")
    assert [evidence.cell("examined", leg) for leg in "RL"] == ["dvt_only", "dvt_only"]


@pytest.mark.parametrize(("value", "shown"), [("oedema", "oedema"), ("stated", "x")])
def test_limited_exam(value: str, shown: str) -> None:
    """An exam that the report calls limited is limited, with the limitation or its words."""
    evidence = assess("R GSV sfj reflux absent", context=f"- limitation {value}")
    assert (evidence.cell("examined"), evidence.cell("limitations")) == ("limited", shown)


@pytest.mark.parametrize(
    "facts",
    [
        "- GSV sfj reflux_time 2000",
        "L GSV sfj reflux_time 2000",
        "R GSV sfj reflux_time 2000 prior",
        "R GSV sfj reflux_time 2000 !other_method",
        "- IVC - thrombus acute",
    ],
)
def test_no_row_without_a_fact_of_the_leg(facts: str) -> None:
    """A leg without a current fact of its own makes no row."""
    assert "R" not in assess(facts).legs


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("indications", "varicose_veins; restless_legs"),
        ("position", "standing"),
        ("provocation", "valsalva"),
        ("ceap_stated", "C4b"),
        ("vcss_stated", "7"),
        ("comparison_date", "2023-03-01"),
        ("criterion_stated", "> 0.5 s"),
        ("limitations", None),
    ],
)
def test_context(column: str, value: str | None) -> None:
    """Context of the leg or of the whole report fills the leg's cells; the other leg's does not."""
    context = (
        "- indication varicose_veins; R indication restless_legs; L indication ulcer;"
        "- position standing; - provocation valsalva; R ceap_stated C4b; R vcss_stated 7;"
        "- comparison_date 2023-03-01; - criterion_stated > 0.5 s; L limitation bandage"
    )
    assert assess("R GSV sfj reflux absent", context=context).cell(column) == value


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param(
            f"{AXIAL}; R GSV sfj diameter 8.1; R SSV - reflux absent; R DEEP - reflux absent;"
            "R DEEP - thrombus absent; R PERF - reflux absent",
            "Axial GSV reflux from the SFJ to the mid calf, up to 2 s and 8.1 mm at the SFJ; "
            "no refluxing perforator; no deep venous reflux (stated for the group); SSV competent; "
            "no DVT; reflux not stated: AASV.",
            id="axial",
        ),
        pytest.param(
            "R FV mid thrombus acute; R GSV sfj reflux present",
            "ACUTE thrombus in the FV (mid part); GSV reflux at the SFJ; reflux not stated: "
            "CFV, FV, popliteal vein, SSV, AASV, perforators.",
            id="acute-first",
        ),
        pytest.param(
            "R GAV - thrombus present; R GAV - thrombus acute; R POPV distal thrombus chronic;"
            "R FV mid thrombus present",
            "ACUTE thrombus in the gastrocnemius veins; chronic post-thrombotic change in the "
            "popliteal vein (distal part); thrombus of undetermined age in the FV (mid part); "
            "reflux not stated: CFV, FV, popliteal vein, GSV, SSV, AASV, perforators.",
            id="each-age-its-veins",
        ),
        pytest.param(
            "R POPV - reflux_time >500",
            "Popliteal vein: cannot say (> 0.5 s against a limit of > 1 s); DVT not stated; "
            "reflux not stated: CFV, FV, GSV, SSV, AASV, perforators.",
            id="cannot-say",
        ),
        pytest.param(
            "R GSV - treatment thermal_ablation; R GSV - treatment_result closed;"
            "R SSV spj reflux_time 400; R DEEP - thrombus absent !acute_only",
            "SSV 0.4 s at the SPJ, below the limit of > 0.5 s; GSV closed after thermal ablation; "
            "no acute DVT; reflux not stated: CFV, FV, popliteal vein, AASV, perforators.",
            id="treated",
        ),
        pytest.param(
            "R CPV mid_calf reflux_time 800 @medial; R CPV mid_calf diameter 4",
            "Refluxing calf perforator in the mid calf (medial), 4 mm, 0.8 s; "
            "1 perforator pathologic; DVT not stated; "
            "reflux not stated: CFV, FV, popliteal vein, GSV, SSV, AASV.",
            id="perforator",
        ),
        pytest.param(
            "R GSV thigh treatment harvested; R GSV calf reflux absent; R POPV - thrombus acute ?",
            "GSV absent in the thigh after harvesting; GSV competent in the calf; possible "
            "thrombus (the report is unsure) in the popliteal vein; reflux not stated: CFV, FV, "
            "popliteal vein, SSV, AASV, perforators.",
            id="remnant",
        ),
        pytest.param(
            "R GSV - reflux absent; R GSV mid_thigh reflux_time 1100; R GSV knee reflux_time 900;"
            "R AASV sfj reflux_time 900; R AASV sfj diameter 4; R DEEP - thrombus absent",
            "AASV reflux at the SFJ, up to 0.9 s and 4 mm; GSV in the mid thigh and at the knee: "
            "cannot say (the sources contradict each other: the vein as a whole is called "
            "competent); no DVT; reflux not stated: CFV, FV, popliteal vein, SSV, perforators.",
            id="contradiction",
        ),
        pytest.param(
            "R CFV - compressibility full; R FV - compressibility full; R POPV - thrombus present;"
            "R GSV sfj treatment_result ehit_2",
            "GSV closed at the SFJ; thrombus of undetermined age in the popliteal vein, GSV (SFJ), "
            "EHIT class 2; compressible: CFV, FV; reflux not stated: CFV, FV, popliteal vein, SSV, "
            "AASV, perforators.",
            id="thrombosis-study",
        ),
        pytest.param(
            "R GSV sfj reflux absent; R SSV - anatomy not_visualized; R AASV - reflux not_assessed;"
            "R DEEP - reflux not_assessed",
            "GSV competent at the SFJ, the rest not stated; DVT not stated; "
            "not visualised: SSV; reflux not assessed: AASV, deep veins; "
            "reflux not stated: perforators.",
            id="silence-is-named",
        ),
    ],
)
def test_sentence(facts: str, sentence: str) -> None:
    """The sentence of a leg says what was found, and names what was not stated."""
    assert assess(facts).legs["R"].sentence == sentence


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ("R GSV sfj treatment_result ehit_2", [("right", "GSV", "sfj")]),
        ("L SSV spj treatment_result ehit_4", [("left", "SSV", "spj")]),
        ("R GSV sfj treatment_result ehit_1", []),
        ("R GSV sfj treatment_result ehit_3 prior", []),
        ("R GSV sfj treatment_result ehit_3 ?", []),
        ("R FV mid thrombus acute", []),
    ],
)
def test_ehit_is_reviewed(facts: str, found: list[tuple[str, str, str]]) -> None:
    """Heat-induced thrombus that reaches into a deep vein is put before a person."""
    items = list_ehit_review(parse_facts(facts))
    assert [(item.leg, item.vein, item.segment) for item in items] == found
    assert all(item.severity == "high" for item in items)


def test_no_sentence_calls_silence_normal() -> None:
    """The words of a normal finding appear only where the report stated it."""
    for _, facts, _ in read_cases("leg_cases.txt"):
        sentence = assess(facts).legs["R"].sentence
        if "reflux absent" not in facts:
            assert "competent" not in sentence
            assert "no deep venous reflux" not in sentence
        if "thrombus absent" not in facts:
            assert "no DVT" not in sentence


def test_every_cell_has_its_proof() -> None:
    """Each measured cell names an observation that holds its value."""
    leg = assess(f"{AXIAL}; R GSV knee diameter 7.5").legs["R"]
    (longest,) = leg.proof["gsv_max_reflux_ms"]
    (widest,) = leg.proof["gsv_max_diameter_mm"]
    assert (longest.place.segment, widest.place.segment) == ("sfj", "knee")
    assert "ssv_max_reflux_ms" not in leg.proof
    assert len(leg.proof["sentence"]) == 8
