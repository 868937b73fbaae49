"""An impression that tells of one leg what the findings tell of the other one.

As "Left SSV incompetence" below a table in which the right one refluxes and the left one does not.
The words stay as they are; a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.conflicts import question_of
from ultrasound.extract.facts.fact import COMPARED, NO_TRUNKS, Fact

_IMPRESSION: Final = "impression"
_TREATED: Final = "treatment_result"
_CLOSED: Final = "closed"
_SHUT: Final = ("occluded", "none")  # as a closed vein may be described


def find_mirrored(
    facts: Sequence[Fact], title: tuple[Leg, ...], exceeds: Callable[[Fact], bool]
) -> Iterator[Fact]:
    """The first claim of an impression about each vein that seems to be of the wrong leg.

    Args:
        facts: What the report tells of today.
        title: The legs of its title.
        exceeds: Whether a reflux time is longer than the limit.
    """
    found = [f for f in facts if f.section != _IMPRESSION]
    told: set[str] = set()
    for fact in facts:
        if fact.section != _IMPRESSION or fact.leg is None or fact.vein in (*NO_TRUNKS, *told):
            continue
        asked, claimed = _ask(fact, exceeds)
        if asked is None or not claimed:
            continue
        same = [f for f in found if f.vein == fact.vein and _ask(f, exceeds)[0] == asked]
        own = [f for f in same if f.leg is fact.leg]
        other = [f for f in same if f.leg is fact.leg.other]
        # of the leg nothing was found but what is looked at for comparison
        bare = not any(f.leg is fact.leg and f.vein not in COMPARED for f in found)
        apart = bare or title == (fact.leg.other,)
        unknown = apart and not any(_tells_of(f, fact) for f in found)
        denied = bool(own) and not any(_ask(f, exceeds)[1] for f in own)
        swapped = (denied or unknown) and any(_ask(f, exceeds)[1] for f in other)
        if swapped or (asked == _TREATED and _is_other_vein(fact, found, exceeds)):
            told.add(fact.vein)
            yield fact


def _is_other_vein(fact: Fact, found: Sequence[Fact], exceeds: Callable[[Fact], bool]) -> bool:
    """Whether the findings tell of a vein that is called closed, and another one was."""
    own = [f for f in found if _tells_of(f, fact)]
    treated = any(f.property in ("treatment", _TREATED) or f.value in _SHUT for f in own)
    closed = [f for f in found if f.leg is fact.leg and _ask(f, exceeds) == (_TREATED, True)]
    shut = [f for f in found if f.leg is fact.leg and f.value in _SHUT]
    return bool(own) and not treated and bool(closed or shut)


def _tells_of(found: Fact, fact: Fact) -> bool:
    return (found.leg, found.vein) == (fact.leg, fact.vein)


def _ask(fact: Fact, exceeds: Callable[[Fact], bool]) -> tuple[str | None, bool]:
    """What a fact answers, and whether with a yes."""
    if fact.prior or fact.uncertain:
        return None, False
    if fact.property == _TREATED:
        return _TREATED, fact.value == _CLOSED
    asked, claimed = question_of(fact)
    return asked, claimed and (fact.property != "reflux_time" or exceeds(fact))
