"""A text cut at the borders of everything that was read from it.

Spots overlap and nest, elements of a page cannot: each piece lies wholly within every spot that it
belongs to, and the pieces add up to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ultrasound.knowledge.schema_drawing import load_page_look
from ultrasound.write.page.notes import Note
from ultrasound.write.page.spots import SUPPORT, Spot

_MOST_TIPS = 12
_WIDEST_TABLE = 200  # characters; a longer line is no row of a table
_COLUMNS = re.compile(r"\S(?: {3}|\t)|\|")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, the spots that they belong to, and those that begin with them.

    ``line`` is the number of the line that begins here; ``broken``: by another character than a
    line feed, at which a browser would not break it.
    """

    text: str
    spots: tuple[Spot, ...] = ()
    begins: tuple[Spot, ...] = ()
    line: int | None = None
    broken: bool = False

    @property
    def look(self) -> str | None:
        """How the words are marked; None where nothing was read from them."""
        held = {spot.look for spot in self.spots}
        return next((look.code for look in load_page_look().mark if look.code in held), None)

    @property
    def classes(self) -> str:
        """The classes of the mark: its look and all of its spots."""
        return " ".join(["m", self.look or "", *(spot.code for spot in self.spots)])

    @property
    def anchors(self) -> list[tuple[str, str]]:
        """The ids that lead here, each with what was read."""
        return [(name, note.tip) for spot in self.begins for name, note in spot.notes.items()]

    @property
    def number(self) -> str:
        """The numbers of the facts that begin here."""
        return ", ".join(str(spot.number) for spot in self.begins if spot.number is not None)

    @property
    def href(self) -> str | None:
        """The entry that the words lead to: of the narrowest spot that looks as they do."""
        fit = [spot for spot in self.spots if spot.look == self.look != SUPPORT]
        if not fit:
            return None
        spot = min(fit, key=lambda s: (s.place.end - s.place.start, s.place.start))
        return next(note.entry for note in spot.notes.values() if note.kind == self.look)

    @property
    def tip(self) -> str:
        """What was read from the words."""
        tips = list(dict.fromkeys(note.tip for note in self._notes()))
        more = len(tips) - _MOST_TIPS
        return "\n".join([*tips[:_MOST_TIPS], *([f"and {more} more"] if more > 0 else [])])

    def _notes(self) -> Iterator[Note]:
        for spot in self.spots:
            yield from spot.notes.values()


def cut_text(text: str, spots: Sequence[Spot]) -> list[Piece]:
    """Cut a text at the borders of spots and at the beginning of each line.

    Args:
        text: the whole text.
        spots: its spots in the order of their beginnings, positions counting in ``text``.
    """
    lines = _number_lines(text)
    borders = {0, len(text), *lines}
    for spot in spots:
        borders |= {spot.place.start, spot.place.end}
    pieces = []
    waiting, open_spots = list(reversed(spots)), list[Spot]()
    for start, end in pairwise(sorted(borders)):
        open_spots = [spot for spot in open_spots if spot.place.end > start]
        begins = []
        while waiting and waiting[-1].place.start == start:
            begins.append(waiting.pop())
        open_spots += begins
        line = lines.get(start)
        broken = line is not None and line > 1 and text[start - 1] != "\n"
        pieces.append(Piece(text[start:end], tuple(open_spots), tuple(begins), line, broken))
    return pieces


def _number_lines(text: str) -> dict[int, int]:
    """The line that begins at each position."""
    starts, position = {}, 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        starts[position] = number
        position += len(line)
    return starts


def measure_columns(text: str) -> int:
    """How many characters the lines take that are set in columns and must not be wrapped."""
    lines = (line.expandtabs() for line in text.splitlines() if _COLUMNS.search(line))
    return max((len(line) for line in lines if len(line) <= _WIDEST_TABLE), default=0)
