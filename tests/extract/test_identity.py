"""Identity lines: labels, values, dates, and what must not be taken for a name or number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.config import Settings
from ultrasound.domain import Document, Header, HeaderElement, TextPart, TextSpan
from ultrasound.extract.study.identity import IdentityReading, read_identity
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_identity import load_identity

KNOWLEDGE = cast(Knowledge, SimpleNamespace(identity=load_identity()))


def read(text: str, settings: Settings | None = None) -> IdentityReading:
    """Read a plain text."""
    document = Document("a.txt", "0" * 64, "text", texts=(TextPart(None, text),))
    return read_identity(document, KNOWLEDGE, settings or Settings())


def facts(text: str, settings: Settings | None = None) -> dict[str, str]:
    """The facts of a text; a fact that is read twice fails."""
    context = read(text, settings).context
    found = {item.fact: item.value for item in context}
    assert len(found) == len(context)
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Patient: DOE, JANE", {"patient_name": "DOE, JANE"}),
        ("Patient Name : Maria de la Cruz (F)", {"patient_name": "Maria de la Cruz"}),
        ("Name: DOE^JANE", {"patient_name": "DOE^JANE"}),
        ("Pt: Smith-Jones, Ann M. 67F", {"patient_name": "Smith-Jones, Ann M"}),
        ("RE: Mr. John O'Hara", {"patient_name": "Mr. John O'Hara"}),
        ("MRN: 00-48213", {"patient_id": "00-48213"}),
        ("MRN 48213", {"patient_id": "48213"}),
        ("MR# A12345", {"patient_id": "A12345"}),
        ("Patient ID (hospital): 77/12", {"patient_id": "77/12"}),
        ("Patient no. 991", {"patient_id": "991"}),
        ("NHS number: 943 476 5919", {"patient_id": "943 476 5919"}),
        ("Chart #: 12", {"patient_id": "12"}),
        ("DOB: 1958-11-02", {"birth_date": "1958-11-02"}),
        ("Date of birth (dd/mm/yyyy) 22/11/1958", {}),
        ("Date of birth (dd/mm/yyyy): 22/11/1958", {"birth_date": "1958-11-22"}),
        ("Exam date: 03/14/2024 09:30", {"exam_date": "2024-03-14"}),
        ("DOS 14-Mar-2024", {"exam_date": "2024-03-14"}),
        ("Examination: 14 March 2024", {"exam_date": "2024-03-14"}),
        ("Exam date      14 Mar 2024", {"exam_date": "2024-03-14"}),
        ("Accession: VL-20881-4", {"accession": "VL-20881-4"}),
        ("Acc# A-12", {"accession": "A-12"}),
        ("Exam: Venous duplex, left leg.", {"exam_title": "Venous duplex, left leg"}),
        ("Status: FINAL", {"report_status": "final"}),
        ("Report status: prelim", {"report_status": "preliminary"}),
        ("*** PRELIMINARY REPORT ***", {"report_status": "preliminary"}),
    ],
)
def test_a_label_gives_its_fact(line: str, expected: dict[str, str]) -> None:
    """One label, one value, in the forms that people use."""
    assert facts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Patient: standing with weight on the other leg",
        "Patient: 58 y/o F with heaviness",
        "Patient supine.",
        "Name: ____",
        "Patient name: [REDACTED]",
        "Patient: XXXX XXXX",
        "MRN: not given",
        "ID: 01/02/1950",
        "Status: post radiofrequency ablation",
        "Status post EVLA of the left GSV",
        "Report date: 2024-03-05",
        "Prior exam date: 2020-01-01",
        "Previous study: 14 March 2020",
        "Comparison: duplex of 03/14",
        "Hospital: St. Elsewhere 2",
        "The patient was examined on both sides.",
        "Exam on the right leg a bulging varicose vein runs to the calf",
    ],
)
def test_what_is_no_identity_is_not_read(line: str) -> None:
    """Positions, ages, blanks, other dates and prose name nobody."""
    assert facts(line) == {}


def test_several_facts_share_a_line() -> None:
    """Labels end the values before them, with any spacing."""
    line = "Patient: Jane Doe DOB: 11/22/1950 MRN: 555  Sonographer: RVT Bob\tStatus: final"
    assert facts(line) == {
        "patient_name": "Jane Doe",
        "birth_date": "1950-11-22",
        "patient_id": "555",
        "report_status": "final",
    }


def test_a_value_may_stand_below_its_label() -> None:
    """A form with the label above the value is read."""
    assert facts("Patient Name:\r\n  DOE, JANE\r\nMRN:\r\n 12") == {
        "patient_name": "DOE, JANE",
        "patient_id": "12",
    }


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "LOWER EXTREMITY VENOUS DUPLEX - BOTH LEGS\n",
            "LOWER EXTREMITY VENOUS DUPLEX - BOTH LEGS",
        ),
        ("Riverside Imaging        US VENOUS LEFT LEG\n", "US VENOUS LEFT LEG"),
        ("Venous duplex, both legs. Standing.\n", "Venous duplex, both legs"),
        ("== Venous Reflux Study ==\n", "Venous Reflux Study"),
    ],
    ids=["line", "beside a letterhead", "first sentence", "decorated"],
)
def test_a_title_needs_no_label(text: str, title: str) -> None:
    """A line near the top that names the exam is its title."""
    assert facts(text) == {"exam_title": title}


@pytest.mark.parametrize(
    "text",
    [
        "Vascular Laboratory\n",
        "The venous duplex was done elsewhere.\n",
        "Indication venous study requested for swelling\n",
        "\n".join(["Some words"] * 10 + ["VENOUS DUPLEX, LEFT LEG"]),
    ],
    ids=["letterhead", "sentence", "indication", "far below"],
)
def test_other_lines_are_no_title(text: str) -> None:
    """Letterheads, sentences and lines far below the top are no title."""
    assert facts(text) == {}


def test_the_better_label_wins() -> None:
    """A plain "Date:" gives way to "Exam date:", wherever it stands."""
    assert facts("Date: 2024-05-01\nExam date: 2024-04-30") == {"exam_date": "2024-04-30"}


def test_two_patients_in_one_text_are_both_read() -> None:
    """A second patient's number is not lost behind the first."""
    context = read("MRN: 12\nMRN: 12\nMRN: 13").context
    assert [item.value for item in context] == ["12", "13"]


@pytest.mark.parametrize(
    ("line", "order", "value", "asked"),
    [
        ("DOB: 03/04/1950", None, "03/04/1950", 1),
        ("DOB: 03/04/1950", "dmy", "1950-04-03", 0),
        ("DOB: 03/04/1950", "mdy", "1950-03-04", 0),
        ("DOB: 13/04/1950", "mdy", "1950-04-13", 0),
        ("DOB: 13/04/50", None, "1950-04-13", 0),
        ("DOB: 13/04/24", None, "13/04/24", 1),
        ("DOB: 31/02/1950", None, "31/02/1950", 1),
        ("Exam date: 14/3/24", None, "2024-03-14", 0),
        ("Exam date: 24-03-14", None, "24-03-14", 1),
    ],
)
def test_a_date_that_cannot_be_told_is_asked_for(
    line: str, order: str | None, value: str, asked: int
) -> None:
    """A date has one reading, follows the lab's order, or stays as written with a review item."""
    reading = read(line, Settings.model_validate({"date_order": order}))
    assert [item.value for item in reading.context] == [value]
    assert [item.code for item in reading.review] == ["date_ambiguous"] * asked


def test_the_exam_settles_the_century_of_a_birth() -> None:
    """Nobody is born after the exam."""
    text = "DOB: 13/04/24\nExam date: 2020-05-01"
    assert facts(text) == {"birth_date": "1924-04-13", "exam_date": "2020-05-01"}


def test_messages_hold_no_patient_data() -> None:
    """A review item names the kind of date, never the date."""
    (item,) = read("DOB: 03/04/1950").review
    assert "birth date" in item.message
    assert not any(char.isdigit() for char in item.message)


def test_a_dicom_header_is_read_first() -> None:
    """Header facts come with their tag, dates in ISO form, before those of the text."""
    header = Header("1.2", "1.3", "1.4", patient_id="77", birth_date="19581102", accession="A1")
    part = TextPart("1.2", "MRN: 78", "Findings")
    document = Document("a.dcm", "0" * 64, "text_sr", header=header, texts=(part,))
    context = read_identity(document, KNOWLEDGE, Settings()).context
    assert [(item.fact, item.value, item.source) for item in context] == [
        ("patient_id", "77", HeaderElement("a.dcm", "(0010,0020)", "77")),
        ("birth_date", "1958-11-02", HeaderElement("a.dcm", "(0010,0030)", "19581102")),
        ("accession", "A1", HeaderElement("a.dcm", "(0008,0050)", "A1")),
        ("patient_id", "78", TextSpan("a.dcm", "1.2", 5, 7, "78")),
    ]


@pytest.mark.parametrize(("name", "facts"), [("ANONYMOUS^PATIENT", 0), ("^^", 0), ("DOE^ANON", 1)])
def test_a_removed_name_is_no_name(name: str, facts: int) -> None:
    """A header that was made anonymous names nobody, and so contradicts nobody."""
    document = Document("a.dcm", "0" * 64, "sr", header=Header("1.2", "1.3", patient_name=name))
    assert len(read_identity(document, KNOWLEDGE, Settings()).context) == facts


LABELS = st.sampled_from(
    ["Patient: ", "MRN ", "DOB: ", "Exam date:", "Acc# ", "Status: ", "\n", "  "]
)


@given(st.lists(st.one_of(LABELS, st.text(max_size=12)), max_size=12).map("".join))
def test_every_fact_quotes_its_place(text: str) -> None:
    """No text raises, and each quote stands where it says."""
    for item in read(text).context:
        assert isinstance(item.source, TextSpan)
        assert text[item.source.start : item.source.end] == item.source.quote
