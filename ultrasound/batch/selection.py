"""The rows of some studies, as parts of their own: what a workbook of a patient is made from.

They are taken from the parts of a run, or from the Parquet files of a folder of results, which hold
the same tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ultrasound.write.columns import PART_TABLES
from ultrasound.write.parquet import PartWriter, list_batches

STUDIES_PER_PART: Final = 100
# No workbook shows these.
_UNUSED: Final = ("context", "_lines")
# Tables whose rows are not beside those of their study: the last batches hold them.
_APART: Final = {"files": ("study",), "trends": ("first_study", "previous_study", "last_study")}
WHOLE: Final = tuple(table for table in PART_TABLES if table not in _UNUSED)


def copy_studies(
    source: Path,
    studies: Sequence[str | None],
    parts: Path,
    *,
    tables: Sequence[str] = WHOLE,
    batches: Sequence[int] | None = None,
) -> None:
    """Copy the rows of some studies into a new folder of parts.

    Args:
        source: A folder of parts, or a folder of results.
        studies: Their keys, in the order in which they are written; None for what has no study.
        parts: The folder to write to.
        tables: The tables that are wanted.
        batches: Where ``source`` has parts, the numbers of those that hold the studies.
    """
    writer = PartWriter(parts)
    own = {t: _read_rows(source, t, studies, batches) for t in tables if t not in _APART}
    number = 0
    for number, keys in enumerate(_in_groups(studies), 1):
        writer.write(number, {t: _filter(rows, t, keys).to_pylist() for t, rows in own.items()})
    apart = {t: _read_rows(source, t, studies, None) for t in tables if t in _APART}
    writer.write(number + 1, {table: rows.to_pylist() for table, rows in apart.items()})


def _read_rows(
    source: Path, table: str, studies: Sequence[str | None], batches: Sequence[int] | None
) -> pa.Table:
    found = []
    for path in _list_files(source, table, batches):
        with pq.ParquetFile(path) as file:
            found += [
                _filter(pa.Table.from_batches([rows]), table, studies)
                for rows in file.iter_batches()
            ]
    return pa.concat_tables(found) if found else pa.table({})


def _list_files(source: Path, table: str, batches: Sequence[int] | None) -> list[Path]:
    stored = source / f"{table}.parquet"
    if stored.is_file():
        return [stored]
    numbers: Iterable[int] = list_batches(source) if batches is None else batches
    paths = (PartWriter(source).part_path(table, number) for number in numbers)
    return [path for path in paths if path.exists()]


def _filter(rows: pa.Table, table: str, studies: Sequence[str | None]) -> pa.Table:
    """The rows that name one of the studies."""
    if not rows.num_rows:
        return rows
    keys = pa.array(studies, pa.string())
    first, *others = (
        pc.is_in(rows[column], value_set=keys) for column in _APART.get(table, ("study",))
    )
    for other in others:
        first = pc.or_(first, other)
    return rows.filter(first)


def _in_groups(studies: Sequence[str | None]) -> Iterator[list[str | None]]:
    remaining = iter(studies)
    while group := list(islice(remaining, STUDIES_PER_PART)):
        yield group
