"""A report laid out line by line: what stands below which line, and what is said of it."""

from __future__ import annotations

from decimal import Decimal

from ultrasound.domain import (
    Assertion,
    Caliper,
    Code,
    ContentItem,
    ContentNode,
    Context,
    Dismissal,
    Document,
    Extraction,
    Leg,
    Observation,
    Place,
    Quantity,
    ReviewItem,
    Support,
    Temporality,
    TextPart,
    TextSpan,
)
from ultrasound.show import show_document
from ultrasound.write.reasons import describe_fact

TEXT = "RIGHT LEG\nGSV reflux 2.3 s\nPlan: laser\n"


def span(words: str, text: str = TEXT, part: str | None = None) -> TextSpan:
    """Where some words stand."""
    start = text.index(words)
    return TextSpan("r", part, start, start + len(words), words)


def time(*support: Support) -> Observation:
    """A reflux time of the right GSV."""
    value = Quantity(Decimal(2300), "ms")
    place = Place(Leg.RIGHT, "GSV", "mid_thigh")
    return Observation(place, "reflux_time", value, span("2.3 s"), "r", support=support)


def lay_out(document: Document, extraction: Extraction) -> list[tuple[str, str]]:
    """The styles and lines of a document."""
    return [(line.style, line.text.strip()) for line in show_document(document, extraction)]


def test_everything_stands_below_its_line() -> None:
    """Facts, reasons, what was left out and what is to decide follow their words."""
    extraction = Extraction(
        (time(Support("leg", span("RIGHT")), Support("vein", span("GSV"))),),
        (Context(None, "position", "standing", span("LEG"), "r"),),
        (Dismissal("r", span("Plan"), "plan"),),
        (
            ReviewItem("r", Leg.RIGHT, "GSV", "conflict", "Which?", origins=(span("GSV"),)),
            ReviewItem("r", None, None, "truncated", "Whole?"),
        ),
    )
    document = Document("r", "0" * 64, "text", "post_procedure", (TextPart(None, TEXT),))
    assert lay_out(document, extraction) == [
        ("heading", "r (text, post procedure)"),
        ("line", "1 | RIGHT LEG"),
        ("fact", "position: standing"),
        ("line", "2 | GSV reflux 2.3 s"),
        ("fact", 'right GSV mid thigh reflux time = 2300 ms  "2.3 s"'),
        ("why", 'leg: "RIGHT" (line 1); vein: "GSV" (line 2)'),
        ("review", "to decide (conflict, high): Which?"),
        ("line", "3 | Plan: laser"),
        ("left_out", 'left out (plan): "Plan"'),
        ("heading", "about the document as a whole"),
        ("review", "to decide (truncated, medium): Whole?"),
    ]


def test_items_of_a_structured_report_take_the_place_of_lines() -> None:
    """Each item is shown with its value, and what was read from it below."""
    number = ContentNode(
        "1.1",
        "NUM",
        "CONTAINS",
        Code("1", "X", "Reflux Time"),
        value="2.3",
        unit=Code("s", "UCUM"),
    )
    root = ContentNode("1", "CONTAINER", "", Code("2", "X", "Findings"), children=(number,))
    item = ContentItem("r", "1.1", "(1, X, Reflux Time)", "Reflux Time 2.3 s")
    section = Support("leg", ContentItem("r", "1", "", "Findings"))
    support = (section, Support("caliper", Caliper("r", "9.9", "1.1.1")))
    value = Quantity(Decimal(2300), "ms")
    observation = Observation(
        Place(Leg.LEFT, "SSV"), "reflux_time", value, item, "r", support=support
    )
    document = Document("r", "0" * 64, "sr", tree=root)
    assert lay_out(document, Extraction((observation,))) == [
        ("heading", "r (sr)"),
        ("line", "1 | Findings"),
        ("line", "1.1 |   Reflux Time: 2.3 s"),
        ("fact", 'left SSV reflux time = 2300 ms  "Reflux Time 2.3 s"'),
        ("why", 'leg: "Findings" (item 1); caliper: measured on an image'),
    ]


def test_a_reason_in_another_part_names_it() -> None:
    """In a container with several texts a line number alone would mislead."""
    parts = (TextPart("1.1", "RIGHT LEG", "Heading"), TextPart("1.2", "GSV 2.3 s", "Findings"))
    source = span("2.3 s", "GSV 2.3 s", "1.2")
    support = (Support("leg", span("RIGHT", "RIGHT LEG", "1.1")),)
    value = Quantity(Decimal(2300), "ms")
    found = Observation(Place(Leg.RIGHT, "GSV"), "reflux_time", value, source, "r", support=support)
    lines = lay_out(Document("r", "0" * 64, "text_sr", texts=parts), Extraction((found,)))
    assert ("heading", "[1.2] Findings") in lines
    assert lines[-1] == ("why", 'leg: "RIGHT" (line 1 of 1.1)')


def test_every_doubt_is_shown_with_its_fact() -> None:
    """Bounds, ranges, numbers of veins, earlier exams and flags are in the line."""
    value = Quantity(Decimal("4.50"), "mm", ">=", Decimal(6))
    fact = Observation(
        Place(None, "CPV", None, 2),
        "diameter",
        value,
        span("2.3 s"),
        "r",
        Assertion.UNCERTAIN,
        Temporality.PRIOR,
        count=3,
        flags=("unit_assumed",),
    )
    assert describe_fact(fact) == (
        'leg not said CPV 2 diameter = >= 4.5 to 6 mm  "2.3 s"  '
        "[3 veins, earlier exam, uncertain, unit_assumed]"
    )
