"""Clauses that say of a clot that it is gone: "DVT, which has resolved", "…; this has resolved"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk

_BACK: Final = ("which", ";")  # before a clause that goes back to what was named
_POINTING: Final = frozenset({"this", "it", "that", "now", "since", "completely", "fully", "."})


def say_gone(before: Chunk, chunk: Chunk) -> bool:
    """Deny what the clause before names; of an earlier exam it was there, and is denied today."""
    gone = [cue for cue in chunk.cues("denial_after") if cue.cue("current")]
    bare = not (chunk.groups or chunk.predicates) and chunk.norms <= _POINTING
    if not gone or not bare or chunk.separator not in _BACK:
        return False
    nouns = [p for p in before.predicates if p.finding and p.finding.kind == "noun"]
    noun = nouns[-1] if nouns else None
    if noun is None or noun.negated is not None:
        return False
    span = gone[0].first, gone[0].last
    if before.cues("prior"):  # "was seen on the last scan; this has resolved"
        today = replace(noun, first=span[0], last=span[1], affirmed=False, negated=span)
        chunk.predicates = [today]
    else:
        noun.negated = span
    return True
