"""What is in force at a line of a sheet, and how legs, veins and levels end each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.sheet_column import SheetColumn
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks


class Rank(IntEnum):
    """What a place says at most; each ends those of its own kind and below."""

    LEG = 0
    VEIN = 1
    LEVEL = 2  # with or without its vein, as the SFJ


def rank_of(headers: HeaderReader, marks: Marks, cell: Cell) -> Rank | None:
    """The rank of a place, None where a cell names none; "calf perforators" are a kind of vein."""
    group = headers.read_place(marks, cell)
    if group is None:
        return None
    if group.has_vein and all(p.vein in PERFORATORS and not p.spot.level for p in group.parts):
        return Rank.VEIN
    return Rank.LEVEL if group.has_spot else Rank.VEIN if group.has_vein else Rank.LEG


def keep_places(
    headers: HeaderReader, marks: Marks, places: Sequence[Cell], later: Cell
) -> list[Cell]:
    """The places of a line that hold for a later one: not its like, nor a level of a vein.

    A level of another vein ends the one before: "lt cfv 0.4 s, lt fv prox 0.3 s, mid 0.3 s". The
    leg of what is ended holds: "RT deep   CFV neg | FV neg".
    """
    rank, named = rank_of(headers, marks, later), _veins_of(headers, marks, later)
    sided = bool(marks.legs_in(later.first, later.last)[0])
    kept: list[Cell] = []
    for cell in places:
        own, veins = rank_of(headers, marks, cell), _veins_of(headers, marks, cell)
        other = own is Rank.VEIN and bool(named) and named.isdisjoint(veins)
        _, leg_at = marks.legs_in(cell.first, cell.last)
        if own != rank and not other and not (own is Rank.LEVEL and rank is Rank.VEIN):
            kept.append(cell)
        elif leg_at is not None and not sided:
            kept.append(cell.cut(marks, leg_at[0], leg_at[1] + 1))
    return kept


def _veins_of(headers: HeaderReader, marks: Marks, cell: Cell) -> set[str]:
    """The veins that a place names."""
    group = headers.read_place(marks, cell)
    return {part.vein for part in group.parts if part.vein} if group is not None else set()


@dataclass(slots=True)
class Sheet:
    """The places that head a line, the name of what it holds, the columns over it, the rows so far.

    ``values`` counts the values of the rows.
    """

    heads: list[tuple[Rank, Cell]] = field(default_factory=list)
    key: Column | None = None
    columns: list[SheetColumn] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    values: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a place has just been named, and nothing of it."""
        return bool(self.rows) and not self.rows[-1].cells

    def enter(self, rank: Rank, cell: Cell) -> None:
        """A place that heads what follows."""
        self.heads = [*(head for head in self.heads if head[0] < rank), (rank, cell)]
        self.rows.append(Row((cell,), ()))

    def take_columns(self, columns: list[SheetColumn]) -> None:
        """The columns of a further header; a vein straight over them heads them too."""
        self.columns, self.key = columns, None
        if not self.is_open:
            self.heads = [head for head in self.heads if head[0] is Rank.LEG]

    def take_group(self) -> None:
        """A heading that names no vein: only the leg goes on."""
        self.heads = [head for head in self.heads if head[0] is Rank.LEG]

    def take_rows(self, rows: Sequence[Row]) -> None:
        """The rows of a further line."""
        self.rows += rows
        self.values += sum(len(row.cells) for row in rows)

    def drop_open(self) -> None:
        """No rows that only name a place behind the last values."""
        while self.is_open:
            self.rows.pop()

    def cut(self, count: int) -> None:
        """Only the first rows."""
        self.values -= sum(len(row.cells) for row in self.rows[count:])
        del self.rows[count:]

    def labels(self, own: Sequence[Cell]) -> tuple[Cell, ...]:
        """The places of a row: those in force, then its own."""
        return (*(cell for _, cell in self.heads), *own)
