"""Which files an input holds, in one order, under names that other programs may rely on.

A document's name is its path below its input, with ``/``; where several inputs are given, the
input's own name stands before it. Absolute paths appear nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ultrasound.batch.listing import is_system_folder, list_system_folder, list_unread
from ultrasound.batch.medium import follow_references
from ultrasound.batch.unpack import unpack_archive
from ultrasound.domain import FileEntry
from ultrasound.errors import UsageError
from ultrasound.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: where it is, and what it is called in every output.

    For a member of an archive, ``path`` is the archive and ``inside`` leads to the member: the
    names of the archives within it and its own, outermost first.
    """

    path: Path
    name: str
    inside: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The name of the folder that holds it."""
        return self.name.rpartition("/")[0]


@dataclass(slots=True)
class Discovery:
    """The files of all inputs, and the rows of what is listed without being opened."""

    files: list[InputFile] = field(default_factory=list)
    listed: list[FileEntry] = field(default_factory=list)


def discover_inputs(inputs: Sequence[Path], knowledge: Knowledge, *outputs: Path) -> Discovery:
    """List the files of all inputs, sorted by name, whatever order the inputs are given in.

    The members of an archive are files of a folder that has the archive's name. A medium's
    directory that is itself an input stands for the files that it lists.

    Args:
        inputs: files and folders; one that lies inside another is not read twice.
        knowledge: how archives and directories are known, and what is too much of them.
        outputs: folders that outputs go to, which are passed over where an input holds them.

    Raises:
        UsageError: an input does not exist.
    """
    found = Discovery()
    links: list[tuple[Path, str]] = []
    entered = {out.resolve() for out in outputs}
    paths = _drop_nested(inputs)
    media = {path: follow_references(path, knowledge) for path in paths if path.is_file()}
    roots = {path: path.parent if media.get(path) else path for path in paths}
    # What a medium lists comes first, and so keeps its name there where it is an input as well.
    for path, name in sorted(_name_inputs(roots), key=lambda item: not media.get(item[0])):
        root, prefix = roots[path], f"{name}/" if name else ""
        if path.is_dir():
            _walk(path, prefix, entered, links, found)
        elif root == path:
            found.files.append(InputFile(path, name))
        else:
            for file in (path, *media[path]):
                below = _printable(file.relative_to(root).as_posix())
                found.files.append(InputFile(file, prefix + below))
    while links:
        _walk(*links.pop(0), entered, links, found)
    _open_archives(found, knowledge)
    found.files.sort(key=lambda file: file.name)
    found.listed.sort(key=lambda entry: entry.path)
    return found


def _open_archives(found: Discovery, knowledge: Knowledge) -> None:
    """Put the members of archives in the place of these, and leave each file only once."""
    files: dict[Path, InputFile] = {}
    for file in found.files:
        files.setdefault(file.path, file)
    found.files = []
    for file in sorted(files.values(), key=lambda file: file.name):
        unpacked = unpack_archive(file.path, file.name, knowledge.documents)
        if unpacked is None:
            found.files.append(file)
            continue
        found.listed += unpacked.listed
        for name, inside in unpacked.members.items():
            found.files.append(InputFile(file.path, name, inside))


def _drop_nested(inputs: Sequence[Path]) -> list[Path]:
    for path in inputs:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the spelling of the path")
    whole = sorted({path.resolve() for path in inputs})
    return [path for path in whole if not any(path.is_relative_to(o) for o in whole if o != path)]


def _name_inputs(roots: Mapping[Path, Path]) -> Iterator[tuple[Path, str]]:
    """Give each input the name of its root; as many parent folders as tell two apart."""
    if len(roots) == 1:
        ((only, root),) = roots.items()
        yield only, "" if root.is_dir() else _printable(root.name)
        return
    for path, root in roots.items():
        depth = 1
        while any(o != root and o.parts[-depth:] == root.parts[-depth:] for o in roots.values()):
            depth += 1
        yield path, _printable(PurePath(*root.parts[-depth:]).as_posix().lstrip("/"))


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
        if entry.is_dir() and is_system_folder(entry.name):
            found.listed.append(list_system_folder(name))
        elif entry.is_dir() and entry.is_symlink():
            links.append((Path(entry.path), f"{name}/"))
        elif entry.is_dir():
            _walk(Path(entry.path), f"{name}/", entered, links, found)
        elif entry.is_file():
            found.files.append(InputFile(Path(entry.path), name))
        else:
            reason = "neither a file nor a folder, or a link that leads nowhere"
            found.listed.append(list_unread(name, "unknown", "unreadable", reason, failed=True))


def _scan(folder: Path, prefix: str, found: Discovery) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as scan:
            return sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        reason = f"the folder cannot be opened ({error.strerror}): ask for the right to read it"
        name = prefix.rstrip("/") or "."
        found.listed.append(list_unread(name, "folder", "unreadable", reason, failed=True))
        return []
