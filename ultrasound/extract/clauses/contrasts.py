"""Values of an earlier exam that are told beside today's: "5 mm, now 6 mm", "patent, as before".

And findings that only set off another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate

_JOINTS: Final = (",", ";", "and", "but", "then", "-", "/")


def contrast(chunks: Sequence[Chunk]) -> None:
    """Take what stands before today's value, or holds then as now, for the earlier exam's."""
    for index, chunk in enumerate(chunks):
        _set_before_now(chunk)
        _set_before_today(chunks, index)
        _note_same(chunks, index)
        _note_resolved(chunks, index)
        if chunk.prior is not None:
            chunk.as_before = None


def _set_before_now(chunk: Chunk) -> None:
    """Take what stands between "previously" and "now" for the earlier exam's.

    As in "the previously described insufficient perforator has now inward flow only".
    """
    for then in chunk.cues("prior"):
        for now in chunk.cues("now"):
            for predicate in chunk.predicates:
                predicate.former |= then.first < predicate.first < now.first


def _set_before_today(chunks: Sequence[Chunk], index: int) -> None:
    """Take the same measure told straight before today's as an earlier one.

    As in "5 mm, now 6 mm"; what is found beside the number stays today's.
    """
    chunk = chunks[index]
    cues = chunk.cues("now")
    if not cues or chunk.groups or chunk.prior is not None or chunk.separator not in _JOINTS:
        return
    kinds = _kinds(chunk)
    for other in chunks[index + 1 :]:
        if other.groups or other.clause != chunk.clause or other.prior is not None:
            break  # "3.6 mm and now incompetent (before treatment 3.3 mm)"
        kinds |= _kinds(other)
    clause = chunks[index - 1].clause
    for before in reversed(chunks[:index]):
        if before.clause != clause or before.prior is not None or before.cues("current"):
            return
        if _kinds(before) and _kinds(before) <= kinds and _only_measures(before):
            before.prior = (cues[0].first, cues[0].last)
        if before.groups:
            return


def _kinds(chunk: Chunk) -> set[str]:
    """What the numbers of a clause measure."""
    return {n.unit.kind for p in chunk.predicates for n in p.numbers if n.unit is not None}


def _only_measures(chunk: Chunk) -> bool:
    return all(p.finding is None or p.finding.kind == "label" for p in chunk.predicates)


def _note_same(chunks: Sequence[Chunk], index: int) -> None:
    """Keep that an earlier exam found the same: "no reflux now or before", "patent, as before"."""
    for cue in chunks[index].cues("as_before"):
        beside = chunks[index - 1 : index] if index else chunks[1:2]
        said = [chunks[index]] if chunks[index].predicates else beside
        for other in said:
            other.as_before = other.as_before or (cue.first, cue.last)


def _note_resolved(chunks: Sequence[Chunk], index: int) -> None:
    """Keep when there was what is gone: "thrombus, present in January, has resolved"."""
    inset = chunks[index - 1] if index > 1 else None
    if inset is None or not is_inset(inset) or inset.prior is None:
        return
    gone = {(cue.first, cue.last) for cue in chunks[index].cues("denial_after")}
    if any(p.negated in gone for p in _nouns(chunks[index - 2])):
        chunks[index - 2].former = inset.prior


def is_inset(chunk: Chunk) -> bool:
    """Whether a clause only says when: ", present in January,"."""
    return chunk.separator == "," and not chunk.predicates and not chunk.groups


def _nouns(chunk: Chunk) -> Iterator[Predicate]:
    yield from (p for p in chunk.predicates if p.finding is not None and p.negated is not None)


def drop_contrasted(chunks: Sequence[Chunk], index: int) -> None:
    """Leave out what only sets off the finding before: "chronic scar rather than fresh clot"."""
    chunk, before = chunks[index], chunks[index - 1] if index else None
    if before is None or chunk.groups or "contrast" not in chunk.kinds:
        return
    said = {p.finding.property for p in before.predicates if p.finding is not None}
    kept = [p for p in chunk.predicates if p.finding is None or p.finding.property not in said]
    if kept or not chunk.predicates:
        chunk.predicates = kept
    else:  # shown as passed over
        cue = chunk.cues("contrast")[0]
        chunk.dismissed, chunk.dismissed_by = "unspecific", (cue.first, cue.last)
