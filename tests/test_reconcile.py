"""Documents of one study: repeats joined, contradictions named, identities compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from ultrasound.domain import (
    Assertion,
    ContentItem,
    Document,
    Extraction,
    Leg,
    Observation,
    Place,
    Quantity,
    Study,
    Support,
    Temporality,
    TextSpan,
)
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.reconcile import reconcile_study

TEXT, SR = "report.txt", "scan.dcm"
STUDY = Study("k", (Document(SR, "1" * 64, "sr"), Document(TEXT, "2" * 64, "text")))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def ms(value: str, comparator: str = "=", upper: str | None = None) -> Quantity:
    """A reflux time."""
    return Quantity(Decimal(value), "ms", comparator, Decimal(upper) if upper else None)


def fact(
    place: str,
    prop: str,
    value: Quantity | str,
    quote: str = "x",
    *,
    document: str = TEXT,
    item: int | None = None,
) -> Observation:
    """An observation of the right leg; ``place`` is "GSV" or "GSV mid_thigh"."""
    vein, _, segment = place.partition(" ")
    source: TextSpan | ContentItem = ContentItem(document, "1.2", "(1, 2, x)", quote)
    if document == TEXT:
        source = TextSpan(document, None, 0, len(quote), quote)
    where = Place(Leg.RIGHT, vein, segment or None, item)
    return Observation(where, prop, value, source, document)


def sr(place: str, prop: str, value: Quantity | str, quote: str = "x", **more: int) -> Observation:
    """An observation of the structured report."""
    return fact(place, prop, value, quote, document=SR, item=more.get("item"))


def merge(
    knowledge: Knowledge, text: Iterable[Observation], scan: Iterable[Observation]
) -> Extraction:
    """Reconcile a text with a structured report."""
    extractions = {TEXT: Extraction(tuple(text)), SR: Extraction(tuple(scan))}
    return reconcile_study(STUDY, extractions, knowledge)


def conflicts(extraction: Extraction) -> list[tuple[str, str | None, str | None]]:
    """Code, vein and segment of each review item; each must name the leg."""
    assert all(item.leg is Leg.RIGHT for item in extraction.review)
    return [(item.code, item.vein, item.segment) for item in extraction.review]


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        (("2300", "2.3 s"), ("2300", "2.3")),
        (("2300", "2.3 s"), ("2340", "2.34")),
        (("2000", "2 s"), ("2340", "2.34")),
        (("2340", "2340 ms"), ("2300", "2.3")),
    ],
    ids=["equal", "rounded in the text", "rounded to seconds", "rounded by the scanner"],
)
def test_the_same_measurement_is_one_fact_with_a_repeat(
    knowledge: Knowledge, text: tuple[str, str], scan: tuple[str, str]
) -> None:
    """The text's fact stays, the scanner's is its repeat, and nothing is asked."""
    written = fact("GSV mid_thigh", "reflux_time", ms(text[0]), text[1])
    sent = sr("GSV mid_thigh", "reflux_time", ms(scan[0]), scan[1])
    merged = merge(knowledge, [written], [sent])
    (only,) = merged.observations
    assert only.value == written.value
    assert only.document == TEXT
    assert only.support == (Support("repeat", sent.source),)
    assert merged.review == ()


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        (("GSV mid_thigh", "reflux_time", ms("2300")), ("GSV mid_thigh", "reflux_time", ms("900")),
         ("GSV", "mid_thigh")),
        (("GSV sfj", "reflux", "present"), ("GSV sfj", "reflux", "absent"), ("GSV", "sfj")),
        (("GSV sfj", "reflux", "absent"), ("GSV sfj", "reflux_time", ms("501")), ("GSV", "sfj")),
        (("GSV", "reflux", "absent"), ("GSV knee", "reflux", "present"), ("GSV", "knee")),
        (("GSV", "reflux", "absent"), ("GSV knee", "reflux_time", ms("2000")), ("GSV", "knee")),
        (("DEEP", "reflux", "absent"), ("POPV", "reflux_time", ms("1001")), ("POPV", None)),
        (("DEEP", "thrombus", "absent"), ("FV mid", "thrombus", "chronic"), ("FV", "mid")),
        (("PERF", "reflux", "absent"), ("CPV mid_calf", "reflux", "present"), ("CPV", "mid_calf")),
        (("POPV", "compressibility", "full"), ("POPV", "compressibility", "none"), ("POPV", None)),
        (("POPV", "patency", "occluded"), ("POPV", "patency", "patent"), ("POPV", None)),
        (("GSV", "treatment_result", "closed"), ("GSV", "treatment_result", "open"), ("GSV", None)),
    ],
)  # fmt: skip
def test_a_contradiction_is_kept_flagged_and_asked(
    knowledge: Knowledge,
    one: tuple[str, str, Quantity | str],
    other: tuple[str, str, Quantity | str],
    asked: tuple[str, str | None],
) -> None:
    """Both facts stay, whichever source says which, and the item names the finer place."""
    for first, second in ((one, other), (other, one)):
        merged = merge(knowledge, [fact(*first)], [sr(*second)])
        assert [item.flags for item in merged.observations] == [("conflict",)] * 2
        assert conflicts(merged) == [("text_vs_dicom", *asked)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("GSV sfj", "reflux_time", ms("500", ">")), ("GSV sfj", "reflux_time", ms("2300"))),
        (("GSV sfj", "reflux", "present"), ("GSV sfj", "reflux_time", ms("300"))),
        (("GSV sfj", "reflux", "absent"), ("GSV sfj", "reflux_time", ms("500"))),
        (("GSV", "reflux", "present"), ("GSV knee", "reflux", "absent")),
        (("GSV sfj", "reflux", "not_assessed"), ("GSV sfj", "reflux", "present")),
        (("DEEP", "reflux", "absent"), ("POPV", "reflux_time", ms("1000"))),
        (("GSV", "anatomy", "tortuous"), ("GSV", "anatomy", "duplicated")),
        (("POPV", "thrombus", "present"), ("POPV", "thrombus", "acute")),
        (("GSV sfj", "reflux", "absent"), ("GSV knee", "reflux", "present")),
    ],
)
def test_facts_that_can_stand_together_are_left_alone(
    knowledge: Knowledge,
    one: tuple[str, str, Quantity | str],
    other: tuple[str, str, Quantity | str],
) -> None:
    """Bounds, other places, times below the limit and silence contradict nobody."""
    for first, second in ((one, other), (other, one)):
        merged = merge(knowledge, [fact(*first)], [sr(*second)])
        assert [item.flags for item in merged.observations] == [(), ()]
        assert merged.review == ()


def test_acute_thrombus_alone_contradicts_its_denial(knowledge: Knowledge) -> None:
    """Where only acute thrombus was denied, there is room for an old one."""
    denial = replace(fact("DEEP", "thrombus", "absent"), flags=("acute_only",))
    assert merge(knowledge, [denial], [sr("FV", "thrombus", "chronic")]).review == ()
    assert conflicts(merge(knowledge, [denial], [sr("FV", "thrombus", "acute")])) == [
        ("text_vs_dicom", "FV", None)
    ]


def test_one_of_several_tries_confirms(knowledge: Knowledge) -> None:
    """The scanner's other tries beside the mean that the letter quotes are no contradiction."""
    tries = [sr("GSV knee", "reflux_time", ms(v), q) for v, q in (("1900", "1.9"), ("2000", "2.0"))]
    merged = merge(knowledge, [fact("GSV knee", "reflux_time", ms("2000"), "2.0 s")], tries)
    values = [item.value for item in merged.observations]
    assert values == [ms("2000"), ms("1900")]
    assert merged.review == ()


@pytest.mark.parametrize(
    "change",
    [
        {"temporality": Temporality.PRIOR},
        {"assertion": Assertion.UNCERTAIN},
        {"flags": ("other_method",)},
        {"place": Place(None, "GSV", "sfj")},
    ],
    ids=["earlier exam", "uncertain", "other method", "no leg"],
)
def test_what_is_not_comparable_is_not_compared(
    knowledge: Knowledge, change: dict[str, object]
) -> None:
    """Earlier, doubtful, differently measured and sideless facts contradict nobody."""
    odd = replace(fact("GSV sfj", "reflux", "absent"), **change)  # type: ignore[arg-type]
    assert merge(knowledge, [odd], [sr("GSV sfj", "reflux", "present")]).review == ()


def test_two_texts_that_differ_are_a_plain_conflict(knowledge: Knowledge) -> None:
    """Without a structured report there is no text_vs_dicom."""
    study = Study("k", (Document("a", "1" * 64, "text"), Document("b", "2" * 64, "pdf")))
    extractions = {
        "a": Extraction((fact("GSV", "reflux", "present", document="a"),)),
        "b": Extraction((fact("GSV", "reflux", "absent", document="b"),)),
    }
    (item,) = reconcile_study(study, extractions, knowledge).review
    assert (item.code, item.vein, item.leg) == ("conflict", "GSV", Leg.RIGHT)


def test_perforators_are_matched_by_what_they_share(knowledge: Knowledge) -> None:
    """A perforator of the scanner is the text's where they share a value, else it is another."""
    text = [
        fact("CPV", "diameter", Quantity(Decimal("3.6"), "mm"), "3.6 mm", item=1),
        fact("CPV", "diameter", Quantity(Decimal("4.1"), "mm"), "4.1 mm", item=2),
    ]
    scan = [
        sr("CPV", "diameter", Quantity(Decimal("4.1"), "mm"), "4.1", item=1),
        sr("CPV", "reflux_time", ms("700"), "0.7", item=1),
        sr("CPV", "diameter", Quantity(Decimal("2.0"), "mm"), "2.0", item=2),
    ]
    merged = merge(knowledge, text, scan)
    assert [(o.property, o.place.item, len(o.support)) for o in merged.observations] == [
        ("diameter", 1, 0),
        ("diameter", 2, 1),
        ("reflux_time", 2, 0),
        ("diameter", 3, 0),
    ]
    assert merged.review == ()


def test_one_document_is_left_to_its_extraction(knowledge: Knowledge) -> None:
    """What a document says against itself was named when it was read, not again here."""
    both = [fact("GSV sfj", "reflux", "present"), fact("GSV sfj", "reflux", "absent")]
    merged = merge(knowledge, both, [])
    assert merged.observations == tuple(both)
    assert merged.review == ()
