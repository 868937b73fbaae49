"""The trunk that a sentence goes on with behind a perforator, which has no range of its own.

As in "reflux begins at the mid thigh via a perforator, 4.4 mm, and continues to the mid calf".
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.focus import are_perforators, are_several
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.words.marks import Marks

_IT: Final = "it"
_ITS: Final = "its"
_WHICH, _THEN = "which", "then"
_TRUNK: Final = "trunk"
_REJOINS: Final = "rejoin"  # its fascia, as a vein that was left out above
_NAMES: Final = {"gsv": "GSV", "lsv": "GSV", "ssv": "SSV"}
_VEIN, _VEINS = "vein", "veins"
_BOTH_TRUNKS: Final = ["both", "trunk"]
_THE_TRUNK: Final = (["the", "trunk"], ["the", "vein"])


def resume_trunk(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say what was found of the trunk of the range that a clause ends; False where it has none."""
    _mean_trunk(thread, chunk, groups)
    stem = bool(thread.stem) and thread.focus == thread.stem and not chunk.predicates
    branches = are_perforators(thread.focus) or stem
    if not branches or not groups or groups[0].has_vein:
        return False
    if not _is_onward(groups):
        return False
    said = next((a for a in reversed(thread.result) if _is_of_trunk(a)), None)
    if said is None or any(site.until is not None for site in said.sites):
        return False
    if chunk.predicates:  # "and refluxes down to the mid calf"
        thread.focus = said.sites
        return False
    begins = tuple(_begin_at(site, thread.focus) for site in said.sites)
    sites = compose(groups[0], begins)
    thread.result.append(replace(said, sites=sites, chunk=chunk, explicit=True))
    thread.focus = sites
    thread.mention(sites)
    return True


def mean_whole(thread: Thread, chunk: Chunk) -> None:
    """Let a range begin at the junction, and not at a level at which only the size was told.

    As in "measures 5.9 mm in the mid thigh and is incompetent down to the knee".
    """
    open_range = any(part.until and part.open_start for g in chunk.groups for part in g.parts)
    onward = any(c.cues("here", "remainder") for c in thread.chunks)  # "below this … to the ankle"
    stem = bool(thread.stem) and thread.focus == thread.stem  # the trunk at its branch
    if not open_range or onward or stem or any(s.vein in COUNTED for s in thread.focus):
        return
    levels = {(site.vein, site.spot) for site in thread.focus}
    before = thread.chunks[max(0, thread.position_of(chunk) - 1)]
    onward = chunk.separator in (_WHICH, _THEN) or _REJOINS in before.norms
    if onward and not _is_sized(thread, levels):
        return  # "feeds the below-knee GSV, which is incompetent to the ankle"
    found = [
        a for a in thread.result if a.predicate.finding and a.predicate.finding.kind != "label"
    ]
    said = any((site.vein, site.spot) in levels for a in found for site in a.sites)
    if not said and not any(site.until for site in thread.focus):
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in thread.focus))


def _is_sized(thread: Thread, levels: Set[tuple[str | None, Spot]]) -> bool:
    """Whether a sentence has measured a vein at one of some levels."""
    sized = [a for a in thread.result if a.number is not None]
    return any((site.vein, site.spot) in levels for a in sized for site in a.sites)


def _begin_at(site: Site, branches: tuple[Site, ...]) -> Site:
    """The trunk at the level of the perforator from which it refluxes, where none is its own."""
    spots = {branch.spot for branch in branches}
    if site.spot or len(spots) != 1:
        return site
    return replace(site, spot=branches[0].spot, spot_at=branches[0].spot_at)


def _mean_trunk(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Let "it" be the trunk where a tributary was named beside it, and a junction follows.

    As in "incompetent, bridged by a tortuous tributary; it measures 9.1 mm at the junction".
    """
    _mean_fed(thread, chunk)
    _mean_beyond(thread, chunk, groups)
    _mean_spoken(thread, chunk, groups)
    named = bool(thread.focus) and all(site.vein == "NSV" for site in thread.focus)
    if not named or chunk.words[:1] != [_IT] or not groups or groups[0].has_vein:
        return
    beside = thread.chunks[thread.position_of(chunk) - 1]
    its = thread.marks.tokens[beside.first].norm == _ITS
    several = are_several(thread.marks, thread.focus)  # no "it" means varicosities
    if its or several or all(part.spot.zone == "junction" for part in groups[0].parts):
        said = next((a for a in reversed(thread.result) if _is_of_trunk(a)), None)
        if said is not None:
            thread.focus = tuple(dict.fromkeys(site.without_spot() for site in said.sites))


def _mean_beyond(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Let "trunk" behind a level or the junction be all of it: "junction competent, trunk not".

    And "vein" behind the junction. Of both where nothing was said of the junction yet: "junction
    and trunk competent".
    """
    opening = thread.marks.tokens[chunk.first : chunk.first + 2]
    words = [t.norm for t in opening if t.norm != "the" and t.text.lower() != _VEINS]
    named = any(group.has_vein for group in groups)
    placed = are_trunks(thread.focus) and any(site.has_spot for site in thread.focus)
    junction = all(
        (site.spot.code or site.spot.zone == "junction") and site.until is None
        for site in thread.focus
    )
    meant = words[:1] == [_TRUNK] or (words[:1] == [_VEIN] and junction)
    if not meant or named or not placed or not thread.position_of(chunk):
        return
    if chunk.separator in ("where", _WHICH) or chunk.cues("here"):
        return  # "the distal thigh, where the trunk is narrow"
    before = thread.chunks[thread.position_of(chunk) - 1]
    both = chunk.separator in ("and", "&") and bool(before.groups) and not before.predicates
    trunk = tuple(dict.fromkeys(site.without_spot() for site in thread.focus))
    thread.focus = (*thread.focus, *trunk) if both else trunk


def _mean_spoken(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Let "the trunk" behind branches be the one of their leg that was spoken of before them."""
    branches = bool(thread.focus) and all(site.vein in COUNTED for site in thread.focus)
    named = any(group.has_vein for group in groups)
    words = _opening_of(thread, chunk)
    if words == _BOTH_TRUNKS and branches and not named:
        thread.focus = tuple(dict.fromkeys(site.only_leg() for site in thread.focus))
        thread.several, thread.mentioned = [], []  # which these are, no one says
    if words not in _THE_TRUNK or not branches or named or thread.stem:
        return
    said = [a.sites for a in reversed(thread.result) if are_trunks(a.sites) and not a.dropped]
    spoken = [*said, thread.opened, *reversed(thread.earlier)]
    legs = {site.legs for site in thread.focus}
    own = next((s for s in spoken if are_trunks(s) and {site.legs for site in s} == legs), ())
    own = own or name_of_trunk(thread.marks, thread.focus)
    if not own:
        return
    trunk = tuple(dict.fromkeys(site.without_spot() for site in own))
    if chunk.separator == _WHICH:  # "… meets the trunk, which refluxes to the knee": from there on
        thread.stem = tuple(_begin_at(site, thread.focus) for site in trunk)
        trunk = thread.stem if _is_onward(groups) else trunk
    thread.focus = trunk


def name_of_trunk(marks: Marks, branches: Sequence[Site]) -> tuple[Site, ...]:
    """The trunk by whose name branches are called: "GSV tributaries"."""
    sites: list[Site] = []
    for site in branches:
        first = marks.tokens[site.vein_at[0]] if site.vein_at else None
        vein = _NAMES.get(first.norm) if first is not None else None
        if vein is None or first is None:
            return ()
        sites.append(replace(site.without_spot(), vein=vein, vein_at=(first.index, first.index)))
    return tuple(dict.fromkeys(replace(site, anatomy=None) for site in sites))


def _is_onward(groups: Sequence[PlaceGroup]) -> bool:
    """Whether a place is the end of a range with no start of its own."""
    parts = [part for group in groups[:1] for part in group.parts]
    return bool(parts) and all(part.until is not None and part.open_start for part in parts)


def _opening_of(thread: Thread, chunk: Chunk) -> list[str]:
    """The words that a clause begins with; of a relative one those that it goes on about.

    As in "a perforator fills the trunk, which is incompetent to the knee".
    """
    at, tokens = thread.position_of(chunk), thread.marks.tokens
    before = thread.chunks[at - 1] if at else None
    if before is None or chunk.separator != _WHICH or not before.cues("joins", "gives"):
        return [t.norm for t in tokens[chunk.first : chunk.first + 2]]
    return [t.norm for t in tokens[before.last - 1 : before.last + 1]]


def _mean_fed(thread: Thread, chunk: Chunk) -> None:
    """Let a second "it" be the first: "a perforator feeds it, and it is incompetent"."""
    at = thread.position_of(chunk)
    if not at or thread.marks.tokens[chunk.first].norm != _IT:
        return
    before = thread.chunks[at - 1]
    fed = thread.marks.tokens[before.last].norm == _IT and before.cues("joins", "gives")
    spoken = [thread.opened, *reversed(thread.earlier)]
    own = next((sites for sites in spoken if are_trunks(sites)), ())
    if fed and own:
        thread.focus = tuple(dict.fromkeys(site.without_spot() for site in own))


def are_trunks(sites: tuple[Site, ...]) -> bool:
    """Whether places are of veins that are no branch and no group."""
    veins = [site.vein for site in sites]
    return bool(veins) and all(vein and vein not in (*COUNTED, *GROUPS) for vein in veins)


def _is_of_trunk(a: Assignment) -> bool:
    """Whether something was found of a vein that is no branch and no group."""
    trunks = are_trunks(a.sites)
    return a.predicate.finding is not None and a.number is None and trunks and not a.dropped


def is_set_off(marks: Marks, chunk: Chunk, before: Chunk | None) -> bool:
    """Whether a remark between commas ends: "insufficient, fed by a tributary, with calibre …"."""
    if before is not None and before.depth > chunk.depth and chunk.separator in ("and", "but", ","):
        return any(group.has_vein for group in before.groups)  # "(feeding a tributary) and …"
    apart = before is not None and before.separator == "," and not before.predicates
    comma = chunk.first > 1 and marks.tokens[chunk.first - 2].text == ","
    return apart and comma and chunk.separator == "with" and bool(chunk.predicates)
