"""The denial that a list carries from one clause to the next: "no thrombus, webs or reflux"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import Denial
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_OR: Final = ("or", "nor")
_NO: Final = ("no", "nil")  # they open a term that denies by itself: "no reflux"
_MOST: Final = 3  # words of an item that nothing knows: "wall thickening"


def carry_denial(chunks: Sequence[Chunk], index: int, marks: Marks) -> Denial | None:
    """The negation that reaches over from the clauses before: "no thrombus, webs or reflux".

    A "nor" denies by itself: "is not dilated, nor does it reflux".
    """
    if index == 0:
        return None
    chunk, before = chunks[index], _item_before(chunks, index)
    own = ((chunk.first - 1, chunk.first - 1), False) if chunk.separator == "nor" else None
    negated = next((p for p in reversed(before.predicates) if _denial_of(p, marks)), None)
    denial = _denial_of(negated, marks) if negated is not None else None
    if negated is None or denial is None or chunk.clause != before.clause:
        return own
    plain = _is_bare_noun(chunk)
    noun = negated.finding is not None and negated.finding.kind == "noun"
    if chunk.separator in _OR or (chunk.separator == "/" and noun and plain):
        return denial
    if chunk.separator == "," and plain and _list_ends_with_or(chunks, index, marks):
        return denial
    shared = not before.groups and all(map(is_only_leg, chunk.groups))  # "DVT and SVT in both legs"
    if chunk.separator == "and" and noun and plain and (shared or not chunk.groups):
        return denial
    return None


def _item_before(chunks: Sequence[Chunk], index: int) -> Chunk:
    """The clause before, over items of a list that nothing knows: "no clot, stenosis or reflux"."""
    at = index - 1
    while at > 0 and _is_unknown_item(chunks[at]) and chunks[at].separator in (",", *_OR):
        at -= 1
    return chunks[at]


def _is_unknown_item(chunk: Chunk) -> bool:
    """Whether a clause is a few words of which none is known."""
    return not (chunk.predicates or chunk.groups or chunk.cued) and len(chunk.words) <= _MOST


def _denial_of(predicate: Predicate, marks: Marks) -> Denial | None:
    """The denial of a finding, be it a part of its term as in "no reflux"."""
    finding = predicate.finding
    if finding is None or predicate.negated is not None:
        return (predicate.negated, predicate.weak) if finding and predicate.negated else None
    opens = finding.value == "absent" and marks.tokens[predicate.first].norm in _NO
    return ((predicate.first, predicate.first), False) if opens else None


def _is_bare_noun(chunk: Chunk) -> bool:
    first = chunk.elements[0]
    finding = first.row("finding") if isinstance(first, Mention) else None
    return (
        finding is not None
        and finding.kind == "noun"
        and not any(p.numbers or p.answered for p in chunk.predicates)
    )


def _list_ends_with_or(chunks: Sequence[Chunk], index: int, marks: Marks) -> bool:
    """Whether a list ends with "or", between its clauses or in its last: "DVT or SVT"."""
    last = chunks[index]
    if any(t.norm in _OR for t in marks.tokens[last.first : last.last + 1]):
        return True
    for chunk in chunks[index + 1 :]:
        if chunk.separator in (*_OR, "and"):
            return True
        if chunk.separator != ",":
            return False
    return False
