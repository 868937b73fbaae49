"""The place that a heading names, be it in brackets: "Perforators (calf)", "GSV - thigh"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.ahead import CONJUNCTIONS
from ultrasound.extract.places.phrases import find_groups
from ultrasound.extract.places.places import FILLERS, PlaceGroup, Routes
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_BESIDE: Final = (
    "( ) & and + / , # finding result venous limb extremity lower deep protocol study "
    "evaluation vessel vascular cont continued duplex territory network"
)
_HEAD_WORDS: Final = frozenset({*FILLERS, *_BESIDE.split(), "mapping"})
_PARTING: Final = ("(", ")", "[", "]", *DASHES)
_TWO: Final = 2  # a vein and, apart from it, where


def read_head_place(
    marks: Marks, first: int, end: int, routes: Routes, beside: Sequence[Mention] = ()
) -> PlaceGroup | None:
    """The place phrase that makes up all of a head, but for some mentions."""
    elements = marks.elements(first, end)
    groups, insets = find_groups(elements, routes)
    if _names_where([group for group in groups if group not in beside]):
        elements = [e for e in elements if not _is_parting(e)]
        groups, insets = find_groups(elements, routes)
    if insets or any(_is_foreign(element) for element in elements):
        return None
    places = [g for g in groups if isinstance(g, PlaceGroup)]
    others = [g for g in groups if not isinstance(g, PlaceGroup)]
    if len(places) != 1 or not all(e in beside or _may_head(e) for e in others):
        return None
    numbers = [element for element in others if isinstance(element, Number)]
    counted = all(part.vein in COUNTED for part in places[0].parts)
    named = counted and end < len(marks.tokens) and marks.tokens[end].text == ":"
    last = [number.last + 1 for number in numbers] == [end] and named
    return places[0] if last or not numbers else None  # "SPJ 3 / 0" is a row


def places_vein(group: PlaceGroup) -> bool:
    """Whether a place is a vein with a level or its leg, and finds no varicosities."""
    sided = any(len(part.legs) == 1 for part in group.parts)
    found = any(part.anatomy for part in group.parts)
    return group.has_vein and (group.has_spot or (sided and not found))


def _names_where(groups: Sequence[Element | PlaceGroup]) -> bool:
    """Whether signs alone part a vein from its leg, or from the part of it that it lies in."""
    places = [g for g in groups if isinstance(g, PlaceGroup)]
    if len(places) != _TWO or not all(isinstance(g, PlaceGroup) or _is_parting(g) for g in groups):
        return False
    vein, where = places
    told = where.has_spot or (where.has_leg and not vein.has_leg)
    return vein.has_vein and not vein.has_spot and told and not where.has_vein


def _is_parting(element: Element | PlaceGroup) -> bool:
    return isinstance(element, Token) and element.text in _PARTING


def _is_foreign(element: Element) -> bool:
    """Whether an element can stand neither in a place phrase nor beside one in a heading."""
    if isinstance(element, Token):
        return element.norm not in _HEAD_WORDS and element.norm not in CONJUNCTIONS
    return isinstance(element, Number) and not _counts(element)


def _counts(number: Number) -> bool:
    """Whether a number only tells which one of several it is: "Perforator 1"."""
    return number.unit is None and number.low.isdigit()


def _may_head(element: Element) -> bool:
    """Whether an element may stand in a heading beside its place."""
    if isinstance(element, Token):
        return element.norm in _HEAD_WORDS
    if isinstance(element, Number):
        return _counts(element)
    return element.cue("location") or element.row("age") is not None
