"""The names of an archive's members: which of them are safe, and how the others are shown.

A member's name is written by whoever packed it. One that leads out of its archive, or means
different files to different programs, is not followed; it is shown with its tricks disarmed.
"""

from __future__ import annotations

import re
import stat
import zipfile
from typing import Final

from ultrasound.errors import ReadError

CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")
DRIVE: Final = re.compile(r"[A-Za-z]:")
DISARMED: Final = re.compile(r"[\x00-\x1f\x7f\\:%]|^/|(?<![^/\\])\.\.?(?![^/\\])")

OUTSIDE = "its name leads out of the archive: it was not read; unpack it with care"
UNCLEAR = "its name means different files to different programs: rename it and pack it anew"
LINK = "it is a link or a device and not a file: pack the file itself"


def take_name(info: zipfile.ZipInfo) -> str:
    """The path of a member inside its archive, "" for a folder.

    Raises:
        ReadError: ``unsafe_name`` or ``not_a_file``: the member is not to be read.
    """
    name = info.orig_filename
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or DRIVE.match(name) or ".." in re.split(r"[/\\]", name):
        raise ReadError("unsafe_name", OUTSIDE)
    if "\\" in name or CONTROLS.search(name):
        raise ReadError("unsafe_name", UNCLEAR)
    if name.endswith("/") and info.file_size == 0:
        return ""
    if not parts or name.endswith("/"):
        raise ReadError("unsafe_name", UNCLEAR)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise ReadError("not_a_file", LINK)
    return "/".join(parts)


def disarm_name(name: str) -> str:
    """A name that can be shown as a path inside the archive: what leads elsewhere as escapes."""
    shown = DISARMED.sub(lambda match: "".join(f"%{ord(c):02X}" for c in match.group()), name)
    return shown.strip("/") or "%2F"
