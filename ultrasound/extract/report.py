"""Reads one report from top to bottom: headings set what is spoken of, sentences say what is found.

The state that is carried along, and what sets and ends it:

* section: a heading; a leg or vein heading or a table ends indication, technique and the like.
* leg: the words of the clause; else the heading in force; else the title of one leg; else the leg
  on which something was found last (sticky_leg.py says what names and ends it); else the title of
  both. A section heading ends leg and vein headings unless each leg has its own sections.
* vein: the words; else the heading in force; else what the line or sentence before spoke of.
* level: the words; else what the clause before spoke of.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.clauses import ClauseCutter
from ultrasound.extract.facts.above import leave_unnamed
from ultrasound.extract.facts.account import Accountant
from ultrasound.extract.facts.all_legs import complete_legs
from ultrasound.extract.facts.same_leg import copy_legs
from ultrasound.extract.facts.titled_treatment import close_titled
from ultrasound.extract.facts.treated_next import name_treated
from ultrasound.extract.facts.whole_verdicts import lift_verdicts
from ultrasound.extract.facts.wrong_side import correct_sides
from ultrasound.extract.lines.crowded import find_crowded
from ultrasound.extract.lines.exam_sides import EXAMINED, leave_asides
from ultrasound.extract.lines.headings import HeadReader
from ultrasound.extract.lines.layout import Line, SentenceSplitter, split_lines
from ultrasound.extract.lines.leg_heads import TITLE_LINES
from ultrasound.extract.lines.listed import ListedReader
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.places.sites import Span
from ultrasound.extract.readers import Frame, Readers
from ultrasound.extract.reading import Reading
from ultrasound.extract.state import State
from ultrasound.extract.sticky_leg import StickyLeg
from ultrasound.extract.tables.reader import TableReader
from ultrasound.extract.walk import Walker
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import fold_term
from ultrasound.extract.words.units import UnitFinder
from ultrasound.knowledge.schema_text import TextKnowledge

_SECTIONS_OVER_TITLE: Final = (None, "identity", "findings", "technique")


class ReportReader:
    """Reads the marks of one report into outcomes."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        divider, clauses = Divider(knowledge), ClauseCutter(knowledge)
        accountant = Accountant(knowledge)
        self._readers = Readers(
            heads=HeadReader(knowledge),
            sentences=SentenceSplitter(knowledge),
            clauses=clauses,
            tables=TableReader(knowledge, divider, clauses, accountant),
            divider=divider,
            accountant=accountant,
            listed=ListedReader(knowledge),
        )
        self._subject = {fold_term(t)[0] for row in knowledge.sections.subject for t in row.terms}
        self._units = UnitFinder(knowledge)
        self._systems = {row.code: row.system for row in knowledge.veins.vein}

    def read(self, marks: Marks, exam: str | None) -> Reading:
        """Read a report; ``exam`` is its kind (EXAM_KINDS)."""
        lines = split_lines(marks)
        title_legs, title_at = self._read_title(marks, lines)
        only = _only_leg(marks)
        subject = self._read_subject(marks, lines) if not title_legs else ((), None)
        if only:
            title_legs, title_at = (title_legs, title_at) if title_legs else subject
        if not title_legs:
            title_legs, title_at = self._read_examined(marks, lines, only)
        sticky = StickyLeg(both=len(title_legs) > 1)
        if not title_legs:
            sticky.hold(*subject)
        state = State(title_legs=title_legs, title_at=title_at, one_leg=bool(only), sticky=sticky)
        frame = Frame(
            exam,
            title_legs or only,
            self._units.find_units(marks),
            find_crowded(marks, lines),
        )
        reading = Walker(self._readers, marks, lines, state, frame).walk()
        outcomes = leave_unnamed(reading.outcomes, marks, self._systems)
        outcomes = close_titled(name_treated(outcomes, marks), marks)
        outcomes = copy_legs(outcomes, marks, self._systems)
        outcomes = lift_verdicts(complete_legs(outcomes), marks)
        reading.outcomes = correct_sides(outcomes, marks, lines)
        return reading

    def _read_title(
        self, marks: Marks, lines: Sequence[Line]
    ) -> tuple[tuple[Leg, ...], Span | None]:
        """The legs that the title names, and the first words that do."""
        for line in lines[:TITLE_LINES]:
            head = self._readers.heads.read_head(marks, line)
            if head is not None and head.section not in _SECTIONS_OVER_TITLE:
                continue
            if not self._readers.heads.titles.is_title(marks, line):
                if head is not None and head.section is None:
                    break
                continue
            legs = _name_legs(marks, line, self._readers.heads.titles.asides)
            if legs:
                return tuple(dict.fromkeys(leg for leg, _ in legs)), legs[0][1]
        return (), None

    def _read_subject(
        self, marks: Marks, lines: Sequence[Line]
    ) -> tuple[tuple[Leg, ...], Span | None]:
        """The leg that a letter is about, and its words: "RE: LEFT LEG VARICOSE VEINS".

        It is as a title where the letter names no other leg, which it may have turned to.
        """
        for line in lines[:TITLE_LINES]:
            words = [t.norm for t in marks.tokens[line.first : line.first + 2]]
            if words[:1] and words[0] in self._subject and words[1:] == [":"]:
                legs = _name_legs(marks, line)
                return ((legs[0][0],), legs[0][1]) if legs else ((), None)
        return (), None

    def _read_examined(
        self, marks: Marks, lines: Sequence[Line], only: tuple[Leg, ...]
    ) -> tuple[tuple[Leg, ...], Span | None]:
        """The legs of which an early line says no more than that they were examined.

        As in "Both legs examined."; a single one counts only where the report names no other.
        """
        for line in lines[:TITLE_LINES]:
            words = {t.norm for t in marks.tokens[line.first : line.last]}
            mentions = marks.mentions_in(line.first, line.last)
            if any(m.row("vein", "finding") for m in mentions):
                continue
            ending = marks.mention_over(line.last - 1)
            apart = ending is not None and len(marks.tokens[ending.first].gap) > 1
            if words.isdisjoint(EXAMINED) and not apart:  # "Room 3   Bilateral"
                continue
            named = _name_legs(marks, line, self._readers.heads.titles.asides)
            legs = tuple(dict.fromkeys(leg for leg, _ in named))
            both = len(legs) > 1 and len({at for _, at in named}) == 1  # not "R … and L …"
            stops = [t.text == "." for t in marks.tokens[line.first : line.last - 1]]
            both = both and not any(stops)  # "… assessed. Bilateral popliteal …"
            if both or (legs and legs == only):
                return legs, named[0][1]
        return (), None


def _name_legs(marks: Marks, line: Line, asides: Container[str] = ()) -> list[tuple[Leg, Span]]:
    """The legs of a title, those in brackets only where it names no other.

    As in "venous duplex, left leg (right leg amputated 2014)"; nor what is named in passing.
    """
    named = [
        (Leg(name), (m.first, m.last))
        for m in marks.mentions_in(line.first, line.last)
        if (row := m.row("leg")) is not None
        for name in row.legs
        if name != "other"
    ]
    signs = [t.text for t in marks.tokens[line.first : line.last]]
    outer = [
        (leg, at)
        for leg, at in named
        if signs[: at[0] - line.first].count("(") <= signs[: at[0] - line.first].count(")")
    ]
    return leave_asides(marks, outer, line.last, asides) or named


def _only_leg(marks: Marks) -> tuple[Leg, ...]:
    """The leg that a report without a title is of: the only one that it names."""
    named = {
        name
        for mention in marks.mentions
        if (row := mention.row("leg")) is not None
        for name in row.legs
        if name != "other"
    }
    return (Leg(named.pop()),) if len(named) == 1 else ()
