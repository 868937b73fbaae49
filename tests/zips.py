"""Builders of zip archives, good ones and hostile ones, in memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
UP = ".." + "/"
DATE = (2024, 3, 14, 0, 0, 0)


def make_zip(
    members: Mapping[str, bytes] | Iterable[tuple[str, bytes]],
    method: int = zipfile.ZIP_DEFLATED,
    mode: int = 0o100644,
) -> bytes:
    """An archive of members under exactly these names, whatever is wrong with them."""
    target = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in pairs:
            info = zipfile.ZipInfo("x", DATE)
            info.filename = info.orig_filename = name
            info.external_attr = mode << 16
            archive.writestr(info, data, method)
    return target.getvalue()


def zip_folder(folder: Path) -> bytes:
    """An archive of all files of a folder, by their paths in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return make_zip({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def patch_heads(data: bytes, name: str, field: str, value: int) -> bytes:
    """Overwrite a field of a member in both of its heads: flags, method, crc, packed or size."""
    places = {"flags": (6, 8, "<H"), "method": (8, 10, "<H"), "crc": (14, 16, "<I")}
    places |= {"packed": (18, 20, "<I"), "size": (22, 24, "<I")}
    local, central, form = places[field]
    patched = bytearray(data)
    for magic, offset, length in ((LOCAL, local, 30), (CENTRAL, central, 46)):
        start = data.find(magic)
        while start >= 0:
            if data[start + length :].startswith(name.encode()):
                struct.pack_into(form, patched, start + offset, value)
            start = data.find(magic, start + 1)
    return bytes(patched)


def patch_bytes(data: bytes, at: int, value: bytes) -> bytes:
    """Overwrite some bytes."""
    return data[:at] + value + data[at + len(value) :]
