"""What one pass over a report gives, before it becomes observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import Doubt, Fact, Outcome
from ultrasound.extract.places.sites import Span


@dataclass
class Reading:
    """All outcomes of a report, and what its title and headings said.

    ``sections`` are names with their tokens (half-open); ``criteria`` are the sentences that state
    the report's own limits.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    title_legs: tuple[Leg, ...] = ()
    sections: list[tuple[str, int, int]] = field(default_factory=list)
    criteria: list[Span] = field(default_factory=list)

    @property
    def opens(self) -> bool:
        """Whether nothing was found so far."""
        return not any(isinstance(outcome, Fact) for outcome in self.outcomes)

    def one_leg(self, first: int, last: int) -> Leg | None:
        """The one leg that the facts and doubts among some tokens (half-open) are about."""
        facts = [(o.leg, o.cue[0]) for o in self.outcomes if isinstance(o, Fact)]
        doubts = [(o.leg, o.span[0]) for o in self.outcomes if isinstance(o, Doubt) and o.leg]
        legs = {leg for leg, at in (*facts, *doubts) if first <= at < last}
        return legs.pop() if len(legs) == 1 else None


def found_in(outcomes: Sequence[Outcome]) -> bool:
    """Whether something was found, beside what was not assessed."""
    return any(isinstance(o, Fact) and o.value != "not_assessed" for o in outcomes)
