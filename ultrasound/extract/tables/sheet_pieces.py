"""How the pieces of a line of a sheet stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import Atom, are_beside
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
    first, last = atoms[0].cell.first, atoms[-1].cell.last
    return any(t.text in _FORM_SIGNS for t in marks.tokens[first:last])


def is_before_place(atoms: Sequence[Atom], position: int) -> bool:
    """Whether a piece stands straight before a place: "lvl: SFJ"."""
    return position + 1 < len(atoms) and atoms[position + 1].role == "place"


def is_said(marks: Marks, before: Atom, atom: Atom) -> bool:
    """Whether a name and a word stand beside each other in one cell."""
    named = before.role in ("key", "code")
    return (
        are_beside(before, atom) and named and not marks.has_digits(atom.cell.first, atom.cell.last)
    )


def are_sentences(marks: Marks, line: Line) -> bool:
    """Whether a line is in words: a full stop or "=" stands in it. "Giacomini not seen. NV = x"."""
    tokens = marks.tokens[line.first : line.last]
    stops = any(a.text == "." and b.gap for a, b in pairwise(tokens))
    return stops or any(token.text == "=" for token in tokens)
