"""Sentences that only answer for the other leg.

As in "The right GSV refluxes. The left does not", "GSV reflux on the right. None on the left".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, start_of
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_VERBS: Final = frozenset({"is", "are", "was", "were", "does", "do", "did", "has"})
_PLAIN: Final = frozenset(
    {"the", "it", "they", "vein", "one", "that", "those", "on", "this", "side", "leg", "either"}
    | {"too", "also", "both", "not", *_VERBS}
)
_STATES: Final = ("word", "noun")
_DENIED: Final = ("reflux", "thrombus")  # of which there can be none
_PROPERTIES: Final = ("reflux", "thrombus", "compressibility", "patency")


def answer_for_leg(
    said: Sequence[Assignment], chunks: Sequence[Chunk], *, on: bool
) -> tuple[Site, ...]:
    """Say the last finding again, or deny it, of the other leg; nothing where no sentence does so.

    Args:
        said: What the sentence before says.
        chunks: The clauses of the sentence; the one that answers is given the finding.
        on: Whether it goes on in the line of that sentence, as "None on the left" has to.
    """
    denial = _none_of(chunks) if on else None
    chunk = denial[0] if denial else chunks[0] if len(chunks) == 1 else None
    if chunk is None or not (denial or _is_answer(chunk)):
        return ()
    found = [a for a in said if (_can_be_none(a) if denial else _is_finding(a))]
    found = [a for a in found if a.predicate is found[-1].predicate]
    part = next(part for c in chunks for group in c.groups for part in group.parts)
    before = {leg for a in found for site in a.sites for leg in site.legs}
    if len(part.legs) != 1 or len(before) != 1 or set(part.legs) == before:
        return ()
    at = (part.leg_at.first, part.leg_at.last) if part.leg_at is not None else None
    # one that was denied is affirmed where this one is not: "… does not reflux. The left does"
    span = denial[1] if denial else _denial_of(chunk)
    chunk.predicates = [replace(found[-1].predicate, negated=span)]
    spoken = [site for a in found for site in a.sites]
    sites = [s if denial and s.until is None else s.without_spot() for s in spoken]
    return tuple(dict.fromkeys(replace(site, legs=part.legs, leg_at=at) for site in sites))


def _none_of(chunks: Sequence[Chunk]) -> tuple[Chunk, Span] | None:
    """The clause of a "none" beside one leg alone, and that word: "Left: none"."""
    told = [(chunk, p) for chunk in chunks for p in chunk.predicates]
    groups = [group for chunk in chunks for group in chunk.groups]
    if len(told) != 1 or not told[0][1].none_word or len(groups) != 1:
        return None
    chunk, none = told[0]
    rest = [e for c in chunks for e in c.elements if start_of(e) != none.first]
    words = [e for e in rest if not isinstance(e, PlaceGroup)]
    plain = all(isinstance(e, Token) and (e.norm in FILLERS or e.kind == "sign") for e in words)
    doubted = any(c.dismissed or c.prior or c.uncertain for c in chunks)
    alone = plain and is_only_leg(groups[0]) and not doubted
    return (chunk, (none.first, none.last)) if alone else None


def _is_answer(chunk: Chunk) -> bool:
    """Whether a clause is one leg, a verb and perhaps a denial, and nothing else."""
    if chunk.predicates or chunk.dismissed or chunk.prior or chunk.uncertain:
        return False
    if len(chunk.groups) != 1 or not is_only_leg(chunk.groups[0]):
        return False
    words = [e for e in chunk.elements if isinstance(e, Token) and e.kind == "word"]
    denials = [e for e in chunk.elements if isinstance(e, Mention)]
    plain = all(word.norm in _PLAIN for word in words) and all(m.cue("negation") for m in denials)
    rest = [e for e in chunk.elements if not (isinstance(e, Token) and e.kind == "sign")]
    denied = isinstance(rest[-1], Mention)  # "The left does not"
    return plain and (denied or any(word.norm in _VERBS for word in words[-1:]))


def _can_be_none(a: Assignment) -> bool:
    """Whether it finds, of single veins, what there can be none of: "no reflux … None" says no."""
    said, finding = a.predicate, a.predicate.finding
    there = said.negated is None and said.value != "absent"
    return there and finding is not None and finding.property in _DENIED and _is_finding(a)


def _is_finding(a: Assignment) -> bool:
    """Whether it finds something today, of single veins."""
    finding = a.predicate.finding
    if finding is None or finding.kind not in _STATES or finding.property not in _PROPERTIES:
        return False
    veins = {site.vein for site in a.sites}
    single = bool(veins) and veins.isdisjoint({None, *COUNTED, *GROUPS})
    return single and not (a.dropped or a.chunk.prior or a.chunk.uncertain)


def _denial_of(chunk: Chunk) -> Span | None:
    denials = chunk.cues("negation")
    return (denials[-1].first, denials[-1].last) if denials else None
