"""What DICOM objects say of themselves, and which of them are used."""

from __future__ import annotations

import hashlib
import io

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import (
    CTImageStorage,
    SecondaryCaptureImageStorage,
)

from tests.read.conftest import ReadBytes
from tests.read.dicom_documents import embedded_pdf, make_pdf, presentation
from tests.read.dicom_objects import (
    RIGHT,
    Exam,
    code,
    container,
    findings,
    image,
    number,
    region,
    report,
    start_object,
    text,
    text_report,
    write_bytes,
)
from ultrasound.domain import Header, Leg, Region
from ultrasound.knowledge.schema_dicom import load_dicom
from ultrasound.read.dicom import has_preamble, looks_like_dicom, read_object

EXAM = Exam("dicom", "P-7", "Ümlaut^Ada", "ACC-7", "20250401", "VENOUS DUPLEX LEFT LEG")
FINDINGS = ("121070", "DCM", "Findings")
GSV = ("60734001", "SCT", "Great saphenous vein")
KNOWLEDGE = load_dicom()


def open_header(dataset: Dataset) -> Header:
    """The header of an object."""
    data = write_bytes(dataset)
    return read_object(io.BytesIO(data), len(data), KNOWLEDGE).header


def test_header() -> None:
    """Patient, exam and descriptions come from the header, absent ones are None."""
    dataset = image(EXAM, "still")
    dataset.ViewName = "SFJ"
    dataset.Laterality = "L"
    dataset.IssuerOfPatientID = "CLINIC"
    issuer = Dataset()
    issuer.LocalNamespaceEntityID = "RIS"
    dataset.IssuerOfAccessionNumberSequence = [issuer]
    dataset.AnatomicRegionSequence = [code(("60734001", "SCT", "Great saphenous vein"))]
    header = open_header(dataset)
    assert header.patient_name == "Ümlaut^Ada"
    assert (header.patient_id, header.issuer) == ("P-7", "CLINIC")
    assert (header.accession, header.accession_issuer) == ("ACC-7", "RIS")
    assert (header.study_date, header.birth_date) == ("20250401", "19600101")
    assert header.study_instance_uid == EXAM.uid("study")
    assert header.sop_instance_uid == EXAM.uid("still")
    assert header.laterality is Leg.LEFT
    assert header.model is None
    assert [region.meaning for region in header.anatomy] == ["Great saphenous vein"]
    assert header.descriptions == (
        ("ViewName", "SFJ"),
        ("StudyDescription", "VENOUS DUPLEX LEFT LEG"),
    )


def test_regions_and_frames() -> None:
    """Calibrated regions and the number of frames are read; one without a scale is left out."""
    spectral = region(4, (10, 60, 150, 118), (0.02, -0.5))
    bare = region(3, (0, 0, 159, 55), (0.03, 0.03))
    del bare.PhysicalDeltaX
    header = open_header(image(EXAM, "loop", spectral, bare, frames=3))
    assert header.frames == 3
    assert header.regions == (Region(3, 3, 10, 60, 150, 118, 4, 7, 0.02, -0.5, 60.0),)


def test_hash_of_an_image_leaves_the_pixels_out(read_bytes: ReadBytes) -> None:
    """The hash is over all bytes before the pixels, with the file's size behind them."""
    data = write_bytes(image(EXAM, "still"))
    at = data.index(b"\xe0\x7f\x10\x00")
    entry = read_bytes(data).entry
    assert entry.hash_scope == "header"
    expected = hashlib.sha256(data[:at] + str(len(data)).encode()).hexdigest()
    assert entry.sha256 == expected
    assert read_bytes(data[:-1] + b"\1").entry.sha256 == expected
    assert read_bytes(data + b"\0\0").entry.sha256 != expected


def test_hash_of_a_report_is_over_the_file(read_bytes: ReadBytes) -> None:
    """An object without pixels is hashed whole."""
    data = write_bytes(text_report(EXAM, "report", (FINDINGS, "No DVT. GSV competent.")))
    entry = read_bytes(data).entry
    assert (entry.sha256, entry.hash_scope) == (hashlib.sha256(data).hexdigest(), "file")


@pytest.mark.parametrize("drop", [0, 132], ids=["preamble", "no_preamble"])
def test_with_and_without_preamble(drop: int, read_bytes: ReadBytes) -> None:
    """An object is known with its preamble and without, and without any suffix."""
    data = write_bytes(text_report(EXAM, "report", (FINDINGS, "No DVT. GSV competent.")))
    outcome = read_bytes(data[drop:], "IM0001")
    assert outcome.entry.kind == "text_sr"
    assert outcome.documents[0].texts[0].text == "No DVT. GSV competent."


def test_data_set_without_meta_information(read_bytes: ReadBytes) -> None:
    """A bare data set is known by its SOP class."""
    data = write_bytes(image(EXAM, "still"))
    start = data.index(b"\x08\x00\x05\x00CS")
    assert read_bytes(data[start:]).entry.kind == "us_image"


def test_texts_of_a_report_are_a_report(read_bytes: ReadBytes) -> None:
    """Each text item is one part, named by its path, with its concept as heading, unchanged."""
    words = "Left GSV incompetent, 2.3 s.\r\nSSV: Sténose? aucune. Competent."
    conclusion = ("121077", "DCM", "Conclusion")
    outcome = read_bytes(
        write_bytes(text_report(EXAM, "report", (FINDINGS, words), (conclusion, "No DVT.")))
    )
    (document,) = outcome.documents
    assert (document.kind, document.exam) == ("text_sr", "insufficiency")
    assert [(part.part, part.heading) for part in document.texts] == [
        ("1.1.1", "Findings"),
        ("1.2.1", "Conclusion"),
    ]
    assert document.texts[0].text == words


def test_comment_of_a_measured_report(read_bytes: ReadBytes) -> None:
    """A free comment is a text; words beside a number, of a vein or of a side stay in the tree."""
    value = number(("V", "99X", "Value"), "2.3", "s")
    label = text(("L", "99X", "Label"), "Rt GSV reflux")
    comment = text(("121106", "DCM", "Comment"), "Left GSV incompetent at the knee.")
    beside = findings(RIGHT, text(("C", "99X", "Note"), "seen standing"))
    group = report(EXAM, "group", label, value)
    group.ContentSequence = [*group.ContentSequence, beside]
    assert read_bytes(write_bytes(group)).documents[0].texts == ()
    of_a_vein = container(GSV, text(("C", "99X", "Note"), "incompetent at the knee"))
    vein = report(EXAM, "vein", of_a_vein, label, value)
    vein.ContentSequence = [of_a_vein, container(FINDINGS, label, value)]
    assert read_bytes(write_bytes(vein)).documents[0].texts == ()
    summary = report(EXAM, "summary", comment)
    summary.ContentSequence = [comment, findings(RIGHT, label, value)]
    summary.ContentSequence[0].RelationshipType = "CONTAINS"
    (document,) = read_bytes(write_bytes(summary)).documents
    assert [part.text for part in document.texts] == ["Left GSV incompetent at the knee."]


@pytest.mark.parametrize(
    ("dataset", "kind", "code", "failed"),
    [
        (start_object(EXAM, "ct", CTImageStorage, "CT"), "other_dicom", "no_report", False),
        (
            start_object(EXAM, "sc", SecondaryCaptureImageStorage, "OT"),
            "other_dicom",
            "picture",
            True,
        ),
        (presentation(EXAM, "state"), "presentation", "no_report", False),
        (
            start_object(EXAM, "private", "1.2.840.113619.4.99", "OT"),
            "other_dicom",
            "no_report",
            False,
        ),
    ],
    ids=["ct", "secondary_capture", "presentation", "private"],
)
def test_objects_that_are_not_read(
    dataset: Dataset, kind: str, code: str, failed: bool, read_bytes: ReadBytes
) -> None:
    """What could hold a report is a failure; other objects are only listed."""
    entry = read_bytes(write_bytes(dataset)).entry
    assert (entry.kind, entry.used, entry.code, entry.failed) == (kind, False, code, failed)


@pytest.mark.parametrize(
    ("description", "used"),
    [("VENOUS DUPLEX", True), ("CAROTID DUPLEX", False), ("", True)],
    ids=["veins", "carotid", "unsaid"],
)
def test_images_of_other_exams(description: str, used: bool, read_bytes: ReadBytes) -> None:
    """An image is left aside where its header names another part of the body."""
    entry = read_bytes(write_bytes(image(Exam("x", description=description), "still"))).entry
    assert (entry.used, entry.code, entry.failed) == (
        used,
        None if used else "not_venous_leg",
        False,
    )


def test_report_of_another_exam(read_bytes: ReadBytes) -> None:
    """A measured report of the carotid arteries is not ours."""
    exam = Exam("neck", description="CAROTID DUPLEX")
    name = ("86117002", "SCT", "Internal carotid artery")
    title = ("24616-5", "LN", "US Carotid Arteries Report")
    dataset = report(exam, "neck", number(name, "90", "cm/s"), title=title)
    entry = read_bytes(write_bytes(dataset)).entry
    assert (entry.kind, entry.used, entry.code) == ("sr", False, "not_venous_leg")


def test_embedded_pdf(read_bytes: ReadBytes) -> None:
    """The text layer of an embedded PDF is a report, one part for each page."""
    pages = [["LEFT LEG VENOUS DUPLEX", "GSV 7.1 mm, reflux 2.3 s"], ["No DVT."]]
    (document,) = read_bytes(write_bytes(embedded_pdf(EXAM, "pdf", pages))).documents
    assert (document.kind, document.exam) == ("pdf", "insufficiency")
    assert [part.part for part in document.texts] == ["page 1", "page 2"]
    assert document.header is not None
    assert document.header.accession == "ACC-7"


def test_embedded_pdf_without_text(read_bytes: ReadBytes) -> None:
    """An embedded PDF of pictures is a failure that says so."""
    outcome = read_bytes(write_bytes(embedded_pdf(EXAM, "pdf", [[""]])))
    assert outcome.entry.failed
    assert [problem.code for problem in outcome.problems] == ["no_text_layer"]


def test_embedded_pdf_is_found_by_its_length(read_bytes: ReadBytes) -> None:
    """Bytes behind the stated length are no part of the PDF."""
    dataset = embedded_pdf(EXAM, "pdf", [["LEFT LEG VENOUS DUPLEX. GSV competent."]])
    data = make_pdf([["LEFT LEG VENOUS DUPLEX. GSV competent."]])
    dataset.EncapsulatedDocument = data + b"\0" * (2 + len(data) % 2)
    assert read_bytes(write_bytes(dataset)).entry.used


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\0" * 128 + b"DICM", True),
        (b"\x08\x00\x05\x00CS\x0a\x00", True),
        (b"\x08\x00\x05\x00\x0a\x00\x00\x00", True),
        (b"\x02\x00\x00\x00UL\x04\x00", True),
        (b"\x00\x08\x00\x05CS\x00\x0a", True),
        (b"Venous duplex", False),
        (b"", False),
        (b"\x08\x00", False),
        ("Venous".encode("utf-16-le"), False),
        (b"%PDF-1.4", False),
    ],
)
def test_first_bytes(head: bytes, expected: bool) -> None:
    """An object is suspected by its first bytes, and a text never."""
    assert looks_like_dicom(head) is expected
    assert not has_preamble(head) or expected
