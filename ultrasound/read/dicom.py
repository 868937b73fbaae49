"""DICOM objects: what they say of themselves, their report tree, their embedded document.

Pixels are never read. Values are taken one by one and each may fail: writers of structured reports
leave out or misuse elements that the standard requires, and the rest of the object is still good.
"""

from __future__ import annotations

import hashlib
import io
import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO, Final

from pydicom.datadict import tag_for_keyword
from pydicom.filereader import read_dataset
from pydicom.uid import UID

from ultrasound.domain import Code, ContentNode, Header, Leg, Region
from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_dicom import DicomKnowledge
from ultrasound.read.dicom_directory import list_references
from ultrasound.read.dicom_extent import PREAMBLE, PREFIX, Extent, measure_object
from ultrasound.read.dicom_tree import TreeReader
from ultrasound.read.dicom_values import (
    declares_charset,
    repair_text,
    take_items,
    take_number,
    take_text,
    take_value,
)
from ultrasound.read.dicom_walk import CUT, PIXELS
from ultrasound.read.outcome import Fingerprint
from ultrasound.read.presentation import read_presentation

NO_CLASS = "it names no kind of DICOM object: copy or export it again"
UNREADABLE = "its header cannot be read: copy or export it again"

FIRST_GROUPS: Final = (b"\x02\x00", b"\x08\x00", b"\x00\x08")
FIRST_NUMBERS: Final = 0x40
SIDES: Final = {"R": Leg.RIGHT, "L": Leg.LEFT}
CODE_PARTS: Final = ("CodeValue", "CodingSchemeDesignator", "CodeMeaning")
# Every element of the data set itself that is read here or in the modules of this room.
KEYWORDS: Final = (
    *("SpecificCharacterSet", "SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "Modality"),
    *("PatientID", "IssuerOfPatientID", "PatientName", "PatientBirthDate"),
    *("StudyDate", "AcquisitionDate", "AccessionNumber", "IssuerOfAccessionNumberSequence"),
    *("Manufacturer", "ManufacturerModelName", "ImageLaterality", "Laterality"),
    *("AnatomicRegionSequence", "NumberOfFrames", "FrameTime"),
    *("SequenceOfUltrasoundRegions", "PerFrameFunctionalGroupsSequence"),
    *("ValueType", "ConceptNameCodeSequence", "ContinuityOfContent", "ContentSequence"),
    *("RelationshipType", "ReferencedContentItemIdentifier"),
    *("GraphicAnnotationSequence", "DirectoryRecordSequence"),
    *("EncapsulatedDocument", "EncapsulatedDocumentLength"),
)
LEAST_REGION: Final = ("RegionLocationMinX0", "PhysicalUnitsXDirection", "PhysicalDeltaX")

# Its messages quote values.
logging.getLogger("pydicom").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class DicomObject:
    """One object: ``use`` is a kind of dicom.toml, or "other", or "unknown" (no DICOM at all).

    ``embedded`` is the document inside it; ``damaged`` counts the items whose value could not be
    read; ``references`` are the paths that the directory of a medium lists, below its own folder.
    """

    use: str
    name: str
    mark: Fingerprint
    header: Header
    tree: ContentNode | None = None
    embedded: bytes | None = None
    damaged: int = 0
    references: tuple[str, ...] = ()


def looks_like_dicom(head: bytes) -> bool:
    """Whether the first bytes may be a DICOM object, with or without the preamble."""
    if has_preamble(head):
        return True
    if head[:2] not in FIRST_GROUPS:
        return False
    group = 8 if head[:2] == b"\x00\x08" else head[0]
    number = max(head[2:4], default=0)
    representation = head[4:6]
    named = representation.isalpha() and representation.isupper()
    return group in (2, 8) and number < FIRST_NUMBERS and (named or head[6:8] == b"\0\0")


def has_preamble(head: bytes) -> bool:
    """Whether the file says by its prefix that it is DICOM."""
    return head[PREAMBLE : PREAMBLE + len(PREFIX)] == PREFIX


def is_preamble(data: bytes) -> bool:
    """Whether a file is the preamble and a part of the prefix, and nothing else."""
    return (bytes(PREAMBLE) + PREFIX).startswith(data)


def read_object(stream: BinaryIO, size: int, knowledge: DicomKnowledge) -> DicomObject:
    """Read one object up to its pixels.

    Raises:
        ReadError: ``truncated``, ``broken``, ``changed`` or ``too_large``: nothing of it is used.
    """
    extent = measure_object(stream, size, knowledge.limits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they quote values, and tell of faults met below
        dataset = _parse(extent, knowledge)
        uid = take_text(dataset, "SOPClassUID") or extent.media_class or None
        use = _use_of(uid, knowledge)
        header = _read_header(dataset, uid or "", knowledge)
        tree, damaged = _read_tree(dataset, use, knowledge)
        embedded = _read_embedded(dataset) if use in ("pdf", "cda") else None
        listed = list_references(dataset) if use == "directory" else ()
        name = "an unknown kind of object" if use == "unknown" else UID(uid or "").name
    if uid is None and has_preamble(extent.data):
        raise ReadError("broken", NO_CLASS)
    if use == "image" and not extent.pixels and not extent.has(PIXELS):
        raise ReadError("truncated", CUT)
    damaged += not extent.ordered
    return DicomObject(use, name, _mark(extent, size), header, tree, embedded, damaged, listed)


def _parse(extent: Extent, knowledge: DicomKnowledge) -> Any:
    """The elements that are read here, as a data set; the others are not even cut out."""
    data = extent.cut_out(_list_wanted((*knowledge.header.image, *knowledge.header.study)))
    try:
        dataset = read_dataset(
            io.BytesIO(data),
            is_implicit_VR=not extent.explicit,
            is_little_endian=extent.little,
        )
        for name in ("SpecificCharacterSet", "ContentSequence"):
            dataset.get(name)
    except Exception as error:  # pydicom raises anything at all on damaged bytes
        raise ReadError("broken", UNREADABLE) from error
    return dataset


@cache
def _list_wanted(described: tuple[str, ...]) -> frozenset[int]:
    tags = (tag_for_keyword(keyword) for keyword in (*KEYWORDS, *described))
    return frozenset(int(tag) for tag in tags if tag is not None)


def _use_of(uid: str | None, knowledge: DicomKnowledge) -> str:
    if uid is None:
        return "unknown"
    if uid in knowledge.uses:
        return knowledge.uses[uid]
    return "other" if UID(uid).name != uid else "unknown"


def _mark(extent: Extent, size: int) -> Fingerprint:
    digest = hashlib.sha256(extent.data)
    if not extent.pixels:
        return Fingerprint(digest.hexdigest(), "file")
    digest.update(str(size).encode("ascii"))
    return Fingerprint(digest.hexdigest(), "header")


def _read_header(dataset: Any, uid: str, knowledge: DicomKnowledge) -> Header:
    side = take_text(dataset, "ImageLaterality") or take_text(dataset, "Laterality") or ""
    return Header(
        sop_class_uid=uid,
        sop_instance_uid=take_text(dataset, "SOPInstanceUID") or "",
        study_instance_uid=take_text(dataset, "StudyInstanceUID"),
        patient_id=take_text(dataset, "PatientID"),
        issuer=take_text(dataset, "IssuerOfPatientID"),
        patient_name=take_text(dataset, "PatientName"),
        birth_date=take_text(dataset, "PatientBirthDate"),
        study_date=take_text(dataset, "StudyDate") or take_text(dataset, "AcquisitionDate"),
        accession=take_text(dataset, "AccessionNumber"),
        accession_issuer=_read_issuer(dataset),
        modality=take_text(dataset, "Modality"),
        manufacturer=take_text(dataset, "Manufacturer"),
        model=take_text(dataset, "ManufacturerModelName"),
        laterality=SIDES.get(side.upper()),
        anatomy=tuple(_read_anatomy(dataset)),
        descriptions=_read_descriptions(dataset, knowledge),
        frames=take_number(dataset, "NumberOfFrames", int) or 1,
        frame_ms=take_number(dataset, "FrameTime", float),
        regions=_read_regions(dataset),
    )


def _read_issuer(dataset: Any) -> str | None:
    for item in take_items(dataset, "IssuerOfAccessionNumberSequence"):
        return take_text(item, "LocalNamespaceEntityID") or take_text(item, "UniversalEntityID")
    return None


def _read_descriptions(dataset: Any, knowledge: DicomKnowledge) -> tuple[tuple[str, str], ...]:
    keywords = (*knowledge.header.image, *knowledge.header.study)
    return tuple((name, text) for name in keywords if (text := take_text(dataset, name)))


def _read_anatomy(dataset: Any) -> Iterator[Code]:
    """The coded regions of the body, each followed by its modifiers."""
    for item in take_items(dataset, "AnatomicRegionSequence"):
        for entry in (item, *take_items(item, "AnatomicRegionModifierSequence")):
            values = (take_text(entry, name) or "" for name in CODE_PARTS)
            yield Code(*values)


def _read_regions(dataset: Any) -> tuple[Region, ...]:
    """The calibrated regions: those of all frames, then those that single frames have."""
    groups: list[tuple[int | None, Any]] = [(None, dataset)]
    groups += enumerate(take_items(dataset, "PerFrameFunctionalGroupsSequence"), 1)
    return tuple(
        _read_region(item, frame)
        for frame, group in groups
        for item in take_items(group, "SequenceOfUltrasoundRegions")
        if all(take_number(item, name, float) is not None for name in LEAST_REGION)
    )


def _read_region(item: Any, frame: int | None) -> Region:
    def whole(keyword: str) -> int:
        return take_number(item, keyword, int) or 0

    return Region(
        spatial_format=whole("RegionSpatialFormat"),
        data_type=whole("RegionDataType"),
        min_x=whole("RegionLocationMinX0"),
        min_y=whole("RegionLocationMinY0"),
        max_x=whole("RegionLocationMaxX1"),
        max_y=whole("RegionLocationMaxY1"),
        units_x=whole("PhysicalUnitsXDirection"),
        units_y=whole("PhysicalUnitsYDirection"),
        delta_x=take_number(item, "PhysicalDeltaX", float),
        delta_y=take_number(item, "PhysicalDeltaY", float) or 0.0,
        doppler_angle=take_number(item, "DopplerCorrectionAngle", float),
        transducer_khz=take_number(item, "TransducerFrequency", float),
        frame=frame,
    )


def _read_tree(dataset: Any, use: str, knowledge: DicomKnowledge) -> tuple[ContentNode | None, int]:
    if use not in ("report", "presentation"):
        return None, 0
    declared = declares_charset(dataset)
    reader = TreeReader(knowledge.limits, lambda text: repair_text(text, declared=declared))
    if use == "presentation":
        return read_presentation(dataset, reader), reader.damaged
    if not take_items(dataset, "ContentSequence"):
        raise ReadError("truncated", CUT)
    return reader.read(dataset), reader.damaged


def _read_embedded(dataset: Any) -> bytes:
    data = take_value(dataset, "EncapsulatedDocument")
    if not isinstance(data, bytes) or not data:
        raise ReadError("truncated", CUT)
    length = take_number(dataset, "EncapsulatedDocumentLength", int)
    return data[:length] if length and length <= len(data) else data
