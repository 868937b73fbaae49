"""The first pass over all files: whose exam each document is, and no more.

A record is small, so that a whole archive can be put together into studies while nothing but
records is in memory. Identical files are read once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ultrasound.batch.discover import Discovery, InputFile
from ultrasound.batch.medium import list_missing
from ultrasound.config import Settings
from ultrasound.domain import Document, FileEntry, Problem
from ultrasound.errors import ReadError
from ultrasound.extract.study.identity import read_identity
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.document_rows import ArchiveLimits
from ultrasound.pipeline import describe_failure
from ultrasound.read import ReadOutcome, read_file
from ultrasound.read.source import measure_source, read_pieces

_EMPTY: Final = 0  # an empty file is no copy of another one
Observe = Callable[[str, int, int], None]
Group = list[InputFile]
Key = Callable[[InputFile, ArchiveLimits], object]
_INDEX: Final = "index"
_TEXT_KINDS: Final = ("text", "pdf")
_TEXT_CONTAINERS: Final = ("office_file", "rtf", "web_page", "message")


@dataclass(frozen=True, slots=True)
class Record:
    """What a document says of its patient and exam; None where it does not.

    ``folders`` are those that hold its file, or a copy of it; ``sop_uid`` names the DICOM object
    and ``weight`` counts what it holds.
    """

    document: str
    file: str
    folders: tuple[str, ...]
    sha256: str
    is_dicom: bool
    exam: str | None = None
    study_uid: str | None = None
    accession: str | None = None
    accession_issuer: str | None = None
    patient_id: str | None = None
    patient_issuer: str | None = None
    patient_name: str | None = None
    birth_date: str | None = None
    exam_date: str | None = None
    sop_uid: str | None = None
    weight: int = 0


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """One file after the first pass: its row of the Files table, its documents, its problems.

    ``references`` are the files that it lists, where it is the directory of a medium.
    """

    entry: FileEntry
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    references: tuple[str, ...] = ()


def index_file(file: InputFile, knowledge: Knowledge, settings: Settings) -> IndexedFile:
    """Read one file for the identity of what it holds; whatever is wrong with it is a Problem."""
    try:
        outcome = read_file(file.path, file.name, knowledge, file.inside)
        return _make_records(file, outcome, knowledge, settings)
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        return fail_file(file, describe_failure(file.name, _INDEX, error))


def fail_file(file: InputFile, problem: Problem) -> IndexedFile:
    """A file that the program itself failed on."""
    entry = FileEntry(
        file.name,
        None,
        None,
        "unknown",
        used=False,
        code=problem.code,
        reason=problem.message,
        failed=True,
    )
    return IndexedFile(entry, problems=(problem,))


def _make_records(
    file: InputFile, outcome: ReadOutcome, knowledge: Knowledge, settings: Settings
) -> IndexedFile:
    records = tuple(
        make_record(file, document, knowledge, settings) for document in outcome.documents
    )
    return IndexedFile(outcome.entry, records, outcome.problems, outcome.references)


def make_record(
    file: InputFile, document: Document, knowledge: Knowledge, settings: Settings
) -> Record:
    """Keep the identity of a document; the header's word comes before the text's."""
    said: dict[str, str] = {}
    for item in read_identity(document, knowledge, settings).context:
        said.setdefault(item.fact, item.value)
    header = document.header
    return Record(
        document=document.name,
        file=file.name,
        folders=(file.folder,),
        sha256=document.sha256,
        is_dicom=header is not None,
        exam=document.exam,
        study_uid=header.study_instance_uid if header else None,
        accession=said.get("accession"),
        accession_issuer=header.accession_issuer if header else None,
        patient_id=said.get("patient_id"),
        patient_issuer=header.issuer if header else None,
        patient_name=said.get("patient_name"),
        birth_date=said.get("birth_date"),
        exam_date=said.get("exam_date"),
        sop_uid=header.sop_instance_uid if header else None,
        weight=_weigh(document),
    )


def _weigh(document: Document) -> int:
    """How much a document holds: the items of its tree, the signs of its texts, its regions."""
    nodes = [document.tree] if document.tree is not None else []
    for node in nodes:  # grows while it is walked
        nodes += node.children
    header = document.header
    described = len(header.regions) + len(header.descriptions) if header is not None else 0
    return len(nodes) + sum(len(part.text) for part in document.texts) + described


def find_copies(files: Iterable[InputFile], knowledge: Knowledge) -> dict[str, str]:
    """Map each file that repeats another byte for byte to the first of them by name.

    Only files of one size are opened, and only those with the same beginning are read whole.
    """
    limits = knowledge.documents.archive
    groups = [list(files)]
    for key in (_size_of, _hash_start, _hash_whole):
        groups = _divide(groups, key, limits)
    return {other.name: first.name for first, *others in groups for other in others}


def _divide(groups: Iterable[list[InputFile]], key: Key, limits: ArchiveLimits) -> list[Group]:
    """The files of each group that share a key; what cannot be opened is left to its reader.

    All are taken in the order of their names, so that no archive is opened again and again.
    """
    numbered = [(number, file) for number, group in enumerate(groups) for file in group]
    shared: dict[tuple[int, object], Group] = {}
    for number, file in sorted(numbered, key=lambda item: item[1].name):
        try:
            shared.setdefault((number, key(file, limits)), []).append(file)
        except (OSError, ReadError):
            continue
    shared.pop((0, _EMPTY), None)
    return [group for group in shared.values() if len(group) > 1]


def _size_of(file: InputFile, limits: ArchiveLimits) -> int:
    return measure_source(file.path, file.inside, limits)


def _hash_start(file: InputFile, limits: ArchiveLimits) -> bytes:
    first = next(read_pieces(file.path, file.inside, limits), b"")
    return hashlib.sha256(first).digest()


def _hash_whole(file: InputFile, limits: ArchiveLimits) -> bytes:
    digest = hashlib.sha256()
    for piece in read_pieces(file.path, file.inside, limits):
        digest.update(piece)
    return digest.digest()


def miss_references(
    discovery: Discovery, copies: dict[str, str], indexed: Sequence[IndexedFile]
) -> list[FileEntry]:
    """The rows of files that a medium's directory lists, and that no input holds."""
    listed = {found.entry.path: found.references for found in indexed if found.references}
    references = {
        file.name: listed[original]
        for file in discovery.files
        if (original := copies.get(file.name, file.name)) in listed
    }
    if not references:
        return []
    names = [file.name for file in discovery.files]
    return list_missing(references, [*names, *(entry.path for entry in discovery.listed)])


def place_records(
    discovery: Discovery, copies: dict[str, str], indexed: Sequence[IndexedFile]
) -> tuple[list[Record], dict[str, int]]:
    """Tell each record the folders that hold it, and count the different texts of each folder."""
    folders: dict[str, set[str]] = {}
    for file in discovery.files:
        folders.setdefault(copies.get(file.name, file.name), set()).add(file.folder)
    records: list[Record] = []
    texts: dict[str, int] = {}
    for found in indexed:
        places = tuple(sorted(folders[found.entry.path]))
        records += [replace(record, folders=places) for record in found.records]
        for place in places:
            texts[place] = texts.get(place, 0) + _count_texts(found)
    return records, texts


def _count_texts(found: IndexedFile) -> int:
    """How many texts outside DICOM a file holds, or may hold where it was not used."""
    if found.records:
        return sum(not record.is_dicom for record in found.records)
    entry = found.entry
    return int(entry.kind in _TEXT_KINDS or entry.code in _TEXT_CONTAINERS)
