"""How long a thrombus is, and how far its tip or a closure stands from a junction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.reading import Reading
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.numerals import write_number

_ENDS: Final = (".", ";", "!", "?")
_LONG: Final = ("length", "long", "extent")
_OVER: Final = ("over", "for", "spanning")
_REACH: Final = 4  # tokens between a number and the word that says what it measures
_TO_JUNCTION: Final = 6
_JUNCTIONS: Final = frozenset(
    {"sfj", "spj", "junction", "saphenofemoral", "saphenopopliteal", "crosse"}
)
_FROM: Final = frozenset({"from", "distal", "below", "caudal", "short", "of", "beyond", "to"})
_TIPS: Final = ("tip", "head", "end", "extent", "ehit", "clot", "thrombus", "occlusion", "closure")


def read_lengths(
    marks: Marks, reading: Reading
) -> Iterator[tuple[str, str, Number, str, Leg | None]]:
    """Lengths and distances in mm: the fact, its value, the number, its section, its leg."""
    for section, first, last in reading.sections:
        if section not in ("findings", "impression"):
            continue
        for number in marks.numbers_in(first, last):
            if number.unit is None or number.unit.kind != "length":
                continue
            span = _sentence(marks, number, first, last)
            fact = _name(marks, number, span) if _speaks_of_clot(marks, span) else None
            if fact is not None:
                low, _ = number.amounts(number.unit)
                yield fact, write_number(low), number, section, reading.one_leg(*span)


def _sentence(marks: Marks, number: Number, first: int, last: int) -> tuple[int, int]:
    """The tokens of the sentence that holds a number (half-open)."""
    start, end = number.first, number.last + 1
    while start > first and not _ends(marks, start - 1):
        start -= 1
    while end < last and not _ends(marks, end - 1):
        end += 1
    return start, end


def _ends(marks: Marks, index: int) -> bool:
    follows = marks.tokens[index + 1 : index + 2]
    return marks.tokens[index].text in _ENDS and (not follows or bool(follows[0].gap))


def _speaks_of_clot(marks: Marks, span: tuple[int, int]) -> bool:
    """Whether a sentence is about thrombus, or about what a treatment has closed."""
    rows = [m.row("finding") for m in marks.mentions_in(*span)]
    if any(token.norm in _TIPS for token in marks.tokens[span[0] : span[1]]):
        return True
    return any(
        row is not None
        and (row.property in ("thrombus", "treatment_result") or row.value == "occluded")
        for row in rows
    )


def _name(marks: Marks, number: Number, span: tuple[int, int]) -> str | None:
    """The context fact that a length gives, None where it measures something else."""
    after = marks.tokens[number.last + 1 : min(span[1], number.last + 1 + _REACH)]
    before = marks.tokens[max(span[0], number.first - _REACH) : number.first]
    if after and after[0].norm in _FROM:
        words = [token.norm for token in marks.tokens[after[0].index : span[1]][:_TO_JUNCTION]]
        if not _JUNCTIONS.isdisjoint(words):
            return "distance_to_junction_mm"
    if any(t.norm in _LONG for t in (*before, *after)) or (before and before[-1].norm in _OVER):
        return "thrombus_length_mm"
    return None
