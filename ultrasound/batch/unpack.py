"""An archive becomes a folder: its members are files to read, under names below its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ultrasound.batch.listing import is_system_folder, list_system_folder, list_unread
from ultrasound.domain import FileEntry
from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_documents import DocumentKnowledge
from ultrasound.read.archive import (
    Archive,
    check_archive,
    find_packed_file,
    is_archive,
    open_archive,
    read_start,
)
from ultrasound.read.member_names import disarm_name, take_name

_ARCHIVE: Final = "container"
_MEMBER: Final = "unknown"
_REPEATED: Final = "another member of the archive has this name: rename one and pack it anew"


@dataclass(slots=True)
class Unpacked:
    """The members of an archive by their names, and the rows of what is listed only.

    A member is told by the names that lead to it, from the outermost archive inwards.
    """

    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    listed: list[FileEntry] = field(default_factory=list)


def unpack_archive(path: Path, name: str, knowledge: DocumentKnowledge) -> Unpacked | None:
    """List what an archive holds, without expanding it; None where the file is no archive.

    Documents that are stored as archives (office files) are files and no folders.
    """
    if not path.is_file() or not is_archive(read_start(path, (), knowledge.archive), knowledge):
        return None
    unpacker = _Unpacker(path, knowledge)
    return unpacker.found if unpacker.unpack(name, ()) else None


class _Unpacker:
    """The work on one file, with what was counted over all archives in it."""

    def __init__(self, path: Path, knowledge: DocumentKnowledge) -> None:
        self.path = path
        self.knowledge = knowledge
        self.found = Unpacked()
        self._taken: set[str] = set()
        self._members = 0
        self._bytes = 0

    def unpack(self, name: str, inside: tuple[str, ...]) -> bool:
        """List one archive; False where it is a file to be read as a whole."""
        limits = self.knowledge.archive
        try:
            archive = open_archive(self.path, inside, limits)
            if find_packed_file(archive.by_name, self.knowledge.packed) is not None:
                return False
            check_archive(archive, limits, members=self._members, total=self._bytes)
        except ReadError as error:
            self._list(name, _ARCHIVE, error.code, str(error))
            return True
        except OSError:
            return False
        self._members += len(archive.members)
        self._bytes += sum(info.file_size for info in archive.members)
        entries = archive.members
        reason = f"an archive, read as a folder: it lists {len(entries)} members"
        row = list_unread(
            name, _ARCHIVE, "archive", reason, failed=False, sha256=archive.take_hash()
        )
        self.found.listed.append(row)
        self._enter(archive, name, inside)
        return True

    def _enter(self, archive: Archive, name: str, inside: tuple[str, ...]) -> None:
        for info in archive.members:
            try:
                inner = take_name(info)
            except ReadError as error:
                shown = self._claim(f"{name}/{disarm_name(info.orig_filename)}")
                self._list(shown, _MEMBER, error.code, str(error))
                continue
            if inner and not self._pass_over(name, inner):
                self._add(f"{name}/{inner}", (*inside, info.orig_filename))

    def _pass_over(self, name: str, inner: str) -> bool:
        """Whether a member lies in a folder of the system, which is listed once."""
        folders = inner.split("/")[:-1]
        for number, folder in enumerate(folders, 1):
            if is_system_folder(folder):
                shown = "/".join((name, *folders[:number]))
                if shown not in self._taken:
                    self._taken.add(shown)
                    self.found.listed.append(list_system_folder(shown))
                return True
        return False

    def _add(self, name: str, inside: tuple[str, ...]) -> None:
        if name in self._taken:
            self._list(self._claim(name), _MEMBER, "duplicate_name", _REPEATED)
            return
        self._taken.add(name)
        nested = is_archive(read_start(self.path, inside, self.knowledge.archive), self.knowledge)
        if nested and len(inside) < self.knowledge.archive.depth and self.unpack(name, inside):
            return
        self.found.members[name] = inside

    def _claim(self, name: str) -> str:
        """The name, with a number where it is taken."""
        free, number = name, 2
        while free in self._taken:
            free, number = f"{name} ({number})", number + 1
        self._taken.add(free)
        return free

    def _list(self, name: str, kind: str, code: str, reason: str) -> None:
        self.found.listed.append(list_unread(name, kind, code, reason, failed=True))
