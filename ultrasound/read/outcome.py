"""What reading one file gives: its row of the Files table, its documents, its problems."""

from __future__ import annotations

from dataclasses import dataclass

from ultrasound.domain import Document, FileEntry, Problem

STAGE = "read"


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """The fate of one input path; ``documents`` is empty where nothing of it is used.

    ``references`` are the files that the directory of a medium lists, as paths below its folder.
    """

    entry: FileEntry
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The hash that names a file's content, and what it was taken over ("file" or "header")."""

    sha256: str | None
    scope: str | None


NO_FINGERPRINT = Fingerprint(None, None)


def leave_aside(name: str, mark: Fingerprint, kind: str, code: str, reason: str) -> ReadOutcome:
    """A file that is no input: clutter, an output, an annotation, a document that is not ours."""
    return ReadOutcome(
        FileEntry(name, mark.sha256, mark.scope, kind, used=False, code=code, reason=reason)
    )


def refuse(name: str, mark: Fingerprint, kind: str, code: str, reason: str) -> ReadOutcome:
    """A file that should have been usable, or could hold a report: listed, and a Problem."""
    entry = FileEntry(
        name, mark.sha256, mark.scope, kind, used=False, code=code, reason=reason, failed=True
    )
    return ReadOutcome(entry, problems=(Problem(name, STAGE, code, reason),))
