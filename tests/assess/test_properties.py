"""What holds for every leg: sides swap, order never matters, silence is never competence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.assess.legs import Evidence, assess_facts
from ultrasound.domain import Assertion, Leg, LegEvidence, Observation, Place, Quantity, TextSpan

VEINS = ("GSV", "SSV", "AASV", "CFV", "FV", "POPV", "PTV", "CPV", "PERF", "DEEP", "SUPERFICIAL")
LEVELS = {
    "GSV": (None, "sfj", "proximal_thigh", "mid_thigh", "knee", "mid_calf", "thigh", "whole"),
    "SSV": (None, "spj", "mid_calf", "calf", "whole"),
    "AASV": (None, "sfj", "mid_thigh"),
    "CPV": (None, "mid_calf"),
}
CODES = {
    "reflux": ("present", "absent", "not_assessed", "indeterminate"),
    "thrombus": ("absent", "acute", "chronic"),
    "compressibility": ("full", "none"),
    "anatomy": ("absent", "not_visualized"),
    "treatment": ("thermal_ablation", "stripped"),
    "treatment_result": ("closed", "recanalized"),
}
CRITERIA = "svs_avf_avls_2022"


@st.composite
def facts(draw: st.DrawFn) -> tuple[Observation, ...]:
    """Facts about two legs, each from its own place in a text."""
    return tuple(draw_fact(draw, number) for number in range(draw(st.integers(1, 9))))


def draw_fact(draw: st.DrawFn, number: int) -> Observation:
    """One fact about a vein."""
    vein = draw(st.sampled_from(VEINS))
    segment = draw(st.sampled_from(LEVELS.get(vein, (None, "mid") if len(vein) < 5 else (None,))))
    prop = draw(st.sampled_from(("reflux_time", "diameter", *CODES, "reflux", "reflux")))
    value: Quantity | str
    if prop in CODES:
        value = draw(st.sampled_from(CODES[prop]))
    else:
        unit = "ms" if prop == "reflux_time" else "mm"
        number_drawn = Decimal(draw(st.sampled_from((300, 500, 501, 900, 2300))))
        value = Quantity(number_drawn, unit, draw(st.sampled_from(("=", "<", ">", "~"))))
    return Observation(
        Place(draw(st.sampled_from(Leg)), vein, segment, draw(st.sampled_from((None, None, 1, 2)))),
        prop,
        value,
        TextSpan("report.txt", None, number * 10, number * 10 + 1, "x"),
        "report.txt",
        assertion=draw(st.sampled_from((*[Assertion.AFFIRMED] * 3, Assertion.UNCERTAIN))),
    )


def run(observations: Sequence[Observation]) -> Evidence:
    """Assess by the default criteria."""
    return assess_facts(observations, (), CRITERIA)


def mirror(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The same facts about the other leg."""
    return tuple(
        replace(o, place=replace(o.place, leg=o.place.leg and o.place.leg.other))
        for o in observations
    )


def describe(leg: LegEvidence) -> object:
    """All that was found for a leg, its side left out."""
    rows = [(s.vein, s.segment, s.item, s.status, s.flags, s.cells) for s in leg.segments]
    verdicts = [(e.criterion, e.vein, e.segment, e.item, e.verdict, e.reason) for e in leg.evidence]
    checks = [(c.item, c.state) for c in leg.completeness]
    return leg.columns, leg.sentence, rows, verdicts, checks


@given(facts())
def test_swapping_legs_swaps_outputs(observations: tuple[Observation, ...]) -> None:
    """What is found for a leg depends on its facts and never on which leg it is."""
    here, there = run(observations), run(mirror(observations))
    swapped = {"R": "L", "L": "R"}
    assert {swapped[side]: describe(leg) for side, leg in here.legs.items()} == {
        side: describe(leg) for side, leg in there.legs.items()
    }


@given(facts(), st.randoms(use_true_random=False))
def test_input_order_never_matters(observations: tuple[Observation, ...], dice: object) -> None:
    """The same facts in another order give the same evidence."""
    shuffled = list(observations)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(shuffled).legs == run(observations).legs


@given(facts())
def test_competent_rests_on_a_denial(observations: tuple[Observation, ...]) -> None:
    """A competent place has an affirmed denial in its proof, a competent vein such a place."""
    for leg in run(observations).legs.values():
        competent = [s for s in leg.segments if s.status == "competent"]
        for place in competent:
            assert any(
                o.value == "absent" and o.property == "reflux" and o.assertion is Assertion.AFFIRMED
                for o in place.observations
            )
        stated = {s.vein.lower() for s in competent}
        claimed = {
            name.removesuffix("_status")
            for name, value in leg.columns.items()
            if value in ("competent", "competent_in_part") and name.endswith("_status")
        }
        assert claimed <= stated


@given(facts(), st.sampled_from(VEINS))
def test_removing_a_vein_makes_nothing_competent(
    observations: tuple[Observation, ...], vein: str
) -> None:
    """Leaving out all that is said of a vein never turns a place or a vein into competent."""
    before, after = run(observations), run([o for o in observations if o.place.vein != vein])
    for side, leg in after.legs.items():
        held = {
            (s.vein, s.segment, s.item)
            for s in before.legs[side].segments
            if s.status == "competent"
        }
        now = {(s.vein, s.segment, s.item) for s in leg.segments if s.status == "competent"}
        assert now <= held
        for name, value in leg.columns.items():
            if value == "competent":
                assert before.legs[side].columns[name] == "competent"


@given(facts())
def test_every_fact_has_its_row(observations: tuple[Observation, ...]) -> None:
    """Each fact about a leg stands in the row of its place, and each place has one row."""
    evidence = run(observations)
    for leg in evidence.legs.values():
        keys = [(s.vein, s.segment, s.item) for s in leg.segments]
        assert len(keys) == len(set(keys))
        rows = dict(zip(keys, leg.segments, strict=True))
        for o in observations:
            if o.place.leg is leg.leg:
                place = o.place
                assert o in rows[place.vein, place.segment, place.item].observations


# What a cell may say where a vein, a system or a leg is free of something.
CLEAR = {"competent", "no", "none", "absent", "no_acute", "An", "Pn"}
# What it says where a vein refluxes, is thrombosed, or is in doubt: only such a vein's facts may
# hide, when they are left out, what the rest of the report denies.
POSITIVE = {"yes", "cannot_say", "refluxing", "axial", "segmental", "junctional"}
POSITIVE |= {"acute", "chronic", "present"}


@given(facts(), st.sampled_from(VEINS))
def test_removing_a_vein_clears_nothing_that_was_open(
    observations: tuple[Observation, ...], vein: str
) -> None:
    """Leaving out a vein never turns what was open into no, none, absent or An."""
    before, after = run(observations), run([o for o in observations if o.place.vein != vein])
    for side, leg in after.legs.items():
        held = before.legs[side].columns
        for name, value in leg.columns.items():
            if value in CLEAR and not name.startswith("ceap"):
                assert held[name] in CLEAR | POSITIVE, (name, held[name], value)
        if leg.columns["ceap_a"] == "An":
            systems = ("superficial_reflux", "deep_reflux", "perforator_reflux")
            assert {held[name] for name in systems} <= {"no", "yes", "cannot_say"}


@given(facts())
def test_no_rests_on_a_denial_or_on_its_main_veins(observations: tuple[Observation, ...]) -> None:
    """A system is without reflux only if it was denied, or each of its main veins was tested."""
    main = {"superficial": ("gsv", "ssv"), "deep": ("cfv", "fv", "popv")}
    for leg in run(observations).legs.values():
        denied = {
            o.place.vein
            for s in leg.segments
            for o in s.observations
            if o.property == "reflux" and o.value == "absent"
        }
        for system, veins in main.items():
            if leg.columns[f"{system}_reflux"] == "no" and system.upper() not in denied:
                tested = {leg.columns[f"{vein}_status"] for vein in veins}
                assert tested <= {"competent", "below_threshold"}
