"""Labels in the margins of a view: as near as possible to their veins, and never on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ultrasound.knowledge.schema_drawing import Point
from ultrasound.write.drawing.pen import measure_text

CAPTION_SIZE, VALUE_SIZE = 5.0, 6.0
_CAPTION_HEIGHT, _VALUE_HEIGHT, _GAP = 5.6, 6.6, 1.6


@dataclass(frozen=True)
class Label:
    """What is written beside a mark; ``at`` is the place on it that the leader leads to.

    ``urgency`` orders labels where a margin is too full: those with the least are left out.
    """

    mark: str
    caption: str
    lines: tuple[str, ...]
    at: Point
    weight: float = 1.0
    urgency: int = 0
    bold: bool = False
    dot: bool = True

    @property
    def height(self) -> float:
        """How much of the margin it takes, with the gap to the next."""
        return _CAPTION_HEIGHT + _VALUE_HEIGHT * len(self.lines) + _GAP

    @property
    def width(self) -> float:
        """The width of its widest line."""
        values = (measure_text(line, VALUE_SIZE, bold=self.bold) for line in self.lines)
        return max(measure_text(self.caption, CAPTION_SIZE), *values, 0.0)


@dataclass(frozen=True)
class Placed:
    """A label with the middle of its height, and its edge next to the leg.

    ``grows`` is 1 where the text runs to the right of the edge, -1 where it runs to the left.
    """

    label: Label
    y: float
    edge: float
    grows: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the written words."""
        half = (self.label.height - _GAP) / 2
        ends = sorted((self.edge, self.edge + self.grows * self.label.width))
        return ends[0], self.y - half, ends[1], self.y + half

    def baselines(self) -> list[float]:
        """The base line of the caption, and of each line of the value."""
        top = self.bounds[1]
        first = top + CAPTION_SIZE * 0.82
        lines = range(1, len(self.label.lines) + 1)
        return [first, *(first + _VALUE_HEIGHT * number for number in lines)]


@dataclass
class _Block:
    """Neighbours that stand at their least distance."""

    weight: float
    total: float
    members: list[int] = field(default_factory=list)

    @property
    def level(self) -> float:
        return self.total / self.weight


def place_labels(
    labels: Iterable[Label], edge: float, grows: int, room: Point
) -> tuple[list[Placed], list[Label]]:
    """Place the labels of one margin between two heights; the second are those it had no room for.

    Weighted least squares from the height of each label's place, by pooling of neighbours that
    would overlap, in the order of their places, so that leaders do not cross.
    """
    kept = sorted(labels, key=lambda label: (label.at[1], label.mark))
    left_out: list[Label] = []
    while sum(label.height for label in kept) > room[1] - room[0]:
        least = min(kept, key=lambda label: (label.urgency, -label.at[1], label.mark))
        kept.remove(least)
        left_out.append(least)
    heights = _solve(kept, room)
    return [Placed(label, y, edge, grows) for label, y in zip(kept, heights, strict=True)], left_out


def _solve(labels: Sequence[Label], room: Point) -> list[float]:
    offsets = [0.0]
    for above, below in pairwise(labels):
        offsets.append(offsets[-1] + (above.height + below.height) / 2)
    if not labels:
        return []
    lowest = room[0] + labels[0].height / 2
    highest = room[1] - labels[-1].height / 2 - offsets[-1]
    blocks: list[_Block] = []
    for number, label in enumerate(labels):
        wanted = label.at[1] - offsets[number]
        blocks.append(_Block(label.weight, label.weight * wanted, [number]))
        while len(blocks) > 1 and blocks[-2].level > blocks[-1].level:
            last = blocks.pop()
            blocks[-1].weight += last.weight
            blocks[-1].total += last.total
            blocks[-1].members += last.members
    found = [0.0] * len(labels)
    for block in blocks:
        level = min(max(block.level, lowest), highest)
        for member in block.members:
            found[member] = level + offsets[member]
    return found
