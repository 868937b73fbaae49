"""Decisions of several reviewers, and of several reviews, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ultrasound.domain import Correction
from ultrasound.write.review_rows import SUPERSEDED, write_value

_CHANGES = ("correct", "reject")


def find_conflicts(made: Iterable[Correction]) -> list[str]:
    """The pairs of cells that decide differently on one review item, or change one fact twice."""
    items: dict[str, dict[str, set[tuple[object, ...]]]] = {}
    facts: dict[str, tuple[object, Correction]] = {}
    found: dict[str, None] = {}
    for made_here in made:
        where = _tell_cell(made_here)
        outcome = (made_here.decision, made_here.property, write_value(made_here.value_to))
        if made_here.review is not None:
            cells = items.setdefault(made_here.review, {})
            cells.setdefault(where, set()).add((made_here.observation, *outcome))
        if made_here.observation is not None and made_here.decision in _CHANGES:
            before = facts.setdefault(made_here.observation, (outcome, made_here))
            if before[0] != outcome:
                found[_tell_conflict(_tell_cell(before[1]), where)] = None
    for cells in items.values():
        first, *others = cells
        found |= {_tell_conflict(first, x): None for x in others if cells[x] != cells[first]}
    return list(found)


def renew_trail(
    trail: Iterable[Correction], made: Sequence[Correction]
) -> tuple[tuple[Correction, ...], list[str]]:
    """The whole trail, and a notice for each decision that another one takes the place of.

    A decision supersedes those on the same review item, and a change those of the same fact.
    """
    items = {c.review: c for c in made if c.review is not None}
    facts = {c.observation: c for c in made if c.observation and c.decision in _CHANGES}
    kept: list[Correction] = []
    notices: dict[str, None] = {}
    for earlier in trail:
        changed = facts.get(earlier.observation or "") if earlier.decision in _CHANGES else None
        later = items.get(earlier.review or "") or changed
        if later is None or earlier.state == SUPERSEDED:
            kept.append(earlier)
            continue
        kept.append(replace(earlier, state=SUPERSEDED))
        notices[
            f"{_tell_cell(later)}: takes the place of the decision of {earlier.initials} in "
            f"{_tell_cell(earlier)}"
        ] = None
    return (*kept, *made), list(notices)


def _tell_cell(correction: Correction) -> str:
    return f"{correction.workbook}, {correction.cell}"


def _tell_conflict(one: str, other: str) -> str:
    return f"{one} and {other} decide differently on the same fact: agree on one of them"
