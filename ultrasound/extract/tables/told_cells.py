"""Cells of which their column says all: no values, values without a header, and ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Doubt, Fact, Outcome, Pass
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.cell_context import CellContext
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.sheet_column import name_column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_places import place_in_column
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

_TIMED: Final = ("reflux_time",)
_NAMED: Final = "reflux"
_NO_FINDING: Final = ("absent", "not_assessed", "not_visualized")
_NAMES: Final = ("label",)


def name_asked(marks: Marks, label: Cell, properties: tuple[str, ...]) -> tuple[str, ...]:
    """What the label of a row asks of its cells: beside "SFJ reflux" an "absent" is no vein."""
    properties = () if properties == _NAMES else properties  # "Femoral vein"
    words = (token.norm for token in marks.tokens[label.first : label.last])
    return (
        ("reflux_answer", *properties) if properties == _TIMED and _NAMED in words else properties
    )


def tell_by_label(headers: HeaderReader, marks: Marks, row: Row, column: Column) -> Column:
    """A column to which its name was handed down, as the label of a row leaves it.

    Of several measures it is the one that the label names; of a leg nothing, if it is another.
    """
    several = len(column.properties) > 1
    if not (several or column.legs) or any(headers.read_names(marks, column.cell)):
        return column
    label = headers.read_header(marks, row.labels[-1])
    told = tuple(name for name in label.properties if name != "label")
    if told and not several and set(told).isdisjoint(column.properties):
        return replace(column, properties=(), units=())
    return name_column(column, replace(label, properties=told) if told else None)


def free_remark(marks: Marks, row: Row, most: int, codes: Sequence[CellCode]) -> Row:
    """A row whose only cell says that nothing was looked at: it answers no one column.

    ``most`` are the cells of the fullest row.
    """
    if not len(row.cells) == 1 < most or row.cells[0][1].size == 1:  # a code is of its column
        return row
    column, cell = row.cells[0]
    says = find_code(text_of(marks, cell), column.properties, codes)
    alone = says is not None and says[1] == "not_assessed" and not column.legs
    said = replace(column, properties=("comment",), units=())
    return replace(row, cells=((said, cell),)) if alone else row


def read_told(
    context: CellContext, column: Column, cell: Cell, sites: tuple[Site, ...]
) -> Iterator[Outcome]:
    """What such a cell says; nothing for any other."""
    if column.aside is not None and not _is_finding(context.marks, cell):
        yield Pass(column.aside, (cell.first, cell.last - 1))
    elif column.is_unheaded:
        placed = place_in_column(sites, column)
        code = "leg_missing" if column.leg_unknown else "unread"
        yield Doubt(code, (cell.first, cell.last - 1), name_leg(placed), name_vein(placed))
    else:
        placed = place_in_column(sites, column)
        yield from context.ticks.state(context.maker, column, cell, placed)


def _is_finding(marks: Marks, cell: Cell) -> bool:
    """Whether words stand where a length would, and find something: "not found" as a height."""
    found = any(m.row("finding") is not None for m in marks.mentions_in(cell.first, cell.last))
    return found and not marks.has_digits(cell.first, cell.last)


def find_varicose(
    context: CellContext, sites: Sequence[Site], outcomes: Sequence[Outcome]
) -> Iterator[Outcome]:
    """The varicose veins that the label of a row names, in each leg where a cell finds some."""
    facts = [fact for fact in outcomes if isinstance(fact, Fact) and not fact.prior]
    told = {fact.leg for fact in facts if fact.property == "anatomy"}
    legs = dict.fromkeys(fact.leg for fact in facts if fact.value not in _NO_FINDING)
    for site in sites:
        if site.anatomy is None or site.vein_at is None or site.vein_at[0] < context.setting.first:
            continue
        named = Predicate(*site.vein_at, anatomy=site.anatomy)
        label = Chunk("start", 0, 0, context.marks.elements(site.vein_at[0], site.vein_at[1] + 1))
        own = (replace(site, legs=() if leg is None else (leg,)) for leg in legs if leg not in told)
        yield from context.maker.make([Assignment(named, (place,), label, True) for place in own])
