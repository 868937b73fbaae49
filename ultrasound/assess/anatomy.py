"""Where veins and levels stand to each other: order, systems, groups, and what a zone covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ultrasound.knowledge.schema_scores import AssessmentTable

if TYPE_CHECKING:
    from ultrasound.knowledge.schema_text import TextKnowledge


@dataclass(frozen=True)
class Anatomy:
    """The veins of a leg.

    ``order``: each vein's place in the contract's order; ``levels``: its segments from the groin
    down; ``groups``: the veins that a statement about a group speaks for.
    """

    order: Mapping[str, int]
    systems: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    rules: AssessmentTable

    def veins_of(self, system: str) -> tuple[str, ...]:
        """The single veins of a system, groups left out."""
        return tuple(
            vein for vein in self.order if self.systems[vein] == system and not self.is_group(vein)
        )

    def is_group(self, vein: str) -> bool:
        """Whether a code stands for several veins."""
        return bool(self.groups.get(vein)) and vein not in self.rules.denials

    def groups_over(self, vein: str) -> Iterator[str]:
        """The codes whose denial would speak for this vein."""
        return (group for group, members in self.groups.items() if vein in members)

    def covered(self, vein: str, segment: str | None) -> tuple[str, ...]:
        """The levels of a vein that a segment code covers: one, a zone's, or all."""
        levels = self.levels.get(vein, ())
        if segment is None or segment == "whole":
            return levels
        zone = self.rules.zones.get(segment)
        if zone is not None:
            return tuple(level for level in levels if level in zone)
        return (segment,)

    def span(self, vein: str, segment: str) -> tuple[int, int]:
        """The first and last position from the groin that a segment code covers."""
        levels = self.levels.get(vein, ())
        places = [levels.index(level) for level in self.covered(vein, segment) if level in levels]
        return (min(places), max(places)) if places else (0, 0)

    def place_key(self, place: tuple[str, str | None, int | None]) -> tuple[int, int, int, int]:
        """Sorts places: vein by vein, the vein as a whole first, then from the groin down."""
        vein, segment, item = place
        order = self.order.get(vein, len(self.order))
        if segment is None:
            return order, -1, 0, item or 0
        first, last = self.span(vein, segment)
        return order, first, first - last, item or 0

    def sort_veins(self, veins: Iterable[str]) -> list[str]:
        """Veins in the contract's order, each once."""
        return sorted(set(veins), key=lambda vein: self.order.get(vein, len(self.order)))


def read_anatomy(text: TextKnowledge, rules: AssessmentTable) -> Anatomy:
    """Bring the vein and segment tables into the form that assessment asks."""
    rows = text.vein_rows
    return Anatomy(
        order={code: index for index, code in enumerate(rows)},
        systems={code: row.system for code, row in rows.items()},
        levels={code: tuple(text.order_of(code)) for code in rows},
        groups={
            **{code: row.members for code, row in rows.items() if row.members},
            **rules.denials,
        },
        rules=rules,
    )
