"""Headers of answers over ticks: "none  acute  chronic" over "Popliteal    x"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.atoms import AtomReader
from ultrasound.extract.tables.captions import CaptionReader
from ultrasound.extract.tables.columns import UNHEADED, Column
from ultrasound.extract.tables.table_cells import Cell, cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.ticked_cells import ASKED, TICKS
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

_FEWEST: Final = 2  # answers side by side, and rows of ticks below them


class TickedColumns:
    """Reads such headers: what is asked stands before the answers, on the line above, or is clear.

    It is clear where the answers are those to one question only: "acute", "chronic".
    """

    def __init__(self, headers: HeaderReader, atoms: AtomReader, codes: Sequence[CellCode]) -> None:
        self._headers, self._atoms, self._codes = headers, atoms, codes
        self._captions = CaptionReader(headers)

    def read(self, marks: Marks, lines: Sequence[Line], index: int) -> list[Column]:
        """The columns of a line of answers; none for any other line."""
        cells = [cell for cell in cut_cells(marks, lines[index]) if not cell.is_empty]
        below = lines[index + 1 : index + 1 + _FEWEST]
        if min(len(cells), len(below)) < _FEWEST or not all(
            self._is_ticked(marks, row) for row in below
        ):
            return []
        above = self._captions.read_key(marks, lines[index - 1]) if index else None
        heads = self._atoms.read_line(marks, below[0])[0].cell.overlap(cells[0]) > 0
        first = self._headers.read_header(marks, cells[0])
        label = [replace(first, properties=("label",), units=())] if heads else []
        answers = cells[len(label) :]
        named = [c.properties for c in ((first, above) if heads else (above,)) if c and c.measures]
        asked = self._find_questions(marks, answers, named[:1] or ASKED)
        held = asked[0] if len(asked) == 1 else (UNHEADED,)
        return [*label, *(Column(cell, held, answer=True) for cell in answers)] if asked else []

    def _find_questions(
        self, marks: Marks, answers: Sequence[Cell], questions: Sequence[tuple[str, ...]]
    ) -> list[tuple[str, ...]]:
        """What all of some cells are answers to."""
        texts = [text_of(marks, cell) for cell in answers]
        return [
            names
            for names in questions
            if len(texts) >= _FEWEST
            and all(find_code(text, names, self._codes) is not None for text in texts)
        ]

    def _is_ticked(self, marks: Marks, line: Line) -> bool:
        """Whether a line is a place and ticks."""
        atoms = self._atoms.read_line(marks, line)
        ticks = [text_of(marks, atom.cell) in TICKS for atom in atoms[1:]]
        placed = bool(ticks) and atoms[0].role == "place"
        return placed and all(ticks) and not line.blank_before
