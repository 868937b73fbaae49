"""One input file while it is open: its first bytes, size and hash, and whether it held still."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from ultrasound.errors import ReadError
from ultrasound.knowledge.document_rows import ArchiveLimits
from ultrasound.read.archive import PIECE, load_member, measure_member, read_member
from ultrasound.read.outcome import Fingerprint

HEAD: Final = 4096
CHUNK: Final = 1 << 20

CHANGED = "the file changed while it was read: run again when its copy is finished"
TOO_LARGE = "it is larger than this program reads: see documents.toml"
VANISHED = "the file is no longer there: run again when copying has ended"
FORBIDDEN = "the file may not be opened: ask for the right to read it"
DIRECTORY = "a folder stands where a file was expected: give the folder as an input"
NO_FILE = "it is no ordinary file (a device, a pipe or a socket)"
UNREADABLE = "the operating system could not read it: check the disk or the network"


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: ``name`` is what it is called in the tables, ``head`` its first bytes."""

    name: str
    stream: BinaryIO
    size: int
    head: bytes

    def load(self, most: int) -> bytes:
        """All bytes; raises ReadError ``too_large`` beyond ``most``, ``changed`` if some lack."""
        if self.size > most:
            raise ReadError("too_large", TOO_LARGE)
        self.stream.seek(0)
        data = self.stream.read(self.size + 1)
        if len(data) != self.size:
            raise ReadError("changed", CHANGED)
        return data

    def take_fingerprint(self) -> Fingerprint:
        """The hash over the whole file."""
        digest = hashlib.sha256()
        self.stream.seek(0)
        while chunk := self.stream.read(CHUNK):
            digest.update(chunk)
        return Fingerprint(digest.hexdigest(), "file")


@contextmanager
def open_source(
    path: Path, name: str, inside: tuple[str, ...], limits: ArchiveLimits
) -> Iterator[Source]:
    """Open one input, a file or a member of an archive, which is loaded whole.

    Raises:
        ReadError: it is no readable file, changes meanwhile, or may not be unpacked.
    """
    try:
        _require_file(path.stat().st_mode)
        if inside:
            before = path.stat()
            data = load_member(path, inside, limits)
            yield Source(name, io.BytesIO(data), len(data), data[:HEAD])
            after = path.stat()
        else:
            with path.open("rb") as stream:
                before = os.fstat(stream.fileno())
                yield Source(name, stream, before.st_size, stream.read(HEAD))
                after = os.fstat(stream.fileno())
    except FileNotFoundError as error:
        raise ReadError("vanished", VANISHED) from error
    except PermissionError as error:
        raise ReadError("no_permission", FORBIDDEN) from error
    except OSError as error:
        raise ReadError("unreadable", UNREADABLE) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError("changed", CHANGED)


def measure_source(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> int:
    """The size of an input; raises ReadError or OSError where it cannot be had."""
    return measure_member(path, inside, limits) if inside else path.stat().st_size


def read_pieces(path: Path, inside: tuple[str, ...], limits: ArchiveLimits) -> Iterator[bytes]:
    """The bytes of an input, piece by piece; raises ReadError or OSError."""
    if inside:
        yield from read_member(path, inside, limits)
        return
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def _require_file(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReadError("directory", DIRECTORY)
    if not stat.S_ISREG(mode):
        raise ReadError("not_a_file", NO_FILE)
