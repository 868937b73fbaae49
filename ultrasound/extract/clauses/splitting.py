"""Splits a sentence into its clauses: at signs, conjunctions, and where one begins unmarked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ultrasound.extract.clauses.changes import is_change, part_change
from ultrasound.extract.clauses.chunks import Chunk, end_of, place_insets, start_of
from ultrasound.extract.clauses.predicates import (
    end_of_asking,
    find_predicates,
    note_signs,
)
from ultrasound.extract.clauses.questions import REPLIES
from ultrasound.extract.clauses.separators import (
    CHANGED,
    LISTS,
    NUMBER_JOINT,
    STRONG,
    STRONG_WORDS,
    is_plain,
    joins_ages,
    separator_of,
)
from ultrasound.extract.clauses.statements import (
    begins_former,
    follows_said,
    goes_by,
    goes_to_level,
    is_finding,
    is_listed,
    is_past_reply,
    is_perforator,
    is_statement,
    sets_apart,
    starts_denial,
)
from ultrasound.extract.clauses.wholes import settle_wholes
from ultrasound.extract.places.groups import Inset
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_POINTERS: Final = ("->", "→", "-", "⇒")
_PAIR: Final = 2  # elements of "from 3 mm", of "R no"
_ASKING: Final = (":", "-")  # between what is asked and its answer
_FURTHER: Final = ("with", "no", "and")  # before what is still of the vein of the clause before
_FILLERS: Final = ("the", "there", "then", "first", "now", "and")
_LASTING: Final = ("or", "nor", "(", "except", ":")  # not replaced by a separator right behind


def split_chunks(
    elements: Sequence[Element | PlaceGroup], insets: Iterable[Inset], marks: Marks
) -> list[Chunk]:
    """Split a sentence into its clauses; empty ones are left out."""
    splitter = _Splitter(marks)
    elements = settle_wholes(elements, marks)
    for index, element in enumerate(elements):
        splitter.end_reply(element)
        if is_plain(element, marks.tokens):
            splitter.add(element)
        elif not joins_ages(elements, index):
            for part in splitter.parts_of(element):
                splitter.take(part)
    splitter.close("end")
    if splitter.chunks and splitter.chunks[0].separator == "with":
        splitter.chunks[0].separator = "start"  # "With cuff release the GSV shows no reflux"
    for chunk in splitter.chunks:
        chunk.predicates = find_predicates(chunk.elements)
        for predicate in chunk.predicates:
            predicate.last = end_of_asking(predicate, chunk.cued, marks.tokens)
            note_signs(predicate, marks)
    place_insets(splitter.chunks, insets)
    return splitter.chunks


class _Splitter:
    """Cuts one sentence into clauses, its elements given from left to right."""

    def __init__(self, marks: Marks) -> None:
        self.chunks: list[Chunk] = []
        self._marks = marks
        self._current: list[Element | PlaceGroup] = []
        self._separator = "start"
        self._depth = 0
        self._clause = 0
        self._named: PlaceGroup | None = None  # the last place with a vein
        self._sided = False  # whether a leg with a colon was named

    def add(self, element: Element | PlaceGroup) -> None:
        """Add an element that separates nothing to the clause that is open."""
        self._current.append(element)

    def take(self, element: Element | PlaceGroup) -> None:
        """Add an element to the clause that is open, or begin one with it."""
        if self._leads_on(element):
            self.close("->")
        if self._marks.tokens[end_of(element)].norm == CHANGED and is_change(
            self._current, self._marks, on=self._has_changed()
        ):
            self.close(CHANGED)
            return
        if isinstance(element, PlaceGroup):
            self._open_place(element)
        mark = separator_of(element, self._marks)
        if mark in LISTS and self._current and is_listed(self._current[-1]):
            mark = NUMBER_JOINT
        if self._current and isinstance(element, Mention) and element.meaning.cues:
            self._begin_with(element)
        if mark is None or mark == NUMBER_JOINT:
            self._current.append(element)
            return
        if mark == ")" and not self._depth and self._is_counter():
            self._current = []
        self.close(mark)
        self._count(mark)

    def end_reply(self, element: Element | PlaceGroup) -> None:
        """End an answer that is complete before an element: "reflux: no compressible"."""
        if self._separator in _ASKING and self.chunks:
            asked = self.chunks[-1].elements
            if is_past_reply(asked, self._current, element, self._marks):
                self.close(",")

    def parts_of(self, element: Element | PlaceGroup) -> Iterable[Element | PlaceGroup]:
        """The element, or the two values that one has changed between."""
        if not isinstance(element, Number):
            return (element,)
        return part_change(self._current, element, self._marks, on=self._has_changed())

    def _has_changed(self) -> bool:
        """Whether the sentence has told of a change."""
        return any(chunk.separator == CHANGED for chunk in self.chunks)

    def _leads_on(self, element: Element | PlaceGroup) -> bool:
        """Whether it is the arrow of a chain behind a statement: "2 s -> thigh varicosities"."""
        if isinstance(element, (Token, Number)):
            return False
        arrow = self._marks.tokens[start_of(element)].text in _POINTERS
        if not arrow or not any(is_statement(e) for e in self._current):
            return False
        if isinstance(element, PlaceGroup):
            said = {p.vein for e in self._current if isinstance(e, PlaceGroup) for p in e.parts}
            ranged = all(part.vein in said and part.has_spot for part in element.parts)
            return element.has_vein and not ranged
        return element.cue("range")

    def _open_place(self, group: PlaceGroup) -> None:
        """End the clause before a place that begins one of its own."""
        labels = self._marks.tokens[group.last + 1 : group.last + 2]
        side = group.has_leg and bool(labels) and labels[0].text == ":"
        labelled = bool(labels) and labels[0].text == ":" and self._ends_labelled()
        if labelled or (side and is_only_leg(group) and self._ends_side()):
            self.close(";")
            self._count(";")
        elif self._begins_anew(group):
            self.close("and" if self._goes_on(group) else ",")
        self._sided = self._sided or side
        self._named = group if group.has_vein else self._named

    def _ends_side(self) -> bool:
        """Whether all is said of the leg before: "R: 4.1 mm, 0.3 s L: 3.6 mm, competent"."""
        return self._ends_measured() or (self._sided and self._ends_said())

    def _ends_labelled(self) -> bool:
        """Whether a measure of a place with a colon ends: "SFJ: nil/4.9 mm  mid thigh: nil"."""
        said = self._ends_measured() or (self._separator == ":" and self._ends_said())
        return said and any(chunk.separator == ":" for chunk in self.chunks)

    def _ends_measured(self) -> bool:
        """Whether the clause that is open ends with a number and its unit."""
        last = self._current[-1] if self._current else None
        return isinstance(last, Number) and last.unit is not None

    def _ends_said(self) -> bool:
        """Whether the clause that is open ends with a finding or a number."""
        return bool(self._current) and is_statement(self._current[-1])

    def _begins_anew(self, group: PlaceGroup) -> bool:
        """Whether a place begins a clause with no separator before it."""
        return (
            self._goes_on(group)
            or self._ends_exception(group)
            or self._is_answered(group)
            or self._ends_pair()
            or (self._separator == "no" and goes_by(self._current, group, self._marks))
            or self._goes_by(group)
        )

    def _opener(self) -> PlaceGroup | None:
        """The place that opens the clause, or the one before "with no reflux"."""
        opening: Sequence[Element | PlaceGroup] = self._current
        if self._separator in _FURTHER and self.chunks and not self.chunks[-1].depth:
            opening = self.chunks[-1].elements
        first = next((e for e in opening if not _is_filler(e)), None)
        return first if isinstance(first, PlaceGroup) else None

    def _goes_by(self, group: PlaceGroup) -> bool:
        """Whether a place begins its own statement straight behind that of another."""
        opener = self._opener()
        subject = opener if opener is None or opener.has_vein else self._named
        if subject is None or opener is None:
            return False
        return follows_said(subject, self._current, group, self._marks) or goes_to_level(
            opener, self._current, group, self._marks
        )

    def _ends_pair(self) -> bool:
        """Whether it stands straight behind a pair: the knee in "SFJ 7.1/2.1  knee 4.0/0.3"."""
        if self._separator != "/" or len(self._current) != 1 or not self.chunks:
            return False
        before = self.chunks[-1]
        return bool(before.groups) and isinstance(before.elements[-1], Number)

    def _goes_on(self, group: PlaceGroup) -> bool:
        """Whether a range goes on behind a number or a perforator: "and extends to the ankle"."""
        joined = self._marks.tokens[group.first].norm == "and"
        return joined and any(isinstance(e, Number) or is_perforator(e) for e in self._current)

    def _ends_exception(self, group: PlaceGroup) -> bool:
        """Whether the subject follows an opening exception: "except the POPV the deep veins …"."""
        if self._separator not in ("except", "start") or self.chunks or not group.has_vein:
            return False
        opens = self._separator == "except" or sets_apart(self._current)
        return opens and any(isinstance(e, PlaceGroup) for e in self._current)

    def _is_answered(self, group: PlaceGroup) -> bool:
        """Whether a place and its answer stand before another: "R no L yes", "R: no  L: yes"."""
        last = self._current[-1] if self._current else group
        if isinstance(last, PlaceGroup) or len(self._current) > _PAIR:
            return False
        follows = self._marks.tokens[group.last + 1 : group.last + 2]
        labels = bool(follows) and self._separator == follows[0].text and follows[0].text in ":-"
        placed = len(self._current) == _PAIR and isinstance(self._current[0], PlaceGroup)
        if not placed and not (labels and len(self._current) == 1):
            return False
        first = self._current[0]
        if placed and isinstance(first, PlaceGroup) and _is_of(first, group):
            return False
        return self._marks.words(start_of(last), end_of(last)).lower() in REPLIES

    def _is_counter(self) -> bool:
        """Whether the clause that is open is the number of an item: "1) Dodd, 2) Boyd"."""
        only = self._current[0] if len(self._current) == 1 else None
        return isinstance(only, Number) and only.unit is None and only.low.isdigit()

    def _begin_with(self, mention: Mention) -> None:
        """End the clause before a mention that begins one of its own."""
        if mention.cue("company") and any(is_finding(e) for e in self._current):
            self.close("without")
        elif mention.cue("versus") or begins_former(mention, self._current, self._marks):
            self.close("versus")
        elif mention.cue("contrast") or starts_denial(
            mention, self._current, excepted=self._separator == "except"
        ):
            self.close("no")
        elif mention.cue("against") and any(isinstance(e, Number) for e in self._current):
            self.close("versus")
        elif mention.cue("from") and isinstance(self._current[-1], Number):
            follows = self._marks.tokens[mention.last + 1 : mention.last + 2]
            if follows and follows[0].kind == "number":
                self.close("versus")  # "increased to 6 mm from 5 mm"

    def _count(self, mark: str) -> None:
        """Keep the depth of brackets and the number of the clause."""
        if mark in ("(", "["):
            self._depth += 1
        elif mark in (")", "]"):
            self._depth = max(0, self._depth - 1)
        elif mark in STRONG or mark in STRONG_WORDS:
            self._clause += 1

    def close(self, following: str) -> None:
        """End the clause that is open; ``following`` separates it from the next one."""
        if self._current:
            chunk = Chunk(self._separator, self._depth, self._clause, self._current)
            self.chunks.append(chunk)
            self._current = []
            self._separator = following
        elif (
            following in STRONG
            or following == "except"
            or self._separator == "start"
            or self._separator not in _LASTING
        ):
            self._separator = following


def _is_of(place: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether a vein follows that is one of a leg or level: "on the left no GSV reflux"."""
    return not place.has_vein and group.has_vein and not group.has_leg


def _is_filler(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Token) and element.norm in _FILLERS
