"""Whose exam a group of documents is, and when two groups cannot be one exam.

Missing facts contradict nothing, and a date contradicts only what none of its readings can mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ultrasound.batch.index import Record
from ultrasound.reconcile.identity import names_agree, normalize_number, possible_days


@dataclass(frozen=True, slots=True)
class Identity:
    """What a group of documents is known by; ``days`` holds every reading of its exam date."""

    study_uid: str | None = None
    accession: str | None = None
    accession_issuer: str | None = None
    patient_id: str | None = None
    patient_issuer: str | None = None
    patient_name: str | None = None
    births: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


def identify_record(record: Record, months: Mapping[str, int]) -> Identity:
    """Make what a document says comparable; ``months`` are the names of the months."""
    number = record.accession and normalize_number(record.accession)
    return Identity(
        study_uid=record.study_uid,
        accession=number or None,
        accession_issuer=record.accession_issuer,
        patient_id=(record.patient_id and normalize_number(record.patient_id)) or None,
        patient_issuer=record.patient_issuer,
        patient_name=record.patient_name,
        births=possible_days(record.birth_date or "", months),
        days=possible_days(record.exam_date or "", months),
    )


def contradict(one: Identity, other: Identity) -> bool:
    """Whether two groups cannot be one exam of one patient."""
    return bool(name_differences(one, other))


def name_differences(one: Identity, other: Identity) -> tuple[str, ...]:
    """What of two groups shows that they are not one exam of one patient, in words."""
    person = has_other_name(one, other) and are_disjoint(one.births, other.births)
    found = {
        "Study Instance UID": _differ(one.study_uid, other.study_uid),
        "accession number": _differ(one.accession, other.accession)
        or _differ(one.accession_issuer, other.accession_issuer),
        "patient's number": _differ(one.patient_id, other.patient_id)
        or _differ(one.patient_issuer, other.patient_issuer),
        "patient's name and birth date": person,
        "exam date": are_disjoint(one.days, other.days),
    }
    return tuple(words for words, differs in found.items() if differs)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def are_disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two dates have readings, and none in common."""
    return bool(one) and bool(other) and not one & other


def has_other_name(one: Identity, other: Identity) -> bool:
    """Whether both name a patient, and not the same one."""
    if one.patient_name is None or other.patient_name is None:
        return False
    return not names_agree(one.patient_name, other.patient_name)


def unite(one: Identity, other: Identity) -> Identity:
    """What two groups that do not contradict each other are known by together."""
    return Identity(
        study_uid=one.study_uid or other.study_uid,
        accession=one.accession or other.accession,
        accession_issuer=one.accession_issuer or other.accession_issuer,
        patient_id=one.patient_id or other.patient_id,
        patient_issuer=one.patient_issuer or other.patient_issuer,
        patient_name=one.patient_name or other.patient_name,
        births=(one.births & other.births) or one.births or other.births,
        days=(one.days & other.days) or one.days or other.days,
    )
