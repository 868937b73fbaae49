"""The legs under the names of columns, on a line of their own: "R / L" under "Reflux"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_PAIR: Final = r"(?:R[ ]?/[ ]?L|L[ ]?/[ ]?R|Rt[ ]?/[ ]?Lt|Right[ ]?/[ ]?Left)"
_LINE: Final = re.compile(
    rf"^(?P<head>[^\n]*\S)[ \t]*\n(?P<legs>[ \t]+(?:{_PAIR}[ \t]*){{1,6}})$",
    re.MULTILINE | re.IGNORECASE,
)
_CELL: Final = re.compile(r"\S+(?:[ ]\S+)*")
_SLACK: Final = 3  # places by which the names and the legs may be off


def find_leg_subheads(text: str) -> list[Edit]:
    """The legs behind the names that they stand under."""
    return [edit for line in _LINE.finditer(text) for edit in _read(text, line)]


def _read(text: str, line: re.Match[str]) -> Iterator[Edit]:
    left, below = line.start("head"), line.start("legs")
    names = list(_CELL.finditer(text, *line.span("head")))
    pairs = list(re.finditer(_PAIR, line["legs"], re.IGNORECASE))
    headed = [
        name
        for pair in pairs
        for name in names
        if name.start() - left - _SLACK <= pair.start() <= name.end() - left + _SLACK
    ]
    if len(headed) != len(pairs):
        return
    for pair, name in zip(pairs, headed, strict=True):
        yield Edit(name.end(), name.end(), f" {pair.group().replace(' ', '')}")
    yield Edit(below, line.end("legs"))
