"""Builders of made-up DICOM objects that hold documents or marks: PDF, CDA, presentation states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import (
    EncapsulatedCDAStorage,
    EncapsulatedPDFStorage,
    GrayscaleSoftcopyPresentationStateStorage,
    UltrasoundImageStorage,
)

from tests.read.dicom_objects import Exam, start_object


def annotate(image_uid: str, *words: str, line: Sequence[float] = (), units: str = "PIXEL") -> Any:
    """A group of annotations of a presentation state: texts and a line on one image."""
    group, reference = Dataset(), Dataset()
    reference.ReferencedSOPClassUID = UltrasoundImageStorage
    reference.ReferencedSOPInstanceUID = image_uid
    group.ReferencedImageSequence = [reference]
    group.GraphicLayer = "MEASURE"
    group.TextObjectSequence = []
    for written in words:
        entry = Dataset()
        entry.UnformattedTextValue = written
        group.TextObjectSequence.append(entry)
    if line:
        drawn = Dataset()
        drawn.GraphicAnnotationUnits, drawn.GraphicType = units, "POLYLINE"
        drawn.GraphicDimensions, drawn.NumberOfGraphicPoints = 2, len(line) // 2
        drawn.GraphicData = list(line)
        group.GraphicObjectSequence = [drawn]
    return group


def presentation(exam: Exam, name: str, *groups: Dataset) -> FileDataset:
    """A presentation state with groups of annotations."""
    dataset = start_object(exam, name, GrayscaleSoftcopyPresentationStateStorage, "PR")
    dataset.ContentLabel = "MEASURE"
    dataset.GraphicAnnotationSequence = list(groups)
    return dataset


def embedded_cda(exam: Exam, name: str, document: str) -> FileDataset:
    """An Encapsulated CDA object."""
    dataset = start_object(exam, name, EncapsulatedCDAStorage, "DOC")
    data = document.encode()
    dataset.EncapsulatedDocument = data + b"\0" * (len(data) % 2)
    dataset.MIMETypeOfEncapsulatedDocument = "text/XML"
    return dataset


def embedded_pdf(exam: Exam, name: str, pages: Sequence[Sequence[str]]) -> FileDataset:
    """An Encapsulated PDF object."""
    dataset = start_object(exam, name, EncapsulatedPDFStorage, "DOC")
    data = make_pdf(pages)
    dataset.DocumentTitle = "Venous duplex report"
    dataset.BurnedInAnnotation = "YES"
    dataset.EncapsulatedDocument = data + b"\0" * (len(data) % 2)
    dataset.MIMETypeOfEncapsulatedDocument = "application/pdf"
    dataset.EncapsulatedDocumentLength = len(data)
    return dataset


def make_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with a text layer: lines in a fixed-width font, one list of lines for each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for number, lines in enumerate(pages):
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        bodies.append(_make_stream(lines))
    return _assemble_pdf(bodies)


def _make_stream(lines: Sequence[str]) -> bytes:
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = " ".join(f"({line}) Tj T*" for line in escaped)
    data = f"BT /F1 10 Tf 40 790 Td 14 TL {shown} ET".encode("cp1252")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _assemble_pdf(bodies: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(bodies) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n"
        % (
            count,
            table,
            count,
        )
        + b"startxref\n%d\n%%%%EOF\n" % len(data)
    )
