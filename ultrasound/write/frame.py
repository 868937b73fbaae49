"""A table of a finished run as a pandas DataFrame, for those who go on with the figures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ultrasound.errors import UsageError
from ultrasound.write.columns import TABLES


def read_frame(folder: Path, table: str) -> pd.DataFrame:
    """Read one table of the folder that ``ultrasound run --out`` wrote.

    Missing values are missing (``pandas.NA``), never 0 and never "normal"; whole numbers and truth
    values keep their type beside missing ones.

    Args:
        folder: the folder of a finished run.
        table: a name of docs/tables.md: ``legs``, ``segments``, ``observations``, …

    Raises:
        UsageError: the table is not known, or the folder does not hold it.
    """
    if table not in TABLES:
        raise UsageError(f"no table {table!r}; choose one of {', '.join(TABLES)}")
    path = folder / f"{table}.parquet"
    if not path.is_file():
        raise UsageError(f"{path}: not here; name the folder that `ultrasound run` wrote")
    return pd.read_parquet(path, dtype_backend="numpy_nullable")
