"""Clauses about another structure than a vein: a cyst, a node, a muscle."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_BESIDE: Final = frozenset(
    {"beside", "near", "under", "beneath", "behind", "underneath", "above", "adjacent", "over"}
)
_EXPLAINED: Final = frozenset({"explained", "due", "caused", "fed", "attributed", "secondary"})
_OF_THING: Final = frozenset(
    {"bed", "base", "area", "region", "margin", "edge", "site", "related", "is", "a", "an", "the"}
)
_THROMBUS: Final = "thrombus"
_BEFORE_THING: Final = 6  # "under the upper edge of the"


def names_structure(chunk: Chunk) -> tuple[str, Span] | None:
    """The rule and the words by which a clause is about such a structure."""
    if denies_disease(chunk):
        return None  # "Baker's cyst without DVT"
    for cue in chunk.cues("other_structure"):
        if _is_landmark(chunk, cue):
            continue  # "two incompetent beside the ulcer"
        if not any(group.has_vein and group.first < cue.first for group in chunk.groups):
            return "other_structure", (cue.first, cue.last)
    return None


def denies_disease(chunk: Chunk) -> bool:
    """Whether a clause denies a thrombosis by its name, as in "Baker's cyst without DVT"."""
    return any(p.negated is not None for p in _diseases(chunk))


def names_disease(chunk: Chunk) -> bool:
    """Whether a clause names a thrombosis, which is never one of the structure: "cyst, no DVT".

    A mere "no thrombus" may be of an aneurysm, and "sural nerve, DVT 1 in 200" are risks.
    """
    return bool(_diseases(chunk)) and not any(p.numbers for p in chunk.predicates)


def _diseases(chunk: Chunk) -> list[Predicate]:
    named = [(p, p.finding) for p in chunk.predicates if p.finding is not None]
    return [p for p, finding in named if finding.property == _THROMBUS and finding.vein]


def _is_landmark(chunk: Chunk, cue: Mention) -> bool:
    """Whether a thing only says where a finding lies, or what a finding explains."""
    position = chunk.elements.index(cue)
    words = [e.norm if isinstance(e, Token) else "" for e in chunk.elements]
    joints = chunk.cues("joins")  # "adjacent to the ulcer", "the ulcer is fed by"
    before = words[max(0, position - _BEFORE_THING) : position]
    beside = not _BESIDE.isdisjoint(before) or any(j.last < cue.first for j in joints)
    found = any(p.finding is not None and p.last < cue.first for p in chunk.predicates)
    aside = chunk.separator == "," and not chunk.predicates  # ", above the ulcer,"
    explained = not _EXPLAINED.isdisjoint(words[position:])
    # "the ulcer is fed by the SSV", and not "a cyst lies next to the vein"
    explained |= any(j.first > cue.last and not j.cue("beside") for j in joints)
    # "beneath the ulcer a perforator of 5 mm"
    branch = any(
        group.first > cue.last and all(part.vein in COUNTED for part in group.parts)
        for group in chunk.groups
    )
    return (
        explained
        or _names_branch(chunk, cue, position)
        or _lies_beside_found(chunk, cue)
        or (beside and (found or aside or branch))
    )


def _lies_beside_found(chunk: Chunk, cue: Mention) -> bool:
    """Whether a thing lies beside a vein with its state: "adjacent to the thrombosed SSV"."""
    joints = [j for j in chunk.cues("joins") if j.cue("beside")]
    states = [p for p in chunk.predicates if p.finding is not None and p.finding.kind == "word"]
    placed = [p for p in states for group in chunk.groups if group.first == p.last + 1]
    return any(
        cue.first < joint.first < state.first for joint in joints for state in placed
    ) and len(placed) == len(chunk.predicates)


def _names_branch(chunk: Chunk, cue: Mention, position: int) -> bool:
    """Whether a thing only tells which branch is meant, or lies over one that is found there.

    As in "an ulcer bed perforator", "the ulcer lies over an incompetent perforator".
    """
    groups = [e for e in chunk.elements[position + 1 :] if isinstance(e, PlaceGroup)]
    if not groups or not all(part.vein in COUNTED for part in groups[0].parts):
        return False
    branch = groups[0]
    at = chunk.elements.index(branch)
    between = chunk.elements[position + 1 : at]
    near = branch.first - cue.last - 1 == len(between)  # no box of a form stands between
    if near and all(isinstance(e, Token) and _is_of_thing(e) for e in between):
        return True
    found = [p for p in chunk.predicates if p.finding is not None and p.first > cue.last]
    return any(p.last + 1 == branch.first and p.finding.kind == "word" for p in found if p.finding)


def _is_of_thing(token: Token) -> bool:
    return token.norm in _OF_THING or token.text == "-"
