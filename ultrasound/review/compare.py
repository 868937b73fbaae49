"""A workbook cell by cell against the tables that it was written from.

Rows are known by their keys, so that sorting and filtering change nothing. A workbook of another
run cannot be compared in this way: of it, only what is written for the reviewer counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ultrasound.assess.cells import CODED
from ultrasound.errors import UsageError
from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.review.workbook import ReviewedBook, Shown, normalize
from ultrasound.write.column import EXAM_DATE, PATIENT
from ultrasound.write.columns import TABLES
from ultrasound.write.excel.layout import ColumnLayout, SheetLayout
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.excel.stream import dress
from ultrasound.write.outputs import name_run
from ultrasound.write.parquet import read_output

Row = Mapping[str, object]
_PLACE: Final = ("leg", "vein", "segment", "item")
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "legs": ("study", "leg"),
    "segments": ("study", *_PLACE),
    "observations": ("id",),
    "review": ("id",),
    "criteria": ("study", "criterion", *_PLACE),
    "completeness": ("study", "leg", "item"),
    "codes": ("study", "leg", "system", "code"),
    "rls": ("study",),
    "trends": ("patient_id", "patient_issuer", "leg", "vein", "segment", "property"),
    "images": ("study", "sop_instance_uid"),
    "files": ("path",),
    "corrections": ("id", "cell", "workbook", "decided"),
}
ENTRIES: Final = ("decision", "corrected_value", "initials")
VALUES: Final = (
    "reflux_time_ms",
    "reflux_time_comparator",
    "reflux_time_upper_ms",
    "diameter_mm",
    "diameter_comparator",
    "diameter_upper_mm",
    "depth_mm",
    *CODED,
)
_OPEN: Final[Mapping[str, tuple[str, ...]]] = {"review": ENTRIES, "segments": VALUES}
_OWNERS: Final = (PATIENT.name, EXAM_DATE.name)
_NOBODY: Final[Row] = dict.fromkeys(_OWNERS)
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Edit:
    """A row in which the reviewer wrote: the row as it was, and the cells that differ.

    ``row`` is None for a row that the reviewer added to Review; ``cells`` has each cell that is
    open to the reviewer and differs, ``shown`` all cells of the row, ``places`` where each stands.
    """

    table: str
    row: Row | None
    cells: Mapping[str, object]
    shown: Mapping[str, object]
    places: Mapping[str, str]


@dataclass(slots=True)
class Findings:
    """What a person did to a workbook: edits, and what is told but not taken in.

    ``foreign``: another run than that of the results wrote it; ``some``: it was written for some
    exams of the run; ``short``: with few sheets.
    """

    edits: list[Edit] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    modified: str | None = None
    foreign: bool = False
    some: bool = False
    short: bool = False


def compare_workbook(path: Path, results: Path) -> Findings:
    """Find what differs between a workbook and the tables of its run.

    Args:
        path: the workbook.
        results: the folder of the run that wrote it.

    Raises:
        UsageError: one of them cannot be read.
    """
    findings = Findings()
    display = load_display()
    owners = _read_owners(results)
    with ReviewedBook(path) as book:
        findings.modified = book.modified
        findings.foreign = book.run != name_run(results)
        findings.some, findings.short = book.holds_some, book.is_short
        if findings.foreign:
            findings.notices.append(
                f"{path.name}: the run in {results} did not write it. Decisions in Review are "
                "taken in where their item is still there. Values in Segments are not: repeat them "
                "in the workbook of that run, or name the folder of this workbook's with --results"
            )
        for make in LAYOUTS.values():
            _SheetReader(make(display), owners, findings).compare(book, results)
        findings.notices += (f"sheet {name}: no run wrote it; not read" for name in book.unread)
        if book.strange:
            findings.notices.append(
                f"{_list_places(book.strange)}: not in a column of a run; not read back"
            )
    return findings


def read_table_rows(results: Path, table: str) -> Iterator[Row]:
    """The rows of a table of a run.

    Raises:
        UsageError: it is not there.
    """
    path = results / f"{table}.parquet"
    try:
        yield from read_output(path)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path}: cannot be read; name the folder of the run that wrote the workbook"
        ) from error


def _read_owners(results: Path) -> dict[str, Row]:
    """Whose each exam is, for sheets of tables that do not say it."""
    rows = read_table_rows(results, "legs")
    return {str(row["study"]): {name: row[name] for name in _OWNERS} for row in rows}


def _list_places(places: list[str]) -> str:
    more = len(places) - _MOST_NAMED
    return ", ".join(places[:_MOST_NAMED]) + (f" and {more} more cells" if more > 0 else "")


class _SheetReader:
    """Compares the sheets of one table with its rows."""

    def __init__(self, layout: SheetLayout, owners: Mapping[str, Row], findings: Findings) -> None:
        self.title, self.table = layout.title, layout.table
        self.columns = {c.name: c for c in layout.columns if not c.arrow}
        self.open = _OPEN.get(self.table, ())
        self.keys = KEYS[self.table]
        self._owners = owners
        self._findings = findings
        self._edited: dict[str, list[str]] = {}

    def compare(self, book: ReviewedBook, results: Path) -> None:
        """Match each row of the sheets with the one that was written, and look at the rest."""
        waiting: dict[tuple[Shown, ...], list[Row]] = {}
        for row in read_table_rows(results, self.table):
            waiting.setdefault(self._key_of(row), []).append(row)
        known = {c.name: c.header for c in (PATIENT, EXAM_DATE, *TABLES[self.table])}
        headers = {name: known[name] for name in self.columns}
        found = book.find_columns(self.title, headers)
        if not self._is_usable(found, headers, bool(waiting)):
            return
        exams: set[Shown] = set()
        for sheet, cells in book.read_lines(self.title, headers):
            shown = {name: cells.get(name, (None, None))[1] for name in self.columns}
            places = {name: f"{sheet}!{place}" for name, (place, _) in cells.items()}
            listed = waiting.get(tuple(normalize(shown[name]) for name in self.keys))
            if listed:
                self._compare_row(listed.pop(0), shown, places)
            else:
                self._take_unknown(shown, places)
            exams.add(normalize(shown.get("study")))
        gone = [row for rows in waiting.values() for row in rows]
        if self._findings.some:
            gone = [row for row in gone if row.get("study") in exams]
        self._tell_closed(len(gone))

    def _is_usable(
        self, found: Mapping[str, int] | None, headers: Mapping[str, str], expected: bool
    ) -> bool:
        """Whether the sheet is there, with the columns that it cannot be read without."""
        if found is None:
            short = self._findings.short and self.table != "review"
            if expected and self.open and not short:
                self._findings.errors.append(
                    f"the workbook has no sheet {self.title}: restore it, or its name"
                )
            elif expected and not self._findings.foreign and not self._findings.some:
                self._findings.notices.append(f"sheet {self.title}: is gone; nothing needs it")
            return False
        entries = ENTRIES if self.table == "review" else ()
        lacking = [headers[name] for name in headers if name not in found]
        needed = [headers[name] for name in (*self.keys, *entries) if name not in found]
        if needed and self.open:
            self._findings.errors.append(
                f"sheet {self.title} has no column {', '.join(needed)}: restore its header"
            )
        elif lacking:
            self._findings.notices.append(
                f"sheet {self.title} has no column {', '.join(lacking)}: not compared"
            )
        return not needed

    def _compare_row(
        self, row: Row, shown: Mapping[str, object], places: Mapping[str, str]
    ) -> None:
        changed = [
            name
            for name in places
            if (name not in _OWNERS or self._is_owned(row))
            and not self._is_same(shown[name], row, self.columns[name])
        ]
        taken = [name for name in changed if name in self.open]
        if self._findings.foreign:
            taken = [n for n in taken if n in ENTRIES and normalize(shown[n]) is not None]
            changed = [name for name in changed if name in VALUES]
        if taken:
            cells = {name: shown[name] for name in taken}
            whole = {
                n: shown[n] if n in places else self._dress(row, c) for n, c in self.columns.items()
            }
            self._findings.edits.append(Edit(self.table, row, cells, whole, places))
        for name in changed:
            if name not in taken:
                self._edited.setdefault(name, []).append(places[name])

    def _take_unknown(self, shown: Mapping[str, object], places: Mapping[str, str]) -> None:
        """A row that was not written: an addition to Review, else an error or a notice."""
        findings, key = self._findings, places["leg" if self.table == "segments" else self.keys[0]]
        new = self.table == "review" and normalize(shown["id"]) is None
        filled = any(normalize(shown[name]) is not None for name in self.open)
        if new and filled:
            cells = {name: shown[name] for name in ENTRIES}
            findings.edits.append(Edit(self.table, None, cells, shown, places))
        elif findings.foreign:
            if self.table == "review" and filled:
                findings.notices.append(
                    f"{places['decision']}: the results have no such item any more; not taken in"
                )
        elif self.table == "segments" and filled:
            findings.errors.append(
                f"{key}: its exam, leg, vein, level or number was changed: write back what stood "
                "there. To move a fact to the other leg, choose correct in Review and write "
                "leg left or leg right; or empty its value here and add it in Review"
            )
        elif filled:
            findings.errors.append(f"{key}: its Id was changed: write back what stood there")
        else:
            findings.notices.append(f"{key}: a row that no run wrote; it is not read back")

    def _tell_closed(self, gone: int) -> None:
        """What was edited and is not read back, column by column, and how many rows are gone."""
        notices = self._findings.notices
        for places in self._edited.values():
            if self._findings.foreign:
                text = "differs from the results, which are of another run; it is not taken in"
            else:
                text = "was edited and is not read back; the value of the run is kept"
            notices.append(f"{_list_places(places)}: {text}")
        if gone and not self._findings.foreign:
            notices.append(
                f"{self.title}: a row was deleted, or what names it was changed; it is kept "
                f"({gone} in all)"
            )

    def _is_owned(self, row: Row) -> bool:
        return _OWNERS[0] in row or str(row.get("study")) in self._owners

    def _is_same(self, shown: object, row: Row, column: ColumnLayout) -> bool:
        expected = self._dress(row, column)
        return shown == expected or normalize(shown) == normalize(expected)

    def _dress(self, row: Row, column: ColumnLayout) -> object:
        if column.name not in row:
            row = self._owners.get(str(row.get("study")), _NOBODY)
        return dress(column, row)[0]

    def _key_of(self, row: Row) -> tuple[Shown, ...]:
        return tuple(normalize(self._dress(row, self.columns[name])) for name in self.keys)
