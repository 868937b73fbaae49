"""Parquet parts: whole batches only, in order, the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.write.studies import make_result, write_parts
from ultrasound.write.columns import TABLES
from ultrasound.write.parquet import (
    MARKER,
    PartWriter,
    list_batches,
    read_table,
    write_parquet,
)
from ultrasound.write.rows import result_rows

RESULTS = [make_result(number) for number in range(1, 6)]


def test_rows_come_back(tmp_path: Path) -> None:
    """What was written is read, batch by batch and table by table."""
    parts = write_parts(tmp_path, RESULTS)
    for table in TABLES:
        expected = [row for result in RESULTS for row in result_rows(result).get(table, [])]
        if table not in ("files", "trends"):
            assert list(read_table(parts, table)) == expected


def test_batches_are_read_by_number(tmp_path: Path) -> None:
    """The order of writing does not matter, the number does."""
    writer = PartWriter(tmp_path)
    for number in (10, 2, 1):
        writer.write(number, {"files": [{"path": str(number)}]})
    assert list_batches(tmp_path) == [1, 2, 10]
    assert [row["path"] for row in read_table(tmp_path, "files", ["path"])] == ["1", "2", "10"]


def test_batch_without_its_marker_does_not_count(tmp_path: Path) -> None:
    """A batch that was cut short is not read, and its number can be written again."""
    writer = PartWriter(tmp_path)
    writer.write(1, {"files": [{"path": "old"}], "context": [{"fact": "position"}]})
    writer.part_path(MARKER, 1).unlink()
    assert list(read_table(tmp_path, "files")) == []
    writer.write(1, {"files": [{"path": "new"}]})
    assert [row["path"] for row in read_table(tmp_path, "files")] == ["new"]
    assert list(read_table(tmp_path, "context")) == []


def test_unknown_table_is_refused(tmp_path: Path) -> None:
    """Rows of a table that nobody reads are an error."""
    with pytest.raises(KeyError, match="not a table: 'segmnts'"):
        PartWriter(tmp_path).write(1, {"segmnts": []})


@pytest.mark.parametrize("table", TABLES)
def test_bytes_do_not_depend_on_batches(tmp_path: Path, table: str) -> None:
    """One batch or many, the table's file is the same byte by byte."""
    files = []
    for per_batch in (1, 5):
        parts = write_parts(tmp_path / str(per_batch), RESULTS, per_batch)
        path = tmp_path / f"{per_batch}.parquet"
        write_parquet(parts, table, path)
        files.append(path.read_bytes())
    assert files[0] == files[1]


def test_types(tmp_path: Path) -> None:
    """Numbers, whole numbers and truth values have their own types, also where all are empty."""
    parts = write_parts(tmp_path / "parts", RESULTS)
    write_parquet(parts, "observations", tmp_path / "o.parquet")
    schema = pq.read_schema(tmp_path / "o.parquet")
    types = {name: str(schema.field(name).type) for name in ("value_number", "count", "expanded")}
    assert types == {"value_number": "double", "count": "int64", "expanded": "bool"}
    assert str(schema.field("derivation").type) == "string"


def test_empty_table_has_its_columns(tmp_path: Path) -> None:
    """A table without rows is a file with its columns."""
    write_parquet(tmp_path, "images", tmp_path / "images.parquet")
    table = pq.read_table(tmp_path / "images.parquet")
    assert table.num_rows == 0
    assert table.column_names == [column.name for column in TABLES["images"]]
