"""The elements of a sentence, made ready: unticked boxes left out, distances read as places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final, TypeGuard

from ultrasound.extract.clauses.continuous import CONTINUOUS, drop_continuous
from ultrasound.extract.clauses.duplicated import drop_channels
from ultrasound.extract.clauses.passed_parts import drop_passed_parts, read_beyond
from ultrasound.extract.clauses.quotes import drop_quotes
from ultrasound.extract.clauses.set_off import join_set_off
from ultrasound.extract.clauses.twofold import TWOFOLD, unite_denials
from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.lines.box_signs import BOX_STARTS
from ultrasound.extract.lines.boxes import Prepared, drop_unticked, has_boxes
from ultrasound.extract.lines.choices import CHOICE_STARTS, blank_choices
from ultrasound.extract.places.directions import (
    TOWARDS,
    complete_directions,
    leave_targets,
    legs_ahead,
    lift_sides,
)
from ultrasound.extract.places.likeness import drop_compared
from ultrasound.extract.words.below_it import SIDES
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue, Finding, Zone

DISTANCE: Final = "distance"
_JUNCTION_WORDS: Final = (
    *("sfj", "junction", "saphenofemoral", "groin", "spj", "saphenopopliteal"),
    *("crosse", "mouth", "ostium"),
)
_OPEN: Final = (">", ">=")
_DOWNWARD: Final = ("below", "distal", "from", "beyond", "past")
_LIST_WORDS: Final = (",", "and", "&", "/")
_LANDMARK_REACH: Final = 7  # elements from a direction to its landmark
_NEAR_JUNCTION_MM: Final = Decimal(50)
_BRACKET: Final = 3  # elements of "(4.7 mm)"
_CONTRASTED: Final = 3  # elements of "chronic rather than acute"
_DEPTH: Final = Meaning(
    [Concept("finding", Finding(property="depth", value="depth", kind="label", terms=()))]
)
_FROM_LANDMARK: Final = Meaning([Concept("cue", Cue(kind="distance", terms=(), rule="distance"))])


def prepare_elements(elements: Sequence[Element], marks: Marks) -> Prepared:
    """Leave out unticked options and read "3 cm below the SFJ" as a place."""
    words, cues, measured = _survey(elements)
    kept = _drop_contrasted_ages(elements) if "contrast" in cues else list(elements)
    kept = _drop_hollow(kept, marks)
    if not words.isdisjoint(TWOFOLD):
        kept = unite_denials(kept, marks)
    blanks: list[tuple[int, int]] = []
    if not words.isdisjoint(CHOICE_STARTS):
        kept, blanks = blank_choices(kept, marks)
    prepared = Prepared(kept)
    if not words.isdisjoint(BOX_STARTS):
        kept = _drop_abbreviations(kept)
        prepared = drop_unticked(kept, marks) if has_boxes(kept) else Prepared(kept)
    prepared.unticked += blanks
    prepared.elements = _settle_directions(prepared.elements, words, cues, marks)
    if "respectively" in cues:
        prepared.elements = _join_lists(prepared.elements)
    placed = pairwise(prepared.elements) if measured else ()
    if any(isinstance(e, Mention) and _is_length(b) for b, e in placed):
        prepared.elements = _name_distances(_name_depths(prepared.elements))
        prepared.elements = _read_distances(prepared.elements, marks)
    return prepared


def _settle_directions(
    elements: Sequence[Element], words: set[str], cues: set[str], marks: Marks
) -> list[Element]:
    """Read the directions of a sentence."""
    if not words.isdisjoint(SIDES):
        elements = complete_directions(elements, marks)
    if "direction" in cues or not words.isdisjoint(SIDES):
        elements = lift_sides(elements, marks)
    return list(elements) if words.isdisjoint(TOWARDS) else leave_targets(elements)


def _drop_hollow(elements: list[Element], marks: Marks) -> list[Element]:
    """Leave out words that say nothing beside others of the sentence, and quotation marks."""
    elements = drop_compared(drop_quotes(elements, marks), marks)
    elements = read_beyond(join_set_off(drop_passed_parts(drop_channels(elements, marks))))
    return drop_continuous(elements) if CONTINUOUS in marks.text else elements


def _survey(elements: Sequence[Element]) -> tuple[set[str], set[str], bool]:
    """The words and cues of a sentence, and whether it holds a length."""
    words: set[str] = set()
    cues: set[str] = set()
    measured = False
    for element in elements:
        if isinstance(element, Token):
            words.add(element.norm)
        elif isinstance(element, Mention):
            cues |= element.meaning.cues
        else:
            measured = measured or _is_length(element)
    return words, cues, measured


def _drop_contrasted_ages(elements: Sequence[Element]) -> list[Element]:
    """Leave "rather than acute" out of "chronic rather than acute thrombus"."""
    kept: list[Element] = []
    index = 0
    while index < len(elements):
        run = elements[index : index + _CONTRASTED]
        kept.append(elements[index])
        ages = [isinstance(e, Mention) and e.row("age") is not None for e in run]
        middle = run[1] if len(run) > 1 else None
        contrast = isinstance(middle, Mention) and bool(middle.cue("contrast"))
        contrasted = contrast and len(run) == _CONTRASTED and ages[0] and ages[-1]
        index += _CONTRASTED if contrasted else 1
    return kept


def _drop_abbreviations(elements: Sequence[Element]) -> list[Element]:
    """Leave out the abbreviation that a name brings in brackets: "perforating vein (IPV)"."""
    kept: list[Element] = []
    index = 0
    while index < len(elements):
        named = bool(kept) and isinstance(kept[-1], Mention)
        run = elements[index : index + _CONTRASTED + 1]
        if named and (_is_abbreviation(run[:_CONTRASTED], kept[-1]) or _is_byname(run, kept[-1])):
            index += _CONTRASTED
            continue
        kept.append(elements[index])
        index += 1
    return kept


def _is_byname(run: Sequence[Element], level: Element) -> bool:
    """Whether a perforator's other name stands in brackets: "mid-thigh (Hunterian) perforator"."""
    if len(run) <= _CONTRASTED or not isinstance(level, Mention):
        return False
    opens, inner, closes, noun = run
    signs = [e.text for e in (opens, closes) if isinstance(e, Token)]
    if signs != ["(", ")"] or not isinstance(inner, Mention) or not isinstance(noun, Mention):
        return False
    place, vein = inner.row("place"), noun.row("vein")
    named = place is not None and set(place.veins) <= set(PERFORATORS)
    return named and level.row("level", "zone") is not None and getattr(vein, "code", "") == "PERF"


def _is_abbreviation(run: Sequence[Element], name: Element) -> bool:
    """Whether these are brackets about capitals that say the name again."""
    if len(run) < _CONTRASTED or not isinstance(name, Mention):
        return False
    opens, inner, closes = run
    if not (isinstance(opens, Token) and isinstance(closes, Token)):
        return False
    if opens.text != "(" or closes.text != ")":
        return False
    if isinstance(inner, Token):
        letters = inner.kind == "word" and inner.text.isupper()
        return letters and len(inner.text) > 1 and name.row("vein", "place") is not None
    vein = inner.row("vein", "ambiguous") if isinstance(inner, Mention) else None
    own = name.row("vein")
    return vein is not None and own is not None and getattr(vein, "code", None) == own.code


def _join_lists(elements: Sequence[Element]) -> list[Element]:
    """Numbers of one kind that "respectively" hands out are one list, each with its unit."""
    joined = list(elements)
    for index, element in enumerate(joined):
        if not isinstance(element, Number) or element.unit is None:
            continue
        follower = _next_number(joined, index)
        if follower is not None and follower.unit and follower.unit.kind == element.unit.kind:
            joined[index] = replace(element, shared=True)
    return joined


def _next_number(elements: Sequence[Element], index: int) -> Number | None:
    """The number behind a comma, an "and" or both, None where anything else stands between."""
    position = index + 1
    while position < len(elements):
        element = elements[position]
        if isinstance(element, Number):
            return element if position > index + 1 else None
        if not isinstance(element, Token) or element.norm not in _LIST_WORDS:
            return None
        position += 1
    return None


def _name_depths(elements: Sequence[Element]) -> list[Element]:
    """Take the "deep" of "3 mm deep" for a depth, not for the deep veins."""
    named = list(elements)
    for index, (before, element) in enumerate(pairwise(elements), 1):
        single = isinstance(element, Mention) and element.first == element.last
        if not single or not isinstance(element, Mention) or not _is_length(before):
            continue
        vein = element.row("vein")
        if vein is not None and vein.code == "DEEP":
            named[index] = Mention(element.first, element.last, _DEPTH)
    return named


def _name_distances(elements: Sequence[Element]) -> list[Element]:
    """Put "above the med. malleolus" after "7 cm" together, to the landmark, as one cue."""
    result: list[Element] = []
    index = 0
    while index < len(elements):
        element = elements[index]
        result.append(element)
        index += 1
        if _is_length(element):
            if _is_bracketed(elements[index : index + _BRACKET]):
                result += elements[index : index + _BRACKET]
                index += _BRACKET  # "15 cm (4.7 mm) from the malleolus"
            end = _landmark_after(elements, index)
            if end is not None:
                first, last = first_of(elements[index]), last_of(elements[end])
                legs, _ = legs_ahead(elements, index)
                result += [*legs, Mention(first, last, _FROM_LANDMARK)]
                index = end + 1
    return result


def _is_bracketed(run: Sequence[Element]) -> bool:
    """Whether a size stands in brackets."""
    if len(run) < _BRACKET or not _is_length(run[1]):
        return False
    return [e.text for e in (run[0], run[-1]) if isinstance(e, Token)] == ["(", ")"]


def _is_length(element: Element) -> TypeGuard[Number]:
    return (
        isinstance(element, Number) and element.unit is not None and element.unit.kind == "length"
    )


def _landmark_after(elements: Sequence[Element], index: int) -> int | None:
    start = elements[index] if index < len(elements) else None
    if not isinstance(start, Mention) or not start.cue("direction"):
        return None
    _, begin = legs_ahead(elements, index)
    for position in range(begin, min(index + _LANDMARK_REACH, len(elements))):
        element = elements[position]
        if isinstance(element, Mention):
            shy = start.cue("shy") and element.row("vein", "place")
            if element.cue("landmark") or shy:
                return position
            if not element.cue("location"):
                return None
        elif isinstance(element, Number) or element.text in (",", ";", ":", "(", ")"):
            return None
    return None


def _read_distances(elements: Sequence[Element], marks: Marks) -> list[Element]:
    result: list[Element] = []
    index = 0
    while index < len(elements):
        element = elements[index]
        legs = [e for e in elements[index + 1 : index + 2] if _is_leg(e)]  # "below the left SFJ"
        end = index + 1 + len(legs)
        follower = elements[end] if end < len(elements) else None
        zone = _zone_of(element, follower, marks)
        if zone is None or follower is None:
            result.append(element)
            index += 1
            continue
        meaning = Meaning([Concept("zone", zone, DISTANCE)])
        result += [*legs, Mention(first_of(element), last_of(follower), meaning)]
        index = end + 1
    return result


def _is_leg(element: Element) -> bool:
    return isinstance(element, Mention) and element.row("leg") is not None


def _zone_of(element: Element, follower: Element | None, marks: Marks) -> Zone | None:
    """The place that a distance from a junction means: up to 5 cm below it the proximal part."""
    if not isinstance(element, Number) or element.unit is None or element.unit.kind != "length":
        return None
    if not isinstance(follower, Mention) or not follower.cue("distance"):
        return None
    words = {marks.tokens[i].norm for i in range(follower.first, follower.last + 1)}
    if words.isdisjoint(_JUNCTION_WORDS) or words.isdisjoint(_DOWNWARD):
        return None
    low, high = element.amounts(element.unit)
    if element.comparator in _OPEN:  # "more than 3 cm away from the junction"
        return None
    if low > _NEAR_JUNCTION_MM or (high is not None and not element.unit.centi):
        return None
    zone = "calf" if words & {"spj", "saphenopopliteal"} else "thigh"
    return Zone(zone=zone, level="proximal", terms=())
