"""Rows in which each value stands before its place: "Diameter: 9.1 mm (SFJ), 7.0 mm (mid thigh)".

Their pieces are turned about, so that a place stands before its value as in any other row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.tables.atoms import Atom, unit_kinds
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF

_OPENING: Final = ("(", "[")
_PAIR: Final = 2
_NAMES: Final = ("key", "code")
_REFLUX: Final = "reflux"


def put_places_first(marks: Marks, atoms: Sequence[Atom]) -> list[Atom]:
    """The pieces of a row with each place before its value; as they are in any other row."""
    led = next((i for i, atom in enumerate(atoms) if atom.role not in (*_NAMES, "place")), 0)
    pairs = atoms[led:]
    named = led > 0 and atoms[led - 1].role in _NAMES
    if not named or len(pairs) % _PAIR or any(a.role != "value" for a in pairs[::2]):
        return list(atoms)
    if any(atom.role != "place" for atom in pairs[1::2]):
        return list(atoms)
    if len(pairs) == _PAIR and not _is_bracketed(marks, *pairs):
        return list(atoms)  # the place may be that of the next line
    turned = (atom for i in range(0, len(pairs), _PAIR) for atom in (pairs[i + 1], pairs[i]))
    return [*atoms[:led], *turned]


def heads_numbers(
    headers: HeaderReader, marks: Marks, atoms: Sequence[Atom], position: int
) -> bool:
    """Whether a name stands over the numbers of all places behind it: "Depth: knee 7 mm, …".

    They are of its kind, and no other name stands among them.
    """
    behind = atoms[position + 1 :]
    numbers = [atom for atom in behind if atom.role == "value"]
    if not numbers or len(behind) != _PAIR * len(numbers):
        return False
    paired = all(a.role == "place" and b.role == "value" for a, b in list(pairwise(behind))[::2])
    named = headers.read_header(marks, atoms[position].cell).properties
    kinds = {"time" if name == _REFLUX else KIND_OF.get(name) for name in named}
    return paired and all(unit_kinds(marks, atom.cell) & kinds for atom in numbers)


def _is_bracketed(marks: Marks, value: Atom, place: Atom) -> bool:
    """Whether a place stands in a bracket straight behind a value."""
    between = [t.text for t in marks.tokens[value.cell.last : place.cell.first]]
    return len(between) == 1 and between[0] in _OPENING
