"""A sentence or table at which the program fails: it goes to a person, and loses no report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import Doubt
from ultrasound.extract.reading import Reading

RAISES: Final[list[bool]] = []  # not empty: what fails is raised, as in the tests


@contextmanager
def guarded(reading: Reading, first: int, last: int, leg: Leg | None = None) -> Iterator[None]:
    """Read some tokens (half-open); where that fails, they become a review item.

    Args:
        reading: What was read so far; the review item is put into it.
        first: The first of the tokens.
        last: The token behind them.
        leg: The leg in force.
    """
    try:
        yield
    except Exception:  # what failed is shown to a person with its words
        if RAISES:
            raise
        reading.outcomes.append(Doubt("program_failed", (first, max(first, last - 1)), leg))
