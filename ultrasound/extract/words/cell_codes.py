"""The codes that worksheets write into cells, by the property that a column holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ultrasound.knowledge.schema_text import CellCode

Says = tuple[str, str]
ANSWER: Final = "answer"  # what a code says by itself, whatever is asked: "+ = yes"
_COLUMN_OF: Final = {"reflux": "incompetence"}  # the column in which a plain yes says it


def find_code(text: str, properties: Sequence[str], codes: Sequence[CellCode]) -> Says | None:
    """The property and value of a code in a column of some properties (none: of any)."""
    for code in codes:
        if text in code.terms and (not code.columns or set(code.columns) & set(properties)):
            return code.property, code.value
    return None


def column_of(names: Iterable[str]) -> tuple[str, ...]:
    """The columns whose cells say something of some properties."""
    return tuple(dict.fromkeys(_COLUMN_OF.get(name, name) for name in names))
