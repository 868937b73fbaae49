"""The codes that worksheets write into cells, by the property that a column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ultrasound.knowledge.schema_text import CellCode

Says = tuple[str, str]
_PARTED: Final = re.compile(r"[\s,;(]+(?:[-–][\s,;(]+)?")
ANSWER: Final = "answer"  # what a code says by itself, whatever is asked: "+ = yes"
_COLUMN_OF: Final = {"reflux": "incompetence"}  # the column in which a plain yes says it


def find_code(text: str, properties: Sequence[str], codes: Sequence[CellCode]) -> Says | None:
    """The property and value of a code in a column of some properties (none: of any).

    Of several side by side the one that says more than that there is something: "yes - acute".
    """
    found = _find_whole(text, properties, codes)
    if found is not None or not _PARTED.search(text):
        return found
    parts = [_find_whole(part, properties, codes) for part in _PARTED.split(text.rstrip(")"))]
    said = set(parts)
    more = {says for says in said if says is not None and says[1] != "present"}
    return more.pop() if None not in said and len(more) == 1 < len(said) else None


def _find_whole(text: str, properties: Sequence[str], codes: Sequence[CellCode]) -> Says | None:
    for code in codes:
        if text in code.terms and (not code.columns or set(code.columns) & set(properties)):
            return code.property, code.value
    return None


def column_of(names: Iterable[str]) -> tuple[str, ...]:
    """The columns whose cells say something of some properties."""
    return tuple(dict.fromkeys(_COLUMN_OF.get(name, name) for name in names))
