"""The directory of a medium (DICOMDIR): the files that its records reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ultrasound.errors import ReadError
from ultrasound.read.dicom_values import convert, take_number, take_text

IN_USE: Final = 0xFFFF
RECORDS: Final = "DirectoryRecordSequence"

BROKEN = "the list of files of this medium cannot be read: copy it again, or give its folder"


def list_references(dataset: Any) -> tuple[str, ...]:
    """The paths of all referenced files, with ``/``, each once and in the order of their names.

    Raises:
        ReadError: ``broken``: the list is damaged, and what it names is not known.
    """
    try:
        return tuple(sorted(set(_find_references(dataset))))
    except Exception as error:  # a sequence that is none, or that is damaged
        raise ReadError("broken", BROKEN) from error


def _find_references(dataset: Any) -> Iterator[str]:
    for record in convert(dataset, RECORDS) or ():
        if take_number(record, "RecordInUseFlag", int) in (None, IN_USE):
            parts = (take_text(record, "ReferencedFileID") or "").split("\\")
            path = "/".join(part.strip() for part in parts)
            if path:
                yield path
