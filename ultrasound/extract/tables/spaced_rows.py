"""Rows with one blank between their cells: a place, its values, and words of a remark behind them.

A copy may break a label or a remark over lines, and may have dropped empty cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import UNHEADED, Column
from ultrasound.extract.tables.spaced_values import ValueCutter, cut_at_slashes, cut_words
from ultrasound.extract.tables.table_cells import Cell, drop_number, text_of
from ultrasound.extract.tables.table_distances import distances_in
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.marks import Marks

_LABEL_LINES: Final = 3  # lines of a row whose label goes on on the next ones
_SHORT_TAIL: Final = 4  # words behind the values where no header names a remark
_REMARK: Final = ("comment",)
_STOPS: Final = (".", ":")
_Read = tuple[Row | None, int]
_Heads = tuple[Sequence[Column], Column | None]  # over the values, and over remarks behind them


class SpacedRowReader:
    """Reads lines under the columns of a header."""

    def __init__(self, headers: HeaderReader, values: ValueCutter) -> None:
        self._headers = headers
        self._values = values

    def read_row(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> _Read:
        """A row and how many lines it takes: its label may go on on the next ones."""
        head = self._read_head(marks, lines, index, columns)
        if head is not None:
            return head, 1
        line = lines[index]
        row = self._split_row(marks, line.first, line.last, columns)
        if row is not None and not row.unread:
            return row, 1
        for size in range(2, _LABEL_LINES + 1):
            follower = lines[index + size - 1] if index + size <= len(lines) else None
            if row is not None or follower is None or follower.blank_before:
                break
            wrapped = self._split_row(marks, line.first, follower.last, columns, broken=True)
            if wrapped is not None and not wrapped.unread and self._is_whole(wrapped, follower):
                return wrapped, size
            own = self._split_row(marks, follower.first, follower.last, columns)
            if own is not None and not own.unread:
                break
        return row, 1

    @staticmethod
    def _is_whole(row: Row, last: Line) -> bool:
        """Whether the label of a row goes on to its last line, or its values all stand there."""
        return row.labels[0].last >= last.first

    def _read_head(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> Row | None:
        """A line of a place alone over a row: a leg, a vein or a group that heads what follows."""
        line = lines[index]
        cell = Cell(line.first, line.last - int(marks.tokens[line.last - 1].text == ":"), 0, 0)
        if cell.is_empty or index + 1 >= len(lines) or not self._headers.is_label(marks, cell):
            return None
        if self._values.cut_values(marks, cell.first, cell.last):
            return None
        below, _ = self.read_row(marks, lines, index + 1, columns)
        if below is None or below.unread:
            return None
        # else the row goes on with its label: "Anterior accessory vein," over "proximal thigh"
        own = self._headers.read_place(marks, below.labels[0])
        return Row((cell,), ()) if own is None or own.has_vein else None

    def read_words(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> Row | None:
        """A line of a place and words before a row: "GSV knee closed"; else it is for a person."""
        line = lines[index]
        if line.blank_before or index + 1 >= len(lines) or lines[index + 1].blank_before:
            return None
        if not self._is_row(marks, lines, index + 1, columns):
            return None
        whole = Cell(line.first, line.last, 0, 0)
        places = self._headers.read_places(marks, whole)
        end = places[0].last + 1 if places and places[0].first == line.first else line.last
        if end < line.last and marks.tokens[end].text == ":":
            return None
        if end == line.last or marks.has_digits(line.first, line.last):
            return Row((), ((columns[-1], whole),), unread=True)
        words = Cell(end, line.last, 0, 0)
        remark = _part_remark(columns)[1] or Column(words, _REMARK)
        return Row((Cell(line.first, end, 0, 0),), ((remark, words),))

    def _is_row(
        self, marks: Marks, lines: Sequence[Line], index: int, columns: Sequence[Column]
    ) -> bool:
        row, _ = self.read_row(marks, lines, index, columns)
        return row is not None and not row.unread

    # --- one row ------------------------------------------------------------------------------

    def _split_row(
        self,
        marks: Marks,
        first: int,
        last: int,
        columns: Sequence[Column],
        *,
        broken: bool = False,
    ) -> Row | None:
        """The row of some tokens; an unread one where its values cannot be told apart.

        A ``broken`` one stands on several lines.
        """
        heads = _part_remark(columns)
        exact = None if heads[1] or broken else self._read_ends(marks, first, last, columns)
        if exact is not None:
            return exact
        labelled = self._find_labels(marks, first, last)
        if broken:
            labelled = [each for each in labelled if not _speaks(marks, each[0])]
        for read in (self._read_full, self._read_part):
            for label, words in labelled:
                row = read(marks, label, words, heads)
                if row is not None:
                    return row
        return None

    def _find_labels(
        self, marks: Marks, first: int, last: int
    ) -> Sequence[tuple[Cell, Sequence[Cell]]]:
        """The places that a row may begin with, from the shortest on, and the words behind each."""
        words = cut_words(marks, first, last)
        parts = [(Cell(first, words[i].first, 0, 0), words[i:]) for i in range(1, len(words))]
        parts = [(drop_number(marks, label), rest) for label, rest in parts]
        return [
            (label, rest)
            for label, rest in parts
            if self._headers.is_label(marks, label) and not _holds_values(marks, label)
        ]

    def _read_ends(
        self, marks: Marks, first: int, last: int, columns: Sequence[Column]
    ) -> Row | None:
        """A place, and behind it one value for each column up to the end of the row."""
        values = self._values.cut_values(marks, first, last)
        if len(values) == 1 < len(columns):
            values = cut_at_slashes(marks, values[0])
        extra = len(values) - len(columns)
        if extra < 0 or not values:
            return None
        values = values[extra:]
        label = Cell(first, values[0].first, 0, 0)
        if label.is_empty or not self._headers.is_label(marks, label):
            return None
        return Row((label,), tuple(zip(columns, values, strict=True)))

    def _read_full(
        self, marks: Marks, label: Cell, words: Sequence[Cell], heads: _Heads
    ) -> Row | None:
        """One value for each column, each of its kind, and what is said behind them."""
        columns, remark = heads
        cells: list[tuple[Column, Cell]] = []
        for column in columns:
            size = self._values.size_of_first(marks, words, column)
            if not size:
                return None
            cells.append((column, Cell(words[0].first, words[size - 1].last, 0, 0)))
            words = words[size:]
        tail = self._read_tail(marks, words, remark)
        return None if tail is None else Row((label,), (*cells, *tail))

    def _read_part(
        self, marks: Marks, label: Cell, words: Sequence[Cell], heads: _Heads
    ) -> Row | None:
        """Fewer values than columns, each with the only one that it can be of."""
        columns, remark = heads
        values: list[Cell] = []
        while words and len(values) < len(columns):
            size = max(self._values.size_of_first(marks, words, c) for c in columns)
            if not size:
                break
            values.append(Cell(words[0].first, words[size - 1].last, 0, 0))
            words = words[size:]
        tail = self._read_tail(marks, words, remark) if remark or not words else None
        if not values or tail is None or (tail and self._is_sentence(marks, words)):
            return None
        if len(values) == 1 and self._values.says_same(marks, values[0], columns):
            return Row((label,), ((columns[0], values[0]), *tail))  # "not visualized"
        cells = self._fit_values(marks, values, columns)
        if not any(column.properties != (UNHEADED,) for column, _ in cells):
            whole = Cell(values[0].first, values[-1].last, 0, 0)
            return Row((label,), ((columns[0], whole),), unread=True)
        return Row((label,), (*cells, *tail))

    def _fit_values(
        self, marks: Marks, values: Sequence[Cell], columns: Sequence[Column]
    ) -> list[tuple[Column, Cell]]:
        """Each value with the one column that it can be of, in any order that fits all of them."""
        ways = [
            way
            for way in combinations(columns, len(values))
            if all(self._values.fits(marks, v, c) for v, c in zip(values, way, strict=True))
        ]
        cells: list[tuple[Column, Cell]] = []
        for order, value in enumerate(values):
            owners = {id(way[order]): way[order] for way in ways}
            if self._headers.is_blank(text_of(marks, value)):
                continue
            told = next(iter(owners.values())) if len(owners) == 1 else Column(value, (UNHEADED,))
            cells.append((told, value))
        return cells

    def _read_tail(
        self, marks: Marks, words: Sequence[Cell], remark: Column | None
    ) -> list[tuple[Column, Cell]] | None:
        """The remark behind the values; None where the rest of a line is none."""
        if not words:
            return []
        cell = Cell(words[0].first, words[-1].last, 0, 0)
        digits = marks.has_digits(words[0].first, words[0].last)
        if digits and self._headers.unit_at(marks, words[0].last, cell.last) is None:
            return None
        if remark is None and (len(words) > _SHORT_TAIL or marks.has_digits(cell.first, cell.last)):
            return None
        return [(remark or Column(cell, _REMARK), cell)]

    def _is_sentence(self, marks: Marks, words: Sequence[Cell]) -> bool:
        """Whether words behind fewer values are of a sentence: "SFJ 4 mm at rest, no reflux."."""
        return marks.tokens[words[-1].last - 1].text in _STOPS

    # --- what a broken line goes on with ------------------------------------------------------

    def take_rest(
        self, marks: Marks, rows: list[Row], line: Line, columns: Sequence[Column]
    ) -> bool:
        """Take a line that goes on with the label or the remark of the last row."""
        row = rows[-1]
        if line.blank_before or row.unread or not row.cells or row.more:
            return False
        mention = marks.mention_at(line.first)
        if mention is not None and mention.row("zone") and mention.last + 1 == line.last:
            rows[-1] = replace(row, more=Cell(line.first, line.last, 0, 0))
            return True
        column, cell = row.cells[-1]
        small = marks.tokens[line.first].text[0].islower()
        if not small or column is not _part_remark(columns)[1] or cell.last != line.first:
            return False
        joined = Cell(cell.first, line.last, 0, 0)
        rows[-1] = replace(row, cells=(*row.cells[:-1], (column, joined)))
        return True


def _holds_values(marks: Marks, label: Cell) -> bool:
    """Whether numbers that are no distances stand in what may be a label."""
    far = distances_in(marks, label.first, label.last)
    tokens = marks.tokens[label.first : label.last]
    return any(t.kind == "number" and t.index not in far for t in tokens)


def _speaks(marks: Marks, label: Cell) -> bool:
    """Whether words over a line break are of sentences: "and popliteal veins compressible."."""
    found = any(m.row("finding") is not None for m in marks.mentions_in(label.first, label.last))
    return found or any(marks.has_sign(sign, label.first, label.last) for sign in (":", ";"))


def _part_remark(columns: Sequence[Column]) -> _Heads:
    """The columns of values, and the one of remarks behind them."""
    last = columns[-1]
    named = last.properties == _REMARK and len(columns) > 1
    return (columns[:-1], last) if named else (columns, None)
