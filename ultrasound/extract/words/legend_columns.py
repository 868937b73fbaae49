"""What the numbered codes of a column mean: "REFL: 0 no, 1 yes, 8 not assessed".

A numbered code means something only in the columns that its legend is for: those that it names, or
that hold what it names, or, where it names nothing, those that hold codes and no other numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.legend_numbers import NumberedLegend, find_numbered
from ultrasound.extract.words.legend_scopes import OF_REFLUX
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import RESULTS, line_of, read_meanings
from ultrasound.knowledge.schema_text import CellCode

Says = tuple[str, str]
Codes = Mapping[str, tuple[Says, ...]]
_CODED: Final = OF_REFLUX | {"compressibility", "thrombus", "patency", "flow", "phasicity"}
_YES: Final = {"reflux_time": "incompetence", "valve_status": "incompetence"}


class ColumnCodes:
    """Finds the numbered codes that hold in a column of a table, whose cells are given."""

    def __init__(
        self,
        marks: Marks,
        headers: HeaderReader,
        codes: Sequence[CellCode],
        cells: Sequence[tuple[Column, Cell]],
    ) -> None:
        self._marks, self._codes, self._cells = marks, codes, cells
        self._legends = [
            (legend, headers.read_header(marks, legend.name).properties)
            for legend in find_numbered(marks, headers)
        ]
        self._titled = _read_title(marks, headers, self._legends)

    def find(self, column: Column) -> Codes | None:
        """The codes of a column; one that is not understood says nothing. None for no codes."""
        if not self._legends:
            return None
        name = text_of(self._marks, column.cell)
        for legend, named in self._legends:
            if name and text_of(self._marks, legend.name) == name:
                return self._read(legend, named or column.properties)
        if column.units:
            return None
        held = [(e, n) for e, n in self._legends if self._is_for(column, e, n)]
        # a legend that names what the column holds goes before one that names nothing
        held = [pair for pair in held if pair[1]] or held
        if len(held) != 1 or not self._is_coded(column, held[0][0]):
            return None
        legend, named = held[0]
        return self._read(legend, column.properties or named or self._titled)

    def _is_for(self, column: Column, legend: NumberedLegend, named: Sequence[str]) -> bool:
        """Whether a legend that names some properties may be that of a column."""
        if not column.properties:
            told = named or self._titled or all(self._read(legend, ()).values())
            return bool(told) and bool(column.legs or column.group)
        held = {_kind_of(name) for name in column.properties if name in _CODED}
        return bool(held) and (not named or not held.isdisjoint(map(_kind_of, named)))

    def _is_coded(self, column: Column, legend: NumberedLegend) -> bool:
        """Whether all numbers of the cells like those of a column are codes of a legend."""
        known = {code for code, _ in legend.codes}
        held = (column.properties, column.units)
        cells = [c for other, c in self._cells if (other.properties, other.units) == held]
        numbers = [n for c in cells for n in self._marks.numbers_in(c.first, c.last)]
        return all(number.unit is None and number.low in known for number in numbers)

    def _read(self, legend: NumberedLegend, named: Sequence[str]) -> Codes:
        return _settle({code: self._meaning_of(cell, named) for code, cell in legend.codes})

    def _meaning_of(self, meaning: Cell, named: Sequence[str]) -> tuple[Says, ...]:
        """A meaning as a cell of the named column would say it, else by the words of findings."""
        asked = [_YES.get(name, name) for name in named]
        asked += ["reflux_answer"] if "incompetence" in asked else []  # "0 absent"
        text = text_of(self._marks, meaning)
        found = decode_cell(text, asked, {}, self._codes) if asked else None
        if found is not None:
            return (found,)
        mentions = self._marks.mentions_in(meaning.first, meaning.last)
        finds = any(m.row("finding") or m.cue("negation", "none") for m in mentions)
        graded = any(m.cue("grade") for m in mentions) and not self._measures(meaning)
        if not finds and "incompetence" in asked and graded:
            return (("reflux", "present"),)  # how severe it is
        return read_meanings(self._marks, meaning.first, meaning.last)

    def _measures(self, meaning: Cell) -> bool:
        return bool(self._marks.numbers_in(meaning.first, meaning.last))


def _read_title(
    marks: Marks, headers: HeaderReader, legends: Sequence[tuple[NumberedLegend, Sequence[str]]]
) -> tuple[str, ...]:
    """What the line over the only legend, which names nothing, says of its grades.

    As "Venous reflux grading sheet" over "0 none, 1 mild, 2 moderate".
    """
    if len(legends) != 1 or legends[0][1] or not legends[0][0].first:
        return ()
    over = line_of(marks, legends[0][0].first - 1)
    told = headers.read_header(marks, Cell(*over, 0, 0)).properties
    return told if OF_REFLUX.issuperset(told) else ()


def _kind_of(name: str) -> str:
    return "reflux" if name in OF_REFLUX else name


def _settle(says: dict[str, tuple[Says, ...]]) -> dict[str, tuple[Says, ...]]:
    """Where one code is a result of treatment, what the others say of patency is one too."""
    if not any(name == "treatment_result" for said in says.values() for name, _ in said):
        return says
    return {
        code: tuple(
            ("treatment_result", RESULTS[value])
            if name == "patency" and value in RESULTS
            else (name, value)
            for name, value in said
        )
        for code, said in says.items()
    }
