"""Cells of a column whose codes the report numbers: no number is a measurement there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Doubt, Outcome, Pass
from ultrasound.extract.facts.maker import FactMaker
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.words.legend_columns import Says
from ultrasound.extract.words.legend_scopes import OF_REFLUX
from ultrasound.extract.words.marks import Marks

# Columns in which a cell that nothing reads is told: what else a table holds may stay unused.
DUE: Final = OF_REFLUX | {"diameter", "compressibility", "thrombus", "patency"}


def read_numbered(
    maker: FactMaker,
    marks: Marks,
    placed: tuple[Column, Cell],
    sites: tuple[Site, ...],
    codes: Mapping[str, Says | None],
) -> Iterator[Outcome]:
    """What the code of a cell stands for; what the legend does not explain is for a person."""
    column, cell = placed
    if cell.is_empty:
        return
    text, span = text_of(marks, cell), (cell.first, cell.last - 1)
    says = codes.get(text)
    if says is not None:
        chunk = Chunk("start", 0, 0, marks.elements(cell.first, cell.last))
        yield from maker.state(Assignment(Predicate(*span), sites, chunk, True), *says)
    elif text in codes and DUE.isdisjoint(column.properties):
        yield Pass("unspecific", span)
    elif any(sign.isalnum() for sign in text):
        yield Doubt("unread", span, name_leg(sites), name_vein(sites))
