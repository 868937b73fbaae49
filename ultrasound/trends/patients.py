"""Which exams are those of one patient: the same number by the same issuer, and nothing else.

A name joins nothing. A number without an issuer belongs to the only issuer of that number; where
several have given it out, it stays apart from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ultrasound.reconcile.identity import normalize_number
from ultrasound.write.parquet import read_table

_MOST_EXAMS: Final = 200  # a number that stands on more of them is that of no single patient
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Exam:
    """One study with its date, empty where it is not certain, and the first of its documents."""

    date: str
    study: str
    patient_id: str
    document: str
    birth_date: str | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """One number by one issuer, with its exams in date order."""

    number: str
    issuer: str | None
    exams: tuple[Exam, ...]

    @property
    def doubt(self) -> str | None:
        """Why the exams cannot be those of one person; None where nothing speaks against it."""
        if len(self.exams) > _MOST_EXAMS:
            return f"More than {_MOST_EXAMS} exams bear this patient's number"
        if len({exam.birth_date for exam in self.exams} - {None}) > 1:
            return "Exams with this patient's number state different birth dates"
        return None


def find_patients(parts: Path) -> tuple[Patient, ...]:
    """The patients with exams on two days or more, by number and issuer.

    Only whose each study is and its date are held. A study without a patient's number, or without
    a date that can be read in one way, is on no line of time.
    """
    dated = (row for row in read_table(parts, "_studies") if read_day(row["exam_date"]))
    patients = group_exams(dated)
    return tuple(p for p in patients if len({exam.date for exam in p.exams}) >= _SEVERAL)


def group_exams(studies: Iterable[Mapping[str, object]]) -> Iterator[Patient]:
    """All patients that have a number, by number and issuer; an exam without a date comes first."""
    issued: dict[str, dict[str | None, list[Exam]]] = {}
    for row in studies:
        number = normalize_number(str(row["patient_id"] or ""))
        if number:
            issuer = str(row["patient_issuer"]) if row["patient_issuer"] else None
            day, birth = read_day(row["exam_date"]) or "", read_day(row["birth_date"])
            names = str(row["study"]), str(row["patient_id"]), str(row["document"])
            issued.setdefault(number, {}).setdefault(issuer, []).append(Exam(day, *names, birth))
    for number, issuers in sorted(issued.items()):
        if len(issuers) == _SEVERAL and None in issuers:
            unissued = issuers.pop(None)
            next(iter(issuers.values())).extend(unissued)
        for issuer, exams in sorted(issuers.items(), key=lambda pair: pair[0] or ""):
            yield Patient(number, issuer, tuple(sorted(exams, key=lambda e: (e.date, e.study))))


def read_day(written: object) -> str | None:
    """A date with the year first; None for one that is missing or has several readings."""
    with suppress(ValueError):
        return date.fromisoformat(str(written)).isoformat()
    return None
