"""Headings of the deep veins or the perforators behind the blocks of both legs.

As in RIGHT LEG, GSV: …, LEFT LEG, GSV: …, DEEP VEINS: such a heading is of both legs, where it
stands as theirs do and nothing of its veins was told in the block of the first leg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import HOLDERS, PERFORATORS, SHALLOW, Fact, Outcome
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import PlaceGroup

_DEEP: Final = "DEEP"
_PERFORATORS: Final = "PERF"


@dataclass
class SystemHeads:
    """The headings of legs that stand alone, so far.

    ``apart``: the last one is set off by a blank line; ``parted``: the block of the first leg has
    systems of its own.
    """

    legs: tuple[Leg, ...] = ()
    depth: int = 0
    apart: bool = False
    parted: bool = False

    def take_leg(self, legs: tuple[Leg, ...], line: Line) -> None:
        """Note the heading of a leg."""
        self.legs = (*self.legs, *legs)
        self.depth, self.apart = line.depth, line.blank_before

    def take_vein(self, group: PlaceGroup, line: Line, said: Sequence[Outcome]) -> tuple[Leg, ...]:
        """Both legs, where the heading of a system is of both; else none.

        Args:
            group: What the heading names.
            line: Where it stands.
            said: What the report said so far.
        """
        veins = {part.vein for part in group.parts}
        if len(self.legs) < len(Leg):
            self.parted |= bool(self.legs) and not veins.isdisjoint(HOLDERS)
            return ()
        both = len(self.legs) == len(set(self.legs)) and not self.parted and not group.has_spot
        alike = (line.depth, line.blank_before) == (self.depth, self.apart)
        if not (both and alike and veins <= {_DEEP, _PERFORATORS}):
            return ()
        first = [o for o in said if isinstance(o, Fact) and o.leg == self.legs[0]]
        told = any(_is_member(vein, fact) for fact in first for vein in veins)
        return () if told else self.legs


def _is_member(vein: str | None, fact: Fact) -> bool:
    if vein == _PERFORATORS:
        return fact.vein in PERFORATORS
    return fact.vein not in SHALLOW
