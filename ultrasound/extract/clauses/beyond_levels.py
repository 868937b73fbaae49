"""What is said beyond a level or branch: "competent below mid thigh", "… above this tributary".

The level or branch itself is not meant. Reflux beyond it is somewhere in the vein; where none is,
is a rest that no word names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.words.marks import Element, last_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

_SIDES: Final = frozenset({"below", "above", "beyond", "beneath", "under"})
_REST: Final = Meaning([Concept("cue", Cue(kind="remainder", terms=()))])
_ON: Final = ("range", "from", "joint")  # behind a level: a stretch or a list begins there
_BEFORE: Final = 6  # elements of "reflux is seen in the right GSV"
_PASSED: Final = ("in", "the", "of", "is")
_LISTS: Final = ("and", "or", "/", "&", "-")
_ARTICLES: Final = ("the", "this", "that", "these", "those", "a", "an")


def leave_beyond_levels(elements: list[Element]) -> list[Element]:
    """The elements without such a level, or with the name of a rest in its place."""
    if not any(_is_side(element) for element in elements):
        return elements
    kept: list[Element] = []
    index = 0
    while index < len(elements):
        end = _end_of_level(elements, index) if _is_side(elements[index]) else None
        finding = _found_before(kept, elements[end]) if end is not None else None
        if end is None or finding is None:
            kept.append(elements[index])
            index += 1
            continue
        if finding == "absent" or _is_denied(kept):
            first = elements[index]
            at = first.index if isinstance(first, Token) else first.first
            kept.append(Mention(at, last_of(elements[end]), _REST))
        index = end + 1
    return kept


def _is_side(element: Element) -> bool:
    if isinstance(element, Token):
        return element.norm in _SIDES
    alone = isinstance(element, Mention) and not element.meaning.is_place
    return alone and isinstance(element, Mention) and element.cue("direction", "remainder")


def _end_of_level(elements: Sequence[Element], side: int) -> int | None:
    """Where a level, or a branch with its article, ends behind a side; None where a list does."""
    at = side + 1
    this = isinstance(pointer := elements[side], Mention) and pointer.cue("remainder")
    if at < len(elements) and _norm(elements[at]) in _ARTICLES and not this:
        at += 1
    first = at
    while at < len(elements) and _is_level(elements[at]):
        at += 1
    level = any(isinstance(e, Mention) and e.row("level") is not None for e in elements[first:at])
    if at < len(elements) and (this or first > side + 1) and _is_branch(elements[at]):
        at, level = at + 1, True
    elif this:
        return None
    if at == first or not level:
        return None
    follows = elements[at] if at < len(elements) else None
    if follows is not None and _norm(follows) in _LISTS:
        return None if _goes_on(elements[at + 1 :]) else at - 1
    on = isinstance(follows, Mention) and (follows.meaning.is_place or follows.cue(*_ON))
    return None if on else at - 1


def _goes_on(behind: Sequence[Element]) -> bool:
    """Whether a list of levels goes on behind its joint; a finding begins a clause of its own."""
    first = behind[0] if behind else None
    return not (isinstance(first, Mention) and first.row("finding") is not None)


def _is_level(element: Element) -> bool:
    return isinstance(element, Mention) and element.row("level", "zone") is not None


def _found_before(kept: Sequence[Element], border: Element) -> str | None:
    """What a word of reflux finds that stands before, past the vein that it is of.

    Branches lie beyond a level: "an incompetent perforator below the mid calf".
    """
    if not _is_branch(border) and any(_is_branch(element) for element in kept):
        return None
    for element in reversed(kept[-_BEFORE:]):
        if isinstance(element, Token) and element.norm in _PASSED:
            continue
        if not isinstance(element, Mention) or _is_level(element):
            return None
        finding = element.row("finding")
        if finding is not None:
            reflux = finding.property == "reflux" and finding.kind != "label"
            return str(finding.value) if reflux else None
        if not (element.meaning.is_place or element.cue("affirmation_after")):
            return None
    return None


def _is_denied(before: Sequence[Element]) -> bool:
    """Whether a denial stands in the clause before."""
    for element in reversed(before):
        if isinstance(element, Token) and element.text in (",", ";", "."):
            return False
        if isinstance(element, Mention) and element.cue("negation"):
            return True
    return False


def _is_branch(element: Element) -> bool:
    row = element.row("vein") if isinstance(element, Mention) else None
    return getattr(row, "code", None) in COUNTED


def _norm(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""
