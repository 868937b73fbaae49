"""Where each view of a leg stands on the page, and what side the medial margin is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ultrasound.knowledge.schema_drawing import Curve, Point, Side, VeinMapTable, View
from ultrasound.write.drawing.course import Course

OUTER, INNER, WIDTH = 66.0, 130.0, 100.0
HEAD, TOP, DEPTH = 50.0, 54.0, 357.0
_ORDER: tuple[tuple[str, View], ...] = (
    ("right", "front"), ("left", "front"), ("left", "back"), ("right", "back"),
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """One view of one leg on the page; ``mirrored`` where the medial side is at the right."""

    leg: str
    view: View
    x: float
    mirrored: bool

    def point(self, at: Sequence[float]) -> Point:
        """A place of the view on the page."""
        x = WIDTH - at[0] if self.mirrored else at[0]
        return self.x + x, at[1] + TOP + HEAD

    def course(self, curve: Curve) -> Course:
        """A curve of the view on the page."""
        return Course(tuple(self.point(point) for point in curve))

    def margin(self, side: Side, table: VeinMapTable) -> tuple[float, int]:
        """The edge of a margin, and the direction in which its labels grow."""
        x, _ = self.point((table.labels.edge[side], 0))
        return x, 1 if (side == "medial") == self.mirrored else -1


def arrange_views(legs: Iterable[str], table: VeinMapTable) -> list[Frame]:
    """One leg: front, back. Two: both from the front, then both from behind."""
    shown = set(legs)
    order = [(leg, view) for leg, view in _ORDER if leg in shown]
    order.sort(key=lambda pair: pair[1] == "back")
    return [
        Frame(leg, view, OUTER + number * (WIDTH + INNER), view in table.mirrored[leg])
        for number, (leg, view) in enumerate(order)
    ]


def page_width(count: int) -> float:
    """The width of a page with so many views."""
    return 2 * OUTER + count * WIDTH + (count - 1) * INNER
