"""Words by which a sentence refers to what was spoken of: "it", "the vein", "in them"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_IT: Final = "it"
_THE_VEIN: Final = ["the", "vein"]
_LEADING: Final = 4  # words of "A little lower down"
_INSIDE: Final = ("in", "within", "of")
_THEM: Final = ("them", "these", "those")
_SEEN: Final = ("seen", "visible", "visualised", "visualized", "assessed", "imaged")
_PRONOUNS: Final = ("it", "this", "its", "these", "they", "both")


def refers_back(
    state: State,
    marks: Marks,
    chunks: Sequence[Chunk],
    groups: Sequence[PlaceGroup],
    *,
    continued: bool,
) -> bool:
    """Whether a sentence speaks of what was spoken of; ``continued``: in its own paragraph."""
    start = chunks[0].first if chunks else len(marks.tokens)
    opening = [token.norm for token in marks.tokens[start : start + 2]]
    if _opens_with_it(state, opening, continued=continued):
        return True
    return not continued and _means_them(state, marks, chunks, groups)


def find_level_here(state: State, chunks: Sequence[Chunk]) -> tuple[Site, ...]:
    """The level that was spoken of, where a branch is there: "A tributary leaves the GSV here"."""
    first = chunks[0] if chunks else None
    here = first.cues("here") if first is not None else []
    if first is None or not here or here[0].first == first.first:
        return ()
    parts = [part for group in first.groups for part in group.parts]
    branch = any(part.vein in COUNTED for part in parts)
    trunks = {site.vein for site in state.focus}
    known = {part.vein for part in parts} <= {*COUNTED, *trunks}
    level = bool(state.focus) and all(site.has_spot and not site.until for site in state.focus)
    return state.focus if branch and known and level and trunks.isdisjoint(COUNTED) else ()


def speaks_generally(marks: Marks, chunks: Sequence[Chunk]) -> bool:
    """Whether a sentence without a place is of all that was seen: "Patent where seen"."""
    if any(chunk.groups for chunk in chunks):
        return False
    words = [token.norm for token in marks.tokens[chunks[0].first : chunks[-1].last + 1]]
    return any(a == "where" and b in _SEEN for a, b in pairwise(words))


def leads_it(marks: Marks, start: int, groups: Sequence[PlaceGroup]) -> bool:
    """Whether "it" stands behind the first words, before any place: "Lower down it fills …"."""
    end = min([start + _LEADING, *(group.first for group in groups)])
    return any(token.norm == _IT for token in marks.tokens[start:end])


def _opens_with_it(state: State, opening: Sequence[str], *, continued: bool) -> bool:
    """Whether a sentence begins with a word for what was spoken of.

    On a line of its own under no vein "it" and "the vein" go on with that of the line before.
    """
    if continued or not opening:
        return opening[:1] != [] and opening[0] in _PRONOUNS
    known = all(site.legs and site.vein and site.vein not in COUNTED for site in state.focus)
    return known and not state.vein and (opening[0] == "it" or list(opening) == _THE_VEIN)


def _means_them(
    state: State, marks: Marks, chunks: Sequence[Chunk], groups: Sequence[PlaceGroup]
) -> bool:
    """Whether a line on its own denies something of the veins of the line before: "in them"."""
    several = len({site.vein for site in state.focus} - {None}) > 1
    if not several or len(chunks) != 1 or any(group.has_vein for group in groups):
        return False
    words = [token.norm for token in marks.tokens[chunks[0].first : chunks[0].last + 1]]
    return any(a in _INSIDE and b in _THEM for a, b in pairwise(words))
