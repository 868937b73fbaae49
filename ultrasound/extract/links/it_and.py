"""Words for a vein that share a finding: "both it and the SSV", "… and the trunk too"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import PlaceGroup

_WORDS: Final = frozenset({"both", "it", "the", "vein", "trunk", "junction", "itself"})
_MEANT: Final = frozenset({"it", "vein", "trunk"})
_TRUNK: Final = frozenset({"the", "trunk", "vein", "itself", "its", "too", "also", "likewise"})
_TOO: Final = frozenset({"too", "also", "likewise"})
_JOINTS: Final = ("and", "&")
_PLURAL: Final = ("are", "were", "appear", "show", "remain")


def add_pronoun(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """The first phrase of a clause with what "both it" before its "and" means."""
    at = thread.position_of(chunk)
    before = thread.chunks[at - 1] if at else None
    if before is None or not phrases or not _is_pronoun(before, chunk):
        return phrases
    (group, sites), *rest = phrases
    spoken = tuple(site for site in thread.focus if site.vein)
    return [(group, (*spoken, *sites)), *rest]


def _is_pronoun(before: Chunk, chunk: Chunk) -> bool:
    """Whether a clause is only a pronoun, and the next one goes on with a plural verb."""
    words = [word for word in before.words if word.isalpha()]
    bare = not (before.groups or before.predicates or before.cued)
    meant = bool(words) and set(words) <= _WORDS and not _MEANT.isdisjoint(words)
    plural = not chunk.norms.isdisjoint(_PLURAL)
    return bare and meant and plural and chunk.separator in _JOINTS


def say_of_trunk(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say of a trunk what was found of its junction: "the SFJ is incompetent and the trunk too"."""
    words = {word for word in chunk.words if word.isalpha()}
    named = words <= _TRUNK and not words.isdisjoint(("trunk", "vein"))
    bare = not (groups or chunk.predicates) and chunk.separator in (*_JOINTS, ",")
    said = [a for a in thread.result if a.predicate.finding is not None and not a.dropped]
    if not (named and bare and said) or words.isdisjoint(_TOO):
        return False
    spots = [site.spot for site in said[-1].sites]
    if not spots or not all(spot.code or spot.zone == "junction" for spot in spots):
        return False
    sites = tuple(dict.fromkeys(site.without_spot() for site in said[-1].sites))
    thread.result.append(replace(said[-1], sites=sites, chunk=chunk, explicit=True))
    thread.focus = sites
    return True
