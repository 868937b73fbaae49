"""Remarks between the rows of a table: a table goes on below a line that signs set off.

As "(left GSV ankle not seen)" or "** L pop: webs **". Each reader of tables sees the lines
without them; such a remark is a row in words of the table that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.remarks import insert_remark, put_back
from ultrasound.extract.tables.table_cells import Cell, cell_of, cut_cells
from ultrasound.extract.tables.table_rows import Table
from ultrasound.extract.words.marks import Marks

Find = Callable[[Marks, Sequence[Line]], dict[int, Table]]
_ASIDE: Final = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\w{2}[^\[\]]*\]|(\*+|-{2,}|#+|/{2,}|={2,})[ \t]*\w.*\1|#+[ \t]*[^\W\d].*"
)
_NOTE: Final = re.compile(
    r">+[ \t]*[^\W\d].*|(?:note|nb|n\.b\.|comment|remark)s?:.*", re.IGNORECASE
)
_FEWEST: Final = 2  # cells of a row


def find_about(find: Find, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
    """The tables that are found when the remarks between their rows are left out."""
    asides = {i for i in range(1, len(lines) - 1) if _is_aside(marks, lines, i)}
    if not asides:
        return find(marks, lines)
    kept = [i for i in range(len(lines)) if i not in asides]
    tables = put_back(find(marks, [lines[i] for i in kept]), kept)
    for table in tables.values():
        for index in sorted(asides.intersection(range(table.start, table.end))):
            insert_remark(table, _words_of(marks, lines[index]))
    return tables


def _is_aside(marks: Marks, lines: Sequence[Line], index: int) -> bool:
    """Whether a line in words, and nothing but it, parts a row from a line of more cells."""
    line = lines[index]
    raw = marks.text[line.start : line.end].strip()
    if not line.blank_before and _NOTE.fullmatch(raw) and len(cut_cells(marks, line)) == 1:
        return _is_row(marks, lines[index - 1]) and any(
            _is_row(marks, each) for each in lines[index + 1 : index + 3]
        )
    if lines[index].blank_before or lines[index + 1].blank_before:
        return False
    if not _ASIDE.fullmatch(raw) or not _tells(marks, line, bracketed=raw[0] == "("):
        return False
    below = lines[index + 1 : index + 3]  # a row, or a heading and its first row
    rows = any(_is_row(marks, each) for each in below)
    return rows and _is_row(marks, lines[index - 1]) and _names(marks, below[0])


def _tells(marks: Marks, line: Line, *, bracketed: bool) -> bool:
    """Whether words say something, and are no heading such as "[ Lt ]" or "-- LEFT, reflux --"."""
    mentions = list(marks.mentions_in(line.first, line.last))
    kinds = {getattr(m.row("finding"), "kind", "") for m in mentions}
    told = "word" in kinds or ("noun" in kinds and any(m.cue("negation") for m in mentions))
    colon = next((t.index for t in marks.tokens[line.first : line.last] if t.text == ":"), None)
    labelled = colon is not None and any(
        m.row("vein", "place") is not None for m in mentions if m.last < colon
    )
    return told or labelled or (bracketed and marks.has_digits(line.first, line.last))


def _is_row(marks: Marks, line: Line) -> bool:
    return sum(not cell.is_empty for cell in cut_cells(marks, line)) >= _FEWEST


def _names(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a place."""
    mention = marks.mention_at(line.first)
    return mention is not None and mention.row("leg", "vein", "place", "level", "zone") is not None


def _words_of(marks: Marks, line: Line) -> Cell:
    """A remark without the signs about it."""
    said = [t.index for t in marks.tokens[line.first : line.last] if t.kind != "sign"]
    return cell_of(line).cut(marks, said[0], said[-1] + 1)
