"""The form of writing/report.toml: the words of the text report."""

from __future__ import annotations

from functools import lru_cache

from ultrasound.knowledge.tables import Row, load_table


class Band(Row):
    """Veins that stand together in the table of findings, in their order."""

    title: str
    veins: tuple[str, ...]
    expected: tuple[str, ...]


class ReportColumns(Row):
    """The headers of the tables in a report."""

    findings: tuple[str, ...]
    criteria: tuple[str, ...]
    decisions: tuple[str, ...]
    review: tuple[str, ...]


class ReportTable(Row):
    """writing/report.toml."""

    title: str
    intended_use: str
    not_stated: str
    not_as_whole: str
    no_leg_row: str
    no_review: str
    uncertain: str
    decided_by: str
    not_verified: str
    sections: dict[str, str]
    labels: dict[str, str]
    columns: ReportColumns
    words: dict[str, str]
    band: tuple[Band, ...]


@lru_cache(maxsize=1)
def load_report_words() -> ReportTable:
    """Load the table."""
    return load_table("writing/report.toml", ReportTable)
