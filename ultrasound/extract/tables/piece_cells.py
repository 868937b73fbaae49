"""Cells that hold a code beside a number: "0.52 R", "comp/2.6"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Outcome
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.cell_context import CellContext, read_numbers
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_pieces import cut_pieces, names_number, pair_pieces
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

_COMMAS: Final = (",", ";")


def part_code(
    headers: HeaderReader, context: CellContext, column: Column, cell: Cell
) -> list[tuple[Column, Cell]]:
    """A code of the report's own apart from what a comma parts from it: "C, no reflux".

    The cell as it is where its own header asks for something, or it does not begin so.
    """
    marks = context.marks
    comma = next((i for i in range(cell.first, cell.last) if marks.tokens[i].text in _COMMAS), -1)
    end = comma if cell.first < comma < cell.last - 1 else cell.last
    code = cell.cut(marks, cell.first, end) if cell.size else cell
    says = context.legend.get(text_of(marks, code), ())
    names = [name for name, _ in says if name not in column.properties]
    if not names or headers.read_names(marks, column.cell)[0]:
        return [(column, cell)]
    rest = [(column, cell.cut(marks, end + 1, cell.last))] if end < cell.last else []
    return [(replace(column, properties=(), units=()), code), *rest]


def read_pieces(
    headers: HeaderReader,
    codes: Sequence[CellCode],
    context: CellContext,
    headed: tuple[Column, Cell],
    sites: tuple[Site, ...],
) -> Iterator[Outcome]:
    """A cell of a code beside a number: "0.52 R", "comp/2.6"; nothing where one is neither."""
    column, cell = headed
    pieces = cut_pieces(context.marks, cell)
    counted = context.marks.has_digits(cell.first, cell.last)
    read: list[tuple[Column, Chunk, tuple[str, str] | None]] = []
    for piece, narrowed in pair_pieces(pieces, column):
        if names_number(headers, context.marks, piece):
            continue
        text = text_of(context.marks, piece)
        code = decode_cell(text, narrowed.properties, context.legend, codes)
        code = code or (None if narrowed.properties or counted else _told(context.marks, piece))
        bare = text in headers.blanks and text not in context.legend
        numbers = context.marks.numbers_in(piece.first, piece.last)
        if code is None and not bare and not numbers:
            return
        chunk = Chunk("start", 0, 0, context.marks.elements(piece.first, piece.last))
        if not bare:
            read.append((narrowed, chunk, code))
    if not any(code is not None for _, _, code in read):
        return
    for narrowed, chunk, code in read:
        if code is not None:
            predicate = Predicate(chunk.first, chunk.last)
            yield from context.maker.state(Assignment(predicate, sites, chunk, True), *code)
        else:
            yield from read_numbers(context, narrowed, chunk, sites)


def _told(marks: Marks, piece: Cell) -> tuple[str, str] | None:
    """What a piece says that is one word of a finding: "comp/competent" under a leg."""
    mention = marks.mention_at(piece.first)
    row = mention.row("finding") if mention is not None and mention.last == piece.last - 1 else None
    told = row is not None and row.kind == "word" and row.value
    return (row.property, row.value) if row is not None and told else None
