"""Which place phrases of a clause name one place together, and which name none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, place_in
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.means import is_means, place_means
from ultrasound.extract.links.onward import begin_there, place_where
from ultrasound.extract.links.passed import (
    is_beyond,
    is_passing,
    leave_landmark,
    place_branch,
    strip_vein,
)
from ultrasound.extract.links.starting_at import only_starts
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.members import names_system_of
from ultrasound.extract.places.merged import unite_groups
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_level
from ultrasound.extract.places.sites import ACCESSORY, Site
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_REACH: Final = 2  # words between "from" and the place: "refluxing from the knee trunk"

_WITHIN: Final = ("in", "of", "within")  # the deep system
_AT: Final = "at"
_SFJ: Final = "sfj"
_ORIGIN: Final = "origin"
_TAKES: Final = (["take"], ["has"], ["have"])
_ORIGINS: Final = ("arise", "arising", "originate", "begin")
_BRANCH: Final = "NSV"
_TOWARDS: Final = ("toward", "into")
_ADVERBS: Final = ("distally", "proximally")
_OF_CALF: Final = frozenset({"PTV", "PRV", "ATV", "GAV", "SOV", "TPT", "CALF"})
_WAY_REACH: Final = 4  # elements between "runs over" and its place


def unite_phrases(thread: Thread, chunk: Chunk) -> list[PlaceGroup]:
    """The place phrases of a clause, those that complete each other as one."""
    groups: list[PlaceGroup] = []
    for group in chunk.groups:
        kept = _keep(thread, chunk, groups, group)
        kept = leave_landmark(chunk, kept) if kept is not None else None
        groups += [kept] if kept is not None else []
    if _pairs_numbers(chunk, groups):
        return groups
    united: list[PlaceGroup] = []
    for group in groups:
        apart = bool(united) and _is_from_groin(thread, united[-1], group)
        if united and not apart and is_means(chunk, united[-1], group):
            united.append(place_means(united[-1], group))
        elif united and not apart and not _has_own_finding(chunk, united[-1], group):
            ranged = _range_trunk(united[-1], group)
            united[-1:] = [ranged] if ranged else unite_groups([united[-1], group])
        else:
            united.append(group)
    return united


def _range_trunk(before: PlaceGroup, group: PlaceGroup) -> PlaceGroup | None:
    """A junction, and its trunk over the range behind them; None for any other phrases.

    As in "SFJ and GSV reflux from the groin to the knee".
    """
    junction, *trunks = before.parts
    ranges = group.parts if not group.has_leg else ()
    if len(trunks) != 1 or len(ranges) != 1 or ranges[0].until is None:
        return None
    trunk, reach = trunks[0], ranges[0]
    if not junction.spot.code or trunk.vein != junction.vein or trunk.has_spot:
        return None
    if reach.vein not in (None, trunk.vein):
        return None
    spots = replace(reach, vein=trunk.vein, vein_at=trunk.vein_at)
    legs, at = (trunk.legs, trunk.leg_at) if trunk.legs else (junction.legs, junction.leg_at)
    parts = (junction, replace(spots, legs=legs, leg_at=at))
    return PlaceGroup(before.first, group.last, parts)


def _keep(
    thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup], group: PlaceGroup
) -> PlaceGroup | None:
    """What a phrase says of what its clause speaks of, None where it says nothing of it."""
    if _is_source(thread, chunk, group) or is_beyond(chunk, group):
        return None
    if only_starts(thread, chunk, group):
        return None
    if _is_way(thread, chunk, group) or _is_origin(thread, chunk, group):
        return None
    if _is_goal(thread, chunk, group) or _leads_on(thread, chunk, group):
        return None
    if _is_those(thread, chunk, group) or _is_system(chunk, groups, group):
        return strip_vein(group)
    if is_passing(chunk, group, thread.focus):
        return place_branch(groups, group, thread.focus)
    group = _lead_range(thread, chunk, group)
    group = place_where(thread, chunk, begin_there(thread, chunk, group))
    return _begin_at_origin(chunk, groups, group, thread.focus)


def _lead_range(thread: Thread, chunk: Chunk, group: PlaceGroup) -> PlaceGroup:
    """A range from a junction as that of its trunk: "from the SFJ to the knee, the GSV"."""
    follower = thread.follower(thread.position_of(chunk))
    if chunk.predicates or "from" not in chunk.kinds or follower is None:
        return group
    part, *others = group.parts
    trunks = {own.vein for own in follower.groups[0].parts} if follower.groups else set()
    ranged = part.until is not None and bool(part.spot.code) and trunks == {part.vein}
    if others or not ranged or follower.separator != "," or follower.groups[0].has_spot:
        return group
    return replace(group, parts=(replace(part, vein=None, vein_at=None),))


def _begin_at_origin(
    chunk: Chunk, groups: Sequence[PlaceGroup], group: PlaceGroup, focus: Sequence[Site]
) -> PlaceGroup:
    """The range or size of an accessory vein, which begins at the SFJ: "AASV from the SFJ to …".

    Or where branches are: "tortuous tributaries are present at the SFJ".
    """
    named = [part.vein for g in groups if g.has_vein for part in g.parts]
    veins = named or [site.vein for site in focus]
    origin = all(part.spot.code == _SFJ for part in group.parts)
    ranged = all(part.until is not None for part in group.parts)
    before = [e.norm for e in chunk.elements if isinstance(e, Token) and e.index < group.first][-2:]
    sized = bool(chunk.predicates) and all(p.numbers for p in chunk.predicates) and _AT in before
    begins = (ranged or sized) and bool(veins) and all(vein in ACCESSORY for vein in veins)
    begins |= ranged and set(veins) == {_BRANCH}
    if not origin or not (begins or (_AT in before and _are_there(chunk, groups, group))):
        return group
    parts = tuple(replace(part, vein=None, vein_at=None) for part in group.parts)
    return replace(group, parts=parts)


def _are_there(chunk: Chunk, groups: Sequence[PlaceGroup], group: PlaceGroup) -> bool:
    """Whether branches are only said to be at a place: nothing is found of it."""
    branches = [part.vein == _BRANCH for part in groups[-1].parts] if groups else []
    last = groups[-1].last if groups else 0
    found = any(last < p.first for p in chunk.predicates)
    seen = any(last < cue.first < group.first for cue in chunk.cues("affirmation_after"))
    return bool(branches) and all(branches) and seen and not found


def _has_own_finding(chunk: Chunk, before: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether each place has a finding of its own: "GSV reflux without SFJ reflux"."""
    if not group.has_vein or _reaches_from(before, group):
        return False
    if before.has_vein and (_opens_anew(chunk, group) or _is_met(chunk, before, group)):
        return True
    found = [
        p.first for p in chunk.predicates if p.finding is not None and p.finding.kind != "label"
    ]
    between = [at for at in found if before.last < at < group.first]
    after = any(at > group.last for at in found)
    return len(between) > 1 or (bool(between) and after)


def _reaches_from(before: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether a range from its junction follows a trunk: "the SSV is closed from the SPJ to …"."""
    trunks = {part.vein for part in before.parts}
    return all(p.until is not None and p.spot.code and {p.vein} == trunks for p in group.parts)


def _is_met(chunk: Chunk, before: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether branches meet other ones: "vulval varicosities communicate with thigh tributaries".

    Each lies at its own level.
    """
    cues = chunk.cues("joins", "gives")
    linked = any(before.last < cue.first and cue.last < group.first for cue in cues)
    linked &= before.has_leg or not group.has_leg
    return linked and all(part.vein == _BRANCH for part in (*before.parts, *group.parts))


def _opens_anew(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether an article parts a vein from the one before: "RFA of the GSV the SFJ is patent"."""
    position = place_in(chunk, group)
    run = chunk.elements[max(0, position - _REACH) : position]
    article = run[-1] if run else None
    led = isinstance(article, Token) and article.norm == "the"
    return led and len(run) == _REACH and isinstance(run[0], PlaceGroup)


def _is_those(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether branches of another vein are meant: "those of the left GSV measure 5 mm".

    Or the perforator just named, in a bracket about it: "a calf perforator (perf 4.2 mm)", or under
    its heading behind the level of a line: "Perforators - calf 14 cm above the ankle: IPV 3 mm".
    """
    plain = group is chunk.groups[0] and not (group.has_spot or group.has_leg)
    if plain and chunk.separator in "(:" and {part.vein for part in group.parts} == {"PERF"}:
        before = thread.chunks[thread.position_of(chunk) - 1].groups
        placed = chunk.separator == "(" or any(map(is_only_level, before[-1:]))
        return placed and all(site.vein in PERFORATORS for site in thread.focus)
    if group is not chunk.groups[0] or thread.marks.tokens[chunk.first].norm != "those":
        return False
    words = [token.norm for token in thread.marks.tokens[chunk.first : group.first]]
    spoken = [site.vein for site in thread.focus]
    those = words[1:2] in (["of"], ["from"])
    return those and bool(spoken) and all(vein in COUNTED for vein in spoken)


def _is_system(chunk: Chunk, groups: Sequence[PlaceGroup], group: PlaceGroup) -> bool:
    """Whether a system is named only as that of the vein found: "CFV reflux in the deep system"."""
    if not groups or not names_system_of(groups[-1], group):
        return False
    found = [p for p in chunk.predicates if p.finding and p.finding.kind != "label"]
    first, last = groups[-1].last, group.first
    said = all(p.last < last for p in found) and any(p.last > first for p in found)
    before = chunk.elements[: place_in(chunk, group)][-_REACH:]
    return said and any(isinstance(e, Token) and e.norm in _WITHIN for e in before)


def _leads_on(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether an adverb only goes on from the veins before to the calf: "Distally, the PTVs …"."""
    alone = group is chunk.groups[0] and group.first == group.last == chunk.first
    if not alone or thread.marks.tokens[group.first].norm not in _ADVERBS:
        return False
    named = {part.vein for g in chunk.groups for part in g.parts} - {None}
    return bool(named) and named <= _OF_CALF


def _is_way(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a level only says over what a trunk runs: "it runs over the lateral thigh"."""
    if group.has_vein or "runs" not in chunk.kinds:
        return False
    position = place_in(chunk, group)
    before = chunk.elements[max(0, position - _WAY_REACH) : position]
    if not any(isinstance(e, Mention) and e.cue("runs") for e in before):
        return False
    named = [part.vein for g in chunk.groups if g.has_vein for part in g.parts]
    veins = named or [site.vein for site in thread.focus]
    return bool(veins) and not any(vein in COUNTED for vein in veins)


def _is_goal(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a level only says where varicosities go to: "vulval, feeding the medial thigh"."""
    if group.has_vein or group.has_leg or not group.has_spot:
        return False
    position = place_in(chunk, group)
    led = False
    for element in reversed(chunk.elements[max(0, position - _WAY_REACH) : position]):
        word = element.norm if isinstance(element, Token) else ""
        led = word in _TOWARDS or (isinstance(element, Mention) and element.cue("leads"))
        between = word in FILLERS or (isinstance(element, Mention) and element.cue("location"))
        if led or not between:
            break
    named = {part.vein for g in chunk.groups if g.first < group.first for part in g.parts}
    veins = (named - {None}) or {site.vein for site in thread.focus}
    return led and veins == {_BRANCH}


def _is_origin(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a level only says where a vein begins: "arises 1.5 cm below the SFJ"."""
    position = place_in(chunk, group)
    before = [e.norm for e in chunk.elements[:position] if isinstance(e, Token)][-2:]
    takes = thread.marks.tokens[group.first].norm == _ORIGIN and before[:1] in _TAKES
    named = before[-1:] and before[-1] in _ORIGINS
    return bool(takes or named) and not group.has_leg and not chunk.predicates


def _is_source(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a tributary with its own place fills from here: "refluxing from the knee trunk".

    Or from the groin, where none lies: "varices from groin neovascularisation".
    """
    if "from" not in chunk.kinds or not group.has_spot or any(p.until for p in group.parts):
        return False
    position = place_in(chunk, group)
    before = chunk.elements[max(0, position - _REACH) : position]
    if not any(isinstance(e, Mention) and e.cue("from") for e in before):
        return False
    named = [g for g in chunk.groups if g.first < group.first]
    if named and len(group.parts) == 1 and _is_from_groin(thread, named[-1], group):
        return True
    return not group.has_vein and any(s.vein == _BRANCH and s.has_spot for s in thread.focus)


def _is_from_groin(thread: Thread, before: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether varicosities come from the groin: "varices filling from a groin tributary"."""
    led = [token.norm for token in thread.marks.tokens[before.last + 1 : group.first]]
    groin = all(p.spot.zone == "junction" and p.vein in (None, _BRANCH) for p in group.parts[:1])
    return "from" in led and groin and all(p.anatomy and not p.until for p in before.parts)


def _pairs_numbers(chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Several numbers of one kind beside several levels or legs are pairs, not one place."""
    kinds = [p.numbers[0].unit.kind for p in chunk.predicates if p.numbers and p.numbers[0].unit]
    repeated = any(kinds.count(kind) > 1 for kind in kinds)
    return repeated and sum(g.has_spot or g.has_leg for g in groups) > 1
