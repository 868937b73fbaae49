"""Zip archives, opened as if they were folders: nothing of them is ever written to a disk.

A member is reached by the names of the archives around it and its own, from the outermost inwards.
Sizes are checked as the archive declares them before a byte is expanded, and counted while it is.
"""

from __future__ import annotations

import copy
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

from ultrasound.errors import ReadError
from ultrasound.knowledge.document_rows import ArchiveLimits, PackedFile
from ultrasound.knowledge.schema_documents import DocumentKnowledge

PIECE: Final = 65536
LONGEST_MAGIC: Final = 4
LOCKED_FLAGS: Final = 0x1 | 0x40 | 0x2000
OPEN_FILES: Final = 4  # studies may lie in several archives, and are read one after the other

BOMB = "it unpacks to far more than its packed size, or than it says: unpack it if you trust it"
TOO_MANY = "the archive holds more than this program unpacks: unpack it and give the folder"
TOO_LARGE = "it is larger than this program unpacks: unpack it and give the folder"
OVERLAP = "its members overlap, so that it unpacks to more than it is: it was not unpacked"
LOCKED = "it is locked with a password: unpack it and give the folder"
METHOD = "it is packed by a method that is not read: unpack it and give the folder"
CUT = "the archive is cut short: its copy was not finished, copy it again"
DAMAGED = "the archive is damaged here: copy it again, or pack it anew"
GONE = "the archive was changed while the program ran: run it again"


class _Gate(io.BufferedReader):
    """A stream that gives no more at a time than a list of members may take.

    zipfile reads that list in one go, and makes of each entry an object of twenty times its size.
    """

    def __init__(self, stream: io.RawIOBase | BinaryIO, most: int) -> None:
        super().__init__(stream)  # type: ignore[arg-type]
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as usual; raises ReadError ``too_many`` where more is asked for."""
        if size is not None and size > self._most:
            raise ReadError("too_many", TOO_MANY)
        return super().read(size)


@dataclass(frozen=True)
class Archive:
    """An open archive; of several members of one name the first is the one that is read."""

    stream: BinaryIO
    size: int
    packed: zipfile.ZipFile
    by_name: dict[str, zipfile.ZipInfo]

    def __del__(self) -> None:
        """Let the file go with the last one that holds the archive."""
        self.stream.close()

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """All members in the order of the archive's own list."""
        return self.packed.infolist()

    def take_hash(self) -> str:
        """SHA-256 over the archive itself."""
        digest = hashlib.sha256()
        self.stream.seek(0)
        while piece := self.stream.read(PIECE):
            digest.update(piece)
        return digest.hexdigest()


def is_archive(head: bytes, knowledge: DocumentKnowledge) -> bool:
    """Whether a file begins as a zip archive does."""
    return head.startswith(knowledge.zip_magic)


def read_start(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> bytes:
    """The first bytes of a file or member, empty where it cannot be read."""
    try:
        if not inside:
            with path.open("rb") as stream:
                return stream.read(LONGEST_MAGIC)
        return next(read_member(path, inside, limits), b"")[:LONGEST_MAGIC]
    except (OSError, ReadError):
        return b""


def find_packed_file(names: Iterable[str], rows: Iterable[PackedFile]) -> PackedFile | None:
    """The row of a document that is stored as a zip archive, told by its members."""
    present = set(names)
    return next((row for row in rows if any(present.issuperset(m) for m in row.members)), None)


def open_archive(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> Archive:
    """Open an archive; ``inside`` is empty for a file, else it leads to an archive in it.

    Raises:
        ReadError: ``truncated``, ``damaged``, ``too_many``, or what makes a member unreadable.
        OSError: the file itself cannot be opened.
    """
    state = path.stat()
    stamp = (state.st_size, state.st_mtime_ns)
    if inside:
        return _open_nested(path, stamp, inside, limits)
    return _open_file(path, stamp, limits)


@contextmanager
def keep_archives() -> Iterator[None]:
    """Close at the end whatever archives were opened meanwhile."""
    try:
        yield
    finally:
        _open_file.cache_clear()
        _open_nested.cache_clear()


# Kept open, since the next member to be read is nearly always one of the same archive.
@lru_cache(maxsize=OPEN_FILES)
def _open_file(path: Path, stamp: tuple[int, int], limits: ArchiveLimits) -> Archive:
    return _open(_Gate(path.open("rb", buffering=0), limits.directory_bytes), stamp[0])


@lru_cache(maxsize=1)
def _open_nested(
    path: Path,
    _stamp: tuple[int, int],  # a part of the key: a changed file is opened anew
    inside: tuple[str, ...],
    limits: ArchiveLimits,
) -> Archive:
    data = load_member(path, inside, limits)
    return _open(_Gate(io.BytesIO(data), limits.directory_bytes), len(data))


def _open(stream: _Gate, size: int) -> Archive:
    try:
        whole = zipfile.is_zipfile(stream)
        if not whole:
            raise ReadError("truncated", CUT)
        packed = zipfile.ZipFile(stream)
    except ReadError:
        stream.close()
        raise
    except Exception as error:  # zipfile raises anything at all on damaged bytes
        stream.close()
        raise ReadError("damaged", DAMAGED) from error
    by_name: dict[str, zipfile.ZipInfo] = {}
    for info in packed.infolist():
        by_name.setdefault(info.orig_filename, info)
    return Archive(stream, size, packed, by_name)


@contextmanager
def peek_archive(stream: BinaryIO, limits: ArchiveLimits) -> Iterator[zipfile.ZipFile]:
    """A stream that is open already, as an archive; raises anything on damaged bytes."""
    gate = _Gate(stream, limits.directory_bytes)
    try:
        with zipfile.ZipFile(gate) as packed:
            yield packed
    finally:
        gate.detach()


def check_archive(archive: Archive, limits: ArchiveLimits, *, members: int, total: int) -> None:
    """See that what an archive declares is within the limits, beside what was counted before.

    Raises:
        ReadError: ``too_many``, ``too_large`` or ``bomb``: nothing of it is to be expanded.
    """
    found = archive.members
    if members + len(found) > limits.members:
        raise ReadError("too_many", TOO_MANY)
    if total + sum(info.file_size for info in found) > limits.all_bytes:
        raise ReadError("too_large", TOO_MANY)
    if sum(info.compress_size for info in found) > archive.size:
        raise ReadError("bomb", OVERLAP)


def measure_member(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> int:
    """The size of a member as its archive declares it."""
    return _find(path, inside, limits)[1].file_size


def load_member(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> bytes:
    """All bytes of a member; raises ReadError for what cannot or may not be expanded."""
    return b"".join(read_member(path, inside, limits))


def read_member(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> Iterator[bytes]:
    """The bytes of a member, piece by piece, counted and checked as they come.

    Raises:
        ReadError: ``too_large``, ``bomb``, ``encrypted``, ``compression``, ``damaged``, or
            ``changed`` where the archive is no longer the one that was listed.
        OSError: the file itself cannot be opened.
    """
    archive, info = _find(path, inside, limits)
    _check_member(info, limits)
    # A piece more than declared, so that a member that holds more than it says is noticed.
    real = copy.copy(info)
    real.file_size = info.file_size + PIECE
    count = 0
    try:
        with archive.packed.open(real) as stream:
            while piece := stream.read(PIECE):
                count += len(piece)
                if count > info.file_size:
                    raise ReadError("bomb", BOMB)
                yield piece
    except ReadError:
        raise
    except Exception as error:  # zipfile raises anything at all on damaged bytes
        raise ReadError("damaged", DAMAGED) from error
    if count != info.file_size:
        raise ReadError("damaged", DAMAGED)


def _find(
    path: Path, inside: tuple[str, ...], limits: ArchiveLimits
) -> tuple[Archive, zipfile.ZipInfo]:
    archive = open_archive(path, inside[:-1], limits)
    info = archive.by_name.get(inside[-1])
    if info is None:
        raise ReadError("changed", GONE)
    return archive, info


def _check_member(info: zipfile.ZipInfo, limits: ArchiveLimits) -> None:
    if info.flag_bits & LOCKED_FLAGS:
        raise ReadError("encrypted", LOCKED)
    if info.compress_type not in limits.methods:
        raise ReadError("compression", METHOD)
    is_large = info.file_size > limits.ratio_from_bytes
    if is_large and info.file_size > limits.ratio * info.compress_size:
        raise ReadError("bomb", BOMB)
    if info.file_size > limits.member_bytes:
        raise ReadError("too_large", TOO_LARGE)
