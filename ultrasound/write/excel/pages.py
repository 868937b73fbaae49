"""The way from a workbook's words to the evidence pages beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ultrasound.write.excel.layout import SheetLayout, source_column
from ultrasound.write.excel.links import FileTarget
from ultrasound.write.folders import PAGES, place_file
from ultrasound.write.review_rows import LATE

# The columns of words, by table, that an arrow to the page stands beside.
_WORDS = {"legs": "documents", "observations": "quote", "review": "quotes"}


class PageLinks:
    """Links of one workbook; they are relative, so that both can be moved together."""

    def __init__(self, workbook: Path) -> None:
        self._folder = workbook.parent
        self._any = (self._folder / PAGES).is_dir()

    def lay_out(self, layout: SheetLayout) -> SheetLayout:
        """The sheet with its arrows to the pages, where there are pages."""
        if not self._any:
            return layout
        words = _WORDS[layout.table]
        columns = list(layout.columns)
        number = next(at for at, column in enumerate(columns) if column.name == words)
        columns[number : number + 1] = source_column(columns[number])
        return replace(
            layout,
            columns=tuple(columns),
            frozen=layout.frozen + (number < layout.frozen),
            printed=layout.printed + (number < layout.printed),
        )

    def find(self, table: str, study: object, place: str = "") -> dict[str, FileTarget | None]:
        """Where the words of a row lead to: a place of its study's page, if it has one."""
        path = place_file(PAGES, str(study))
        if not self._any or not (self._folder / path).is_file():
            return {}
        tip = "To these words in the report" if place else "To the evidence page of this exam"
        return {_WORDS[table]: FileTarget(path.as_posix(), tip, place or None)}

    def find_review(self, row: Mapping[str, object]) -> dict[str, FileTarget | None]:
        """Where the words of a review item lead to.

        A page has no item that arose beside other exams; the fact that it is about is there.
        """
        key = f"q-{row['id']}"
        if str(row["id"]).startswith(LATE):
            key = f"o-{str(row['observations']).partition('; ')[0]}"
        return self.find("review", row["study"], key)
