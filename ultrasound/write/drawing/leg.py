"""One view of a leg: its outline, its veins, perforators and clusters, and their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.knowledge.schema_drawing import Point, Side, VeinMapTable
from ultrasound.write.drawing.captions import Captions
from ultrasound.write.drawing.course import Course, join_courses
from ultrasound.write.drawing.labels import CAPTION_SIZE, VALUE_SIZE, Label, Placed, place_labels
from ultrasound.write.drawing.marks import LegPlan, Mark
from ultrasound.write.drawing.pen import Align, Pen, measure_text
from ultrasound.write.drawing.signs import Signs
from ultrasound.write.drawing.views import Frame
from ultrasound.write.drawing.words import POSITIVE

NAME_SIZE = 5.2
_TRUNK_GAP = 4.2
_WIDE_BAND, _BAND = 6.8, 5.4
_WIDE = ("IVC", "CIV", "EIV", "IIV", "CFV", "FV", "DFV", "POPV")
_VARIED_FLOW = ("GIAC",)
_SIDES: tuple[Side, ...] = ("medial", "lateral")


@dataclass(frozen=True)
class _Line:
    name: str
    vein: str
    status: str
    pieces: tuple[str, ...]
    rank: int = 0
    in_capsule: bool = False


class LegView:
    """Draws one view of one leg."""

    def __init__(
        self, pen: Pen, frame: Frame, plan: LegPlan, table: VeinMapTable, display: DisplayTable
    ) -> None:
        self._pen = pen
        self._signs = Signs(pen, table)
        self._frame = frame
        self._plan = plan
        self._table = table
        self._captions = Captions(table, display)
        self._name = f"{plan.leg}-{frame.view}"
        self._marks = [mark for mark in plan.marks if mark.view == frame.view]
        self._order = {look.code: number for number, look in enumerate(table.status)}

    def draw(self) -> tuple[list[Placed], list[Label]]:
        """Draw all of it; the labels that were placed, and those that had no room."""
        self._draw_outline()
        self._draw_bands()
        self._draw_thrombus()
        self._draw_lines()
        self._draw_clusters_and_discs()
        self._draw_names()
        return self._draw_labels()

    def _veins(self) -> list[str]:
        courses = self._table.veins[self._frame.view]
        return [vein for vein in courses if vein in self._plan.drawn]

    def _course(self, vein: str, pieces: Iterable[str], rank: int = 0) -> Course:
        curves = self._table.veins[self._frame.view][vein]
        course = join_courses([self._frame.course(curves[piece]) for piece in pieces])
        if not rank:
            return course
        # A further trunk lies lateral to the first.
        return course.moved(rank * _TRUNK_GAP * (-1 if self._frame.mirrored else 1))

    def _draw_outline(self) -> None:
        ink, outline = self._table.colours, self._table.outline[self._frame.view]
        body = self._frame.course(outline.body).curve
        self._pen.open_group(f"{self._name}-leg")
        # The contour ends between the legs; the fill goes on to the middle of the body.
        inner = self._frame.course(outline.details[0]).curve
        top = (inner[-1][0], body[0][1])
        ground = (*body, *inner[1:], inner[-1], top, top)
        self._pen.curve(ground, fill=ink["leg"])
        for detail in outline.details:
            self._pen.curve(self._frame.course(detail).curve, colour=ink["leg_detail"], width=0.7)
        self._pen.curve(body, colour=ink["leg_edge"], width=1)

    def _draw_bands(self) -> None:
        self._pen.open_group(f"{self._name}-bands")
        deep = [vein for vein in self._veins() if vein in self._table.deep]
        courses = [(vein, self._course(vein, self._plan.drawn[vein])) for vein in deep]
        for extra, ink in ((0.8, "deep_band_edge"), (0.0, "deep_band")):
            for vein, course in courses:
                width = (_WIDE_BAND if vein in _WIDE else _BAND) + extra
                colour = self._table.colours[ink]
                self._pen.curve(course.curve, colour=colour, width=width, ends="round")

    def _draw_thrombus(self) -> None:
        for mark in self._marks:
            if mark.kind != "line" or mark.thrombus not in POSITIVE:
                continue
            pieces = self._find_run(mark)
            if pieces is not None:
                self._pen.open_group(f"{mark.id}-thrombus")
                course = self._course(mark.vein, pieces, mark.rank)
                self._signs.thrombus(course, str(mark.thrombus))

    def _find_run(self, mark: Mark) -> list[str] | None:
        """The neighbouring segments of one thrombus, at the first of them; None at the others."""
        names = list(self._table.veins[self._frame.view][mark.vein])
        same = {
            piece: other.id
            for other in self._marks
            if other.kind == "line"
            and (other.vein, other.rank, other.thrombus) == (mark.vein, mark.rank, mark.thrombus)
            for piece in other.pieces
        }
        first = names.index(mark.pieces[0])
        if first and names[first - 1] in same:
            return None
        last = first
        while last + 1 < len(names) and names[last + 1] in same:
            last += 1
        return names[first : last + 1]

    def _draw_lines(self) -> None:
        """Deep veins first; within a depth the worse status lies on top."""
        lines = [_Line(m.id, m.vein, m.status, m.pieces, m.rank, m.thrombus in POSITIVE)
                 for m in self._marks if m.kind == "line"]  # fmt: skip
        for vein in self._veins():
            for piece in self._plan.silent[vein]:
                name = f"{self._plan.leg}-{vein}-{piece}"
                lines.append(_Line(name, vein, "not_stated", (piece,)))
        lines.sort(key=lambda line: self._order.get(line.status, len(self._order)))
        deep = [line for line in lines if line.vein in self._table.deep]
        superficial = [line for line in lines if line.vein not in self._table.deep]
        for line in deep:
            self._draw_line(line)
        self._pen.open_group(f"{self._name}-halos")
        for line in superficial:
            if not line.in_capsule:
                for run in self._split(line.vein, line.pieces):
                    self._signs.halo(self._course(line.vein, run, line.rank), line.status)
        for line in superficial:
            self._draw_line(line)

    def _draw_line(self, line: _Line) -> None:
        self._pen.open_group(line.name)
        for run in self._split(line.vein, line.pieces):
            course = self._course(line.vein, run, line.rank)
            ends = self._find_ends(line, run)
            self._signs.line(course, line.status, varied=line.vein in _VARIED_FLOW, ends=ends)

    def _find_ends(self, line: _Line, run: list[str]) -> tuple[int, ...]:
        """The ends of a run at which the vein goes on with another status, or not at all."""
        names = list(self._table.veins[self._frame.view][line.vein])
        same = {
            piece
            for mark in self._marks
            if (mark.vein, mark.rank, mark.status) == (line.vein, line.rank, line.status)
            for piece in mark.pieces
        }
        before, after = names.index(run[0]) - 1, names.index(run[-1]) + 1
        upper = before < 0 or names[before] not in same
        lower = after == len(names) or names[after] not in same
        return tuple(end for end, ending in enumerate((upper, lower)) if ending)

    def _split(self, vein: str, pieces: Iterable[str]) -> Iterator[list[str]]:
        """Segments that follow each other, as runs."""
        names = list(self._table.veins[self._frame.view][vein])
        for _, run in groupby(enumerate(pieces), key=lambda pair: names.index(pair[1]) - pair[0]):
            yield [piece for _, piece in run]

    def _draw_clusters_and_discs(self) -> None:
        for mark in self._marks:
            if mark.at is None:
                continue
            self._pen.open_group(mark.id)
            at = self._frame.point(mark.at)
            if mark.kind == "cluster":
                self._signs.cluster(at, mark.status)
                continue
            site = self._table.site[str(mark.site)]
            stems = [[self._frame.point(stem), at] for stem in site.stems]
            if stems:
                self._pen.strokes(stems, colour=self._table.colours["leader"], width=0.8)
            outwards = self._frame.margin(self._side_of(mark), self._table)[1]
            self._signs.disc(at, mark.status, outwards)

    def _draw_names(self) -> None:
        beside = self._table.names_beside_pasv if "PASV" in self._plan.drawn else {}
        badges = {mark.vein: mark for mark in self._marks if mark.kind in ("badge", "name")}
        for vein in self._veins():
            badge = badges.get(vein)
            if badge is None and vein in self._table.names_if_needed:
                continue
            place = beside.get(vein) or self._name_place(vein)
            angle = sum(place[2:])
            self._pen.open_group(f"{self._name}-{vein}-name" if badge is None else badge.id)
            self._draw_name(vein, self._frame.point(place), angle, badge)
        self._pen.open_group(f"{self._name}-courses")
        curves = self._table.veins[self._frame.view]
        drawn = [curves[vein][piece] for vein in self._veins() for piece in self._plan.drawn[vein]]
        ends = {curve[end] for curve in drawn for end in (0, -1)}
        for course in self._table.continues:
            if course.view == self._frame.view and course.at in ends:
                self._draw_arrowhead(course.at, course.direction)
                if course.text:
                    at, ink = self._frame.point(course.text_at), self._table.colours["caption"]
                    self._pen.text(at, course.text, 4, ink, align="center")

    def _name_place(self, vein: str) -> tuple[float, ...]:
        names = self._table.names[self._frame.view]
        return names.get(vein) or self._table.names_if_needed[vein]

    def _draw_name(self, vein: str, at: Point, angle: float, badge: Mark | None) -> None:
        ink, paper = self._table.colours, self._table.colours["paper"]
        across, up = measure_text(vein, NAME_SIZE, bold=True) + 1.6, NAME_SIZE + 1.2
        size = (up, across) if angle else (across, up)
        corner = (at[0] - size[0] / 2, at[1] - size[1] / 2)
        colour, fill, edge = ink["text"], ink["leg"], None
        if badge is not None and badge.kind == "badge":
            told = badge.status != "not_stated"
            if told:
                colour, fill = paper, self._signs.look(badge.status).colour
            if badge.thrombus in POSITIVE:
                colour, fill, edge = paper, ink["thrombus"], fill if told else None
        self._pen.box(corner, size, fill=fill, colour=edge, width=1.2)
        self._pen.text(at, vein, NAME_SIZE, colour, bold=True, align="center", angle=angle)

    def _draw_arrowhead(self, at: Point, direction: Point) -> None:
        (x, y), (dx, dy) = self._frame.point(at), direction
        dx = -dx if self._frame.mirrored else dx
        points = [(x + 4.6 * dx, y + 4.6 * dy), (x - 2 * dy, y + 2 * dx), (x + 2 * dy, y - 2 * dx)]
        ink, paper = self._table.colours["leader"], self._table.colours["paper"]
        self._pen.strokes([[*points, points[0]]], colour=ink, width=0.7, fill=paper)

    def _side_of(self, mark: Mark) -> Side:
        if mark.at is not None:
            return "medial" if mark.at[0] < 50 else "lateral"  # noqa: PLR2004 - the middle
        return "medial" if mark.vein in self._table.labels.medial else "lateral"

    def _locate(self, mark: Mark) -> Point:
        """The place on the page that a mark's label leads to."""
        if mark.at is not None:
            return self._frame.point(mark.at)
        if mark.kind in ("badge", "name"):
            return self._frame.point(self._name_place(mark.vein))
        middle = mark.pieces[len(mark.pieces) // 2]
        return self._course(mark.vein, (middle,), mark.rank).at(0.5)[0]

    def _draw_labels(self) -> tuple[list[Placed], list[Label]]:
        labels = self._captions.write_labels(self._plan, self._frame.view, self._locate)
        sides = {mark.id: self._side_of(mark) for mark in self._marks}
        room = tuple(self._frame.point((0, y))[1] for y in self._table.labels.range)
        placed: list[Placed] = []
        left_out: list[Label] = []
        for side in _SIDES:
            edge, grows = self._frame.margin(side, self._table)
            here = [label for label in labels if sides[label.mark] == side]
            kept, crowded = place_labels(here, edge, grows, (room[0], room[1]))
            placed += kept
            left_out += crowded
        for each in placed:
            self._draw_label(each)
        return placed, left_out

    def _draw_label(self, placed: Placed) -> None:
        ink, label = self._table.colours, placed.label
        self._pen.open_group(f"label-{label.mark}")
        start = (placed.edge - placed.grows, placed.y)
        bend = (placed.edge - 4 * placed.grows, placed.y)
        end = label.at if label.dot else self._stop_short(bend, label.at)
        self._pen.strokes([[start, bend, end]], colour=ink["leader"], width=0.45)
        if label.dot:
            self._pen.circles([label.at], 1.1, colour=ink["paper"], width=0.6, fill=ink["text"])
        align: Align = "left" if placed.grows > 0 else "right"
        caption, *lines = placed.baselines()
        at = placed.edge
        self._pen.text((at, caption), label.caption, CAPTION_SIZE, ink["caption"], align=align)
        for line, y in zip(label.lines, lines, strict=True):
            self._pen.text((at, y), line, VALUE_SIZE, ink["text"], bold=label.bold, align=align)

    @staticmethod
    def _stop_short(start: Point, end: Point, distance: float = 4.0) -> Point:
        (ax, ay), (bx, by) = start, end
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1
        share = max(0.0, 1 - distance / length)
        return ax + (bx - ax) * share, ay + (by - ay) * share
