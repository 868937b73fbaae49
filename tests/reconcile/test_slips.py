"""Differences between text and scanner that a known slip explains."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from ultrasound.batch.discover import discover_inputs
from ultrasound.config import Settings
from ultrasound.domain import (
    ContentItem,
    Document,
    Extraction,
    Leg,
    Observation,
    Place,
    Quantity,
    ReviewItem,
    Study,
    TextSpan,
)
from ultrasound.knowledge import load_knowledge
from ultrasound.pipeline import process_study
from ultrasound.read import read_file
from ultrasound.reconcile import reconcile_study

KNOWLEDGE = load_knowledge()
TEXT, SR = "report.txt", "scan.dcm"
STUDY = Study("k", (Document(SR, "1" * 64, "sr"), Document(TEXT, "2" * 64, "text")))
SLIPS = Path("sample_reports/dicom/text_and_sr_slips")
UNITS = {"reflux_time": ("ms", "s", 1000), "diameter": ("mm", "mm", 1)}


def parse(facts: str, document: str) -> tuple[Observation, ...]:
    """Facts from words such as "R GSV knee reflux_time 2.3; L SSV - reflux absent"."""
    return tuple(_fact(words, document, number) for number, words in enumerate(facts.split(";")))


def _fact(words: str, document: str, number: int) -> Observation:
    leg, vein, level, prop, quote = words.split()
    place = Place({"R": Leg.RIGHT, "L": Leg.LEFT}[leg], vein, None if level == "-" else level)
    value: Quantity | str = quote
    if prop in UNITS:
        unit, written, factor = UNITS[prop]
        value, quote = Quantity(Decimal(quote) * factor, unit), f"{quote} {written}"
    source: TextSpan | ContentItem = ContentItem(document, f"1.{number}", "", quote)
    if document == TEXT:
        source = TextSpan(document, None, number * 50, number * 50 + len(quote), quote)
    return Observation(place, prop, value, source, document)


def review(text: str, scan: str) -> tuple[ReviewItem, ...]:
    """What is asked about a text and a scanner's report."""
    extractions = {TEXT: Extraction(parse(text, TEXT)), SR: Extraction(parse(scan, SR))}
    found = reconcile_study(STUDY, extractions, KNOWLEDGE).review
    assert all(item.code == "text_vs_dicom" for item in found)
    return found


def only(items: Iterable[ReviewItem]) -> ReviewItem:
    """The one item."""
    (item,) = items
    return item


@pytest.mark.parametrize(
    ("text", "scan", "cause"),
    [
        ("R GSV knee reflux_time 0.48", "R GSV knee reflux_time 4.8", "a decimal point"),
        ("R GSV knee reflux_time 4.8", "R GSV knee reflux_time 0.48", "a decimal point"),
        ("R GSV knee reflux_time 0.0017", "R GSV knee reflux_time 1.7", "seconds and milliseconds"),
        ("R GSV knee diameter 0.55", "R GSV knee diameter 5.5", "centimetres and millimetres"),
        ("R GSV knee reflux_time 0.5", "R GSV knee reflux_time 4.8", "a decimal point"),
    ],
)
def test_cause_is_named(text: str, scan: str, cause: str) -> None:
    """A factor of 10 or of the unit is named; the rounding of the text is allowed for."""
    assert cause in only(review(text, scan)).message


def test_other_differences_have_no_cause() -> None:
    """Two values without a known factor are told as they are."""
    item = only(review("R GSV knee reflux_time 1.4", "R GSV knee reflux_time 1.9"))
    assert "slip" not in item.message
    assert "1400 ms" in item.message
    assert "1900 ms" in item.message


@pytest.mark.parametrize(
    "scan",
    [
        "R SSV - reflux_time 1.3",
        "R SSV - reflux_time 1.3; L SSV - reflux absent",
        "R SSV - reflux_time 1.3; L SSV - reflux_time 0.2",
    ],
)
def test_wrong_side(scan: str) -> None:
    """A value that the scanner gives for the other leg alone is one question, about the side."""
    item = only(review("L SSV - reflux_time 1.3", scan))
    assert (item.leg, item.vein) == (Leg.LEFT, "SSV")
    assert "for the right leg. Check the side" in item.message


def test_equal_values_of_both_legs_are_no_wrong_side() -> None:
    """Legs that are alike are no slip."""
    both = "L SSV - diameter 3.0; R SSV - diameter 3.0"
    assert not review(both, both)
    assert not review(both, "R SSV - diameter 3.0")


def test_abnormal_vein_that_the_text_leaves_out() -> None:
    """Reflux of a vein that the text does not name is asked about; a normal vein is not."""
    text = "R GSV - reflux absent; L GSV - reflux absent"
    item = only(review(text, "L POPV - reflux_time 1.6; R POPV - reflux_time 0.3"))
    assert (item.leg, item.vein) == (Leg.LEFT, "POPV")
    assert "does not name this vein" in item.message
    assert not review(f"{text}; L DEEP - reflux present", "L POPV - reflux_time 1.6")


def test_four_slips_of_the_sample() -> None:
    """A decimal point, a unit, a side and a vein left out, each named for what it is."""
    files = discover_inputs([SLIPS], KNOWLEDGE).files
    documents = [d for f in files for d in read_file(f.path, f.name, KNOWLEDGE).documents]
    result = process_study(Study("k", tuple(documents)), KNOWLEDGE, Settings())
    asked = [item for item in result.review if item.code == "text_vs_dicom"]
    found = {(item.leg, item.vein, item.segment): item.message for item in asked}
    assert set(found) == {
        (Leg.LEFT, "SSV", "proximal_calf"),
        (Leg.RIGHT, "GSV", "proximal_thigh"),
        (Leg.RIGHT, "GSV", "mid_thigh"),
        (Leg.LEFT, "POPV", None),
    }
    assert "Check the side" in found[Leg.LEFT, "SSV", "proximal_calf"]
    assert "a decimal point" in found[Leg.RIGHT, "GSV", "proximal_thigh"]
    assert "seconds and milliseconds" in found[Leg.RIGHT, "GSV", "mid_thigh"]
    assert "does not name this vein" in found[Leg.LEFT, "POPV", None]
    assert not any("_" in message for message in found.values())
