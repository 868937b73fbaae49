"""What a line begins with, apart from its heading."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.exam_dates import YEAR
from ultrasound.extract.clauses.plans import PlanHeading
from ultrasound.extract.facts.fact import GROUPS, Pass
from ultrasound.extract.lines.head_words import has_measure
from ultrasound.extract.lines.headings import Head
from ultrasound.extract.lines.layout import STOPS, Line
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

# A leg or vein heading, or a table, ends them.
SHORT_SECTIONS: Final = ("indication", "technique", "comparison", "identity", "history")
_SYSTEMS: Final = (*GROUPS, "PERF")
_ARTICLES: Final = ("the", "both")
_OPEN: Final = frozenset(
    {"and", "or", "of", "in", "the", "with", "at", "to", "from", "for", "left"}
)
_VERBS: Final = frozenset({"is", "are", "was", "were", "show", "has", "have", "remain"})
_NOT_TODAY: Final = ("history", "prior", "kin", "plan", "question", "complaint", "threshold")
_SINCE: Final = frozenset({"after", "post", "following", "since", "previous", "prior"})
_WORDS, _KINDS = ("word",), ("word", "noun", "label", "looked_at")
_COMPARED: Final = "compared"
_COMPRESSES: Final = "compressibility"
_SENTENCE_REACH: Final = 24  # tokens of the next line to its full stop
_REQUEST: Final = "request"
_POINTING: Final = ("this", "that", "same")
_SIDES: Final = ("side", "leg", "limb")
_PLANS: Final = frozenset({"plan", "plans", "p"})


def begins_after(marks: Marks, line: Line, follower: Line, *, prose: bool) -> bool:
    """Whether a line ends with a full stop and the next one begins with a finding.

    In wrapped ``prose`` a section may go on there, so that only a sentence is one that says what a
    vein is like: "The left PTVs are compressible", and not "The GSV was scanned for reflux".
    """
    last = marks.tokens[line.last - 1]
    if last.text not in STOPS:
        open_ = last.kind != "word" or last.norm in _OPEN
        return not open_ and _begins_abbreviated(marks, follower)
    return _states(marks, follower, _WORDS) if prose else begins_finding(marks, follower)


def _begins_abbreviated(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a vein in capitals and finds something: "GSV incompetent to …"."""
    mention = marks.mention_at(line.first)
    named = mention is not None and mention.row("vein", "place") is not None
    return named and marks.tokens[line.first].text.isupper() and begins_finding(marks, line)


def _denies_of_leg(marks: Marks, line: Line) -> bool:
    """Whether a line denies something of a leg, and of no other day: "No DVT in either leg"."""
    opening = marks.mention_at(line.first)
    if opening is None or not opening.cue("negation"):
        return False
    mentions = marks.mentions_in(line.first, _end_of_sentence(marks, line))
    found = any(m.row("finding") is not None for m in mentions)
    placed = any(m.row("leg", "vein", "place") is not None for m in mentions)
    return found and placed and not any(m.cue("history", "prior", "kin") for m in mentions)


def opens_list(marks: Marks, lines: Sequence[Line], index: int, end: int) -> bool:
    """Whether a paragraph leads to items set in under it: "Incompetent perforators seen at".

    Without bullets, where it measures nothing itself and they do.
    """
    if end >= len(lines) or marks.tokens[lines[end - 1].last - 1].text in STOPS:
        return False
    item = lines[end]
    if item.blank_before or item.depth <= lines[index].depth:
        return False
    measured = any(has_measure(marks, line) for line in lines[index:end])
    return item.bullet or (not measured and begins_finding(marks, item))


def begins_finding(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a vein or leg and measures or finds something of it.

    Or with a denial, and names its leg, or states something of a vein behind a full stop.
    """
    if _denies_of_leg(marks, line) or _states(marks, line):
        return True
    article = marks.tokens[line.first].norm in _ARTICLES
    mention = marks.mention_at(line.first + article)
    if mention is None or mention.row("vein", "place", "leg", "inferred") is None:
        return False
    findings = [m.row("finding") for m in marks.mentions_in(line.first, line.last)]
    found = any(row is not None and row.kind == "word" for row in findings)
    return found or has_measure(marks, line)


def _states(marks: Marks, line: Line, kinds: Container[str] = _KINDS) -> bool:
    """Whether a sentence behind a full stop finds something of a vein today, by some ``kinds``.

    As the line below "Indication: swollen leg.": "In the left leg the popliteal vein is occluded".
    """
    last = _end_of_sentence(marks, line)
    last = _end_over_lines(marks, line) if last == line.last else last
    tokens = marks.tokens[line.first : last]
    opens = line.first > 0 and marks.tokens[line.first - 1].text in STOPS
    if not opens or not tokens[0].text[:1].isupper():
        return False
    mentions = marks.mentions_in(line.first, last)
    named = any(m.row("vein", "place") is not None for m in mentions)
    found = [m.row("finding") for m in mentions]
    told = any(r is not None and r.property != "treatment" and r.kind in kinds for r in found)
    if _VERBS.isdisjoint(t.norm for t in tokens):
        # no indication tells what compresses, or measures; what is denied of a vein is of today
        compresses = any(row is not None and row.property == _COMPRESSES for row in found)
        denied = any(m.cue("negation") for m in mentions) and any(r is not None for r in found)
        measured = any(n.unit is not None for n in marks.numbers_in(line.first, last))
        told = compresses or denied or (told and measured)
    dated = tokens[0].norm != _COMPARED  # "Compared with 07/2021 the thrombus has cleared"
    asked = any(t.text == "?" or (dated and YEAR.fullmatch(t.text)) for t in tokens)
    return named and told and not asked and not any(m.cue(*_NOT_TODAY) for m in mentions)


def labels_with(head: Head | None) -> PlaceGroup | None:
    """The vein that a line begins with, where more stands behind it."""
    if head is None or head.alone or head.group is None:
        return None
    return head.group if head.group.has_vein else None


def levels_with(head: Head | None) -> PlaceGroup | None:
    """The level alone that a line begins with, where more stands behind it."""
    if head is None or head.alone or head.group is None:
        return None
    return head.group if is_only_level(head.group) else None


def may_entitle(head: Head | None) -> bool:
    """Whether a line with such a head can be a title."""
    if head is None or head.section == "identity":
        return True
    return head.section == "findings" and not head.alone


def heads_both(head: Head | None) -> bool:
    """Whether a line is the heading of both legs, and no more."""
    if head is None or not head.alone or head.group is None:
        return False
    return len(set(head.legs)) > 1 and is_only_leg(head.group)


def tells_treatment(marks: Marks, line: Line) -> bool:
    """Whether a line tells when a vein was treated: "left leg, 3 yrs post EVLA of the GSV"."""
    since = [t.index for t in marks.tokens[line.first : line.last] if t.norm in _SINCE]
    if not since:
        return False
    mentions = marks.mentions_in(since[0], line.last)
    found = [m.row("finding") for m in mentions]
    treated = any(row is not None and row.property == "treatment" for row in found)
    return treated and any(m.row("vein", "place") is not None for m in mentions)


def speaks_of_vein(marks: Marks, line: Line) -> bool:
    """Whether a line names a vein or system and finds something, as no name or address does."""
    mentions = marks.mentions_in(line.first, line.last)
    named = any(m.row("vein", "place") is not None for m in mentions)
    return named and any(m.row("finding") is not None for m in mentions)


def leads_with_leg(marks: Marks, line: Line) -> tuple[Site, ...]:
    """The one leg that a line begins with, and tells something of: "Right SFJ incompetence."."""
    mention = marks.mention_at(line.first)
    if mention is None or mention.row("leg") is None:
        return ()
    finds = any(m.row("finding") is not None for m in marks.mentions_in(line.first, line.last))
    legs, at = marks.legs_in(mention.first, mention.last + 1)
    if not (finds or has_measure(marks, line)):
        return ()
    return (Site(legs=legs, leg_at=at),) if len(legs) == 1 else ()


def points_to_side(tokens: Sequence[Token]) -> bool:
    """Whether words are of the leg that was named last: "No deep reflux on this side"."""
    return any(a.norm in _POINTING and b.norm in _SIDES for a, b in pairwise(tokens))


def speaks_of_systems(marks: Marks, line: Line) -> bool:
    """Whether a line finds something of systems of veins, and names no leg and no vein.

    Only its first sentence counts: "All deep veins compress. Baker's cyst on the right."
    """
    found, end = False, _end_of_sentence(marks, line)
    if points_to_side(marks.tokens[line.first : end]):
        return False
    for mention in marks.mentions_in(line.first, end):
        row = mention.row("vein", "place", "leg")
        if row is not None and getattr(row, "code", "") not in _SYSTEMS:
            return False  # most lines
        found = found or mention.row("finding") is not None
    return found


def speaks_of_several(marks: Marks, line: Line) -> bool:
    """Whether a line finds something of veins in the plural or in a list, and names no leg.

    As in "The small saphenous veins are competent", "The common femoral, femoral and popliteal
    veins are compressible", which are of both legs where both were examined.
    """
    end = _end_of_sentence(marks, line)
    mentions = marks.mentions_in(line.first, end)
    if any(m.row("leg") for m in mentions) or not any(m.row("finding") for m in mentions):
        return False
    veins = [m for m in mentions if m.row("vein", "place") is not None]
    opens = bool(veins) and veins[0].first <= line.first + 1
    word = marks.tokens[veins[-1].last] if veins else None
    plural = word is not None and word.text.endswith("s") and word.norm != word.text.lower()
    return opens and plural


def _end_of_sentence(marks: Marks, line: Line) -> int:
    """The full stop that ends the first sentence of a line, the end of the line without one."""
    if not any(marks.has_sign(stop, line.first, line.last) for stop in STOPS):
        return line.last
    stops = (i for i in range(line.first, line.last) if marks.tokens[i].text in STOPS)
    return next((i for i in stops if any(t.gap for t in marks.tokens[i + 1 : i + 2])), line.last)


def _end_over_lines(marks: Marks, line: Line) -> int:
    """The full stop of a sentence that goes on over the end of its line; none far below it."""
    words = marks.tokens[line.last : line.last + _SENTENCE_REACH]
    if not words or not words[0].text[0].islower():
        return line.last
    stops = (t.index for t in words if t.text in STOPS or "\n\n" in t.gap)
    return next(stops, line.last)


def asks_for(marks: Marks, section: str | None, at: Span) -> tuple[list[Pass], PlanHeading | None]:
    """The heading under which a treatment is asked for: "Request: RFA of the right GSV".

    And the one under which what was found and what is planned stand together: "A/P".
    """
    words = [token.norm for token in marks.tokens[at[0] : at[1] + 1]]
    asked = section == "indication" and words[:1] == [_REQUEST]
    planned = section == "impression" and not _PLANS.isdisjoint(words)
    return [Pass("plan", at)] if asked else [], PlanHeading(marks, at) if planned else None


def is_short(head: Head | None) -> bool:
    """Whether a line begins with the label of a short section, as "Indication:"."""
    return head is not None and not head.alone and head.section in SHORT_SECTIONS
