"""A list of levels about slashes over one of their numbers: "SFJ / mid thigh" over "5.6 / 4.0 mm".

Each number is given its level and the unit that stands behind the last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_PART: Final = r"[A-Za-z][A-Za-z .-]{1,18}?"
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_STACKED: Final = re.compile(
    rf"^(?P<names>[ \t]*{_PART}(?:[ ]*/[ ]*{_PART})+)[ \t\r]*\n"
    rf"[ \t]*(?P<numbers>{_NUMBER}(?:[ ]*/[ ]*{_NUMBER})+)[ \u00a0]*"
    rf"(?P<unit>mm|cm|s|sec|ms)\b[ \t\r.]*$",
    re.MULTILINE,
)
_VALUE: Final = re.compile(_NUMBER)


def find_stacked_lists(text: str) -> list[Edit]:
    """The numbers with their levels, in place of the two lists."""
    return [edit for found in _STACKED.finditer(text) for edit in _write(found)]


def _write(found: re.Match[str]) -> Iterator[Edit]:
    names = [name.strip() for name in found["names"].split("/")]
    at = found.start("numbers")
    values = list(_VALUE.finditer(found["numbers"]))
    if len(names) != len(values):
        return
    yield Edit(found.start("names"), found.start("numbers"))
    for position, (name, value) in enumerate(zip(names, values, strict=True)):
        last = position == len(names) - 1
        before = at + (values[position - 1].end() if position else 0)
        yield Edit(before, at + value.start(), f"{', ' if position else ''}{name} ")
        if not last:
            yield Edit(at + value.end(), at + value.end(), f" {found['unit']}")
