"""Cells that hold only a tick: what they say stands in the header of their column.

As in "[x]" under "Incompetent", beside "Competent" and "Not tested". Where ticks and crosses stand
in one table, a cross is a plain no to what its column asks: "✓   X" under "Compress   Thrombus".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import Doubt, Outcome, Pass
from ultrasound.extract.facts.maker import FactMaker
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.lines.box_signs import box_of
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.words.cell_codes import Says, find_code
from ultrasound.extract.words.legend import Legend
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import CellCode

TICKS: Final = ("x", "✓", "✔", "√")  # ticks without a box
_REFLUX: Final = ("reflux_time", "competence", "valve_status", "incompetence")
ASKED: Final = (_REFLUX, ("compressibility",), ("thrombus",), ("patency",))
_UNTESTED: Final = "not_assessed"
_ANATOMY: Final = "anatomy"
_YES: Final = "yes"
_NO: Final = "no"
_CROSS: Final = "x"


class TickReader:
    """Reads ticks by the headers that stand side by side in a table."""

    def __init__(
        self,
        marks: Marks,
        cells: Iterable[tuple[Column, Cell]],
        codes: Sequence[CellCode],
        legend: Legend,
    ) -> None:
        self._marks, self._codes, self._legend = marks, codes, legend
        pairs = list(cells)
        bare = {text_of(marks, cell) for _, cell in pairs if self._is_bare(cell)}
        self._crossed = _CROSS in bare and len(bare) > 1
        columns = [c for c, cell in pairs if self._is_bare(cell) or self.is_tick(cell)]
        self._says = {c.cell: self._settle(c) for c in columns if not c.cell.is_empty}
        told = {s[0] for s in self._says.values() if s is not None and s[1] != _UNTESTED}
        told.discard(_ANATOMY)
        for cell, says in self._says.items():
            if says is not None and says[1] == _UNTESTED:
                self._says[cell] = (told.copy().pop(), _UNTESTED) if len(told) == 1 else None

    def is_tick(self, cell: Cell) -> bool:
        """Whether a cell is a full box and nothing else."""
        words = [t.text.lower() for t in self._marks.tokens[cell.first : cell.last]]
        ticked, size = box_of(words)
        return ticked and size == len(words)

    def state(
        self, maker: FactMaker, column: Column, cell: Cell, sites: tuple[Site, ...]
    ) -> Iterator[Outcome]:
        """What a tick says by its column; nothing for what is no tick, or has no such header."""
        says = self._read(column, cell)
        if says is not None:
            elements = self._marks.elements(cell.first, cell.last)
            chunk = Chunk("start", 0, 0, elements)
            predicate = Predicate(chunk.first, chunk.last)
            yield from maker.state(Assignment(predicate, sites, chunk, True), *says)

    def leave(self, cell: Cell, sites: tuple[Site, ...]) -> Outcome:
        """A box of which nothing tells what it stands for: a doubt where it is full."""
        span = (cell.first, cell.last - 1)
        if self.is_tick(cell):
            return Doubt("unread", span, name_leg(sites), name_vein(sites))
        return Pass("template_blank", span)

    def _read(self, column: Column, cell: Cell) -> Says | None:
        crossed = self._crossed and self._is_bare(cell)
        if crossed and text_of(self._marks, cell) == _CROSS:
            told = column.answer or self._is_state(column)  # the tick beside it says it
            return None if told else find_code(_NO, column.properties, self._codes)
        bare = self._is_bare(cell) and self._has_states()
        return self._says.get(column.cell) if bare or self.is_tick(cell) else None

    def _is_bare(self, cell: Cell) -> bool:
        """Whether a cell is a tick with no box about it, and no code of the report's legend."""
        text = text_of(self._marks, cell)
        return text in TICKS and text not in self._legend

    def _has_states(self) -> bool:
        """Whether two columns or more are what a vein may be found to be."""
        return len({says for says in self._says.values() if says is not None}) > 1

    def _is_state(self, column: Column) -> bool:
        """Whether another column is of the same question: "Incompetent" beside "Competent"."""
        says = self._says.get(column.cell)
        return says is not None and any(
            other is not None and other[0] == says[0] != _ANATOMY and other != says
            for other in self._says.values()
        )

    def _settle(self, column: Column) -> Says | None:
        """What a header says of the veins that are ticked under it."""
        text = text_of(self._marks, column.cell)
        for asked in (column.properties,) if column.answer else ASKED:
            found = find_code(text, asked, self._codes)
            if found is not None and (len(text) > 1):
                return found
        names = [name for name in column.properties if name != "label"]
        if len(names) != 1 or column.units:
            return None
        last = text.rsplit(" ", 1)[-1]
        answer = find_code(last, names, self._codes) if last != text else None
        return answer or find_code(_YES, names, self._codes)
