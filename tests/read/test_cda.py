"""Clinical documents: the narrative of their sections."""

from __future__ import annotations

import pytest

from tests.read.conftest import ReadBytes
from tests.read.dicom_documents import embedded_cda
from tests.read.dicom_objects import Exam, write_bytes
from ultrasound.errors import ReadError
from ultrasound.read.cda import read_sections

EXAM = Exam("cda", "S-9", "Sample^Ina", "A-9", "20250305")
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody>
<component><section><title>Findings</title><text>
  <paragraph>Right leg: GSV is incompetent at the
     SFJ, <content styleCode="Bold">8.1 mm</content>, reflux 2.4 s.</paragraph>
  <list><item>SSV competent.</item><item>No DVT.</item></list>
  <table><thead><tr><th>Level</th><th>Right (mm)</th><th>Left (mm)</th></tr></thead>
  <tbody><tr><td>GSV knee</td><td>5.1</td><td/></tr></tbody></table>
</text>
<component><section><title>Impression</title><text>Right GSV reflux.</text></section></component>
</section></component>
<component><section><title>Empty</title><text/></section></component>
</structuredBody></component></ClinicalDocument>
"""


def test_sections() -> None:
    """Each section is a part with its number and title; blocks are lines, cells have bars."""
    parts = read_sections(DOCUMENT.encode())
    assert [(part.part, part.heading) for part in parts] == [
        ("1", "Findings"),
        ("1.1", "Impression"),
    ]
    assert parts[0].text.split("\n") == [
        "Right leg: GSV is incompetent at the",
        "SFJ, 8.1 mm, reflux 2.4 s.",
        "SSV competent.",
        "No DVT.",
        "Level | Right (mm) | Left (mm)",
        "GSV knee | 5.1 |",
    ]
    assert parts[1].text == "Right GSV reflux."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a/>",
        DOCUMENT.encode()[:300],
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + DOCUMENT.encode().split(b"\n", 1)[1],
    ],
)
def test_what_is_no_clinical_document(data: bytes) -> None:
    """Cut documents, others, and those with a document type are refused."""
    with pytest.raises(ReadError):
        read_sections(data)


def test_embedded(read_bytes: ReadBytes) -> None:
    """The narrative inside a DICOM object is a report, with the identity of its header."""
    outcome = read_bytes(write_bytes(embedded_cda(EXAM, "report", DOCUMENT)))
    (document,) = outcome.documents
    assert (document.kind, document.exam) == ("cda", "insufficiency")
    assert document.header is not None
    assert document.header.patient_id == "S-9"
    broken = read_bytes(write_bytes(embedded_cda(EXAM, "report", "<a>")))
    assert (broken.entry.code, broken.entry.failed) == ("broken", True)
