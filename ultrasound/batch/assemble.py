"""Documents become studies: by Study Instance UID, else accession number, else patient and exam.

Keys that contradict each other never join: two documents stay apart when they carry another Study
Instance UID, accession number, patient number or exam date, or when both name and birth date are
another person's. A document that would fit either of two that contradict each other joins none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ultrasound.batch.identity import (
    Identity,
    are_disjoint,
    contradict,
    has_other_name,
    identify_record,
    name_differences,
    unite,
)
from ultrasound.batch.index import Record
from ultrasound.domain import ReviewItem

_KEY_LENGTH: Final = 16
_MOST_SHARING: Final = 200  # a value that so many different documents bear identifies none
_APART: Final = {
    "study_instance_uid": "the same Study Instance UID",
    "accession": "the same accession number",
    "patient_date_exam": "the same patient number, date and kind of exam",
}


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A study before it is read: its documents, how each was joined, what was noticed."""

    key: str
    records: tuple[Record, ...]
    joined_by: Mapping[str, str]
    review: tuple[ReviewItem, ...] = ()


@dataclass(slots=True)
class _Group:
    """Documents that belong together."""

    records: list[Record]
    identity: Identity
    joined_by: dict[str, str] = field(default_factory=dict)
    review: list[ReviewItem] = field(default_factory=list)


def assemble_studies(
    records: Iterable[Record], texts: Mapping[str, int], months: Mapping[str, int]
) -> tuple[StudyPlan, ...]:
    """Put documents together into studies, in the order of their first document's name.

    Args:
        records: one for each document.
        texts: how many texts outside DICOM lie in each folder, used or not; a folder joins one
            only where it holds no other.
        months: the names of the months in lower case, with their numbers.
    """
    ordered = sorted(records, key=lambda record: record.document)
    groups = [_Group([r], identify_record(r, months)) for r in ordered]
    for name, key in _KEYS:
        groups = _join_by(groups, name, key)
    groups = _join_by_folder(groups, texts)
    groups.sort(key=lambda group: group.records[0].document)
    return tuple(_make_plans(groups))


def _by_uid(identity: Identity, _exam: str | None) -> object:
    return identity.study_uid


def _by_accession(identity: Identity, _exam: str | None) -> object:
    return identity.accession


def _by_patient(identity: Identity, exam: str | None) -> object:
    """Patient, date and kind of exam together; a date that has two readings is no key."""
    if identity.patient_id is None or len(identity.days) != 1 or exam is None:
        return None
    return (identity.patient_id, *identity.days, exam)


_KEYS: Final[tuple[tuple[str, Callable[[Identity, str | None], object]], ...]] = (
    ("study_instance_uid", _by_uid),
    ("accession", _by_accession),
    ("patient_date_exam", _by_patient),
)


def _join_by(
    groups: list[_Group], name: str, key: Callable[[Identity, str | None], object]
) -> list[_Group]:
    """Join the groups that share a key; each has one value of it, or the first would not be one."""
    sharing: dict[object, list[_Group]] = {}
    rest: list[_Group] = []
    for group in groups:
        keys = [k for r in group.records if (k := key(group.identity, r.exam)) is not None]
        if keys:
            sharing.setdefault(keys[0], []).append(group)
        else:
            rest.append(group)
    for members in sharing.values():
        rest += _join_fitting(members, name)
    rest.sort(key=lambda group: group.records[0].document)
    return rest


def _join_fitting(members: list[_Group], name: str) -> list[_Group]:
    """Join those that contradict nobody, or all the same ones, and say where some stay apart."""
    kinds: dict[Identity, list[_Group]] = {}
    for group in members:
        kinds.setdefault(group.identity, []).append(group)
    identities = list(kinds)
    if len(identities) > _MOST_SHARING:
        members.sort(key=lambda group: group.records[0].document)
        for group in members:
            group.review.append(_report_apart(group, name))
        return members
    rivals = [
        frozenset(n for n, other in enumerate(identities) if contradict(identity, other))
        for identity in identities
    ]
    together: dict[frozenset[int], list[_Group]] = {}
    for identity, opposed in zip(identities, rivals, strict=True):
        together.setdefault(opposed, []).extend(kinds[identity])
    joined = [_merge(found, name) for found in together.values()]
    if len(joined) > 1:
        for group in joined:
            rivals_of = (name_differences(group.identity, o.identity) for o in joined)
            group.review.append(_report_apart(group, name, next(filter(None, rivals_of), ())))
    return joined


def _merge(groups: Sequence[_Group], name: str) -> _Group:
    """Make one group of several; a document keeps the strongest key that joined it."""
    if len(groups) == 1:
        return groups[0]
    merged = _Group([], Identity())
    for group in sorted(groups, key=lambda group: group.records[0].document):
        merged.records += group.records
        merged.review += group.review
        merged.identity = unite(merged.identity, group.identity)
        merged.joined_by.update(group.joined_by)
    merged.records.sort(key=lambda record: record.document)
    for record in merged.records:
        merged.joined_by.setdefault(record.document, name)
    return merged


def _join_by_folder(groups: list[_Group], texts: Mapping[str, int]) -> list[_Group]:
    """Join a folder's only text to the folder's only DICOM study, where they can be one exam."""
    holders: dict[str, list[_Group]] = {}
    for group in groups:
        for folder in {folder for r in group.records if r.is_dicom for folder in r.folders}:
            holders.setdefault(folder, []).append(group)
    apart: list[_Group] = []
    for group in groups:
        host = _find_host(group, holders, texts)
        if host is None:
            apart.append(group)
            continue
        differences = _tell_folder_differences(group.identity, host.identity)
        if differences:
            group.review.append(_report_misfiled(group.records[0], differences))
            apart.append(group)
            continue
        record = group.records[0]
        host.records = sorted([*host.records, record], key=lambda r: r.document)
        host.identity = unite(host.identity, group.identity)
        host.joined_by[record.document] = "folder"
        host.review += [*group.review, _report_folder(record)]
    return apart


def _find_host(
    group: _Group, holders: Mapping[str, list[_Group]], texts: Mapping[str, int]
) -> _Group | None:
    record = group.records[0]
    hosts = [host for folder in record.folders for host in holders.get(folder, [])]
    if len(group.records) > 1 or record.is_dicom or len(record.folders) != 1 or len(hosts) != 1:
        return None
    host = hosts[0]
    alone = texts.get(record.folders[0]) == 1 and host.identity.study_uid is not None
    return host if alone else None


def _tell_folder_differences(text: Identity, host: Identity) -> tuple[str, ...]:
    """A folder is a weak reason: another name or another birth date alone speaks against it."""
    found = name_differences(text, host)
    if found:
        return found
    weak = {
        "patient's name": has_other_name(text, host),
        "birth date": are_disjoint(text.births, host.births),
    }
    return tuple(words for words, differs in weak.items() if differs)


def _report_misfiled(record: Record, differences: Sequence[str]) -> ReviewItem:
    return ReviewItem(
        record.document,
        None,
        None,
        "identity_mismatch",
        "This text is the only one in the folder of a DICOM study that has another "
        f"{_enumerate(differences)}; they were kept apart. Check that it is filed under the right "
        "patient.",
    )


def _enumerate(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _report_folder(record: Record) -> ReviewItem:
    return ReviewItem(
        record.document,
        None,
        None,
        "joined_by_folder",
        "This text names no study; it was taken for the report of the DICOM study in its folder. "
        "Check that it is.",
    )


def _report_apart(group: _Group, name: str, differences: Sequence[str] = ()) -> ReviewItem:
    told = f"another {_enumerate(differences)}" if differences else "another patient or exam"
    return ReviewItem(
        group.records[0].document,
        None,
        None,
        "identity_mismatch",
        f"Another study has {_APART[name]}, but {told}; they were kept apart. Check whose they "
        "are.",
    )


def _make_plans(groups: Iterable[_Group]) -> Iterator[StudyPlan]:
    taken: set[str] = set()
    for group in groups:
        key = base = _make_key(group)
        number = 2
        while key in taken:
            key, number = f"{base}-{number}", number + 1
        taken.add(key)
        yield StudyPlan(key, tuple(group.records), group.joined_by, tuple(group.review))


def _make_key(group: _Group) -> str:
    """A key that stays the same while the study is the same, and tells nothing of the patient."""
    identity = group.identity
    patient = next(
        (k for r in group.records if (k := _by_patient(identity, r.exam)) is not None), None
    )
    if identity.study_uid:
        parts: tuple[object, ...] = ("uid", identity.study_uid)
    elif identity.accession:
        parts = ("accession", identity.accession_issuer or "", identity.accession)
    elif isinstance(patient, tuple):
        parts = ("patient", *patient)
    else:
        record = group.records[0]
        parts = ("content", record.sha256, record.document.removeprefix(record.file))
    text = "\0".join(str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_KEY_LENGTH]
