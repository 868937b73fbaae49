"""Headings in capitals without a colon: "DUPLEX The formal …", "PLAN EVLA of the right GSV"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks

_SHORTEST: Final = 4  # letters: "DVT No" is no heading
_WIDE: Final = "  "
_PLANNING: Final = "recommendation"


def find_capitals(
    marks: Marks, line: Line, sections: Mapping[tuple[str, ...], str]
) -> tuple[str, int] | None:
    """The section that a line opens by words in capitals, and the first token behind them."""
    end = line.first
    while end < line.last and marks.tokens[end].text.isupper() and len(marks.tokens[end].text) > 1:
        end += 1
    if end == line.first or len(marks.tokens[line.first].text) < _SHORTEST:
        return None
    for stop in _find_ends(marks, line, end):
        words = tuple(token.norm for token in marks.tokens[line.first : stop])
        section = sections.get(words)
        if section is None or section == "identity":
            continue
        if stop == end or _WIDE in marks.tokens[stop].gap or _plans(marks, line, stop, section):
            return section, stop
    return None


def _find_ends(marks: Marks, line: Line, end: int) -> Iterator[int]:
    """Where a heading may end: before a word with a capital, or among more words in capitals."""
    if end < line.last and marks.tokens[end].text[0].isupper():
        yield end
    yield from range(end - 1, line.first, -1)


def _plans(marks: Marks, line: Line, stop: int, section: str) -> bool:
    """Whether a treatment stands straight behind the one word of a plan: "PLAN EVLA R GSV"."""
    if section != _PLANNING or stop != line.first + 1:
        return False
    mention = marks.mention_at(stop)
    row = mention.row("finding") if mention is not None else None
    return row is not None and row.property == "treatment"
