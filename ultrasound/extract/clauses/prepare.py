"""The elements of a sentence, made ready: unticked boxes left out, distances read as places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.between_veins import leave_between
from ultrasound.extract.clauses.beyond_levels import leave_beyond_levels
from ultrasound.extract.clauses.continuous import CONTINUOUS, drop_continuous
from ultrasound.extract.clauses.deep_sources import leave_deep_source
from ultrasound.extract.clauses.duplicated import drop_channels
from ultrasound.extract.clauses.least_sizes import read_least
from ultrasound.extract.clauses.lengths import is_length, read_lengths
from ultrasound.extract.clauses.near_junctions import read_near_junctions
from ultrasound.extract.clauses.origins import OF, leave_origin
from ultrasound.extract.clauses.passed_parts import drop_passed_parts, read_beyond
from ultrasound.extract.clauses.quotes import drop_quotes
from ultrasound.extract.clauses.range_distances import end_by_distance
from ultrasound.extract.clauses.set_off import join_set_off
from ultrasound.extract.clauses.stretches import join_stretches
from ultrasound.extract.clauses.twofold import TWOFOLD, unite_denials
from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.lines.box_signs import BOX_STARTS
from ultrasound.extract.lines.boxes import Prepared, drop_unticked, has_boxes
from ultrasound.extract.lines.choices import CHOICE_STARTS, blank_choices
from ultrasound.extract.places.bearing_leg import BEARING, leave_bearing
from ultrasound.extract.places.between_levels import read_between_levels
from ultrasound.extract.places.directions import (
    TOWARDS,
    complete_directions,
    leave_targets,
    lift_sides,
)
from ultrasound.extract.places.likeness import drop_compared
from ultrasound.extract.places.seen_veins import leave_seen
from ultrasound.extract.places.set_against import (
    leave_likened,
    leave_set_against,
    leave_symmetrical,
)
from ultrasound.extract.words.below_it import SIDES
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_LIST_WORDS: Final = (",", "and", "&", "/")
_CONTRASTED: Final = 3  # elements of "chronic rather than acute"


def prepare_elements(elements: Sequence[Element], marks: Marks) -> Prepared:
    """Leave out unticked options and read "3 cm below the SFJ" as a place."""
    words, cues, measured = _survey(elements)
    kept = _drop_contrasted_ages(elements) if "contrast" in cues else list(elements)
    kept = _drop_hollow(kept, marks)
    if OF in words:
        kept = leave_origin(kept, marks)
    if not words.isdisjoint(BEARING):
        kept = leave_bearing(kept, marks)
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
    if measured:
        kept = read_least(prepared.elements, marks)
        prepared.elements = end_by_distance(read_lengths(kept, marks), marks)
    return prepared


def _settle_directions(
    elements: Sequence[Element], words: set[str], cues: set[str], marks: Marks
) -> list[Element]:
    """Read the directions of a sentence."""
    if "direction" in cues or not words.isdisjoint(SIDES):
        elements = complete_directions(elements, marks)
    elements = read_between_levels(list(elements))
    if "direction" in cues or not words.isdisjoint(SIDES):
        elements = lift_sides(elements, marks)
    elements = leave_beyond_levels(read_near_junctions(list(elements), marks))
    return elements if words.isdisjoint(TOWARDS) else leave_targets(elements)


def _drop_hollow(elements: list[Element], marks: Marks) -> list[Element]:
    """Leave out words that say nothing beside others of the sentence, and quotation marks."""
    elements = leave_deep_source(elements, marks)
    elements = leave_set_against(drop_compared(drop_quotes(elements, marks), marks), marks)
    elements = leave_symmetrical(leave_likened(elements))
    elements = read_beyond(join_set_off(drop_passed_parts(drop_channels(elements, marks))))
    elements = join_stretches(leave_seen(leave_between(elements), marks))
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
            measured = measured or is_length(element)
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
        if named and (
            _is_abbreviation(run[:_CONTRASTED], kept[-1])
            or _is_byname(run, kept[-1])
            or _repeats_age(run[:_CONTRASTED], kept[-1])
        ):
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


def _repeats_age(run: Sequence[Element], before: Element) -> bool:
    """Whether brackets say the age before them again: "old (chronic) thrombus"."""
    if len(run) < _CONTRASTED or not isinstance(before, Mention):
        return False
    opens, inner, closes = run
    signs = [e.text for e in (opens, closes) if isinstance(e, Token)]
    if signs != ["(", ")"] or not isinstance(inner, Mention):
        return False
    ages = (before.row("age"), inner.row("age"))
    return all(age is not None for age in ages) and ages[0].value == ages[1].value


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
    if not isinstance(inner, Mention):
        return False
    found, own, vein = name.row("finding"), name.row("vein"), inner.row("vein", "ambiguous")
    if found is not None and found.property != "treatment" and found is inner.row("finding"):
        return True  # "heat-induced thrombosis (EHIT)"
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
