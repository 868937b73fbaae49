"""What a mention says of a place: the vein that it names, or the level."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from ultrasound.extract.places.spots import Spot
from ultrasound.extract.words.mentions import Meaning
from ultrasound.knowledge.vein_rows import Inferred, NamedPlace, Vein

_MEANINGS: Final = 4096  # more than the tables hold


class Name(NamedTuple):
    """What a vein's name says."""

    veins: tuple[str, ...] = ()
    code: str | None = None
    anatomy: str | None = None
    inferred: bool = False
    ambiguous: bool = False


@lru_cache(maxsize=_MEANINGS)
def spot_of(meaning: Meaning) -> Spot | None:
    """The level that a word names."""
    if (zone := meaning.row("zone", "abbreviation")) is not None:
        return Spot(zone.level, zone.zone)
    if (level := meaning.row("level")) is not None:
        return Spot(level.level)
    return None


@lru_cache(maxsize=_MEANINGS)
def names_of(meaning: Meaning) -> Name:
    """The vein that a word names."""
    vein: Vein | None = meaning.row("vein")
    if vein is not None:
        return Name((vein.code,), anatomy=vein.anatomy)
    place: NamedPlace | None = meaning.row("place")
    if place is not None:
        return Name(place.veins, place.segment)
    inferred: Inferred | None = meaning.row("inferred")
    if inferred is not None:
        return Name((inferred.vein,), inferred=True)
    return Name(ambiguous=True)
