"""Lines that head a leg or vein in other forms than its name: framed, with a remark, as a title."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
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
    if titled and short and not said and heads.titles.is_title(marks, line):
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


def read_opening(heads: HeadReader, marks: Marks, line: Line) -> Head | None:
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
