"""The headings of a report's lines, in all their forms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ultrasound.domain import Leg
from ultrasound.extract.lines.asked_lines import find_answering
from ultrasound.extract.lines.asking_heads import read_asking, read_caption
from ultrasound.extract.lines.broken_phrases import breaks_phrase
from ultrasound.extract.lines.declared_heads import declare_head
from ultrasound.extract.lines.exam_sides import read_side
from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.lines.leg_heads import (
    TITLE_LINES,
    read_framed,
    read_leg_head,
    read_opening,
)
from ultrasound.extract.lines.listed import ListedReader
from ultrasound.extract.lines.other_heads import read_other
from ultrasound.extract.lines.sampled_leg import samples_leg
from ultrasound.extract.words.marks import Marks


class LineHeads:
    """The headings of a report's lines, each read once."""

    def __init__(
        self,
        heads: HeadReader,
        listed: ListedReader,
        marks: Marks,
        lines: Sequence[Line],
        title_legs: Sequence[Leg],
    ) -> None:
        self._heads, self._listed, self._marks, self._lines = heads, listed, marks, lines
        self._both = len(title_legs) > 1
        answering = find_answering(marks, lines)
        # ends within a phrase: no heading, but may begin with one: "Left leg: … mid"
        self._parted = {n for n, (x, y) in enumerate(pairwise(lines)) if breaks_phrase(marks, x, y)}
        unread = {*answering, *(index - 1 for index in answering)}  # they head nothing
        self._read: dict[int, Head | None] = dict.fromkeys(unread)

    def at(self, index: int) -> Head | None:
        """The heading at the start of a line."""
        if index not in self._read:
            line = self._lines[index]
            head = (
                declare_head(self._heads, self._listed, self._marks, line)
                or read_asking(self._marks, line)
                or read_caption(self._heads, self._marks, self._lines, index)
                or read_framed(self._heads, self._marks, line)
                or read_leg_head(
                    self._heads, self._marks, line, titled=self._both or index >= TITLE_LINES
                )
                or read_opening(self._heads, self._marks, line)
                or self._read_other(index)
            )
            if index < TITLE_LINES and (head is None or head.section == "identity"):
                head = read_side(self._heads, self._marks, line) or head
            self._read[index] = None if head is not None and self._finds(head, index) else head
        return self._read[index]

    def repeats_veins(self) -> bool:
        """Whether lines begin with the same vein below each leg that a vein is named with.

        As "Right CFV: …", "Popliteal vein: …", "Left CFV: …", "Popliteal vein: …".
        """
        legs: tuple[Leg, ...] = ()
        below: dict[str | None, set[tuple[Leg, ...]]] = {}
        for head in map(self.at, range(len(self._lines))):
            if head is None or head.group is None or not head.group.has_vein:
                continue
            part = head.group.parts[0]
            legs = part.legs or legs
            if not part.legs and len(legs) == 1:
                below.setdefault(part.vein, set()).add(legs)
        return any(len(sides) > 1 for sides in below.values())

    def heads_other(self, index: int) -> bool:
        """Whether a line is a leg between signs, as that of the other leg above: "(L)", "(R)"."""
        own = self.at(index)
        if own is None or not own.alone or len(own.legs) != 1:
            return False
        sign = self._marks.tokens[self._lines[index].first].text
        return any(
            head is not None
            and head.alone
            and len(head.legs) == 1
            and head.legs != own.legs
            and self._marks.tokens[self._lines[above].first].text == sign
            for above, head in ((i, self.at(i)) for i in range(index))
        )

    def leads(self, index: int) -> bool:
        """Whether the line straight above one is the heading of a leg, and nothing else."""
        over = self.at(index - 1) if index else None
        return (
            over is not None
            and over.alone
            and len(over.legs) == 1
            and not (over.group and over.group.has_vein)
        )

    def nests(self, head: Head, index: int, legs: Sequence[Leg]) -> bool:
        """Whether each leg has its own sections.

        A heading of the other leg comes later, and none did, or its block has the section too.
        """
        if not legs or head.section not in ("impression", "findings"):
            return False
        if not self._names_other(index, legs):
            return self.turns_side(index, legs)
        return head.section in self._sections_of_other(index, legs)

    def _sections_of_other(self, index: int, legs: Sequence[Leg]) -> set[str | None]:
        """The sections below the last heading above a line that is of another leg alone."""
        sections: set[str | None] = set()
        own = True
        for head in map(self.at, range(index - 1, -1, -1)):
            sided = head is not None and head.alone and len(head.legs) == 1
            if head is not None and sided and set(head.legs) != set(legs):
                return sections
            own = own and not sided
            if head is not None and not own and head.group is None:
                sections.add(head.section)
        return set()

    def _names_other(self, index: int, legs: Sequence[Leg]) -> bool:
        """Whether a line above is the heading of another leg alone."""
        above = (head for position in range(index) if (head := self.at(position)) is not None)
        return any(h.alone and len(h.legs) == 1 and set(h.legs) != set(legs) for h in above)

    def turns_side(self, index: int, legs: Sequence[Leg]) -> bool:
        """Whether the next heading of a leg behind a line is not that of these legs."""
        for position in range(index + 1, len(self._lines)):
            later = self.at(position)
            if later is None or later.group is None:
                continue
            if later.group.has_leg and not later.group.has_vein:
                return set(later.legs) != set(legs)
        return False

    def samples(self, index: int, head: Head) -> bool:
        """Whether a line looks at one vein of its leg, for comparison, and no other leg follows."""
        one = samples_leg(self._marks, self._lines, index, head.rest)
        return one and not self.turns_side(index, head.legs)

    def _read_other(self, index: int) -> Head | None:
        """An unknown heading; one straight under that of a vein only parts what is said of it."""
        over = None if self._lines[index].blank_before or index == 0 else self.at(index - 1)
        if over is not None and over.alone and over.group is not None and over.group.has_vein:
            return None
        return read_other(self._heads, self._marks, self._lines, index)

    def _finds(self, head: Head, index: int) -> bool:
        """Whether a line finds varicosities at their place, or all of it is a part of a phrase.

        As "Varicosities of the anterior thigh", nothing set in, over the heading of the other leg.
        """
        line, group = self._lines[index], head.group
        if index in self._parted and head.rest >= line.last:
            return True
        placed = group is not None and head.alone and group.has_vein and group.has_spot
        if group is None or not placed or not all(part.anatomy for part in group.parts):
            return False
        after = self._lines[index + 1 : index + 2]
        return not line.bullet and line.depth > 0 and not any(x.depth >= line.depth for x in after)
