"""What the tests of archives share: an archive in a folder, and what became of each path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ultrasound.batch.discover import Discovery, discover_inputs
from ultrasound.batch.index import IndexedFile, index_file
from ultrasound.batch.listing import list_problems
from ultrasound.config import Settings
from ultrasound.knowledge import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge()
REPORT = b"Left leg venous duplex: GSV incompetent, 2.3 s. SSV competent."
OTHER = b"Right leg venous duplex: GSV incompetent, 1.9 s. SSV competent."


def limit(**limits: int) -> Knowledge:
    """The shipped tables with other limits of archives."""
    small = KNOWLEDGE.documents.archive.model_copy(update=limits)
    return replace(KNOWLEDGE, documents=replace(KNOWLEDGE.documents, archive=small))


def discover(folder: Path, data: bytes, knowledge: Knowledge = KNOWLEDGE) -> Discovery:
    """Discover a folder that holds one archive and nothing else."""
    (folder / "a.zip").write_bytes(data)
    return discover_inputs([folder], knowledge)


def index(found: Discovery, knowledge: Knowledge = KNOWLEDGE) -> dict[str, IndexedFile]:
    """All files after the first pass."""
    return {file.name: index_file(file, knowledge, Settings()) for file in found.files}


def fates(folder: Path, data: bytes, knowledge: Knowledge = KNOWLEDGE) -> dict[str, str]:
    """What became of each path: "used", or the code; each failure is a problem of its own."""
    found = discover(folder, data, knowledge)
    read = index(found, knowledge)
    entries = [*found.listed, *(file.entry for file in read.values())]
    assert len({entry.path for entry in entries}) == len(entries)
    problems = [*list_problems(found.listed), *(p for f in read.values() for p in f.problems)]
    failed = {entry.path: (entry.code, entry.reason) for entry in entries if entry.failed}
    assert {p.path: (p.code, p.message) for p in problems} == failed
    assert all(reason for _, reason in failed.values())
    return {entry.path: "used" if entry.used else entry.code or "" for entry in entries}
