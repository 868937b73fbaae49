"""Objects that are large, deep or odd: refused with a reason, or read as far as they are good."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pydicom.uid import ComprehensiveSRStorage, JPEGBaseline8Bit

from tests.make_dicom_samples import make_measured
from tests.read.conftest import ReadBytes
from tests.read.dicom_objects import (
    REFLUX_TIME,
    RIGHT,
    Exam,
    container,
    findings,
    image,
    item,
    number,
    report,
    start_object,
    text,
    write_bytes,
)
from ultrasound.knowledge import Knowledge
from ultrasound.read.dicom import read_object

EXAM = Exam("hostile", "P-1")
GSV = ("60734001", "SCT", "Great saphenous vein")


SEQUENCE = b"\x40\x00\x30\xa7SQ\0\0\xff\xff\xff\xff"
ITEM = b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
ENDS = b"\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"


@pytest.mark.parametrize("depth", [60, 1000, 100_000])
def test_deep_trees(depth: int, read_bytes: ReadBytes) -> None:
    """Items within items beyond the limit are a Problem, not a crash."""
    head = write_bytes(start_object(EXAM, "report", ComprehensiveSRStorage, "SR"))
    outcome = read_bytes(head + (SEQUENCE + ITEM) * depth + ENDS * depth)
    assert outcome.documents == ()
    assert [problem.code for problem in outcome.problems] == ["broken"]


@pytest.mark.parametrize("items", [25_000, pytest.param(100_000, marks=pytest.mark.prove)])
def test_more_items_than_any_report_has(items: int, read_bytes: ReadBytes) -> None:
    """A report that is larger than the limit is a Problem."""
    one = write_bytes(report(EXAM, "report", text(GSV, "x")))
    at = one.index(b"\xfe\xff\x00\xe0", one.rindex(b"\x40\x00\x30\xa7"))
    many = one[:at] + one[at:] * items
    length = len(many) - at
    many = many[: at - 4] + length.to_bytes(4, "little") + many[at:]
    outcome = read_bytes(many)
    assert outcome.documents == ()
    assert [problem.code for problem in outcome.problems] == ["too_large"]


def test_private_groups_and_empty_sequences(read_bytes: ReadBytes) -> None:
    """Elements of a maker's own are passed over, and a sequence may be empty."""
    dataset = make_measured()["report.dcm"]
    block = dataset.private_block(0x0011, "MADE UP", create=True)
    block.add_new(1, "UN", b"\x00\x01\x02")
    block.add_new(2, "SQ", [])
    dataset.ReferencedPerformedProcedureStepSequence = []
    dataset.ContentSequence.append(item("CONTAINER", GSV, ContinuityOfContent="SEPARATE"))
    outcome = read_bytes(write_bytes(dataset))
    assert len(outcome.documents) == 1
    assert not outcome.problems


def test_number_without_a_value(read_bytes: ReadBytes) -> None:
    """A measurement that was not taken has no value; one that lost its value is a Problem."""
    empty = report(EXAM, "report", findings(RIGHT, container(GSV, number(REFLUX_TIME, "", "s"))))
    assert not read_bytes(write_bytes(empty)).problems
    lost = number(REFLUX_TIME, "", "s")
    del lost.MeasuredValueSequence
    damaged = report(EXAM, "report", findings(RIGHT, container(GSV, lost)))
    outcome = read_bytes(write_bytes(damaged))
    assert outcome.entry.used
    assert [problem.code for problem in outcome.problems] == ["damaged_items"]


class CountingStream(io.BytesIO):
    """A file that counts the bytes that are read from it."""

    taken = 0

    def read(self, *size: Any) -> bytes:
        """Count and read."""
        data = super().read(*size)
        self.taken += len(data)
        return data


@pytest.mark.parametrize("compressed", [False, True])
def test_pixels_are_not_read(compressed: bool, knowledge: Knowledge) -> None:
    """Of a large image no more is read than its header and a look at the end."""
    dataset = image(EXAM, "still")
    dataset.PixelData = bytes(40_000_000)
    if compressed:
        dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
        fragment = b"\xfe\xff\x00\xe0" + (40_000_000).to_bytes(4, "little") + bytes(40_000_000)
        dataset.PixelData = b"\xfe\xff\x00\xe0" + bytes(4) + fragment
        dataset["PixelData"].is_undefined_length = True
    data = write_bytes(dataset)
    stream = CountingStream(data)
    found = read_object(stream, len(data), knowledge.dicom)
    assert found.use == "image"
    assert stream.taken < 1_000_000
