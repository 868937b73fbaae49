"""The place phrases of a sentence, found among its other words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.ahead import CONJUNCTIONS
from ultrasound.extract.places.dash_ranges import is_dash_range
from ultrasound.extract.places.eponyms import join_eponyms
from ultrasound.extract.places.group_words import (
    ALIKE,
    BETWEEN,
    OWN,
    is_denied_side,
    is_level_open,
    is_new_vein,
    is_text,
    join_between,
    leads_down,
    leg_of,
    legs_of,
    next_place,
    opens_clause,
    opens_junction,
    opens_other,
    says_absent,
    says_own,
    sets_apart,
    states,
)
from ultrasound.extract.places.joints import (
    end_of_leg,
    end_of_relative,
    is_led,
    joins_place,
    joint_at,
    leads_number,
    leaves_level,
    opens_subject,
)
from ultrasound.extract.places.left_places import leaves_perforator, names_source
from ultrasound.extract.places.listed_levels import (
    answers_list,
    lists_on,
    lists_systems,
    lists_values,
    read_level_bracket,
    read_number_bracket,
    words_lead_on,
)
from ultrasound.extract.places.members import leave_group
from ultrasound.extract.places.new_subjects import opens_subject_anew
from ultrasound.extract.places.places import PlaceGroup, Routes, is_place, read_group
from ultrasound.extract.places.range_starts import finding_before
from ultrasound.extract.words.marks import Element, first_of, last_of
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.value import value_type

_LONGEST_GAP, _NEXT_PLACE = 7, 3  # elements
_SUBJECTS: Final = (";", ":", "while", "whereas", "although")  # a subject stands behind them
_PASSED: Final = ("location", "joint", "range", "current")  # "the SSV now clear"


@value_type
class Inset:
    """A number in brackets inside a range: it belongs to the range's first place."""

    number: Number
    group: PlaceGroup


class GroupFinder:
    """Reads the place phrases of one sentence, given as its elements."""

    def __init__(self, elements: Sequence[Element], routes: Routes) -> None:
        self._elements = join_between(elements)
        self._routes = routes
        self._predicate_before = self._absent = False  # the second: a vein is not there
        self._start, self._apart = 0, bool(elements) and sets_apart(elements[0])
        self._governed = self._opened = False  # the second: it is the subject behind a comma

    def find_groups(self) -> tuple[list[Element | PlaceGroup], list[Inset]]:
        """The sentence with each place phrase put in the place of its words."""
        if not any(type(e) is Mention and e.meaning.is_place for e in self._elements):
            return list(self._elements), []
        result: list[Element | PlaceGroup] = []
        insets: list[Inset] = []
        index = 0
        while index < len(self._elements):
            element = self._elements[index]
            run: list[Mention | str] | None = None
            if isinstance(element, Mention):
                self._opened = self._predicate_before and opens_subject(self._elements, index)
                self._governed = self._predicate_before and not opens_clause(self._elements, index)
                end, run, numbers = self._read_run(index, element)
            if run is None:
                self._note(element)
                result.append(element)
                index += 1
                continue
            first, last = first_of(element), last_of(self._elements[end])
            group = read_group(first, last, run, self._routes)
            group = leave_group(group, self._elements[index : end + 1])
            result.append(group)
            insets.extend(Inset(number, group) for number in numbers)
            index = end + 1
        return join_eponyms(result), insets

    def _note(self, element: Element) -> None:
        if isinstance(element, Token):
            self._predicate_before &= element.text not in _SUBJECTS
        elif isinstance(element, Number) or states(element):
            self._predicate_before = True
            self._absent = says_absent(element)

    def _read_run(
        self, index: int, start: Mention
    ) -> tuple[int, list[Mention | str] | None, list[Number]]:
        run, numbers = list[Mention | str](), list[Number]()
        if not is_place(start):
            if not self._opens_range(index):
                return index, None, []
            run.append("extends" if start.cue("extends") else "range")
        else:
            run.append(start)
        end, self._start, led = index, index, is_led(self._elements, index)
        while True:
            step = self._extend(end, run, led=led)
            if step is None:
                break
            end, words, inner = step
            run, numbers = [*run, *words], [*numbers, *inner]
        return end, run if any(isinstance(i, Mention) for i in run) else None, numbers

    def _finds(self, position: int) -> bool:
        """Whether a word that finds something stands straight behind the vein at a position."""
        element, *behind = self._elements[position:]
        if not isinstance(element, Mention) or element.row("vein", "place") is None:
            return False
        for later in behind:
            if isinstance(later, Mention):
                row = later.row("finding")
                return row is not None and row.kind == "word"
            if not isinstance(later, Token) or later.norm not in (*BETWEEN, "remnant", "trunk"):
                return False
        return False

    def _opens_range(self, index: int) -> bool:
        """Whether a range word stands straight after a finding ("refluxing to the knee")."""
        element = self._elements[index]
        if not isinstance(element, Mention) or not element.cue("range"):
            return False
        before = finding_before(self._elements, index)
        finding = before.row("finding") if isinstance(before, Mention) else None
        told = isinstance(before, Mention) and before.cue("here")  # "from there to the knee"
        told = told or is_text(before, "so") or (finding is not None and leads_down(finding))
        place = next_place(self._elements, index)
        a_branch = is_text(self._elements[min(index + 1, len(self._elements) - 1)], "a")
        leads = place is not None and words_lead_on(["range"], self._elements, place)
        alone = element.last > element.first and not (a_branch or element.cue("led_range"))
        return leads and (told or alone)

    def _extend(
        self, end: int, run: Sequence[Mention | str], *, led: bool
    ) -> tuple[int, list[Mention | str], list[Number]] | None:
        """The next place of the phrase after position ``end``, with the words in between."""
        words, numbers, position = list[Mention | str](), list[Number](), end + 1
        levels = read_level_bracket(self._elements, position)
        if levels is not None:
            return position + len(levels) + 1, [*levels], numbers
        reach = end + _LONGEST_GAP
        while position <= min(reach, len(self._elements) - 1):
            element = self._elements[position]
            if isinstance(element, Mention) and is_place(element):
                between, ahead = self._elements[end + 1 : position], self._elements[position:]
                if names_source(run, words, ahead):
                    return position, [*words, "filler"], numbers  # "L calf from SSV"
                leads = words_lead_on(words, self._elements, position)
                leads = leads and not leaves_perforator(run, words, between, ahead)
                if not leads or not self._may_join(words, position, run, led=led):
                    return None
                return position, [*words, element], numbers
            bracket = read_number_bracket(self._elements, position)
            if bracket is not None:
                reach += bracket[0] - position - 1
                position, inner = bracket
                numbers.extend(inner)
                continue
            dash = position == end + 1 and is_dash_range(self._elements[end : position + 3])
            word = "range" if dash else joint_at(self._elements, position)
            if word is None or (numbers and word not in ("range", "extends", "filler")):
                return None
            words.append(word)
            position += 1
        return None

    def _may_join(
        self,
        words: Sequence[Mention | str],
        position: int,
        run: Sequence[Mention | str],
        *,
        led: bool,
    ) -> bool:
        element, *answers = self._elements[position : position + 2]
        if "," not in words and is_level_open(run, element):
            return True
        if not any(word in CONJUNCTIONS for word in words):
            return not (self._is_new_subject(position) or self._is_other_side(run, element, words))
        # "From the SFJ to the knee, the left GSV is …"
        denied = led and "range" in run and words[0] == "," and bool(leg_of(element))
        denied |= is_denied_side(run, element, answers) or opens_other(run, words, element, answers)
        denied |= leaves_level(run, self._elements, self._start, position)
        opens = (led and self._finds(position)) or opens_junction(run, self._elements, position)
        opens = opens and not {",", "+"}.isdisjoint(words)
        opens = opens or (words[0] == "," and self._is_denied(position))
        comma, told = words == [","] + ["filler"] * (len(words) - 1), self._predicate_before
        anew = comma and is_new_vein(run, element, told=told)
        anew = anew and not lists_systems(run, self._elements, position, told=told)
        started = self._start, position
        opens = opens or opens_subject_anew(run, words, self._elements, started, told=told)
        if denied or anew or opens or self._is_other_side(run, element, words):
            return False
        own = isinstance(element, Mention) and self._is_own_clause(position)
        apart = (own and not self._opened) or (
            self._apart and not lists_on(self._elements, position)
        )
        governed = self._governed and not answers_list(self._elements, position)
        return not (("," in words and apart) or (governed and own))

    def _is_denied(self, position: int) -> bool:
        """Whether a vein with an article stands behind one that is not there: "no SPJ, the SSV"."""
        denial = self._elements[self._start - 1] if self._start else None
        denied = isinstance(denial, Mention) and denial.cue("negation")
        return denied and is_text(self._elements[position - 1], "the")

    def _is_new_subject(self, position: int) -> bool:
        """Whether a vein with an article stands straight behind a vein: "… the GSV the SFJ is"."""
        if position < _NEXT_PLACE - 1:
            return False
        before, article, element = self._elements[position - 2 : position + 1]
        led = isinstance(article, Token) and article.norm == "the"
        veins = [isinstance(e, Mention) and self._is_single(e) for e in (before, element)]
        side = isinstance(element, Mention) and element.row("leg") is not None
        follows = self._elements[position + 1 : position + 2]
        named = side and bool(follows) and isinstance(follows[0], Mention) and is_place(follows[0])
        return led and veins[0] and (veins[1] or named)

    def _is_single(self, mention: Mention) -> bool:
        """Whether it names a vein; a system goes on about its veins unless these are set apart."""
        row = mention.row("vein", "place")
        system = getattr(row, "code", None) in ("DEEP", "SUPERFICIAL")
        return row is not None and (self._apart or not system)

    def _is_other_side(
        self, run: Sequence[Mention | str], element: Element, words: Sequence[Mention | str]
    ) -> bool:
        """Whether the other leg begins: "the right refluxes in the thigh, on the left in the calf".

        The leg of the run stands before it, so that a leg behind its level is another one's.
        """
        leg, places = leg_of(element), [item for item in run if isinstance(item, Mention)]
        named = legs_of if "," in words else leg_of  # "both reflux in the thigh, the right …"
        before = (m for e in reversed(self._elements[: self._start]) if (m := named(e)))
        side = next(before, None)
        if not leg or side is None or any(leg_of(item) for item in places):
            return False
        return side != leg and any(item.row("level", "zone", "place") for item in places)

    def _is_own_clause(self, position: int) -> bool:
        """Whether a finding or number of its own follows a place and what is joined to it."""
        index = position + 1
        while index < len(self._elements):
            element = self._elements[index]
            if isinstance(element, Mention):
                if is_place(element) or element.cue(*_PASSED):
                    index += 1
                    continue
                behind = self._elements[index + 1 : index + 2]
                says = says_own(element, *behind, absent=self._absent)
                return self._predicate_before and says and not lists_values(self._elements, index)
            if isinstance(element, Number):
                return self._predicate_before and not lists_values(self._elements, index)
            if leads_number(self._elements, index):  # "… at mid calf and the SSV for 1.4 s"
                return self._predicate_before and not lists_values(self._elements, index + 1)
            if onward := end_of_relative(self._elements, index) or end_of_leg(
                self._elements, index
            ):
                index = onward
                continue
            # "6, 5 and 4 mm at the SFJ, mid thigh and knee and refluxes"
            joined = element.norm in ALIKE and joins_place(self._elements, index)
            if not joined and element.norm not in BETWEEN:
                return element.norm in OWN and self._predicate_before
            index += 1
        return False
