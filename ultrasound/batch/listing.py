"""What is listed without being read: folders of the system, and what cannot be opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ultrasound.domain import FileEntry, Problem

# Folders that systems and tools keep for themselves; each is listed once and not entered.
_SYSTEM_FOLDERS: Final = ("__macosx", "$recycle.bin", "system volume information", "__pycache__")
_STAGE: Final = "read"
_SYSTEM: Final = "a hidden or system folder: nothing in it was read"


def is_system_folder(name: str) -> bool:
    """Whether a folder is one that a system or tool keeps for itself."""
    return name.startswith(".") or name.casefold() in _SYSTEM_FOLDERS


def list_system_folder(path: str) -> FileEntry:
    """The row of a folder that is passed over."""
    return list_unread(path, "folder", "clutter", _SYSTEM, failed=False)


def list_unread(
    path: str, kind: str, code: str, reason: str, *, failed: bool, sha256: str | None = None
) -> FileEntry:
    """The row of what was not read, and why."""
    scope = None if sha256 is None else "file"
    return FileEntry(path, sha256, scope, kind, code=code, reason=reason, failed=failed)


def list_problems(entries: Iterable[FileEntry]) -> list[Problem]:
    """A problem for each row of what should have been usable."""
    return [
        Problem(entry.path, _STAGE, entry.code or "", entry.reason or "")
        for entry in entries
        if entry.failed
    ]
