"""Ranges that begin or end at a distance: "to 5 cm below the knee", "starts 10 cm below the SFJ".

One that ends below the knee passes it, and nobody knows how far. Where another one begins or ends
is not known by the levels of a vein: it is not expanded, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.lengths import is_length
from ultrasound.extract.facts.fact import Pass
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

_LED: Final = frozenset(
    {"a", "the", "point", "level", "about", "approximately", "approx", "around", "roughly", "of"}
)
_STARTING: Final = frozenset({"start", "begin", "commence", "starting", "beginning", "commencing"})
_WITHIN: Final = "within"
_BECOMING: Final = ("become", "turn")
_KNEE: Final = frozenset({"knee", "crease"})
_LANDMARKS: Final = _KNEE | {"sfj", "spj", "groin", "junction", "ankle", "malleolus"}
_TO: Final = 4  # elements from where a range begins to its "to"
_PASSED: Final = Meaning([Concept("zone", Zone(zone="calf", end="knee", terms=()))])
_UNKNOWN: Final = Meaning([Concept("zone", Zone(zone="unknown", terms=()))])


def end_by_distance(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements with such a distance as the place at which a range begins or ends."""
    read = _leave_within(list(elements))
    index = 0
    while index + 1 < len(read):
        if _is_far(read[index]) and (found := _place(read, index, marks)) is not None:
            start, meaning = found
            at, last = first_of(read[start]), last_of(read[index + 1])
            read[start : index + 2] = [Mention(at, last, meaning)]
            index = start
        index += 1
    return read


def _leave_within(elements: list[Element]) -> list[Element]:
    """The elements without the "of the" of "from the SFJ to within 3 cm of the knee".

    What is closed "to within 2 cm of the SFJ" has no start: the vein is.
    """
    for index, element in enumerate(elements[:-1]):
        if _norm(element) != _WITHIN or not _is_far(elements[index + 1]) or not index:
            continue
        led, end = elements[index - 1], index + 2
        while end < len(elements) and _norm(elements[end]) in _LED:
            end += 1
        begun = any(isinstance(e, Mention) and e.cue("from") for e in elements[: index - 1])
        if begun and isinstance(led, Mention) and led.cue("range"):
            return [*elements[:index], elements[index + 1], *elements[end:]]
    return elements


def _is_far(element: Element) -> bool:
    """Whether it is a length in cm, and no size: "between 5.5 and 7.0 mm from the SFJ to"."""
    return is_length(element) and element.unit is not None and element.unit.centi


def tell_distances(elements: Sequence[Element]) -> list[Pass]:
    """The distances that were read so: they are no sizes."""
    spans = [
        (e.first, e.last)
        for e in elements
        if isinstance(e, Mention) and (e.meaning is _PASSED or e.meaning is _UNKNOWN)
    ]
    return [Pass("distance", span) for span in spans]


def _place(elements: Sequence[Element], index: int, marks: Marks) -> tuple[int, Meaning] | None:
    """Where the words of such a distance begin, and what they mean for a range."""
    landmark = elements[index + 1]
    if not isinstance(landmark, Mention):
        return None
    words = {t.norm for t in marks.tokens[landmark.first : landmark.last + 1]}
    start = index
    while start and _norm(elements[start - 1]) in _LED:
        start -= 1
    before = elements[start - 1] if start else None
    if before is None or words.isdisjoint(_LANDMARKS):
        return None
    if isinstance(before, Mention) and before.cue("range"):
        passed = "below" in words and not words.isdisjoint(_KNEE)
        return start, _PASSED if passed else _UNKNOWN
    opens = _norm(before) in _STARTING or (isinstance(before, Mention) and before.cue("from"))
    opens |= isinstance(before, Mention) and start > 1 and _becomes(elements[start - 2], before)
    goes_on = any(
        isinstance(e, Mention) and e.cue("range") for e in elements[index + 2 : index + 2 + _TO]
    )
    return (start, _UNKNOWN) if opens and goes_on else None


def _becomes(verb: Element, state: Mention) -> bool:
    """Whether a vein turns to a state there: "becomes incompetent 10 cm below the SFJ"."""
    row = state.row("finding")
    return _norm(verb) in _BECOMING and row is not None and row.kind == "word"


def _norm(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""
