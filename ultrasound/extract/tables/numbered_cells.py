"""Cells of a column whose codes the report numbers: no number is a measurement there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Doubt, Outcome, Pass
from ultrasound.extract.facts.maker import FactMaker
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.words.legend_columns import Codes
from ultrasound.extract.words.legend_scopes import OF_REFLUX

# Columns in which a cell that nothing reads is told: what else a table holds may stay unused.
DUE: Final = OF_REFLUX | {"diameter", "compressibility", "thrombus", "patency"}


def read_numbered(
    maker: FactMaker,
    column: Column,
    chunk: Chunk,
    sites: tuple[Site, ...],
    codes: Codes,
    text: str,
) -> Iterator[Outcome]:
    """What the code of a cell stands for; what the legend does not explain is for a person."""
    span = (chunk.first, chunk.last)
    for says in codes.get(text, ()):
        yield from maker.state(Assignment(Predicate(*span), sites, chunk, True), *says)
    if codes.get(text):
        return
    if text in codes and DUE.isdisjoint(column.properties):
        yield Pass("unspecific", span)
    else:
        yield Doubt("unread", span, name_leg(sites), name_vein(sites))
