"""The channel of a duplicated vein that a sentence begins with: "The lateral limb is patent".

It is a part of all of the vein that is double, and not of the level at which the other one was
described.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.duplicated import CHANNELS, DUPLICATED
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_LONGEST: Final = 4  # words of "The more medial limb"
_FEWEST: Final = 2  # a channel is told from the other: "the trunk" alone is none
_POINTING: Final = ("same_places", "levels")
_ARTICLE: Final = "the"
_FLAG: Final = "duplicated_trunk"  # of what the sentence itself says


def leave_channel(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The places that a sentence ends with, for the next one: it may speak of the single vein."""
    return tuple(
        replace(site, flags=tuple(flag for flag in site.flags if flag != _FLAG)) for site in sites
    )


def take_doubled(assignments: Sequence[Assignment], before: tuple[Site, ...]) -> tuple[Site, ...]:
    """Where a sentence says that a vein is duplicated, else where one ``before`` it did."""
    sites: list[Site] = []
    for told in assignments:
        finding = told.predicate.finding
        if finding is not None and finding.value == DUPLICATED and not told.predicate.negated:
            sites += told.sites
    return tuple(dict.fromkeys(sites)) or before


def mean_channel(state: State, marks: Marks, chunks: Sequence[Chunk]) -> tuple[Site, ...]:
    """The duplicated vein, where a sentence about it begins with one of its channels."""
    spoken = {(site.vein, site.legs) for site in state.focus}
    if not state.doubled or spoken != {(site.vein, site.legs) for site in state.doubled}:
        return ()
    first = chunks[0].first
    opening = [token.norm for token in marks.tokens[first : first + _LONGEST]]
    words = opening[1:] if opening[:1] == [_ARTICLE] else opening
    at = next((index for index, word in enumerate(words) if word in CHANNELS), 0)
    named = any(group.has_vein and group.first < first + _LONGEST for group in chunks[0].groups)
    if at + 1 < _FEWEST or named:
        return ()
    pointed = any(chunk.cues(*_POINTING) for chunk in chunks)  # "measures 3 mm at the same level"
    meant = state.focus if pointed else state.doubled
    return tuple(replace(site, flags=(*site.flags, _FLAG)) for site in meant)
