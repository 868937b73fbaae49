"""The way from a workbook's rows to the files of their studies: vein maps and evidence pages."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from ultrasound.write.excel.layout import ColumnLayout, SheetLayout, source_column
from ultrasound.write.excel.links import FileTarget
from ultrasound.write.folders import MAPS, PAGES, SUFFIXES, place_file
from ultrasound.write.review_rows import LATE

# The columns of words, by table, that an arrow to the page stands beside.
_WORDS = {"legs": "documents", "observations": "quote", "review": "quotes"}
MAP_HEAD = "Map"
_MAP = ColumnLayout(
    "study", 6, "Patient and exam", centre=True, link=True, arrow=True, head=MAP_HEAD
)


class StudyFiles:
    """Links of one workbook; they are relative, so that all of the results can be moved together.

    ``results`` is the folder of the run, which the workbook may lie in, below or anywhere else.
    """

    def __init__(self, results: Path, workbook: Path) -> None:
        self._results = results
        self._paths: dict[tuple[str, str], str | None] = {}
        self._way = _find_way(results, workbook)
        self._present = {
            folder for folder in (MAPS, PAGES) if self._way is not None and _holds(results, folder)
        }

    def lay_out(self, layout: SheetLayout) -> SheetLayout:
        """The sheet with its way to the maps and pages, where there are some."""
        if PAGES in self._present and (words := _WORDS.get(layout.table)):
            names = [column.name for column in layout.columns]
            number = names.index(words)
            layout = _insert(layout, number + 1, source_column(layout.columns[number])[1])
        if MAPS in self._present and layout.table == "legs":
            layout = _insert(layout, layout.frozen, _MAP)
        return layout

    def find(self, table: str, study: object, place: str = "") -> dict[str, FileTarget | None]:
        """Where a row leads to: a place of its study's page, and from Legs its map, if there."""
        tip = "To these words in the report" if place else "To the evidence page of this exam"
        found = {_WORDS[table]: self._link(PAGES, study, tip, place or None)}
        if table == "legs":
            found[_MAP.name] = self._link(MAPS, study, "To the vein map")
        return found

    def find_review(self, row: Mapping[str, object]) -> dict[str, FileTarget | None]:
        """Where the words of a review item lead to.

        A page has no item that arose beside other exams; the fact that it is about is there.
        """
        key = f"q-{row['id']}"
        if str(row["id"]).startswith(LATE):
            key = f"o-{str(row['observations']).partition('; ')[0]}"
        return self.find("review", row["study"], key)

    def _link(
        self, folder: str, study: object, tip: str, place: str | None = None
    ) -> FileTarget | None:
        key = (folder, str(study))
        if key not in self._paths:  # one look at the disk for all rows of a study
            self._paths[key] = self._find_path(*key)
        path = self._paths[key]
        return None if path is None else FileTarget(path, tip, place)

    def _find_path(self, folder: str, study: str) -> str | None:
        path = place_file(folder, study)
        if folder not in self._present or not (self._results / path).is_file():
            return None
        return quote(f"{self._way}{path.as_posix()}")


def _find_way(results: Path, workbook: Path) -> str | None:
    """What stands before the path of a study's file; None where no relative path leads there."""
    try:
        way = Path(os.path.relpath(results.resolve(), workbook.parent.resolve()))
    except ValueError:  # another drive
        return None
    return "" if way == Path() else f"{way.as_posix()}/"


def _holds(results: Path, folder: str) -> bool:
    """Whether a folder has files of studies; only as many as needed are looked at."""
    if not (results / folder).is_dir():
        return False
    with os.scandir(results / folder) as entries:
        return any(Path(entry.name).suffix in SUFFIXES[folder] for entry in entries)


def _insert(layout: SheetLayout, number: int, column: ColumnLayout) -> SheetLayout:
    """The sheet with one more column; beside one that stays in sight or prints it does so too."""
    return replace(
        layout,
        columns=(*layout.columns[:number], column, *layout.columns[number:]),
        frozen=layout.frozen + (number <= layout.frozen),
        printed=layout.printed + (number <= layout.printed),
    )
