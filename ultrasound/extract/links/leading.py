"""Statements that lead into the place behind them: "reflux in the GSV", "an incompetent SFJ"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.thread import Phrase
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_AT: Final = ("at", "in")  # in the name of a level
_OVER_AT: Final = 2  # tokens from a number over "at" to its place
_INTO: Final = (
    "in",
    "at",
    "of",
    "on",
    "within",
    "involving",
    "involve",
    "affecting",
    "affect",
    "along",
    "for",
    "through",
    "throughout",
)
_SOURCE: Final = ("from", "by", "via", "into")  # "varicosities from incompetent AASV"
_CAUSES: Final = ("due", "secondary", "owing", "related")
_ARTICLES: Final = ("the", "a", "an", "its", "both")


def divides(before: Sequence[Site], phrase: Phrase, predicate: Predicate) -> bool:
    """Whether a level straight behind a statement divides the part of the leg named before.

    As in "In the calf the GSV measures 3 mm proximally and 2 mm distally".
    """
    group, sites = phrase
    bare = is_only_level(group) and all(p.spot.level and not p.spot.zone for p in group.parts)
    zones = {site.spot.zone for site in before if not site.spot.level and site.until is None}
    within = bool(zones) and zones == {site.spot.zone for site in sites} and None not in zones
    return bare and within and group.first == predicate.last + 1


def leads_into(marks: Marks, predicate: Predicate, group: PlaceGroup, chunk: Chunk) -> bool:
    """Whether a statement leads into the phrase behind it, by a preposition or straight."""
    between = [
        e
        for e in chunk.elements
        if start_of(e) > predicate.last and end_of(e) < group.first and not _is_direction(e)
    ]
    if all(is_adjective(e) for e in between) and _gives_branches(marks, predicate, group):
        return True
    members = not between and (_reaches_members(predicate, group, chunk) or _is_each_at(chunk))
    if members or _is_reach(marks, predicate, group, between):
        return True
    if any(isinstance(e, Number) or (isinstance(e, Mention) and e.row("finding")) for e in between):
        return False
    if not between and _is_chained(chunk, predicate, group):
        return False
    if not between:  # "insufficiency below a competent junction", "fed by an incompetent SFJ"
        led = marks.tokens[group.first].norm in _AT and bool(predicate.numbers)
        led = led and not _has_place(chunk, predicate)
        return led or _is_attribute(marks, predicate, group, chunk)
    words = [marks.tokens[end_of(e)].norm for e in between]
    while words and words[-1] in _ARTICLES:
        words.pop()
    ranged = len(group.parts) > 1 or group.parts[0].until is not None
    if words[-1:] == ["from"] and ranged:  # "deep reflux from the CFV to the popliteal vein"
        named = [part.vein for g in chunk.groups if g.first < group.first for part in g.parts]
        each = len(group.parts) > 1 and all(part.until and part.vein for part in group.parts)
        return each or (bool(named) and all(vein in GROUPS for vein in named))
    return bool(words) and words[-1] in _INTO


def _has_place(chunk: Chunk, predicate: Predicate) -> bool:
    """Whether a number stands straight behind a place that has none of its own before it.

    As the first in "reflux at SFJ 3 s at knee 2 s", but none in "8 mm at SFJ to 4 mm at knee".
    """
    own = [group for group in chunk.groups if group.last == predicate.first - 1]
    ends = {n.last for p in chunk.predicates for n in p.numbers}
    return any(ends.isdisjoint((g.first - 1, g.first - _OVER_AT)) for g in own)


def leads_behind(marks: Marks, noun: Predicate, group: PlaceGroup, chunk: Chunk) -> bool:
    """Whether a noun leads into a place, or a denial between them does: "not seen in the GSV"."""
    denied = noun.negated is not None and noun.last < noun.negated[0] < group.first
    return denied or leads_into(marks, noun, group, chunk)


def _is_attribute(marks: Marks, predicate: Predicate, group: PlaceGroup, chunk: Chunk) -> bool:
    """Whether it stands before what it is of: "an incompetent SFJ", "a 4 mm perforator"."""
    before = marks.tokens[predicate.first - 1].norm
    if predicate.finding is None and before in _ARTICLES[1:3]:
        return all(part.vein in COUNTED for part in group.parts)
    found = [p for p in chunk.predicates if p.finding is not None and p.finding.kind == "word"]
    attribute = before in (*_ARTICLES[:3], *_SOURCE) or _is_cause(marks, predicate.first)
    return predicate in found[1:] or (attribute and predicate in found)


def _is_cause(marks: Marks, first: int) -> bool:
    """Whether words before a statement give a cause: "varicosities due to an incompetent GSV"."""
    led = [token.norm for token in marks.tokens[max(0, first - 2) : first]]
    return led[-1:] == ["to"] and led[0] in _CAUSES


def _is_each_at(chunk: Chunk) -> bool:
    """Whether each of several numbers has its level behind it: "from 8 mm proximally to 4 mm …"."""
    behind = {g.first for g in chunk.groups if is_only_level(g) and g.parts[0].until is None}
    numbers = [p for p in chunk.predicates if p.numbers]
    return len(numbers) > 1 and all(p.last + 1 in behind for p in numbers)


def _reaches_members(predicate: Predicate, group: PlaceGroup, chunk: Chunk) -> bool:
    """Whether the veins of a system stand behind what is said of it: "deep reflux CFV to POPV"."""
    refluxes = predicate.finding is not None and predicate.finding.property == "reflux"
    named = [part.vein for g in chunk.groups if g.last < predicate.first for part in g.parts]
    systems = bool(named) and all(vein in GROUPS for vein in named)
    veins = [part.vein for part in group.parts]
    return refluxes and systems and len(veins) > 1 and None not in veins


def _is_reach(
    marks: Marks,
    predicate: Predicate,
    group: PlaceGroup,
    between: Sequence[Element | PlaceGroup],
) -> bool:
    """Whether a range says how far a reflux goes: "incompetent 2.2 s from knee to ankle"."""
    if any(part.until is None or part.vein or part.legs for part in group.parts):
        return False
    times = [n for n in (*predicate.numbers, *between) if isinstance(n, Number)]
    timed = all(n.unit is not None and n.unit.kind == "time" for n in times)
    words = [marks.tokens[end_of(e)].norm for e in between if not isinstance(e, Number)]
    found = predicate.finding
    refluxes = found is None or (found.property == "reflux" and found.kind != "label")
    return words == ["from"] and timed and refluxes and bool(times or found)


def _is_chained(chunk: Chunk, predicate: Predicate, group: PlaceGroup) -> bool:
    """Whether veins follow each other with no sign, each with what is found behind it.

    As in "SFJ competent no reflux GSV incompetent": the denial is of the vein before it.
    """
    led = [e for e in chunk.elements if end_of(e) < predicate.first]
    while led and isinstance(led[-1], Mention) and led[-1].cue("negation"):
        led.pop()
    named = any(isinstance(e, PlaceGroup) and e.has_vein for e in led)
    told = bool(led) and (isinstance(led[-1], Number) or is_adjective(led[-1]))
    return named and told and any(p.first > group.last for p in chunk.predicates)


def _is_direction(element: Element | PlaceGroup) -> bool:
    """Whether it only says on which side: "a refluxing medial thigh tributary"."""
    if not isinstance(element, Mention) or element.first != element.last:
        return False  # "refluxing deep to the GSV"
    return bool(element.cue("location"))


def is_adjective(element: Element | PlaceGroup) -> bool:
    """Whether it is the adjective of "fed by an incompetent SFJ"."""
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.kind == "word"


def is_article(element: Element | PlaceGroup) -> bool:
    """Whether it is the article of what was not met before: "an incompetent AASV"."""
    return isinstance(element, Token) and element.norm in ("a", "an")


def _gives_branches(marks: Marks, predicate: Predicate, group: PlaceGroup) -> bool:
    """Whether it is the adjective of branches that a vein gives: "gives incompetent tributaries".

    Other adjectives may stand between: "giving tortuous refluxing tributaries". So it is of those
    that a vein meets, be they counted: "connects with three incompetent perforators".
    """
    first = predicate.first
    while (before := marks.mention_over(first - 1)) is not None and (
        is_adjective(before) or before.cue("count")
    ):
        first = before.first
    branches = all(part.vein in COUNTED for part in group.parts)
    return branches and before is not None and bool(before.cue("gives", "joins"))
