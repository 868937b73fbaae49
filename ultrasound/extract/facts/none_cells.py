"""A word such as "none" that stands where a list has its time of reflux."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, GROUPS, Doubt, Setting
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

# between the values of one line of a list
_IN_ROW: Final = ("no", ")")  # where a row with one blank or a bracket goes on
_OF_CELLS: Final = (":", ",", ";", "-", "|", "with", "(")


def answers_reflux(a: Assignment, everything: Sequence[Assignment], setting: Setting) -> bool:
    """Whether it is a value of its line: "4.1 mm/none", "SPJ (3.1 mm, nil)", "2.6 mm   none"."""
    pair = a.predicate.pair
    if pair is not None and setting.listed[pair : pair + 1] == ("reflux_time",):
        return True
    if _stands_beside(a, everything) or _is_among_times(a, everything, setting):
        return True
    if not _is_alone(a):
        return False
    if a.chunk.separator == "start" and a.chunk.first > setting.first:  # a cell of its own
        sized = setting.row_at >= setting.first and setting.row[-1][0] == "diameter"
        return sized or "reflux_time" in setting.listed
    if a.chunk.separator in _IN_ROW:
        return _ends_row(setting) and _is_in_row(a, everything)
    if a.chunk.separator not in _OF_CELLS:
        return False
    return _is_behind_size(a, everything) or "reflux_time" in setting.listed


def _is_alone(a: Assignment) -> bool:
    """Whether a clause is no more than the word, and the stop of its sentence."""
    rest = a.chunk.elements[1:]
    return all(isinstance(e, Token) and e.text == "." for e in rest)


def _stands_beside(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether a slash, a bracket or an arrow puts it beside a size or a time."""
    if a.chunk.separator == "/" or _follows_size(a, everything) or _leads_time(a, everything):
        return True
    sized = _is_behind_size(a, everything) or _is_before_size(a, everything)
    return _leads_size(a, everything) or (sized and _stands_behind_arrow(a))


def _is_in_row(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it stands behind the size of its row, or behind a bracket: "pt (aug) neg  4.3 mm"."""
    return a.chunk.separator == ")" or _is_behind_size(a, everything)


def _ends_row(setting: Setting) -> bool:
    """Whether the rows before give a size and a time: "5.3 mm  none" under "7.5 mm  2.0 s"."""
    above = {name for name, _ in (setting.row_pair or setting.row)}
    return above == {"diameter", "reflux_time"}


def _stands_behind_arrow(a: Assignment) -> bool:
    """Whether arrows part the values of its line: "SSV -> nil -> 2.4 mm"."""
    elements = a.chunk.elements
    own = [
        i for i, e in enumerate(elements) if isinstance(e, Mention) and e.first == a.predicate.first
    ]
    around = [e for i in own for e in (*elements[max(0, i - 1) : i], *elements[i + 1 : i + 2])]
    arrows = all(isinstance(e, Mention) and e.cue("range") for e in around)
    return bool(around) and arrows and own[0] > 0


def _is_before_size(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether the next value of its line is a size."""
    behind = [b.number for b in everything if b.predicate.first > a.predicate.last and b.number]
    unit = behind[0].unit if behind else None
    return unit is not None and unit.kind == "length"


def _is_among_times(a: Assignment, everything: Sequence[Assignment], setting: Setting) -> bool:
    """Whether a row of a vein answers what others give times for: "FV  R neg  L 0.8 s"."""
    bare = all(
        isinstance(e, PlaceGroup)
        or (isinstance(e, Mention) and e.first == a.predicate.first)
        or (isinstance(e, Token) and e.text == ".")
        for e in a.chunk.elements
    )
    named = all(_is_of_row(s, a, setting) for s in a.sites)
    if not (bare and named and a.sites):
        return False
    beside = {b.number.unit.kind for b in everything if b.number is not None and b.number.unit}
    above = {measure[0] for measure in setting.row}
    return beside == {"time"} or (not beside and above == {"reflux_time"})


def _is_of_row(site: Site, a: Assignment, setting: Setting) -> bool:
    """Whether a row names the vein, or behind a heading its level before a colon: "Calf: none"."""
    if site.vein_at is not None and site.vein_at[0] >= setting.first:
        return True
    return len(site.legs) == 1 and _answers_level(site, a, setting)


def _answers_level(site: Site, a: Assignment, setting: Setting) -> bool:
    """Whether a word behind a colon or leader answers a level of a trunk, named on its line."""
    levelled = any(at[0] >= setting.first for at in site.spot_at)
    trunk = site.vein is not None and site.vein not in (*COUNTED, *GROUPS)
    return levelled and trunk and a.chunk.separator == ":"


def doubt_answer(a: Assignment, setting: Setting) -> Iterator[Doubt]:
    """A "none" of which nobody knows what is not there: "Calf.... none" below diameters."""
    if len(a.chunk.elements) == 1 and any(_answers_level(s, a, setting) for s in a.sites):
        span = (a.predicate.first, a.predicate.last)
        yield Doubt("unread", span, name_leg(a.sites), name_vein(a.sites))


def _follows_size(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it stands behind a size in one pair of brackets: "SPJ (3.1 mm, nil)"."""
    return a.chunk.depth > 0 and any(
        b.chunk.depth == a.chunk.depth
        and b.predicate.last + 2 == a.predicate.first
        and b.number is not None
        and b.number.unit is not None
        and b.number.unit.kind == "length"
        for b in everything
    )


def _leads_time(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it is the first of two values about a slash, and the other one a time."""
    return a.predicate.pair == 0 and any(
        b.predicate.first == a.predicate.last + 2
        and b.number is not None
        and b.number.unit is not None
        and b.number.unit.kind == "time"
        for b in everything
    )


def _leads_size(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it stands behind a place alone, before a slash and a size: "K neg/4.1mm"."""
    alone = all(
        isinstance(e, PlaceGroup) or (isinstance(e, Mention) and e.first == a.predicate.first)
        for e in a.chunk.elements
    )
    return alone and any(
        b.predicate.first == a.predicate.last + 2
        and b.chunk.separator == "/"
        and b.number is not None
        and b.number.unit is not None
        and b.number.unit.kind == "length"
        for b in everything
    )


def _is_behind_size(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether it is the value behind a size: "knee ..... 0.47 cm .... none", "2.6 mm, none".

    In a row of cells the size may have left its unit to the rows before: "knee .... 4.7 .... none".
    """
    before = [b for b in everything if b.predicate.last < a.predicate.first]
    number = before[-1].number if before else None
    if number is None:
        return False
    if number.unit is None:
        return a.chunk.separator == ":" and not number.low.isdigit()
    return number.unit.kind == "length"


def deny_system(a: Assignment, everything: Sequence[Assignment]) -> Assignment:
    """Let a "none" deny all of the system: "deep reflux in the left CFV, none on the right"."""
    before = [b for b in everything if b.predicate.finding and b.predicate.last < a.predicate.first]
    if not before or any(group.has_vein for group in a.chunk.groups):
        return a
    said = before[-1]
    first = said.chunk.groups[0] if said.chunk.groups else None
    if first is None or first.last != said.predicate.first - 1 or len(first.parts) > 1:
        return a
    part = first.parts[0]
    if part.vein not in GROUPS or part.vein_at is None:
        return a
    at = (part.vein_at.first, part.vein_at.last)
    sites = (replace(site.without_spot(), vein=part.vein, vein_at=at) for site in a.sites)
    return replace(a, sites=tuple(dict.fromkeys(sites)))


def is_led(a: Assignment, everything: Sequence[Assignment]) -> bool:
    """Whether a level stands before all that is said: "SFJ: reflux on right, none on left"."""
    first = min(b.predicate.first for b in everything)
    if any(site.vein in COUNTED for site in a.sites):
        return False  # "perforator at the mid calf: refluxes on the right, none on the left"
    places = [at for site in a.sites for at in site.spot_at]
    return bool(places) and all(at[1] < first for at in places)
