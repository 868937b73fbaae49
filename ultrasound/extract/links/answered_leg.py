"""Sentences that only answer for the other leg: "The right GSV refluxes. The left does not"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_VERBS: Final = frozenset({"is", "are", "was", "were", "does", "do", "did", "has"})
_PLAIN: Final = frozenset(
    {"the", "it", "they", "vein", "one", "that", "those", "on", "this", "side", "leg", "either"}
    | {"too", "also", "both", "not", *_VERBS}
)
_STATES: Final = ("word", "noun")
_PROPERTIES: Final = ("reflux", "thrombus", "compressibility", "patency")


def answer_for_leg(said: Sequence[Assignment], chunks: Sequence[Chunk]) -> tuple[Site, ...]:
    """Say the last finding again, or deny it, of the other leg; nothing where no sentence does so.

    Args:
        said: What the sentence before says.
        chunks: The clauses of the sentence; the only one is given the finding.
    """
    chunk = chunks[0] if len(chunks) == 1 else None
    if chunk is None or not _is_answer(chunk):
        return ()
    found = [a for a in said if _is_finding(a)]
    found = [a for a in found if a.predicate is found[-1].predicate]
    legs = {leg for part in chunk.groups[0].parts for leg in part.legs}
    before = {leg for a in found for site in a.sites for leg in site.legs}
    if len(legs) != 1 or len(before) != 1 or legs == before:
        return ()
    part = chunk.groups[0].parts[0]
    at = (part.leg_at.first, part.leg_at.last) if part.leg_at is not None else None
    # one that was denied is affirmed where this one is not: "… does not reflux. The left does"
    chunk.predicates = [replace(found[-1].predicate, negated=_denial_of(chunk))]
    bare = (replace(s.without_spot(), legs=part.legs, leg_at=at) for a in found for s in a.sites)
    return tuple(dict.fromkeys(bare))


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
