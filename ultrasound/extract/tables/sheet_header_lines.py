"""What a line is for the header of a sheet: names, what qualifies them, or a row.

Below the names may stand how it was done, then the units in brackets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_meanings import explain
from ultrasound.extract.tables.table_cells import Cell, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_JOINING: Final = ("/", "_", "(")
_RULED: Final = frozenset("|-: +=")
_FEWEST: Final = 2  # brackets side by side


def stands_apart(marks: Marks, line: Line) -> bool:
    """Whether an empty line stands above; a rule between borders only parts names from units."""
    if not line.blank_before:
        return False
    end = line.start - 1  # of the line above, which holds no words
    above = marks.text[marks.text.rfind("\n", 0, max(0, end)) + 1 : end].strip()
    return not (above.startswith("|") and _RULED.issuperset(above))


def lists_codes(marks: Marks, cell: Cell) -> bool:
    """Whether a bracket lists what may stand in a column: "(Y/N)"."""
    return _is_bracket(marks, cell) and marks.has_sign("/", cell.first, cell.last)


def stands_over_units(marks: Marks, lines: Sequence[Line], index: int) -> bool:
    """Whether words stand over a line of brackets: they only qualify the names above them.

    As the "Valsalva" between "Reflux" and "(sec)".
    """
    if index + 1 >= len(lines) or marks.has_digits(lines[index].first, lines[index].last):
        return False
    follower = lines[index + 1]
    below = [cell for cell in cut_cells(marks, follower) if not cell.is_empty]
    own = [cell for cell in cut_cells(marks, lines[index]) if not cell.is_empty]
    units = len(below) >= _FEWEST and all(_is_bracket(marks, cell) for cell in below)
    over = all(any(cell.overlap(unit) > 0 for unit in below) for cell in own)
    return units and over and not follower.blank_before


def answers(marks: Marks, line: Line, atoms: Sequence[Atom]) -> bool:
    """Whether a line that begins with a place says something of it: "CFV:  patent  competent"."""
    if _are_explained(marks, line):
        return False
    begins = {atom.order: atom for atom in reversed(atoms)}.values()
    if any(atom.role == "value" and not _is_listed(marks, atom.cell) for atom in begins):
        return True
    if not atoms or atoms[0].role != "place":
        return False
    after = atoms[0].cell.last
    colon = after < line.last and marks.tokens[after].text == ":"
    codes = any(atom.role == "code" for atom in atoms)
    words = any(atom.role == "text" for atom in atoms)  # "PTV   free of thrombus"
    words = words or any(
        before.role == "key" and atom.role == "value" and before.order == atom.order
        for before, atom in pairwise(atoms)  # "PTV   compresses fully"
    )
    return colon or words or (codes and not any(atom.role == "key" for atom in atoms))


def has_gap(marks: Marks, cell: Cell) -> bool:
    """Whether a cell between borders holds several that wide gaps part."""
    inner = marks.tokens[cell.first : cell.last]
    return any(
        len(t.gap) > 1 and before.text != "|" and t.text != "|" for before, t in pairwise(inner)
    )


def _is_listed(marks: Marks, cell: Cell) -> bool:
    """Whether codes about a slash stand in a bracket: "(Y/N)"."""
    opened = cell.first > 0 and marks.tokens[cell.first - 1].text == "("
    return opened and marks.has_sign("/", cell.first, cell.last)


def _are_explained(marks: Marks, line: Line) -> bool:
    """Whether a line is letters that the report explains as names of columns: "D   R   C"."""
    cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
    return len(cells) >= _FEWEST and all(explain(marks, cell) is not None for cell in cells)


def _is_bracket(marks: Marks, cell: Cell) -> bool:
    return marks.tokens[cell.first].text in "([" and marks.tokens[cell.last - 1].text in ")]"


def denies_next(marks: Marks, before: Atom, atom: Atom) -> bool:
    """Whether "none" stands before what is denied: "none incompetent" is one value."""
    return marks.tokens[before.cell.first].norm == "none" and atom.role == "code"


def are_sentences(marks: Marks, line: Line) -> bool:
    """Whether a line is in words: a full stop or "=" stands in it. "Giacomini not seen. NV = x"."""
    tokens = marks.tokens[line.first : line.last]
    stops = any(a.text == "." and b.gap for a, b in pairwise(tokens))
    return stops or any(token.text == "=" for token in tokens)


def without_label(column: Column) -> Column:
    """A header that measures something names no labels: "Femoral vein (reflux, s)"."""
    named = tuple(name for name in column.properties if name != "label")
    return replace(column, properties=named) if named else column


def is_first(marks: Marks, atom: Atom) -> bool:
    """Whether a piece begins its line or stands behind a gap."""
    return len(marks.tokens[atom.cell.first].gap) != 1


def split_names(
    headers: HeaderReader, marks: Marks, cells: Sequence[Cell], atoms: Sequence[Atom]
) -> list[Cell]:
    """The cells of a header, one that holds legs or names side by side cut between them."""
    split: list[Cell] = []
    for order, cell in enumerate(cells):
        own = [atom for atom in atoms if atom.order == order]
        apart = not any(marks.tokens[i].text in _JOINING for i in range(cell.first, cell.last))
        legs = all(_is_leg(headers, marks, atom) for atom in own)
        told = [headers.read_header(marks, atom.cell) for atom in own if atom.role == "key"]
        names = len(told) == len(own) and all(c.measures and not c.bare for c in told)
        split += [a.cell for a in own] if len(own) > 1 and apart and (legs or names) else [cell]
    return split


def _is_leg(headers: HeaderReader, marks: Marks, atom: Atom) -> bool:
    """Whether a piece is a leg alone, and no reflux time: "L RT"."""
    if marks.tokens[atom.cell.first].norm == "rt" and not is_first(marks, atom):
        return False
    return headers.heads_leg(marks, atom.cell)
