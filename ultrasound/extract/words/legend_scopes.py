"""Legends of one column of a table: "Thr, thrombus: Y = seen, N = not seen"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.value import value_type

_FEWEST: Final = 2  # codes behind a colon that make it a legend
_STOPS: Final = (".", ";")
OF_REFLUX: Final = frozenset({"reflux_time", "competence", "incompetence", "valve_status"})


@value_type
class Scope:
    """Tokens ``first`` up to ``last`` (half-open) that explain the codes of some properties."""

    first: int
    last: int
    properties: tuple[str, ...]

    def can_say(self, code: str, says: tuple[str, str]) -> bool:
        """Whether a code of this column can mean that: "N = not seen" denies a thrombus."""
        name, _ = says
        if name == "anatomy":
            return len(code) > 1
        of_reflux = name == "reflux" and not OF_REFLUX.isdisjoint(self.properties)
        return name == "*" or name in self.properties or of_reflux


def find_scopes(marks: Marks, headers: HeaderReader) -> list[Scope]:
    """Every column's own legend."""
    scopes: list[Scope] = []
    if len(marks.where("=")) < _FEWEST:
        return scopes
    for colon in map(marks.tokens.__getitem__, marks.where(":")):
        last = _end_of_codes(marks.tokens, colon.index)
        codes = sum(t.text == "=" for t in marks.tokens[colon.index : last])
        first = _start_of_name(marks.tokens, colon.index)
        if codes < _FEWEST or first == colon.index:
            continue
        column = headers.read_header(marks, Cell(first, colon.index, 0, 0))
        if column.measures and not (column.group and column.group.has_vein):
            scopes.append(Scope(first, last, column.properties))
    return scopes


def _end_of_codes(tokens: Sequence[Token], colon: int) -> int:
    """The token behind the codes: a line ends them, but for a comma at its end."""
    for token in tokens[colon + 1 :]:
        ended = "\n" in token.gap and tokens[token.index - 1].text != ","
        if ended or token.text == ":" or (token.text in _STOPS and token.index > colon + 1):
            return token.index
    return len(tokens)


def _start_of_name(tokens: Sequence[Token], colon: int) -> int:
    """The token with which the name of a column begins, on the line of its colon."""
    index = colon
    while index and "\n" not in tokens[index].gap and tokens[index - 1].text not in _STOPS:
        index -= 1
    return index
