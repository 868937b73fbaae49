"""Rows of the parts, patient by patient.

The parts follow the names of the files, so that a patient's exams lie anywhere in them. They are
read once into a database beside them, which then gives one patient at a time; memory holds no
more than that.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from ultrasound.write.parquet import MARKER, list_batches, read_part

Row = dict[str, object]
_FILE: Final = "by_patient.sqlite"
_SCHEMA: Final = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE found (
        patient INTEGER, number INTEGER, source TEXT, line TEXT, PRIMARY KEY (patient, number)
    ) WITHOUT ROWID;
"""
_INSERT: Final = "INSERT INTO found VALUES (?, ?, ?, ?)"
# The primary key is the order, so that nothing is sorted in a folder of its own.
_SELECT: Final = "SELECT source, line FROM found WHERE patient = ? ORDER BY number"


def read_by_patient(
    parts: Path, patients: Mapping[str, int], columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, dict[str, list[Row]]]]:
    """Yield the number of each patient, with its rows by table, in the order of the numbers.

    Args:
        parts: the folder of the parts; the database lies in it while this runs.
        patients: the number of the patient of each study; other studies are passed over.
        columns: the columns to read, by table; ``study`` is one of them.
    """
    path = parts / _FILE
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as store:
            store.executescript(_SCHEMA)
            store.executemany(_INSERT, _list(parts, patients, columns))
            for patient in sorted(set(patients.values())):
                rows: dict[str, list[Row]] = {table: [] for table in columns}
                for table, line in store.execute(_SELECT, (patient,)):
                    rows[table].append(json.loads(line))
                yield patient, rows
    finally:
        path.unlink(missing_ok=True)


def _list(
    parts: Path, patients: Mapping[str, int], columns: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, int, str, str]]:
    number = 0
    for batch in _find_batches(parts, patients):
        for table, names in columns.items():
            for row in read_part(parts, table, batch, names):
                patient = patients.get(str(row["study"]))
                if patient is not None:
                    number += 1
                    yield patient, number, table, json.dumps(row)


def _find_batches(parts: Path, studies: Container[str]) -> Iterator[int]:
    """The batches that hold one of the studies: the others are not opened."""
    for batch in list_batches(parts):
        if any(str(row["study"]) in studies for row in read_part(parts, MARKER, batch, ["study"])):
            yield batch
