"""The vein that was operated on, where another one is spoken of.

As in "AASV incompetent after crossectomy and stripping of the GSV".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.backdrop import find_when
from ultrasound.extract.links.gapping import is_plain
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.codes import is_year
from ultrasound.extract.words.quantities import Number

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
        _repeat_dated(thread, before, chunk)
    for a in thread.result:
        finding = a.predicate.finding
        of_trunk = _is_treatment(a.predicate) and finding is not None
        of_trunk = of_trunk and finding is not None and _means_trunk(finding.vein, finding.value)
        if of_trunk and find_when(thread.marks, a.chunk, a.predicate) is not None:
            a.sites = _leave_accessory(a)


def _repeat_dated(thread: Thread, before: Chunk, chunk: Chunk) -> None:
    """Say a treatment again of what has only a year of its own: "… in 2010 and the left in 2012".

    The clause before, or the one that such a clause repeats, holds the treatment.
    """
    said = [a for a in thread.result if a.chunk is before and _is_treatment(a.predicate)]
    dated = _find_year(chunk) is not None and _find_year(before) is not None
    if not dated or not is_plain(chunk, "prior") or len(chunk.groups) != 1 or not said:
        return
    a = said[-1]
    sites = compose(chunk.groups[0], tuple(s.without_spot() for s in a.sites))
    apart = {leg for s in sites for leg in s.legs}.isdisjoint(
        leg for s in a.sites for leg in s.legs
    )
    if a.dropped or not all(s.legs for s in sites) or not (apart or chunk.groups[0].has_vein):
        return
    again = replace(a, sites=sites, chunk=chunk, explicit=True)
    thread.result.insert(thread.result.index(a) + 1, again)


def _find_year(chunk: Chunk) -> Number | None:
    """The year that is the only number of a clause; no finding stands in it but a treatment."""
    numbers = [n for p in chunk.predicates for n in p.numbers]
    found = [p for p in chunk.predicates if p.finding is not None and not _is_treatment(p)]
    year = numbers[0] if len(numbers) == 1 and not found else None
    return year if year is not None and year.unit is None and is_year(year.low) else None


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
