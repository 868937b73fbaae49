"""What a sentence speaks of before its first word, by its opening words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.branching import joins_it, leave_branch
from ultrasound.extract.links.channels import mean_channel
from ultrasound.extract.links.closing_item import DASHES
from ultrasound.extract.links.clot import resume_clot
from ultrasound.extract.links.each_leg import speak_of_each
from ultrasound.extract.links.focus import (
    are_perforators,
    are_several,
    name_all,
    name_all_of_leg,
    says_pair,
)
from ultrasound.extract.links.of_both_legs import speak_of_both
from ultrasound.extract.links.of_vein import speaks_of_vein
from ultrasound.extract.links.opening_focus import find_opening_focus
from ultrasound.extract.links.pairs import feeds_from_each, means_label
from ultrasound.extract.links.passed import is_beyond
from ultrasound.extract.links.passing import mark_again
from ultrasound.extract.links.referring import (
    find_level_here,
    leads_it,
    refers_back,
    speaks_generally,
)
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.same_veins import mean_same
from ultrasound.extract.links.sentence_subject import mean_subject
from ultrasound.extract.links.stents import mean_stents
from ultrasound.extract.links.trunks import TRUNK, find_latter, find_trunk, mean_treated
from ultrasound.extract.links.turning import find_reason_leg, note_opening, stay_on_leg, turn_leg
from ultrasound.extract.links.whole_vein import goes_back_to_all, speaks_of_all
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_TREATED: Final = frozenset(
    {"untreated", "treated", "clotted", "thrombosed", "occluded", "closed", "ablated", "sealed"}
    | {"glued", "lasered", "foamed"}
)
_SIDES: Final = (["right"], ["left"])
_ITSELF: Final = ["the", "trunk", "itself"]
_SIZE: Final = ("diameter", "calibre", "caliber", "size", "width")
_SPREADING: Final = ("insufficiency", "incompetence", "reflux", "incontinence")
_VENOUS: Final = "venous"
_IT: Final = ("it", "its")


def _says_vein(marks: Marks, chunk: Chunk) -> bool:
    """Whether a clause speaks of "the vein", or of the treated or clotted one, and of no other."""
    if any(group.has_vein for group in chunk.groups):
        return False
    side = chunk.groups[:1]  # "On the right the vein is competent"
    led = bool(side) and side[0].first == chunk.first and is_only_leg(side[0])
    start = side[0].last + 1 if led else chunk.first
    words = [token.norm for token in marks.tokens[start : chunk.last + 1]]
    sided = words[:1] == ["the"] and words[1:2] in _SIDES and words[2:3] == ["vein"]
    if sided or words[:2] in (["the", "vein"], ["vein", "itself"]) or words[:3] == _ITSELF:
        return True
    within, *vein = [word for word in words if word.isalpha()][-3:] or [""]
    if not chunk.groups and within in ("in", "within") and vein == ["the", "vein"]:
        return True  # "There is no thrombus in the vein"
    if words[:1] == ["vein"] and any(p.first == start + 1 for p in chunk.predicates):
        return True  # "SPJ competent. Vein 4 mm and incompetent."
    return any(a in _TREATED and b == "vein" for a, b in pairwise(words))


def _lists_levels(groups: Sequence[PlaceGroup]) -> bool:
    """Whether several levels stand alone: "Diameters 7 mm upper thigh, 6 mm mid thigh"."""
    return len(groups) > 1 and not any(group.has_vein for group in groups)


def _means_trunk(state: State, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a trunk is meant after a branch: "the trunk", or a range, which no perforator has."""
    if group.parts[0].vein or not state.is_on_branch():
        return False
    ranged = any(part.until for part in group.parts)
    if are_perforators(state.focus) and (ranged or _measures_elsewhere(state, chunk, group)):
        return True
    return TRUNK in chunk.words or _lists_on(state, chunk, group)


def _measures_elsewhere(state: State, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether what is measured lies at a level at which none of the perforators does.

    As in "… meets a Cockett perforator. Reflux time in the mid calf is 1.7 s".
    """
    placed = all(site.has_spot for site in state.focus) and is_only_level(group)
    label = chunk.predicates[0] if chunk.predicates else None
    opens = label is not None and chunk.first == label.first < group.first
    spots = {_code_of(site.spot) for site in state.focus}
    exact = all(part.spot.level and _code_of(part.spot) not in spots for part in group.parts)
    return placed and opens and exact and not state.vein


def _code_of(spot: Spot) -> str:
    """The segment that words name, for perforators by name and by level alike."""
    return spot.code or f"{spot.level}_{spot.zone}"


def _lists_on(state: State, chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a level and its number go on with the list of the trunk that began the line."""
    numbers = [p.numbers[0].first for p in chunk.predicates if p.numbers]
    measured = bool(numbers) and numbers[0] == group.last + 1
    line, trunk = ({site.vein for site in sites} for sites in (state.line, state.trunk))
    opens = chunk.first == group.first and is_only_level(group)
    return opens and measured and line == trunk and len(trunk) == 1


def _means_vein(state: State, marks: Marks, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a clause goes back to the vein that was spoken of, all of it."""
    words = [token.norm for token in marks.tokens[chunk.first : chunk.first + 2]]
    ranged = bool(groups) and all(part.open_start and part.until for part in groups[0].parts)
    if ranged and words[:1] == ["the"] and words[1] in _SPREADING and not groups[0].has_vein:
        return True  # "the insufficiency reaches down to the calf": from the junction
    levels = are_perforators(state.focus) and _lists_levels(groups)
    several = levels or are_several(marks, state.focus)
    if words[:1] and words[0] in _IT and several:
        return True  # "the GSV hands over to the varicosities. It is 8 mm"
    if words[:1] == [_IT[0]] and not groups and _measures_range(state, chunk):
        return True  # "incompetent down to the mid calf. It measures 6.5 mm"
    return _says_vein(marks, chunk) or (bool(groups) and _means_trunk(state, chunk, groups[0]))


def _measures_range(state: State, chunk: Chunk) -> bool:
    """Whether a clause measures the size of a trunk that was spoken of over a stretch."""
    numbers = [n for p in chunk.predicates for n in p.numbers]
    sized = bool(numbers) and all(n.unit is not None and n.unit.kind == "length" for n in numbers)
    ranged = any(site.until is not None for site in state.focus) and not chunk.cues("here")
    return sized and ranged and all(site.vein not in COUNTED for site in state.focus)


def _resume_stem(
    state: State, marks: Marks, chunks: Sequence[Chunk], *, continued: bool
) -> tuple[Site, ...]:
    """The trunk with which a sentence goes on, where the one before ended with a branch of it.

    Or the one that a branch meets in this one: "At the knee a tributary joins it".
    """
    if not continued or not chunks:
        return ()
    if joins_it(chunks[0]) and are_trunks(state.focus) and not chunks[0].cues("here"):
        return tuple(dict.fromkeys(site.without_spot() for site in state.focus))
    return leave_branch(marks, state.stem, state.focus, chunks[0], None)


def _turn_side(state: State, marks: Marks, chunks: Sequence[Chunk]) -> None:
    """Put a leg in force that a line names as a label behind the other: "R leg: … L leg: …".

    Not under a vein, of which each leg may have one sentence before the next vein comes.
    """
    groups = chunks[0].groups if chunks else []
    first = groups[0].parts[0] if groups else Part()
    if state.vein or first.leg_at is None or first.leg_at.first != chunks[0].first:
        return
    span, last = (first.leg_at.first, first.leg_at.last), chunks[0].last
    alone = is_only_leg(groups[0]) and groups[0].last >= last - 1  # "Left leg."
    follows = marks.tokens[span[1] + 1].text if span[1] + 1 < len(marks.tokens) else ""
    label = follows == ":" or follows in DASHES or (alone and not chunks[1:])
    label |= state.leg_at is not None and _opens_words(marks, state.leg_at, chunks[0].first)
    label &= not any(p.value == "not_assessed" for c in chunks for p in c.predicates)
    if label and len(first.legs) == len(state.legs) == 1 and first.legs != state.legs:
        state.legs, state.leg_at = first.legs, span
        if span[1] > span[0]:  # "Left leg:" begins anew, "left:" goes on about the vein
            state.focus = ()


def _opens_words(marks: Marks, leg_at: Span, first: int) -> bool:
    """Whether the leg in force heads the words of its own paragraph: "RIGHT LEG GSV competent"."""
    if any(token.gap.count("\n") > 1 for token in marks.tokens[leg_at[1] + 1 : first + 1]):
        return False  # a title
    follower = marks.tokens[leg_at[1] + 1 :][:1]
    return leg_at[1] > leg_at[0] and any(t.kind == "word" and t.gap == " " for t in follower)


def _mean_several(
    state: State, marks: Marks, chunk: Chunk, groups: Sequence[PlaceGroup]
) -> tuple[Site, ...]:
    """What "all", "both" and a plural go back to, and the leg of prose."""
    every = name_all(marks, chunk, state.listed)
    if every := every or name_all_of_leg(marks, chunk, state.listed):
        return every
    named = any(group.has_vein or group.has_leg for group in groups)
    if not named and state.pair and says_pair(marks, chunk):
        return state.pair
    if state.pair and means_label(state.pair, state.label, chunk):
        return state.pair
    if feeds_from_each(state.pair, marks, chunk, groups):
        return state.pair
    return speak_of_each(state, marks, groups) or stay_on_leg(state, marks, groups)


def _speaks_of_leg(marks: Marks, chunks: Sequence[Chunk], groups: Sequence[PlaceGroup]) -> bool:
    """Whether a sentence tells of a leg's state, of no vein: "Left: venous insufficiency noted"."""
    said = [p for chunk in chunks for p in chunk.predicates]
    whole = [p for p in said if marks.tokens[p.first].norm == _VENOUS and not p.numbers]
    plain = len(whole) == len(said) == 1
    return plain and bool(groups) and all(is_only_leg(group) for group in groups)


def _spoken_of(chunk: Chunk) -> list[PlaceGroup]:
    """The places of a clause, but for those in passing, and those that a finding does not reach."""
    return [g for g in chunk.groups if g not in chunk.passing and not is_beyond(chunk, g)]


def open_sentence(
    state: State, marks: Marks, chunks: Sequence[Chunk], *, continued: bool
) -> tuple[Site, ...]:
    """The sites in focus as a sentence begins; ``continued``: one stands before it."""
    focus = _open_sentence(state, marks, chunks, continued=continued)
    if chunks and chunks[0].cues("no_side"):
        return tuple(replace(s, legs=(), leg_at=None) for s in focus) or (Site(),)
    if not any(chunk.cues("index_leg") for chunk in chunks[:1]):
        return focus
    # "on the affected side" is one leg; of which, nothing says where both were spoken of
    return tuple(replace(s, legs=(), leg_at=None) if len(s.legs) > 1 else s for s in focus)


def _open_sentence(
    state: State, marks: Marks, chunks: Sequence[Chunk], *, continued: bool
) -> tuple[Site, ...]:
    turn_leg(state, marks, chunks)
    note_opening(state, marks, chunks, continued=continued)
    if continued:
        _turn_side(state, marks, chunks)
        mark_again(chunks, marks, state.focus)
    mean_same(state, marks, chunks)
    groups = [g for chunk in chunks for g in _spoken_of(chunk)]
    it = bool(chunks) and marks.tokens[chunks[0].first].norm in _IT  # on a line of its own, too
    vein = bool(chunks) and _means_vein(state, marks, chunks[0], groups)
    if chunks and (continued or it) and (vein or speaks_generally(marks, chunks)):
        state.name_trunk()
    meant = (
        speak_of_both(state, marks, chunks, groups, continued=continued)
        or find_reason_leg(state, chunks, groups, continued=continued)
        or mean_stents(state, chunks)
        or resume_clot(state, marks, chunks)
        or (mean_channel(state, marks, chunks) if continued and chunks else ())
        or (mean_treated(state, groups) if chunks and _says_vein(marks, chunks[0]) else ())
        or find_trunk(state, marks, chunks, groups, continued=continued)
        or (find_latter(state, marks, chunks) if continued else ())
        or (find_level_here(state, chunks) if continued else ())
        or _resume_stem(state, marks, chunks, continued=continued)
        or (mean_subject(state, marks, chunks, groups) if continued else ())
    )
    if meant:
        return meant
    return _resume(state, marks, chunks, groups, continued=continued)


def _resume(
    state: State,
    marks: Marks,
    chunks: Sequence[Chunk],
    groups: Sequence[PlaceGroup],
    *,
    continued: bool,
) -> tuple[Site, ...]:
    """What was spoken of before, as far as a sentence that names no trunk goes on with it."""
    start = chunks[0].first if chunks else len(marks.tokens)
    opening = [token.norm for token in marks.tokens[start : start + 2]]
    over = state.vein or state.level
    if continued and not over and _speaks_of_leg(marks, chunks, groups):
        return tuple(dict.fromkeys(Site(legs=s.legs, leg_at=s.leg_at) for s in state.focus))
    sized = opening[:1] and opening[0] in _SIZE and len(state.measured) > 1  # after several levels
    whole = not groups and (sized or speaks_of_all(state, chunks))
    whole = whole or speaks_of_vein(state, marks, chunks)
    if continued and (whole or goes_back_to_all(state, chunks, opening)):
        return tuple(dict.fromkeys(site.without_spot() for site in state.focus))
    it = continued and leads_it(marks, start, groups)
    resumes = continued and bool(chunks) and not (it or state.level)
    if several := _mean_several(state, marks, chunks[0], groups) if resumes else ():
        return several
    told = bool(state.listed) and state.listed[0][0].vein not in COUNTED
    if continued and told and opening[:1] and opening[0] in _SIZE and _lists_levels(groups):
        state.name_trunk()
    return find_opening_focus(
        state,
        groups,
        continued=continued,
        pronoun=it or refers_back(state, marks, chunks, groups, continued=continued),
        trunk=opening[:1] == [TRUNK] or opening == ["the", TRUNK],
    )
