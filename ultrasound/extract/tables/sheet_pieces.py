"""How the pieces of a line of a sheet stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.tables.atoms import Atom, are_beside
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.sheet_column import UNNAMED
from ultrasound.extract.tables.sheet_columns import Paired
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.marks import Marks

_FORM_SIGNS: Final = ("=", "->", "→", "|")


def are_words(marks: Marks, before: Atom, atom: Atom) -> bool:
    """Whether two codes stand beside each other as words do: "none incompetent"."""
    numbers = marks.has_digits(before.cell.first, atom.cell.last)
    return (
        are_beside(before, atom) and before.role == "value" and atom.role != "place" and not numbers
    )


def is_apart(marks: Marks, atoms: Sequence[Atom]) -> bool:
    """Whether gaps or signs of a form part the pieces of a line; a list is read in words."""
    text = any(atom.role == "text" for atom in atoms)
    if text or any(are_words(marks, *pair) for pair in pairwise(atoms)):
        return False
    if atoms[0].role != "place" or len({atom.order for atom in atoms}) > 1:
        return True
    tokens = marks.tokens[atoms[0].cell.first : atoms[-1].cell.last]
    led = any(not f"{a.text}{b.text}".strip(".") for a, b in pairwise(tokens))  # "SPJ ..... NV"
    return led or any(t.text in _FORM_SIGNS for t in tokens)


def is_before_place(atoms: Sequence[Atom], position: int) -> bool:
    """Whether a piece stands straight before a place: "lvl: SFJ"."""
    return position + 1 < len(atoms) and atoms[position + 1].role == "place"


def is_said(marks: Marks, before: Atom, atom: Atom) -> bool:
    """Whether a name and a word stand beside each other in one cell."""
    named = before.role in ("key", "code")
    return (
        are_beside(before, atom) and named and not marks.has_digits(atom.cell.first, atom.cell.last)
    )


def is_other(named: Column, paired: Sequence[Paired]) -> bool:
    """Whether a label measures what no column of its row holds, as "Deep veins compress" does."""
    values = [headed.column for headed, _, role in paired if role == "value"]
    told = [column for column in values if column.measures and column.properties not in UNNAMED]
    held = {name for column in told for name in column.properties}
    return bool(held) and held.isdisjoint(named.properties)


def asks_for_clot(named: Column, labels: Sequence[Cell], paired: Sequence[Paired]) -> bool:
    """Whether a row asks each leg for thrombus, whose cells may name the veins that hold it."""
    if all(headed.column.names_vein for headed, _, role in paired if role == "value"):
        return False
    return named.properties == ("thrombus",) and bool(labels) and named.cell == labels[-1]


def without_name(
    marks: Marks, cells: list[tuple[Column, Cell]], atoms: Sequence[Atom], position: int
) -> list[tuple[Column, Cell]]:
    """The values of a row but for a name that is said with this one: "reflux not assessed"."""
    said = position > 0 and is_said(marks, atoms[position - 1], atoms[position])
    led = said and bool(cells) and cells[-1][1] == atoms[position - 1].cell
    return cells[:-1] if led else cells


def without_level(column: Column, cell: Cell) -> tuple[Column, Cell]:
    """A word that stands in one column of levels and is said of the vein: "L     not seen"."""
    return replace(column, group=None), cell
