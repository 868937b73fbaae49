"""Clauses that say a finding again without naming it: "the left SSV is not", "AASV not".

An echo names places and ends with an auxiliary verb or a denial; it takes the last finding that
was said, affirmed by itself or denied by its own "not". "X, same on the left" takes it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.assignment import Assignment
from ultrasound.extract.chunks import Chunk
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.sites import Span, compose
from ultrasound.extract.thread import Thread
from ultrasound.extract.tokens import Token

_AUXILIARIES: Final = ("is", "are", "was", "were", "does", "do", "did", "has", "have")
_TRAILING: Final = ("either", "too", "also", "still", "as", "well", "again", ",", ".", "the")
_SAME: Final = ("same", "likewise", "similarly", "ditto")
_UNLIKE: Final = ("unlike", "than")
_FREE: Final = ("free", "clear", "negative", "without")
_INTO: Final = ("in", "of", "at")
_ADDED: Final = ("also", "well")
_STATES: Final = ("word", "noun")


def is_unlike(chunk: Chunk) -> bool:
    """Whether a clause only compares with a place: "unlike the right", "than in the right"."""
    words = chunk.words()
    return bool(words) and words[0] in _UNLIKE and not chunk.predicates


def echo(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say the last finding of an echo's places; False where the clause is none."""
    said = _last_finding(thread)
    if said is None or chunk.predicates:
        return False
    how = _how(chunk)
    if how is None:
        return False
    denied, same = how
    sites = tuple(site for group in groups for site in compose(group, thread.focus))
    predicate = said.predicate
    if not same:
        negated = predicate.negated
        adjective = negated is not None and thread.marks.tokens[negated[0]].norm in _FREE
        if adjective:  # "the CFV is free of clot, the EIV not"
            predicate = replace(predicate, negated=negated if denied is None else None)
        else:
            predicate = replace(predicate, negated=denied)
    copied = replace(
        said, predicate=predicate, sites=sites, chunk=chunk, explicit=True, dropped=False
    )
    thread.result.append(copied)
    thread.focus = sites
    thread.mention(sites)
    return True


def foretell(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Deny the next finding of places before it: "not the right SSV but the GSV refluxes"."""
    follower = thread.follower(index)
    denial = chunk.cues("negation")
    added = chunk.cues("neutral")
    if follower is None or chunk.predicates or not (denial or added):
        return False
    stated = [p for p in follower.predicates if p.finding and p.finding.kind in _STATES]
    if not stated or follower.separator != ("but" if denial else "and"):
        return False
    base = thread.focus
    if not any(group.has_vein for group in groups) and follower.groups:
        base = compose(follower.groups[0], thread.focus)  # "not only the right but also the left"
    sites = tuple(site for group in groups for site in compose(group, base))
    said = replace(stated[-1], negated=(denial[0].first, denial[0].last)) if denial else stated[-1]
    thread.result.append(Assignment(said, sites, chunk, True))
    thread.focus = sites
    return True


def _last_finding(thread: Thread) -> Assignment | None:
    found = [
        a
        for a in thread.result
        if a.predicate.finding is not None and a.predicate.finding.kind in _STATES
    ]
    return found[-1] if found else None


def _how(chunk: Chunk) -> tuple[Span | None, bool] | None:
    """The denial of an echo and whether it repeats what was said; None where it is no echo."""
    rest = [e for e in chunk.elements if not isinstance(e, PlaceGroup)]
    denials = [e for e in rest if isinstance(e, Mention) and e.cue("negation", "contrast")]
    span = (denials[-1].first, denials[-1].last) if denials else None
    tokens = [e for e in rest if isinstance(e, Token)]
    words = [token.norm for token in tokens if token.norm not in _TRAILING]
    added = any(token.norm in _ADDED for token in tokens) and span is None
    if words and (words[0] in _SAME or (added and all(w in _INTO for w in words))):
        return None, True
    if any(isinstance(e, Mention) and not e.cue("negation", "contrast", "uncertain") for e in rest):
        return None
    if words and words[-1] in _AUXILIARIES and all(w in (*_AUXILIARIES, "so") for w in words):
        return span, False
    return (span, False) if span is not None and not words else None
