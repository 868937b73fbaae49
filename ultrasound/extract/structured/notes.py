"""What is noted while the tree of a structured report is read, put into its final form at the end.

Several veins of one name at one place are numbered once all are known; what was not understood is
one item for each code.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from ultrasound.domain import (
    ContentItem,
    ContentNode,
    Dismissal,
    Extraction,
    Leg,
    Observation,
    ReviewItem,
)
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.structured.scene import Scene, SceneReader

# Veins of which a leg can have several at one place.
Spot = tuple[Leg | None, str, str | None]


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that was not understood, with what is known of its place."""

    origin: ContentItem
    leg: Leg | None
    vein: str | None


@dataclass
class Notebook:
    """Collects what is found, dismissed, doubted and not understood, in the order of the tree."""

    scenes: SceneReader
    _found: list[tuple[Observation, str]] = field(default_factory=list)
    _dismissals: list[Dismissal] = field(default_factory=list)
    _unread: dict[str, list[Unread]] = field(default_factory=lambda: defaultdict(list))
    _review: dict[tuple[str, str], ReviewItem] = field(default_factory=dict)

    def add(self, seen: Observation, unit: str) -> None:
        """Note an observation; ``unit`` tells apart veins of one name."""
        self._found.append((seen, unit))

    def dismiss(self, node: ContentNode, rule: str) -> None:
        """Note an item that is understood and makes no observation."""
        self._dismissals.append(Dismissal(self.scenes.document, self.scenes.origin(node), rule))

    def leave_unread(self, node: ContentNode, scene: Scene) -> None:
        """Note an item that was not understood."""
        leg, vein = _place_of(scene)
        self._unread[str(node.name)].append(Unread(self.scenes.origin(node), leg, vein))

    def ask(self, code: str, message: str, node: ContentNode, scene: Scene) -> None:
        """Note a doubt for a person; the same one about several items is one."""
        leg, vein = _place_of(scene)
        known = self._review.get((code, message))
        origins = (*(known.origins if known else ()), self.scenes.origin(node))
        self._review[code, message] = ReviewItem(
            self.scenes.document, leg, vein, code, message, origins=origins
        )

    def close(self) -> Extraction:
        """All that was noted."""
        unread = (self._review_unread(name) for name in self._unread)
        return Extraction(
            observations=tuple(self._number_items()),
            dismissals=tuple(self._dismissals),
            review=(*self._review.values(), *unread),
        )

    def _number_items(self) -> list[Observation]:
        units: dict[Spot, list[str]] = defaultdict(list)
        for seen, unit in self._found:
            known = units[_spot_of(seen)]
            if unit not in known:
                known.append(unit)
        return [self._number(seen, unit, units[_spot_of(seen)]) for seen, unit in self._found]

    def _number(self, seen: Observation, unit: str, units: list[str]) -> Observation:
        if seen.place.vein not in COUNTED or len(units) == 1:
            return seen
        return replace(seen, place=replace(seen.place, item=units.index(unit) + 1))

    def _review_unread(self, name: str) -> ReviewItem:
        items = self._unread[name]
        legs, veins = {item.leg for item in items}, {item.vein for item in items}
        return ReviewItem(
            document=self.scenes.document,
            leg=items[0].leg if len(legs) == 1 else None,
            vein=items[0].vein if len(veins) == 1 else None,
            code="unread",
            message=f"{name}: not understood ({len(items)} in this report)",
            origins=tuple(item.origin for item in items),
        )


def _spot_of(seen: Observation) -> Spot:
    return seen.place.leg, seen.place.vein, seen.place.segment


def _place_of(scene: Scene) -> tuple[Leg | None, str | None]:
    leg = scene.legs[0] if scene.legs and len(scene.legs) == 1 else None
    return leg, scene.vein.value if scene.vein else None
