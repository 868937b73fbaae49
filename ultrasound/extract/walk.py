"""One pass over the lines of a report: headings set the state, paragraphs and tables are read."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.gates import gate_sentence
from ultrasound.extract.clauses.limits import states_limit
from ultrasound.extract.clauses.remembering import recall
from ultrasound.extract.facts.account import Said
from ultrasound.extract.facts.fact import Outcome, Pass, Setting
from ultrasound.extract.facts.maker import FactMaker
from ultrasound.extract.facts.past import counts_in_past
from ultrasound.extract.guarded import guarded
from ultrasound.extract.lines import begins
from ultrasound.extract.lines.carried import Carried
from ultrasound.extract.lines.crowded import leave_columns
from ultrasound.extract.lines.declares_line import goes_on_declaring
from ultrasound.extract.lines.headings import Head
from ultrasound.extract.lines.layout import Line, Sentence
from ultrasound.extract.lines.legend_tails import part_legend
from ultrasound.extract.lines.line_heads import LineHeads
from ultrasound.extract.lines.list_memory import ListMemory
from ultrasound.extract.lines.open_heading import OpenHeading
from ultrasound.extract.lines.row_leads import find_leading, head_nouns
from ultrasound.extract.lines.run_on import split_run_on
from ultrasound.extract.lines.scoped_pairs import vein_at
from ultrasound.extract.lines.silent_sections import SILENT, is_silent
from ultrasound.extract.lines.wrapping import Break, find_breaks, is_cell
from ultrasound.extract.links.channels import leave_channel
from ultrasound.extract.links.closing_item import closes_item
from ultrasound.extract.links.link import SentenceLinker
from ultrasound.extract.links.opening import open_sentence
from ultrasound.extract.links.pairs import keep_places
from ultrasound.extract.links.told import note_told, take_before
from ultrasound.extract.links.turning import take_side
from ultrasound.extract.places.places import is_only_leg, is_only_level
from ultrasound.extract.readers import Frame, Readers
from ultrasound.extract.reading import Reading, found_in
from ultrasound.extract.scene import set_scene
from ultrasound.extract.spoken import quotes_method, take_focus
from ultrasound.extract.state import State
from ultrasound.extract.tables.table_ends import end_at_sections
from ultrasound.extract.tables.table_places import only_vein_of
from ultrasound.extract.tables.table_rows import Table
from ultrasound.extract.titles import Titles
from ultrasound.extract.words.legend import read_legend
from ultrasound.extract.words.marks import Marks

_LIMBS: Final = ("leg", "limb", "extremity", "le", "rle", "lle")
_PAST: Final = ("history", "indication")  # of it these state treatments only


class Walker:
    """Reads the lines of one report from top to bottom."""

    def __init__(
        self, readers: Readers, marks: Marks, lines: Sequence[Line], state: State, frame: Frame
    ) -> None:
        self._readers, self._marks, self._lines = readers, marks, lines
        self._state, self._frame = state, frame
        self._reading = Reading(title_legs=state.title_legs)
        self._legend, self._explained = read_legend(marks, readers.tables.headers)
        self._titles = Titles(readers.heads, marks, lines, self._explained)
        self._list, self._carried = ListMemory(), Carried()
        self._heading = OpenHeading(self._reading.outcomes)
        self._limbs = frozenset(t.index for t in marks.tokens if t.norm in _LIMBS)
        self._breaks, self._stating = find_breaks(marks, lines), False
        self._line_heads = LineHeads(readers.heads, readers.listed, marks, lines, state.title_legs)
        self._heads_at = self._line_heads.at
        state.sticky.blocks = self._line_heads.repeats_veins()
        self._leading: frozenset[int] = frozenset()

    def walk(self) -> Reading:
        """Read all lines."""
        tables, index = self._readers.tables.find_tables(self._marks, self._lines), 0
        tables = end_at_sections(tables, self._marks, self._lines, self._heads_at)
        self._leading = find_leading(self._marks, self._lines, tables)
        while index < len(self._lines):
            table = tables.get(index)
            index = self._read_line(index, tables) if table is None else self._read_table(table)
        self._close_heading()
        return self._reading

    def _read_table(self, table: Table) -> int:
        self._state.leave_short_section(force=True)
        first, last = self._lines[table.start], self._lines[table.end - 1]
        with guarded(self._reading, first.first, last.last):
            self._read_rows(table)
        return table.end

    def _read_rows(self, table: Table) -> None:
        base, setting = self._state.base_sites(), self._setting()
        read = self._readers.tables.read_table(self._marks, table, base, setting, self._legend)
        outcomes = self._carried.take_rows(list(read), self._reading.outcomes)
        leg = self._readers.tables.find_last_leg(self._marks, table, self._lines)
        if leg is not None and (head := self._heads_at(leg)) is not None:
            self._enter(head, leg)  # a leg among the rows holds for what follows
        self._state.focus = only_vein_of(outcomes)

    def _read_line(self, index: int, tables: Container[int]) -> int:
        """Read the paragraph that starts at a line; returns the line after it."""
        line, head = self._lines[index], self._heads_at(index)
        self._list.scope = vein_at(self._marks, line.first)
        title = self._titles.is_title(index, head, self._state, self._reading)
        if title and not begins.tells_treatment(self._marks, line):
            self._reading.sections.append(("title", line.first, line.last))
            self._note_listed(line.first, line.last)
            self._titles.begin_study(index, self._state, self._reading)
            return index + 1
        sided, systemic = bool(head and head.legs), begins.speaks_of_systems(self._marks, line)
        led = begins.leads_with_leg(self._marks, line)
        several = bool(self._state.both) or begins.speaks_of_several(self._marks, line)
        self._state.sticky.leave_at_line(None, systemic=systemic or several)
        self._state.leave_item(line, sided=sided, systemic=systemic, led=led)
        if line.blank_before:
            self._state.leave_level()
            self._carried.leave()
        if head is None and (line.blank_before or self._ends_section(line)):
            over = self._state.section == "identity" and begins.speaks_of_vein(self._marks, line)
            self._state.leave_short_section(force=over)
        end = index + 1 if title else self._paragraph_end(index, tables)
        self._stating = begins.opens_list(self._marks, self._lines, index, end)
        legs, leg_at = self._state.legs, self._state.leg_at
        first = line.first if head is None else self._enter(head, index)
        group = self._state.label_line(begins.labels_with(head), begins.levels_with(head))
        before, on = len(self._reading.outcomes), not head and goes_on_declaring(self._marks, line)
        self._read_tokens(first, self._lines[end - 1].last, on=on)
        if head is not None and not head.alone and not found_in(self._reading.outcomes[before:]):
            self._state.return_leg(head, legs, leg_at)
        if group is not None:
            self._state.take_item(group, line)
            if end < len(self._lines) and self._lines[end].depth > line.depth:
                self._heading.open_line(group, self._state.item.sites, before)
        return end

    def _ends_section(self, line: Line) -> bool:
        """Whether a line ends a section: an identity line its own, a label a short one."""
        if self._state.section is None or self._state.section == "findings":
            return False
        named = self._state.section == "identity" or begins.begins_finding(self._marks, line)
        return named or self._readers.heads.has_label(self._marks, line)

    def _paragraph_end(self, index: int, tables: Container[int]) -> int:
        """The line after the last one that continues this line's sentence."""
        end, short = index + 1, begins.is_short(self._heads_at(index))
        while end < len(self._lines) and end not in tables:
            if self._breaks[end - 1] is Break.HARD or self._heads(end):
                break
            prose, lines = self._breaks[end - 1] is Break.BY_LENGTH, self._lines[end - 1 : end + 1]
            if short and begins.begins_after(self._marks, *lines, prose=prose):
                break
            end += 1
        return end

    def _heads(self, index: int) -> bool:
        """Whether a line that could go on is a heading: inside of wrapped prose of a section."""
        head = self._heads_at(index)
        if head is None or self._breaks[index - 1] is Break.HARD:
            return head is not None
        opening = self._marks.tokens[self._lines[index].first].text
        goes_on = opening == "(" and not self._line_heads.heads_other(index)
        if opening[0].islower() or goes_on:  # "… 2,870 ms", and on the next line "(L)"
            parted = self._marks.tokens[head.rest - 1].text == ":"
            parted |= any("\t" in t.gap for t in self._marks.tokens[head.rest : head.rest + 1])
            return head.section is not None and parted
        return head.section is not None or self._breaks[index - 1] is not Break.BY_LENGTH

    def _enter(self, head: Head, index: int) -> int:
        """Put a heading in force; returns the first token that is still to be read."""
        self._stating |= head.states
        listed = self._state.lists_varicosities(self._lines[index]) or bool(self._carried)
        self._leave_list(head, listed=listed)
        state, line, group = self._state, self._lines[index], head.group
        if head.section == "side":
            take_side(state, self._marks, head.rest, line, self._readers.heads.titles.asides)
            return line.last
        if group is None:
            self._close_heading()
            self._list.leave(section=True)
            nested = self._line_heads.nests(head, index, state.legs)
            state.enter_section(head, at=(line.first, head.rest - 1), nested=nested)
            return head.rest
        state.leave_short_section(force=True, top=line.blank_before and self._reading.opens)
        if is_only_leg(group) and (head.alone or not state.vein):
            state.enter_leg(head, line, sampled=self._line_heads.samples(index, head))
            if head.alone and not state.vein:  # else the leg stands under its vein
                self._close_heading()
            return head.rest
        if head.alone and (group.has_leg or group.has_vein or not state.lists_varicosities(line)):
            self._close_heading()
        if head.alone and not (listed and not group.has_vein):
            said, below = self._reading.outcomes, self._line_heads.leads(index)
            state.enter_vein(head, group, line, said, below=below)
            self._heading.open(group, state.vein)
            declared = self._readers.listed.read_listed(self._marks, head.rest, line.last)
            return line.last if self._list.take_headed(declared) else head.rest
        ends = [token.text for token in self._marks.tokens[head.rest - 2 : head.rest]]
        named = group.has_vein and ends[0] != ends[1] == "."
        if named or is_only_leg(group):
            state.take_item(group, line)  # "Varices. Left posterior calf, 5 mm", "Left: …"
        return head.rest if named else line.first

    def _leave_list(self, head: Head, *, listed: bool) -> None:
        """End what a heading ends; a level under one that ``listed`` branches ends nothing."""
        group = head.group
        if head.alone and not (listed and group is not None and is_only_level(group)):
            self._list.leave(section=False, leg=group is not None and is_only_leg(group))
            self._carried.take((), ())

    def _close_heading(self) -> None:
        self._heading.close(silent=self._state.section in (*SILENT, *_PAST))

    # --- sentences ----------------------------------------------------------------------------

    def _read_tokens(self, first: int, last: int, *, on: bool) -> None:
        if first >= last:
            return
        section = self._state.section
        self._reading.sections.append((section or "findings", first, last))
        self._note_listed(first, last)
        sentences = [
            part
            for sentence in self._readers.sentences.split_sentences(self._marks.tokens, first, last)
            for told in part_legend(self._marks, sentence, self._explained)
            for part in split_run_on(self._marks, told)
        ]
        said, row, cutter = list[Said](), first, self._readers.clauses
        passes, planned = begins.asks_for(self._marks, section, self._state.section_at)
        for position, sentence in enumerate(sentences):
            with guarded(self._reading, sentence.first, sentence.last):
                if self._explains(sentence):
                    self._pass_legend(sentence)
                    continue
                exam = self._frame.exam
                chunks, left = cutter.cut_sentence(self._marks, sentence, self._legend, exam)
                passes = gate_sentence(chunks, passes, planned)
                left = [*left, *(head_nouns(chunks) if last in self._leading else ())]
                self._reading.outcomes.extend([*left, *passes])
                if section == "comparison":
                    recall(chunks, self._state.section_at, self._marks)
                if is_silent(section, chunks):
                    self._reading.outcomes.extend(self._readers.accountant.doubt_silent(chunks))
                else:
                    # cells of one line are one statement, though each is read as a sentence
                    row = row if position == 0 or is_cell(self._marks, sentence) else sentence.first
                    self._state.closing = closes_item(self._marks, sentences, position)
                    said.append(self._read_chunks(chunks, left, row, continued=on or position > 0))
                if states_limit(self._marks, sentence, passes, said[-1].outcomes if said else ()):
                    self._reading.criteria.append((sentence.first, sentence.last - 1))
        self._reading.outcomes.extend(self._readers.accountant.account(said, past=section in _PAST))

    def _explains(self, sentence: Sentence) -> bool:
        units_only = self._readers.listed.only_names_units(self._marks, sentence)
        return units_only or sentence.first in self._explained

    def _pass_legend(self, sentence: Sentence) -> None:
        """Leave out a sentence that explains codes; it may state the report's limit."""
        span = (sentence.first, sentence.last - 1)
        self._reading.outcomes.append(told := Pass("threshold", span))
        if states_limit(self._marks, sentence, [told], ()):
            self._reading.criteria.append(span)

    def _note_listed(self, first: int, last: int) -> None:
        """Put in force what a line declares for bare numbers."""
        told = first in self._explained
        self._list.take_line(self._readers.listed, self._marks, first, last, explained=told)

    def _read_chunks(
        self, chunks: Sequence[Chunk], left: Sequence[Outcome], first: int, *, continued: bool
    ) -> Said:
        state = self._state
        focus = open_sentence(state, self._marks, chunks, continued=continued)
        focus = self._carried.lead(chunks, focus, on=continued)
        focus = leave_columns(self._marks, chunks, focus)
        carried = self._carried.offer(chunks, on=continued)
        before = take_before(state, carried, continued=continued)
        linked = SentenceLinker(chunks, self._marks, focus, before).link()
        state.stem, state.denied, state.measured = linked.stem, linked.denied, linked.measured
        state.listed, state.pair = keep_places(linked.mentioned, before.earlier)
        note_told(state, chunks, linked, focus, continued=continued)
        state.line = state.line if continued else linked.focus
        state.other_method |= quotes_method(chunks)
        facts = linked.assignments
        made = FactMaker(self._readers.divider, self._setting(first)).make(facts) if facts else []
        kept = [o for o in made if state.section not in _PAST or counts_in_past(o)]
        if made:
            self._list.take_row(made, self._marks.numbers_in(chunks[0].first, chunks[-1].last + 1))
        self._carried.settle(linked, self._marks, self._reading.outcomes)
        self._reading.outcomes.extend(kept)
        if self._stating:
            self._carried.take(linked.assignments, kept)
        take_focus(state, leave_channel(linked.focus), (*linked.passed, *linked.mentioned), kept)
        return Said(chunks, [*left, *kept], focus)

    def _setting(self, first: int = 0) -> Setting:
        return set_scene(self._state, self._frame, self._list, first=first, limbs=self._limbs)
