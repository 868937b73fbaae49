"""The "main trunk" beside an accessory vein: the great or small saphenous that this goes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.words.marks import Marks

_MAIN: Final[Mapping[str | None, str]] = {"AASV": "GSV", "PASV": "GSV", "GIAC": "SSV"}
_WORDS: Final = (("main", "trunk"), ("parent", "trunk"), ("parent", "vein"))
_REACH: Final = 4  # tokens of "and the main trunk"


def name_main_trunk(marks: Marks, chunk: Chunk, focus: Sequence[Site]) -> tuple[Site, ...]:
    """The trunk of which a clause speaks where it opens with "the main trunk" and names no vein."""
    parts = [part for group in chunk.groups for part in group.parts]
    named = any(part.vein and not part.spot.code for part in parts)  # "from the SFJ to the knee"
    if named or not focus or any(site.vein not in _MAIN for site in focus):
        return ()
    at = _find_words(marks, chunk)
    if at is None:
        return ()
    flags = ("vein_inferred",)
    sites = (Site(s.legs, _MAIN[s.vein], leg_at=s.leg_at, vein_at=at, flags=flags) for s in focus)
    return tuple(dict.fromkeys(sites))


def _find_words(marks: Marks, chunk: Chunk) -> Span | None:
    """Where the words stand, at the beginning of a clause."""
    opening = marks.tokens[chunk.first : min(chunk.last + 1, chunk.first + _REACH)]
    pairs = [(a, b) for a, b in pairwise(opening) if (a.norm, b.norm) in _WORDS]
    return (pairs[0][0].index, pairs[0][1].index) if pairs else None
