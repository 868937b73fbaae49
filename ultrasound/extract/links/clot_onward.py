"""A clot that is said in one breath to extend into the next vein lies in both of them.

As in "calf vein DVT extending to the popliteal vein", "popliteal DVT, extending into the femoral
vein", "progression of the calf vein DVT into the popliteal vein". How much of a vein it fills that
it enters up to a level, depends on where it comes from: that is left to a person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.narrow import is_bare
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import compose

_ONWARD: Final = frozenset({"progression", "progressing", "extension", "propagation", "spread"})
_INTO: Final = "into"
_FILLERS: Final = ("the", "left", "right")
_DENYING: Final = ("negation", "weak_negation", "not_into", "no_spread", "short_of")


def extend_onward(thread: Thread, chunk: Chunk) -> None:
    """Say a clot of the vein too that it extends into."""
    group = chunk.groups[-1] if chunk.groups else None
    said = [a for a in thread.result if _is_clot(a)]
    if group is None or not said or chunk.cues(*_DENYING) or not _is_entered(thread, chunk, group):
        return
    last = said[-1]
    own = last.chunk is chunk and len(chunk.groups) > 1 and last.predicate.first < group.first
    before = last.chunk is thread.chunks[max(0, thread.position_of(chunk) - 1)]
    goes_on = before and not chunk.predicates and chunk.separator == "," and is_bare(chunk)
    follower = thread.follower(thread.position_of(chunk))
    told = follower is not None and follower.separator == "which" and bool(follower.predicates)
    if told or not (own or goes_on):
        return  # "extending to the popliteal vein, which is patent": so far, and no farther
    sites = tuple(replace(s, until=None, open_start=False) for s in compose(group, last.sites))
    known = {site.vein for a in said for site in a.sites}
    if known.isdisjoint(site.vein for site in sites):
        thread.result.append(replace(last, sites=sites, chunk=chunk, explicit=True))


def _is_clot(a: Assignment) -> bool:
    """Whether a thrombosis is found in a vein that is named, and nothing else of its clause."""
    finding = a.predicate.finding
    noun = finding is not None and (finding.property, finding.kind) == ("thrombus", "noun")
    there = a.predicate.negated is None and not (a.dropped or a.chunk.prior)
    return noun and there and a.explicit and len(a.chunk.predicates) == 1


def _is_entered(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a phrase is one vein without a level that something extends into."""
    part, *others = group.parts
    if others or part.vein is None or part.spot or part.until:
        return False
    if part.extends:
        return True
    led = [t.norm for t in thread.marks.tokens[chunk.first : group.first]]
    while led and led[-1] in _FILLERS:
        led.pop()
    return led[-1:] == [_INTO] and not _ONWARD.isdisjoint(led)
