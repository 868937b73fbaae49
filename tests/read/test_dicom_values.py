"""Values of elements, taken one by one."""

from __future__ import annotations

import io

import pydicom
import pytest
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian

from tests.read.dicom_objects import Exam, image, region, write_bytes
from ultrasound.read.dicom_values import repair_text, take_number, take_text

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
