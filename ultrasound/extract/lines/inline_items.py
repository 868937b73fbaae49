"""Branches numbered within a line: "Incompetent perforators: (a) distal thigh. (b) mid calf".

They are read as a list of places, without their letters or numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_LIST: Final = re.compile(
    r"(?:perforat\w+|perfs?|varicosit\w+|varices|tributar\w+)[^\n:.;]{0,40}:(?P<items>[^\n]+)",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"(?:^[ ]*|[.;,]?[ ]+)\(?(?P<sign>[a-h]|[1-9])\)[ ]+(?=[A-Za-z])")
_SERIES: Final = ("abcdefgh", "123456789")
_FEWEST: Final = 2


def find_inline_items(text: str) -> list[Edit]:
    """The signs of such items."""
    return [edit for listed in _LIST.finditer(text) for edit in _part(text, *listed.span("items"))]


def _part(text: str, start: int, end: int) -> Iterator[Edit]:
    items = list(_ITEM.finditer(text[start:end]))
    signs = "".join(item["sign"] for item in items)
    if len(items) < _FEWEST or not any(series.startswith(signs) for series in _SERIES):
        return
    for number, item in enumerate(items):
        yield Edit(start + item.start(), start + item.end(), "; " if number else " ")
