"""The same content gives the same bytes: fixed times in an Office file's properties and its zip."""

from __future__ import annotations

import datetime
import re
import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

# openpyxl takes times without a zone and writes them as UTC.
FIXED_TIME = datetime.datetime(2000, 1, 1)  # noqa: DTZ001
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def fix_times(source: Path, target: Path) -> None:
    """Copy a file with fixed times, and put it in place once it is whole."""
    unfinished = target.with_name(target.name + ".unfinished")
    copy_fixed(source, unfinished)
    unfinished.replace(target)


def copy_fixed(source: Path | BinaryIO, target: Path | BinaryIO) -> None:
    """Copy an Office file with fixed times and its parts in one order."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=_place):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            with old.open(name) as read, new.open(entry, "w", force_zip64=True) as write:
                if name == _CORE:
                    write.write(_fix_core(read.read()))
                else:
                    shutil.copyfileobj(read, write, 1 << 20)


def _fix_core(core: bytes) -> bytes:
    time = FIXED_TIME.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    return _TIMES.sub(rb"\g<1>" + time + rb"\g<3>", core)


def _place(name: str) -> tuple[bool, str]:
    """The list of content types comes first, as Excel writes it."""
    return name != "[Content_Types].xml", name
