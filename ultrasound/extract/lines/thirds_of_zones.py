"""Two thirds of a zone as its levels: "upper two thirds of the calf", its upper and mid third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_TWO: Final = r"(?:two[- ]thirds?|2/3(?:rds?)?)"
_THIRDS: Final = re.compile(
    rf"\b(?P<all>(?P<level>upper|proximal|lower|distal)\s+{_TWO}\s+of\s+(?:the\s+)?)"
    r"(?=(?:(?:right|left)\s+)?(?:thigh|calf)\b)",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(
    rf"\b(?:junction|border|transition)\s+(?:of|between)\s+(?:the\s+)?(?:(?P<one>\w+\s+{_TWO})"
    rf"\s+(?:and|with)\s|[\w/]+\s+(?:third\s+|1/3\s+)?(?:and|with)\s+(?:the\s+)?"
    rf"(?P<two>(?:lower|distal)\s+{_TWO}))",
    re.IGNORECASE,
)
_DOWN: Final = ("upper", "proximal")


def find_thirds(text: str) -> list[Edit]:
    """The words for two thirds, as the levels that they are."""
    return [*_levels(text), *_borders(text)]


def _levels(text: str) -> Iterator[Edit]:
    for found in _THIRDS.finditer(text):
        upper = found["level"].lower() in _DOWN
        yield Edit(*found.span("all"), f"{found['level']} and mid " if upper else "mid and lower ")


def _borders(text: str) -> Iterator[Edit]:
    """Of two thirds that meet the other one, the middle one does."""
    for found in _NEXT.finditer(text):
        for name in ("one", "two"):
            if found[name]:
                yield Edit(*found.span(name), "middle third")
