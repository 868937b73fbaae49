"""The findings and numbers of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.extract.clauses.questions import is_answered, is_replied
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Age, Finding

GRADES: Final = frozenset({"grade", "gr", "class"})  # words before the number of a degree
_EQUAL: Final = ("=", "is", "be", "appear", "look", "seem")  # "the thrombus is acute"
_NOT_ACUTE: Final = "present"  # the age of what is only said not to be acute
_LONGEST: Final = 4  # letters of a code in capitals; of one in small letters fewer
_SIZES: Final = ("depth", "diameter")
_SUFFICIENT: Final = ("reflux", "absent")
_OVER_VERB: Final = 2  # tokens from "diameter" over "is" to "sufficient"
_DENIALS: Final = ("negation", "none", "weak_negation")
TIMES: Final = ("s", "sec", "ms", "msec", "second", "millisecond")


@dataclass(slots=True)
class Predicate:
    """A finding or a number in a clause, and how it is asserted."""

    first: int
    last: int
    finding: Finding | None = None
    numbers: tuple[Number, ...] = ()
    age: str | None = None
    negated: tuple[int, int] | None = None
    free: tuple[int, int] | None = None
    weak: bool = False
    graded: bool = False
    affirmed: bool = False
    repeated: bool = False  # a name that what follows says again: "DVT: no acute DVT"
    answered: bool = False  # it was asked for, and its answer is its value: "clot: yes"
    sought: bool = False  # "scanned for reflux" does not say that there is any
    physiological: bool = False
    none_word: str | None = None
    opens: bool = False  # such a word can also deny what stands behind it: "nil reflux"
    heads: bool = False
    code: bool = False  # as short as a code: "NV"
    anatomy: str | None = None
    pair: int | None = None
    former: bool = False  # what "now" takes back: "the previously refluxing SSV is now competent"

    @property
    def value(self) -> str | None:
        """The coded value that a finding has here, None where it says nothing."""
        if self.finding is None:
            return None
        if self.negated is not None:
            return self.finding.denied
        return self.age if self.age and self.finding.property == "thrombus" else self.finding.value


def find_predicates(elements: Iterable[Element | PlaceGroup]) -> list[Predicate]:
    """The findings and numbers of a clause, from left to right."""
    found: list[Predicate] = []
    age: Age | None = None
    before: Element | PlaceGroup | None = None
    for element in elements:
        if isinstance(element, Number):
            if not _is_grade(before, element):
                _add_number(found, element)
        elif isinstance(element, Mention):
            if (row := element.row("age")) is not None:
                age = row if age is None or row.value != _NOT_ACUTE else age
                equal = before is not None and _is_equality(before)
                _age_before(found, row, element, equal=equal)
            _add_word(found, element, age)
        before = element
    found = [p for i, p in enumerate(found) if not _opens_noun(p, found[i + 1 : i + 2])]
    return [p for i, p in enumerate(found) if not (i and _is_of_size(found[i - 1], p))]


def _is_grade(before: Element | PlaceGroup | None, number: Number) -> bool:
    """Whether a number only grades what stands behind it: "grade 3 reflux"."""
    return isinstance(before, Token) and before.norm in GRADES and number.unit is None


def _is_of_size(label: Predicate, word: Predicate) -> bool:
    """Whether a word only tells of a size or depth: "distance from the skin is sufficient"."""
    named = label.finding is not None and label.finding.property in _SIZES
    valves = word.finding is not None and (word.finding.property, word.value) == _SUFFICIENT
    return named and valves and word.first - label.last <= _OVER_VERB


def _opens_noun(word: Predicate, behind: Sequence[Predicate]) -> bool:
    """Whether a "nil" is no answer, but denies the noun straight behind it: "nil reflux"."""
    noun = behind[0].finding if behind else None
    straight = bool(behind) and behind[0].first == word.last + 1
    return word.opens and straight and noun is not None and noun.kind == "noun"


def _is_equality(element: Element | PlaceGroup) -> bool:
    """Whether it joins a noun to what it is: "is", "=", "is likely", "appears to be".

    Or is the noun, before a bracket: "thrombus (chronic) in the left femoral vein".
    """
    if isinstance(element, Mention):
        return element.cue("uncertain") or element.row("finding") is not None
    return isinstance(element, Token) and element.norm in _EQUAL


def _add_word(found: list[Predicate], mention: Mention, age: Age | None) -> None:
    finding: Finding | None = mention.row("finding")
    if finding is not None:
        predicate = Predicate(mention.first, mention.last, finding)
        if age is not None and finding.property == "thrombus":
            predicate.age = age.value
        found.append(predicate)
    elif mention.cue("none", "negative"):
        word = "none" if mention.cue("none") else "negative"
        opens = mention.cue("negation")
        found.append(Predicate(mention.first, mention.last, none_word=word, opens=opens))


def _age_before(found: list[Predicate], age: Age, element: Mention, *, equal: bool) -> None:
    """Give an age just after the noun, or behind a sign or verb of equality, to the noun."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.finding is not None
        and last.finding.property == "thrombus"
        and (equal or last.last == element.first - 1)
        and last.age is None
    ):
        last.age = age.value


def _add_number(found: list[Predicate], number: Number) -> None:
    previous = found[-1] if found else None
    if previous is not None and previous.numbers and previous.numbers[-1].shared:
        previous.numbers = (*previous.numbers, number)
        previous.last = number.last
    else:
        found.append(Predicate(number.first, number.last, numbers=(number,)))


def note_signs(predicate: Predicate, marks: Marks) -> None:
    """Note what the signs about a finding make of it: what asks, a code, or one of a pair."""
    predicate.last = _end_of_unit(predicate, marks.tokens)
    behind = predicate.last + 1
    follows = marks.tokens[behind].text if behind < len(marks.tokens) else ""
    predicate.heads = follows in (":", "=") or (
        follows == "?" and is_answered(marks.tokens, behind)
    )
    text = marks.tokens[predicate.first].text
    predicate.code = predicate.first == predicate.last and len(text) < _LONGEST + text.isupper()
    if follows == "/":
        predicate.pair = 0
    elif marks.tokens[predicate.first - 1].text == "/":
        predicate.pair = 1


def _end_of_unit(predicate: Predicate, tokens: Sequence[Token]) -> int:
    """The last token of a finding that asks, with its unit: "reflux ms: 620", "reflux_ms = 0"."""
    behind = predicate.last + 1
    if behind < len(tokens) and tokens[behind].text == "_":
        behind += 1
    unit, sign = tokens[behind : behind + 1], tokens[behind + 1 : behind + 2]
    asks = bool(unit and sign) and unit[0].norm in TIMES and sign[0].text in (":", "=")
    return behind if asks and predicate.finding is not None else predicate.last


def end_of_asking(noun: Predicate, cued: Sequence[Mention], tokens: Sequence[Token]) -> int:
    """The last token of a finding, with the word that asks whether it is there: "clot seen?"."""
    seen = [m for m in cued if m.first == noun.last + 1 and m.cue("affirmation_after")]
    if not seen or any(m.cue(*_DENIALS) for m in cued):
        return noun.last
    return seen[0].last if is_replied(tokens, seen[0].last) else noun.last
