"""Options with their tick boxes, as they are written: "[x] yes  [ ] no", "yes [x]  no [ ]"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.value import value_type

BOX: Final = r"(?:\[[ \t]*[xX✓✔✗√vV]?[ \t]*\]|\([ \t]*[xX✓✔✗√]?[ \t]*\)|[☐□☒☑■])"
IS_BOX: Final = re.compile(BOX)
IS_TICK: Final = re.compile(r"[xX✓✔✗√vV☒☑■]")
NO_BOX_SIGN: Final = r"\s\[\]()☐□☒☑■"  # of a set of characters: what an option is not made of


@value_type
class TickedOption:
    """An option with its box: where both stand together, the option alone, in lower case."""

    start: int
    end: int
    first: int
    last: int
    name: str
    ticked: bool


def read_ahead(
    pattern: re.Pattern[str], text: str, end: int, boxes: Sequence[re.Match[str]]
) -> Iterator[TickedOption]:
    """The options behind their boxes, up to a place; the pattern's group is ``option``."""
    ends = [*(box.start() for box in boxes[1:]), end]
    for box, until in zip(boxes, ends, strict=True):
        found = pattern.match(text[box.end() : until])
        if found is not None:
            first, last = (box.end() + at for at in found.span("option"))
            yield TickedOption(box.start(), last, first, last, _name(found), _is_ticked(box))


def read_behind(
    pattern: re.Pattern[str], text: str, start: int, boxes: Sequence[re.Match[str]]
) -> Iterator[TickedOption]:
    """The options before their boxes, from a place on; the pattern's group is ``option``."""
    begins = [start, *(box.end() for box in boxes[:-1])]
    for box, since in zip(boxes, begins, strict=True):
        found = pattern.search(text[since : box.start()])
        if found is not None:
            first, last = (since + at for at in found.span("option"))
            yield TickedOption(first, box.end(), first, last, _name(found), _is_ticked(box))


def _name(found: re.Match[str]) -> str:
    return found["option"].lower()


def _is_ticked(box: re.Match[str]) -> bool:
    return IS_TICK.search(box.group()) is not None
