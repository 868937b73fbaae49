"""The least size that was measured, no limit: "maximum diameter 8 mm, minimum diameter 4 mm".

A payer's "minimum diameter" names no other size; a measured one stands beside the greatest size,
or at a level: "the minimum diameter of the GSV is 3.1 mm at the knee".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.knowledge.schema_text import Cue, Finding

LEAST: Final = "minimum"
_EXACT: Final = ("=", "~")
_LIMITING: Final = ("threshold", "limit", "plan", "question")
_MINIMUM: Final = Meaning([Concept("cue", Cue(kind="minimum", terms=()))])
_SIZE: Final = Meaning(
    [Concept("finding", Finding(property="diameter", value="size", kind="label", terms=()))]
)


def read_least(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """The elements with such words as the label of what was measured."""
    least = [e for e in elements if _is_least(e, marks)]
    if not least or not _measures(elements, least):
        return list(elements)
    read: list[Element] = []
    for element in elements:
        if isinstance(element, Mention) and element in least:
            read.append(Mention(element.first, element.first, _MINIMUM))
            read.append(Mention(element.first + 1, element.last, _SIZE))
        else:
            read.append(element)
    return read


def _is_least(element: Element, marks: Marks) -> bool:
    if not isinstance(element, Mention) or not element.cue("threshold"):
        return False
    return marks.tokens[element.first].norm == LEAST and element.last == element.first + 1


def _measures(elements: Sequence[Element], least: Sequence[Element]) -> bool:
    """Whether sizes are measured: all told as such, beside the greatest or at a level."""
    rest = [e for e in elements if isinstance(e, Mention) and e not in least]
    sizes = [e for e in elements if isinstance(e, Number) and e.unit and e.unit.kind == "length"]
    if not sizes or any(n.comparator not in _EXACT for n in sizes):
        return False
    if any(e.cue(*_LIMITING) for e in rest):
        return False
    treated = (row for e in rest if (row := e.row("finding")) is not None)
    if any(row.property == "treatment" for row in treated):
        return False
    several = len(sizes) > 1 and any(e.cue("maximum") for e in rest)
    return several or any(e.row("level", "place", "zone") is not None for e in rest)
