"""Values of elements, taken one by one."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pydicom
import pytest
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian

from tests.read.dicom_objects import Exam, image, region, write_bytes
from ultrasound.knowledge.schema_dicom import load_dicom
from ultrasound.read.dicom import KEYWORDS, read_object
from ultrasound.read.dicom_extent import Extent
from ultrasound.read.dicom_values import repair_text, take_number, take_text


def is_dicom(path: Path) -> bool:
    """Whether a sample is a DICOM object."""
    return path.is_file() and path.read_bytes()[128:132] == b"DICM"


ROOT = Path(__file__).parents[2]
ROOM = ROOT / "ultrasound" / "read"
SAMPLES = [p for p in sorted((ROOT / "sample_reports" / "dicom").rglob("*")) if is_dicom(p)]
EXAM = Exam("values", "P-7", "Ümlaut^Ada", "ACC-7", "20250401", "VENOUS DUPLEX LEFT LEG")


@pytest.mark.parametrize(
    ("text_value", "declared", "expected"),
    [
        ("plain", False, "plain"),
        ("StÃ©nose", False, "Sténose"),
        ("Sténose", False, "Sténose"),
        ("2.3 s \x96 long", False, "2.3 s – long"),
        ("2.3 s \x96 long", True, "2.3 s – long"),
        ("StÃ©nose", True, "StÃ©nose"),
        ("вена", True, "вена"),
    ],
)
def test_repair_of_texts(text_value: str, declared: bool, expected: str) -> None:
    """Undeclared UTF-8 and Windows-1252 are read as what was meant; declared text is kept."""
    assert repair_text(text_value, declared=declared) == expected


@pytest.mark.parametrize("encoding", [ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_values_from_bytes_are_those_that_pydicom_converts(encoding: str) -> None:
    """Texts and numbers taken from their bytes are what conversion gives, in either byte order."""
    dataset = image(EXAM, "still", region(4, (10, 60, 150, 118), (0.02, -0.5)))
    dataset.file_meta.TransferSyntaxUID = UID(encoding)
    dataset.ImageComments = " a comment "
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    dataset.FrameTime = "33.3"
    data = write_bytes(dataset)

    def texts(converted: bool) -> list[object]:
        found = pydicom.dcmread(io.BytesIO(data), stop_before_pixels=True)
        entry = found.SequenceOfUltrasoundRegions[0]
        if converted:
            found.decode()
            for element in (*found, *entry):
                assert element.value is not None
        names = ("ImageComments", "ImageType", "PatientName", "SOPClassUID", "FrameTime", "Rows")
        numbers = ("RegionLocationMinX0", "PhysicalDeltaX", "PhysicalDeltaY", "RegionFlags")
        return [
            *(take_text(found, name) for name in names),
            take_number(found, "FrameTime", float),
            take_number(found, "PatientName", float),
            *(take_number(entry, name, float) for name in numbers),
        ]

    assert texts(converted=False) == texts(converted=True)
    assert texts(converted=False)[:2] == ["a comment", "ORIGINAL\\PRIMARY"]


def test_every_element_that_is_read_is_cut_out() -> None:
    """The list of elements of a data set holds each that the reader asks a data set for."""
    source = "".join(path.read_text("utf-8") for path in sorted(ROOM.glob("dicom*.py")))
    asked = set(re.findall(r'take_\w+\(dataset, "(\w+)"', source))
    assert asked > {"SOPClassUID", "PatientID", "ContentSequence"}
    assert asked <= set(KEYWORDS)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_is_cut_out_reads_as_the_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object of the elements that are read says the same as the whole object."""
    data, codes = path.read_bytes(), load_dicom()
    found = read_object(io.BytesIO(data), len(data), codes)
    monkeypatch.setattr(Extent, "cut_out", lambda extent, _: extent.body[extent.elements[0][1] :])
    assert read_object(io.BytesIO(data), len(data), codes) == found
