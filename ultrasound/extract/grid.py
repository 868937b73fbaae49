"""Finding tables in a report: pipes, tabs, fixed width, and columns broken to one cell a line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.groups import GroupFinder
from ultrasound.extract.layout import Line
from ultrasound.extract.marks import Marks
from ultrasound.extract.places import FILLERS, PlaceGroup
from ultrasound.extract.prepare import prepare_elements
from ultrasound.extract.quantities import NumberReader
from ultrasound.extract.sites import Span, unite_groups
from ultrasound.extract.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge, Unit

_GAPS: Final = re.compile(r"\t+ *|  +")
_SHORT_LINE: Final = 44
_HEADER_LINES: Final = 4
_NEAR: Final = 3
_MATRIX: Final = 3
_LEADERS: Final = re.compile(r"[.·_]{4,}")


@dataclass(frozen=True, slots=True)
class Cell:
    """Tokens ``first`` up to ``last`` (half-open) at the columns ``left`` to ``right`` of a line."""

    first: int
    last: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, by its header."""

    cell: Cell
    properties: tuple[str, ...] = ()
    units: tuple[tuple[Unit, Span], ...] = ()
    legs: tuple[Leg, ...] = ()
    leg_at: Span | None = None
    group: PlaceGroup | None = None
    prior: bool = False
    current: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it names the places of the rows."""
        return "label" in self.properties

    @property
    def says_something(self) -> bool:
        """Whether the header was understood."""
        return bool(self.properties or self.legs or self.group or self.prior or self.current)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the cells of its label (``more``: its second line), and its values by column."""

    labels: tuple[Cell, ...]
    cells: tuple[tuple[Column, Cell], ...]
    more: Cell | None = None


def _gap(left: Cell, right: Cell) -> int:
    """How far two cells lie apart, in columns; 0 where they overlap."""
    return max(0, max(left.left, right.left) - min(left.right, right.right))


@dataclass
class Table:
    """Lines ``start`` up to ``end`` (half-open) that are a table."""

    start: int
    end: int
    rows: list[Row] = field(default_factory=list)
    caption: Column | None = None


class HeaderReader:
    """Understands header cells by the table of column words."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._terms: dict[tuple[str, ...], str] = {}
        for column in knowledge.columns.column:
            for term in column.terms:
                self._terms[fold_term(term)] = column.property
        self._longest = max(len(words) for words in self._terms)
        self._numbers = NumberReader(knowledge)
        self._routes = [route.veins for route in knowledge.veins.route]
        self.blanks = {t.lower() for words in knowledge.columns.blank for t in words.terms}

    def read_header(self, marks: Marks, cell: Cell) -> Column:
        """What a header cell says of its column."""
        explained = self._explain(marks, cell)
        if explained is not None:
            return replace(self.read_header(marks, explained), cell=cell)
        properties: list[str] = []
        units: list[tuple[Unit, Span]] = []
        index = cell.first
        while index < cell.last:
            length, name = self._term_at(marks, index, cell.last)
            if name is not None:
                properties.append(name)
                index += length
                continue
            unit = self._numbers.unit_at(marks.tokens, index)
            if (
                unit is not None
                and unit[1] < cell.last
                and unit[0].kind in ("time", "length", "velocity")
            ):
                units.append((unit[0], (index, unit[1])))
                index = unit[1]
            index += 1
        prior, current = "prior" in properties, "current" in properties
        properties = [
            name for name in dict.fromkeys(properties) if name not in ("prior", "current")
        ]
        if not properties and units:
            properties = [
                {"time": "reflux_time", "length": "diameter", "velocity": "velocity"}[u.kind]
                for u, _ in units
            ]
        group = self.read_place(marks, cell)
        legs, leg_at = _legs_of(marks, cell)
        return Column(cell, tuple(properties), tuple(units), legs, leg_at, group, prior, current)

    def _explain(self, marks: Marks, cell: Cell) -> Cell | None:
        """The report's own meaning of a one-letter header ("D = diameter mm"), as a cell."""
        if cell.last - cell.first != 1 or len(marks.tokens[cell.first].text) > 1:
            return None
        code = marks.tokens[cell.first].text
        for token in marks.tokens[1:-1]:
            if token.text == "=" and marks.tokens[token.index - 1].text == code:
                last = token.index + 1
                while last < len(marks.tokens) and not _ends_meaning(
                    marks.tokens[last], last == token.index + 1
                ):
                    last += 1
                return Cell(token.index + 1, last, cell.left, cell.right)
        return None

    def _term_at(self, marks: Marks, index: int, last: int) -> tuple[int, str | None]:
        for length in range(min(self._longest, last - index), 0, -1):
            words = tuple(token.norm for token in marks.tokens[index : index + length])
            if words in self._terms:
                return length, self._terms[words]
        return 1, None

    def read_place(self, marks: Marks, cell: Cell) -> PlaceGroup | None:
        """The place phrase of a cell, None where it names none."""
        elements = prepare_elements(list(marks.elements(cell.first, cell.last)), marks).elements
        groups, _ = GroupFinder(elements, self._routes).find_groups()
        places = unite_groups([g for g in groups if isinstance(g, PlaceGroup)])
        return places[0] if len(places) == 1 else None

    def is_label(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell only names a place."""
        group = self.read_place(marks, cell)
        if group is None:
            return False
        inside = range(group.first, group.last + 1)
        rest = [t for t in marks.tokens[cell.first : cell.last] if t.index not in inside]
        return (
            not any(t.kind == "number" for t in rest)
            and len([t for t in rest if t.kind == "word" and t.norm not in FILLERS]) <= 2
        )

    def is_value(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell could hold a value: a number, a code, or a blank."""
        text = marks.words(cell.first, cell.last - 1).strip().lower()
        has_number = any(t.kind == "number" for t in marks.tokens[cell.first : cell.last])
        return (
            text in self.blanks
            or (has_number and cell.last - cell.first <= 12)
            or cell.last - cell.first <= 3
        )

    def has_other_words(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell holds words beside those of headers: then it is a sentence."""
        index = cell.first
        while index < cell.last:
            length, name = self._term_at(marks, index, cell.last)
            token = marks.tokens[index]
            leg = any(m.first <= index <= m.last and m.row("leg") for m in marks.mentions)
            unit = self._numbers.unit_at(marks.tokens, index) is not None
            if name is None and token.kind == "word" and not leg and not unit:
                return True
            index += length
        return False

    def has_number(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell holds a number."""
        return any(t.kind == "number" for t in marks.tokens[cell.first : cell.last])


def _ends_meaning(token: Token, first: bool) -> bool:
    return not first and (
        "  " in token.gap or "\n" in token.gap or token.text in (",", ";", "(", "=")
    )


def _legs_of(marks: Marks, cell: Cell) -> tuple[tuple[Leg, ...], Span | None]:
    for mention in marks.mentions:
        row = mention.row("leg")
        if row is not None and cell.first <= mention.first < cell.last and row.legs != ("other",):
            return tuple(Leg(name) for name in row.legs), (mention.first, mention.last)
    return (), None


def cut_cells(marks: Marks, line: Line) -> list[Cell]:
    """The cells of a line: at pipes, else at tabs and wide gaps. Pipes keep empty cells."""
    raw = marks.text[line.start : line.end]
    if raw.count("|") >= 2 or (raw.count("|") == 1 and raw.strip().startswith("|")):
        return _cut_at(marks, line, raw, re.compile(r"\|"), keep_empty=True)
    if "\t" in raw.strip():
        return _cut_at(marks, line, raw, re.compile(r"\t"), keep_empty=True)
    return _cut_at(marks, line, raw, _GAPS, keep_empty=False)


def _cut_at(
    marks: Marks, line: Line, raw: str, pattern: re.Pattern[str], *, keep_empty: bool
) -> list[Cell]:
    starts = _token_starts(marks)
    cells: list[Cell] = []
    position = 0
    borders = [*((m.start(), m.end()) for m in pattern.finditer(raw)), (len(raw), len(raw))]
    for left, right in borders:
        piece = raw[position:left]
        if piece.strip():
            offset = line.start + position
            first = bisect_left(starts, offset + len(piece) - len(piece.lstrip()))
            last = bisect_left(starts, offset + len(piece.rstrip()))
            cells.append(
                Cell(
                    first,
                    last,
                    position + len(piece) - len(piece.lstrip()),
                    position + len(piece.rstrip()),
                )
            )
        elif keep_empty:
            at = bisect_left(starts, line.start + position)
            cells.append(Cell(at, at, position, left))
        position = right
    if keep_empty and pattern.pattern == r"\|":
        stripped = raw.strip()
        if stripped.startswith("|"):
            cells = cells[1:]
        if stripped.endswith("|") and cells and cells[-1].first == cells[-1].last:
            cells = cells[:-1]
    return cells


def _token_starts(marks: Marks) -> list[int]:
    return [token.start for token in marks.tokens]


class TableFinder:
    """Finds the tables among the lines of a report."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self.headers = HeaderReader(knowledge)

    def find_tables(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """Tables by the index of their first line."""
        tables: dict[int, Table] = {}
        index = 0
        while index < len(lines):
            table = self._read_grid(marks, lines, index) or self._read_broken(marks, lines, index)
            if table is None:
                index += 1
            else:
                tables[index] = table
                index = table.end
        return tables

    # --- rows on lines ------------------------------------------------------------------------

    def _read_grid(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        columns, head = self._read_header(marks, lines, index)
        if not columns:
            return None
        if index > 0 and not any(set(c.properties) - {"label"} for c in columns):
            columns = self._take_caption(marks, columns, lines[index - 1])
        rows: list[Row] = []
        end = head
        while end < len(lines):
            if not rows and end > head:
                break
            if (
                rows
                and lines[end].blank_before
                and self._kind_of(marks, cut_cells(marks, lines[end]), started=False) != "none"
            ):
                break
            row = self._read_row(marks, lines[end], columns) or self._unknown_row(
                marks, lines, end, columns
            )
            if row is None:
                break
            if rows and not row.cells and self._continues(marks, rows[-1], row):
                rows[-1] = replace(rows[-1], more=row.labels[0])
            else:
                rows.append(row)
            end += 1
        while rows and not rows[-1].labels:
            rows.pop()
            end -= 1
        if not any(
            row.labels and any(self._is_plain_value(marks, c) for _, c in row.cells) for row in rows
        ):
            return None
        return Table(index, end, rows)

    def _unknown_row(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> Row | None:
        """A row whose label is not understood, inside a table: kept for review, never skipped."""
        cells = [c for c in cut_cells(marks, lines[index]) if c.first < c.last]
        inside = index + 1 < len(lines) and not lines[index].blank_before
        if len(cells) < 2 or not inside or self._read_row(marks, lines[index + 1], columns) is None:
            return None
        return Row((), ((columns[-1], cells[0]),))

    def _take_caption(self, marks: Marks, columns: list[Column], line: Line) -> list[Column]:
        """A line over a matrix of levels says what its cells hold ("Diameter (mm)")."""
        cells = cut_cells(marks, line)
        if len(cells) != 1:
            return columns
        caption = self.headers.read_header(marks, cells[0])
        return [
            c
            if c.properties or c.group is None
            else replace(c, properties=caption.properties, units=caption.units)
            for c in columns
        ]

    def _is_plain_value(self, marks: Marks, cell: Cell) -> bool:
        text = text_of(marks, cell)
        return text not in self.headers.blanks and self.headers.is_value(marks, cell)

    def _continues(self, marks: Marks, row: Row, follower: Row) -> bool:
        """ "GSV distal" over "thigh": a label broken to two lines."""
        if len(follower.labels) != 1 or not row.labels:
            return False
        return self._completes(marks, row.labels[-1], follower.labels[0])

    def _completes(self, marks: Marks, cell: Cell, follower: Cell) -> bool:
        first = self.headers.read_place(marks, cell)
        second = self.headers.read_place(marks, follower)
        if first is None or second is None or second.has_vein or second.has_leg:
            return False
        level = first.parts[-1].spot
        return bool(level.level) and not level.zone and bool(second.parts[0].spot.zone)

    def _read_header(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[Column], int]:
        """The columns that one to four header lines describe, and the line after them."""
        over: list[Column] = []
        columns: list[Column] = []
        position = index
        while position < min(len(lines), index + _HEADER_LINES):
            cells = [
                c
                for c in self._split_header(marks, cut_cells(marks, lines[position]))
                if c.first < c.last or columns == []
            ]
            kind = self._kind_of(marks, cells, started=bool(columns))
            read = [
                self.headers.read_header(marks, c) if c.first < c.last else Column(c) for c in cells
            ]
            if kind == "legs":
                over = [c for c in read if c.legs]
            elif kind == "header":
                columns = self._merge_headers(columns, read) if columns else read
            elif columns and kind == "none" and self._divides(read):
                columns = self._divide(columns, read)
            else:
                break
            position += 1
        if not columns:
            return [], index
        return self._share_legs(columns, over), position

    def _kind_of(self, marks: Marks, cells: Sequence[Cell], *, started: bool) -> str:
        """Whether a line heads columns ("header"), names legs over them ("legs"), or neither."""
        full = [cell for cell in cells if cell.first < cell.last]
        if not full or any(
            self.headers.has_number(marks, cell) and not self._numbered_header(marks, cell)
            for cell in full
        ):
            return "none"
        columns = [self.headers.read_header(marks, cell) for cell in full]
        if columns[0].properties == ("comment",):
            return "none"
        legs = [c for c in columns if c.legs and not set(c.properties) - {"label"}]
        if (
            legs
            and len(legs) + sum(c.is_label for c in columns if not c.legs) == len(columns)
            and len(full) >= 2
        ):
            return "legs" if len(legs) > 1 or not started else "none"
        understood = [c for c in columns if c.properties or c.prior or c.units]
        if started and self._divides(columns):
            return "none"
        if started:
            plain = all(c.properties or c.units or c.prior or c.current for c in columns)
            return "header" if plain else "none"
        values = [c for c in understood if set(c.properties) - {"label", "comment"}]
        places = [c for c in columns if c.group is not None and not c.properties and not c.legs]
        spots = [c for c in places if c.group and c.group.has_spot and not c.group.has_vein]
        if len(places) >= _MATRIX and len(places) >= len(full) - 1:
            return "header"
        if (
            len(values) >= 2
            or len(spots) >= 2
            or (
                len(values) == 1
                and 2 <= len(full) <= 4
                and len(understood) + len(legs) == len(full)
            )
        ):
            return "header"
        labelled = any(c.is_label for c in columns)
        return "header" if labelled and len(legs) >= 2 else "none"

    @staticmethod
    def _numbered_header(marks: Marks, cell: Cell) -> bool:
        """A header that carries a number of its own, as "FV1"."""
        return cell.last - cell.first <= 1

    @staticmethod
    def _divides(read: Sequence[Column]) -> bool:
        """A line of "Prior" and "Today", or of legs, under the names of the columns."""
        return bool(read) and all(
            (c.prior or c.current or c.legs) and not c.properties for c in read
        )

    @staticmethod
    def _divide(columns: list[Column], read: Sequence[Column]) -> list[Column]:
        named = [c for c in columns if c.properties and not c.is_label]
        size = max(1, len(read) // max(1, len(named)))
        divided = [
            replace(
                part,
                properties=named[min(i // size, len(named) - 1)].properties,
                units=named[min(i // size, len(named) - 1)].units,
            )
            for i, part in enumerate(read)
        ]
        return [c for c in columns if c.is_label] + divided if named else columns

    def _merge_headers(self, columns: list[Column], more: Sequence[Column]) -> list[Column]:
        """A further header line: units under their names, or columns of its own."""
        merged = list(columns)
        for extra in more:
            if extra.cell.first >= extra.cell.last:
                continue
            index = min(range(len(merged)), key=lambda i: _gap(merged[i].cell, extra.cell))
            if _gap(merged[index].cell, extra.cell) > _NEAR:
                merged.append(extra)
                continue
            base = merged[index]
            own = base.properties or extra.properties
            merged[index] = replace(
                base,
                properties=own,
                units=base.units + extra.units,
                legs=base.legs or extra.legs,
                leg_at=base.leg_at or extra.leg_at,
                prior=base.prior or extra.prior,
                cell=replace(
                    base.cell,
                    left=min(base.cell.left, extra.cell.left),
                    right=max(base.cell.right, extra.cell.right),
                ),
            )
        return sorted(merged, key=lambda c: c.cell.left)

    def _split_header(self, marks: Marks, cells: Sequence[Cell]) -> list[Cell]:
        """Header words set close together ("Diam(mm) Comp Reflux(ms)") come apart."""
        result: list[Cell] = []
        for cell in cells:
            if self.headers.has_other_words(marks, cell):
                result.append(cell)
                continue
            borders = [cell.first]
            for index in range(cell.first + 1, cell.last):
                _, name = self.headers._term_at(marks, index, cell.last)
                inside = self.headers._term_at(marks, borders[-1], index)[1]
                token = marks.tokens[index]
                if (
                    name is not None
                    and inside is not None
                    and token.gap
                    and marks.tokens[index - 1].text not in ("/", "(", "-")
                ):
                    if name != inside and "label" not in (name, inside):
                        borders.append(index)
            for first, last in zip(borders, [*borders[1:], cell.last], strict=True):
                base = marks.tokens[cell.first].start - cell.left if cell.first < cell.last else 0
                if first == last:
                    result.append(cell)
                    continue
                result.append(
                    Cell(
                        first,
                        last,
                        marks.tokens[first].start - base,
                        marks.tokens[last - 1].end - base,
                    )
                )
        return result

    def _share_legs(self, columns: list[Column], over: list[Column]) -> list[Column]:
        """Give columns the leg of the group header over them."""
        if not over:
            return columns
        label = next((i for i, c in enumerate(columns) if c.is_label), None)
        values = [i for i, c in enumerate(columns) if i != label and not c.legs]
        if label is not None and 0 < label < len(columns) - 1:
            blocks = [[i for i in values if i < label], [i for i in values if i > label]]
        else:
            if label is None and len(values) % len(over) == 1:
                values = values[1:]
            size = max(1, len(values) // len(over))
            blocks = [values[k * size : (k + 1) * size] for k in range(len(over))]
        shared = list(columns)
        for block, head in zip(blocks, over, strict=False):
            for i in block:
                shared[i] = replace(shared[i], legs=head.legs, leg_at=head.leg_at)
        return shared

    def _read_row(self, marks: Marks, line: Line, columns: Sequence[Column]) -> Row | None:
        cells = cut_cells(marks, line)
        if not cells:
            return None
        piped = (
            "|" in marks.text[line.start : line.end]
            or "\t" in marks.text[line.start : line.end].strip()
        )
        labels = self._labels_of(marks, cells, columns, piped=piped)
        if not labels:
            return None
        paired: list[tuple[Column, Cell]] = []
        for position, cell in enumerate(cells):
            if cell in labels or cell.first >= cell.last:
                continue
            column = (
                columns[position]
                if piped and position < len(columns)
                else self._column_at(cell, columns)
            )
            if column is not None and not (piped and position >= len(columns)):
                paired.extend(self._split_values(marks, cell, column, columns, piped=piped))
        return Row(tuple(labels), tuple(paired))

    def _labels_of(
        self, marks: Marks, cells: Sequence[Cell], columns: Sequence[Column], *, piped: bool
    ) -> list[Cell]:
        """The cells that name the row's place: those of the label columns, else the one label."""
        if piped:
            under = [
                c
                for c, column in zip(cells, columns, strict=False)
                if column.is_label or not column.says_something
            ]
            named = [
                c
                for c in under
                if c.first < c.last and self.headers.read_place(marks, c) is not None
            ]
            if named:
                return named
        label = self._label_of(marks, cells, columns)
        return [label] if label is not None else []

    def _label_of(
        self, marks: Marks, cells: Sequence[Cell], columns: Sequence[Column]
    ) -> Cell | None:
        full = [cell for cell in cells if cell.first < cell.last]
        heads = [c for c in columns if c.is_label]
        if heads and len(full) > 1:
            near = min(full, key=lambda cell: abs(cell.left - heads[0].cell.left))
            if self.headers.is_label(marks, near):
                return near
        named = [
            cell
            for cell in full
            if self.headers.is_label(marks, cell) and not self._is_code(marks, cell)
        ]
        if not named:
            return None
        if named[0] is full[0]:
            return named[0]
        before = [cell for cell in full if cell.left < named[0].left]
        return named[0] if all(self.headers.is_value(marks, cell) for cell in before) else None

    def _is_code(self, marks: Marks, cell: Cell) -> bool:
        """ "R" and "L" alone are codes in a cell, not labels, where other cells name places."""
        return cell.last - cell.first == 1 and len(marks.tokens[cell.first].text) == 1

    def _column_at(self, cell: Cell, columns: Sequence[Column]) -> Column | None:
        values = [c for c in columns if not c.is_label]
        if not values:
            return None

        def distance(column: Column) -> tuple[int, int]:
            overlap = min(cell.right, column.cell.right) - max(cell.left, column.cell.left)
            middle = abs(cell.left + cell.right - column.cell.left - column.cell.right)
            return (
                0 if overlap > 0 else 1,
                abs(cell.left - column.cell.left) if overlap <= 0 else middle,
            )

        return min(values, key=distance)

    def _split_values(
        self, marks: Marks, cell: Cell, column: Column, columns: Sequence[Column], *, piped: bool
    ) -> list[tuple[Column, Cell]]:
        """A cell that lies under several headers is several values set close together."""
        under = [
            c
            for c in columns
            if not c.is_label and min(cell.right, c.cell.right) > max(cell.left, c.cell.left)
        ]
        if piped or len(under) < 2 or "comment" in column.properties:
            return [(column, cell)]
        base = marks.tokens[cell.first].start - cell.left
        result: list[tuple[Column, Cell]] = []
        first = cell.first
        for index in range(cell.first + 1, cell.last + 1):
            if index == cell.last or marks.tokens[index].gap:
                piece = Cell(
                    first,
                    index,
                    marks.tokens[first].start - base,
                    marks.tokens[index - 1].end - base,
                )
                target = self._column_at(piece, columns)
                if target is not None:
                    result.append((target, piece))
                first = index
        return result

    # --- one cell a line ------------------------------------------------------------------------

    def _read_broken(self, marks: Marks, lines: Sequence[Line], index: int) -> Table | None:
        """Columns that a copy from a PDF broke into one cell a line."""
        columns: list[Column] = []
        position = index
        while position < len(lines) and lines[position].length <= _SHORT_LINE:
            cell = self._line_cell(lines[position])
            column = self.headers.read_header(marks, cell)
            heading = column.is_label and bool(column.legs)
            if not column.properties or heading or self.headers.has_number(marks, cell):
                break
            columns.append(column)
            position += 1
        values = [c for c in columns if not c.is_label]
        if len(values) < 2:
            return None
        rows: list[Row] = []
        while position + len(values) < len(lines):
            row = self._read_broken_row(marks, lines, position, values)
            if row is None:
                break
            rows.append(row)
            position += 1 + len(values) + (row.more is not None)
        return Table(index, position, rows) if len(rows) >= 2 else None

    def _read_broken_row(
        self, marks: Marks, lines: Sequence[Line], position: int, values: Sequence[Column]
    ) -> Row | None:
        label = self._line_cell(lines[position])
        if lines[position].length > _SHORT_LINE or not self.headers.is_label(marks, label):
            return None
        first, more = position + 1, None
        second = self._line_cell(lines[first])
        if self.headers.is_label(marks, second) and self._completes(marks, label, second):
            first, more = first + 1, second
        cells = [self._line_cell(line) for line in lines[first : first + len(values)]]
        if len(cells) < len(values):
            return None
        if not all(
            self.headers.is_value(marks, cell) and not self._is_place(marks, cell) for cell in cells
        ):
            return None
        return Row((label,), tuple(zip(values, cells, strict=True)), more)

    def _is_place(self, marks: Marks, cell: Cell) -> bool:
        return self.headers.read_place(marks, cell) is not None

    @staticmethod
    def _line_cell(line: Line) -> Cell:
        return Cell(line.first, line.last, 0, line.length)


def text_of(marks: Marks, cell: Cell) -> str:
    """The text of a cell in lower case."""
    return marks.words(cell.first, cell.last - 1).strip().lower() if cell.first < cell.last else ""


def is_leader(token: Token) -> bool:
    """Whether a token is part of a dotted leader."""
    return bool(_LEADERS.fullmatch(token.text))
