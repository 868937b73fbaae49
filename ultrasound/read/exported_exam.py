"""Exports of one exam as a table of values: a row for each place, and one patient."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Final

from ultrasound.knowledge.schema_documents import LEG_VEIN, DocumentKnowledge

_SEPARATORS: Final = (",", ";", "\t")
_LEAST_ROWS: Final = 3


def is_one_exam(lines: Sequence[str], knowledge: DocumentKnowledge) -> bool:
    """Whether lines are the rows of one exam of leg veins, under names of what was measured.

    Those of several patients or exams are no report: whose a value is, no place of it says.
    """
    return any(_is_exam(lines, separator, knowledge) for separator in _SEPARATORS)


def _is_exam(lines: Sequence[str], separator: str, knowledge: DocumentKnowledge) -> bool:
    header, *rows = csv.reader(lines, delimiter=separator)
    if len(rows) < _LEAST_ROWS or any(len(row) != len(header) for row in rows):
        return False
    if not any(knowledge.table_head.search(name) for name in header):
        return False
    columns = list(zip(*rows, strict=True))
    names = zip(header, columns, strict=True)
    if any(
        knowledge.table_identity.search(name) and len(set(column)) > 1 for name, column in names
    ):
        return False
    places = [column for column in columns if not any(map(_is_value, column))]
    keys = list(zip(*places, strict=True))
    named = sum(any(_names_vein(cell, knowledge) for cell in key) for key in keys)
    return named >= _LEAST_ROWS and len(set(keys)) == len(keys)


def _is_value(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


def _names_vein(cell: str, knowledge: DocumentKnowledge) -> bool:
    legs = (t for t in knowledge.territories if t.name == LEG_VEIN)
    return any(territory.terms.search(cell) for territory in legs)
