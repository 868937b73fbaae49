"""Reading the rows of a table: the label says where, the header says what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ultrasound.extract.assertion import judge_sentence
from ultrasound.extract.chunks import Chunk, Predicate, split_chunks
from ultrasound.extract.facts import Doubt, Fact, FactMaker, Outcome, Setting
from ultrasound.extract.gates import gate_sentence
from ultrasound.extract.grid import Cell, Column, Row, Table, TableFinder, text_of
from ultrasound.extract.groups import GroupFinder
from ultrasound.extract.layout import Line
from ultrasound.extract.legend import read_legend
from ultrasound.extract.link import Assignment, SentenceLinker
from ultrasound.extract.marks import Marks
from ultrasound.extract.places import Divider, PlaceGroup, merge_spots
from ultrasound.extract.quantities import Number
from ultrasound.extract.sites import Site, compose
from ultrasound.extract.tokens import Token
from ultrasound.extract.units import ReportUnits
from ultrasound.knowledge.schema_text import CellCode, TextKnowledge

_WANTED = {"reflux_time": "time", "diameter": "length", "depth": "length", "velocity": "velocity"}


@dataclass(frozen=True, slots=True)
class _Context:
    marks: Marks
    setting: Setting
    legend: dict[str, tuple[str, str]]


class TableReader:
    """Finds and reads the tables of a report."""

    def __init__(self, knowledge: TextKnowledge, divider: Divider) -> None:
        self._finder = TableFinder(knowledge)
        self._divider = divider
        self._routes = [route.veins for route in knowledge.veins.route]
        self._codes: list[CellCode] = list(knowledge.columns.code)

    def find_tables(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """Tables by the index of their first line."""
        return self._finder.find_tables(marks, lines)

    def read_table(
        self, marks: Marks, table: Table, base: tuple[Site, ...], setting: Setting
    ) -> Iterator[Outcome]:
        """The facts of a table; ``base`` is what stands over it."""
        context = _Context(marks, setting, read_legend(marks))
        focus = base
        for row in table.rows:
            if not row.labels:
                cell = row.cells[0][1]
                yield Doubt("unread", (cell.first, cell.last - 1))
                continue
            sites = self._row_sites(marks, row, focus)
            for column, cell in row.cells:
                yield from self._read_cell(context, row, column, cell, sites)
            focus = tuple(
                replace(
                    site, legs=base[0].legs if base else (), leg_at=base[0].leg_at if base else None
                )
                for site in sites
            )

    def _row_sites(self, marks: Marks, row: Row, focus: tuple[Site, ...]) -> tuple[Site, ...]:
        sites = focus
        for index, cell in enumerate(row.labels):
            group = self._finder.headers.read_place(marks, cell)
            more = (
                self._finder.headers.read_place(marks, row.more) if row.more is not None else None
            )
            if group is not None and more is not None and index == len(row.labels) - 1:
                group = _complete_level(group, more)
            if group is not None:
                sites = compose(group, sites)
        return sites

    def _read_cell(
        self, context: _Context, row: Row, column: Column, cell: Cell, sites: tuple[Site, ...]
    ) -> Iterator[Outcome]:
        marks = context.marks
        placed = _place_in_column(sites, column)
        label = self._finder.headers.read_header(marks, row.labels[-1]) if row.labels else None
        if label is not None and not column.properties and label.properties:
            column = replace(column, properties=label.properties, units=label.units)
        text = text_of(marks, cell)
        explained = text in context.legend
        if not text or (text in self._finder.headers.blanks and not explained):
            return
        chunk = Chunk("start", 0, 0, list(marks.elements(cell.first, cell.last)))
        if column.prior:
            chunk.prior = (column.cell.first, column.cell.last - 1)
        maker = FactMaker(self._divider, context.setting)
        outcomes = list(self._code_cell(context, column, text, chunk, placed, maker))
        if not outcomes:
            outcomes = list(self._number_cell(context, column, chunk, placed, maker))
        if not outcomes:
            outcomes = list(self._prose_cell(context, cell, placed, prior=chunk.prior))
        for outcome in outcomes:
            yield outcome

    def _code_cell(
        self,
        context: _Context,
        column: Column,
        text: str,
        chunk: Chunk,
        sites: tuple[Site, ...],
        maker: FactMaker,
    ) -> Iterator[Outcome]:
        found = self._decode(context, column, text)
        if found is not None:
            assignment = Assignment(Predicate(chunk.first, chunk.last), sites, chunk, True)
            yield from maker.state(assignment, *found)

    def _decode(self, context: _Context, column: Column, text: str) -> tuple[str, str] | None:
        legend = context.legend.get(text)
        if legend is not None:
            name, value = legend
            if name == "*":
                name = (
                    "compressibility"
                    if "compressibility" in column.properties
                    else "thrombus"
                    if "thrombus" in column.properties
                    else "reflux"
                )
            fits = name in column.properties or (
                name == "reflux" and {"reflux_time", "competence"} & set(column.properties)
            )
            if fits or name in ("anatomy",) or not column.properties or value == "not_assessed":
                return name, value
        for code in self._codes:
            if text in code.terms and (
                not code.columns or set(code.columns) & set(column.properties)
            ):
                return code.property, code.value
        return None

    def _number_cell(
        self,
        context: _Context,
        column: Column,
        chunk: Chunk,
        sites: tuple[Site, ...],
        maker: FactMaker,
    ) -> Iterator[Outcome]:
        inside = [n for n in context.marks.numbers if chunk.first <= n.first <= chunk.last]
        wanted = [p for p in column.properties if p in _WANTED]
        words = [e for e in chunk.elements if getattr(e, "kind", "") == "word"]
        if not inside or not wanted or len(words) > 2:
            return
        if len(inside) > len(wanted) and any(n.unit is None for n in inside):
            return
        slashes = [e.index for e in chunk.elements if isinstance(e, Token) and e.text == "/"]
        for position, number in enumerate(inside):
            if len(slashes) == 1 and len(wanted) > 1:
                position = int(number.first > slashes[0])  # noqa: PLW2901 - the place in the pair
            completed = _complete(number, column, wanted, position, context.setting.units)
            if completed is None:
                continue
            name, number_with_unit, unit_at = completed
            predicate = Predicate(number.first, number.last, numbers=(number_with_unit,))
            assignment = Assignment(predicate, sites, chunk, True, number_with_unit)
            for outcome in maker.measure(assignment, name):
                if isinstance(outcome, Fact) and unit_at is not None:
                    outcome = replace(outcome, support=(*outcome.support, ("unit", unit_at)))
                yield outcome

    def _prose_cell(
        self,
        context: _Context,
        cell: Cell,
        sites: tuple[Site, ...],
        *,
        prior: tuple[int, int] | None,
    ) -> Iterator[Outcome]:
        """A cell in words: read as a sentence about the row's place."""
        marks = context.marks
        elements = list(marks.elements(cell.first, cell.last))
        grouped, insets = GroupFinder(elements, self._routes).find_groups()
        chunks = split_chunks(grouped, insets, marks)
        judge_sentence(chunks, marks)
        for chunk in chunks:
            chunk.prior = chunk.prior or prior
        yield from gate_sentence(chunks, context.setting.section)
        linked = SentenceLinker(chunks, marks, sites).link()
        yield from FactMaker(self._divider, context.setting).make(linked.assignments)


def _complete_level(group: PlaceGroup, more: PlaceGroup) -> PlaceGroup:
    """The level of a label with the zone that its second line adds."""
    parts = tuple(
        replace(part, spot=merge_spots(part.spot, more.parts[0].spot) or part.spot)
        for part in group.parts
    )
    return replace(group, parts=parts)


def _place_in_column(sites: tuple[Site, ...], column: Column) -> tuple[Site, ...]:
    """The row's place in the column's leg and level."""
    named = column.group is not None and (column.group.has_spot or column.group.has_vein)
    placed = compose(column.group, sites) if column.group is not None and named else sites
    if column.legs:
        placed = tuple(replace(s, legs=column.legs, leg_at=column.leg_at) for s in placed)
    return placed


def _complete(
    number: Number, column: Column, wanted: Sequence[str], position: int, units: ReportUnits
) -> tuple[str, Number, tuple[int, int] | None] | None:
    """The property of a number in a cell, by its own unit, else by the header's order."""
    if number.unit is not None:
        for name in wanted:
            if _WANTED[name] == number.unit.kind:
                return name, number, None
        kinds = {"time": "reflux_time", "length": "diameter", "velocity": "velocity"}
        name_by_unit = kinds.get(number.unit.kind)
        return (name_by_unit, number, None) if name_by_unit else None
    if position >= len(wanted):
        return None
    name = wanted[position]
    for unit, span in column.units:
        if unit.kind == _WANTED[name]:
            return name, replace(number, unit=unit), span
    if name in units.stated:
        unit, span = units.stated[name]
        return name, replace(number, unit=unit), span
    return None
