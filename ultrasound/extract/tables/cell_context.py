"""What the cells of a table are read in, and their numbers as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Fact, Outcome, Setting
from ultrasound.extract.facts.maker import FactMaker
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.phrases import find_groups
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span, compose
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_meanings import PROPERTY_OF
from ultrasound.extract.tables.table_distances import part_distances
from ultrasound.extract.tables.table_rows import Table
from ultrasound.extract.tables.table_values import find_numbers, measure_cell
from ultrasound.extract.tables.ticked_cells import TickReader
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.codes import is_year
from ultrasound.extract.words.legend import Legend
from ultrasound.extract.words.legend_columns import ColumnCodes
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import CellCode, Unit, UnitTable
from ultrasound.value import value_type

UnitAt = tuple[Unit, Span]
_ONLY: Final = ("only", "alone")
_STATES: Final = ("treatment_result", "patency", "thrombus", "anatomy")


@value_type
class CellContext:
    """What all cells of a table are read in."""

    marks: Marks
    setting: Setting
    legend: Legend
    maker: FactMaker
    units: UnitTable
    numbered: ColumnCodes
    ticks: TickReader

    @property
    def declared_units(self) -> tuple[UnitAt, ...]:
        """The units of what all values of the list hold."""
        return tuple(unit for unit in self.setting.listed_units if unit is not None)


def read_numbers(
    context: CellContext, column: Column, chunk: Chunk, sites: tuple[Site, ...]
) -> Iterator[Outcome]:
    """What the numbers of a cell measure by its header."""
    found = (m.row("finding") for m in context.marks.mentions_in(chunk.first, chunk.last + 1))
    if "valve_status" in column.properties and any(f and f.property in _STATES for f in found):
        return  # "recanalised, 4.1 mm" under "Status" is read in words
    told = [n for n in find_numbers(context.marks, chunk) if not _is_year_of(n, chunk)]
    numbers, far = part_distances(context.marks, chunk, told)
    yield from far
    if not numbers:
        yield from _read_extent(context, column, chunk, sites)
    units = context.setting.units
    for measured in measure_cell(chunk.elements, numbers, column, units, context.units):
        number = measured.number
        predicate = Predicate(number.first, number.last, numbers=(number,))
        assignment = Assignment(predicate, sites, chunk, True, number)
        for outcome in context.maker.measure(assignment, measured.name):
            if isinstance(outcome, Fact) and measured.unit_at is not None:
                yield replace(outcome, support=(*outcome.support, ("unit", measured.unit_at)))
            elif isinstance(outcome, Fact) and measured.assumed:
                yield replace(outcome, flags=(*outcome.flags, "unit_assumed"))
            else:
                yield outcome


def _is_year_of(number: Number, chunk: Chunk) -> bool:
    """Whether it is the year of what a cell tells in words: "harvested for CABG 2012"."""
    words = any(p.finding is not None for p in chunk.predicates) or bool(chunk.groups)
    words = words or any(isinstance(e, Mention) for e in chunk.elements)
    return words and number.unit is None and is_year(number.low)


def _read_extent(
    context: CellContext, column: Column, chunk: Chunk, sites: tuple[Site, ...]
) -> Iterator[Outcome]:
    """Where a vein refluxes, in a column of reflux: "SFJ to proximal calf", "mid calf only"."""
    if "reflux_time" not in column.properties and "incompetence" not in column.properties:
        return
    elements = context.marks.elements(chunk.first, chunk.last + 1)
    first, *rest = find_groups(elements, ())[0]
    if not isinstance(first, PlaceGroup) or not first.has_spot or first.has_leg:
        return
    only = bool(rest) and all(isinstance(e, Token) and e.norm in _ONLY for e in rest)
    if only or (not rest and all(part.until for part in first.parts)):
        predicate = Predicate(chunk.first, chunk.last)
        placed = compose(first, sites)
        yield from context.maker.state(
            Assignment(predicate, placed, chunk, True), "reflux", "present"
        )


def tell_listed(marks: Marks, table: Table, setting: Setting, codes: Sequence[CellCode]) -> Setting:
    """The setting with what the cells without a header hold, where the others tell it."""
    if setting.listed:
        return setting
    if _is_timed(marks, table):
        return replace(setting, listed=("reflux_time",))  # "neg" beside "1.5 sec"
    graded, units = _read_graded(marks, table, codes)
    return replace(setting, listed=graded, listed_units=units)


def _is_timed(marks: Marks, table: Table) -> bool:
    """Whether a table without headers has times and nothing else: its codes are of reflux."""
    cells = [cell for row in table.rows for column, cell in row.cells if not column.properties]
    numbers = [number for cell in cells for number in marks.numbers_in(cell.first, cell.last)]
    # a nought needs no unit
    units = [n.unit for n in numbers if n.unit is not None or n.low.strip("0.,")]
    return bool(units) and all(unit is not None and unit.kind == "time" for unit in units)


def _read_graded(
    marks: Marks, table: Table, codes: Sequence[CellCode]
) -> tuple[tuple[str, ...], tuple[UnitAt | None, ...]]:
    """What the cells of legs hold that begin with a word of reflux each, "comp" beside "incomp".

    Their bare numbers are what others of the table measure, or what a line below it says.
    """
    if not _is_graded(marks, table, codes):
        return (), ()
    told = table.below
    if told is not None:
        return ("valve_status", *told.properties), (None, *told.units)
    cells = [cell for row in table.rows for column, cell in row.cells if not column.has_values]
    numbers = [number for cell in cells for number in marks.numbers_in(cell.first, cell.last)]
    kinds = {number.unit.kind for number in numbers if number.unit is not None}
    measured = tuple(PROPERTY_OF[kind] for kind in kinds if kind in PROPERTY_OF)
    return ("valve_status", *(measured if len(measured) == 1 else ())), ()


def _is_graded(marks: Marks, table: Table, codes: Sequence[CellCode]) -> bool:
    cells = [cell for row in table.rows for column, cell in row.cells if not column.has_values]
    first = [marks.tokens[cell.first].text.lower() for cell in cells if not cell.is_empty]
    words = [word for word in first if word.isalpha() and len(word) > 1]
    graded = [find_code(word, ("reflux_time",), codes) for word in words]
    told = [find_code(word, (), codes) for word in words]
    return ("reflux", "present") in graded and None not in graded and None in told
