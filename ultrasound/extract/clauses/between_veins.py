"""The two veins that a branch lies between: "new vessels between the CFV and the AASV".

Nothing is said of them. Reflux or clot "between the CFV and the popliteal vein" is a range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue

_COURSE: Final = Meaning([Concept("cue", Cue(kind="course", terms=()))])
_BESIDE: Final = frozenset({"the", "vein", "trunk", "both", "(", ")", "run", "lie", "pass"})
_NAMES: Final = ("vein", "place", "inferred", "ambiguous")
_AND: Final = ("and", "&")
_LONGEST: Final = 12  # elements of "between the CFV and the anterior thigh veins"


def leave_between(elements: list[Element]) -> list[Element]:
    """The elements with such a stretch as one word about the course of the branch."""
    for index, element in enumerate(elements):
        if not isinstance(element, Mention) or not element.cue("between"):
            continue
        if not _is_behind_branch(elements[:index]):
            continue
        end = _find_end(elements[index + 1 : index + _LONGEST])
        if end is not None:
            last = elements[index + 1 + end]
            stretch = Mention(element.first, getattr(last, "last", element.last), _COURSE)
            return [*elements[:index], stretch, *elements[index + 2 + end :]]
    return elements


def _is_behind_branch(before: Sequence[Element]) -> bool:
    """Whether the last vein before is a branch, with its size and a verb at most behind it."""
    for element in reversed(before):
        if isinstance(element, Mention) and (row := element.row("vein")) is not None:
            return getattr(row, "code", "") in COUNTED
        light = isinstance(element, Number) or (
            isinstance(element, Token) and element.norm in _BESIDE
        )
        if not light and not (isinstance(element, Mention) and element.cue("course", "runs")):
            return False
    return False


def _find_end(behind: Sequence[Element]) -> int | None:
    """Where the second of two veins ends, None where there are not two."""
    veins: list[int] = []
    joined = False
    for index, element in enumerate(behind):
        if isinstance(element, Mention) and element.row(*_NAMES) is not None:
            veins.append(index)
            if len(veins) > 1:
                return index if joined else None
        elif isinstance(element, Token) and element.norm in _AND:
            joined = bool(veins)
        elif isinstance(element, Number) or (isinstance(element, Token) and element.kind == "sign"):
            return None
    return None
