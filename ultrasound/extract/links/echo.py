"""Clauses that say a finding again without naming it: "the left SSV is not", "AASV not".

An echo names places and ends with an auxiliary verb, a denial or a word like "possibly"; it takes
the last finding that was said, affirmed by itself or denied by its own "not". "X, same on the
left" takes it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.whole_limb import of_limb
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, Span, compose
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

AUXILIARIES: Final = (
    *("is", "are", "was", "were", "does", "do", "did", "has", "have", "could", "can"),
)
_UNTOLD: Final = ("not_visualized", "not_assessed")  # a denial by themselves
_VERBS: Final = (*AUXILIARIES, "remain", "stay", "so")
_TRAILING: Final = (
    *("either", "too", "also", "still", "as", "well", "again", "the", "a", "any"),
    *("it", "at", "all", "clearly", "certainly", "definitely", "obviously", "then", "only"),
    *(",", "."),
)
_POINTING: Final = ("that", "those", "one")  # "that on the right doesn't"
_SAME: Final = ("same", "likewise", "similarly", "ditto")
_DENYING: Final = ("no", "not", "without", "nil")  # before a noun: "shows no reflux"
_FREE: Final = ("free", "clear", "negative", "without")
_INTO: Final = ("in", "of", "at", "on")
INVOLVED: Final = ("involvement", "participation", "component")
_ADDED: Final = ("also", "well", "too")
_SPARED: Final = ("reflux", "thrombus")
_STATES: Final = ("word", "noun")
_CUES: Final = (
    *("negation", "contrast", "uncertain", "current", "added", "spared", "neutral"),
    "positive",
)


@dataclass(frozen=True, slots=True)
class _Echo:
    """How a finding is said again: as it was (``same``), else by itself or denied by some words.

    ``spared``: the places are free of it; ``found``: the words that say that it is there.
    """

    denied: Span | None = None
    found: Span | None = None
    same: bool = False
    spared: bool = False


def echo(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say the last finding of an echo's places; False where the clause is none."""
    said = _find_said(thread, chunk)
    if said is None or chunk.predicates:
        return False
    name = said.predicate.finding.property if said.predicate.finding else ""
    if chunk.cues("spared") and name not in _SPARED:
        return False  # "the GSV is closed and the CFV is clear"
    follower = thread.follower(thread.position_of(chunk))
    if follower is not None and follower.separator == "with" and chunk.norms <= {"the"}:
        return False  # "… but the SSV with reflux" says its own
    how = _how(chunk, said.predicate)
    if how is None or not (groups or _means_focus(chunk)):
        return False
    base = thread.focus
    if how.same and all(is_only_leg(group) for group in groups):
        base = said.sites  # "competent throughout, 2.4 mm at the knee; the left likewise"
    sites = _sites_of(thread, groups, base, how)
    untold = said.predicate.value in _UNTOLD
    if untold and not how.same and how.denied is None:
        return False  # "the GSV was not seen, but the SSV was"
    same = how.same or untold
    joined = chunk.separator == "nor" or thread.marks.tokens[chunk.first].norm == "neither"
    answer = _answer(thread, said.predicate, how, joined=joined)
    predicate = said.predicate if same else answer
    for other in _said_with(thread, said, sides=base is said.sites) if how.same else ():
        moved = tuple(site for group in groups for site in compose(group, other.sites))
        place = moved if base is said.sites else sites
        say_again(thread, other, other.predicate, place or thread.focus, chunk)
    say_again(thread, said, predicate, sites or thread.focus, chunk)
    return True


def _sites_of(
    thread: Thread, groups: Sequence[PlaceGroup], base: tuple[Site, ...], how: _Echo
) -> tuple[Site, ...]:
    """The places of an echo; of a limb that is "clear" no single vein is meant."""
    sites = tuple(site for group in groups for site in compose(group, base))
    return of_limb(thread, groups, sites) if how.spared else sites


def _find_said(thread: Thread, chunk: Chunk) -> Assignment | None:
    """The finding that is said again: "nor is there any in …" goes on with what was denied last."""
    said = last_finding(thread)
    if chunk.separator == "nor" and "any" in chunk.norms:
        said = next((a for a in reversed(thread.result) if a.predicate.negated), said)
    return said


def _said_with(thread: Thread, said: Assignment, *, sides: bool) -> list[Assignment]:
    """What else was found of the same place: "compressible and competent, the POPV the same".

    Of a leg (``sides``) all that was found of the other one, each at its place.
    """
    found = [
        a
        for a in thread.result
        if a.predicate.finding is not None
        and a.predicate.finding.kind in _STATES
        and not (a is said or a.dropped or a.exception)
    ]
    legs = {site.legs for site in said.sites}
    return [
        a for a in found if a.sites == said.sites or (sides and {s.legs for s in a.sites} == legs)
    ]


def say_again(
    thread: Thread, said: Assignment, predicate: Predicate, sites: tuple[Site, ...], chunk: Chunk
) -> None:
    """Say a finding of the places of another clause."""
    copied = replace(
        said, predicate=predicate, sites=sites, chunk=chunk, explicit=True, dropped=False
    )
    thread.result.append(copied)
    thread.focus = sites
    thread.mention(sites)


def _means_focus(chunk: Chunk) -> bool:
    """Whether a clause without a place echoes what was said: "is no longer so", "but not now"."""
    return "so" in chunk.words or bool(chunk.cues("current") and chunk.cues("negation"))


def _answer(thread: Thread, said: Predicate, how: _Echo, *, joined: bool) -> Predicate:
    """The finding as an echo affirms or denies it; ``joined``: "nor" goes on with a denial."""
    absent = said.finding is not None and said.finding.value == "absent"
    if how.spared:
        return replace(said, negated=None if absent else how.denied)
    if how.found is not None:
        return replace(said, negated=how.found if absent else None)
    negated = said.negated
    if joined and (absent or negated is not None):
        return said
    adjective = negated is not None and thread.marks.tokens[negated[0]].norm in _FREE
    if said.free is not None or adjective:  # "the CFV is free of clot, the EIV not"
        return replace(said, negated=(said.free or negated) if how.denied is None else None)
    first = (said.first, said.first)
    if absent and thread.marks.tokens[said.first].norm in _DENYING:
        return replace(said, negated=first if how.denied is None else None)
    return replace(said, negated=how.denied)


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


def last_finding(thread: Thread) -> Assignment | None:
    """The last finding that was said in the sentence."""
    found = [
        a
        for a in thread.result
        if a.predicate.finding is not None and a.predicate.finding.kind in _STATES
    ]
    return found[-1] if found else None


def _how(chunk: Chunk, said: Predicate) -> _Echo | None:
    """How a clause says a finding again; None where it is no echo."""
    rest = [e for e in chunk.elements if not isinstance(e, PlaceGroup)]
    span = _denial_of(chunk, rest)
    tokens = [e.norm for e in rest if isinstance(e, Token)]
    words = [word for word in tokens if word not in _TRAILING]
    if _points_only(words, tokens, said):
        return _Echo(same=True)
    words = words[1:] if chunk.groups and words[:1] and words[0] in _POINTING else words
    placed = all(word in _INTO for word in words)
    added = "added" in chunk.kinds or any(word in _ADDED for word in tokens)
    same = words[1:2] if words[:1] in (["is"], ["are"]) else words[:1]  # "the right is the same"
    if (same and same[0] in _SAME) or (added and span is None and placed and _is_known(rest)):
        return _Echo(same=True)
    if span is not None:  # "nor is there any in the SSV"
        rest = [e for e in rest if not (isinstance(e, Mention) and e.cue("here"))]
    if not _is_known(rest):
        return None
    if chunk.cues("spared") and all(word in _VERBS for word in words):
        cue = chunk.cues("spared")[0]
        return _Echo((cue.first, cue.last), spared=True)
    if words and all(word in _VERBS for word in words) and words[-1] in (*AUXILIARIES, "so"):
        return _Echo(span)
    if span is not None:
        led = all(word in (*_INTO, *INVOLVED, *_VERBS) for word in words)
        return _Echo(span) if led else None
    found = placed and _affirms(chunk, tokens, said)
    return _Echo(found=(chunk.first, chunk.last)) if found else None


def _points_only(words: Sequence[str], tokens: Sequence[str], said: Predicate) -> bool:
    """Whether it is said of some: "femoral valves competent, those of the POPV only right".

    Of what is denied the opposite is meant: "no reflux, only in the AASV".
    """
    led = bool(words) and words[0] in _POINTING and all(word in _INTO for word in words[1:])
    return led and "only" in tokens and said.negated is None


def _is_known(rest: Sequence[Element]) -> bool:
    """Whether a clause holds no mention that says something of its own."""
    return not any(isinstance(e, Mention) and not e.cue(*_CUES) for e in rest)


def _denial_of(chunk: Chunk, rest: Sequence[Element]) -> Span | None:
    """The last denial of a clause; a "nor" before it is one."""
    denials = [e for e in rest if isinstance(e, Mention) and e.cue("negation", "contrast")]
    if denials:
        return denials[-1].first, denials[-1].last
    return (chunk.first - 1, chunk.first - 1) if chunk.separator == "nor" else None


def _affirms(chunk: Chunk, tokens: Sequence[str], said: Predicate) -> bool:
    """Whether places alone affirm a finding: "questionable in the SSV", "but in the AASV"."""
    if chunk.cues("uncertain", "positive"):
        return chunk.separator != ":"
    first = chunk.elements[0]
    if isinstance(first, PlaceGroup) and any(part.anatomy for part in first.parts):
        return False  # "no DVT, but varicosities": these are a finding of their own
    return said.value == "absent" and (chunk.separator == "but" or "only" in tokens)
