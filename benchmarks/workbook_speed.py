"""What the workbook costs beside bare openpyxl: ``python -m benchmarks.workbook_speed --write``.

The program writes a workbook of so many observations, in a process of its own. Every row that it
handed to openpyxl is kept: values, styles, links. Another process hands the very same rows to
openpyxl's write-only mode and does nothing else. The sheets of the two must be the same, byte for
byte, or there is no result.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from unittest import mock

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

import ultrasound
from benchmarks.corpus import list_reports, write_corpus
from benchmarks.engines import peak_megabytes
from benchmarks.memory import STATUS
from benchmarks.page import write_section
from ultrasound.domain import Study
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.parquet import PartWriter
from ultrasound.write.rows import result_rows

REPORTS: Final = 60
STUDIES_PER_PART: Final = 100
TABLES: Final = ("legs", "observations", "_links", "_studies")
STYLES: Final = ("font", "fill", "border", "alignment", "number_format", "quotePrefix")
ROWS: Final = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
Row = dict[str, Any]


def make_parts(folder: Path, wanted: int) -> int:
    """Parts with so many observations: those of some reports, over and over under other keys."""
    samples = list(_read_samples(folder / "reports"))
    writer, done, number, batch = PartWriter(folder / "parts"), 0, 0, 0
    while done < wanted:
        batch += 1
        rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        for _ in range(STUDIES_PER_PART):
            sample = samples[number % len(samples)]
            number += 1
            for table in TABLES:
                rows[table] += [_rename(row, number) for row in sample[table]]
        left = wanted - done
        rows["observations"] = rows["observations"][:left]
        done += len(rows["observations"])
        writer.write(batch, rows)
    return number


def _read_samples(folder: Path) -> Iterator[dict[str, list[Row]]]:
    write_corpus(folder, REPORTS)
    knowledge, settings = ultrasound.load_knowledge(), ultrasound.load_settings(None)
    for path in list_reports(folder):
        for document in ultrasound.read_file(path, path.name, knowledge).documents:
            study = Study(path.stem, (document,), patient_id=path.stem, exam_date="2026-03-02")
            yield result_rows(ultrasound.process_study(study, knowledge, settings, ()))


def _rename(row: Row, number: int) -> Row:
    """The row as that of another study, whose observations have ids of their own."""
    tail = f"{number:08x}"
    changed = {"study": tail, "patient_id": f"P-{tail}", "id": f"{tail}{row.get('id')}"}
    if row.get("observations"):
        ids = str(row["observations"]).split("; ")
        changed["observations"] = "; ".join(f"{tail}{each}" for each in ids)
    return {**row, **{key: value for key, value in changed.items() if key in row}}


def write_ours(folder: Path) -> None:
    """The program's workbook."""
    write_workbook(folder / "parts", folder / "ours.xlsx", {"Program": "benchmark"})


def record(folder: Path) -> None:
    """Write it once more and keep what openpyxl is given: not timed."""
    append = WriteOnlyWorksheet.append
    seen: dict[tuple[int, ...], int] = {}
    with (folder / "rows.pickle").open("wb") as file:

        def keep(sheet: Any, row: list[Cell | None]) -> None:
            line = sheet._max_row = sheet._max_row + 1  # noqa: SLF001 - unused in this mode
            cells = [None if cell is None else _describe(cell, seen) for cell in row]
            height = sheet.row_dimensions[line].height if line in sheet.row_dimensions else None
            pickle.dump((sheet.title, height, cells), file)
            append(sheet, row)

        with mock.patch.object(WriteOnlyWorksheet, "append", keep):
            write_ours(folder)


def _describe(cell: Any, seen: dict[tuple[int, ...], int]) -> tuple[object, ...]:
    """A cell's value, its link, the number of its style and, at its first use, the style."""
    key = tuple(cell._style)  # noqa: SLF001 - what makes two styles the same
    style = None
    if key not in seen:
        seen[key] = len(seen)
        style = {name: _plain(getattr(cell, name)) for name in STYLES}
    link = cell.hyperlink
    where = None if link is None else (link.location, link.tooltip)
    return cell.value, where, seen[key], style


def _plain(value: object) -> object:
    """The style behind openpyxl's proxy."""
    return value.__copy__() if hasattr(value, "__copy__") else value


def write_bare(folder: Path) -> None:
    """The same rows through openpyxl's write-only mode, and nothing else."""
    book = Workbook(write_only=True)
    styles: list[Any] = []
    for title, number, height, cells in _read_rows(folder / "rows.pickle"):
        if title not in book.sheetnames:
            sheet: Any = book.create_sheet(title)
        if height is not None:
            sheet.row_dimensions[number].height = height
        sheet.append([None if cell is None else _make(sheet, cell, styles) for cell in cells])
        sheet.row_dimensions.pop(number, None)
    book.save(folder / "bare.xlsx")


def _read_rows(path: Path) -> Iterator[tuple[str, int, float | None, list[Any]]]:
    lines: dict[str, int] = {}
    with path.open("rb") as file:
        while True:
            try:
                title, height, cells = pickle.load(file)
            except EOFError:
                return
            lines[title] = lines.get(title, 0) + 1
            yield title, lines[title], height, cells


def _make(sheet: Any, cell: tuple[Any, ...], styles: list[Any]) -> Any:
    value, where, style, first = cell
    made: Any = WriteOnlyCell(sheet, value)
    if first is not None:
        for name, part in first.items():
            setattr(made, name, part)
        styles.append(made._style)  # noqa: SLF001 - the cheapest way to share a style
    made._style = styles[style]  # noqa: SLF001
    if isinstance(value, str):
        made.data_type = "s"
    if where is not None:
        made.hyperlink = Hyperlink(ref="A1", location=where[0], tooltip=where[1])
    return made


STEPS: Final[Mapping[str, Callable[[Path], None]]] = {
    "ours": write_ours,
    "record": record,
    "bare": write_bare,
}


def run_step(name: str, folder: Path) -> Row:
    """One step in a process of its own: its processor seconds and its largest memory."""
    command = [sys.executable, "-m", "benchmarks.workbook_speed", "--step", name, str(folder)]
    found: Row = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def time_step(name: str, folder: Path) -> None:
    """Run a step and print what it took."""
    started = time.process_time()
    STEPS[name](folder)
    print(json.dumps({"seconds": time.process_time() - started, "peak": _read_peak()}))


def _read_peak() -> float:
    """The most that this process has held, in MB; what the system counts, or what it tells."""
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text("utf-8"))
        if found:
            return int(found[1]) * 1024 / 1e6
    return peak_megabytes() or 0.0


def compare(folder: Path) -> tuple[int, int]:
    """How many cells and links both workbooks hold; an error where they differ."""
    cells = links = 0
    with zipfile.ZipFile(folder / "ours.xlsx") as a, zipfile.ZipFile(folder / "bare.xlsx") as b:
        names = [n for n in a.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        for name in sorted(names):
            ours, bare = a.read(name), b.read(name)
            found, other = ROWS.search(ours), ROWS.search(bare)
            if (found and found[0]) != (other and other[0]):
                raise ValueError(f"{name}: the two workbooks differ")
            if ours.count(b"<hyperlink ") != bare.count(b"<hyperlink "):
                raise ValueError(f"{name}: the links of the two workbooks differ")
            cells += ours.count(b"<c ")
            links += ours.count(b"<hyperlink ")
    return cells, links


def measure(rows: int, rounds: int) -> Row:
    """Write so many observations both ways, in turn, several times over."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        studies = make_parts(folder, rows)
        run_step("record", folder)
        taken = [(run_step("ours", folder), run_step("bare", folder)) for _ in range(rounds)]
        cells, links = compare(folder)
    ours, bare = (min((pair[i] for pair in taken), key=lambda t: t["seconds"]) for i in (0, 1))
    return {"rows": rows, "studies": studies, "cells": cells, "links": links} | {
        "ours": ours,
        "bare": bare,
    }


def write_table(measured: list[Row]) -> str:
    """The measurements as a table of Markdown."""
    lines = [
        "| facts | exams | cells | links | ours, s | bare, s | times | ours, MB | bare, MB |",
        "| ---: " * 9 + "|",
    ]
    for row in measured:
        ours, bare = row["ours"], row["bare"]
        lines.append(
            f"| {row['rows']:,} | {row['studies']:,} | {row['cells']:,} | {row['links']:,} "
            f"| {ours['seconds']:.1f} | {bare['seconds']:.1f} "
            f"| {ours['seconds'] / bare['seconds']:.2f} | {ours['peak']:.0f} | {bare['peak']:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[50_000, 200_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into the page, too")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        time_step(asked.step[0], Path(asked.step[1]))
        return
    table = write_table([measure(rows, asked.rounds) for rows in asked.rows])
    print(table)
    if asked.write:
        write_section("workbook speed", table)


if __name__ == "__main__":
    main()
