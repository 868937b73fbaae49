"""Machine exports of a record a line: JSON, nested keys with braces, messages between pipes.

As in '{"leg": "R", "vein": "GSV", "diameter_mm": 6.6}', "sfj: {diameter_mm: 8.1, reflux_s: 2.9}"
under "left:" and "gsv:", and "OBX|3|NM|R GSV SFJ DIAMETER||7.4|mm".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import UNHEADED, Column
from ultrasound.extract.tables.table_cells import Cell, cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.words.marks import Marks

_FEWEST: Final = 2  # lines that make an export
_TYPE, _NAME, _VALUE, _UNIT = 2, 3, 5, 6  # fields of a message
_TEXTS: Final = ("tx", "ft", "st")  # types of a message that is in words
_QUOTES: Final = frozenset("\"'")
_BLANKS: Final = frozenset({"null", "none", "nan", "~", ""})
_ANSWER: Final = ("reflux_answer",)  # what "absent" and "present" answer
_LABEL: Final = ("label",)
_Pair = tuple[Cell, Cell]


class RecordReader:
    """Reads runs of such lines as a table with the values of one place in each row."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_table(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """The table that starts at a line, None where none does."""
        token = marks.tokens[lines[index].first]
        if token.text == "{":
            return self._read_records(marks, lines, index)
        if token.text == "OBX":
            return self._read_messages(marks, lines, index)
        return self._read_nested(marks, lines, index)

    def _read_records(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        rows: list[Row] = []
        end = index
        while end < len(lines) and (pairs := list(_read_braces(marks, lines[end]))):
            named = [(self._names(marks, key)[0] == _LABEL, key, c) for key, c in pairs]
            told = (c for label, _, c in named if label)
            labels = [c for c in told if text_of(marks, c) not in _BLANKS]
            values = [(key, c) for label, key, c in named if not label]
            rows += self._make_rows(marks, labels, values)
            end += 1
        return Table(index, end, rows) if rows and end - index >= _FEWEST else None

    def _read_messages(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """Messages between pipes: the counts before their names are no values."""
        rows: list[Row] = []
        end = index
        while end < len(lines) and marks.tokens[lines[end].first].text == "OBX":
            cells = cut_cells(marks, lines[end])
            if len(cells) > _VALUE and not cells[_NAME].is_empty and not cells[_VALUE].is_empty:
                unit = cells[_UNIT] if len(cells) > _UNIT and not cells[_UNIT].is_empty else None
                name, value = _name_of(marks, cells[_NAME]), cells[_VALUE]
                if text_of(marks, cells[_TYPE]) in _TEXTS and not self._says_place(marks, name):
                    rows.append(Row((), (), prose=value))
                else:
                    rows += self._make_rows(marks, [name], [(name, value)], unit)
            end += 1
        return Table(index, end, rows) if rows else None

    def _says_place(self, marks: Marks, name: Cell) -> bool:
        return self._headers.read_place(marks, name) is not None

    def _read_nested(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """Keys below each other, of which the innermost have values in braces."""
        if not marks.has_sign("{", lines[index].first, len(marks.tokens)):
            return None
        rows: list[Row] = []
        over: list[tuple[int, Cell]] = []
        end, filled = index, 0
        while end < len(lines) and (key := self._read_key(marks, lines[end])) is not None:
            line = lines[end]
            over = [(depth, cell) for depth, cell in over if depth < line.depth]
            over.append((line.depth, key))
            pairs = list(_read_braces(marks, line, key.last + 1))
            rows += self._make_rows(marks, [cell for _, cell in over], pairs)
            filled += bool(pairs)
            end += 1
        return Table(index, end, rows) if filled >= _FEWEST else None

    def _read_key(self, marks: Marks, line: Line) -> Cell | None:
        """The place before a colon that ends its line, or that braces follow."""
        colon = next(
            (t.index for t in marks.tokens[line.first : line.last] if t.text == ":"), line.first
        )
        after = marks.tokens[colon + 1 : line.last]
        if colon == line.first or (after and after[0].text != "{"):
            return None
        key = _trim(marks, line.first, colon)
        return key if not key.is_empty and self._headers.read_place(marks, key) else None

    def _names(self, marks: Marks, key: Cell) -> tuple[tuple[str, ...], Column]:
        """What a key says that its value is."""
        names, units = self._headers.read_properties(marks, key)
        kept = tuple(name for name in names if name != "label")
        kept += _ANSWER if "reflux_time" in kept and not units else ()
        return names, Column(key, kept, tuple(units))

    def _make_rows(
        self, marks: Marks, labels: list[Cell], pairs: Sequence[_Pair], unit: Cell | None = None
    ) -> Iterator[Row]:
        """The row of a record; what names no vein, or is not understood, is for a person."""
        groups = [self._headers.read_place(marks, cell) for cell in labels]
        placed = any(g is not None and g.has_vein for g in groups) and None not in groups
        cells: list[tuple[Column, Cell]] = []
        for key, value in pairs:
            if text_of(marks, value) in _BLANKS:
                continue
            _, column = self._names(marks, key)
            if unit is not None:
                column = Column(key, column.properties, self._names(marks, unit)[1].units)
            if not column.properties and not _states(marks, value):
                continue
            cells.append((column if column.properties else Column(key, (UNHEADED,)), value))
        if cells:
            yield Row(tuple(labels) if placed else (), tuple(cells))


def _name_of(marks: Marks, cell: Cell) -> Cell:
    """The words of "93965^R GSV DIAM^L", without their code and the system that it is of."""
    carets = [t.index for t in marks.tokens[cell.first : cell.last] if t.text == "^"]
    if not carets:
        return cell
    return Cell(carets[0] + 1, carets[1] if len(carets) > 1 else cell.last, 0, 0)


def _read_braces(marks: Marks, line: Line, first: int | None = None) -> Iterator[_Pair]:
    """The keys and values between the braces of a line."""
    start = line.first if first is None else first
    last = line.last - (marks.tokens[line.last - 1].text == ",")
    braces = start < last - 1 and marks.tokens[start].text == "{"
    if not braces or marks.tokens[last - 1].text != "}":
        return
    begin, colon, quoted = start + 1, -1, False
    for index in range(start + 1, last):
        text = marks.tokens[index].text
        quoted ^= text == '"'
        if text == ":" and colon < begin and not quoted:
            colon = index
        if (text == "," and not quoted) or index == last - 1:
            if colon > begin:
                yield _trim(marks, begin, colon), _trim(marks, colon + 1, index)
            begin = index + 1


def _trim(marks: Marks, first: int, last: int) -> Cell:
    """Tokens without the quotes about them."""
    while first < last and marks.tokens[first].text in _QUOTES:
        first += 1
    while last > first and marks.tokens[last - 1].text in _QUOTES:
        last -= 1
    return Cell(first, last, 0, 0)


def _states(marks: Marks, cell: Cell) -> bool:
    """Whether a value finds something, or measures it with a unit."""
    numbers = marks.numbers_in(cell.first, cell.last)
    found = any(m.row("finding") is not None for m in marks.mentions_in(cell.first, cell.last))
    return found or any(n.unit is not None for n in numbers)
