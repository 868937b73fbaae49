"""Where a perforator lies, in the free words around its name: side, height, ulcer.

"A medial calf perforator 12 cm above the heel, beneath the healed ulcer" has three such pieces.
Heights from floor, heel and malleolus stay as written: none is converted into another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_REACH: Final = 30  # tokens around the name that are looked at
_PASSED: Final = (",", "(", ")", "at", "of", "on", "in", "the", "just", "approximately", "its")
_LINE_END: Final = "\n\n"


def find_location(marks: Marks, name: Span, leg: Span | None) -> tuple[Span, ...]:
    """The pieces of words around the name of a perforator that say where it lies, in order.

    None where two heights stand there: they are those of several perforators. None where the leg,
    whose words are ``leg``, is named behind them: the name is passed on to another one there.
    """
    first, last = name
    before = marks.elements(max(0, first - _REACH), first)
    behind = marks.elements(last + 1, min(len(marks.tokens), last + 1 + _REACH))
    ahead = list(_walk(marks, before[::-1]))[::-1]
    own = list(takewhile(lambda element: _goes_on(marks, element), behind))
    if leg is not None and leg[0] > max([last, *(last_of(element) for element in own)]):
        return ()
    pieces = [*ahead, *_walk(marks, own)]
    heights = [piece for piece in pieces if marks.numbers_in(piece[0], piece[1] + 1)]
    return tuple(pieces) if len(heights) <= 1 else ()


def _walk(marks: Marks, elements: Sequence[Element]) -> Iterator[Span]:
    """The pieces among elements, up to the first that says something else."""
    for element in takewhile(lambda element: _goes_on(marks, element), elements):
        if isinstance(element, Number):
            yield _read_height(marks, element) or (element.first, element.last)
        elif isinstance(element, Mention) and element.cue("location"):
            yield element.first, element.last


def _goes_on(marks: Marks, element: Element) -> bool:
    """Whether an element still says where the perforator lies."""
    if _LINE_END in marks.tokens[first_of(element)].gap:
        return False
    if isinstance(element, Token):
        return element.norm in _PASSED
    if isinstance(element, Number):
        return _read_height(marks, element) is not None
    return element.cue("location") or _is_passed(element)


def _read_height(marks: Marks, number: Number) -> Span | None:
    """A length with its landmark right behind it: "12 cm above the heel"."""
    cue = marks.mention_at(number.last + 1)
    if cue is None or not cue.cue("distance") or number.unit is None:
        return None
    return number.first, cue.last


def _is_passed(mention: Mention) -> bool:
    """Whether a level, a leg or a height's landmark goes on with the place of the same vein."""
    return mention.cue("distance", "limb") or (
        mention.row("leg", "level", "zone") is not None
        and mention.row("vein", "place", "finding") is None
    )
