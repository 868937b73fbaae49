"""Which files an input holds, in one order, under names that other programs may rely on.

A document's name is its path below its input, with ``/``; where several inputs are given, the
input's own name stands before it. Absolute paths appear nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from ultrasound.domain import FileEntry
from ultrasound.errors import UsageError

# Folders that systems and tools keep for themselves; each is listed once and not entered.
_SYSTEM_FOLDERS: Final = ("__macosx", "$recycle.bin", "system volume information", "__pycache__")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: where it is, and what it is called in every output."""

    path: Path
    name: str

    @property
    def folder(self) -> str:
        """The name of the folder that holds it."""
        return self.name.rpartition("/")[0]


@dataclass(slots=True)
class Discovery:
    """The files of all inputs, and the rows of what is listed without being opened."""

    files: list[InputFile] = field(default_factory=list)
    listed: list[FileEntry] = field(default_factory=list)


def discover_inputs(inputs: Sequence[Path], out: Path | None = None) -> Discovery:
    """List the files of all inputs, sorted by name, whatever order the inputs are given in.

    Args:
        inputs: files and folders; one that lies inside another is not read twice.
        out: the folder that outputs go to, which is passed over where an input holds it.

    Raises:
        UsageError: an input does not exist.
    """
    found = Discovery()
    links: list[tuple[Path, str]] = []
    entered = {out.resolve()} if out is not None else set()
    for path, name in _name_inputs(_drop_nested(inputs)):
        if path.is_dir():
            _walk(path, f"{name}/" if name else "", entered, links, found)
        else:
            found.files.append(InputFile(path, name))
    while links:
        _walk(*links.pop(0), entered, links, found)
    found.files.sort(key=lambda file: file.name)
    found.listed.sort(key=lambda entry: entry.path)
    return found


def _drop_nested(inputs: Sequence[Path]) -> list[Path]:
    for path in inputs:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the spelling of the path")
    whole = sorted({path.resolve() for path in inputs})
    return [path for path in whole if not any(path.is_relative_to(o) for o in whole if o != path)]


def _name_inputs(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Give each input its name; as many parent folders as it takes to tell two apart."""
    if len(paths) == 1:
        only = paths[0]
        yield only, "" if only.is_dir() else _printable(only.name)
        return
    for path in paths:
        depth = 1
        while any(o != path and o.parts[-depth:] == path.parts[-depth:] for o in paths):
            depth += 1
        yield path, _printable(PurePath(*path.parts[-depth:]).as_posix().lstrip("/"))


def _printable(name: str) -> str:
    """A name that can be written anywhere: bytes that are no text are shown as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _walk(
    folder: Path, prefix: str, entered: set[Path], links: list[tuple[Path, str]], found: Discovery
) -> None:
    """List one folder and those below it; links to folders wait, and no folder is entered twice."""
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    for entry in _scan(folder, prefix, found):
        name = prefix + _printable(entry.name)
        if entry.is_dir() and _is_system_folder(entry.name):
            reason = "a hidden or system folder: nothing in it was read"
            found.listed.append(_list(name, "folder", "clutter", reason, failed=False))
        elif entry.is_dir() and entry.is_symlink():
            links.append((Path(entry.path), f"{name}/"))
        elif entry.is_dir():
            _walk(Path(entry.path), f"{name}/", entered, links, found)
        elif entry.is_file():
            found.files.append(InputFile(Path(entry.path), name))
        else:
            reason = "neither a file nor a folder, or a link that leads nowhere"
            found.listed.append(_list(name, "unknown", "unreadable", reason, failed=True))


def _scan(folder: Path, prefix: str, found: Discovery) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as scan:
            return sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"the folder cannot be opened ({error.strerror}): ask for the right to read it"
        name = prefix.rstrip("/") or "."
        found.listed.append(_list(name, "folder", "unreadable", reason, failed=True))
        return []


def _is_system_folder(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _SYSTEM_FOLDERS


def _list(path: str, kind: str, code: str, reason: str, *, failed: bool) -> FileEntry:
    return FileEntry(path, None, None, kind, used=False, code=code, reason=reason, failed=failed)
