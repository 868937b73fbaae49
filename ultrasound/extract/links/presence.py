"""Veins that are said not to be there: "no SPJ", "no Giacomini vein identified"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import GROUPS, PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_leg, is_only_level
from ultrasound.extract.places.sites import compose
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_THERE: Final = ("there", "is", "was")
_NO: Final = ("no", "no residual", "no remaining")
_PRESENT: Final = "present"  # what is not present is not there, seen or not
_HAS: Final = ("has", "have", "had")
_ALL_OF: Final = re.compile(r"\b(none|nothing) of (it|this|(the|this) (vein|trunk|vessel))\b")
_NOTHING: Final = "nothing"
_REMAINING: Final = frozenset({"remain", "remaining"})
_FILLERS: Final = ("is", "was", "were", "are", "be", "could", "can", ".", "the", "in", "on")
_TRUNK: Final = "trunk"
_INSIDE: Final = ("in", "at", "within", "the")
_TRUNKS: Final = ("GSV", "SSV")
_VALVE: Final = "valve"
_TREATED: Final = "treatment"
_VARIABLE: Final = ("AASV", "PASV", "GIAC")  # not every leg has them
_SEVERAL: Final = (*GROUPS, *PERFORATORS, "NSV")


def deny_presence(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Take "no" straight before a vein for its absence; False where the clause says more.

    What was looked for and not seen is ``not_visualized``; a trunk that is only denied behind a
    finding is denied that finding.
    """
    if _deny_contrast(thread, chunk, groups) or _deny_all_of(thread, chunk, groups):
        return True
    if chunk.predicates or not groups:
        return False
    elements, parts = chunk.elements, [part for group in groups for part in group.parts]
    while elements and _opens(elements[0]):
        elements = elements[1:]  # "ends in the thigh and has no SPJ", "there is no Giacomini"
    first = elements[0] if elements else None
    denies = isinstance(first, Mention) and thread.marks.words(first.first, first.last).lower()
    elements = _drop_trunk(thread, elements)
    denied = elements[1] if len(elements) > 1 else None
    if denies not in _NO or not isinstance(denied, PlaceGroup) or is_only_leg(denied):
        return False
    rest = [e for e in elements[1:] if not isinstance(e, PlaceGroup)]
    seen = [e for e in rest if isinstance(e, Mention) and e.cue("affirmation_after")]
    known = all(
        e in seen or (e.norm in _FILLERS if isinstance(e, Token) else _leads_range(e, parts))
        for e in rest
    )
    if not known or not all(_is_meant(part, seen=bool(seen), thread=thread) for part in parts):
        return False
    there = any(_PRESENT in thread.marks.words(e.first, e.last).lower() for e in seen)
    value = "not_visualized" if seen and not there else "absent"
    _say_absent(thread, chunk, groups, value)
    return True


def _leads_range(element: Element | PlaceGroup, parts: Sequence[Part]) -> bool:
    """Whether it is the "from" of "no GSV is seen from the SFJ to the knee"."""
    ranged = parts[-1].until is not None and len({part.vein for part in parts}) == 1
    return ranged and isinstance(element, Mention) and element.cue("from")


def _deny_all_of(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Take "none of it is visible in the thigh" for a vein that was not seen, or is not there."""
    if chunk.kinds.isdisjoint(("none", "negation")) and _NOTHING not in chunk.norms:
        return False  # most clauses
    words = " ".join(t.norm for t in thread.marks.tokens[chunk.first : chunk.last + 1])
    found = any(p.finding is not None or p.numbers for p in chunk.predicates)
    seen, left = chunk.cues("affirmation_after"), not _REMAINING.isdisjoint(chunk.norms)
    named = "nothing remain" in words and any(group.has_vein for group in groups)
    if not (named or _ALL_OF.search(words)) or found or not (seen or left):
        return False
    # "nothing of it remains from the SFJ to the knee", "nothing remains of the SSV"
    level = all(is_only_level(g) or all(p.vein in _TRUNKS for p in g.parts) for g in groups)
    sites = [site for g in groups for site in compose(g, thread.focus)] or list(thread.focus)
    if not level or not sites or any(s.vein is None or s.vein in _SEVERAL for s in sites):
        return False
    there = left or any(_PRESENT in thread.marks.words(e.first, e.last).lower() for e in seen)
    value = "absent" if there else "not_visualized"
    predicate = Predicate(chunk.first, chunk.last, anatomy=value)
    thread.result.append(Assignment(predicate, tuple(dict.fromkeys(sites)), chunk, True))
    return True


def _say_absent(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup], value: str) -> None:
    """Say of each place that its vein is absent, or was not seen."""
    for group in groups:
        sites = compose(group, thread.focus)
        predicate = Predicate(chunk.first, group.last, anatomy=value)
        thread.result.append(Assignment(predicate, sites, chunk, True))
        if all(site.vein in _VARIABLE for site in sites):
            thread.focus = sites  # "but one of 3 mm on the right"
        elif group.has_leg:  # "on the left there is no GSV": what follows is of this leg
            thread.focus = tuple(site.only_leg() for site in sites)


def _drop_trunk(
    thread: Thread, elements: Sequence[Element | PlaceGroup]
) -> Sequence[Element | PlaceGroup]:
    """The elements of "no residual trunk in the thigh" without the trunk that is in focus."""
    words = [e.norm for e in elements[1:3] if isinstance(e, Token)]
    spoken = {site.vein for site in thread.focus} <= set(_TRUNKS) and bool(thread.focus)
    if not spoken or _TRUNK not in words:
        return elements
    behind = words.index(_TRUNK) + 2
    return [*elements[:1], *(e for e in elements[behind:] if not _is_in(e))]


def _is_in(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Token) and element.norm in _INSIDE


def _deny_contrast(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Take "none" of the other leg for absence where a vein is said to be there in this one.

    As in "there is a Giacomini vein on the left, 3 mm and competent, but none on the right".
    """
    opening = thread.chunks[0]
    if chunk is opening or opening.predicates or not groups:
        return False
    parts = [part for group in opening.groups for part in group.parts if part.vein]
    there = opening.words[:1] == [_THERE[0]] or bool(opening.cues("here", "affirmation_after"))
    if not there or not parts:
        return False
    if not all(is_only_leg(g) for g in groups):
        return False
    denied = chunk.cues("negation", "contrast") and not chunk.predicates
    none = [p for p in chunk.predicates if p.none_word and p.finding is None]
    if not (denied or (none and len(none) == len(chunk.predicates))):
        return False
    if not all(part.vein in _VARIABLE for part in parts):
        return False
    base = tuple(site.without_spot() for site in thread.focus)
    if {site.vein for site in base} != {part.vein for part in parts}:
        return False
    sites = tuple(site for group in groups for site in compose(group, base))
    predicate = Predicate(chunk.first, chunk.last, anatomy="absent")
    thread.result.append(Assignment(predicate, sites, chunk, True))
    return True


def _opens(element: Element | PlaceGroup) -> bool:
    """Whether it only leads to what is there, or not: "the right leg has"."""
    if isinstance(element, PlaceGroup):
        return is_only_leg(element)
    if isinstance(element, Mention):
        return element.cue("here")
    return isinstance(element, Token) and element.norm in (*_HAS, *_THERE)


def _is_meant(part: Part, *, seen: bool, thread: Thread) -> bool:
    """Whether a part names one vein that can be absent by these words."""
    if part.vein in _SEVERAL or _is_valve(part, thread):
        return False
    if part.vein is None:  # "no trunk in the thigh", which is the one that is spoken of
        return part.has_spot and bool(thread.focus)
    if seen or part.vein in _VARIABLE or part.spot.code:
        return True
    # a bare number beside a treatment is its year
    said = [a for a in thread.result if a.number is None or a.number.unit is not None]
    found = [a.predicate.finding for a in said]
    treated = all(finding is not None and finding.property == _TREATED for finding in found)
    return part.vein in _TRUNKS and treated


def _is_valve(part: Part, thread: Thread) -> bool:
    """Whether a junction is named by its valve: where that is missing, the vein is there."""
    named = part.vein_at
    return named is not None and thread.marks.tokens[named.last].norm == _VALVE
