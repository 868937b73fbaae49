"""Lists of a form of which nothing was chosen: "[competent / incompetent]", "<absent | seen>"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

CHOICE_STARTS: Final = frozenset("[<{(/")
_CLOSING: Final = {"[": "]", "<": ">", "{": "}", "(": ")"}
_BETWEEN: Final = ("/", "|")
_SLASH: Final = "/"
_YES_NO: Final = (["y", "/", "n"], ["yes", "/", "no"])
_SIDES: Final = ("right", "left")
_LONGEST: Final = 24  # elements of a list of options
_FEWEST: Final = {"[": 3, "{": 2}  # options between brackets that no sentence has
_FOUND: Final = "present"
_SOFT: Final = "anatomy"  # "(absent / not seen)" may be a finding in two words
_BLANK: Final = Meaning(
    [Concept("cue", Cue(kind="template_blank", terms=(), rule="template_blank"))]
)


def blank_choices(
    elements: Sequence[Element], marks: Marks
) -> tuple[list[Element], list[tuple[int, int]]]:
    """The same elements, each list of options of which none was chosen as a blank; their spans."""
    spans: list[tuple[int, int]] = []
    kept: list[Element] = []
    index = 0
    while index < len(elements):
        end = _end_of_letters(elements, index, marks) or _end_of_choice(elements, index)
        if end is None:
            kept.append(elements[index])
            index += 1
        else:
            spans.append((first_of(elements[index]), last_of(elements[end])))
            kept.append(Mention(*spans[-1], _BLANK))
            index = end + 1
    return kept, spans


def _end_of_letters(elements: Sequence[Element], index: int, marks: Marks) -> int | None:
    """The last of "Y / N", which is no pair of answers: that of two legs names them before."""
    run = elements[index : index + len(_YES_NO[0])]
    if len(run) < len(_YES_NO[0]) or _text(run[1]) != _SLASH:
        return None  # most elements
    if [marks.words(first_of(e), last_of(e)).lower() for e in run] not in _YES_NO:
        return None
    legs = sum(isinstance(e, Mention) and e.row("leg") is not None for e in elements[:index])
    return index + len(run) - 1 if legs < len(_SIDES) else None


def _end_of_choice(elements: Sequence[Element], index: int) -> int | None:
    """The bracket that closes a list of options which starts here, None where there is none."""
    opening = _text(elements[index])
    if opening not in _CLOSING:
        return None
    closing = _CLOSING[opening]
    for end in range(index + 1, min(len(elements), index + _LONGEST)):
        if _text(elements[end]) == closing:
            inner = elements[index + 1 : end]
            apart = any(_text(e) in _BETWEEN for e in inner)
            left = _contradicts(inner, round_=opening == "(") or _lists_options(
                inner, _FEWEST.get(opening)
            )
            return end if apart and left else None
    return None


def _contradicts(inner: Sequence[Element], *, round_: bool) -> bool:
    """Whether options exclude each other: two values of one property, or "present / absent"."""
    said = list(_values(inner))
    several = {
        name
        for name, value in said
        for other, another in said
        if name == other and value != another
    }
    return bool(several - {_SOFT} if round_ else several)


def _lists_options(inner: Sequence[Element], fewest: int | None) -> bool:
    """Whether options in words stand in brackets: "[Normal / absent / high]", "{none / reflux}".

    A finding beside a number is none of them.
    """
    slashes = sum(_text(e) in _BETWEEN for e in inner)
    listed = fewest is not None and slashes + 1 >= fewest
    return listed and not any(isinstance(e, Number) for e in inner)


def _values(inner: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """What each option says, as a property and its value."""
    placed = any(isinstance(e, Mention) and e.row("vein", "place", "leg") for e in inner)
    for element in inner:
        if isinstance(element, Mention):
            yield from _values_of(element, placed=placed)


def _values_of(element: Mention, *, placed: bool) -> Iterator[tuple[str, str]]:
    finding, age = element.row("finding"), element.row("age")
    if finding is not None and finding.value == "not_assessed":
        yield from (("presence", "not_assessed"), ("reflux", "not_assessed"))
    elif finding is not None:
        yield finding.property, finding.value
        if finding.value == _FOUND and not placed:
            yield "presence", _FOUND  # "[None/Incompetent]"
    elif age is not None:
        yield "presence", age.value
    if element.cue("denial_after", "none", "negative"):
        yield "presence", "absent"
    elif element.cue("affirmation_after", "positive"):
        yield "presence", "present"


def _text(element: Element) -> str:
    return element.text if isinstance(element, Token) else ""
