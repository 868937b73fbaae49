"""Forms with columns of plain answers, whose rows ask: "Yes   No" over "SSV reflux         X".

Each row is read with its answer behind its label: "SSV reflux: no". Where a line over the answers
names both legs, each has its own: "Right   Left" over "Reflux   Yes   No   Yes   No".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.patterns import SIDE
from ultrasound.value import value_type

_ANSWERS: Final = (
    {"yes": "yes", "no": "no"},
    {"y": "yes", "n": "no"},
    {"present": "yes", "absent": "no"},
    {"positive": "yes", "negative": "no"},
    {"pos": "yes", "neg": "no"},
)
_CELL: Final = re.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_CROSS: Final = re.compile(r"[xX✓✔√•●]|[\[(][ ]?[xX✓✔√][ ]?[\])]|[☒☑■]")
_EMPTY: Final = re.compile(r"\[[ ]*\]|\([ ]*\)|[☐□_]+")
_RULER: Final = re.compile(r"[-=_|+ \t:]{3,}")
_LEG: Final = re.compile(rf"{SIDE}(?:[ ]leg)?", re.IGNORECASE)
_BORDER: Final = "|"
_LEGS: Final = 2

_STATES: Final = ({"competent": "competent", "incompetent": "incompetent"},)  # of one leg: a table
_BLANKS: Final = "?: "

Line = tuple[int, int]


@value_type
class _Head:
    """A header: where its answers stand, what they say for each leg, and what it asks."""

    places: tuple[Line, ...]
    answers: tuple[tuple[str, ...], ...]
    asks: str
    legs: tuple[str, ...]


@value_type
class _Row:
    """A row: where it stands, what it asks, and the answers of its legs, each by its number."""

    label: Line
    end: int
    asks: str
    said: tuple[tuple[int, str], ...]


class CrossedAnswerReader:
    """Finds such forms by labels that ask for something."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The headers left out, and each row as what it says."""
        edits, lines = list[Edit](), list(line_spans(text))
        for number, line in enumerate(lines):
            over = lines[number - 1] if number else (0, 0)
            head = self._read_head(text, line, over)
            rows = list(self._read_rows(text, lines[number + 1 :], head)) if head else []
            told = [row for row in rows if row is not None]
            if head is None or not told or len(told) < len(rows):
                continue
            edits += [Edit(*over)] if head.legs else []
            edits.append(Edit(*line))
            edits += [Edit(row.label[0], row.end, _write(row, head.legs)) for row in told]
        return edits

    def _read_head(self, text: str, line: Line, over: Line) -> _Head | None:
        cells = _cells(text, line)
        names = [text[slice(*cell)] for cell in cells]
        legs = _legs_in(text, over)
        for lead in (0, 1):
            answers = _read_answers(names[lead:], len(legs) or 1)
            if answers:
                asks = names[0].strip(_BLANKS) if lead else ""
                asks = asks if self._words.ask(asks) else ""
                return _Head(tuple(cells[lead:]), answers, asks, legs)
        return None

    def _read_rows(self, text: str, lines: Sequence[Line], head: _Head) -> Iterator[_Row | None]:
        """The rows down to another line; None for one of which nothing can be told."""
        for line in lines:
            if _RULER.fullmatch(text, *line):
                continue
            label, *others = _cells(text, line) or [line]
            crosses = [c for c in others if not _EMPTY.fullmatch(text, *c)]
            if line[0] == line[1] or not all(_CROSS.fullmatch(text, *c) for c in crosses):
                return
            name = text[slice(*label)].strip(_BLANKS)
            asks = self._ask(name, head)
            if not crosses or not (asks or self._words.is_place(name)):
                continue  # not answered, or asked of something else
            under = [_column_of(text, line, cell, head.places) for cell in crosses]
            said = _say(under, head.answers)
            yield _Row(label, others[-1][1], asks, said) if asks and said else None

    def _ask(self, label: str, head: _Head) -> str:
        """What a row asks, with what its header asks of a vein; nothing where nothing says it."""
        states = head.answers[0][0] not in ("yes", "no")
        if self._words.is_place(label):
            return f"{label} {head.asks}".strip() if states or head.asks else ""
        return label if self._words.ask(label) and not states else ""


def _read_answers(names: Sequence[str], legs: int) -> tuple[tuple[str, ...], ...]:
    """The plain answers of each leg, where a header has nothing else."""
    for answers in (*_ANSWERS, *(_STATES if legs > 1 else ())):
        size = len(answers)
        words = [name.lower() for name in names]
        blocks = [words[i : i + size] for i in range(0, len(words), size)]
        if len(blocks) == legs and all(sorted(b) == sorted(answers) for b in blocks):
            return tuple(tuple(answers[word] for word in block) for block in blocks)
    return ()


def _legs_in(text: str, line: Line) -> tuple[str, ...]:
    """Both legs, in the order of a line that names them and no more than one other thing."""
    cells = [text[slice(*cell)] for cell in _cells(text, line)]
    legs = [cell for cell in cells if _LEG.fullmatch(cell)]
    both = len({leg[0].lower() for leg in legs}) == len(legs) == _LEGS
    return tuple(legs) if both and len(cells) - len(legs) <= 1 else ()


def _cells(text: str, line: Line) -> list[Line]:
    return [cell.span() for cell in _CELL.finditer(text, *line)]


def _column_of(text: str, line: Line, cell: Line, places: Sequence[Line]) -> int:
    """The answer under which a cross stands: by the borders before it, else by its place."""
    start = text.rfind("\n", 0, places[0][0]) + 1
    if _BORDER in text[slice(*line)]:
        before = text.count(_BORDER, line[0], cell[0])
        borders = [text.count(_BORDER, start, place[0]) for place in places]
        return borders.index(before) if before in borders else -1
    middle = (cell[0] + cell[1]) / 2 - line[0]
    ways = [abs((first + last) / 2 - start - middle) for first, last in places]
    return ways.index(min(ways))


def _say(under: Sequence[int], answers: Sequence[Sequence[str]]) -> tuple[tuple[int, str], ...]:
    """The answer of each leg with one cross; nothing where one has two."""
    size = len(answers[0])
    legs = [column // size for column in under]
    if min(under) < 0 or len(set(legs)) < len(legs):
        return ()
    return tuple((leg, answers[leg][c % size]) for leg, c in zip(legs, under, strict=True))


def _write(row: _Row, legs: Sequence[str]) -> str:
    """Each answer behind what the row asks, of its leg."""
    lead = [f"{legs[leg]} " if legs else "" for leg, _ in row.said]
    told = (f"{n}{row.asks}: {answer}" for n, (_, answer) in zip(lead, row.said, strict=True))
    return "; ".join(told)
