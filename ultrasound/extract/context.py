"""Facts of the study that a report states beside its findings: why, how, and how far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ultrasound.domain import Context, Leg, TextSpan
from ultrasound.extract.marks import Marks
from ultrasound.extract.phrases import PhraseTable
from ultrasound.extract.reading import Reading
from ultrasound.extract.tokens import fold_term
from ultrasound.knowledge.schema_text import ContextWords, TextKnowledge

_NEGATIONS: Final = ("no", "not", "without", "denies", "nor", "repeat", "rather")
_REACH: Final = 3  # words from a negation to what it denies
_WHY: Final = ("indication", "history", "title")
CEAP: Final = re.compile(
    r"\bC[0-6][abc]?r?(?:\s?,\s?\d?[abc]?r?(?![a-z]))*(?:\s?,?\s?\(?[sSaA]\)?(?![a-zA-Z,.]*\s?[dp]\b))?"
    r"(?:[\s,;]+E[pscni]{1,2}\b)?(?:[\s,;]+A[spdn](?:,\s?[spd])*\b)?(?:[\s,;]+P[rosn](?:,\s?o)?\b)?"
)
VCSS: Final = re.compile(r"\bVCSS\b\D{0,12}(\d{1,2})\b")
DATE: Final = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?,?\s+(?:19|20)\d\d|(?:19|20)\d\d)\b"
)


class ContextReader:
    """Finds context facts by the table of their words."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        words: dict[tuple[str, ...], list[ContextWords]] = {}
        for row in knowledge.context.fact:
            for term in row.terms:
                rows = words.setdefault(fold_term(term), [])
                if row not in rows:
                    rows.append(row)
        self._words = PhraseTable(words)

    def read(
        self, marks: Marks, reading: Reading, document: str, locate: Callable[[int, int], TextSpan]
    ) -> list[Context]:
        """The context facts of a report, each once, in the order of the text."""
        found: dict[tuple[Leg | None, str, str], Context] = {}
        for section, first, last in reading.sections:
            for fact in self._read_section(marks, section, (first, last), (document, locate)):
                found.setdefault((fact.leg, fact.fact, fact.value), fact)
        for first, last in reading.criteria:
            span = locate(*marks.span(first, last))
            fact = Context(None, "criterion_stated", span.quote, span, document)
            found.setdefault((None, fact.fact, fact.value), fact)
        return list(found.values())

    def _read_section(
        self,
        marks: Marks,
        section: str,
        span: tuple[int, int],
        target: tuple[str, Callable[[int, int], TextSpan]],
    ) -> Iterator[Context]:
        document, locate = target
        first, last = span
        index = first
        while index < last:
            rows, after = self._words.find(marks.tokens, index, last) or ((), index + 1)
            for row in rows:
                if row.fact == "indication" and section not in _WHY:
                    continue
                if _is_denied(marks, index, first):
                    continue
                origin = locate(*marks.span(index, after - 1))
                leg = _leg_beside(marks, index, first, last) if row.fact == "indication" else None
                value = row.value
                if row.fact == "limitation":  # as written: what limits, and what it limits
                    origin = locate(*_sentence_about(marks, index, after - 1, first))
                    value = " ".join(origin.quote.split())
                yield Context(leg, row.fact, value, origin, document, section=_named(section))
                if row.value == "restless_legs":
                    words = " ".join(origin.quote.split())
                    yield Context(
                        None, "rls_wording", words, origin, document, section=_named(section)
                    )
            index = after
        yield from _read_patterns(marks, section, span, target)


def _read_patterns(
    marks: Marks,
    section: str,
    span: tuple[int, int],
    target: tuple[str, Callable[[int, int], TextSpan]],
) -> Iterator[Context]:
    """CEAP and VCSS as stated, and the date of the exam compared with."""
    document, locate = target
    start, end = marks.span(span[0], span[1] - 1)
    patterns = [("ceap_stated", CEAP), ("vcss_stated", VCSS)]
    if section == "comparison":
        patterns.append(("comparison_date", DATE))
    for fact, pattern in patterns:
        for match in pattern.finditer(marks.text, start, end):
            words = match.group(1) if pattern is VCSS else match.group().strip(" ,;")
            at = match.start(1) if pattern is VCSS else match.start()
            origin = locate(at, at + len(words))
            leg = _leg_before(marks, at) if fact == "ceap_stated" else None
            yield Context(leg, fact, words, origin, document, section=_named(section))


def _named(section: str) -> str | None:
    return section if section not in ("title", "identity") else None


def _is_denied(marks: Marks, index: int, first: int) -> bool:
    """Whether a negation stands up to three words before in the clause, as in "no ulcer"."""
    for position in range(index - 1, max(first, index - _REACH) - 1, -1):
        token = marks.tokens[position]
        if token.text in (",", ";", "."):
            return False
        if token.norm in _NEGATIONS:
            return True
    return False


def _sentence_about(marks: Marks, first: int, last: int, start: int) -> tuple[int, int]:
    """The characters of the sentence or line that holds some tokens, from ``start`` on."""
    tokens = marks.tokens
    while first > start and not _ends(marks, first - 1):
        first -= 1
    while last + 1 < len(tokens) and not _ends(marks, last):
        last += 1
    last -= int(tokens[last].text == "." and last > first)
    return marks.span(first, last)


def _ends(marks: Marks, index: int) -> bool:
    """Whether a token is the last of its sentence or line."""
    follows = marks.tokens[index + 1 : index + 2]
    if not follows or "\n" in follows[0].gap:
        return True
    return marks.tokens[index].text in (".", ";") and bool(follows[0].gap)


def _leg_beside(marks: Marks, index: int, first: int, last: int) -> Leg | None:
    """The one leg that the clause of a symptom names."""
    low = index
    while low > first and marks.tokens[low - 1].text not in (",", ";", "."):
        low -= 1
    high = index
    while high < last and marks.tokens[high].text not in (",", ";", "."):
        high += 1
    named = {
        name
        for mention in marks.mentions_in(low, high)
        if (row := mention.row("leg"))
        for name in row.legs
    } - {"other"}
    return Leg(named.pop()) if len(named) == 1 else None


def _leg_before(marks: Marks, offset: int) -> Leg | None:
    """The leg named last on the line before a CEAP class."""
    line = marks.text.rfind("\n", 0, offset) + 1
    for mention in reversed(marks.mentions):
        row = mention.row("leg")
        start = marks.tokens[mention.first].start
        if row is not None and line <= start < offset:
            return Leg(row.legs[0]) if len(row.legs) == 1 and row.legs[0] != "other" else None
    return None
