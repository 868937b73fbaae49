"""Clauses of a sentence: the pieces between commas, conjunctions and brackets, with what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ultrasound.extract.groups import Inset
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.marks import Element, Marks, first_of, last_of
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.quantities import DASHES, Number
from ultrasound.extract.tokens import Token
from ultrasound.knowledge.schema_text import Finding

STRONG: Final = (";",)
WEAK_SIGNS: Final = (",", "(", ")", "[", "]", ":", "/", "|", "+", "&")
WEAK_WORDS: Final = ("and", "or", "nor", "with", "which", "then", "plus", "having", "where")
STRONG_WORDS: Final = ("but", "whereas", "while", "although", "however", "though")


@dataclass(slots=True)
class Predicate:
    """A finding or a number in a clause, and how it is asserted."""

    first: int
    last: int
    finding: Finding | None = None
    numbers: tuple[Number, ...] = ()
    age: str | None = None
    negated: tuple[int, int] | None = None
    weak: bool = False
    graded: bool = False
    affirmed: bool = False
    physiological: bool = False
    none_word: str | None = None
    heads: bool = False
    anatomy: str | None = None

    @property
    def value(self) -> str | None:
        """The coded value that a finding has here, None where it says nothing."""
        if self.finding is None:
            return None
        if self.negated is not None:
            return self.finding.denied
        return self.age if self.age and self.finding.property == "thrombus" else self.finding.value


@dataclass(slots=True)
class Chunk:
    """A clause: tokens ``first`` to ``last`` inclusive, the separator before it, its contents."""

    separator: str
    depth: int
    clause: int
    elements: list[Element | PlaceGroup] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)
    insets: list[Inset] = field(default_factory=list)
    uncertain: tuple[int, int] | None = None
    prior: tuple[int, int] | None = None
    dismissed: str | None = None
    dismissed_by: tuple[int, int] | None = None
    other_method: bool = False

    @property
    def groups(self) -> list[PlaceGroup]:
        """The place phrases of the clause."""
        return [e for e in self.elements if isinstance(e, PlaceGroup)]

    @property
    def first(self) -> int:
        """First token."""
        return start_of(self.elements[0])

    @property
    def last(self) -> int:
        """Last token."""
        return end_of(self.elements[-1])

    def cues(self, *kinds: str) -> list[Mention]:
        """The cues of some kinds in the clause."""
        return [e for e in self.elements if isinstance(e, Mention) and e.cue(*kinds)]

    def words(self) -> list[str]:
        """The folded words that are not part of a mention."""
        return [e.norm for e in self.elements if isinstance(e, Token)]


def start_of(element: Element | PlaceGroup) -> int:
    """First token of an element or place phrase."""
    return element.first if isinstance(element, PlaceGroup) else first_of(element)


def end_of(element: Element | PlaceGroup) -> int:
    """Last token of an element or place phrase."""
    return element.last if isinstance(element, PlaceGroup) else last_of(element)


def split_chunks(
    elements: Sequence[Element | PlaceGroup], insets: Iterable[Inset], marks: Marks
) -> list[Chunk]:
    """Split a sentence into its clauses; empty ones are left out."""
    chunks: list[Chunk] = []
    separator, depth, clause = "start", 0, 0
    current: list[Element | PlaceGroup] = []

    def close(following: str) -> None:
        nonlocal current, separator
        if current:
            chunks.append(Chunk(separator, depth, clause, current))
            current = []
            separator = following
        elif following in STRONG or following == "except" or separator == "start":
            separator = following
        elif separator not in ("or", "nor", "(", "except", ":"):
            separator = following

    for element in elements:
        mark = _separator_of(element, marks)
        if _starts_denial(element, current):
            close("no")
        if isinstance(element, Mention) and element.cue("versus") and current:
            close("versus")
        if mark is None:
            current.append(element)
            continue
        if mark == "number-joint":
            current.append(element)
            continue
        close(mark)
        if mark in ("(", "["):
            depth += 1
        elif mark in (")", "]"):
            depth = max(0, depth - 1)
        elif mark in STRONG or mark in STRONG_WORDS:
            clause += 1
    close("end")
    for chunk in chunks:
        chunk.predicates = _find_predicates(chunk)
        for predicate in chunk.predicates:
            follows = marks.tokens[predicate.last + 1 : predicate.last + 2]
            predicate.heads = bool(follows) and follows[0].text in (":", "=")
    _place_insets(chunks, insets)
    return chunks


def _separator_of(element: Element | PlaceGroup, marks: Marks) -> str | None:
    if isinstance(element, Mention):
        return "except" if element.cue("except") else None
    if not isinstance(element, Token):
        return None
    if element.text == "." and not element.gap and marks.tokens[element.index - 1].text == ".":
        return ":"  # a dotted leader
    if element.text in STRONG or element.norm in STRONG_WORDS:
        return ";" if element.text == ";" else element.norm
    if element.text == "/" and not element.gap and marks.tokens[element.index - 1].kind == "number":
        if not any(n.last == element.index - 1 for n in marks.numbers):
            return None  # a date
    if element.text in WEAK_SIGNS or element.norm in WEAK_WORDS:
        return _joins_numbers(element, marks) or element.norm
    if element.text in (*DASHES, ">", "→") and element.gap:
        return "-"
    return None


def _starts_denial(element: Element | PlaceGroup, current: Sequence[Element | PlaceGroup]) -> bool:
    """ "… all compress no dvt": a denial after a statement begins a statement of its own."""
    if not isinstance(element, Mention) or not element.cue("negation"):
        return False
    return (
        element.last == element.first
        and any(_is_statement(e) for e in current)
        and not any(isinstance(e, Mention) and e.cue("negation", "none") for e in current)
    )


def _is_statement(element: Element | PlaceGroup) -> bool:
    if isinstance(element, Number):
        return True
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.kind == "word"


def _joins_numbers(token: Token, marks: Marks) -> str | None:
    """The comma or "and" within a list of numbers that share one unit."""
    if token.norm not in (",", "and", "or", "&", "/"):
        return None
    before = [n for n in marks.numbers if n.last < token.index]
    return (
        "number-joint"
        if before and before[-1].shared and before[-1].last >= token.index - 2
        else None
    )


def _place_insets(chunks: list[Chunk], insets: Iterable[Inset]) -> None:
    for inset in insets:
        for chunk in chunks:
            if inset.group in chunk.elements:
                chunk.insets.append(inset)


def _find_predicates(chunk: Chunk) -> list[Predicate]:
    found: list[Predicate] = []
    age: Mention | None = None
    for element in chunk.elements:
        if isinstance(element, Number):
            _add_number(found, element)
        elif isinstance(element, Mention):
            if (row := element.row("age")) is not None:
                age = element
                _age_before(found, row.value, element)
            if (finding := element.row("finding")) is not None:
                predicate = Predicate(element.first, element.last, finding)
                if age is not None and finding.property == "thrombus":
                    predicate.age = age.row("age").value
                found.append(predicate)
            elif element.cue("none", "negative"):
                word = "none" if element.cue("none") else "negative"
                found.append(Predicate(element.first, element.last, none_word=word))
    return found


def _age_before(found: list[Predicate], value: str, element: Mention) -> None:
    """ "thrombus, acute": an age just after the noun."""
    if found and found[-1].finding is not None and found[-1].finding.property == "thrombus":
        if found[-1].last == element.first - 1 and found[-1].age is None:
            found[-1].age = value


def _add_number(found: list[Predicate], number: Number) -> None:
    previous = found[-1] if found else None
    if previous is not None and previous.numbers and previous.numbers[-1].shared:
        previous.numbers = (*previous.numbers, number)
        previous.last = number.last
    else:
        found.append(Predicate(number.first, number.last, numbers=(number,)))
