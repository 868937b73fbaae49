"""Brackets between a finding and its place: "severe reflux (2.7 s) in the left GSV"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final, cast

from ultrasound.extract.clauses.statements import ARTICLES
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_WHERE: Final = ("in", "at", "of", "through", "along", "within", "over", "on")
_BORDERS: Final = (",", ";", ":", ".", "and", "&", "but", "(", ")")
_VERBS: Final = ("is", "are", "was", "were", "see", "none")
_NOUNS: Final = ("ence", "ency", "reflux", "thrombus", "thrombosis")  # "no reflux"
_SITES: Final = frozenset(
    {"sites", "veins", "segments", "places", "levels", "locations", "trunks", "points"}
)
_ONE: Final = 2  # elements from a bracket around one to its end
_LONGEST: Final = 8  # elements of a bracket
_REACH: Final = 3  # elements from the bracket to the place

Elements = Sequence[Element | PlaceGroup]


def part_braces(elements: Elements, marks: Marks) -> Elements:
    """The same without braces, and a semicolon between two: "{RIGHT: competent} {LEFT: 2.1 s}"."""
    if not marks.has_sign("{", 0, len(marks.tokens)):
        return elements
    kept: list[Element | PlaceGroup] = []
    for element, follower in zip_longest(elements, elements[1:]):
        if _text(element) == "}" and follower is not None and _text(follower) == "{":
            kept.append(replace(cast("Token", element), text=";", norm=";"))
        elif _text(element) not in ("{", "}"):
            kept.append(element)
    return kept


def open_brackets(elements: Elements, marks: Marks) -> Elements:
    """The same, without the brackets around what is said of a place that follows.

    As in "severe reflux (2.7 s) at the left SFJ; reflux (1.1 s, 5 mm) in the left SSV", "acute
    thrombus (occlusive) in the left FV". Where a place stands before the finding, the one behind
    only narrows it.
    """
    if all(_text(element) != "(" for element in elements):
        return elements  # most sentences
    elements = _open_list(elements)
    kept: list[Element | PlaceGroup] = []
    index = 0
    while index < len(elements):
        end = _end_of_bracket(elements, index) if _text(elements[index]) == "(" else None
        if end == index + _ONE and kept and (both := _said_again(kept[-1], elements[index + 1])):
            kept[-1] = both
            index = end + 1
        elif end is None or not _waits(kept, marks) or not _leads_on(elements[end + 1 :]):
            kept.append(elements[index])
            index += 1
        else:
            kept += [e for e in elements[index + 1 : end] if _text(e) != ","]
            index = end + 1
    return kept


def _open_list(elements: Elements) -> Elements:
    """The same, with a colon for the bracket of a list: "reflux at two sites (right GSV …; …)".

    It names the veins of a finding before it that names no place, and the sentence ends with it.
    """
    signs = [_text(element) for element in elements]
    if signs.count("(") != 1 or ")" not in signs:
        return elements
    first, last = signs.index("("), signs.index(")")
    before, inner, behind = elements[:first], elements[first + 1 : last], elements[last + 1 :]
    named = [e for e in inner if isinstance(e, PlaceGroup) and e.has_vein]
    found = any(isinstance(e, Mention) and e.row("finding") is not None for e in before)
    placed = any(isinstance(e, PlaceGroup) for e in before)
    last_word = before[-1] if before else None
    ends = isinstance(last_word, Mention) and last_word.row("finding") is not None
    counted = signs[first - 1] in _SITES or (ends and not _SITES.isdisjoint(signs[:first]))
    if placed or not (found and counted and named[1:] and inner[0] is named[0]):
        return elements
    if any(_text(e) != "." for e in behind):
        return elements
    sign = elements[first]
    colon = replace(sign, text=":", norm=":") if isinstance(sign, Token) else sign
    return [*before, colon, *inner, *behind]


def _said_again(number: Element | PlaceGroup, other: Element | PlaceGroup) -> Number | None:
    """The two numbers that are one in two units: "5.0 seconds (5000 ms)", "0.52 cm (5.2 mm)"."""
    if not isinstance(number, Number) or not isinstance(other, Number):
        return None
    units = number.unit, other.unit
    if units[0] is None or units[1] is None or units[0].kind != units[1].kind:
        return None
    same = other.comparator in ("=", number.comparator) and units[0].factor != units[1].factor
    same = same and number.amounts(units[0]) == other.amounts(units[1])
    return replace(number, last=other.last) if same else None


def _end_of_bracket(elements: Elements, index: int) -> int | None:
    """The bracket that closes measured numbers only, or words that tell the kind of a finding."""
    ahead = elements[index + 1 : index + 1 + _LONGEST]
    length = next((n for n, e in enumerate(ahead) if _text(e) == ")"), 0)
    inner = ahead[:length]
    measured = all(_text(e) == "," or (isinstance(e, Number) and e.unit) for e in inner)
    worded = all(_is_kind(e) for e in inner)
    return index + 1 + length if length and (measured or worded) else None


def _is_kind(element: Element | PlaceGroup) -> bool:
    """Whether a word can tell of what kind a finding is: "occlusive", "old"."""
    if isinstance(element, Token):
        return element.kind == "word" and element.norm not in _VERBS
    return isinstance(element, Mention) and element.row("finding", "age") is not None


def _waits(before: Elements, marks: Marks) -> bool:
    """Whether a clause ends with a finding, and has named no place."""
    last = before[-1] if before else None
    finding = last.row("finding") if isinstance(last, Mention) else None
    if finding is None or not isinstance(last, Mention):
        return False
    if finding.kind != "noun" and not marks.tokens[last.last].norm.endswith(_NOUNS):
        return False
    for element in reversed(before):
        if isinstance(element, PlaceGroup):
            return False
        if _text(element) in _BORDERS:
            return True
    return True


def _leads_on(behind: Elements) -> bool:
    """Whether a place follows: "in the left GSV"."""
    if not behind or _text(behind[0]) not in _WHERE:
        return any(isinstance(e, PlaceGroup) and _is_led(e) for e in behind[:1])
    for element in behind[1:_REACH]:
        if isinstance(element, PlaceGroup):
            return True
        if _text(element) not in ARTICLES:
            return False
    return False


def _is_led(group: PlaceGroup) -> bool:
    """Whether a phrase begins with its preposition: "on the left"."""
    leg_at = group.parts[0].leg_at
    return leg_at is not None and leg_at.last > leg_at.first


def _text(element: Element | PlaceGroup) -> str:
    return element.text.lower() if isinstance(element, Token) else ""
