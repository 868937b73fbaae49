"""What has changed: the two values of "increased from 3.1 to 4.0 mm", which are no range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.separators import CHANGED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number

_HELD: Final = 2  # elements of "increased from 3 mm"


def part_change(
    current: Sequence[Element | PlaceGroup],
    element: Number,
    marks: Marks,
    *,
    on: bool,
) -> Iterable[Element]:
    """The two values of a range behind a word of change; else the range itself.

    ``on``: it goes on: "from 5 to 7 mm and the time from 1.2 to 2.8 s".
    """
    last = current[-1] if current else None
    opens = last is not None and (_leads_to_former(last, marks) or (on and _is_from(last)))
    if not opens or element.high is None:
        return (element,)
    tokens = marks.tokens[element.first : element.last + 1]
    at = next((token for token in tokens if token.norm == CHANGED), None)
    if at is None:
        return (element,)
    before = replace(element, last=at.index - 1, high=None)
    return before, at, replace(element, first=at.index + 1, low=element.high, high=None)


def is_change(current: Sequence[Element | PlaceGroup], marks: Marks, *, on: bool) -> bool:
    """Whether a clause so far holds the value from which one has changed.

    ``on``: it goes on: "from 5 mm to 7 mm and the time from 1.2 s to 2.8 s".
    """
    held = current[-_HELD:]
    if len(held) < _HELD or not isinstance(held[1], Number):
        return False
    return _leads_to_former(held[0], marks) or (on and _is_from(held[0]))


def _leads_to_former(element: Element | PlaceGroup, marks: Marks) -> bool:
    """Whether it leads to an earlier value: "increased from"."""
    if not isinstance(element, Mention) or not element.cue("versus"):
        return False
    return marks.tokens[element.last].norm == "from"


def _is_from(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Mention) and element.cue("from")
