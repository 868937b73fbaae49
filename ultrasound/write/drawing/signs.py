"""How a status, a thrombus, a perforator and a cluster look: colour, line and sign together."""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sin

from ultrasound.knowledge.schema_drawing import Point, StatusLook, VeinMapTable
from ultrasound.write.drawing.course import Course
from ultrasound.write.drawing.pen import Cap, Pen, Strokes

RING = 3.1
_DISC = 3.6
_CAPSULE = 9.8
_CLUSTER_LENGTH, _CLUSTER_WIDTH = 17.0, 2.8
_GREY = ("not_stated", "not_assessed", "not_visualized")


class Signs:
    """Draws what the legend explains."""

    def __init__(self, pen: Pen, table: VeinMapTable) -> None:
        self._pen = pen
        self._ink = table.colours
        self._looks = {look.code: look for look in table.status}
        self._lines: dict[str, Callable[[Course, StatusLook], None]] = {
            "refluxing": self._refluxing,
            "cannot_say": self._cannot_say,
            "below_threshold": self._below_threshold,
            "treated_open": self._treated_open,
            "treated_closed": self._treated_closed,
            "absent": self._absent,
            "not_visualized": self._rings,
            "not_stated": self._dots,
        }

    def look(self, status: str) -> StatusLook:
        """The look of a status; one that the table does not know is doubtful."""
        return self._looks.get(status, self._looks["cannot_say"])

    def halo(self, course: Course, status: str) -> None:
        """Set a line off from what it crosses."""
        self._stroke(course, self._ink["leg"], self.look(status).width + 2.2)

    def line(
        self, course: Course, status: str, *, varied: bool = False, ends: tuple[int, ...] = (0, 1)
    ) -> None:
        """Draw a vein's line.

        Args:
            course: where.
            status: the status code.
            varied: whether no direction of the flow can be drawn.
            ends: those ends (0 the upper, 1 the lower) where what is absent ends.
        """
        look = self.look(status)
        if look.code == "absent":
            bars = [_across(*course.at(share), 2.8) for share in ends]
            self._pen.strokes(bars, colour=look.colour, width=look.width)
        draw = self._lines.get(look.code)
        if draw is not None:
            draw(course, look)
        else:
            dashes = (4.2, 3.4) if look.code == "not_assessed" else None
            cap: Cap = "butt" if dashes else "round"
            self._pen.curve(
                course.curve, colour=look.colour, width=look.width, dashes=dashes, ends=cap
            )
        if look.code == "refluxing":
            self._flow(course, varied=varied)

    def _stroke(self, course: Course, colour: str, width: float) -> None:
        self._pen.curve(course.curve, colour=colour, width=width, ends="round")

    def _refluxing(self, course: Course, look: StatusLook) -> None:
        self._stroke(course, look.colour, look.width)

    def _flow(self, course: Course, *, varied: bool) -> None:
        places = course.every(7.5)
        if varied:
            dots = [[(x, y), (x + 0.01, y)] for (x, y), _ in places]
            self._pen.strokes(dots, colour=self._ink["paper"], width=1.6, ends="round")
            return
        arrows = [
            [
                (x - 0.9 * dx - 1.35 * dy, y - 0.9 * dy + 1.35 * dx),
                (x + 0.9 * dx, y + 0.9 * dy),
                (x - 0.9 * dx + 1.35 * dy, y - 0.9 * dy - 1.35 * dx),
            ]
            for (x, y), (dx, dy) in places
        ]
        self._pen.strokes(arrows, colour=self._ink["paper"], width=0.8)

    def _cannot_say(self, course: Course, look: StatusLook) -> None:
        self._pen.curve(course.curve, colour=look.colour, width=look.width, dashes=(5.5, 2.2))
        self.doubt(course.at(0.5)[0], look.colour)

    def doubt(self, at: Point, colour: str) -> None:
        """A ringed question mark."""
        self._pen.circles([at], RING, colour=colour, width=0.9, fill=self._ink["paper"])
        self._pen.text(at, "?", 5, colour, bold=True, align="center")

    def _below_threshold(self, course: Course, look: StatusLook) -> None:
        self._stroke(course, look.colour, look.width)
        self._pen.strokes(_ticks(course, 5, 2.5), colour=look.colour, width=1)

    def _treated_open(self, course: Course, look: StatusLook) -> None:
        self._pen.curve(course.curve, colour=look.colour, width=look.width)
        self._pen.curve(course.curve, colour=self._ink["paper"], width=look.width - 1.9)
        self._pen.strokes(_ticks(course, 9, 1.7), colour=look.colour, width=0.8)

    def _treated_closed(self, course: Course, look: StatusLook) -> None:
        self._stroke(course, look.colour, look.width)
        arms = [(1.6, 1.6), (1.6, -1.6)]
        crosses = [
            [(x - a * dx - b * dy, y - a * dy + b * dx), (x + a * dx + b * dy, y + a * dy - b * dx)]
            for (x, y), (dx, dy) in course.every(7.5)
            for a, b in arms
        ]
        self._pen.strokes(crosses, colour=look.colour, width=1)

    def _absent(self, course: Course, look: StatusLook) -> None:
        self._pen.strokes(_ticks(course, 8, 1.5), colour=look.colour, width=0.9)

    def _rings(self, course: Course, look: StatusLook) -> None:
        centres = [point for point, _ in course.every(6.5)]
        paper = self._ink["paper"]
        self._pen.circles(centres, 1.25, colour=look.colour, width=look.width, fill=paper)

    def _dots(self, course: Course, look: StatusLook) -> None:
        dots = [[(x, y), (x + 0.01, y)] for (x, y), _ in course.every(3.1)]
        self._pen.strokes(dots, colour=look.colour, width=look.width, ends="round")

    def thrombus(self, course: Course, kind: str) -> None:
        """A capsule round a vein's line, which leaves the line to be read."""
        ink, paper = self._ink["thrombus"], self._ink["paper"]
        inner = {"acute": 4.6, "subacute": 4.6}.get(kind, _CAPSULE - 1.6)
        dashes = (2.6, 1.6) if kind == "cannot_say" else None
        ends: Cap = "butt" if dashes else "round"
        self._pen.curve(course.curve, colour=ink, width=_CAPSULE, ends=ends, dashes=dashes)
        self._pen.curve(course.curve, colour=paper, width=inner, ends="round")
        reach = _CAPSULE / 2
        if kind == "subacute":
            self._pen.strokes(_ticks(course, 4, reach), colour=paper, width=1)
        elif kind == "chronic":
            self._pen.strokes(_slants(course, 2.7, reach - 0.6), colour=ink, width=0.8)
        elif kind == "present":
            for side in (-1, 1):
                beside = course.moved(side * 3.3).every(2.6)
                dots = [[(x, y), (x + 0.01, y)] for (x, y), _ in beside]
                self._pen.strokes(dots, colour=ink, width=1.2, ends="round")
        if kind == "cannot_say":
            self.doubt(course.moved(reach).at(0.5)[0], ink)
        else:
            self._pen.curve(course.curve, colour=paper, width=4.6, ends="round")

    def disc(self, at: Point, status: str, outwards: float) -> None:
        """A perforator; ``outwards`` is where the skin is, 1 to the right, -1 to the left."""
        look, paper, (x, y) = self.look(status), self._ink["paper"], at
        if look.code == "refluxing":
            self._pen.circles([at], _DISC, colour=paper, width=0.6, fill=look.colour)
            tip, back = x + 2.3 * outwards, x - 2.3 * outwards
            barb = tip - 1.7 * outwards
            arrow = [[(back, y), (tip, y)], [(barb, y - 1.6), (tip, y), (barb, y + 1.6)]]
            self._pen.strokes(arrow, colour=paper, width=0.9)
        elif look.code == "cannot_say":
            self.doubt(at, look.colour)
        else:
            dashes = (1.6, 1.3) if look.code in _GREY else None
            self._pen.circles([at], RING, fill=paper)
            self._pen.circles([at], RING, colour=look.colour, width=1.2, dashes=dashes)
            self._pen.strokes(_disc_sign(look.code, at), colour=look.colour, width=0.9)

    def cluster(self, at: Point, status: str, length: float = _CLUSTER_LENGTH) -> None:
        """Varicose veins: a meander."""
        look, (x, y) = self.look(status), at
        count = 48
        line = [
            (
                x + _CLUSTER_WIDTH * sin(2 * pi * length / 4.25 * step / count),
                y + length * (step / count - 0.5),
            )
            for step in range(count + 1)
        ]
        strong = look.code in ("refluxing", "cannot_say")
        dashes = {"cannot_say": (3.0, 1.4), "not_assessed": (2.0, 1.6)}.get(look.code)
        width = 1.5 if strong else 0.8 if look.code in _GREY else 1.0
        self._pen.strokes([line], colour=look.colour, width=width, dashes=dashes)
        if look.code == "cannot_say":
            self.doubt(at, look.colour)


def _across(point: Point, direction: Point, reach: float) -> list[Point]:
    (x, y), (dx, dy) = point, direction
    return [(x - reach * dy, y + reach * dx), (x + reach * dy, y - reach * dx)]


def _ticks(course: Course, spacing: float, reach: float) -> Strokes:
    return [_across(point, direction, reach) for point, direction in course.every(spacing)]


def _slants(course: Course, spacing: float, reach: float) -> Strokes:
    """Oblique lines across a course."""
    return [
        [
            (x - reach * dy - 1.6 * dx, y + reach * dx - 1.6 * dy),
            (x + reach * dy + 1.6 * dx, y - reach * dx + 1.6 * dy),
        ]
        for (x, y), (dx, dy) in course.every(spacing)
    ]


def _disc_sign(status: str, at: Point) -> Strokes:
    """The sign within a ring, so that no two statuses differ in colour alone."""
    x, y = at
    bar = [(x - 1.6, y), (x + 1.6, y)]
    return {
        "below_threshold": [bar, [(x, y - 1.6), (x, y + 1.6)]],
        "treated_open": [[(px, py - 0.9) for px, py in bar], [(px, py + 0.9) for px, py in bar]],
        "treated_closed": [[(x - s, y - 1.2), (x + s, y + 1.2)] for s in (-1.2, 1.2)],
        "absent": [bar],
        "not_visualized": [[(x - 0.2, y), (x + 0.2, y)]],
    }.get(status, [[at, at]])
