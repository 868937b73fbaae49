"""Runs and reviews in silence, and their tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ultrasound.batch.review import ReviewJob, review_workbook
from ultrasound.batch.run import Job, run_batch
from ultrasound.batch.summary import Summary
from ultrasound.domain import Correction
from ultrasound.write.parquet import read_output

SAMPLES = Path(__file__).parents[2] / "sample_reports"
FOLDERS = ("dicom/text_and_sr", "dvt_emergency", "pipe_table", "worksheet_with_legend")
WHEN = "2026-05-31"
HOSTILE = '=HYPERLINK("http://x")'
Row = dict[str, object]


def run(out: Path, inputs: Path, corrections: tuple[Correction, ...] = ()) -> Summary:
    """Run a batch in silence; everything that can be written is asked for."""
    asked = {"maps": True, "pages": True, "formats": ("docx", "md")}
    job = Job((inputs,), out, corrections=corrections, **asked)  # type: ignore[arg-type]
    return run_batch(job, lambda *_: None, lambda _: None)


def review(
    book: Path | tuple[Path, ...],
    out: Path,
    results: Path,
    **more: str | Path | tuple[Path, ...] | None,
) -> list[str]:
    """Review workbooks; what was told."""
    notes: list[str] = []
    books = book if isinstance(book, tuple) else (book,)
    job = ReviewJob(books, out, results=results, **{"date": WHEN, "initials": "CD", **more})  # type: ignore[arg-type]
    review_workbook(job, lambda *_: None, notes.append)
    return notes


def rows(folder: Path, table: str) -> list[Row]:
    """The rows of a table of a run."""
    return list(read_output(folder / f"{table}.parquet"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and of those in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def pick(found: Sequence[Row], **wanted: object) -> Row:
    """The only row with these cells."""
    (row,) = [row for row in found if all(row[name] == value for name, value in wanted.items())]
    return row
