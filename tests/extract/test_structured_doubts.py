"""What makes no observation: dismissed, left to a person, or broken; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.extract.structured_reports import (
    BILATERAL,
    CALF_PERFORATOR,
    GSV,
    LABEL,
    PRESENT,
    PSV,
    SSV,
    VALUE,
    extract,
    in_vein,
    list_facts,
    list_review,
)
from tests.read.dicom_objects import (
    DIAMETER,
    FINDINGS,
    LATERALITY,
    LEFT,
    LEG_VEIN,
    LEVEL,
    PROXIMAL,
    REFLUX_TIME,
    RIGHT,
    SITE,
    coded,
    container,
    findings,
    item,
    number,
    text,
)
from ultrasound.domain import ContentItem, Extraction, Leg, TextPart


def test_velocity_needs_the_word_reflux() -> None:
    """A peak systolic velocity says nothing of direction and is dismissed."""
    found = in_vein(GSV, number(PSV, "20", "cm/s"))
    assert found.observations == ()
    assert [each.rule for each in found.dismissals] == ["unspecific"]
    assert found.review == ()
    private = in_vein(GSV, number(("V9", "99X", "Peak velocity"), "20", "cm/s"))
    assert private.observations == ()
    assert list_review(private) == [("unread", Leg.RIGHT, "GSV")]


def test_unknown_code_is_asked_once() -> None:
    """A measurement that nobody understands is one review item per code, with the raw triple."""
    strange = ("Q7", "99X", "Flux capacity")
    veins = [container(name, number(strange, "3", "mm")) for name in (GSV, SSV)]
    found = extract(findings(RIGHT, *veins))
    assert found.observations == ()
    assert list_review(found) == [("unread", Leg.RIGHT, None)]
    assert found.review[0].message.startswith("(Q7, 99X, Flux capacity): ")
    assert len(found.review[0].origins) == 2


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        ("", "s", None),
        ("2.3", "1", "unit_missing"),
        ("2.3", "mm", "unread"),
        ("-2.3", "s", "out_of_range"),
        ("1e30", "s", "out_of_range"),
    ],
    ids=["no_value", "no_unit", "unit_of_another", "negative", "endless"],
)
def test_numbers_that_make_no_fact(value: str, unit: str, code: str | None) -> None:
    """A time without a value is nothing; one that cannot be meant is left to a person."""
    found = in_vein(GSV, number(REFLUX_TIME, value, unit))
    assert found.observations == ()
    assert [each.code for each in found.review] == ([code] if code else [])


def test_doubtful_number_is_kept_and_flagged() -> None:
    """A number that can hardly be meant stays as written, flagged, with a review item."""
    found = in_vein(GSV, number(DIAMETER, "0.41", "mm"))
    assert list_facts(found) == ["R GSV - diameter 0.41 mm out_of_range"]
    assert list_review(found) == [("out_of_range", Leg.RIGHT, "GSV")]


def test_zero_diameter_is_no_absence() -> None:
    """Only a reflux time of zero is the absence of reflux."""
    assert list_facts(in_vein(GSV, number(DIAMETER, "0.0", "mm"))) == [
        "R GSV - diameter 0 mm out_of_range"
    ]


def test_measurement_without_a_vein() -> None:
    """A reflux time that names no vein is left to a person."""
    found = extract(findings(RIGHT, number(REFLUX_TIME, "2.3", "s")))
    assert found.observations == ()
    assert list_review(found) == [("no_vein_named", Leg.RIGHT, None)]


def test_other_structures_and_patient() -> None:
    """Arteries, arm veins, and the patient's height are understood and dismissed."""
    artery = container(("43899006", "SCT", "Popliteal artery"), number(DIAMETER, "6", "mm"))
    arm = container(
        FINDINGS,
        coded(SITE, ("122775001", "SCT", "Vein of Upper Extremity")),
        number(("D1", "99X", "Diam"), "3", "mm"),
    )
    patient = container(
        ("121118", "DCM", "Patient Characteristics"),
        number(("8302-2", "LN", "Height"), "170", "cm"),
    )
    found = extract(findings(RIGHT, artery), arm, patient)
    assert found.observations == ()
    assert found.review == ()
    assert [each.rule for each in found.dismissals] == [
        "other_structure",
        "other_structure",
        "unspecific",
    ]


def test_spread_is_no_value() -> None:
    """A standard deviation beside its mean is no time of the vein."""
    how = ("121401", "DCM", "Derivation")
    spread = number(REFLUX_TIME, "0.2", "s", coded(how, ("386136009", "SCT", "Standard Deviation")))
    chosen = number(
        REFLUX_TIME,
        "2.0",
        "s",
        coded(("121404", "DCM", "Selection Status"), ("121410", "DCM", "User chosen value")),
    )
    found = in_vein(GSV, spread, chosen)
    assert list_facts(found) == ["R GSV - reflux_time 2000 ms selected"]
    assert [each.rule for each in found.dismissals] == ["unspecific"]


def test_answers_in_words() -> None:
    """Answers in words are understood; others go to review; told texts are left alone."""
    reflux, compress = ("R1", "99X", "Reflux"), ("C1", "99X", "Compressible")
    items = (
        coded(reflux, ("Y", "99X", "Yes")),
        text(compress, "Partial"),
        text(("T1", "99X", "Thrombus"), "not sure"),
    )
    found = in_vein(GSV, *items)
    assert list_facts(found) == ["R GSV - reflux present", "R GSV - compressibility partial"]
    assert list_review(found) == [("unread", Leg.RIGHT, "GSV")]
    tree_of_texts = findings(RIGHT, container(GSV, items[2]))
    told = (TextPart("1.1.3.1", "not sure"),)
    assert extract(tree_of_texts, texts=told) == Extraction()


NAMES = [GSV, SSV, FINDINGS, REFLUX_TIME, DIAMETER, PSV, LABEL, VALUE, LEVEL, LATERALITY, SITE]
CODES = [RIGHT, LEFT, BILATERAL, PROXIMAL, PRESENT, LEG_VEIN, GSV, CALF_PERFORATOR]


def build_items() -> st.SearchStrategy[Dataset]:
    """Items of any kind in any order, as broken writers send them."""
    names, codes = st.sampled_from(NAMES), st.sampled_from(CODES)
    leaves = st.one_of(
        st.builds(coded, names, codes),
        st.builds(text, names, st.text(st.characters(codec="ascii"), max_size=12)),
        st.builds(number, names, st.sampled_from(["", "2.3", "-1", "0", "1e9"]), st.just("s")),
        st.builds(lambda: item("NUM", None)),
        st.builds(Dataset),
    )
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda name, below: container(name, *below), names, st.lists(inner, max_size=4)
        ),
        max_leaves=12,
    )


@given(st.lists(build_items(), min_size=1, max_size=4))
def test_any_tree(items: list[Dataset]) -> None:
    """No tree raises, and every fact names an item of the report."""
    for seen in extract(*items).observations:
        assert isinstance(seen.source, ContentItem)
        assert seen.source.path.startswith("1.")
