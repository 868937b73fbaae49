"""Tables with a column for each answer and a cross under one: "Reflux: Yes | No", "Full | Part".

The answer that is crossed is written where its columns begin, and their common name stands over
them, so that they are read as one column. A row whose cells hold words keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.value import value_type

_LINE: Final = re.compile(r"(?:^|(?<=\n))[^\n]*")
_CELL: Final = re.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_CROSS: Final = re.compile(r"[xX✓✔✗√•●]|\[[xX✓✔]\]")
_ANSWERS: Final = (
    frozenset({"yes", "no"}),
    frozenset({"y", "n"}),
    frozenset({"full", "part", "none"}),
    frozenset({"full", "partial", "none"}),
    frozenset({"yes", "partial", "no"}),
)
_WORD: Final = re.compile(r"\S+$")


@value_type
class _Columns:
    """Columns of answers: their starts and answers, where they end, and their name."""

    starts: tuple[int, ...]
    answers: tuple[str, ...]
    last: int  # behind the header of the last
    end: int | None  # where the next column begins
    name: str


class AnswerColumnReader:
    """Finds such tables, their name before each answer or on a line of its own over them."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The names, the answers, and the crosses under them."""
        edits: list[Edit] = []
        lines = [(m.start(), m.group()) for m in _LINE.finditer(text)]
        for index, (start, line) in enumerate(lines):
            columns = self._read_header(line, lines[index - 1][1] if index else "")
            rows = list(_cross_rows(lines[index + 1 :], columns)) if columns else []
            if columns is None or not rows:
                continue
            if columns.name.lower() not in line.lower():  # on the line over them
                edits.append(Edit(lines[index - 1][0], start))
            first, size = columns.starts[0], columns.last - columns.starts[0]
            edits.append(Edit(start + first, start + columns.last, columns.name.ljust(size)))
            edits += rows
        return edits

    def _read_header(self, line: str, over: str) -> _Columns | None:
        """The columns of answers of a header line, None where it has none."""
        cells = list(_CELL.finditer(line))
        for first, last in ((i, i + n) for n in (3, 2) for i in range(1, len(cells) - n + 1)):
            run = cells[first:last]
            answers = [m.group() for cell in run if (m := _WORD.search(cell.group()))]
            if frozenset(map(str.lower, answers)) not in _ANSWERS:
                continue
            names = {c.group()[: -len(a)].strip() for c, a in zip(run, answers, strict=True)}
            name = names.pop() or over.strip()
            if names or not self._words.ask(name.strip("?: ")):
                continue
            end = cells[last].start() if last < len(cells) else None
            starts = tuple(cell.start() for cell in run)
            return _Columns(starts, tuple(answers), run[-1].end(), end, name)
        return None


def _cross_rows(lines: Sequence[tuple[int, str]], columns: _Columns) -> Iterator[Edit]:
    """The crosses of the rows down to an empty line, each as its answer."""
    for start, line in lines:
        if not line.strip():
            return
        end = len(line) if columns.end is None else columns.end
        cell = line[columns.starts[0] : end]
        found = _CROSS.fullmatch(cell.strip())
        before = line[: columns.starts[0]]
        if found is None or not before[-1:].isspace():
            continue
        at = columns.starts[0] + len(cell) - len(cell.lstrip())
        column = min(range(len(columns.starts)), key=lambda i: abs(columns.starts[i] - at))
        stop = columns.starts[0] + len(cell.rstrip("\r"))
        size = stop - columns.starts[0]
        yield Edit(start + columns.starts[0], start + stop, columns.answers[column].ljust(size))
