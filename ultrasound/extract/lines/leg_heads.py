"""Lines that head a leg or vein in other forms than its name: framed, with a remark, as a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lines.asked_lines import find_answering
from ultrasound.extract.lines.asking_heads import read_asking, read_caption
from ultrasound.extract.lines.broken_phrases import breaks_phrase
from ultrasound.extract.lines.declared_heads import declare_head
from ultrasound.extract.lines.exam_sides import read_side
from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.lines.listed import ListedReader
from ultrasound.extract.lines.other_heads import read_other
from ultrasound.extract.lines.sampled_leg import samples_leg
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks, make_legs

TITLE_LINES: Final = 8  # further down no line is a title
_LONGEST_TITLE: Final = 8  # tokens of a line such as "Right Lower Extremity Reflux Study"
_SHORTEST_CAPITALS: Final = 4  # letters of the word behind a number: "2 SFJ"
_ONLY, _COMPARISON = "only", "comparison"
_SINCE: Final = frozenset({"after", "post", "following", "since"})  # a treatment
_STOPS: Final = (".", ",", ";", ":")
_BEFORE_REMARK: Final = (",", "-", "–", "—")
_LONGEST_REMARK: Final = 8  # tokens of ", limited look:"
_SAYING: Final = ("leg", "vein", "place", "level", "zone", "finding")
_CLOSING: Final = ("]", ")", "}", ">")
_FRAME: Final = frozenset("=*#~-–—_|[](){}<>•+.:")


def read_leg_head(heads: HeadReader, marks: Marks, line: Line, *, titled: bool) -> Head | None:
    """The leg that a line heads by a form of its own, None where it heads none.

    Args:
        heads: The reader of plain headings.
        marks: The report.
        line: A line that is no plain heading.
        titled: Whether a line such as "Right leg reflux study" may be a heading: where the report
            has a title of both legs, or begins far above.
    """
    legs, leg_at = marks.legs_in(line.first, line.last)
    if len(legs) != 1 or leg_at is None:
        return None
    framed = _framed(marks, line)
    remarked = _before_bracket(marks, line)
    for first, last, rest in (framed, remarked, _before_remark(marks, line)):
        group = heads.read_place(marks, first, last) if first < last else None
        if group is not None and group.has_leg and not group.has_vein and not group.has_spot:
            return Head(None, group, legs, leg_at, rest, rest >= line.last)
    treated = _before_treatment(heads, marks, line)
    if treated is not None:
        return treated
    veins = any(
        m.row("vein", "place") is not None for m in marks.mentions_in(line.first, line.last)
    )
    short = line.last - line.first <= _LONGEST_TITLE and marks.one_leg(line.first, line.last)
    limited = leg_at[0] == line.first and not line.bullet and _is_limited(marks, line)
    if limited and short and not veins:
        group = heads.read_place(marks, leg_at[0], leg_at[1] + 1)
        return None if group is None else Head(None, group, legs, leg_at, line.last, True)
    said = veins and _is_said(marks, line)
    if titled and short and not said and heads.is_title(marks, line):
        first, last = _places_in(marks, line) if veins else leg_at
        group = heads.read_place(marks, first, last + 1)
        if group is not None and group.has_leg:
            return Head(None, group, legs, leg_at, line.last, True)
    return None


def _is_said(marks: Marks, line: Line) -> bool:
    """Whether a line is a sentence, or finds something that is not a treatment to come."""
    found = [m.row("finding") for m in marks.mentions_in(line.first, line.last)]
    finds = any(finding is not None and finding.property != "treatment" for finding in found)
    return finds or marks.tokens[line.last - 1].text in _STOPS


def _places_in(marks: Marks, line: Line) -> Span:
    """The first to the last word of a line that names a place: "Pre-op mapping, right GSV"."""
    named = [
        m
        for m in marks.mentions_in(line.first, line.last)
        if m.row("leg", "vein", "place", "level", "zone") is not None
    ]
    return named[0].first, named[-1].last


def _before_treatment(heads: HeadReader, marks: Marks, line: Line) -> Head | None:
    """The leg before what was done to it: "LEFT LEG, 6 WEEKS AFTER EVLA OF THE GSV"."""
    mention = marks.mention_at(line.first)
    row = mention.row("leg") if mention is not None else None
    if mention is None or row is None or len(row.legs) != 1 or line.bullet:
        return None
    comma = mention.last + 1
    ends = marks.tokens[line.last - 1].text in _STOPS
    if ends or comma >= line.last - 1 or marks.tokens[comma].text != ",":
        return None
    words = {token.norm for token in marks.tokens[comma : line.last]}
    found = [m.row("finding") for m in marks.mentions_in(comma, line.last)]
    done = [finding.property for finding in found if finding is not None]
    group = heads.read_place(marks, line.first, comma)
    if group is None or words.isdisjoint(_SINCE) or set(done) != {"treatment"}:
        return None
    return Head(None, group, make_legs(row.legs), (line.first, mention.last), comma + 1, False)


def _read_opening(heads: HeadReader, marks: Marks, line: Line) -> Head | None:
    """The leg in capitals before a vein and words that are in none: "LEFT LEG deep veins open"."""
    mention = marks.mention_at(line.first)
    row = mention.row("leg") if mention is not None else None
    if mention is None or row is None or mention.last == line.first or len(row.legs) != 1:
        return None
    rest = mention.last + 1
    words = [t.text for t in marks.tokens[line.first : rest]]
    below = [t.text for t in marks.tokens[rest : line.last]]
    if not all(word.isupper() for word in words) or not any(word.islower() for word in below):
        return None
    named = marks.mention_at(rest)
    if named is None or named.row("vein", "place", "inferred") is None:
        return None
    group = heads.read_place(marks, line.first, rest)
    if group is None:
        return None
    return Head(None, group, make_legs(row.legs), (line.first, mention.last), rest, False)


def _is_limited(marks: Marks, line: Line) -> bool:
    """Whether a line says that of its leg only a part was scanned: "R groin only"."""
    words = [token.norm for token in marks.tokens[line.first : line.last]]
    found = any(m.row("finding") is not None for m in marks.mentions_in(line.first, line.last))
    stated = found or bool(marks.numbers_in(line.first, line.last)) or "." in words
    return not stated and (_ONLY in words or _COMPARISON in words)


def _framed(marks: Marks, line: Line) -> tuple[int, int, int]:
    """The words of "= RIGHT LEG =" and "[LEFT]", and the token after the line; none elsewhere."""
    first, last = line.first, line.last
    while first < last and marks.tokens[first].text in _FRAME:
        first += 1
    while last > first and marks.tokens[last - 1].text in _FRAME:
        last -= 1
    whole = (first, last) == (line.first, line.last)
    return (0, 0, 0) if whole else (first, last, line.last)


def _before_bracket(marks: Marks, line: Line) -> tuple[int, int, int]:
    """The words before a remark in brackets, "Right leg (standing):", and the token behind it."""
    tokens = marks.tokens
    opened = next((i for i in range(line.first, line.last) if tokens[i].text == "("), line.last)
    closed = next((i for i in range(opened, line.last) if tokens[i].text == ")"), line.last)
    rest = closed + 1
    ends = rest >= line.last or tokens[rest].text in (":", "-", ".")
    found = any(m.row("finding") is not None for m in marks.mentions_in(opened, closed))
    if closed >= line.last or not ends or found or marks.numbers_in(opened, closed):
        return 0, 0, 0
    return line.first, opened, min(rest + 1, line.last)


def _before_remark(marks: Marks, line: Line) -> tuple[int, int, int]:
    """The leg of "Right side, limited look: CFV compressible", and the token behind the colon."""
    mention, tokens = marks.mention_at(line.first), marks.tokens
    sign = line.first if mention is None else mention.last + 1
    if not line.first < sign < line.last or tokens[sign].text not in _BEFORE_REMARK:
        return 0, 0, 0
    ahead = range(sign + 1, min(sign + _LONGEST_REMARK, line.last))
    colon = next((i for i in ahead if tokens[i].text in _STOPS), line.last)
    says = any(m.row(*_SAYING) is not None for m in marks.mentions_in(sign, colon))
    if colon >= line.last - 1 or tokens[colon].text != ":" or says:
        return 0, 0, 0
    return (0, 0, 0) if marks.numbers_in(sign, colon) else (line.first, sign, colon + 1)


def read_framed(heads: HeadReader, marks: Marks, line: Line) -> Head | None:
    """What a line heads between signs, or behind its number: "[SMALL SAPHENOUS]", "4 PERFORATORS".

    Signs before it alone, but for those of a marked heading, are those of a list.
    """
    first, last, rest = _framed(marks, line)
    opens, closes = first > line.first, last < line.last
    if first >= last or not (opens and (closes or marks.tokens[line.first].text[0] == "#")):
        first, last, rest = _numbered(marks, line)
    elif marks.tokens[first - 1].text in _CLOSING:
        return None  # "[ ] GSV (left)" is an option
    if first >= last:
        return None
    head = heads.read_head(marks, replace(line, first=first, last=last))
    if head is None or not head.alone or head.states:
        return None
    return replace(head, rest=rest)


def _numbered(marks: Marks, line: Line) -> tuple[int, int, int]:
    """The capitals behind a bare number, and the token after the line; none elsewhere."""
    number, words = marks.tokens[line.first], marks.tokens[line.first + 1 : line.last]
    if not number.text.isdigit() or not words or len(words[0].text) < _SHORTEST_CAPITALS:
        return 0, 0, 0
    if not all(t.text.isupper() for t in words if t.kind == "word"):
        return 0, 0, 0
    return line.first + 1, line.last, line.last


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
                or _read_opening(self._heads, self._marks, line)
                or self._read_other(index)
            )
            if index < TITLE_LINES and (head is None or head.section == "identity"):
                head = read_side(self._heads, self._marks, line) or head
            self._read[index] = None if head is not None and self._finds(head, index) else head
        return self._read[index]

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
        """Whether a heading of the other leg comes later, and none did: each has its sections."""
        nests = head.section in ("impression", "findings") and bool(legs)
        return nests and self.turns_side(index, legs) and not self._names_other(index, legs)

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
