"""What is said of veins named in passing, and by them of the ones that they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, place_in
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS, SAPHENOUS
from ultrasound.extract.links.focus import is_branch
from ultrasound.extract.links.main_trunk import name_main_trunk
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import NOWHERE, lies_below
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_AT: Final = ("at", "over", "of", "in", "on", "the", "above")

_WHICH, _WHERE = "which", "where"
_LINKS: Final = ("with", "and")  # "connects the SSV with the GSV"
_IS: Final = ("is", "was", "has")
_THE_LATTER: Final = ["the", "latter"]
_MEANS: Final = ("by", "via", "through")
_REACH: Final = 2  # elements between "does not reach" and its place
_SHORT: Final = ("short_of", "not_into")
# behind a vein of the leg that is spoken of: "drains into the GSV of that side, which refluxes"
_OF_ITS_SIDE: Final = frozenset({"of", "on", "that", "this", "the", "same", "side", "leg", "limb"})


def ends_passing(chunk: Chunk) -> bool:
    """Whether a clause ends with a vein in passing, or aside."""
    return last_passing(chunk) is not None


def last_passing(chunk: Chunk) -> PlaceGroup | None:
    """The vein in passing, or aside, with which a clause ends."""
    if not chunk.passing and not chunk.asides:
        return None  # most clauses
    elements = list(chunk.elements)
    while elements and isinstance(elements[-1], Token) and elements[-1].norm in _OF_ITS_SIDE:
        elements.pop()
    last = elements[-1] if elements else None
    named = any(last is group for group in (*chunk.passing, *chunk.asides))
    return last if named and isinstance(last, PlaceGroup) else None


def tells_means(chunk: Chunk) -> bool:
    """Whether a clause only tells by what branch: "starts in the thigh, by a tributary, and"."""
    branch = len(chunk.groups) == 1 and all(p.vein in COUNTED for p in chunk.groups[0].parts)
    led = bool(chunk.words) and chunk.words[0] in _MEANS
    return led and branch and not chunk.predicates and chunk.separator == ","


def links_on(before: Chunk, chunk: Chunk) -> bool:
    """Whether a clause goes on with the veins that are met: "connects the SSV with the GSV".

    Not with the subject of a verb: "joins the GSV at the knee and the SSV is competent".
    """
    the, vein, verb = (*chunk.elements[:3], None, None, None)[:3]
    anew = isinstance(the, Token) and the.norm == "the" and isinstance(vein, PlaceGroup)
    anew = anew and isinstance(verb, Token) and verb.norm in _IS
    return chunk.separator in _LINKS and ends_passing(before) and not anew


def links_two(chunks: Sequence[Chunk], group: PlaceGroup) -> bool:
    """Whether a perforator links it with another vein: "connects a varicosity with the PTV"."""
    if len(chunks) < len(_LINKS) or chunks[1].separator not in _LINKS or chunks[1].predicates:
        return False
    chunk, others = chunks[0], chunks[1].groups
    subject = chunk.groups[0]
    perforator = all(part.vein in PERFORATORS for part in subject.parts)
    last = chunk.groups[-1] is group and subject is not group
    return perforator and last and len(others) == 1 and others[0].has_vein


def is_passing(chunk: Chunk, group: PlaceGroup, focus: Sequence[Site]) -> bool:
    """Whether a place is named in passing: there is a vein of which the clause speaks."""
    if group not in chunk.passing:
        return False
    others = [g for g in chunk.groups if g.has_vein and g.first < group.first]
    return any(g not in chunk.passing for g in others) or any(site.vein for site in focus)


def place_branch(
    groups: Sequence[PlaceGroup], group: PlaceGroup, focus: Sequence[Site]
) -> PlaceGroup | None:
    """The level of a vein in passing, as one of its branch, or of the junction that it makes.

    As in "a tributary comes off the GSV at the lower thigh", "meets the popliteal vein in a
    junction of 3 mm". Its leg is told too where the branch has none.
    """
    last = next((g for g in reversed(groups) if g.has_vein and g.last < group.first), None)
    subjects = focus if last is None else last.parts
    bare = bool(subjects) and not any(subject.has_spot for subject in subjects)
    branch = bare and all(subject.vein in COUNTED for subject in subjects)
    sided = any(subject.legs for subject in subjects)
    placed = [
        part.has_spot and (branch or (bare and part.spot.zone == "junction"))
        for part in group.parts
    ]
    parts = tuple(
        _strip(part, sided=sided, placed=at)
        for part, at in zip(group.parts, placed, strict=True)
        if at or (part.legs and not sided)
    )
    return PlaceGroup(group.first, group.last, parts) if parts else None


def leave_landmark(chunk: Chunk, group: PlaceGroup) -> PlaceGroup | None:
    """A phrase without the level at which an ulcer lies, where a perforator is told of behind it.

    As in "the ulcer over the left medial ankle is fed by an incompetent perforator". Its leg stays.
    """
    behind = {p.vein for g in chunk.groups if g.first > group.last for p in g.parts if p.vein}
    if not chunk.cues("landmark") or group.has_vein or not behind or not behind <= {*PERFORATORS}:
        return group
    before = [e for e in chunk.elements if end_of(e) < group.first]
    while before and isinstance(before[-1], Token) and before[-1].norm in _AT:
        before.pop()
    if not before or not isinstance(before[-1], Mention) or not before[-1].cue("landmark"):
        return group
    parts = tuple(_strip(part, sided=False, placed=False) for part in group.parts if part.legs)
    return PlaceGroup(group.first, group.last, parts) if parts else None


def strip_vein(group: PlaceGroup) -> PlaceGroup | None:
    """The leg and level of a phrase without its vein, None where it has neither."""
    parts = tuple(_strip(part, sided=False, placed=part.has_spot) for part in group.parts)
    named = any(part.legs or part.has_spot for part in parts)
    return PlaceGroup(group.first, group.last, parts) if named else None


def _strip(part: Part, *, sided: bool, placed: bool) -> Part:
    """What a vein in passing says of the one that meets it: its leg, and where."""
    kept = replace(part, vein=None, vein_at=None, anatomy=None)
    if sided:
        kept = replace(kept, legs=(), leg_at=None)
    return kept if placed else replace(kept, spot=NOWHERE, until=None, spot_at=(), location=None)


def is_beyond(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a finding is said not to reach there: "does not extend below the knee"."""
    if chunk.kinds.isdisjoint(_SHORT):
        return False
    position = place_in(chunk, group)
    before = chunk.elements[max(0, position - _REACH) : position]
    entered = any(g.first < group.first for g in chunk.groups)
    kinds = _SHORT if entered else _SHORT[:1]
    return any(isinstance(e, Mention) and e.cue(*kinds) for e in before)


def _last_beyond(chunk: Chunk) -> PlaceGroup | None:
    """The vein or junction, not reached, with which a clause ends."""
    last = chunk.elements[-1]
    if not isinstance(last, PlaceGroup) or not is_beyond(chunk, last):
        return None
    named = last.has_vein or any(part.spot.zone == "junction" for part in last.parts)
    return last if named else None


def _is_elsewhere(chunk: Chunk, focus: Sequence[Site]) -> bool:
    """Whether a level behind a comma is none of the perforator that is spoken of, which has one.

    As in "the Dodd perforator feeds the GSV, incompetent at the knee".
    """
    placed = all(site.vein in PERFORATORS and site.has_spot for site in focus)
    if chunk.separator != "," or not focus or not placed or not chunk.groups:
        return False
    spots = {part.spot for group in chunk.groups for part in group.parts}
    levels = all(is_only_level(group) for group in chunk.groups)
    return levels and spots.isdisjoint(site.spot for site in focus)


def _find_filled(chunk: Chunk, before: Chunk, focus: Sequence[Site]) -> PlaceGroup | None:
    """The vein that a junction's reflux runs into: how far it goes is told of that vein.

    As in "reflux at the SFJ passes into the AASV, incompetent to the mid thigh".
    """
    last, junction = before.elements[-1], all(s.spot.code and not s.until for s in focus)
    if chunk.separator != "," or not focus or not junction or len(chunk.groups) != 1:
        return None
    level = chunk.groups[0]
    ranged = is_only_level(level) and all(part.open_start for part in level.parts)
    opens = bool(chunk.predicates) and chunk.predicates[0].first == chunk.first
    named = isinstance(last, PlaceGroup) and last.has_vein and not last.has_spot
    return last if ranged and opens and named and isinstance(last, PlaceGroup) else None


def _is_of_subject(chunk: Chunk, here: Mention) -> bool:
    """Whether a verb stands before "from there": the vein that leaves another one goes on."""
    said = chunk.predicates[0].first if chunk.predicates else here.first
    return chunk.separator in ("and", ",") and chunk.first == said < here.first


def find_relative(
    chunks: Sequence[Chunk], index: int, marks: Marks, focus: tuple[Site, ...]
) -> tuple[Site, ...]:
    """The vein that a clause speaks of although the one before names it in passing.

    As in "joins the popliteal vein, which refluxes", "enters the GSV, and from here it refluxes",
    "through an incompetent SPJ (2.6 s)", "does not reach the popliteal vein, which compresses".
    """
    chunk, before = chunks[index], chunks[index - 1]
    if main := name_main_trunk(marks, chunk, focus):
        return main
    met = last_passing(before)
    last = met or _last_beyond(before)
    if index and (filled := _find_filled(chunk, before, focus)):
        return compose(filled, focus)
    if index == 0 or last is None:
        return ()
    comma = any(t.text == "," for t in marks.tokens[before.last + 1 : chunk.first])
    here = chunk.cues("here")
    onward = bool(here) and marks.tokens[here[0].first - 1].norm == "from"
    onward = onward and not _is_of_subject(chunk, here[0])
    inside = chunk.separator == "(" and any(last is group for group in before.asides)
    # not the vein of "joins the POPV, where it is 4 mm"
    where = comma and not met and chunk.separator == _WHERE
    if met and [t.norm for t in marks.tokens[chunk.first : chunk.first + 2]] == _THE_LATTER:
        return _place_latter(compose(last, focus), focus, at_it=bool(here))
    meant = onward or inside or where or chunk.separator == _WHICH
    meant = meant or _is_elsewhere(chunk, focus)
    if not meant:
        return ()
    fed = chunk.separator == _WHICH and _is_fed_onward(before, chunk, focus)
    return _place_latter(compose(last, focus), focus, at_it=fed)


def _is_fed_onward(before: Chunk, chunk: Chunk, focus: Sequence[Site]) -> bool:
    """Whether a perforator feeds a trunk that is told of from there down.

    As in "an incompetent mid calf perforator feeds the SSV, which is incompetent to the ankle".
    """
    placed = bool(focus) and all(s.vein in PERFORATORS and s.has_spot for s in focus)
    if not placed or not before.cues("gives") or len(chunk.groups) != 1:
        return False
    return all(
        part.until is not None and part.open_start and lies_below(part.until, focus[0].spot)
        for part in chunk.groups[0].parts
    )


def _place_latter(
    sites: tuple[Site, ...], focus: Sequence[Site], *, at_it: bool
) -> tuple[Site, ...]:
    """The vein that a branch meets; where it does, if ``at_it``: "the latter … from that point"."""
    spots = {site.spot for site in focus if site.has_spot}
    if not at_it or len(spots) != 1:
        return sites
    return tuple(replace(site, spot=focus[0].spot, spot_at=focus[0].spot_at) for site in sites)


def name_passed(chunks: Sequence[Chunk], focus: Sequence[Site]) -> tuple[Site, ...]:
    """The trunks that branches in focus meet: "a tributary leaves the GSV. The trunk itself …"."""
    if not is_branch(focus):
        return ()
    groups = [group for chunk in chunks for group in chunk.passing]
    sites = [site for group in groups for site in compose(group, focus)]
    return tuple(site.without_spot() for site in sites if site.vein in SAPHENOUS)
