"""Which marks of a view get a label, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import groupby

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.knowledge.schema_drawing import Point, VeinMapTable, View
from ultrasound.write.drawing.labels import CAPTION_SIZE, VALUE_SIZE, Label
from ultrasound.write.drawing.marks import LegPlan, Mark
from ultrasound.write.drawing.pen import fit_text, measure_text
from ultrasound.write.drawing.words import (
    POSITIVE,
    STRONG,
    name_thrombus,
    split_codes,
    write_caption,
    write_value,
)

ROOM = 61.0
_UNSAID = {"not_stated": "reflux not stated"}
_URGENCY = {"cannot_say": 8, "refluxing": 7, "below_threshold": 5, "treated_open": 4}
_URGENCY |= {"treated_closed": 4, "absent": 4}
Locate = Callable[[Mark], Point]


class Captions:
    """Writes the labels of a leg."""

    def __init__(self, table: VeinMapTable, display: DisplayTable) -> None:
        self._table = table
        self._display = display

    def write_labels(self, plan: LegPlan, view: View, locate: Locate) -> list[Label]:
        """The labels of one view; ``locate`` gives the place on the page that each leads to."""
        marks = [mark for mark in plan.marks if mark.view == view and mark.kind != "note"]
        lines = [mark for mark in marks if mark.kind == "line"]
        runs = [
            part
            for _, run in groupby(lines, key=self._run_key())
            for part in _split_at_gaps(list(run), self._table.veins[view])
        ]
        runs += [[mark] for mark in marks if mark.kind != "line"]
        shown = {
            (mark.vein, text)
            for mark in lines
            if "from_vein" in split_codes(mark.row, "flags")
            for text in self._value(mark)
        }
        labels = (self._write_label(run, locate, shown) for run in runs)
        return [label for label in labels if label is not None]

    def _run_key(self) -> Callable[[Mark], object]:
        """Neighbours of one vein that one statement speaks for share a key."""

        def key(mark: Mark) -> object:
            value = tuple(self._value(mark))
            counted = any(sign.isdigit() for text in value for sign in text)
            if counted and "from_vein" not in split_codes(mark.row, "flags"):
                return mark.id
            return mark.vein, mark.rank, value, mark.status

        return key

    def _value(self, mark: Mark) -> list[str]:
        return write_value(mark.row, self._table, self._display)

    def _write_label(
        self, run: list[Mark], locate: Locate, shown: Container[tuple[str, str]]
    ) -> Label | None:
        """A label; ``shown`` is what the levels of a vein say for the vein as a whole."""
        mark = run[len(run) // 2]
        value = self._value(mark)
        if mark.kind in ("badge", "name"):
            value = [text for text in value if (mark.vein, text) not in shown]
        if mark.kind == "badge":
            value = self._badge_value(mark, value)
        elif mark.kind == "name":
            value = [text for text in value if any(sign.isdigit() for sign in text)]
        elif mark.kind in ("disc", "cluster"):
            value = value or [_UNSAID.get(mark.status) or self._display.name_status(mark.status)]
        if not value:
            return None
        strong = mark.status in STRONG or mark.thrombus in POSITIVE
        return Label(
            mark.id,
            fit_text(self._caption(run), CAPTION_SIZE, ROOM),
            tuple(_break(value, bold=strong)),
            locate(mark),
            self._table.weights.get(mark.vein, 1.0),
            self._urgency(mark),
            bold=strong,
            dot=mark.kind == "line" and mark.status != "cannot_say",
        )

    def _badge_value(self, mark: Mark, value: list[str]) -> list[str]:
        """What a statement without a level says; the name's colour tells a plain status."""
        quiet = mark.status in ("competent", "not_stated", "not_assessed")
        if quiet and name_thrombus(mark.row, self._table) is None and not value:
            return []
        if mark.status in STRONG:
            return [self._display.name_status(mark.status), *value]
        return value or [self._display.name_status(mark.status)]

    def _caption(self, run: list[Mark]) -> str:
        mark, row = run[0], run[0].row
        trunk = f", trunk {int(str(row['item']))}" if row.get("item") is not None else ""
        if mark.kind in ("badge", "name") and row.get("segment") is None:
            return f"{mark.vein}{trunk}, level not stated"
        if mark.kind == "disc":
            return self._disc_caption(mark)
        if mark.kind == "cluster":
            name = "Pelvic veins" if mark.vein in self._table.pelvic else "Varicosities"
            level = self._table.short.get(str(row.get("segment")), "")
            return f"{name} {'groin' if row.get('segment') == 'sfj' else level}".strip()
        caption = write_caption(row, self._table)
        if len(run) > 1:
            last = self._table.short.get(str(run[-1].row.get("segment")), "")
            caption = f"{caption}–{last}"
        return caption + trunk

    def _disc_caption(self, mark: Mark) -> str:
        """The site only where the report names it, else the level and its own words."""
        level = self._table.short.get(str(mark.row.get("segment")), "")
        location = str(mark.row.get("location") or "").replace("_", " ")
        if mark.site is not None and self._table.site[mark.site].words and location:
            return f"Perf. {location}"
        return f"Perf. {', '.join(part for part in (level, location) if part)}"

    def _urgency(self, mark: Mark) -> int:
        if mark.thrombus in POSITIVE:
            return 9
        urgency = _URGENCY.get(mark.status, 2)
        return urgency - 1 if mark.kind in ("disc", "cluster") else urgency


def _break(value: Iterable[str], *, bold: bool) -> list[str]:
    """Lines that fit into the margin."""
    lines: list[str] = []
    for text in value:
        if measure_text(text, VALUE_SIZE, bold=bold) <= ROOM:
            lines.append(text)
            continue
        sign = next((sign for sign in (" / ", ", ", " ") if sign in text), " ")
        first, _, rest = text.rpartition(sign)
        lines += [fit_text(part, VALUE_SIZE, ROOM, bold=bold) for part in (first, rest) if part]
    return lines


def _split_at_gaps(
    run: list[Mark], courses: Mapping[str, Mapping[str, object]]
) -> Iterator[list[Mark]]:
    """Marks that follow each other without a segment between them, which nobody spoke of."""
    names = list(courses[run[0].vein])
    part: list[Mark] = []
    for mark in run:
        if part and names.index(part[-1].pieces[-1]) + 1 != names.index(mark.pieces[0]):
            yield part
            part = []
        part.append(mark)
    yield part
