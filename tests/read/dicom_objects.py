"""Builders of made-up DICOM objects: images with regions and structured reports.

Everything is fixed (identifiers, dates, the writer's own name), so that the same call gives the
same bytes. No patient exists.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import (
    UID,
    BasicTextSRStorage,
    ComprehensiveSRStorage,
    ExplicitVRLittleEndian,
    UltrasoundImageStorage,
    UltrasoundMultiFrameImageStorage,
)

CONTAINS: Final = "CONTAINS"
MODIFIES: Final = "HAS CONCEPT MOD"
Triple = tuple[str, str, str]

RIGHT: Final = ("24028007", "SCT", "Right")
LEFT: Final = ("7771000", "SCT", "Left")
REFLUX_TIME: Final = ("REFLUX_TIME", "99SAMPLE", "Reflux Time")
DIAMETER: Final = ("397413000", "SCT", "Vessel lumen diameter")
LATERALITY: Final = ("272741003", "SCT", "Laterality")
SITE: Final = ("363698007", "SCT", "Finding Site")
LEVEL: Final = ("106233006", "SCT", "Topographical modifier")
LEG_VEIN: Final = ("122774002", "SCT", "Vein of Lower Extremity")
FINDINGS: Final = ("59776-5", "LN", "Findings")
PROXIMAL: Final = ("40415009", "SCT", "Proximal")
MIDDLE: Final = ("C25569", "NCIt", "Middle")
DISTAL: Final = ("46053002", "SCT", "Distal")


@dataclass(frozen=True)
class Exam:
    """Whose exam an object belongs to."""

    key: str
    patient_id: str = "S-0000"
    name: str = "Sample^Test"
    accession: str = "SMP-0000"
    date: str = "20250305"
    description: str = "VENOUS DUPLEX LE REFLUX"

    def uid(self, part: str) -> str:
        """An identifier that stays the same from run to run."""
        return make_uid(f"{self.key}/{part}")


def make_uid(name: str) -> str:
    """A UID below 2.25 that depends on the name only."""
    return f"2.25.{int.from_bytes(hashlib.sha256(name.encode()).digest()[:15], 'big')}"


def write_bytes(dataset: Dataset) -> bytes:
    """The object as a file."""
    target = io.BytesIO()
    dcmwrite(target, dataset, enforce_file_format=True)
    return target.getvalue()


def start_object(exam: Exam, name: str, sop_class: str, modality: str) -> FileDataset:
    """An object with the patient, study and series of an exam."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = UID(exam.uid(name))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(make_uid("writer"))
    meta.ImplementationVersionName = "SAMPLES"
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = sop_class
    dataset.SOPInstanceUID = exam.uid(name)
    dataset.StudyDate = dataset.ContentDate = exam.date
    dataset.StudyTime = dataset.ContentTime = "101500"
    dataset.AccessionNumber = exam.accession
    dataset.Modality = modality
    dataset.Manufacturer = "MADE UP"
    dataset.StudyDescription = exam.description
    dataset.PatientName = exam.name
    dataset.PatientID = exam.patient_id
    dataset.PatientBirthDate = "19600101"
    dataset.PatientSex = "F"
    dataset.StudyInstanceUID = exam.uid("study")
    dataset.SeriesInstanceUID = exam.uid(f"series {modality}")
    dataset.StudyID = "1"
    dataset.SeriesNumber = dataset.InstanceNumber = "1"
    return dataset


# --- structured reports --------------------------------------------------------------------------


def code(triple: Triple) -> Dataset:
    """A coded entry."""
    entry = Dataset()
    entry.CodeValue, entry.CodingSchemeDesignator, entry.CodeMeaning = triple
    return entry


def item(kind: str, name: Triple | None, children: Sequence[Dataset] = (), **more: Any) -> Dataset:
    """One content item; ``relation`` defaults to CONTAINS."""
    node = Dataset()
    node.RelationshipType = more.pop("relation", CONTAINS)
    node.ValueType = kind
    if name is not None:
        node.ConceptNameCodeSequence = [code(name)]
    for keyword, value in more.items():
        setattr(node, keyword, value)
    if children:
        node.ContentSequence = list(children)
    return node


def container(name: Triple, *children: Dataset) -> Dataset:
    """A group of items."""
    return item("CONTAINER", name, children, ContinuityOfContent="SEPARATE")


def text(name: Triple, words: str, relation: str = CONTAINS) -> Dataset:
    """A text item."""
    return item("TEXT", name, relation=relation, TextValue=words)


def coded(name: Triple, value: Triple, relation: str = MODIFIES) -> Dataset:
    """A modifier or an answer that is a code."""
    return item("CODE", name, relation=relation, ConceptCodeSequence=[code(value)])


def number(name: Triple, value: str, unit: str, *children: Dataset) -> Dataset:
    """A measurement; an empty value gives an item without one."""
    node = item("NUM", name, children)
    node.MeasuredValueSequence = []
    if value:
        measured = Dataset()
        measured.NumericValue = value
        measured.MeasurementUnitsCodeSequence = [code((unit, "UCUM", unit))]
        node.MeasuredValueSequence = [measured]
    return node


def caliper(image_uid: str, *points: float) -> Dataset:
    """Points on an image that a measurement was inferred from."""
    reference = Dataset()
    reference.ReferencedSOPClassUID = UltrasoundImageStorage
    reference.ReferencedSOPInstanceUID = image_uid
    name = ("121112", "DCM", "Source of Measurement")
    image = item("IMAGE", name, relation="SELECTED FROM", ReferencedSOPSequence=[reference])
    return item(
        "SCOORD",
        ("111030", "DCM", "Image Region"),
        [image],
        relation="INFERRED FROM",
        GraphicType="POLYLINE",
        GraphicData=list(points),
    )


def findings(side: Triple | None, *veins: Dataset) -> Dataset:
    """The section of one leg."""
    sides = [coded(LATERALITY, side)] if side is not None else []
    return container(FINDINGS, coded(SITE, LEG_VEIN), *sides, *veins)


def report(
    exam: Exam,
    name: str,
    *children: Dataset,
    title: Triple = ("44174-1", "LN", "US Doppler Lower Extremity Vessels Report"),
    sop_class: str = ComprehensiveSRStorage,
) -> FileDataset:
    """A structured report."""
    dataset = start_object(exam, name, sop_class, "SR")
    dataset.ValueType = "CONTAINER"
    dataset.ContinuityOfContent = "SEPARATE"
    dataset.CompletionFlag = "COMPLETE"
    dataset.VerificationFlag = "UNVERIFIED"
    dataset.ConceptNameCodeSequence = [code(title)]
    dataset.ContentSequence = list(children)
    return dataset


def text_report(exam: Exam, name: str, *sections: tuple[Triple, str]) -> FileDataset:
    """A Basic Text report: one container with its text for each section."""
    parts = [container(heading, text(heading, words)) for heading, words in sections]
    title = ("18748-4", "LN", "Diagnostic Imaging Report")
    return report(exam, name, *parts, title=title, sop_class=BasicTextSRStorage)


# --- images and documents ------------------------------------------------------------------------


def region(units: int, corners: tuple[int, int, int, int], delta: tuple[float, float]) -> Dataset:
    """A calibrated region: ``units`` of the x axis 3 (cm, B-mode) or 4 (s, spectral)."""
    entry = Dataset()
    spectral = units == 4
    entry.RegionSpatialFormat = 3 if spectral else 1
    entry.RegionDataType = 3 if spectral else 1
    entry.RegionFlags = 0
    entry.RegionLocationMinX0, entry.RegionLocationMinY0 = corners[:2]
    entry.RegionLocationMaxX1, entry.RegionLocationMaxY1 = corners[2:]
    entry.PhysicalUnitsXDirection = units
    entry.PhysicalUnitsYDirection = 7 if spectral else 3
    entry.PhysicalDeltaX, entry.PhysicalDeltaY = delta
    if spectral:
        entry.DopplerCorrectionAngle = 60.0
    return entry


def image(exam: Exam, name: str, *regions: Dataset, frames: int = 1) -> FileDataset:
    """A grey ultrasound image of 160 by 120 pixels, or a short loop of 32 by 24."""
    sop_class = UltrasoundImageStorage if frames == 1 else UltrasoundMultiFrameImageStorage
    dataset = start_object(exam, name, sop_class, "US")
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    if regions:
        dataset.SequenceOfUltrasoundRegions = list(regions)
    columns, rows = (160, 120) if frames == 1 else (32, 24)
    if frames > 1:
        dataset.NumberOfFrames = str(frames)
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows, dataset.Columns = rows, columns
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.PixelData = bytes((x + y) % 200 for y in range(rows) for x in range(columns)) * frames
    return dataset
