"""Places and findings that a clause leaves out, taken from what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import affirms_other
from ultrasound.extract.facts.fact import GROUPS, OF_ALL
from ultrasound.extract.links.borrowing import borrow_leg, borrow_vein
from ultrasound.extract.links.clot import is_of_clot
from ultrasound.extract.links.distribute import assign
from ultrasound.extract.links.former import find_ordinal
from ultrasound.extract.links.it_and import add_pronoun
from ultrasound.extract.links.junctions import lead_in
from ultrasound.extract.links.largest import mean_largest
from ultrasound.extract.links.leading import leads_behind
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import LONG_ZONES, is_long
from ultrasound.extract.words.codes import is_year
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_COMPANY: Final = ("with", "without")
_LISTING: Final = (",", "and", ";")
_LABELLED: Final = (":", "-")
_GOING_ON: Final = (",", "and", "or", "nor")


# --- places before a clause ---------------------------------------------------------------------


def compose_phrases(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> list[Phrase]:
    """Each phrase of a clause in the light of the one before it."""
    phrases: list[Phrase] = []
    running = thread.focus
    if groups and not thread.mentioned:
        running = borrow_vein(thread, groups[0]) or running
    elif groups and groups[0].has_spot and not (groups[0].has_vein or groups[0].has_leg):
        running = find_ordinal(thread, chunk) or running
    if listed := _go_on_whole(thread, chunk, groups):
        return [(groups[0], tuple(s for site in listed for s in compose(groups[0], (site,))))]
    for group in lead_in(thread, groups):
        running = _listed_of_legs(thread, group, running)
        named = compose(group, add_level(thread, group, running))
        named = running if _is_of_label(chunk, group, running) else named
        running = borrow_leg(thread, mean_largest(thread, group, running, named))
        phrases.append((group, running))
    return add_pronoun(thread, chunk, phrases)


def _go_on_whole(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """All veins of a list of which more is said: "… are patent and competent throughout"."""
    whole = len(groups) == 1 and is_only_level(groups[0])
    whole = whole and groups[0].parts[0].spot.zone == "whole"
    at = thread.position_of(chunk)
    said = [a for a in thread.result if at and a.chunk is thread.chunks[at - 1] and not a.dropped]
    if not whole or chunk.separator != "and" or not said or len(said[-1].sites) == 1:
        return ()
    return tuple(site.without_spot() for site in said[-1].sites)


def _is_of_label(chunk: Chunk, group: PlaceGroup, running: Sequence[Site]) -> bool:
    """Whether all of a labelled level is meant: "GSV thigh: reflux throughout"."""
    whole = is_only_level(group) and all(part.spot.zone == "whole" for part in group.parts)
    levels = all(s.vein and s.spot.zone in LONG_ZONES and s.until is None for s in running)
    return whole and chunk.separator in _LABELLED and bool(running) and levels


def _listed_of_legs(
    thread: Thread, group: PlaceGroup, running: tuple[Site, ...]
) -> tuple[Site, ...]:
    """A list of a vein for each leg: "R GSV and L SSV reflux, 2 s right, 1 s left"."""
    listed = tuple(site for place in thread.several for site in place)
    apart = len({site.vein for site in listed}) > 1 and all(len(s.legs) == 1 for s in listed)
    if not is_only_leg(group) or not apart or len({site.legs for site in listed}) != len(listed):
        return running
    known = {(site.vein, site.legs) for site in listed}
    return listed if running and {(s.vein, s.legs) for s in running} <= known else running


def add_level(thread: Thread, group: PlaceGroup, focus: tuple[Site, ...]) -> tuple[Site, ...]:
    """The level that leads the sentence: "At mid calf, medially, lies a perforator".

    Or the one that its clause points to: "a perforator joins it there".
    """
    level = thread.here or thread.level
    if level is None or not group.has_vein or group.has_spot:
        return focus
    if level.vein is not None and {part.vein for part in group.parts} != {level.vein}:
        return focus
    return tuple(
        replace(site, vein=None, spot=level.spot, spot_at=level.spot_at) for site in focus
    ) or (level,)


def find_subject(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """What a clause is about where its level stands after a number.

    "The SSV measures 2.1 mm in the upper calf and is competent" says competent of the SSV.
    """
    groups = chunk.groups
    numbers = [p.first for p in chunk.predicates if p.numbers]
    own = {part.vein for part in groups[0].parts}
    later = [g for g in groups[1:] if g.has_spot and {p.vein for p in g.parts} <= {None, *own}]
    if not numbers or not later:
        return ()
    first = groups[0]
    apart = first.last < numbers[0] < later[0].first
    whole = all(is_long(part.spot, part.until) for part in first.parts)
    return compose(first, thread.focus) if apart and first.has_vein and whole else ()


# --- places behind a clause ---------------------------------------------------------------------


def look_ahead(thread: Thread, predicate: Predicate, chunk: Chunk) -> tuple[Site, ...]:
    """The place at the end: "Compression and augmentation were normal in the left CFV"."""
    position = thread.position_of(chunk)
    if position == 0 and not any(site.vein for site in thread.focus):
        subject = _subject_behind(thread, predicate)
        if subject:
            return subject
    if predicate.finding is None:
        return _place_of_company(thread, position) or _place_of_pair(thread, position)
    for later in thread.chunks[position + 1 :]:
        if position == 0 and later.separator == "with" and not chunk.groups:
            # "noncompressible with thrombus from the knee to the mid calf"
            filled = any(map(is_only_level, later.groups[:1])) or is_of_clot(predicate, later)
            return compose(later.groups[0], thread.focus) if filled else ()
        if later.separator not in _GOING_ON or later.dismissed or affirms_other(predicate, later):
            return ()
        if later.groups or _says_again(later, predicate):
            return _place_of_later(thread, predicate.finding, position, later)
    return ()


def _says_again(later: Chunk, predicate: Predicate) -> bool:
    """Whether a clause says the same anew, of another place.

    As in "incompetent, and the vein is incompetent and tortuous in the calf".
    """
    return any(p.finding and p.finding.value == predicate.value for p in later.predicates)


def _place_of_later(
    thread: Thread, finding: Finding, position: int, later: Chunk
) -> tuple[Site, ...]:
    """The place of a later clause, where it names one that holds for a finding before it too."""
    spoken = any(chunk.groups for chunk in thread.chunks[:position])
    if not later.groups or not _shares_place(thread, finding, later, spoken=spoken):
        return ()
    return compose(later.groups[0], thread.focus)


def _subject_behind(thread: Thread, predicate: Predicate) -> tuple[Site, ...]:
    """The subject behind an opening adjective: "previously competent, the left SSV refluxes"."""
    later = thread.follower(0)
    spoken = predicate.finding is not None and predicate.finding.kind == "word"
    if not spoken or later is None or later.separator != "," or not later.groups:
        return ()
    opening = [e for e in later.elements[:2] if not isinstance(e, Token) or e.norm != "the"]
    opens = bool(opening) and opening[0] is later.groups[0] and later.groups[0].has_vein
    return compose(later.groups[0], thread.focus) if opens and later.predicates else ()


def _place_of_company(thread: Thread, position: int) -> tuple[Site, ...]:
    """The level behind what goes with a number: "5.0 mm with 1.8 seconds at mid thigh"."""
    if position + 1 >= len(thread.chunks) or thread.chunks[position].separator not in _LISTING:
        return ()
    later = thread.chunks[position + 1]
    if later.separator not in _COMPANY or later.dismissed or len(later.groups) != 1:
        return ()
    group = later.groups[0]
    said = [p.last for p in later.predicates]
    if group.has_vein or not group.has_spot or not said or max(said) > group.first:
        return ()
    if all(site.has_spot and is_long(site.spot, site.until) for site in thread.focus):
        return ()  # "below the knee it is patent, 2.7 mm, with 0.9 s at mid calf"
    if max(said) == group.first - 1 and not any(p.numbers for p in later.predicates):
        return ()  # "1.2 s, with competent junction"
    return compose(group, thread.focus)


def _place_of_pair(thread: Thread, position: int) -> tuple[Site, ...]:
    """The level behind two numbers of different kinds: "5.6 mm and 2.1 s at its origin"."""
    chunk = thread.chunks[position]
    if position + 1 >= len(thread.chunks) or chunk.groups or len(chunk.predicates) != 1:
        return ()
    later = thread.chunks[position + 1]
    outside = later.depth != chunk.depth  # "(3.6 s) and 5.3 mm at the knee"
    if later.separator != "and" or later.dismissed or len(later.groups) != 1 or outside:
        return ()
    group, own = later.groups[0], [n for p in chunk.predicates for n in p.numbers]
    other = [n for p in later.predicates for n in p.numbers]
    fits = group.has_vein != any(site.vein for site in thread.focus)
    if not fits or not (group.has_vein or group.has_spot) or len(own) != 1 or len(other) != 1:
        return ()
    kinds = {n.unit.kind for n in (*own, *other) if n.unit is not None}
    return compose(group, thread.focus) if len(kinds) > 1 and other[0].last < group.first else ()


def _shares_place(thread: Thread, finding: Finding, later: Chunk, *, spoken: bool) -> bool:
    """Whether the place of a later clause also holds for a finding before it."""
    group = later.groups[0]
    veins = {part.vein for part in group.parts} - {None}
    before = {site.vein for site in thread.focus}
    if spoken and not (veins <= before or before <= set(GROUPS)):
        return False
    if spoken and veins and veins < before and later.separator == ",":
        return False  # "CFV, FV and POPV compress with no clot, reflux in the POPV is 1.2 s"
    found = [p for p in later.predicates if p.finding is not None]
    known = any(site.vein for site in thread.focus)
    if known and later.separator == "," and any(p.numbers for p in later.predicates):
        return False  # "not compressible, with no flow, 9.5 mm wide at mid thigh"
    name = finding.property
    whole = spoken and finding.value in OF_ALL and is_only_level(group)
    if not found or (whole and _is_local(found[-1])):
        return False  # "compressible, incompetent at the ankle"
    # "crossectomy and stripping of the right GSV": its vein is known, its leg is not
    fixed = finding.vein is not None and later.separator == "and"
    if not fixed and any(p.finding and p.finding.property == name for p in found):
        return False
    word, first = finding.kind == "word", found[0]
    led = group.has_vein or later.separator == "and"
    if word and led and later.first == first.first and first.last + 1 == group.first:
        return True  # "patent and compressible CFV and POPV", "open and refluxing mid thigh"
    return first.last < group.first and leads_behind(thread.marks, found[-1], group, later)


def _is_local(predicate: Predicate) -> bool:
    """Whether a finding is of one place, where what is normal is told of all of a vein."""
    local = predicate.finding is not None and predicate.finding.property == "anatomy"
    return local or predicate.value not in OF_ALL


# --- findings -----------------------------------------------------------------------------------


def repeats_finding(thread: Thread, chunk: Chunk) -> bool:
    """Whether the finding before is meant: "… and so is the GSV"; "…; of the left CFV"."""
    if _treats_again(thread, chunk):
        return True
    if any(p.finding for p in chunk.predicates) or not any(
        a.predicate.finding for a in thread.result
    ):
        return False
    words = set(chunk.words)
    if {"so", "as"} & words and {"is", "are", "was", "were"} & words:
        return True
    first = chunk.elements[0]
    opens = isinstance(first, Token) and first.norm in ("of", "in")
    follower = thread.follower(thread.position_of(chunk))
    if follower is not None and follower.predicates and not follower.groups:
        return False  # "…; in the SSV, none"
    last = next((e for e in reversed(chunk.elements) if not _is_stop(e)), first)
    ends = isinstance(last, PlaceGroup)  # not "; in its distal third the wall is thickened"
    return opens and ends and chunk.separator == ";" and not chunk.predicates


def _is_stop(element: object) -> bool:
    return isinstance(element, Token) and element.text == "."


def _treats_again(thread: Thread, chunk: Chunk) -> bool:
    """Whether a treatment is told of another vein: "RFA of the right GSV and of the left GSV".

    Or its vein with a year: "RFA of the right GSV 2018 and left GSV 2019".
    """
    said = [a.predicate.finding for a in thread.result if a.predicate.finding is not None]
    treated = bool(said) and said[-1].property == "treatment"
    first = chunk.elements[0]
    opens = isinstance(first, Token) and first.norm in ("of", "to")
    numbers = [n for p in chunk.predicates for n in p.numbers]
    dated = bool(numbers) and all(n.unit is None and is_year(n.low) for n in numbers)
    opens |= isinstance(first, PlaceGroup) and first.has_vein and dated
    measured = any(p.finding or any(n.unit for n in p.numbers) for p in chunk.predicates)
    return treated and opens and chunk.separator in (",", "and") and not measured


def copy_finding(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Say the last finding of the places of another clause too."""
    last = [
        a
        for a in thread.result
        if a.predicate.finding is not None and a.predicate.finding.kind != "label"
    ][-1]
    sites: tuple[Site, ...] = ()
    for group in groups:
        sites = (*sites, *compose(group, thread.focus))
    thread.result.append(replace(last, sites=sites, chunk=chunk, explicit=True, dropped=False))
    thread.focus = sites
    thread.mention(sites)
    for predicate in chunk.predicates:
        assign(thread, predicate, sites, chunk, explicit=True)
