"""Courses of veins: Bezier curves, places along them, and lines beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import hypot

from ultrasound.knowledge.schema_drawing import Curve, Point

_STEPS = 12


@dataclass(frozen=True)
class Course:
    """A curve on the page: point, control, control, point, …; it runs towards the foot."""

    curve: Curve

    @cached_property
    def line(self) -> tuple[Point, ...]:
        """The curve as short straight pieces."""
        points = [self.curve[0]]
        for start in range(0, len(self.curve) - 3, 3):
            piece = self.curve[start : start + 4]
            points += [_on_bezier(piece, step / _STEPS) for step in range(1, _STEPS + 1)]
        return tuple(points)

    @cached_property
    def length(self) -> float:
        """How long it is."""
        return sum(_distance(a, b) for a, b in pairwise(self.line))

    def at(self, share: float) -> tuple[Point, Point]:
        """The point at a share of the length, and the direction of the course there."""
        left = share * self.length
        for a, b in pairwise(self.line):
            step = _distance(a, b)
            if step and left <= step * 1.000001:
                part = left / step
                point = (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
                return point, ((b[0] - a[0]) / step, (b[1] - a[1]) / step)
            left -= step
        a, b = self.line[-2:]
        step = _distance(a, b) or 1
        return b, ((b[0] - a[0]) / step, (b[1] - a[1]) / step)

    def every(self, spacing: float) -> list[tuple[Point, Point]]:
        """Points about so far apart, evenly spread, with the direction at each."""
        count = max(1, round(self.length / spacing))
        return [self.at((number + 0.5) / count) for number in range(count)]

    def moved(self, distance: float) -> Course:
        """The course beside this one, to its left as it runs down (negative: to its right)."""
        shifted: list[Point] = []
        count = max(2, round(self.length / 4))
        for number in range(count + 1):
            (x, y), (dx, dy) = self.at(number / count)
            shifted.append((x + dy * distance, y - dx * distance))
        return Course(_as_curve(shifted))


def join_courses(courses: Sequence[Course]) -> Course:
    """Courses of which each begins where the one before ends, as one."""
    curve = list(courses[0].curve)
    for course in courses[1:]:
        curve += course.curve[1:]
    return Course(tuple(curve))


def _as_curve(points: Sequence[Point]) -> Curve:
    """Straight pieces in the form of a curve."""
    curve = [points[0]]
    for a, b in pairwise(points):
        thirds = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (1 / 3, 2 / 3)]
        curve += [*thirds, b]
    return tuple(curve)


def _on_bezier(piece: Curve, t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x = sum(w * p[0] for w, p in zip(weights, piece, strict=True))
    y = sum(w * p[1] for w, p in zip(weights, piece, strict=True))
    return x, y


def _distance(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])
