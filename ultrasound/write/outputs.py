"""All outputs of a run, made from its parts: workbook, JSON lines, Parquet and CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ultrasound.write.columns import TABLES
from ultrasound.write.csv import write_csv
from ultrasound.write.excel.workbook import write_workbook
from ultrasound.write.jsonl import write_jsonl
from ultrasound.write.parquet import MARKER, count_rows, write_parquet

WORKBOOK = "evidence.xlsx"
MOST_STUDIES = 5_000
# Not for other programs: what a workbook of some studies is made from beside the tables.
HELPERS = (MARKER, "_links")
JSON_LINES = "observations.jsonl"
RUN = "Run"
_NUMBER_LENGTH = 16


def write_outputs(parts: Path, out: Path, about: Mapping[str, str]) -> tuple[Path, ...]:
    """Write every output into ``out`` and name the files; each appears only once it is whole.

    More studies than a workbook should hold have none here.

    Args:
        parts: The folder of a PartWriter.
        out: The folder for the outputs; made if it does not exist.
        about: What the About sheet says of the run, label by label, in order.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for table in TABLES:
        for suffix, write in ((".parquet", write_parquet), (".csv", write_csv)):
            path = out / f"{table}{suffix}"
            write(parts, table, path)
            written.append(path)
    for table in HELPERS:
        path = out / f"{table}.parquet"
        write_parquet(parts, table, path)
        written.append(path)
    write_jsonl(parts, out / JSON_LINES)
    if not fits_one_workbook(parts):
        return (out / JSON_LINES, *written)
    write_workbook(parts, out / WORKBOOK, {**about, RUN: name_run(out)})
    return (out / WORKBOOK, out / JSON_LINES, *written)


def fits_one_workbook(parts: Path) -> bool:
    """Whether one workbook holds all studies; else there is one for each exam month."""
    return count_rows(parts, MARKER) <= MOST_STUDIES


def name_run(out: Path) -> str:
    """The number of a run: the hash of its tables, by which its workbooks are known."""
    whole = hashlib.sha256()
    for table in TABLES:
        path = out / f"{table}.parquet"
        if path.is_file():
            with path.open("rb") as stream:
                whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()[:_NUMBER_LENGTH]
