"""Rows of branches under a heading that names their cells: "Perforators (side / level / size)".

Each row is read as a branch with what was measured of it: "R mid calf perforator: size 3.9 mm".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_HEAD: Final = re.compile(
    r"^[ \t]*(?:incompetent[ ])?(?P<name>perforator)s?[ \t]*"
    r"\((?P<cells>[a-z ]+(?:[/|,;][a-z ]+){2,})\)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ROW: Final = re.compile(
    r"\r?\n[ \t]*(?:[-•*–][ \t]+)?(?P<leg>right|left|rt|lt|r|l)(?P<first>[ \t]*[/|;,][ \t]*)"
    r"(?P<rest>[^\s/|][^\n\r]*)",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(r"[ \t]*[/|][ \t]*|[ \t]*;[ \t]*")
_PARTS: Final = re.compile(r"[/|,;]")
_LEGS: Final = ("side", "leg", "limb")
_PLACES: Final = ("level", "location", "site", "position")
_NONE: Final = re.compile(r"(?:none|nil|no)\b", re.IGNORECASE)


def find_branch_rows(text: str) -> list[Edit]:
    """What parts the cells of such rows, as words."""
    edits: list[Edit] = []
    for head in _HEAD.finditer(text):
        names = [name.strip().lower() for name in _PARTS.split(head["cells"])]
        if names[0] in _LEGS and names[1] in _PLACES:
            edits += _read_rows(text, head, names[2:])
    return sorted(edits, key=lambda edit: edit.start)


def _read_rows(text: str, head: re.Match[str], names: list[str]) -> Iterator[Edit]:
    """The edits of the rows below a heading; the heading names no leg and is left out."""
    row, told = _ROW.match(text, head.end()), False
    while row:
        edits = list(_part(text, row, head["name"].lower(), names))
        if edits:
            yield from edits
            told = True
        row = _ROW.match(text, row.end())
    if told:
        yield Edit(*head.span())


def _part(text: str, row: re.Match[str], branch: str, names: list[str]) -> Iterator[Edit]:
    if _NONE.match(row["rest"]):
        yield Edit(*row.span("first"), f" {branch}s: ")
        return
    signs = list(_SIGN.finditer(text, *row.span("rest")))
    if not signs or len(signs) > len(names):
        return
    yield Edit(*row.span("first"), " ")
    named = branch in text[row.start("rest") : signs[0].start()].lower()
    for number, (sign, name) in enumerate(zip(signs, names, strict=False)):
        lead = ", " if number else ": " if named else f" {branch}: "
        yield Edit(*sign.span(), f"{lead}{name} ")
