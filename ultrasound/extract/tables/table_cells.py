"""Cutting a line into the cells of a table: at pipes, tabs or semicolons, else at wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.boxes import BOX
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.exports import COMMA, SEMICOLON, blank_quoted, find_exported
from ultrasound.extract.words.marks import Marks
from ultrasound.value import value_type

_EMPTY_LINES: Final = ("\n\n", "\n\r\n")
_PIPE: Final = re.compile(r"\|")
_WIDE: Final = re.compile(r"\S {2,}\S")
_REMARK: Final = re.compile(r"\s*#+\s*\w")
_PIPE_OR_GAP: Final = re.compile(r" *\| *|\t+ *|  +")
_SIDES: Final = 2
_TAB: Final = re.compile(r"\t")
_GAP: Final = re.compile(r"\t+ *|  +")
_DOTS: Final = re.compile(r" +\.{4,} +|\t+ *|  +")  # "CFV ....... C ..... N"
_DOTTED: Final = re.compile(r" \.{4,} ")
_LONGEST_NUMBER: Final = 3  # tokens of the number of a row: "A1.", "12)"
_ROW_DIGITS: Final = 2
_ROW_SIGNS: Final = (".", ")")
_SEMICOLONS: Final = 2  # fewer may stand in a sentence
_CELL_WORDS: Final = 4  # more between the only two are a sentence
COLUMN: Final = 1000  # places apart of two columns between borders
_TAIL_SIGNS: Final = (",", ";")
_PIPES: Final = 2  # fewer are no table, unless a line begins with one


@value_type
class Cell:
    """Tokens ``first`` up to ``last`` (half-open), from ``left`` to ``right`` in its line."""

    first: int
    last: int
    left: int
    right: int

    @property
    def is_empty(self) -> bool:
        """Whether it holds no token."""
        return self.first >= self.last

    @property
    def size(self) -> int:
        """How many tokens it holds."""
        return self.last - self.first

    def cut(self, marks: Marks, first: int, last: int) -> Cell:
        """The part of the cell that holds the tokens ``first`` up to ``last``."""
        base = marks.tokens[self.first].start - self.left
        return Cell(
            first, last, marks.tokens[first].start - base, marks.tokens[last - 1].end - base
        )

    def overlap(self, other: Cell) -> int:
        """How many columns two cells share; negative by how far they lie apart."""
        return min(self.right, other.right) - max(self.left, other.left)


def cell_of(line: Line) -> Cell:
    """All of a line as one cell."""
    return Cell(line.first, line.last, 0, line.length)


def text_of(marks: Marks, cell: Cell) -> str:
    """The text of a cell in lower case."""
    return "" if cell.is_empty else marks.words(cell.first, cell.last - 1).strip().lower()


def has_borders(marks: Marks, line: Line) -> bool:
    """Whether pipes or tabs stand in a line: then its cells are in the order of the columns.

    Pipes about a line that wide gaps part, or once amid such a line, are no borders of cells.
    """
    raw = marks.text[line.start : line.end]
    if _has_loose_pipes(raw):
        return False
    return "|" in raw or "\t" in raw.strip() or _border_of_export(marks, line) is not None


def _has_loose_pipes(raw: str) -> bool:
    """Whether the pipes of a line frame it, or part it in two, and gaps part its cells."""
    parts = [part.strip() for part in raw.strip().strip("|").split("|")]
    framed = raw.strip()[:1] == "|" == raw.strip()[-1:]
    if (len(parts), raw.count("|")) != ((1, _PIPES) if framed else (_SIDES, 1)):
        return False
    return all(_WIDE.search(part) for part in parts)


def _is_exported(raw: str) -> bool:
    """Whether semicolons part the cells of a line, with no blank behind them: an export."""
    if raw.count(";") < _SEMICOLONS:
        return False
    pieces = raw.split(";")
    short = len(pieces) > _SEMICOLONS + 1 or all(len(p.split()) <= _CELL_WORDS for p in pieces)
    return len(pieces) > _SEMICOLONS and short and "; " not in raw


def _border_of_export(marks: Marks, line: Line) -> re.Pattern[str] | None:
    """The sign that parts the cells of a line, with no blank behind it: of an export."""
    raw = marks.text[line.start : line.end]
    if _REMARK.match(raw):
        return None  # a remark in words: "# summary: GSV reflux; no DVT"
    if _is_exported(raw):
        return SEMICOLON
    for border in (SEMICOLON, COMMA):
        if border.pattern in raw and _is_in_export(marks, line, border):
            return border
    return None


def _is_in_export(marks: Marks, line: Line, border: re.Pattern[str]) -> bool:
    """Whether a line is one of several that a sign parts alike."""
    key = (f"exported{border.pattern}", 0, 0)
    if key not in marks.known:
        marks.known[key] = find_exported(marks.text, border)
    exported: list[tuple[int, int]] = marks.known[key]
    return any(start <= line.start < end for start, end in exported)


def cut_cells(marks: Marks, line: Line) -> list[Cell]:
    """The cells of a line; between pipes or tabs empty ones are kept."""
    key = ("cells", line.first, line.last)
    if key not in marks.known:
        marks.known[key] = _cut_line(marks, line)
    cells: list[Cell] = marks.known[key]
    return cells


def fit_cells(marks: Marks, line: Line, count: int) -> list[Cell]:
    """The cells of a line under ``count`` columns.

    Where the pipes at both ends leave two too few they are no frame: the outer cells are empty.
    """
    cells = cut_cells(marks, line)
    raw = marks.text[line.start : line.end].strip()
    if len(cells) != count - 2 or not (raw.startswith("|") and raw.endswith("|")):
        return cells
    first, last = Cell(line.first, line.first, 0, 1), Cell(line.last, line.last, 0, 1)
    return _align([first, *cells, last])


def _cut_line(marks: Marks, line: Line) -> list[Cell]:
    raw = marks.text[line.start : line.end]
    stripped = raw.strip()
    pipes = raw.count("|")
    if _has_loose_pipes(raw):
        return _cut_at(marks, line, _PIPE_OR_GAP, keep_empty=False)
    if pipes >= _PIPES or (pipes == 1 and stripped.startswith("|")):
        cells = _cut_at(marks, line, _PIPE, keep_empty=True)
        if _is_open(marks, line, pipes):
            return _align(cells)
        # with a blank or no pipe at its end, a line that is indented leaves out its first cell
        blank = marks.text[line.end : line.end + 1] in (" ", "\t")
        indented = raw[:1].isspace() and (not stripped.endswith("|") or blank)
        return _align(cells if indented else _drop_outer(cells, stripped))
    if "\t" in stripped:
        return _align(_cut_at(marks, line, _TAB, keep_empty=True))
    exported = _border_of_export(marks, line)
    if exported is not None:
        return _align(_cut_at(marks, line, exported, keep_empty=True))
    border = _DOTS if "...." in raw and _is_dotted(marks, line) else _GAP
    return _cut_at(marks, line, border, keep_empty=False)


def _is_open(marks: Marks, line: Line, pipes: int) -> bool:
    """Whether a pipe at an end of a line is no frame: other lines of the table begin without one.

    They have as many cells, or more.
    """
    key = ("open tables", 0, 0)
    if key not in marks.known:
        marks.known[key] = list(_find_open(marks.text))
    found: list[tuple[int, int, int]] = marks.known[key]
    return any(start <= line.start < end and pipes <= most for start, end, most in found)


def _find_open(text: str) -> Iterator[tuple[int, int, int]]:
    """Where lines with pipes follow each other that have no frame, and the most pipes of one."""
    position, begin, most = 0, 0, 0
    for raw in [*text.splitlines(keepends=True), "end"]:
        pipes, blank = raw.count("|"), not raw.strip()
        if not pipes and not blank:
            if most >= _PIPES:
                yield begin, position, most
            begin, most = position + len(raw), 0
        elif pipes and not raw.lstrip().startswith("|"):
            most = max(most, pipes)
        position += len(raw)


def _is_dotted(marks: Marks, line: Line) -> bool:
    """Whether dots part the cells of a paragraph; one run of them alone stands before an answer."""
    first = max(marks.text.rfind(blank, 0, line.start) for blank in _EMPTY_LINES) + 1
    ends = [marks.text.find(blank, line.end) for blank in _EMPTY_LINES]
    last = min((end for end in ends if end >= 0), default=None)
    lines = marks.text[first:last].splitlines()
    return any(len(_DOTTED.findall(each)) > 1 for each in lines)


def _drop_outer(cells: list[Cell], stripped: str) -> list[Cell]:
    """Leave out what stands outside of the outer pipes."""
    if stripped.startswith("|"):
        cells = cells[1:]
    if stripped.endswith("|") and cells and cells[-1].is_empty:
        cells = cells[:-1]
    return cells


def _cut_at(marks: Marks, line: Line, border: re.Pattern[str], *, keep_empty: bool) -> list[Cell]:
    raw = marks.text[line.start : line.end]
    cells: list[Cell] = []
    position = 0
    exported = border in (COMMA, SEMICOLON)
    for match in border.finditer(blank_quoted(raw) if exported else raw):
        box = None if keep_empty else BOX.match(raw, position)
        if box and box.end() < match.start() and BOX.match(raw, match.end()):
            continue  # the options of one question
        cells += _cell_between(marks, line, (position, match.start()), keep_empty=keep_empty)
        position = match.end()
    return cells + _cell_between(marks, line, (position, len(raw)), keep_empty=keep_empty)


def _align(cells: Sequence[Cell]) -> list[Cell]:
    """Cells between borders at places that are the same in all lines: of a column count only."""
    return [
        replace(cell, left=index * COLUMN, right=index * COLUMN + _width(cell))
        for index, cell in enumerate(cells)
    ]


def _width(cell: Cell) -> int:
    return min(max(1, cell.right - cell.left), COLUMN - 1)


def _cell_between(
    marks: Marks, line: Line, columns: tuple[int, int], *, keep_empty: bool
) -> list[Cell]:
    """The cell of a stretch of a line, trimmed; none where it is blank and not kept."""
    left, right = columns
    piece = marks.text[line.start + left : line.start + right]
    if not piece.strip():
        at, _ = marks.tokens_between(line.start + left, line.start + left)
        return [Cell(at, at, left, right)] if keep_empty else []
    begin = left + len(piece) - len(piece.lstrip())
    end = left + len(piece.rstrip())
    first, last = marks.tokens_between(line.start + begin, line.start + end)
    return [Cell(first, last, begin, end)]


def cut_words(marks: Marks, cell: Cell) -> list[Cell]:
    """The words about the numbers of a cell that find something.

    As in "6.4 / -, refluxes", "varicose, 5.1".
    """
    numbers = marks.numbers_in(cell.first, cell.last)
    if not numbers:
        return []
    behind = _signs_in(marks, numbers[-1].last + 1, cell.last)[:1]
    before = _signs_in(marks, cell.first, numbers[0].first)[-1:]
    parts = [replace(cell, last=at) for at in before if at > cell.first]
    parts += [replace(cell, first=at + 1) for at in behind]
    return [part for part in parts if _finds(marks, part)]


def _signs_in(marks: Marks, first: int, last: int) -> list[int]:
    return [index for index in range(first, last) if marks.tokens[index].text in _TAIL_SIGNS]


def _finds(marks: Marks, cell: Cell) -> bool:
    return any(m.row("finding") is not None for m in marks.mentions_in(cell.first, cell.last))


def drop_number(marks: Marks, cell: Cell) -> Cell:
    """A label without the number of its row: "A1 SFJ", "3. GSV mid thigh"."""
    first = cell.first
    tokens = marks.tokens[first : min(cell.last, first + _LONGEST_NUMBER)]
    if tokens and len(tokens[0].text) == 1 and tokens[0].text.isupper():
        tokens = tokens[1:] if len(tokens) > 1 and not tokens[1].gap else []
    if not tokens or not (tokens[0].text.isdigit() and len(tokens[0].text) <= _ROW_DIGITS):
        return cell
    signed = len(tokens) > 1 and tokens[1].text in _ROW_SIGNS and not tokens[1].gap
    begin = tokens[0].index + 1 + int(signed)
    if begin >= cell.last or marks.tokens[begin].gap != " " or not (signed or begin - first > 1):
        return cell
    mention = marks.mention_at(begin)
    place = mention is not None and mention.row("leg", "vein", "place", "level", "zone")
    return cell.cut(marks, begin, cell.last) if place else cell


def has_number(marks: Marks, cell: Cell) -> bool:
    """Whether a cell holds a number."""
    return marks.has_digits(cell.first, cell.last)
