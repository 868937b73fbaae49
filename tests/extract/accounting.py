"""Counts what a reading leaves unaccounted for, by its own walk over the marks of a report.

Every vein, every word for a finding and every number with a unit of time, length or velocity in the
body of a report must lie in the clause of a fact, in what it rests on, in a review item, or in a
sentence of which a dismissal shows its cue. Titles, headings and the headers of tables name what
stands under them and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ultrasound.extract.facts.fact import Fact, Pass
from ultrasound.extract.lines.headings import HeadReader
from ultrasound.extract.lines.layout import split_lines
from ultrasound.extract.places.sites import Span
from ultrasound.extract.reading import Reading
from ultrasound.extract.tables.reader import TableReader
from ultrasound.extract.words.marks import Marks

_BODY: Final = ("findings", "impression")
_MEASURES: Final = ("time", "length", "velocity")
_BESIDE: Final = 7  # tokens between two names of one phrase
# A line behind a comma, or set in and in small letters, is the rest of the one before; before more
# of its line the stop of "vs." and "perf." ends nothing, nor does a question mark between blanks.
_GOES_ON: Final = r"(?!(?:(?<=\bvs)\.|(?<=\bperf)\.|(?<=\s)\?) [a-z?])(?!(?<=\bMr [A-Z])\.)"
_END: Final = re.compile(rf"(?<!\.){_GOES_ON}[.!?](?=\s|$)|(?<!,)\n(?![ \t]+[a-z])")
_WRAPPED: Final = re.compile(r"\n[a-z]+ [a-z]")  # amid the words of a sentence,
_WIDTH: Final = 60  # of which the line before is as long as a line can be


@dataclass(frozen=True)
class Loose:
    """Words that nothing accounts for."""

    start: int
    quote: str


def find_loose(
    marks: Marks, reading: Reading, heads: HeadReader, tables: TableReader
) -> list[Loose]:
    """The words of a report's body that end nowhere."""
    covered = {index for span in _list_covered(marks, reading) for index in _tokens(span)}
    covered |= set(_list_structure(marks, heads, tables))
    covered |= set(_list_details(marks, covered))
    body = [(first, last) for name, first, last in reading.sections if name in _BODY]
    return [
        Loose(marks.tokens[first].start, marks.words(first, last))
        for first, last in _list_due(marks)
        if any(start <= first < end for start, end in body)
        and covered.isdisjoint(_tokens((first, last)))
        and not _is_refined(marks, reading, (first, last))
    ]


def _is_refined(marks: Marks, reading: Reading, span: Span) -> bool:
    """Whether the vein is said again, closer, where a fact of it is stated: "SSV: SPJ"."""
    mention = marks.mention_at(span[0])
    row = mention.row("vein", "place", "inferred") if mention is not None else None
    if row is None:
        return False
    veins = {*getattr(row, "veins", ()), getattr(row, "code", None), getattr(row, "vein", None)}
    veins |= {*getattr(row, "members", ())}  # "deep disease: popliteal reflux"
    first, last = _sentence_about(marks, span)
    perforators = {"PERF", "TPV", "CPV"}
    return any(
        first <= outcome.cue[0] <= last
        and (outcome.vein in veins or (outcome.vein in perforators and veins & perforators))
        for outcome in reading.outcomes
        if isinstance(outcome, Fact)
    )


def _tokens(span: Span) -> range:
    return range(span[0], span[1] + 1)


def _list_covered(marks: Marks, reading: Reading) -> Iterator[Span]:
    yield from reading.criteria  # each is a fact of the study: the report's own limit
    for outcome in reading.outcomes:
        if isinstance(outcome, Fact):
            yield outcome.source
            yield from outcome.named
            yield from (span for _, span in outcome.support)
        elif isinstance(outcome, Pass):
            yield _sentence_about(marks, outcome.span)
        else:
            yield outcome.span


def _sentence_about(marks: Marks, span: Span) -> Span:
    """The sentence or line that holds a dismissal's cue."""
    start, end = marks.span(*span)
    ends = [m for m in _END.finditer(marks.text) if not _is_wrapped(marks.text, m.start())]
    before = [m.end() for m in ends if m.end() <= start]
    after = [m.start() for m in ends if m.start() >= end]
    first, last = marks.tokens_between(
        before[-1] if before else 0, after[0] if after else len(marks.text)
    )
    return first, max(first, last - 1)


def _is_wrapped(text: str, at: int) -> bool:
    """Whether a line ends there because it is full, and its sentence goes on."""
    full = at - text.rfind("\n", 0, at) > _WIDTH
    return full and _WRAPPED.match(text, at) is not None


def _list_structure(marks: Marks, heads: HeadReader, tables: TableReader) -> Iterator[int]:
    """The tokens of headings and of the headers of tables."""
    lines = split_lines(marks)
    found = tables.find_tables(marks, lines)
    for index, line in enumerate(lines):
        head = heads.read_head(marks, line)
        if head is not None:
            yield from range(line.first, max(head.rest, line.first))
        table = found.get(index)
        if table is not None and table.rows:
            cells = [cell for row in table.rows[:1] for cell in row.labels]
            first = cells[0].first if cells else line.last
            yield from range(line.first, first)


def _list_details(marks: Marks, covered: set[int]) -> Iterator[int]:
    """The veins that only say where the vein beside them lies: "AASV from the SFJ"."""
    veins = [m for m in marks.mentions if m.row("vein", "place", "inferred") is not None]
    for one, other in pairwise(veins):
        if other.first - one.last <= _BESIDE:
            if not covered.isdisjoint(_tokens((one.first, one.last))):
                yield from _tokens((other.first, other.last))
            elif not covered.isdisjoint(_tokens((other.first, other.last))):
                yield from _tokens((one.first, one.last))


def _list_due(marks: Marks) -> Iterator[Span]:
    for mention in marks.mentions:
        finding = mention.row("finding")
        vein = mention.row("vein", "place", "inferred")
        if vein is not None or (finding is not None and finding.kind in ("word", "noun")):
            yield mention.first, mention.last
    for number in marks.numbers:
        if number.unit is not None and number.unit.kind in _MEASURES:
            yield number.first, number.last
