"""A table of perforators that only its title names: "PERFORATOR MAP" over "Side  Level  Diam"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_TITLE: Final = re.compile(
    r"\A(?:[^\n]*\n){0,2}[^\n]*\bperforator(?:s|[ ](?:map|mapping|table|worksheet|list|study))\b",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(
    r"^[ \t]*(?:#|no\.?|side|leg|site|level|location)[ ]{2,}(?:[^\n]*[ ]{2,})?"
    r"(?:from floor|from heel|height|outward flow|diam)[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_EPONYM: Final = re.compile(
    r"(?<=[a-z])(?P<bracket>[ ]\((?:Boyd|Dodd|Cockett(?:[ ][I123]+)?|Hunter(?:ian)?|Sherman)\))"
    r"(?=[ ]{2}|[ ]*[|\t])"
)
_NAMED: Final = re.compile(r"perf|vein|vessel", re.IGNORECASE)
_HEAD: Final = "Perforators\n"


def find_titled_branches(text: str) -> list[Edit]:
    """The name of the branches over such a table; a further name behind a level is left out."""
    named = [Edit(*e.span("bracket"), " " * len(e["bracket"])) for e in _EPONYM.finditer(text)]
    header = _HEADER.search(text) if _TITLE.match(text) else None
    if header is None or _NAMED.search(header.group()):
        return named
    return [*named, Edit(header.start(), header.start(), _HEAD)]
