"""The sides that an exam's own label names or ticks: "Side: LEFT", "[x] right [ ] left"."""

from __future__ import annotations

from ultrasound.domain import Leg
from ultrasound.extract.lines.boxes import drop_unticked, has_boxes
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_OTHER = "other"


def name_sides(marks: Marks, first: int, last: int) -> list[tuple[Leg, tuple[int, int]]]:
    """Each leg from ``first`` up to, not including, ``last``, with the words that name it."""
    elements = list(marks.elements(first, last))
    if has_boxes(elements):
        elements = drop_unticked(elements, marks).elements
    named = []
    for element in elements:
        row = element.row("leg") if isinstance(element, Mention) else None
        if isinstance(element, Mention) and row is not None and _OTHER not in row.legs:
            named += [(Leg(name), (element.first, element.last)) for name in row.legs]
    return named
