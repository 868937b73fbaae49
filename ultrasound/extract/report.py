"""Reads one report from top to bottom: headings set what is spoken of, sentences say what is found.

The state that is carried along, and what sets and ends it:

* section: a heading; a leg or vein heading or a table ends indication, technique and the like.
* leg: the words of the clause; else the heading in force; else the exam's title; else the last leg
  named. A section heading ends leg and vein headings unless another leg follows in the section.
* vein: the words; else the heading in force; else what the line or sentence before spoke of.
* level: the words; else what the clause before spoke of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.assertion import judge_sentence
from ultrasound.extract.chunks import Chunk, Predicate, split_chunks
from ultrasound.extract.facts import FactMaker, Outcome, Pass, Setting
from ultrasound.extract.gates import gate_sentence
from ultrasound.extract.groups import GroupFinder
from ultrasound.extract.headings import Head, HeadReader
from ultrasound.extract.layout import Line, Sentence, SentenceSplitter, split_lines, wraps
from ultrasound.extract.link import SentenceLinker
from ultrasound.extract.marks import Marks
from ultrasound.extract.places import Divider, PlaceGroup
from ultrasound.extract.prepare import prepare_elements
from ultrasound.extract.sites import Site, Span, compose
from ultrasound.extract.tables import TableReader
from ultrasound.extract.units import UnitFinder
from ultrasound.knowledge.schema_text import TextKnowledge

SILENT: Final = ("indication", "technique", "comparison", "recommendation", "identity", "history")
_SHORT_SECTIONS: Final = ("indication", "technique", "comparison", "identity", "history")
_TITLE_LINES: Final = 8


@dataclass
class State:
    """What is in force at a place of the report."""

    section: str | None = None
    section_alone: bool = False
    legs: tuple[Leg, ...] = ()
    leg_at: Span | None = None
    leg_depth: int = 0
    vein: tuple[Site, ...] = ()
    vein_depth: int = 0
    vein_first: bool | None = None
    title_legs: tuple[Leg, ...] = ()
    title_at: Span | None = None
    sticky_legs: tuple[Leg, ...] = ()
    sticky_at: Span | None = None
    focus: tuple[Site, ...] = ()
    other_method: bool = False
    titled: bool = False


@dataclass
class Reading:
    """All outcomes of a report, and what its title and headings said."""

    outcomes: list[Outcome] = field(default_factory=list)
    title_legs: tuple[Leg, ...] = ()
    sections: list[tuple[str, int, int]] = field(default_factory=list)
    criteria: list[Span] = field(default_factory=list)


class ReportReader:
    """Reads the marks of one report into outcomes."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._knowledge = knowledge
        self._heads = HeadReader(knowledge)
        self._sentences = SentenceSplitter(knowledge)
        self._divider = Divider(knowledge)
        self._tables = TableReader(knowledge, self._divider)
        self.units = UnitFinder(knowledge)
        self._routes = [route.veins for route in knowledge.veins.route]

    def read(self, marks: Marks, exam: str | None) -> Reading:
        """Read a report; ``exam`` is its kind (EXAM_KINDS)."""
        reading = Reading()
        lines = split_lines(marks)
        state = State()
        state.title_legs, state.title_at = self._read_title(marks, lines)
        reading.title_legs = state.title_legs
        examined = state.title_legs or self._named_legs(marks)
        walker = _Walker(self, marks, lines, state, reading, exam, examined)
        walker.walk()
        return reading

    def _named_legs(self, marks: Marks) -> tuple[Leg, ...]:
        """Without a title the legs that the report names are those examined, where they are one."""
        named = [
            leg
            for m in marks.mentions
            if (row := m.row("leg"))
            for leg in row.legs
            if leg != "other"
        ]
        legs = tuple(Leg(name) for name in sorted(set(named), reverse=True))
        return legs if len(legs) == 1 else ()

    def _read_title(
        self, marks: Marks, lines: Sequence[Line]
    ) -> tuple[tuple[Leg, ...], Span | None]:
        for line in lines[:_TITLE_LINES]:
            head = self._heads.read_head(marks, line)
            if head is not None and head.section not in (None, "identity", "findings", "technique"):
                continue
            if head is not None and head.section is None and not self._heads.is_title(marks, line):
                break
            if not self._heads.is_title(marks, line):
                continue
            legs = [
                (Leg(name), (m.first, m.last))
                for m in marks.mentions
                if line.first <= m.first < line.last and (row := m.row("leg")) is not None
                for name in row.legs
                if name != "other"
            ]
            if legs:
                return tuple(dict.fromkeys(leg for leg, _ in legs)), legs[0][1]
        return (), None

    def cut(self, marks: Marks, sentence: Sentence) -> tuple[list[Chunk], list[Pass]]:
        """The clauses of a sentence, judged, and the options that were not ticked."""
        prepared = prepare_elements(list(marks.elements(sentence.first, sentence.last)), marks)
        grouped, insets = GroupFinder(prepared.elements, self._routes).find_groups()
        chunks = split_chunks(grouped, insets, marks)
        judge_sentence(chunks, marks)
        return chunks, [Pass("template_blank", span) for span in prepared.unticked]


class _Walker:
    """One pass over the lines of a report."""

    def __init__(  # noqa: PLR0913 - private: the parts of one reading
        self,
        reader: ReportReader,
        marks: Marks,
        lines: Sequence[Line],
        state: State,
        reading: Reading,
        exam: str | None,
        examined: tuple[Leg, ...],
    ) -> None:
        self.reader, self.marks, self.lines = reader, marks, lines
        self.state, self.reading, self.exam, self.examined = state, reading, exam, examined
        self.widest = max((line.length for line in lines), default=0)
        self.units = reader.units.find_units(marks)

    def walk(self) -> None:
        index = 0
        tables = self.reader._tables.find_tables(self.marks, self.lines)
        while index < len(self.lines):
            table = tables.get(index)
            if table is not None:
                self._leave_short_section(force=True)
                self.reading.outcomes.extend(
                    self.reader._tables.read_table(self.marks, table, self._base(), self._setting())
                )
                index = table.end
                self.state.focus = ()
                continue
            index = self._walk_line(index, tables)

    def _walk_line(self, index: int, tables: object) -> int:
        line = self.lines[index]
        head = self.reader._heads.read_head(self.marks, line)
        title = (
            index < _TITLE_LINES
            and self.state.section is None
            and self.reader._heads.is_title(self.marks, line)
        )
        if (
            title
            and (head is None or head.section in ("identity", "findings") or head.group is None)
            and not self.state.titled
        ):
            if (
                head is None
                or head.section in ("identity", None)
                or (head.section == "findings" and not head.alone)
            ):
                self._note_title(line)
                return index + 1
        if line.blank_before and any(site.vein is None for site in self.state.vein):
            self.state.vein = ()  # a level that stands over a list ends with it
        if line.blank_before and head is None:
            self._leave_short_section(force=False)
        end = self._paragraph_end(index, tables)
        first = line.first
        if head is not None:
            first = self._enter(head, line, index)
        self._read_tokens(first, self.lines[end - 1].last, head)
        return end

    def _note_title(self, line: Line) -> None:
        if line.first < line.last:
            self.reading.sections.append(("title", line.first, line.last))

    def _paragraph_end(self, index: int, tables: object) -> int:
        """The line after the last one that continues this line's sentence."""
        end = index + 1
        while end < len(self.lines) and end not in tables:  # type: ignore[operator]
            follower = self.lines[end]
            if not wraps(self.marks, self.lines[end - 1], follower, widest=self.widest):
                break
            if (
                self.reader._heads.read_head(self.marks, follower) is not None
                and not self.marks.tokens[follower.first].text[0].islower()
            ):
                break
            end += 1
        return end

    # --- state --------------------------------------------------------------------------------

    def _leave_short_section(self, *, force: bool) -> None:
        if self.state.section in _SHORT_SECTIONS and (force or not self.state.section_alone):
            self.state.section = None

    def _enter(self, head: Head, line: Line, index: int) -> int:
        """Put a heading in force; returns the first token that is still to be read."""
        state = self.state
        if head.section is not None:
            self._enter_section(head, index)
            return head.rest
        group = head.group
        assert group is not None
        self._leave_short_section(force=True)
        only_leg = not group.has_vein and not group.has_spot and group.has_leg
        if head.alone or (only_leg and not self._vein_in_force(line)):
            self._push(head, group, line, only_leg=only_leg)
            return head.rest
        return line.first

    def _vein_in_force(self, line: Line) -> bool:
        return bool(self.state.vein)

    def _enter_section(self, head: Head, index: int) -> None:
        state = self.state
        section = head.section
        nested = state.legs and section in ("impression", "findings") and self._leg_follows(index)
        state.section = section if section != "identity" else "identity"
        state.section_alone = head.alone
        state.focus = ()
        state.other_method = False
        if section in ("impression", "recommendation", "findings") and not nested:
            state.legs, state.leg_at = (), None
        state.vein = ()
        if head.legs and len(head.legs) == 1:
            state.legs, state.leg_at = head.legs, head.leg_at

    def _leg_follows(self, index: int) -> bool:
        """Whether a heading of the other leg comes later: then each leg has its own sections."""
        for line in self.lines[index + 1 :]:
            head = self.reader._heads.read_head(self.marks, line)
            if (
                head is not None
                and head.group is not None
                and head.group.has_leg
                and not head.group.has_vein
            ):
                return set(head.legs) != set(self.state.legs)
        return False

    def _push(self, head: Head, group: PlaceGroup, line: Line, *, only_leg: bool) -> None:
        state = self.state
        if state.vein_first is None:
            state.vein_first = group.has_vein
        if only_leg:
            if line.depth <= state.vein_depth and not (
                state.vein_first and line.depth == state.vein_depth
            ):
                state.vein = ()
            state.legs, state.leg_at, state.leg_depth = head.legs, head.leg_at, line.depth
        else:
            if state.vein_first and line.depth <= state.leg_depth and not group.has_leg:
                state.legs, state.leg_at = (), None
            if group.has_leg:
                state.legs, state.leg_at, state.leg_depth = head.legs, head.leg_at, line.depth
            state.vein = compose(group, self._leg_sites())
            state.vein_depth = line.depth
        state.focus = ()

    def _leg_sites(self) -> tuple[Site, ...]:
        state = self.state
        if state.legs:
            return (Site(legs=state.legs, leg_at=state.leg_at),)
        if state.sticky_legs and len(state.title_legs) != 1:
            return (Site(legs=state.sticky_legs, leg_at=state.sticky_at),)
        if state.title_legs:
            return (Site(legs=state.title_legs, leg_at=state.title_at),)
        return ()

    def _base(self) -> tuple[Site, ...]:
        """What a new line speaks of before it says anything."""
        legs = self._leg_sites()
        if not self.state.vein:
            return legs
        if not legs:
            return self.state.vein
        return tuple(
            site
            if site.legs and not self.state.legs
            else replace(site, legs=legs[0].legs, leg_at=legs[0].leg_at)
            for site in self.state.vein
        )

    def _setting(self, first: int = 0) -> Setting:
        state = self.state
        if state.legs:
            legs, at = state.legs, state.leg_at
        else:
            legs, at = self.examined or state.sticky_legs, state.title_at or state.sticky_at
        return Setting(
            section=state.section if state.section != "identity" else None,
            exam=self.exam,
            exam_legs=legs,
            exam_leg_at=at,
            other_method=state.other_method,
            first=first,
            heading_legs=bool(state.legs),
            units=self.units,
        )

    # --- sentences ----------------------------------------------------------------------------

    def _read_tokens(self, first: int, last: int, head: Head | None) -> None:
        if first >= last:
            return
        self.reading.sections.append((self.state.section or "findings", first, last))
        silent = self.state.section in SILENT
        sentences = self.reader._sentences.split_sentences(self.marks.tokens, first, last)
        for position, sentence in enumerate(sentences):
            chunks, passes = self.reader.cut(self.marks, sentence)
            passes = [*passes, *gate_sentence(chunks, self.state.section)]
            self.reading.outcomes.extend(passes)
            self._note_criteria(sentence, passes)
            if silent and self.state.section != "history":
                continue
            self._link(chunks, continued=position > 0)

    def _link(self, chunks: list[Chunk], *, continued: bool) -> None:
        focus = self._opening_focus(chunks, continued=continued)
        linked = SentenceLinker(chunks, self.marks, focus).link()
        self._note_method(chunks)
        maker = FactMaker(self.reader._divider, self._setting(chunks[0].first if chunks else 0))
        outcomes = list(maker.make(linked.assignments))
        if self.state.section == "history":
            outcomes = [
                o
                for o in outcomes
                if isinstance(o, Pass) or getattr(o, "property", "") == "treatment"
            ]
        self.reading.outcomes.extend(outcomes)
        self.state.focus = linked.focus
        one = [site for site in linked.focus if len(site.legs) == 1]
        if one and not self.state.legs:
            self.state.sticky_legs, self.state.sticky_at = one[-1].legs, one[-1].leg_at

    def _note_criteria(self, sentence: Sentence, passes: Sequence[Pass]) -> None:
        """The report's own limits: a sentence that defines a time."""
        times = any(
            sentence.first <= n.first < sentence.last
            and n.unit is not None
            and n.unit.kind == "time"
            for n in self.marks.numbers
        )
        if times and any(p.rule == "threshold" for p in passes):
            self.reading.criteria.append((sentence.first, sentence.last - 1))

    def _note_method(self, chunks: Sequence[Chunk]) -> None:
        if any(chunk.cues("other_method") for chunk in chunks):
            self.state.other_method = True

    def _opening_focus(self, chunks: Sequence[Chunk], *, continued: bool) -> tuple[Site, ...]:
        base = self._base()
        groups = [group for chunk in chunks for group in chunk.groups]
        names_vein = bool(groups) and groups[0].has_vein
        if continued and self.state.focus:
            if (
                names_vein
                and self._leg_sites()
                and (self.state.legs or len(self.state.title_legs) == 1)
            ):
                return self._leg_sites()
            return self.state.focus
        if self.state.vein or names_vein:
            return base
        if self.state.focus and groups and groups[0].has_spot:
            return self.state.focus
        return base
