"""The vein that was operated on, where another one is spoken of.

As in "AASV incompetent after crossectomy and stripping of the GSV".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.backdrop import find_when
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose

_OF: Final = "of"
_ACCESSORY: Final = ("AASV", "PASV")  # they refill after the trunk was tied or taken out
_OF_TRUNK: Final = "stripped"


def place_operations(thread: Thread) -> None:
    """Give operations told of together one vein, and the trunk what was not its branch's."""
    for before, chunk in pairwise(thread.chunks):
        operated = _find_operated(thread, chunk)
        for a in thread.result if operated is not None else ():
            if operated is not None and a.chunk is before and _is_shared(thread, a):
                a.sites = tuple(s.without_spot() for s in compose(operated, _legs_of(a)))
                a.explicit = True
    for a in thread.result:
        finding = a.predicate.finding
        of_trunk = _is_treatment(a.predicate) and finding is not None
        of_trunk = of_trunk and finding is not None and _means_trunk(finding.vein, finding.value)
        if of_trunk and find_when(thread.marks, a.chunk, a.predicate) is not None:
            a.sites = _leave_accessory(a)


def _find_operated(thread: Thread, chunk: Chunk) -> PlaceGroup | None:
    """The vein behind the "of" of a treatment that a clause begins with: "and stripping of …"."""
    first = chunk.predicates[0] if chunk.predicates else None
    if chunk.separator not in ("and", "&") or first is None or not _is_treatment(first):
        return None
    group = next((g for g in chunk.groups if g.first > first.last), None)
    led = [t.norm for t in thread.marks.tokens[first.last + 1 : first.last + 2]]
    opens = chunk.first == first.first and led == [_OF]
    return group if opens and group is not None and group.has_vein else None


def _is_shared(thread: Thread, a: Assignment) -> bool:
    """Whether a treatment ends its clause, and a vein before it is only where it shows."""
    if not _is_treatment(a.predicate) or a.predicate.last != a.chunk.last:
        return False
    named = any(group.has_vein for group in a.chunk.groups)
    return not named or find_when(thread.marks, a.chunk, a.predicate) is not None


def _is_treatment(predicate: Predicate) -> bool:
    return predicate.finding is not None and predicate.finding.property == "treatment"


def _means_trunk(vein: str | None, value: str) -> bool:
    """Whether a treatment is one of a saphenous trunk where no vein is named."""
    return vein is not None or value == _OF_TRUNK


def _legs_of(a: Assignment) -> Sequence[Site]:
    return tuple(dict.fromkeys(site.only_leg() for site in a.sites))


def _leave_accessory(a: Assignment) -> tuple[Site, ...]:
    """Only the leg of an accessory vein before "after crossectomy"."""
    behind = any(g.has_vein and g.first > a.predicate.last for g in a.chunk.groups)
    if behind or not any(site.vein in _ACCESSORY for site in a.sites):
        return a.sites
    sites = (site.only_leg() if site.vein in _ACCESSORY else site for site in a.sites)
    return tuple(dict.fromkeys(sites))
