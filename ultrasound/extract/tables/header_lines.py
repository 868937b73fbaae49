"""Understanding the lines over a table: names of columns, their units, and legs over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lines.box_signs import starts_box
from ultrasound.extract.lines.declared import only_declares
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.captions import hand_across, hand_down
from ultrasound.extract.tables.columns import (
    Column,
    heads_places,
    keep_veins,
    name_label,
    name_legs,
    names_vein,
    settle_columns,
)
from ultrasound.extract.tables.divided import Head
from ultrasound.extract.tables.grouped_cells import cut_group, fill_places
from ultrasound.extract.tables.header_kinds import (
    Kind,
    denies,
    drop_limit,
    fills_legs,
    heads_report,
    is_legend,
    is_statement,
    kind_of,
)
from ultrasound.extract.tables.leg_columns import share_legs, take_letters, take_times
from ultrasound.extract.tables.table_cells import (
    Cell,
    cut_cells,
    fit_cells,
    has_borders,
    has_number,
    text_of,
)
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.legend_scopes import OF_REFLUX
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.sides import begin_of_sides, find_sides, sides_of

DECLARED: Final = 5  # lines over a table that may say what its cells hold
_HEADER_LINES: Final = 4
_SEVERAL: Final = 2  # of anything side by side: one alone is a sentence or a heading
_LABEL_WORDS: Final = 2  # beside the legs of a header line
_NAMED: Final = ("leg", "vein", "place", "level", "zone", "finding")
_GLUE: Final = ("/", "(", "-")
_VISITS: Final = {"prior", "current"}  # "Status today" is one column
_LISTED: Final = (",", ";", ".")


class HeaderLineReader:
    """Reads the lines that head a table into its columns."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_columns(
        self, marks: Marks, lines: Sequence[Line], index: int
    ) -> tuple[list[Column], int]:
        """The columns that one to four header lines describe, and the line after them."""
        head = Head()
        position = index
        while position < min(len(lines), index + _HEADER_LINES):
            cells = self._cut_header(marks, lines[position], len(head.columns))
            if not head.columns and fills_legs(marks, cells, len(head.over), self._headers.codes):
                break
            kind, read = self._read_line(marks, cells, started=bool(head.columns))
            if not head.take(kind, read, bordered=has_borders(marks, lines[position])):
                break
            position += 1
        bordered = has_borders(marks, lines[index])
        over, columns = head.over, fill_places(head.columns) if bordered else head.columns
        if not columns and len(over) >= _SEVERAL:
            return head.row or over, position  # legs side by side: the values carry their own units
        shared = share_legs(columns, over)
        if not shared:
            return [], index
        if position < len(lines):
            shared = hand_across(marks, shared, lines[position])
            shared = self._hand_to_places(marks, shared, lines[position])
        titled = self._headers.names_exam(marks, shared[0])
        return hand_down(settle_columns(shared), titled=titled), position

    def _hand_to_places(self, marks: Marks, columns: list[Column], row: Line) -> list[Column]:
        """What is measured over the labels is in the places beside it: "Diameter, mm  SFJ  PT"."""
        first, *places = columns
        label = cut_cells(marks, row)[0]
        over = first.measures and first.has_values and not (first.legs or first.group)
        beside = all(c.group and not c.measures for c in places) and len(places) >= _SEVERAL
        if not (over and beside) or first.cell.left > label.left or first.cell.right < label.left:
            return columns
        if self._headers.names_column(marks, label) or self._headers.names_exam(marks, first):
            return columns
        told = [replace(c, properties=first.properties, units=first.units) for c in places]
        return [replace(first, properties=("label",), units=()), *told]

    def is_header(self, marks: Marks, line: Line) -> bool:
        """Whether a line could begin a table of its own."""
        return self._read_line(marks, cut_cells(marks, line), started=False)[0] != "none"

    def fills_row(self, marks: Marks, line: Line, heads: Sequence[Column]) -> bool:
        """Whether a line says of a vein what was found of each of the legs that head a table."""
        values = [c for c in heads if not c.is_label and not c.cell.is_empty]
        legs = all(c.legs and not c.units and OF_REFLUX.issuperset(c.properties) for c in values)
        codes = self._headers.codes
        return legs and fills_legs(marks, cut_cells(marks, line), len(values), codes)

    def heads_again(self, marks: Marks, line: Line, heads: Sequence[Column]) -> bool:
        """Whether a line among rows names their columns anew: "Lt leg | D | RT".

        Or other places side by side, as those ``heads`` are: "SSV   SPJ   mid calf".
        """
        cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
        kind, columns = self._read_line(marks, cells, started=False)
        if not columns:
            return False
        first, *values = columns
        places = first.group is not None and all(c.group and not c.properties for c in values)
        if kind == "header" and places and heads_places(heads):
            return True  # "SSV reflux" over the labels says what its own rows hold
        vein = first.group is not None and first.group.has_vein and not first.group.has_spot
        named = (first.is_label or bool(first.legs) or vein) and not first.measures
        legs = vein and all(c.legs and c.divides for c in values)  # "Small saphenous | R | L"
        measured = legs or all(
            c.measures and not c.bare and not self._headers.has_other_words(marks, c.cell)
            for c in values
        )
        return kind != "none" and named and len(values) >= _SEVERAL and measured

    def take_sides(
        self, marks: Marks, columns: list[Column], lines: Sequence[Line], index: int
    ) -> list[Column]:
        """The columns with the legs about a slash that a line above names for all values."""
        if any(c.legs or c.sides for c in columns) or not any(c.has_values for c in columns):
            return columns
        sides = self.sides_over(marks, lines, index)
        if sides is None:
            return columns
        at = (sides.first, sides.last)
        return [replace(c, sides=sides_of(marks, sides), leg_at=at) for c in columns]

    def sides_over(self, marks: Marks, lines: Sequence[Line], index: int) -> Mention | None:
        """The legs about a slash that a line above names for all values: "Values: right/left"."""
        above = lines[max(0, index - DECLARED) : index]
        if not above or find_sides(marks, above[0].first, above[-1].last) is None:
            return None
        for line in reversed(above):
            sides = find_sides(marks, line.first, line.last)
            begin = begin_of_sides(marks, line)
            if sides and only_declares(self._headers, marks, begin, line.last):
                return sides
        return None

    def legs_of(self, marks: Marks, cell: Cell) -> list[tuple[Leg, Span]]:
        """The legs that a line names side by side, with a label at most, in their order."""
        found = [
            (Leg(row.legs[0]), (m.first, m.last))
            for m in marks.mentions_in(cell.first, cell.last)
            if (row := m.row("leg")) is not None and len(row.legs) == 1 and row.legs != ("other",)
        ]
        if not len({leg for leg, _ in found}) == len(found) > 1:
            return []
        taken = sum(last - first + 1 for _, (first, last) in found)
        words = all(t.kind == "word" for t in marks.tokens[cell.first : cell.last])
        return found if words and cell.size - taken <= _LABEL_WORDS else []

    def _read_line(
        self, marks: Marks, cells: Sequence[Cell], *, started: bool
    ) -> tuple[Kind, list[Column]]:
        """The kind of a line, and what its cells say; ``started`` below the first header line."""
        cells = [drop_limit(marks, cell, self._headers.property_end) for cell in cells]
        full = [cell for cell in cells if not cell.is_empty]
        if not started and (len(full) < _SEVERAL or heads_report(marks, full)):
            return "none", []
        if not started and len(full) == _SEVERAL and all(self._titles(marks, c) for c in full):
            return "none", []  # "Vein & Vascular Imaging     LE VENOUS REFLUX, BILAT"
        # a header may carry a number of its own, as "FV1", in a cell of one token
        numbered = any(
            cell.size > 1 and has_number(marks, cell) and not self._is_named(marks, cell)
            for cell in full
        )
        if not started and numbered:
            return "none", []
        # "D = diameter" explains, "Preset: reflux" answers
        equation = any(
            t.text == "=" or (t.text == ":" and t.index < c.last - 1)
            for c in full
            for t in marks.tokens[self._behind_visit(marks, c) : c.last]
        )
        words = (m for c in full for m in marks.mentions_in(c.first, c.last))
        blank = any(m.cue("template_blank") for m in words)
        ticked = any(starts_box(marks.tokens, i) for c in full for i in range(c.first, c.last))
        explains = equation or blank or ticked or is_legend(marks, full)
        explains = explains or (not started and self._fills_row(marks, full))
        told = [c for c in full if not self._numbers_rows(marks, c)]
        denied = not started and denies(marks, told)  # "L   none incompetent"
        if explains or denied or is_statement(marks, full):
            return "none", []
        read = [Column(c) if c.is_empty else self._headers.read_header(marks, c) for c in cells]
        if numbered or not full or (started and names_vein(read)):
            return "none", read
        read = keep_veins(name_label(name_legs(take_times(marks, take_letters(marks, read)))))
        return kind_of(marks, [c for c in read if not c.cell.is_empty], started=started), read

    def _fills_row(self, marks: Marks, cells: Sequence[Cell]) -> bool:
        """Whether a place stands before several blanks: "SFJ | N/A | competent | N/A"."""
        blanks = sum(self._headers.is_blank(text_of(marks, cell)) for cell in cells[1:])
        return blanks >= _SEVERAL and self._headers.is_label(marks, cells[0])

    def _titles(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell holds a word that names no place and nothing that is measured."""
        named = {
            index
            for first in range(cell.first, cell.last)
            for index in range(first, self._headers.property_end(marks, first, cell.last))
        }
        for token in marks.tokens[cell.first : cell.last]:
            known = token.index in named or token.norm in self._headers.unit_words
            mention = None if known else marks.mention_over(token.index)
            if token.kind == "word" and not known and (mention is None or not mention.row(*_NAMED)):
                return True
        return False

    def _numbers_rows(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell heads the numbers of rows, and denies nothing: "No."."""
        return self._headers.read_names(marks, cell)[0] == ["repeat"] and self._is_named(
            marks, cell
        )

    def _behind_visit(self, marks: Marks, cell: Cell) -> int:
        """The first token of a cell behind the visit that it is of: "Before: reflux s"."""
        colon = next((t.index for t in marks.tokens[cell.first : cell.last] if t.text == ":"), None)
        if colon is None or colon == cell.first:
            return cell.first
        names, units = self._headers.read_names(marks, cell.cut(marks, cell.first, colon))
        visit = bool(names) and set(names) <= {"prior", "current"} and not units
        return colon + 1 if visit else cell.first

    def _is_named(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell is the name of a column, and nothing besides: "m1"."""
        return self._headers.property_end(marks, cell.first, cell.last) == cell.last

    def _cut_header(self, marks: Marks, line: Line, count: int) -> list[Cell]:
        """The cells of a header line; words set close together come apart."""
        cells: list[Cell] = []
        raw = fit_cells(marks, line, count)
        # a comma parts columns under "Vein", and what is said of a vein
        place = self._headers.read_place(marks, raw[0]) if raw and not raw[0].is_empty else None
        glue = (*_GLUE, *_LISTED) if place is not None and place.has_vein else _GLUE
        for cell in raw:
            if not cell.is_empty:
                for piece in cut_group(marks, cell, self._headers.read_names):
                    cells += self._split_header(marks, piece, glue)
            elif not count:
                cells.append(cell)
        return cells

    def _split_header(self, marks: Marks, cell: Cell, glue: Sequence[str]) -> list[Cell]:
        """The cells of "Diam(mm) Comp Reflux(ms)"; words that are no header stay together."""
        if self._headers.has_other_words(marks, cell):
            return [cell]
        borders = [cell.first]
        visit = self._behind_visit(marks, cell)
        inside = cell.first  # the end of the column word before: "time" of "reflux time"
        for index in range(cell.first, cell.last):
            if index < inside:
                continue
            glued = index == visit or marks.tokens[index - 1].text in glue
            apart = index > cell.first and not glued
            if apart and self._parts(marks, borders[-1], index, cell.last):
                borders.append(index)
            inside = self._headers.property_end(marks, index, cell.last)
        pieces = [cell.cut(marks, *border) for border in pairwise([*borders, cell.last])]
        visits = [set(self._headers.read_names(marks, piece)[0]) <= _VISITS for piece in pieces]
        return [cell] if len(pieces) == _SEVERAL and visits == [False, True] else pieces

    def _parts(self, marks: Marks, first: int, index: int, last: int) -> bool:
        """Whether another header starts at a token, after the one from ``first`` on."""
        if not marks.tokens[index].gap:
            return False
        name = self._headers.property_at(marks, index, last)
        before = self._headers.property_at(marks, first, index)
        if name is None or before is None:
            return False
        return name != before and "label" not in (name, before)
