"""Brackets inside of place phrases, and branches that a trunk leads to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.places.ahead import CONJUNCTIONS
from ultrasound.extract.places.places import is_place
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_LAST: Final = ("and", "or", "nor", "&")  # before the last of a list
_FEWEST: Final = 2  # levels that are a list
_LONGEST: Final = 8  # elements of the list
_BEHIND: Final = 3  # from the bracket to the next vein: ")", "and", "the"
_PARTING: Final = (",", "/", "and", ";")  # numbers in a bracket
_BY_UNIT: Final = ("diameter", "reflux", "reflux_time")
_RANGE: Final = "range"
_LISTING: Final = (",", "and", "&", "/", "then")
_BRANCH: Final = "NSV"


def read_level_bracket(elements: Sequence[Element], at: int) -> list[Mention | str] | None:
    """The levels of a vein in brackets, where the list of veins goes on behind them.

    As in "femoral (proximal, mid and distal) and popliteal veins".
    """
    if at < 1 or at >= len(elements) or _text(elements[at]) != "(":
        return None
    vein = elements[at - 1]
    if not (isinstance(vein, Mention) and is_place(vein)):
        return None
    words: list[Mention | str] = []
    for element in elements[at + 1 : at + 1 + _LONGEST]:
        if _text(element) == ")":
            break
        if isinstance(element, Mention) and element.row("level", "zone") is not None:
            words.append(element)
        elif isinstance(element, Token) and element.norm in CONJUNCTIONS:
            words.append(element.norm)
        else:
            return None
    close = at + 1 + len(words)
    levels = [word for word in words if isinstance(word, Mention)]
    listed = len(levels) >= _FEWEST and close < len(elements) and _text(elements[close]) == ")"
    return words if listed and _goes_on(elements[close + 1 : close + 1 + _BEHIND]) else None


def read_number_bracket(elements: Sequence[Element], at: int) -> tuple[int, list[Number]] | None:
    """Bracketed numbers before a range word: "from the SPJ (7.1 mm, 3.0 s) to the mid calf"."""
    if at >= len(elements) or _text(elements[at]) != "(":
        return None
    inner: list[Number] = []
    for position, element in enumerate(elements[at + 1 : at + 1 + _LONGEST], at + 1):
        if isinstance(element, Number):
            inner.append(element)
        elif _text(element) == ")":
            after = elements[position + 1] if position + 1 < len(elements) else None
            ranged = isinstance(after, Mention) and after.cue("range")
            kinds = {number.unit.kind if number.unit else None for number in inner}
            single = len(kinds) == len(inner) > 0
            return (position + 1, inner) if ranged and single else None
        elif not (_text(element) in _PARTING or _names_number(element)):
            return None
    return None


def _names_number(element: Element) -> bool:
    """Whether a word only says what a number measures, as its unit does."""
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.property in _BY_UNIT and row.kind != "word"


def lists_values(elements: Sequence[Element], at: int) -> bool:
    """Whether a list of one kind stands behind a colon: "at mid thigh and knee: 1.2 s and 0.9 s".

    Its label may lead it: "…: diameters 5.2 mm and 4.8 mm". A "respectively" behind it does the
    same as the colon: "refluxes at mid thigh and knee for 1.2 s and 0.9 s respectively".
    """
    told = bool(at) and _text(elements[at - 1]) == ":"
    first = elements[at]
    if isinstance(first, Mention):
        row = first.row("finding")
        if row is None or row.kind == "word" or not told:
            return False
        at += 1
    values: list[Number] = []
    for element in elements[at:]:
        if isinstance(element, Number):
            values.append(element)
        elif _text(element) not in _LISTING:
            told = told or (isinstance(element, Mention) and element.cue("respectively"))
            break
    kinds = {value.unit.kind for value in values[:_FEWEST] if value.unit is not None}
    return told and len(values) >= _FEWEST and len(kinds) == 1


def lists_on(elements: Sequence[Element], at: int) -> bool:
    """Whether a list of places that are set apart goes on behind a comma."""
    for element in elements[at + 1 :]:
        if isinstance(element, Token) and element.text == ",":
            return True
        named = isinstance(element, Mention) and (is_place(element) or element.cue("location"))
        if not isinstance(element, Token) and not named:
            return False
    return True


def lists_systems(
    run: Sequence[Mention | str], elements: Sequence[Element], at: int, *, told: bool
) -> bool:
    """Whether a system is one of a list with veins that are none of its own.

    As in "the deep veins, GSV and SSV are competent". Where something was ``told`` before, nothing
    may be said behind the list: "no DVT in the deep veins, the GSV and SSV are patent" is none.
    """
    listed = list(takewhile(_is_listed, elements[at:]))
    veins = [code for e in listed if isinstance(e, Mention) for code in _veins_of(e)]
    joined = any(_text(e) in _LAST for e in listed)
    follows = elements[at + len(listed) : at + len(listed) + 1]
    ends = not follows or _text(follows[0]) in (".", ";")
    rows = (m.row("vein") for m in run if isinstance(m, Mention))
    other = {member for row in rows if row is not None for member in row.members}.isdisjoint(veins)
    return other and joined and len(veins) > 1 and (ends or not told)


def _is_listed(element: Element) -> bool:
    if isinstance(element, Mention):
        return element.row("vein", "place") is not None
    return _text(element) in (",", "the", "vein", *_LAST)


def _veins_of(mention: Mention) -> tuple[str, ...]:
    """The codes of the veins that a name or a junction is of."""
    vein, place = mention.row("vein"), mention.row("place")
    return (vein.code,) if vein is not None else place.veins if place is not None else ()


def answers_list(elements: Sequence[Element], at: int) -> bool:
    """Whether a colon parts a list from what is said of all of it: "stent in A and B: patent"."""
    behind = elements[at + 1 :]
    while behind and isinstance(behind[0], Mention) and is_place(behind[0]):
        behind = behind[1:]
    while behind and _text(behind[0]) == "vein":
        behind = behind[1:]
    return bool(behind) and _text(behind[0]) == ":"


def words_lead_on(words: Sequence[Mention | str], elements: Sequence[Element], at: int) -> bool:
    """Whether a place belongs to the phrase before it: not as the branches that a trunk leads to.

    As in "leaves the fascia at the knee -> medial calf varicosities".
    """
    follower = elements[at + 1] if at + 1 < len(elements) else None
    row = follower.row("vein") if isinstance(follower, Mention) else None
    element = elements[at]
    level = isinstance(element, Mention) and element.row("level", "zone") is not None
    leads = _RANGE in words and not any(w in ("from", *CONJUNCTIONS) for w in words)
    return not (leads and level and getattr(row, "code", None) == _BRANCH)


def _goes_on(elements: Sequence[Element]) -> bool:
    """Whether a conjunction and another vein follow."""
    if not elements or _text(elements[0]) not in CONJUNCTIONS:
        return False
    named = (e for e in elements[1:] if isinstance(e, Mention))
    place = next(named, None)
    return place is not None and place.row("vein", "place", "inferred") is not None


def _text(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""
