"""The page of a vein map: headings, the views, the lines in words, the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.knowledge.schema_drawing import VeinMapTable
from ultrasound.write.drawing.course import Course
from ultrasound.write.drawing.labels import Label, Placed
from ultrasound.write.drawing.leg import LegView
from ultrasound.write.drawing.marks import LegPlan, Mark
from ultrasound.write.drawing.pen import Pen, fit_text, measure_text
from ultrasound.write.drawing.signs import Signs
from ultrasound.write.drawing.silence import write_notes, write_silence
from ultrasound.write.drawing.views import DEPTH, HEAD, WIDTH, Frame, arrange_views, page_width
from ultrasound.write.drawing.words import POSITIVE, write_facts, write_place

_EDGE = 14.0
_TITLE, _SUBTITLE, _HEADING, _SIDE, _FOOT, _LEGEND = 9.0, 5.8, 6.0, 4.6, 5.6, 5.6
_LINE, _LEGEND_LINE = 8.0, 13.0
_SAMPLE, _ITEM_GAP = 24.0, 12.0
_ALWAYS = ("refluxing", "competent", "not_stated")
Piece = tuple[str, str]


@dataclass
class Page:
    """A drawn page; ``titles`` and ``classes`` belong to the elements of that id."""

    pen: Pen
    name: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    labels: list[Placed] = field(default_factory=list)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in units, which are points."""
        return self.pen.size


@dataclass(frozen=True)
class Heading:
    """The lines above the picture."""

    title: str
    subtitles: tuple[str, ...]


class PageDrawer:
    """Draws the pages of vein maps."""

    def __init__(self, table: VeinMapTable, display: DisplayTable) -> None:
        self._table = table
        self._display = display
        self._ink = table.colours

    def draw(
        self, plans: Sequence[LegPlan], heading: Heading, sentences: Mapping[str, str]
    ) -> Page:
        """Draw one page with these legs; ``sentences`` tell of a leg that has no picture."""
        frames = arrange_views([p.leg for p in plans if p.leg not in sentences], self._table)
        width = page_width(max(2, len(frames)))
        foot = self._write_foot(plans, sentences, width)
        items = self._list_legend(plans, sentences)
        rows = _wrap([(name, self._item_width(name)) for name in items], width - 2 * _EDGE)
        top = HEAD + (DEPTH if frames else 0) + 12
        height = top + len(foot) * _LINE + 8 + len(rows) * _LEGEND_LINE + 6
        page = Page(Pen(width, height), f"Vein map: {heading.title}")
        page.pen.open_group("paper")
        page.pen.box((0, 0), (width, height), fill=self._ink["paper"])
        self._draw_heading(page, heading, frames, width)
        by_leg = {plan.leg: plan for plan in plans}
        crowded: list[Label] = []
        for frame in frames:
            view = LegView(page.pen, frame, by_leg[frame.leg], self._table, self._display)
            placed, left_out = view.draw()
            page.labels += placed
            crowded += left_out
        self._draw_foot(page, foot, top, width)
        if crowded:
            note = f"+ {len(crowded)} more in the table"
            page.pen.text((_EDGE, top - 8), note, _FOOT, self._ink["text"], bold=True)
        self._draw_legend(page, rows, top + len(foot) * _LINE + 8)
        for plan in plans:
            self._describe(page, plan)
        return page

    def _draw_heading(
        self, page: Page, heading: Heading, frames: Sequence[Frame], width: float
    ) -> None:
        pen, ink, room = page.pen, self._ink, width - 2 * _EDGE
        pen.open_group("heading")
        title = fit_text(heading.title, _TITLE, room, bold=True)
        pen.text((_EDGE, 13), title, _TITLE, ink["text"], bold=True)
        for number, line in enumerate(heading.subtitles):
            at = (_EDGE, 21.5 + 7 * number)
            pen.text(at, fit_text(line, _SUBTITLE, room), _SUBTITLE, ink["caption"])
        for frame in frames:
            words = f"{frame.leg} leg, {frame.view}".upper()
            middle = frame.x + WIDTH / 2
            pen.text((middle, HEAD - 12), words, _HEADING, ink["text"], bold=True, align="center")
            for side, x in (("medial", 4), ("lateral", 92)):
                place = frame.point((x, 0))[0], HEAD - 4
                pen.text(place, side, _SIDE, ink["caption"], align="center")

    def _write_foot(
        self, plans: Sequence[LegPlan], sentences: Mapping[str, str], width: float
    ) -> list[list[Piece]]:
        """Lines of pieces, each with the id of its element."""
        lines: list[list[Piece]] = []
        for plan in plans:
            side = f"{plan.leg.capitalize()}: " if len(plans) > 1 else ""
            notes = write_notes(plan, self._table, self._display)
            told = [sentences[plan.leg]] if plan.leg in sentences else []
            silent = [] if plan.leg in sentences else write_silence(plan, self._table)
            groups = [
                [(f"{plan.leg}-sentence", text) for text in told],
                notes,
                *([(f"{plan.leg}-silence-{n}", text)] for n, text in enumerate(silent)),
            ]
            for pieces in groups:
                if pieces:
                    first = (pieces[0][0], side + pieces[0][1])
                    lines += _break_lines([first, *pieces[1:]], width - 2 * _EDGE)
        return lines

    def _draw_foot(
        self, page: Page, lines: Sequence[Sequence[Piece]], top: float, width: float
    ) -> None:
        page.pen.open_group("foot")
        rule = [[(_EDGE, top - 5), (width - _EDGE, top - 5)]]
        page.pen.strokes(rule, colour=self._ink["leader"], width=0.4)
        opened = ""
        for number, pieces in enumerate(lines):
            x = _EDGE
            for name, text in pieces:
                if name != opened:
                    page.pen.open_group(name)
                    opened = name
                at = (x, top + number * _LINE + 3)
                page.pen.text(at, text, _FOOT, self._ink["text"])
                x += measure_text(f"{text} ", _FOOT) + 3

    def _list_legend(self, plans: Sequence[LegPlan], sentences: Mapping[str, str]) -> list[str]:
        """The legend's items: statuses from the worst, then the other marks that are used."""
        marks = [m for p in plans if p.leg not in sentences for m in p.marks if m.kind != "note"]
        used = {mark.status for mark in marks} | {*_ALWAYS}
        items = [look.code for look in reversed(self._table.status) if look.code in used]
        thrombi = {mark.thrombus for mark in marks}
        items += [f"thrombus:{t.code}" for t in self._table.thrombus if t.code in thrombi]
        kinds = {mark.kind for mark in marks}
        items += [kind for kind in ("disc", "cluster", "badge") if kind in kinds]
        return [*items, "deep"]

    def _legend_words(self, item: str) -> str:
        thrombi = {f"thrombus:{look.code}": look.label for look in self._table.thrombus}
        statuses = {look.code: look.label for look in self._table.status}
        others = {
            "disc": "Perforator, arrow: refluxing",
            "cluster": "Varicosities",
            "badge": "Vein, level not stated",
            "deep": "Deep vein",
        }
        return {**thrombi, **statuses, **others}[item]

    def _item_width(self, item: str) -> float:
        return _SAMPLE + 4 + measure_text(self._legend_words(item), _LEGEND) + _ITEM_GAP

    def _draw_legend(self, page: Page, rows: Sequence[Sequence[str]], top: float) -> None:
        page.pen.open_group("legend")
        signs = Signs(page.pen, self._table)
        for number, row in enumerate(rows):
            x, y = _EDGE, top + number * _LEGEND_LINE
            for item in row:
                self._draw_sample(page.pen, signs, item, (x, y))
                at = (x + _SAMPLE + 4, y + 1.7)
                page.pen.text(at, self._legend_words(item), _LEGEND, self._ink["text"])
                x += self._item_width(item)

    def _draw_sample(self, pen: Pen, signs: Signs, item: str, at: tuple[float, float]) -> None:
        x, y = at
        start, end = x + 2, x + _SAMPLE - 2
        third = (end - start) / 3
        course = Course(((start, y), (start + third, y), (end - third, y), (end, y)))
        middle = (x + _SAMPLE / 2, y)
        if item == "disc":
            signs.disc((middle[0] - 5, y), "refluxing", 1)
            signs.disc((middle[0] + 5, y), "competent", 1)
        elif item == "cluster":
            signs.cluster((middle[0], y), "refluxing", length=9)
        elif item == "badge":
            pen.box((middle[0] - 8, y - 3), (16, 6), fill=signs.look("refluxing").colour)
            pen.text(middle, "GSV", 4.6, self._ink["paper"], bold=True, align="center")
        elif item == "deep":
            for width, ink in ((7.2, "deep_band_edge"), (6.4, "deep_band")):
                pen.curve(course.curve, colour=self._ink[ink], width=width, ends="round")
        elif item.startswith("thrombus:"):
            inner = Course(((start + 3, y), (start + 6, y), (end - 6, y), (end - 3, y)))
            signs.thrombus(inner, item.removeprefix("thrombus:"))
            signs.line(inner, "not_stated")
        else:
            signs.line(course, item)

    def _describe(self, page: Page, plan: LegPlan) -> None:
        """Give every element of the leg its title, and what it is."""
        side = plan.leg.capitalize()
        for mark in plan.marks:
            place = write_place(mark.row, self._table, self._display)
            facts = write_facts(mark.row, self._table, self._display)
            page.titles[mark.id] = f"{side} {place}: {facts}"
            page.classes[mark.id] = _list_classes(mark)
        for vein, pieces in plan.silent.items():
            for piece in pieces:
                name = f"{plan.leg}-{vein}-{piece}"
                row = {"vein": vein, "segment": piece, "status": "not_stated"}
                page.titles[name] = (
                    f"{side} {write_place(row, self._table, self._display)}: not mentioned"
                )
                page.classes[name] = "silence not_stated"


def _list_classes(mark: Mark) -> str:
    classes = ["segment", mark.kind, mark.status]
    if mark.thrombus in POSITIVE:
        classes.append(f"thrombus-{mark.thrombus}")
    return " ".join(classes)


def _wrap(items: Sequence[tuple[str, float]], room: float) -> list[list[str]]:
    """Items in rows that are no wider than the room."""
    rows: list[list[str]] = []
    left = 0.0
    for name, width in items:
        if not rows or width > left:
            rows.append([])
            left = room
        rows[-1].append(name)
        left -= width
    return rows


def _break_lines(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces of text broken into lines at their blanks."""
    lines: list[list[Piece]] = [[]]
    left = room
    for name, text in pieces:
        words: list[str] = []
        for word in text.split():
            longer = " ".join([*words, word])
            if measure_text(longer, _FOOT) > left and (words or lines[-1]):
                if words:
                    lines[-1].append((name, " ".join(words)))
                lines.append([])
                words, left = [], room
                longer = word
            words.append(fit_text(word, _FOOT, room) if longer == word else word)
        lines[-1].append((name, " ".join(words)))
        left -= measure_text(" ".join(words) + " ", _FOOT) + 3
    return lines
