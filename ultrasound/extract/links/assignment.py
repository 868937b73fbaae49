"""Statements of a sentence bound to the places that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.quantities import Number


@dataclass(slots=True)
class Assignment:
    """A statement and the sites that it is about.

    ``explicit``: its own clause names the place; ``exception``: it is the opposite of what the
    clause before says; ``spread``: it was said once for a list of places; ``dropped``: another
    assignment stands for it; ``about``: what a number of a list that was not handed out speaks of;
    ``limited``: an exception was taken out of it; ``without``: the places of the exception;
    ``listed``: it stands before a colon, and its places behind it; ``placed``: a level of its own
    stands in brackets behind it.
    """

    predicate: Predicate
    sites: tuple[Site, ...]
    chunk: Chunk
    explicit: bool
    number: Number | None = None
    exception: bool = False
    spread: bool = False
    dropped: bool = False
    about: tuple[Site, ...] = ()
    limited: bool = False
    without: tuple[Site, ...] = ()
    listed: bool = False
    placed: bool = False


def is_time(a: Assignment) -> bool:
    """Whether it is a number with a unit of time."""
    return a.number is not None and a.number.unit is not None and a.number.unit.kind == "time"


def split_sites(sites: Sequence[Site]) -> list[tuple[Site, ...]]:
    """Sites as single places in order: legs of one site apart where it has several."""
    if len(sites) == 1 and len(sites[0].legs) > 1:
        return [(replace(sites[0], legs=(leg,)),) for leg in sites[0].legs]
    return [(site,) for site in sites]
