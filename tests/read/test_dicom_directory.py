"""The directory of a medium is known by its class, and gives the files that it lists."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from tests.read.conftest import ReadBytes
from tests.read.media import make_medium
from tests.zips import patch_bytes
from ultrasound.errors import ReadError
from ultrasound.read.dicom_directory import list_references


def test_a_directory_lists_its_files(read_bytes: ReadBytes) -> None:
    """Each once, in the order of their names, and none that was deleted; its name says nothing."""
    data = make_medium("B/2", "A/1", "B/2", unused=["C/3"])
    outcome = read_bytes(data, "whatever.bin")
    assert outcome.references == ("A/1", "B/2")
    entry = outcome.entry
    assert (entry.kind, entry.code, entry.failed) == ("other_dicom", "medium_directory", False)
    assert entry.reason == "the directory of a medium (DICOMDIR): it lists 2 files"
    assert (outcome.documents, outcome.problems) == ((), ())


def test_a_directory_cut_short_is_refused(read_bytes: ReadBytes) -> None:
    """A part of a list is never taken for the whole of it."""
    data = make_medium("A/1", "B/2", "C/3")
    for cut in range(400, len(data), 9):
        outcome = read_bytes(data[:cut])
        assert outcome.entry.failed
        assert outcome.references == ()


def test_a_damaged_name_costs_no_other(read_bytes: ReadBytes) -> None:
    """Bytes that are no name of a file are shown as they can be, and the others are listed."""
    data = make_medium("A/1", "B/2")
    damaged = patch_bytes(data, data.index(b"A\\1"), b"\xff\\\xfe")
    assert "B/2" in read_bytes(damaged).references


def test_a_list_that_cannot_be_read_is_refused() -> None:
    """A medium whose list is no list is never taken for an empty one."""
    dataset = Dataset()
    dataset.add_new("DirectoryRecordSequence", "OB", b"no list")
    with pytest.raises(ReadError, match="copy it again, or give its folder"):
        list_references(dataset)
    assert list_references(Dataset()) == ()
