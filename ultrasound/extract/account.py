"""What was seen and not used: every measured number and finding ends somewhere.

A number with a unit of time or length and a word for a finding become a fact, a doubt, or a
dismissal with its cue. What none of them covers is told here: in a history it is of the past, else
it goes to review as unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ultrasound.extract.chunks import Chunk, Predicate
from ultrasound.extract.fact import Doubt, Fact, Outcome, Pass
from ultrasound.extract.sites import Span


def account_for(
    chunks: Sequence[Chunk], outcomes: Sequence[Outcome], *, past: bool
) -> Iterator[Outcome]:
    """What the outcomes of a sentence leave uncovered.

    Args:
        chunks: the clauses of the sentence.
        outcomes: all that was made of them.
        past: whether the sentence stands in a history or an indication.
    """
    covered = [o.cue if isinstance(o, Fact) else o.span for o in outcomes]
    for chunk in chunks:
        if chunk.dismissed is not None:
            continue
        for span in (span for p in chunk.predicates for span in _spans_due(p)):
            if not any(_touch(span, other) for other in covered):
                yield Pass("history", span) if past else Doubt("unread", span)


def _spans_due(predicate: Predicate) -> Iterator[Span]:
    """The words of a statement that must be accounted for."""
    for number in predicate.numbers:
        if number.unit is not None and number.unit.kind in ("time", "length"):
            yield number.first, number.last
    finding = predicate.finding
    if finding is not None and finding.kind == "word" and finding.property != "flow":
        yield predicate.first, predicate.last


def _touch(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
