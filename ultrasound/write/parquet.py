"""Parquet: the parts that a batch leaves as it goes, and the tables that are made from them.

A part is one file per table and batch, ``<table>/<batch>.parquet``. It is written under another
name and then put in place; ``_studies`` comes last, so that a batch counts only once it is whole.
The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ultrasound.write.columns import PART_TABLES

Row = Mapping[str, object]
MARKER = "_studies"
ROWS_PER_GROUP = 10_000
_ROWS_AT_ONCE = 2_000
_TYPES = {
    "string": pa.string(),
    "double": pa.float64(),
    "int": pa.int64(),
    "bool": pa.bool_(),
}


class PartWriter:
    """Writes the rows of batches of studies into a folder of parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, batch_number: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """Write one batch; a batch of the same number is replaced.

        Raises:
            KeyError: A table is not known.
        """
        tables = [table for table in PART_TABLES if table != MARKER and rows.get(table)]
        if unknown := sorted(set(rows) - set(PART_TABLES)):
            raise KeyError(f"not a table: {unknown[0]!r}")
        self.part_path(MARKER, batch_number).unlink(missing_ok=True)
        for table in PART_TABLES:
            if table not in tables:
                self.part_path(table, batch_number).unlink(missing_ok=True)
        for table in (*tables, MARKER):
            self._write_part(table, batch_number, rows.get(table, ()))

    def part_path(self, table: str, batch_number: int) -> Path:
        """The file of one table and batch."""
        return self.folder / table / f"{batch_number:08d}.parquet"

    def _write_part(self, table: str, batch_number: int, rows: Sequence[Row]) -> None:
        path = self.part_path(table, batch_number)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".unfinished")
        pq.write_table(
            pa.Table.from_pylist(list(rows), schema=table_schema(table)),
            unfinished,
            compression="zstd",
        )
        unfinished.replace(path)


def table_schema(table: str) -> pa.Schema:
    """The Parquet columns of a table."""
    return pa.schema([(column.name, _TYPES[column.type]) for column in PART_TABLES[table]])


def list_batches(folder: Path) -> list[int]:
    """The numbers of the batches that are whole, in order."""
    return sorted(int(path.stem) for path in (folder / MARKER).glob("*.parquet"))


def read_part(
    folder: Path, table: str, batch_number: int, columns: Sequence[str] | None = None
) -> Iterator[dict[str, object]]:
    """The rows of one table in one batch; no rows where the batch has none."""
    path = PartWriter(folder).part_path(table, batch_number)
    if not path.exists():
        return
    with pq.ParquetFile(path) as part:
        for batch in part.iter_batches(batch_size=_ROWS_AT_ONCE, columns=columns):
            yield from batch.to_pylist()


def read_table(
    folder: Path, table: str, columns: Sequence[str] | None = None
) -> Iterator[dict[str, object]]:
    """The rows of a table over all batches, in order; only a few are held at a time."""
    for batch_number in list_batches(folder):
        yield from read_part(folder, table, batch_number, columns)


def count_rows(folder: Path, table: str) -> int:
    """How many rows a table has over all batches, as its files say; no row is read."""
    writer = PartWriter(folder)
    paths = [writer.part_path(table, number) for number in list_batches(folder)]
    return sum(pq.read_metadata(path).num_rows for path in paths if path.exists())


def list_filled(folder: Path, table: str) -> set[str]:
    """The columns of a table that hold anything in any row, as its files say; no row is read."""
    writer = PartWriter(folder)
    filled: set[str] = set()
    for path in (writer.part_path(table, number) for number in list_batches(folder)):
        if path.exists():
            filled |= _list_filled(pq.read_metadata(path))
    return filled


def _list_filled(part: pq.FileMetaData) -> set[str]:
    groups = (part.row_group(number) for number in range(part.num_row_groups))
    columns = (group.column(number) for group in groups for number in range(group.num_columns))
    return {
        column.path_in_schema
        for column in columns
        if column.num_values
        and (column.statistics is None or column.statistics.null_count < column.num_values)
    }


def read_output(path: Path) -> Iterator[dict[str, object]]:
    """The rows of a table's file in a folder of results.

    Raises:
        OSError: The file cannot be opened.
        ValueError: It is no Parquet file.
    """
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield from batch.to_pylist()


def write_parquet(parts: Path, table: str, path: Path) -> None:
    """Make one table's file from its parts, independent of how rows were spread over batches."""
    schema = table_schema(table)
    unfinished = path.with_name(path.name + ".unfinished")
    with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for rows in _regroup(read_table(parts, table)):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    unfinished.replace(path)


def _regroup(rows: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    group: list[dict[str, object]] = []
    for row in rows:
        group.append(row)
        if len(group) == ROWS_PER_GROUP:
            yield group
            group = []
    if group:
        yield group


def by_study(rows: Iterable[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    """Rows by the key of their study, each study's in their order."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        found.setdefault(str(row["study"]), []).append(row)
    return found
