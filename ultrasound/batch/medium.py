"""The directory of a medium (DICOMDIR): the files that it lists are followed, and missed.

Media write names in capitals, and copies of them often do not, so that case tells nothing apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from ultrasound.batch.listing import list_unread
from ultrasound.domain import FileEntry
from ultrasound.knowledge import Knowledge
from ultrasound.read import read_file
from ultrasound.read.dicom import has_preamble
from ultrasound.read.member_names import disarm_name

_HEAD: Final = 512
_USE: Final = "directory"
_MISSING: Final = (
    "the directory of the medium lists it, and it is not among the inputs: copy the whole medium"
)


def follow_references(path: Path, knowledge: Knowledge) -> list[Path]:
    """The files that a medium's directory lists and that are there; none for any other file."""
    folder = path.parent
    listings: dict[Path, dict[str, Path]] = {}
    found = (_resolve(folder, name, listings) for name in _read_references(path, knowledge))
    return sorted({file for file in found if file is not None})


def _read_references(path: Path, knowledge: Knowledge) -> tuple[str, ...]:
    """What a file lists, if it is a medium's directory; any other is left after its beginning."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return ()
    uids = [uid for uid, use in knowledge.dicom.uses.items() if use == _USE]
    if not has_preamble(head) or not any(uid.encode() in head for uid in uids):
        return ()
    return read_file(path, path.name, knowledge).references


def _resolve(folder: Path, name: str, listings: dict[Path, dict[str, Path]]) -> Path | None:
    """The file of that name below a folder, in any case of its letters.

    Only what the folders list is followed, so that no name leads out of them.
    """
    place = folder
    for part in name.split("/"):
        if place not in listings:
            listings[place] = _list_folder(place)
        entry = listings[place].get(part) or listings[place].get(part.casefold())
        if entry is None:
            return None
        place = entry
    return place if place.is_file() else None


def _list_folder(folder: Path) -> dict[str, Path]:
    """The entries of a folder by their names, and by their names without case."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return {}
    by_name: dict[str, Path] = {}
    for entry in entries:
        by_name.setdefault(entry.name.casefold(), entry)
    by_name.update((entry.name, entry) for entry in entries)
    return by_name


def list_missing(references: Mapping[str, Iterable[str]], names: Iterable[str]) -> list[FileEntry]:
    """A row for each file that a medium's directory lists and no input is.

    Args:
        references: what each directory lists, by the directory's own name.
        names: the names of all inputs.
    """
    present = {name.casefold() for name in names}
    missing: dict[str, str] = {}
    for directory, listed in references.items():
        for name in _name_below(directory, listed):
            if name.casefold() not in present:
                missing.setdefault(name.casefold(), name)
    return [
        list_unread(name, "unknown", "missing", _MISSING, failed=True)
        for name in sorted(missing.values())
    ]


def _name_below(directory: str, listed: Iterable[str]) -> Iterator[str]:
    folder = directory.rpartition("/")[0]
    for name in listed:
        shown = disarm_name(name)
        yield f"{folder}/{shown}" if folder else shown
