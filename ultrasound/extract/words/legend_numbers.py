"""Lines that name a column and number its codes: "REFL: 0 no, 1 yes, 8 not assessed"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.value import value_type

_FEWEST: Final = 2  # numbered codes that make a legend
_LONGEST_NAME: Final = 4
_STOPS: Final = (",", ";", ".", ")")


@value_type
class NumberedLegend:
    """The name of a column, and where each of its codes and meanings stands."""

    name: Cell
    codes: tuple[tuple[str, Cell], ...]


def find_numbered(marks: Marks) -> list[NumberedLegend]:
    """The legends of numbered codes of a report."""
    key = ("numbered legends", 0, 0)
    if key not in marks.known:
        found = (_read_legend(marks.tokens, colon) for colon in marks.where(":", "("))
        marks.known[key] = [legend for legend in found if legend is not None]
    legends: list[NumberedLegend] = marks.known[key]
    return legends


def _read_legend(tokens: Sequence[Token], colon: int) -> NumberedLegend | None:
    first = colon
    while first > max(0, colon - _LONGEST_NAME) and "\n" not in tokens[first].gap:
        first -= 1
    begins = first == 0 or "\n" in tokens[first].gap
    if not begins or any(t.kind != "word" for t in tokens[first:colon]):
        return None
    found = list(_cut_codes(tokens, colon + 1))
    if len({code for code, _ in found}) < max(_FEWEST, len(found)):
        return None
    return NumberedLegend(Cell(first, colon, 0, 0), tuple(found))


def _cut_codes(tokens: Sequence[Token], start: int) -> Iterator[tuple[str, Cell]]:
    """Each number with the words behind it, on one line; nothing from where it is another list."""
    index = start
    while index + 1 < len(tokens) and "\n" not in tokens[index].gap:
        code = tokens[index]
        begin = index + 1 + int(tokens[index + 1].text in ("=", "-"))
        if not (code.text.isdigit() and len(code.text) == 1) or begin >= len(tokens):
            return
        end = begin
        while end < len(tokens) and not _ends(tokens, end):
            end += 1
        if end == begin or tokens[begin].kind != "word":
            return
        yield code.text, Cell(begin, end, 0, 0)
        index = end + int(end < len(tokens) and tokens[end].text in _STOPS)


def _ends(tokens: Sequence[Token], index: int) -> bool:
    return "\n" in tokens[index].gap or "  " in tokens[index].gap or tokens[index].text in _STOPS
