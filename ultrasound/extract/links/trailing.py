"""A leg or level at the end of a list, which holds for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import OF_ALL
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import compose

_AND: Final = ("and", "&")
_COMPANY: Final = ("with", "which")
_JOINTS: Final = ("and", "or", "nor", "+", ",", "&")
_ARTICLES: Final = ("a", "an", "the")
_SIZES: Final = ("diameter", "calibre", "caliber", "width", "size")
_PRESENT: Final = "present"
_WHOLE: Final = "whole"
_SHAPES: Final = ("tortuous", "varicose", "aneurysmal")
_CLOTS: Final = ("present", "acute", "subacute", "chronic")
_CLOSURES: Final = (
    ("patency", "occluded"),
    ("compressibility", "none"),
    ("flow", "absent"),
    ("treatment_result", "closed"),
)


def share_trailing_leg(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give the leg at the end to the whole list: "Patent and compressible bilaterally"."""
    _share_with_disease(thread, chunk)
    if len(groups) != 1 or not chunk.predicates:
        return
    filled = _is_filled(chunk)
    if any(p.none_word for p in chunk.predicates):
        return  # "one in the right calf, none on the left"
    group = groups[0]
    only_leg = is_only_leg(group)
    of_both = only_leg and any(len(part.legs) > 1 for part in group.parts)
    # "compressible with no clot in either leg", "incompetent to mid calf with 2.7 s on the left"
    company = _COMPANY if filled or of_both or _are_of_title(thread, chunk) else ()
    if chunk.separator not in (*_JOINTS, *company):
        return
    closed = chunk.separator in _AND and _is_closure(chunk)
    placed = is_only_level(group) or _is_of_trunk(thread, chunk, group)
    levels = _is_range(group) or ((filled or closed) and placed)
    if not (only_leg or levels) or group.first < min(p.last for p in chunk.predicates):
        return
    own = {site.vein for a in thread.result if a.chunk is chunk for site in a.sites}
    for a in thread.result:
        if (
            a.chunk.clause == chunk.clause
            and a.chunk is not chunk
            and a.predicate.finding is not None
            and {s.vein for s in a.sites} == own
            and (_lacks_leg(a) if only_leg else _is_closed(a))
        ):
            told = [*_legs_between(thread, a.chunk, chunk), group] if only_leg else [group]
            a.sites = tuple(dict.fromkeys(site for g in told for site in compose(g, a.sites)))


def _are_of_title(thread: Thread, chunk: Chunk) -> bool:
    """Whether what is there by the clause so far has both legs from above its sentence.

    And no other leg follows: "incompetent with 2.7 s on the left and 3 s on the right".
    """
    later = thread.chunks[thread.position_of(chunk) + 1 :]
    if any(group.has_leg for c in later for group in c.groups):
        return False
    first = thread.chunks[0].first
    said = [a for a in thread.result if a.chunk.clause == chunk.clause and a.chunk is not chunk]
    sites = [site for a in said for site in a.sites if a.predicate.value == _PRESENT]
    return bool(sites) and all(
        len(site.legs) > 1 and site.leg_at is not None and site.leg_at[1] < first for site in sites
    )


def _share_with_disease(thread: Thread, chunk: Chunk) -> None:
    """Deny a disease of both legs where they stand at the end: "no DVT and no deep reflux in …".

    It names its veins by itself, so that other veins before the legs change nothing.
    """
    sides = [group for group in chunk.groups if group.has_leg]
    legs = {leg for group in sides for part in group.parts for leg in part.legs}
    led = [p for p in chunk.predicates if p.negated or p.value in OF_ALL]
    if len(sides) != 1 or len(legs) == 1 or not led or chunk.separator not in _JOINTS:
        return
    both = tuple(dict.fromkeys(site.only_leg() for site in compose(sides[0], ())))
    for a in thread.result:
        finding = a.predicate.finding
        disease = finding is not None and finding.vein is not None and finding.kind == "noun"
        loose = a.chunk is not chunk and not a.explicit and not a.chunk.groups
        if disease and loose and a.predicate.negated and a.chunk.clause == chunk.clause:
            a.sites = both


def share_behind_sides(thread: Thread, chunk: Chunk, group: PlaceGroup) -> None:
    """Give each leg's number the level behind them: "4 mm (R) and 3 mm (L) in the mid thigh"."""
    for a in thread.result if is_only_level(group) else ():
        side = thread.follower(thread.position_of(a.chunk))
        sided = side is not None and is_side(side) and a.number is not None
        bare = bool(a.sites) and all(site.vein and not site.has_spot for site in a.sites)
        if sided and bare and a.chunk.clause == chunk.clause:
            a.sites = compose(group, a.sites)


def is_side(chunk: Chunk) -> bool:
    """Whether a clause is a leg in brackets."""
    sides = (isinstance(e, PlaceGroup) and is_only_leg(e) for e in chunk.elements)
    return chunk.depth > 0 and all(sides)


def share_trailing_level(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give the level at the end to the size before it: "is 4.6 mm and competent in the mid thigh".

    Or "is 6.4 mm and 2.0 s in the proximal thigh", "incompetent and 6 mm wide in the thigh", "6 mm
    with 2.0 s of reflux in the thigh". It is said of both, where the size has no level of its own.
    """
    at = thread.position_of(chunk)
    timed = at > 0 and chunk.separator == "with" and _is_timed(chunk, groups)
    joined = timed or chunk.separator in _AND
    if not joined or not at or len(groups) != 1 or not is_only_level(groups[0]):
        return
    found = [p for p in chunk.predicates if _is_word_or_number(p)]
    group, before = groups[0], thread.chunks[at - 1]
    if any(part.spot.zone == _WHOLE for part in group.parts):
        return  # "is 3 mm and competent throughout"
    noun = timed or _is_named_size(thread, chunk)
    others = [p for p in chunk.predicates if p not in found and not (noun and not p.numbers)]
    named = all(_is_label(p) and p.first > found[0].last for p in others) if found else False
    if len(found) != 1 or not named or group.first < found[0].last:
        return
    if found[0].finding is None and found[0].first > chunk.first and not noun:
        return  # a verb of its own: "reflux of 2.1 s and is 6.1 mm in the mid thigh"
    own = {site.vein for a in thread.result if a.chunk is chunk for site in a.sites}
    listed = _lists_on(thread.follower(at))
    for a in thread.result if group.parts[0].until is None else ():
        if listed and a.predicate.value == _PRESENT:
            continue
        stated = not timed and _is_state(a)
        sized = a.chunk is before and (stated or (a.number and a.number.unit))
        bare = bool(a.sites) and all(site.vein and not site.has_spot for site in a.sites)
        most = bool(a.chunk.cues("maximum")) or (a.number is not None and a.number.attained)
        # "5 mm at its widest", "up to 5 mm", "5.5 mm, previously 4.9 mm, with 2 s in the thigh"
        bare = bare and not most and not (timed and a.chunk.prior)
        same = {site.vein for site in a.sites} == own
        other = found[0].finding is not None or _kind_of(a.predicate) != _kind_of(found[0])
        if sized and bare and same and other and (a.predicate.finding is None or _is_state(a)):
            a.sites = compose(group, a.sites)


def _is_timed(chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a clause holds a time, and the reflux that it is of: "with 2.0 s of reflux in …".

    A junction is of the reflux alone.
    """
    places = [part.spot for group in groups for part in group.parts]
    if any(spot.code or spot.zone == "junction" for spot in places):
        return False
    times = [p for p in chunk.predicates if _kind_of(p) == "time"]
    nouns = [p for p in chunk.predicates if p.finding is not None and p.value == _PRESENT]
    return len(times) == 1 and not any(p.negated for p in nouns) and not chunk.cues("maximum")


def _is_named_size(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause opens with the noun of its size: "and a diameter of 5.4 mm in the thigh"."""
    words = [t.norm for t in thread.marks.tokens[chunk.first : chunk.first + 2]]
    return bool(words) and words[-1 if words[0] in _ARTICLES else 0] in _SIZES


def _is_word_or_number(predicate: Predicate) -> bool:
    """Whether it is a word that finds something, or a measured number alone."""
    if predicate.finding is None:
        return _kind_of(predicate) is not None
    return predicate.finding.kind == "word"


def _kind_of(predicate: Predicate) -> str | None:
    """What its only number measures."""
    units = [number.unit for number in predicate.numbers]
    return units[0].kind if len(units) == 1 and units[0] is not None else None


def _lists_on(chunk: Chunk | None) -> bool:
    """Whether another level and its size follow, so that a state was told of all of them."""
    return chunk is not None and any(g.has_spot for g in chunk.groups) and bool(chunk.predicates)


def _is_label(predicate: Predicate) -> bool:
    """Whether it only names what a number measures: the "wide" of "6 mm wide"."""
    return predicate.finding is not None and predicate.finding.kind == "label"


def _is_state(a: Assignment) -> bool:
    """Whether an adjective says what a vein is at some place: "tortuous", "incompetent"."""
    finding = a.predicate.finding
    if finding is None:
        return False
    reflux = (finding.property, a.predicate.value) == ("reflux", _PRESENT)
    shape = finding.property == "anatomy" and finding.value in _SHAPES
    return shape or (reflux and finding.kind == "word")


def _is_filled(chunk: Chunk) -> bool:
    """Whether a clause says no more than that there is thrombus."""
    found = [p.finding for p in chunk.predicates if not p.numbers and not _is_length(p)]
    return (
        bool(found)
        and all(f is not None and f.property == "thrombus" and f.value != "absent" for f in found)
        and not any(p.negated for p in chunk.predicates)
    )


def _is_length(predicate: Predicate) -> bool:
    """Whether it names a length: "thrombus from mid to distal thigh over a length of 11 cm"."""
    return predicate.finding is not None and predicate.finding.property == "length"


def _is_of_trunk(thread: Thread, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether it is the junction and levels of the trunk before: "at the SFJ and in the thigh"."""
    trunks = {s.vein for a in thread.result if a.chunk.clause == chunk.clause for s in a.sites}
    placed = all(part.has_spot for part in group.parts) and not group.has_leg
    return placed and len(trunks) == 1 and {part.vein for part in group.parts} - {None} <= trunks


def _is_closure(chunk: Chunk) -> bool:
    """Whether a clause says no more than that a vein is closed: "and non-compressible in …"."""
    found = [(p.finding.property if p.finding else None, p.value) for p in chunk.predicates]
    return len(found) == 1 and found[0] in _CLOSURES


def _lacks_leg(a: Assignment) -> bool:
    return not any(group.has_leg for group in a.chunk.groups)


def _legs_between(thread: Thread, first: Chunk, last: Chunk) -> list[PlaceGroup]:
    """The legs of the numbers between a finding and the last: "(1.2 s right, 1.4 s left)"."""
    chunks = thread.chunks[thread.position_of(first) + 1 : thread.position_of(last)]
    alone = [
        c for c in chunks if all(not p.finding or p.finding.kind == "label" for p in c.predicates)
    ]
    return [g for c in alone if c.predicates for g in c.groups if is_only_leg(g)]


def _is_range(group: PlaceGroup) -> bool:
    junction = all(part.spot.code for part in group.parts)  # "from the SPJ to the mid calf"
    return (junction or not group.has_vein) and all(part.until for part in group.parts)


def _is_closed(a: Assignment) -> bool:
    """Whether a word of closure or clot holds over the range at the end.

    As in "thrombosed, non-compressible and without flow from the mid thigh to the knee".
    """
    said = (a.predicate.finding.property if a.predicate.finding else None, a.predicate.value)
    clot = said[0] == "thrombus" and not a.predicate.negated and said[1] in _CLOTS
    return (clot or said in _CLOSURES) and not any(site.has_spot for site in a.sites)
