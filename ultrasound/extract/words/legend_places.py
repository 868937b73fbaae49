"""Lines that explain the places in the head of a table: "Jn junction   PT/MT/DT thigh   K knee"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks

_BORDER: Final = re.compile(r"[ \t]{2,}|[;,][ \t]+")
_CODED: Final = re.compile(
    r"(?P<code>[A-Z][A-Za-z]{0,2}(?:/[A-Z][A-Za-z]{0,2})*)(?:[ ]*=[ ]*|[ ])"
    r"(?P<meaning>[a-z][a-z -]*)"
)
_FEWEST: Final = 2  # places that are explained
_PLACES: Final = ("level", "zone", "place", "abbreviation")


def find_place_legends(marks: Marks) -> list[Span]:
    """The tokens (half-open) of each such line."""
    key = ("place legends", 0, 0)
    if key not in marks.known:
        marks.known[key] = list(_find_all(marks))
    found: list[Span] = marks.known[key]
    return found


def explains_places(marks: Marks, index: int) -> bool:
    """Whether a token stands in such a line."""
    return any(first <= index < last for first, last in find_place_legends(marks))


def _find_all(marks: Marks) -> Iterator[Span]:
    position = 0
    for raw in marks.text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        cells = [_CODED.fullmatch(cell) for cell in _BORDER.split(raw.strip())]
        if len(cells) < _FEWEST or not all(cells):
            continue
        span = marks.tokens_between(start, position)
        at = start + len(raw) - len(raw.lstrip())
        explained = 0
        for cell in filter(None, cells):
            at = marks.text.index(cell[0], at)
            explained += _is_place(marks, at + cell.start("meaning"), at, at + cell.end())
            at += cell.end()
        if explained >= _FEWEST:
            yield span


def _is_place(marks: Marks, meaning: int, start: int, end: int) -> bool:
    """Whether a level or an area explains a code that is no vein and no leg."""
    first, last = marks.tokens_between(start, end)
    own, _ = marks.tokens_between(meaning, end)
    if any(m.row("vein", "leg", "finding") for m in marks.mentions_in(first, last)):
        return False
    mention = marks.mention_over(own)
    return mention is not None and mention.row(*_PLACES) is not None
