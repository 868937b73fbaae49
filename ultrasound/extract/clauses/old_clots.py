"""Findings of old that only explain or open what is found today.

As in "previous DVT in the popliteal vein, reflux 2.5 s", "scarred after prior DVT, incompetent",
"previously occluded SSV has recanalised", "secondary to DVT in 2010, popliteal reflux 3.1 s".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.exam_dates import PRESENT
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_FORMER: Final = "former"
_ADJECTIVES: Final = frozenset({"previous", "prior"})
_ADVERBS: Final = frozenset({"previously", "formerly", "earlier", "initially"})
_SEEN: Final = frozenset({"known", "described", "reported", "documented", "diagnosed", "imaged"})
_CAUSES: Final = frozenset({"secondary", "due", "after", "following", "since", "post", "because"})
_SCANS: Final = frozenset({"scan", "exam", "study", "duplex", "ultrasound", "visit", "review"})
_SINCE: Final = ("since", "after", "following")
_OF_DATE: Final = ("in", "of")
_NOW: Final = frozenset({*PRESENT, "persist"})


def tells_of_old(chunk: Chunk, marks: Marks, cue: Mention) -> bool:
    """Whether a word such as "previous" tells when something was there, and not of a whole exam."""
    old = _find_old(chunk, marks, cue)
    return old is not None and (_is_adjective(marks, cue, old) or _turns(chunk, marks, cue, old))


def note_old(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Mark what was there of old as former, and keep what is said today of it."""
    for chunk in chunks:
        if chunk.prior is not None and not chunk.norms.isdisjoint(_SCANS):
            chunk.quoted = True  # "was closed at the post-op scan in 2021"
        for cue in chunk.cues("prior") if chunk.prior is None else ():
            old = _find_old(chunk, marks, cue)
            if old is None or not tells_of_old(chunk, marks, cue):
                continue
            if old.negated is None:
                old.former = not (_is_aged(chunk, marks, old) or _lasts(chunk, old))
            elif _is_definite(marks, cue):
                chunk.former = chunk.former or (cue.first, cue.last)
        _leave_former(chunk)
        for predicate in _causes(chunk, marks):
            alone = all(p.finding is None or p is predicate for p in chunk.predicates)
            predicate.former, predicate.sought = alone, not alone


def _leave_former(chunk: Chunk) -> None:
    """Mark the clot behind the word "former": "recanalisation of the former popliteal DVT"."""
    for token in (e for e in chunk.elements if isinstance(e, Token) and e.norm == _FORMER):
        old = _find_behind(chunk, token.index)
        if old is not None and _is_clot(old) and old.negated is None:
            old.former = True


def dates_cause(chunk: Chunk, marks: Marks) -> bool:
    """Whether a date is that of the clot that explains what follows: "due to DVT in 2010, …"."""
    return bool(_causes(chunk, marks))


def _causes(chunk: Chunk, marks: Marks) -> list[Predicate]:
    """The clot that a clause begins with as a cause or a date: "post DVT in 2010 the FV is"."""
    words = [t.norm for t in takewhile(lambda t: t.kind == "word", marks.tokens[chunk.first :])]
    found = [p for p in chunk.predicates if p.finding is not None]
    if not found or not words or words[0] not in _CAUSES or not _is_clot(found[0]):
        return []
    led = [e for e in chunk.elements if start_of(e) < found[0].first]
    placed = any(isinstance(e, PlaceGroup) for e in led)
    behind = marks.tokens[found[0].last + 1 : found[0].last + 2]
    dated = behind[0].norm in _OF_DATE or behind[0].kind in ("number", "sign")
    dated |= words[0] in _SINCE
    told = found[0].negated is None and found[0].age is None and dated and not placed
    return found[:1] if told else []


def _lasts(chunk: Chunk, old: Predicate) -> bool:
    """Whether it is still there, by its own clause: "the previous DVT is unchanged"."""
    lasting = [cue for cue in chunk.cues("current") if cue.first > old.last]
    return bool(lasting) and chunk.predicates == [old]


def _is_clot(predicate: Predicate) -> bool:
    finding = predicate.finding
    return finding is not None and finding.property == "thrombus" and finding.kind == "noun"


def _find_old(chunk: Chunk, marks: Marks, cue: Mention) -> Predicate | None:
    """What such a word stands before: "previous right popliteal DVT", "previously seen clot"."""
    known = marks.tokens[cue.last].norm in _ADJECTIVES | _ADVERBS
    return _find_behind(chunk, cue.last) if known else None


def _find_behind(chunk: Chunk, last: int) -> Predicate | None:
    """The finding behind a word, with nothing but its place and age between them."""
    behind = [e for e in chunk.elements if start_of(e) > last]
    led = list(takewhile(_may_lead, behind))
    if len(led) == len(behind):
        return None
    first = start_of(behind[len(led)])
    return next((p for p in chunk.predicates if p.first == first and p.finding), None)


def _may_lead(element: Element | PlaceGroup) -> bool:
    """Whether it may stand between "previous" and its noun."""
    if isinstance(element, Token):
        return element.norm in FILLERS or element.norm in _SEEN
    if isinstance(element, Mention):
        cued = element.cue("affirmation_after", "history", "grade")
        return element.row("finding") is None and (element.row("age") is not None or cued)
    return isinstance(element, PlaceGroup)


def _is_adjective(marks: Marks, cue: Mention, old: Predicate) -> bool:
    """Whether it is an adjective of a clot: "previous DVT"; or what there is no more of it."""
    adjective = marks.tokens[cue.last].norm in _ADJECTIVES
    gone = old.negated is not None and old.negated[1] < cue.first
    return _is_clot(old) and (adjective or gone)


def _turns(chunk: Chunk, marks: Marks, cue: Mention, old: Predicate) -> bool:
    """Whether a verb of today follows, and something of today: "… has recanalised"."""
    verbs = [t for t in marks.tokens[old.last + 1 : chunk.last + 1] if t.norm in _NOW]
    if not verbs or _is_dated(chunk, verbs[0].index):
        return False
    later = any(p.first > verbs[0].index for p in chunk.predicates)
    gone = old.negated is not None and old.negated[0] > cue.last
    return later or gone or _is_aged(chunk, marks, old)


def _is_dated(chunk: Chunk, verb: int) -> bool:
    """Whether another earlier exam is told of behind the verb."""
    return any(cue.first > verb for cue in chunk.cues("prior"))


def _is_aged(chunk: Chunk, marks: Marks, old: Predicate) -> bool:
    """Whether the clot has its age behind a verb of today: "the clot is now chronic"."""
    verbs = [t.index for t in marks.tokens[old.last + 1 : chunk.last + 1] if t.norm in _NOW]
    ages = [e for e in chunk.elements if isinstance(e, Mention) and e.row("age") is not None]
    return _is_clot(old) and bool(verbs) and any(end_of(age) > verbs[0] for age in ages)


def _is_definite(marks: Marks, cue: Mention) -> bool:
    """Whether it was there for sure: "the previously seen clot", not "no previous DVT"."""
    led = marks.tokens[cue.first - 1].norm == "the"
    return led or marks.tokens[cue.last].norm in _ADVERBS
