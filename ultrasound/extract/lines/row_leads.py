"""Lines that only say what the rows under them hold: "Perforators (outward flow on release)"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import Pass
from ultrasound.extract.lines.asked_lines import PLACES
from ultrasound.extract.lines.layout import STOPS, Line
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_FEWEST: Final = 2  # rows set in under a line
_STATING: Final = frozenset(
    {"there", "is", "are", "was", "were", "has", "have", "show", "showed", "with", "see"}
    | {"seen", "noted", "found", "demonstrated", "demonstrate", "to", "from"}
)


def find_leading(marks: Marks, lines: Sequence[Line], tables: Container[int]) -> frozenset[int]:
    """The ends (half-open) of the lines over a table or over rows that are set in under them."""
    return frozenset(
        line.last
        for index, line in enumerate(lines[:-1])
        if marks.tokens[line.last - 1].text not in STOPS
        and not lines[index + 1].blank_before
        and (index + 1 in tables or _leads_rows(marks, lines, index))
    )


def _leads_rows(marks: Marks, lines: Sequence[Line], index: int) -> bool:
    """Whether several rows of a place and its number are set in under a line."""
    rows = lines[index + 1 : index + 1 + _FEWEST]
    return len(rows) == _FEWEST and all(
        row.depth > lines[index].depth
        and (head := marks.mention_at(row.first)) is not None
        and head.row(*PLACES) is not None
        and bool(marks.numbers_in(row.first, row.last))
        for row in rows
    )


def head_nouns(chunks: Sequence[Chunk]) -> Iterator[Pass]:
    """Let the reflux that such a line names be what its rows are about, and no finding.

    A line with a verb, a number or a word of competence states something by itself.
    """
    said = [p for chunk in chunks for p in chunk.predicates]
    words = {e.norm for chunk in chunks for e in chunk.elements if isinstance(e, Token)}
    stated = any(p.numbers or (p.finding is not None and p.finding.kind == "word") for p in said)
    if stated or not words.isdisjoint(_STATING):
        return
    for noun in said:
        plain = not (noun.negated or noun.affirmed or noun.graded or noun.sought)
        finding = noun.finding
        if plain and finding and finding.kind == "noun" and finding.property == "reflux":
            noun.heads = True
            yield Pass("unspecific", (chunks[0].first, chunks[-1].last))
