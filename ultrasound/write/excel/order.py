"""The order of studies in the workbook, and their rows, a few studies at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ultrasound.write.parquet import list_batches, read_part, read_table

Row = dict[str, object]
STUDIES_AT_ONCE = 250
_ALL: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class StudyPlace:
    """One study: the batch that holds its rows, whose it is, and whether its legs stand first."""

    key: str
    batch: int
    urgent: bool
    patient_id: str | None
    exam_date: str | None


class StudyOrder:
    """All studies by patient, date and key; holds keys and counts, never rows."""

    def __init__(self, parts: Path) -> None:
        self.parts = parts
        found: dict[tuple[str, str, str], StudyPlace] = {}
        for batch in list_batches(parts):
            for row in read_part(parts, "_studies", batch):
                place = StudyPlace(
                    str(row["study"]),
                    batch,
                    bool(row["urgent"]),
                    _text(row["patient_id"]),
                    _text(row["exam_date"]),
                )
                found[place.patient_id or "", place.exam_date or "", place.key] = place
        self.studies = [found[sorting] for sorting in sorted(found)]
        self.urgent = [study for study in self.studies if study.urgent]
        self._owners = {
            study.key: {"patient_id": study.patient_id, "exam_date": study.exam_date}
            for study in self.studies
        }

    def own(self, row: Row) -> Row:
        """The row with the patient and date of its study, for sheets that would not say whose."""
        return {**self._owners.get(str(row["study"]), {}), **row}

    def count(self, table: str) -> Counter[str]:
        """How many rows of a table each study has."""
        return Counter(str(row["study"]) for row in read_table(self.parts, table, ["study"]))

    def find_first_rows(self, counts: Counter[str]) -> dict[str, int]:
        """The row at which each study begins in a table of which it has so many rows."""
        first: dict[str, int] = {}
        row = 0
        for study in self.studies:
            first[study.key] = row
            row += counts[study.key]
        return first

    def read(
        self,
        table: str,
        studies: Sequence[StudyPlace] | None = None,
        columns: Sequence[str] | None = None,
    ) -> Iterator[Row]:
        """The rows of a table, study by study in order, whole or some columns of them."""
        wanted = {} if columns is None else {table: columns}
        for _, rows in self.read_studies((table,), studies, wanted):
            yield from rows[table]

    def read_studies(
        self,
        tables: Sequence[str],
        studies: Sequence[StudyPlace] | None = None,
        columns: Mapping[str, Sequence[str]] = _ALL,
    ) -> Iterator[tuple[str, dict[str, list[Row]]]]:
        """Each study with its rows of several tables; only some studies are held at a time.

        ``columns`` names those of a table that are wanted; the study is one of them.
        """
        listed = self.studies if studies is None else studies
        for start in range(0, len(listed), STUDIES_AT_ONCE):
            some = listed[start : start + STUDIES_AT_ONCE]
            held = {study.key: {table: list[Row]() for table in tables} for study in some}
            for table in tables:
                batches = {study.batch for study in some}
                for row in self._read_batches(table, batches, columns.get(table)):
                    if row["study"] in held:
                        held[str(row["study"])][table].append(row)
            for study in some:
                yield study.key, held.pop(study.key)

    def _read_batches(
        self, table: str, batches: Iterable[int], columns: Sequence[str] | None
    ) -> Iterator[Row]:
        for batch in sorted(batches):
            yield from read_part(self.parts, table, batch, columns)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
