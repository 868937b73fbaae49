"""Lines that say what the cells of a table hold: captions, declarations, a header over labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import NO_TRUNKS
from ultrasound.extract.lines.declared import BESIDE, read_pair
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_kinds import heads_methods
from ultrasound.extract.tables.table_cells import Cell, cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF

_COUNTER: Final = 2  # tokens of "TABLE 1"
_SEVERAL: Final = 2  # of anything side by side
_PARTS: Final = (",", ";", ".", "(", ")", ":")


class CaptionReader:
    """Reads what a line says of the cells of a whole table."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def take_caption(self, marks: Marks, columns: list[Column], line: Line) -> list[Column]:
        """A line over a matrix of levels says what its cells hold ("Diameter (mm)")."""
        cells = drop_counter(marks, cut_cells(marks, line))
        if len(cells) != 1:
            return columns
        caption = _take_measured(self._headers.read_header(marks, cells[0]))
        if len(caption.units) == _SEVERAL > len(caption.properties):
            caption = self._read_pair(marks, line) or caption  # "REFLUX, LEGS (mm / s)"
        other = bool(caption.legs) or self._headers.has_other_words(marks, cells[0])
        limits = {number.last for number in marks.numbers_in(cells[0].first, cells[0].last)}
        units = [unit for unit, (_, last) in caption.units if last not in limits]
        explains = not units and marks.has_sign("=", line.first, line.last)  # "Reflux, C = …"
        if not caption.properties or explains or (other and not units):
            return columns  # "Venous reflux, both legs" or "Abnormal above 500 ms": of the report
        group = caption.group
        trunk = group is not None and group.has_vein and not group.has_spot
        vein = group if trunk and group and group.parts[0].vein not in NO_TRUNKS else None
        return [
            c
            if c.properties or not (c.group or c.prior or c.current)
            else replace(_hold(c, caption), base=c.base or vein)
            for c in columns
        ]

    def take_declaration(
        self, marks: Marks, columns: list[Column], lines: Sequence[Line]
    ) -> list[Column]:
        """A line above says what all cells hold: "Values are diameter (mm) / reflux (ms)"."""
        for line in reversed(lines):
            pair = self._read_pair(marks, line)
            if pair is not None:
                return [_hold(c, pair) if c.legs or c.group else c for c in columns]
            for cell in cut_cells(marks, line):
                told = _take_measured(self._headers.read_header(marks, cell))
                if len(told.properties) < _SEVERAL or len(told.units) < _SEVERAL:
                    continue
                if any(t.text == "/" for t in marks.tokens[cell.first : cell.last]):
                    return [_hold(c, told) if c.legs else c for c in columns]
        only = self._read_only_measure(marks, lines[-1]) if lines else None
        return columns if only is None else [_hold(c, only) if c.group else c for c in columns]

    def _read_only_measure(self, marks: Marks, line: Line) -> Column | None:
        """The one measure that a line names with its unit: "Reflux time (s)   neg = no reflux"."""
        cells = [c for c in cut_cells(marks, line) if not marks.has_sign("=", c.first, c.last)]
        told = [(c, _take_measured(self._headers.read_header(marks, c))) for c in cells]
        named = [(c, column) for c, column in told if column.properties or column.units]
        limits = marks.has_digits(line.first, line.last)
        if len(named) != 1 or limits or any(c.legs or c.group for _, c in told):
            return None
        cell, column = named[0]
        single = len(column.properties) == len(column.units) == 1
        return column if single and not self._headers.has_other_words(marks, cell) else None

    def _read_pair(self, marks: Marks, line: Line) -> Column | None:
        """What a line, or the bracket at its end, says that two values about a slash are.

        Behind a leg too: "LEFT LEG  (cells: diameter in mm / reflux time)".
        """
        opens = [t.index for t in marks.tokens[line.first : line.last] if t.text in "(["]
        closed = marks.tokens[line.last - 1].text in ")]"
        starts = [line.first, *(opens[:1] if closed else [])]
        _, leg_at = marks.legs_in(line.first, line.last)
        starts += [leg_at[1] + 1] if leg_at is not None and leg_at[1] + 1 < line.last else []
        for first in starts:
            pair = read_pair(self._headers, marks, first, line.last)
            if pair is not None and len(pair.properties) == _SEVERAL:
                units = tuple(unit for _, unit in pair.parts if unit is not None)
                return Column(Cell(first, line.last, 0, 0), pair.properties, units)
        return None

    def read_key(self, marks: Marks, line: Line) -> Column | None:
        """What a line straight over rows names for them: "Vein diameter in mm, left leg".

        Without a unit it says nothing else: "Reflux by level (pos / neg)".
        """
        cells = [c for c in drop_counter(marks, cut_cells(marks, line)) if not c.is_empty]
        if len(cells) != 1 or marks.has_digits(cells[0].first, cells[0].last):
            return None
        told = self._headers.read_header(marks, cells[0])
        named = [name for name in told.properties if name != "label"]
        signs = [t.index for t in marks.tokens[line.first : line.last] if t.text == "("]
        _, leg_at = marks.legs_in(cells[0].first, cells[0].last)
        sided = leg_at is not None and leg_at[0] == cells[0].first
        begin = leg_at[1] + 1 if sided and leg_at else cells[0].first
        bare = Cell(begin, min([*signs, cells[0].last]), 0, 0)
        whole = bool(told.units) or not self._says_more(marks, bare)
        ends = marks.tokens[line.last - 1].text == "."
        ends = ends or (not told.units and marks.has_sign("=", line.first, line.last))
        if len(named) != 1 or len(told.units) > 1 or not whole or ends:
            return None
        return replace(told, properties=tuple(named), legs=(), group=None)

    def _says_more(self, marks: Marks, cell: Cell) -> bool:
        """Whether words of a caption are none of headers, nor such as "by level"."""
        words = (t for t in marks.tokens[cell.first : cell.last] if t.norm not in BESIDE)
        return any(
            self._headers.has_other_words(marks, Cell(t.index, t.index + 1, 0, 0)) for t in words
        )

    def read_below(self, marks: Marks, lines: Sequence[Line]) -> Column | None:
        """What a part of a line below a table says of its numbers: "key: ..., calibre in mm"."""
        for line in lines:
            inside = range(line.first, line.last)
            ends = [i for i in inside if marks.tokens[i].text in _PARTS]
            firsts, lasts = [line.first, *(i + 1 for i in ends)], [*ends, line.last]
            for first, last in zip(firsts, lasts, strict=True):
                told = self._read_told(marks, Cell(first, last, 0, 0)) if first < last else None
                if told is not None:
                    return told
        return None

    def _read_told(self, marks: Marks, cell: Cell) -> Column | None:
        """One property and its unit, in a part that says nothing else."""
        told = self._headers.read_header(marks, cell)
        rest = [t for t in marks.tokens[cell.first : cell.last] if t.norm != "in"]
        single = len(told.properties) == len(told.units) == 1 and not told.bare
        kept = len(rest) <= _SEVERAL and not marks.numbers_in(cell.first, cell.last)
        return told if single and kept else None

    def take_legs(self, marks: Marks, columns: Sequence[Column], line: Line) -> list[Column]:
        """The columns of legs, each holding what a line of one cell names: "Reflux time (s)"."""
        if not columns or not all(c.divides and c.legs for c in columns):
            return []
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        if len(cells) != 1 or marks.numbers_in(line.first, line.last):
            return []
        caption = _take_measured(self._headers.read_header(marks, cells[0]))
        if caption.legs or not caption.measures or not caption.units:
            return []
        named = caption.group is not None and caption.group.has_vein
        return [replace(_hold(c, caption), base=None if named else c.base) for c in columns]


def drop_counter(marks: Marks, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a caption without the count of its table: "TABLE 1.  Diameter, mm"."""
    first = cells[0]
    tokens = marks.tokens[first.first : first.last]
    begin = _COUNTER if tokens[:1] and tokens[0].norm == "table" else 0
    while begin and begin < len(tokens) and tokens[begin].kind == "sign":
        begin += 1
    counted = begin and len(tokens) > 1 and tokens[1].kind == "number"
    if not counted:
        return cells
    left = [first.cut(marks, first.first + begin, first.last)] if begin < len(tokens) else []
    return [*left, *cells[1:]]


def legs_over(rows: Sequence[Row]) -> list[Column]:
    """The legs side by side over the cells of rows, one column each; nothing else is carried."""
    columns = list({c.cell: c for row in rows for c, _ in row.cells}.values())
    legs = {c.legs for c in columns}
    single = len(legs) == len(columns) == _SEVERAL and all(len(c.legs) == 1 for c in columns)
    spread = single and columns[0].cell.overlap(columns[1].cell) < 0
    return [replace(c, properties=(), units=()) for c in columns] if spread else []


def hand_down(columns: list[Column], *, titled: bool) -> list[Column]:
    """What the header over the labels measures is in the legs beside it: "Diameter (mm)  R  L".

    A title over the labels measures nothing: "DVT PROFORMA   R   L".
    """
    if len(columns) <= _SEVERAL:
        return columns
    first, *legs = columns
    single = len(first.legs) == 1  # "Reflux, both legs" is of each
    if not first.measures or single or not all(c.legs and _adds_unit(c, first) for c in legs):
        return columns
    return _hand_over(replace(first, legs=(), leg_at=None), legs, held=not titled)


def hand_across(marks: Marks, columns: list[Column], row: Line) -> list[Column]:
    """What the header over the labels measures is in each way beside it, and of its leg."""
    label = cut_cells(marks, row)[0]
    if not heads_methods(marks, columns) or columns[0].cell.left > label.left:
        return columns
    return _hand_over(columns[0], columns[1:])


def _hand_over(first: Column, others: Sequence[Column], *, held: bool = True) -> list[Column]:
    """The header over the labels as theirs alone, and the others, which hold what it measures."""
    label = replace(first, properties=("label",), units=())
    return [label, *(_hold(c, first) if held else c for c in others)]


def _adds_unit(leg: Column, first: Column) -> bool:
    """Whether a leg holds what the header over the labels measures, or only adds its unit."""
    return leg.divides or (not first.units and leg.properties == first.properties)


def _hold(column: Column, told: Column) -> Column:
    return replace(column, properties=told.properties, units=told.units or column.units)


def _take_measured(caption: Column) -> Column:
    """A caption without the properties that it only names: what has no unit is told by codes.

    As in "reflux grid (R = reflux; number = diameter in cm)".
    """
    named = [name for name in caption.properties if name != "label"]
    kinds = {unit.kind for unit, _ in caption.units}
    measured = [name for name in named if KIND_OF.get(name) in kinds]
    if measured and "reflux_time" in named and "reflux_time" not in measured:
        measured.append("incompetence")
    return replace(caption, properties=tuple(measured or named))


def take_again(marks: Marks, columns: list[Column], above: Sequence[Row]) -> list[Column]:
    """The places of a further header, with what the same ones hold in the table straight above.

    As in "LEFT   Jn   PT   MT" below the rows of "RIGHT   Jn   PT   MT" under a caption.
    """
    if any(c.has_values for c in columns):
        return columns
    told = {text_of(marks, c.cell): c for row in above for c, _ in row.cells if c.has_values}
    same = [told[text] for c in columns if (text := text_of(marks, c.cell)) in told]
    if len(same) < _SEVERAL or len({(c.properties, c.units) for c in same}) != 1:
        return columns
    head, *places = columns
    return [head, *(_hold(c, same[0]) if c.group else c for c in places)]
