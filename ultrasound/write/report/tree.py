"""A text report as a small tree of headings, statements and tables, before it has any format.

Each statement names the rows that it rests on, as ``table:key``: the id of an observation, and for
other tables the number of the row among those of the study. What says that nothing is stated
rests on no row; so do the few words that are the same in every report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["found", "silent", "fixed"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said; ``label`` stands before it, ``strong`` asks for attention."""

    text: str
    basis: tuple[str, ...] = ()
    kind: Kind = "found"
    label: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled statements, one below the other."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: a statement in cells, of which the last holds the details."""

    cells: tuple[str, ...]
    basis: tuple[str, ...] = ()
    kind: Kind = "found"
    strong: bool = False

    def list_cells(self) -> Iterator[tuple[str, bool]]:
        """Each cell, and whether it is to stand out; the details never do."""
        for number, cell in enumerate(self.cells, 1):
            yield cell, self.strong and number < len(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a bare string among its lines is a title over those that follow."""

    header: tuple[str, ...]
    lines: tuple[Line | str, ...]
    widths: tuple[float, ...]


Block = Heading | Statement | Fields | Table


@dataclass(frozen=True, slots=True)
class Report:
    """One study's report; ``owner`` says on each page whose it is, ``note`` ends it."""

    title: str
    owner: Statement
    blocks: tuple[Block, ...]
    note: Statement

    def list_statements(self) -> Iterator[Statement | Line]:
        """Everything that the report says, in its order."""
        for block in self.blocks:
            if isinstance(block, Statement):
                yield block
            elif isinstance(block, Fields):
                yield from block.statements
            elif isinstance(block, Table):
                yield from (line for line in block.lines if isinstance(line, Line))
        yield self.note
