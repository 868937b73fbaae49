"""A junction at which something is said of its trunk: "At the SFJ the GSV is 8 mm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import Part, PlaceGroup

_JUNCTION: Final = "junction"
_LED: Final = 3  # tokens of "at the left"
_IN_THE: Final = (["in", "the"], ["of", "the"])
_LEADING: Final = ("the", ",", "of")


def lead_in(thread: Thread, groups: Sequence[PlaceGroup]) -> Sequence[PlaceGroup]:
    """The phrases of a clause, a trunk behind its junction as one with it.

    As in "At the SFJ the GSV is 8 mm", "At the SFJ, the GSV, which is 8 mm, refluxes", "At the SFJ
    the reflux time of the left GSV is 2 s".
    """
    if not groups or not _is_led(thread, groups[0]):
        return groups
    (junction, *others), behind = groups[0].parts, groups[1:]
    if len(others) == 1 and _is_trunk_of(junction, others[0]):
        listed = _is_listed(thread, junction, others[0])
        return groups if listed else [_as_one(groups[0], junction, others[0]), *behind]
    if others or not behind or len(behind[0].parts) != 1:
        return groups
    trunk = behind[0].parts[0]
    if not _is_trunk_of(junction, trunk) or not _leads_on(thread, groups[0].last, behind[0].first):
        return groups
    return [_as_one(groups[0], junction, trunk), *behind[1:]]


def mean_junction(thread: Thread, chunk: Chunk) -> None:
    """Put the trunk in focus of which "the junction" is spoken of behind branches.

    As in "GSV reflux by way of vulval veins; the junction is not involved".
    """
    group = chunk.groups[0] if chunk.groups else None
    branches = bool(thread.focus) and all(site.vein in COUNTED for site in thread.focus)
    if group is None or group.has_vein or not branches:
        return
    words = [token.norm for token in thread.marks.tokens[group.first : group.last + 1]]
    legs = {site.legs for site in thread.focus}
    spoken = (a.sites for a in reversed(thread.result))
    own = (sites for sites in spoken if are_trunks(sites) and {s.legs for s in sites} == legs)
    if _JUNCTION in words:
        thread.focus = tuple(site.without_spot() for site in next(own, thread.focus))


def may_lead(thread: Thread, group: PlaceGroup) -> bool:
    """Whether a level alone, or a junction behind "at", can lead the sentence.

    As in "At the SPJ Valsalva and augmentation failed to elicit reflux in the SSV".
    """
    part = group.parts[0]
    junction = part.vein_at is not None and part.vein_at in part.spot_at
    return not group.has_vein or (junction and _is_led(thread, group))


def _is_led(thread: Thread, group: PlaceGroup) -> bool:
    """Whether "at" stands before a phrase."""
    named = group.parts[0].vein_at
    until = group.first if named is None else named.first  # "on the left at the SFJ"
    before = thread.marks.tokens[max(0, until - _LED) : until]
    at = [token.index for token in before if token.norm == "at"]
    return bool(at) and all(token.kind == "word" for token in before if token.index > at[-1])


def _is_trunk_of(junction: Part, trunk: Part) -> bool:
    """Whether a vein is named with no level behind its own junction, of the same leg."""
    named = junction.vein_at is not None and junction.vein_at in junction.spot_at
    legs = not junction.legs or not trunk.legs or junction.legs == trunk.legs
    return named and legs and junction.vein == trunk.vein and not trunk.has_spot


def _is_listed(thread: Thread, junction: Part, trunk: Part) -> bool:
    """Whether a conjunction stands between the two: "at the SPJ or in the SSV"."""
    if junction.vein_at is None or trunk.vein_at is None:
        return True
    between = thread.marks.tokens[junction.vein_at.last + 1 : trunk.vein_at.first]
    return any(
        t.norm not in _LEADING and thread.marks.mention_over(t.index) is None for t in between
    )


def _leads_on(thread: Thread, last: int, first: int) -> bool:
    """Whether only a comma or what is found stands between them: "the reflux time of the".

    Or a whole finding of the trunk: "At the SFJ there is reflux of 1.9 s in the GSV".
    """
    between = thread.marks.tokens[last + 1 : first]
    if [token.norm for token in between[-2:]] in _IN_THE:
        return not any(token.kind == "sign" for token in between)
    index = last + 1
    while index < first:
        mention = thread.marks.mention_at(index)
        row = mention.row("finding") if mention is not None else None
        if mention is not None and row is not None and row.kind == "label":
            index = mention.last + 1
        elif thread.marks.tokens[index].norm in _LEADING:
            index += 1
        else:
            return False
    return True


def _as_one(group: PlaceGroup, junction: Part, trunk: Part) -> PlaceGroup:
    """The junction in the leg that either names."""
    sided = junction if junction.legs else trunk
    part = replace(junction, legs=sided.legs, leg_at=sided.leg_at)
    return PlaceGroup(group.first, group.last, (part,))
