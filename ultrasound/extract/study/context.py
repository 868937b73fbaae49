"""Facts of the study that a report states beside its findings: why, how, and how far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ultrasound.domain import Assertion, Context, Leg, TextSpan
from ultrasound.extract.facts.fact import Fact
from ultrasound.extract.reading import Reading
from ultrasound.extract.study.denials import is_denied
from ultrasound.extract.study.lengths import read_lengths
from ultrasound.extract.study.limitations import LimitationReader
from ultrasound.extract.study.restless import NAME, RestlessReader
from ultrasound.extract.study.stated import find_stated
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import ContextWords, TextKnowledge

_VALUE_REACH: Final = 4  # tokens from a laboratory test or medicine to its number
_UNITS: Final = ("ng", "ug", "µg", "mcg", "mg", "ml", "l", "dl", "g", "/", "mmol", "umol", "%")
_DAILY: Final = ("nocte", "hs", "od", "bd", "tds", "daily")  # how often a medicine is taken
_WHY: Final = ("indication", "history", "title")
_SILENT: Final = ("title", "identity")  # lines that are no section of the contract


@dataclass(frozen=True, slots=True)
class Scan:
    """A report that is looked through: ``opening`` is the token where its findings begin."""

    marks: Marks
    reading: Reading
    document: str
    locate: Callable[[int, int], TextSpan]
    opening: int

    def quote(self, first: int, last: int) -> TextSpan:
        """The span of some tokens, the last one included."""
        return self.locate(*self.marks.span(first, last))

    def state(
        self, fact: str, value: str, origin: TextSpan, section: str, leg: Leg | None = None
    ) -> Context:
        """A fact of a section."""
        named = section if section not in _SILENT else None
        return Context(leg, fact, value, origin, self.document, section=named)


class ContextReader:
    """Finds context facts by the tables of their words, and by their forms."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        words: dict[tuple[str, ...], list[ContextWords]] = {}
        for row in knowledge.context.fact:
            for term in row.terms:
                rows = words.setdefault(fold_term(term), [])
                if row not in rows:
                    rows.append(row)
        self._words = PhraseTable(words)
        self._limitations = LimitationReader(knowledge)
        self._restless = RestlessReader(knowledge)

    def read(
        self, marks: Marks, reading: Reading, document: str, locate: Callable[[int, int], TextSpan]
    ) -> list[Context]:
        """The context facts of a report, each once, in the order of the text."""
        # what stands over the first finding, under no heading, says why the exam was made
        facts = [o.cue[0] for o in reading.outcomes if isinstance(o, Fact)]
        scan = Scan(marks, reading, document, locate, opening=min(facts, default=0))
        found: dict[tuple[Leg | None, str, str], Context] = {}
        for fact in self._read_all(scan):
            found.setdefault((fact.leg, fact.fact, fact.value), fact)
        sided = {key[1:] for key in found if key[0] is not None}
        # "post-procedure duplex" in the title says no more than "after RFA of the left GSV"
        return [fact for key, fact in found.items() if key[0] is not None or key[1:] not in sided]

    def _read_all(self, scan: Scan) -> Iterator[Context]:
        for section, first, last in scan.reading.sections:
            if section in _WHY or first < scan.opening:
                # first, so that words which name the restless legs too keep their criterion
                yield from self._read_restless(scan, section, first, last)
            yield from self._read_words(scan, section, first, last)
            for fact, leg, at, words in find_stated(scan.marks, section, (first, last)):
                yield scan.state(fact, words, scan.locate(at, at + len(words)), section, leg)
            for start, end, leg in self._limitations.find(scan.marks, scan.reading, first, last):
                origin = scan.quote(start, end)
                yield scan.state("limitation", _as_written(origin), origin, section, leg)
        for first, last in scan.reading.criteria:
            origin = scan.quote(first, last)
            yield scan.state("criterion_stated", origin.quote, origin, "title")
        for fact, value, number, section, leg in read_lengths(scan.marks, scan.reading):
            yield scan.state(fact, value, scan.quote(number.first, number.last), section, leg)

    def _read_restless(self, scan: Scan, section: str, first: int, last: int) -> Iterator[Context]:
        """Words of the criteria of restless legs, said of the restless legs of the patient."""
        for code, index, after in self._restless.find(scan.marks, first, last):
            if section in _WHY or index < scan.opening:
                origin = scan.quote(index, after - 1)
                fact = scan.state("rls_wording", _as_written(origin), origin, section)
                yield replace(fact, kind=code)

    def _doubt(
        self, marks: Marks, row: ContextWords, fact: Context, at: tuple[int, int, int, int]
    ) -> Context:
        """The fact, uncertain where the report only asks for restless legs."""
        if row.value == NAME and self._restless.is_doubted(marks, at):
            return replace(fact, assertion=Assertion.UNCERTAIN)
        return fact

    def _read_words(self, scan: Scan, section: str, first: int, last: int) -> Iterator[Context]:
        """The facts that the tables know by their words."""
        tokens, firsts = scan.marks.tokens, self._words.firsts
        index = first
        while index < last:
            if tokens[index].norm not in firsts:
                index += 1
                continue
            rows, after = self._words.find(tokens, index, last) or ((), index + 1)
            for row in rows:
                if is_denied(scan.marks, index, first) or not _may_state(scan, row, section, index):
                    continue
                found = (index, after, first, last)
                if self._restless.is_of_others(scan.marks, row, found):
                    continue
                for fact in _state_row(scan, row, section, found):
                    yield self._doubt(scan.marks, row, fact, found)
            index = after


def _may_state(scan: Scan, row: ContextWords, section: str, index: int) -> bool:
    """Whether a section can state a fact: a plan places nobody, a finding is no indication."""
    if row.fact == "indication":
        return section in _WHY or index < scan.opening
    return row.fact not in ("position", "provocation") or section != "recommendation"


def _state_row(
    scan: Scan, row: ContextWords, section: str, at: tuple[int, int, int, int]
) -> Iterator[Context]:
    """What a row says at a place: its words from ``index`` up to ``after``, in a section's span."""
    index, after, first, last = at
    end = after - 1
    if row.fact == "contributor":  # with its number: "ferritin 12 ng/mL"
        end = _measured_end(scan.marks, after, last)
    origin = scan.quote(index, end)
    leg = _leg_beside(scan.marks, index, first, last) if row.fact == "indication" else None
    value = _as_written(origin) if row.fact == "contributor" else row.value
    fact = scan.state(row.fact, value, origin, section, leg)
    yield replace(fact, kind=row.value) if row.fact == "contributor" else fact
    if row.value == NAME:
        yield scan.state("rls_wording", _as_written(origin), origin, section)


def _as_written(origin: TextSpan) -> str:
    return " ".join(origin.quote.split())


def _measured_end(marks: Marks, after: int, last: int) -> int:
    """The last token of a laboratory value or dose behind its name, else that of the name."""
    tokens = marks.tokens[after : min(last, after + _VALUE_REACH)]
    number = next((t for t in tokens if t.kind == "number"), None)
    if number is None or any(t.text in (",", ";", ".") for t in tokens[: number.index - after]):
        return after - 1
    end = number.index
    while end + 1 < last and "\n" not in marks.tokens[end + 1].gap:
        if marks.tokens[end + 1].norm not in (*_UNITS, *_DAILY):
            break
        end += 1
    return end


def _leg_beside(marks: Marks, index: int, first: int, last: int) -> Leg | None:
    """The one leg that the clause of a symptom names."""
    low = index
    while low > first and marks.tokens[low - 1].text not in (",", ";", "."):
        low -= 1
    high = index
    while high < last and marks.tokens[high].text not in (",", ";", "."):
        high += 1
    return marks.one_leg(low, high)
