"""A DICOM object that was cut short is noticed, in every encoding."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from tests.make_dicom_samples import make_measured
from tests.read.conftest import ReadBytes
from tests.read.dicom_objects import Exam, image, write_bytes
from ultrasound.domain import ContentNode
from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_dicom import load_dicom
from ultrasound.read.dicom import DicomObject, read_object

KNOWLEDGE = load_dicom()
ENCODINGS = {
    "explicit": ExplicitVRLittleEndian,
    "implicit": ImplicitVRLittleEndian,
    "big_endian": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
}
SAMPLED = 320


def open_bytes(data: bytes) -> DicomObject:
    """The object that the bytes hold."""
    return read_object(io.BytesIO(data), len(data), KNOWLEDGE)


def list_numbers(node: ContentNode | None) -> list[str]:
    """The numbers of a report in the order of its tree."""
    if node is None:
        return []
    own = [node.value or ""] if node.kind == "NUM" else []
    return own + [number for child in node.children for number in list_numbers(child)]


def leave_lengths_open(dataset: Dataset) -> None:
    """Write every sequence without its length, ended by a delimiter."""
    for element in dataset:
        if element.VR == "SQ":
            element.is_undefined_length = True
            for entry in element.value:
                entry.is_undefined_length_sequence_item = True
                leave_lengths_open(entry)


def make_report(encoding: str = "explicit", *, open_lengths: bool = False) -> bytes:
    """The measured sample report in one of the encodings."""
    dataset = make_measured()["report.dcm"]
    assert isinstance(dataset, FileDataset)
    dataset.file_meta.TransferSyntaxUID = ENCODINGS[encoding]
    if open_lengths:
        leave_lengths_open(dataset)
    return write_bytes(dataset)


WHOLE = list_numbers(open_bytes(make_report()).tree)


def outcome_of(data: bytes) -> str:
    """What became of an object: the code of its refusal, or whether its numbers are all there."""
    try:
        found = open_bytes(data)
    except ReadError as error:
        return error.code
    return "whole" if list_numbers(found.tree) == WHOLE else "loss"


def cut_everywhere(data: bytes, points: range) -> set[str]:
    """What became of an object that ends at each of the points."""
    return {outcome_of(data[:point]) for point in points}


def test_the_report_has_numbers() -> None:
    """The report that is cut below holds numbers, of both legs."""
    assert len(WHOLE) == 21
    assert outcome_of(make_report()) == "whole"


@pytest.mark.parametrize("open_lengths", [False, True], ids=["lengths", "delimiters"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_give_the_same(encoding: str, open_lengths: bool) -> None:
    """Each encoding gives the same numbers, with lengths and with delimiters."""
    found = open_bytes(make_report(encoding, open_lengths=open_lengths))
    assert list_numbers(found.tree) == WHOLE


@pytest.mark.parametrize("open_lengths", [False, True], ids=["lengths", "delimiters"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cuts_are_noticed(encoding: str, open_lengths: bool) -> None:
    """Cut at many points, a report is refused as cut short, or all its numbers are there."""
    data = make_report(encoding, open_lengths=open_lengths)
    step = max(1, (len(data) - 132) // SAMPLED)
    found = cut_everywhere(data, range(132, len(data), step))
    assert found <= {"truncated", "whole"}
    assert "truncated" in found


@pytest.mark.prove
@pytest.mark.parametrize("open_lengths", [False, True], ids=["lengths", "delimiters"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_cut_is_noticed(encoding: str, open_lengths: bool) -> None:
    """The same at every single byte."""
    data = make_report(encoding, open_lengths=open_lengths)
    assert cut_everywhere(data, range(132, len(data))) <= {"truncated", "whole"}


def test_cuts_of_a_file(read_bytes: ReadBytes) -> None:
    """A cut file is a failed entry with a Problem that says what to do, from its first byte on."""
    data = make_report()
    for point in (1, 100, 131, 132, 140, 400, len(data) // 2, len(data) - 1):
        outcome = read_bytes(data[:point])
        assert outcome.entry.failed
        assert outcome.documents == ()
        assert [problem.code for problem in outcome.problems] == ["truncated"]
        assert "again" in outcome.problems[0].message


@pytest.mark.parametrize(
    "cut", [lambda data: data[:-1], lambda data: data[: len(data) // 2]], ids=["last", "half"]
)
def test_cut_pixels_are_noticed(cut: Callable[[bytes], bytes]) -> None:
    """An image that ends within its pixels was cut short."""
    data = write_bytes(image(Exam("cut"), "still"))
    assert open_bytes(data).use == "image"
    assert outcome_of(cut(data)) == "truncated"


def test_image_without_pixels_is_cut() -> None:
    """An image that ends before its pixels was cut short."""
    dataset = image(Exam("cut"), "still")
    del dataset.PixelData
    assert outcome_of(write_bytes(dataset)) == "truncated"


def make_compressed(*, ended: bool, more: bytes = b"") -> bytes:
    """An image whose pixels are in fragments, with or without their end mark."""
    dataset = image(Exam("fragments"), "still")
    del dataset.PixelData
    head = write_bytes(dataset)
    pixels = struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
    pixels += struct.pack("<HHI", 0xFFFE, 0xE000, 0)
    pixels += struct.pack("<HHI", 0xFFFE, 0xE000, 6) + b"abcdef"
    end = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0) if ended else b""
    return head + pixels + end + more


def test_fragments() -> None:
    """Compressed pixels are whole with their end mark, also before others, and cut without."""
    padding = struct.pack("<HH2sHI", 0xFFFC, 0xFFFC, b"OB", 0, 2) + b"\0\0"
    assert open_bytes(make_compressed(ended=True)).mark.scope == "header"
    assert open_bytes(make_compressed(ended=True, more=padding)).mark.scope == "header"
    assert outcome_of(make_compressed(ended=False)) == "truncated"
    assert outcome_of(make_compressed(ended=True, more=padding[:-1])) == "truncated"


def test_trailing_zeros_are_padding() -> None:
    """Zeros behind the last element are what some disks and tapes leave."""
    assert outcome_of(make_report() + b"\0" * 512) == "whole"


def test_zeroed_tail_is_noticed() -> None:
    """A copy that was not finished and whose rest is zeros loses nothing in silence."""
    data = make_report()
    for point in range(2000, len(data), 611):
        assert outcome_of(data[:point] + b"\0" * (len(data) - point)) != "loss"


def test_length_of_an_item_that_does_not_fit() -> None:
    """A length inside the content tree that does not fit its parent is damage, and is refused."""
    data = make_report()
    at = data.index(b"\xfe\xff\x00\xe0", data.index(b"\x40\x00\x30\xa7")) + 4
    length = int.from_bytes(data[at : at + 4], "little")
    broken = data[:at] + (length + 2).to_bytes(4, "little") + data[at + 4 :]
    assert outcome_of(broken) == "broken"


@given(st.integers(132, len(make_report()) - 1), st.integers(0, 255))
def test_one_changed_byte(place: int, byte: int) -> None:
    """A changed byte never raises anything but a ReadError."""
    data = bytearray(make_report())
    data[place] = byte
    assert outcome_of(bytes(data)) in {"whole", "loss", "truncated", "broken", "too_large"}


@given(st.binary(max_size=600))
def test_random_bytes_after_the_prefix(data: bytes) -> None:
    """Random bytes that claim to be DICOM never raise anything but a ReadError."""
    assert outcome_of(b"\0" * 128 + b"DICM" + data) != ""


def test_tags_out_of_order_are_a_problem(read_bytes: ReadBytes) -> None:
    """A tag that was changed on its way stands out of order: the object is read, and listed."""
    data = make_report()
    at = data.index(b"\x08\x00\x50\x00")  # the accession number
    outcome = read_bytes(data[:at] + b"\x07\x00" + data[at + 2 :])
    assert [problem.code for problem in outcome.problems] == ["damaged_items"]
