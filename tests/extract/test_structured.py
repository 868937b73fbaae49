"""Structured reports become observations: by code, then by label, each with where it stands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydicom.dataset import Dataset

from tests.extract.structured_reports import (
    ABSENT,
    EXAM,
    GROUP,
    GSV,
    GSV_THIGH,
    KNOWLEDGE,
    POPLITEAL,
    PRESENT,
    SSV,
    extract,
    extract_object,
    in_vein,
    list_facts,
    list_review,
    read_label,
    user_defined,
)
from tests.make_dicom_samples import make_both, make_measured
from tests.read.dicom_objects import (
    DIAMETER,
    LEFT,
    LEVEL,
    PROXIMAL,
    REFLUX_TIME,
    RIGHT,
    caliper,
    coded,
    container,
    findings,
    number,
    report,
    text,
)
from ultrasound.domain import Caliper, ContentItem, Document, Extraction, Leg, Quantity
from ultrasound.extract.structured import labels
from ultrasound.extract.structured.tree import extract_structured

MEASURED = """
R GSV sfj reflux_time 2800 ms
R GSV sfj diameter 8.9 mm
R GSV proximal_thigh reflux_time 2300 ms
R GSV proximal_thigh diameter 7.4 mm
R GSV mid_thigh reflux_time 1600 ms
R GSV mid_thigh reflux_time 1800 ms
R GSV mid_thigh reflux_time 1700 ms mean
R GSV mid_thigh diameter 6.2 mm
R GSV distal_calf reflux absent
R GSV distal_calf diameter 2.9 mm
R SSV - reflux absent
R SSV - diameter 2.4 mm
R POPV - reflux_time 400 ms
R CPV -#1 reflux_time 700 ms
R CPV -#1 diameter 3.8 mm
R CPV -#2 reflux_time 200 ms
R CPV -#2 diameter 2.6 mm
L GSV sfj reflux absent
L GSV sfj diameter 4.6 mm
L GSV thigh reflux_time 300 ms
L GSV thigh diameter 3.1 mm
"""
USER_DEFINED = """
R GSV proximal_thigh reflux_time 2300 ms
R GSV thigh diameter 7.1 mm
L SSV mid_calf reflux_time 640 ms
"""
BOTH = """
R GSV sfj reflux absent
R GSV sfj diameter 4.8 mm
R GSV thigh reflux absent
R GSV thigh diameter 3.6 mm
R SSV - reflux absent
R SSV - diameter 2.2 mm
R POPV - reflux absent
L GSV sfj reflux_time 2600 ms
L GSV sfj diameter 8.8 mm
L GSV proximal_thigh reflux_time 2200 ms
L GSV proximal_thigh diameter 7 mm
L GSV mid_thigh reflux_time 1900 ms
L GSV mid_thigh diameter 6.1 mm
L SSV - reflux absent
L SSV - diameter 2.6 mm
L POPV - reflux_time 600 ms
"""


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [(make_measured()["report.dcm"], MEASURED), (make_both()["measurements.dcm"], BOTH)],
    ids=["measured", "beside_a_text"],
)
def test_samples(dataset: Dataset, expected: str) -> None:
    """The measured samples give these facts and no other, with nothing left for review."""
    found = extract_object(dataset)
    assert list_facts(found) == expected.split("\n")[1:-1]
    assert found.review == ()


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (make_measured()["report.dcm"], MEASURED),
        (make_both()["measurements.dcm"], BOTH),
        (
            report(
                EXAM,
                "user",
                user_defined("Rt GSV Prox Thigh Reflux", "2.3", "sec"),
                user_defined("GSV AK Diam", "7.1", "mm"),
                user_defined("Lt SSV mid calf RT", "640", "ms", LEFT),
            ),
            USER_DEFINED,
        ),
    ],
    ids=["measured", "beside_a_text", "user_defined"],
)
def test_samples_with_the_words_of_reports(dataset: Dataset, expected: str) -> None:
    """With the real reader of labels the samples give the same facts."""
    found = extract_object(dataset, read=labels.read_label)
    assert list_facts(found) == expected.split("\n")[1:-1]
    assert found.review == ()


def test_legacy_codes_say_the_same() -> None:
    """A report in the codes of before 2018 gives what one in today's codes gives."""
    old_side, old_level = (
        ("G-C171", "SRT", "Laterality"),
        ("G-A1F8", "SRT", "Topographical modifier"),
    )
    times = [number(REFLUX_TIME, value, "s") for value in ("1.9", "2.1")]
    mean = ("R-00317", "SRT", "Mean")
    derived = number(REFLUX_TIME, "2.0", "s", coded(("121401", "DCM", "Derivation"), mean))
    thigh = container(
        ("R-10259", "SRT", "Great Saphenous Vein of Thigh"),
        coded(old_level, ("G-A119", "SRT", "Distal")),
        *times,
        derived,
        number(("G-0364", "SRT", "Vessel lumen diameter"), "5.4", "mm"),
    )
    site = coded(("G-C0E3", "SRT", "Finding Site"), ("T-49403", "SRT", "Vein of Lower Extremity"))
    side = coded(old_side, ("G-A100", "SRT", "Right"))
    middle = container(GSV_THIGH, coded(old_level, ("G-A188", "SRT", "Mid-longitudinal")), times[0])
    section = container(("121070", "DCM", "Findings"), site, side, thigh, middle)
    assert list_facts(extract(section)) == [
        "R GSV distal_thigh reflux_time 1900 ms",
        "R GSV distal_thigh reflux_time 2100 ms",
        "R GSV distal_thigh reflux_time 2000 ms mean",
        "R GSV distal_thigh diameter 5.4 mm",
        "R GSV mid_thigh reflux_time 1900 ms",
    ]


def test_answers_that_are_codes() -> None:
    """A scanner that answers in codes gives findings without numbers."""
    asked, pressed = ("V-400", "99EN", "Augmentation"), ("V-401", "EN99", "Compression")
    reflux = ("V-402", "99EN", "Reflux")
    found = extract(
        findings(
            RIGHT,
            container(GSV, coded(asked, reflux), coded(pressed, PRESENT)),
            container(POPLITEAL, coded(asked, PRESENT), coded(pressed, ABSENT)),
            container(SSV, coded(asked, ABSENT)),
        )
    )
    assert list_facts(found) == [
        "R GSV - reflux present",
        "R GSV - compressibility full",
        "R POPV - flow normal",
        "R POPV - compressibility none",
    ]
    assert list_review(found) == [("unread", Leg.RIGHT, "SSV")]


@pytest.mark.parametrize(
    ("label", "value", "unit", "fact"),
    [
        ("Rt GSV Prox Thigh Reflux", "2.3", "sec", "R GSV proximal_thigh reflux_time 2300 ms"),
        ("GSV AK Diam", "7.1", "mm", "R GSV thigh diameter 7.1 mm"),
        ("GSV AK Diam", "0.71", "cm", "R GSV thigh diameter 7.1 mm"),
        ("SSV reflux", "640", "msec", "R SSV - reflux_time 640 ms"),
        ("SSV reflux veloc", "-0.21", "m/s", "R SSV - velocity 21 cm/s"),
        ("SSV RT", "640", "ms", "R SSV - reflux_time 640 ms"),
    ],
)
def test_user_defined(label: str, value: str, unit: str, fact: str) -> None:
    """A label names the vein, the level and the quantity; slips of units are understood."""
    assert list_facts(extract(user_defined(label, value, unit))) == [fact]


def test_label_under_the_number_and_split_labels() -> None:
    """A label may stand under its number, or be split into a side and a site beside it."""
    custom = ("GEU-1005-5", "99GEMS", "Custom")
    under = number(("X1", "99GEMS", "User"), "1.2", "s", text(custom, "Lt SSV Reflux Time"))
    beside = container(
        GROUP,
        text(("43130", "99X", "Side"), "Left"),
        text(("43133", "99X", "Site"), "GSV Prox Thigh Diam"),
        number(("43128", "99X", "Value"), "6.0", "mm"),
    )
    assert list_facts(extract(under, beside)) == [
        "L SSV - reflux_time 1200 ms",
        "L GSV proximal_thigh diameter 6 mm",
    ]


def test_vein_named_by_the_words_of_a_private_code() -> None:
    """A vein without a standard code is known by the words of its private one."""
    accessory = ("GEU-9", "99GEMS", "Anterior Accessory Saphenous Vein")
    assert list_facts(in_vein(accessory, number(DIAMETER, "4.1", "mm"))) == [
        "R AASV - diameter 4.1 mm"
    ]


def test_label_against_its_section() -> None:
    """Where a label names the other side, the nearer words hold and a person is asked."""
    found = extract(user_defined("Lt GSV Prox Thigh Reflux", "2.3", "s"))
    assert list_facts(found) == ["L GSV proximal_thigh reflux_time 2300 ms"]
    assert list_review(found) == [("leg_conflict", Leg.LEFT, "GSV")]


def test_code_against_its_words() -> None:
    """Where a code and the words beside it name different veins, neither is chosen."""
    wrong = ("60734001", "SCT", "Lesser Saphenous Vein")
    found = in_vein(wrong, number(REFLUX_TIME, "2.3", "s"))
    assert found.observations == ()
    assert list_review(found) == [("vein_ambiguous", Leg.RIGHT, "GSV")]
    assert "SSV" in found.review[0].message


def test_rt_of_a_time_is_no_side() -> None:
    """Behind a time's vein RT is the reflux time; first, or beside reflux, it is the side."""
    found = extract(
        user_defined("SSV RT", "640", "ms", LEFT),
        user_defined("RT SSV reflux", "640", "ms", None),
        user_defined("SSV reflux RT", "640", "ms", None),
    )
    assert list_facts(found) == [
        "L SSV - reflux_time 640 ms",
        "R SSV - reflux_time 640 ms",
        "R SSV - reflux_time 640 ms",
    ]
    assert found.review == ()


def test_several_user_defined_perforators() -> None:
    """Numbers in labels tell perforators apart, and facts of one share its number."""
    found = extract(
        user_defined("Rt Perf 1 Diam", "3.9", "mm"),
        user_defined("Rt Perf 1 Reflux", "0.7", "s"),
        user_defined("Rt Perf 2 Diam", "2.1", "mm"),
        user_defined("Lt Perf Diam", "3.0", "mm", LEFT),
    )
    assert list_facts(found) == [
        "R PERF -#1 diameter 3.9 mm",
        "R PERF -#1 reflux_time 700 ms",
        "R PERF -#2 diameter 2.1 mm",
        "L PERF - diameter 3 mm",
    ]


def test_origin_and_support() -> None:
    """A fact names its item, and the items that said its leg, vein, level and caliper points."""
    time = number(REFLUX_TIME, "2.30", "sec", caliper("1.2.9", 1, 5, 9, 5))
    (seen,) = in_vein(GSV_THIGH, coded(LEVEL, PROXIMAL), time).observations
    code = "(REFLUX_TIME, 99SAMPLE, Reflux Time)"
    assert seen.source == ContentItem("sr.dcm", "1.1.3.2", code, "Reflux Time 2.30 sec")
    assert seen.value == Quantity(Decimal(2300), "ms")
    assert [(each.role, getattr(each.origin, "path", "")) for each in seen.support] == [
        ("leg", "1.1.2"),
        ("vein", "1.1.3"),
        ("segment", "1.1.3.1"),
        ("caliper", "1.1.3.2.1"),
    ]
    assert seen.support[-1].origin == Caliper("sr.dcm", "1.2.9", "1.1.3.2.1")


def test_quote_is_short() -> None:
    """A long label is quoted up to the limit of the contract."""
    label = "Rt GSV Prox Thigh Reflux" + " x" * 28
    (seen,) = extract(user_defined(label, "2.3", "s")).observations
    assert all(len(getattr(each.origin, "quote", "")) <= 300 for each in seen.support)


def test_document_without_a_tree() -> None:
    """A document without a report tree gives nothing."""
    document = Document("a.txt", "0" * 64, "text")
    assert extract_structured(document, KNOWLEDGE, read_label) == Extraction()
