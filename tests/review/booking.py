"""A workbook as a reviewer sees it: cells by sheet, header and row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

Wanted = Callable[[dict[str, object]], bool]


class OpenBook:
    """A workbook that is saved elsewhere at the end of ``with``."""

    def __init__(self, source: Path, target: Path) -> None:
        self._book = load_workbook(source)
        self._target = target

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._book.save(self._target)

    def sheet(self, name: str) -> Worksheet:
        """A sheet by its name."""
        found = self._book[name]
        assert isinstance(found, Worksheet)
        return found

    def find(self, sheet: str, wanted: Wanted) -> int:
        """The first row whose cells, by header, are as wanted."""
        rows = self.sheet(sheet).iter_rows(min_row=2, values_only=True)
        heads = self._heads(sheet)
        for number, values in enumerate(rows, 2):
            if wanted({head: values[column - 1] for head, column in heads.items()}):
                return number
        raise LookupError(sheet)

    def cell(self, sheet: str, row: int, header: str) -> Cell:
        """A cell below a header."""
        found = self.sheet(sheet).cell(row, self._heads(sheet)[header])
        assert isinstance(found, Cell)
        return found

    def write(self, sheet: str, row: int, **cells: object) -> None:
        """Write into a row; a header's spaces are underscores here."""
        for header, value in cells.items():
            self.cell(sheet, row, header.replace("_", " ")).value = value  # type: ignore[assignment]

    def _heads(self, sheet: str) -> dict[str, int]:
        heads: dict[str, int] = {}
        number = 2 if sheet == "Legs" else 1
        for cell in self.sheet(sheet)[number]:
            heads.setdefault(str(cell.value), cell.column or 0)
        return heads
