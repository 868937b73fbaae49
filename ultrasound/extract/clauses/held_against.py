"""What a measured value is held against, which is no measure: "7.2 mm (normal < 4 mm)".

It stands behind a word that says so ("at 4.1 mm it would fall short of 4.5 mm", "above the normal
limit of 0.5 s"), is a bound of the value before it, or a reference in a bracket behind that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.facts.fact import Pass
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_EXACT: Final = ("=", "~")
_OPENING: Final = ("(", "[")
_OF: Final = 2  # tokens from "limit" over "of" to its number
_LIMITS: Final = ("limit", "threshold", "physiological")
_NORMAL: Final = ("normal", "unremarkable")
_JUDGING: Final = (*_NORMAL, *_LIMITS, "grade", "denial_after")
_WORDS: Final = frozenset({"normal", "n", "nl", "of", "."})


def drop_held_against(chunks: Sequence[Chunk]) -> list[Pass]:
    """Leave out what a measured value is held against: "at 4.1 mm it would fall short of 4.5 mm".

    Or the bound behind it: "at 5.1 mm the GSV exceeds 4.5 mm".
    """
    passed = [*_drop_references(chunks), *_drop_limits(chunks)]
    measured: list[Number] = []
    for chunk in chunks:
        inside = list(measured) if not chunk.groups else []
        for predicate in list(chunk.predicates):
            number = predicate.numbers[0] if len(predicate.numbers) == 1 else None
            if number is None or number.unit is None:
                continue
            own = [n for n in inside if n.unit and n.unit.kind == number.unit.kind]
            if own and _is_held_against(chunk, number, own[-1]):
                chunk.predicates.remove(predicate)
                passed.append(Pass("threshold", (number.first, number.last)))
            else:
                inside.append(number)
        measured += inside
    return passed


def _is_held_against(chunk: Chunk, number: Number, own: Number) -> bool:
    """Whether a number is a bound of the value before it, or stands behind a word that says so."""
    if number.comparator in _EXACT:
        cues = [cue for cue in chunk.cues("held_against") if cue.last < number.first]
        between = (e for e in chunk.elements if cues and end_of(e) > cues[-1].last)
        behind = [e for e in between if end_of(e) < number.first]
        return bool(cues) and all(isinstance(e, Token) for e in behind)
    within = own.first >= chunk.first and own.comparator in _EXACT
    return within and not number.attained and len(chunk.groups) <= 1


def _drop_references(chunks: Sequence[Chunk]) -> Iterator[Pass]:
    """Leave out what alone stands in a bracket behind a value: "9 mm (normal 6 mm)", "(<1 s)"."""
    for before, chunk in pairwise(chunks):
        if chunk.separator not in _OPENING or chunk.groups or len(chunk.predicates) != 1:
            continue
        predicate, measured = chunk.predicates[0], _numbers(before)
        own = [n for n in measured[-1:] if n.comparator in _EXACT or n.attained]
        if len(predicate.numbers) != 1 or predicate.finding or not own:
            continue
        number = predicate.numbers[0]
        if _same_kind(number, own[0]) and _refers(chunk, number):
            chunk.predicates = []
            yield Pass("threshold", (number.first, number.last))


def _refers(chunk: Chunk, number: Number) -> bool:
    """Whether a bracket is a bound, or a number behind "normal", and nothing else."""
    rest = [e for e in chunk.elements if e is not number]
    if not all(_is_word(e) or _is_cue(e, _JUDGING) for e in rest):
        return False
    bound = number.comparator not in _EXACT and not number.attained
    led = bool(rest) and start_of(rest[0]) < number.first
    normal = led and (_is_word(rest[0]) or _is_cue(rest[0], _NORMAL))
    return bound or normal


def _drop_limits(chunks: Sequence[Chunk]) -> Iterator[Pass]:
    """Leave out the limit of a sentence that measures: "using a cut-off of 0.5 s"."""
    numbers = [n for chunk in chunks for n in _numbers(chunk)]
    for chunk in chunks:
        ends = {cue.last for cue in chunk.cues(*_LIMITS)}
        for predicate in list(chunk.predicates):
            number = predicate.numbers[0] if len(predicate.numbers) == 1 else None
            if number is None or number.first - _OF not in ends or "of" not in chunk.norms:
                continue
            if any(n is not number and _same_kind(n, number) for n in numbers):
                chunk.predicates.remove(predicate)
                yield Pass("threshold", (number.first, number.last))


def _numbers(chunk: Chunk) -> list[Number]:
    return [n for p in chunk.predicates for n in p.numbers]


def _same_kind(number: Number, other: Number) -> bool:
    units = number.unit, other.unit
    return all(units) and len({unit.kind for unit in units if unit is not None}) == 1


def _is_word(element: object) -> bool:
    return isinstance(element, Token) and element.norm in _WORDS


def _is_cue(element: object, kinds: Sequence[str]) -> bool:
    return isinstance(element, Mention) and bool(element.cue(*kinds))
