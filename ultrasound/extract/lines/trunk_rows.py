"""Rows for all of a vein below the line of its name: "AASV" over "Main trunk   3.0   0.4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_TRUNK: Final = re.compile(
    r"^[ \t|]*(?P<name>(?:(?:main|whole|saphenous)[ ])?trunk)"
    r"(?P<gap>[ ]{2,})?(?=[ ]*[\t|:]|(?<=[ ]{2}))",
    re.IGNORECASE | re.MULTILINE,
)
_CELL: Final = re.compile(r"[^\s|,;](?:[ ]?[^\s|;])*")
_FARTHEST: Final = 10  # lines up to the name
_GAP: Final = 2  # blanks that part columns


class TrunkRowReader:
    """Finds such rows; the vein is written in the place of the word for its trunk."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The words for the trunk as the name of the vein above."""
        return list(self._name(text)) if "runk" in text or "RUNK" in text else []

    def _name(self, text: str) -> Iterator[Edit]:
        for row in _TRUNK.finditer(text):
            above = text[: row.start()].splitlines()[-_FARTHEST:]
            alone = (cells[0] for line in reversed(above) if len(cells := _CELL.findall(line)) == 1)
            name = next(alone, "").rstrip(":")
            if name and (self._words.names_vein(name) or not self._words.is_place(name)):
                yield _write(row, name)  # no leg or level; what is no place may be a vein


def _write(row: re.Match[str], name: str) -> Edit:
    """The name in the place of the word, the columns behind it where they stand."""
    old, gap = len(row["name"]), len(row["gap"] or "")
    taken = max(0, min(len(name) - old, gap - _GAP))
    return Edit(row.start("name"), row.end("name") + taken, name.ljust(old))
