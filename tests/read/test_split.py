"""Several reports in one text are told apart, and one report is never split."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from ultrasound.knowledge import Knowledge
from ultrasound.read.split import split_reports

HEAD = "VENOUS LABORATORY\nPatient ID: {id}   Accession: {acc}\nExam date: {date}\n"
BODY = """Exam: US LE VENOUS DUPLEX {side}
Indication: varicose veins
Findings:
{side} GSV reflux 2.3 s at the proximal thigh, 7.1 mm.
{side} SSV competent.

Impression:
{side} GSV incompetence.
"""


def make_report(
    number: str = "1", accession: str = "A-1", date: str = "2025-03-01", side: str = "Right"
) -> str:
    """A small report with its identity lines."""
    return HEAD.format(id=number, acc=accession, date=date) + BODY.format(side=side)


FIRST = make_report()
OTHER = make_report("2", "A-2", "2025-03-02", "Left")
LATER = make_report("1", "A-3", "2025-09-01", "Left")
BARE = BODY.format(side="RIGHT")
BARE_OTHER = BODY.format(side="LEFT")


@pytest.mark.parametrize(
    "parts",
    [
        [FIRST, OTHER],
        [FIRST + "\f", OTHER],
        [FIRST, LATER],
        [FIRST + "\f", LATER, OTHER],
        [FIRST + "-----------------------\n", OTHER],
        [FIRST + "*** End of report ***\n", OTHER],
        [BARE + "\f", BARE_OTHER],
        [BARE + "==========\n", BARE_OTHER],
        ["\ufeff".join(["", FIRST]), OTHER],
    ],
    ids=[
        "two_patients",
        "form_feed",
        "two_dates",
        "three",
        "ruled",
        "end_mark",
        "bare_form_feed",
        "bare_ruled",
        "with_signs",
    ],
)
def test_reports_are_split(parts: list[str], knowledge: Knowledge) -> None:
    """Each report of a text becomes a part of its own, from its own head on."""
    assert split_reports("".join(parts), knowledge.documents) == tuple(parts)


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        FIRST.replace("Findings", "\fVENOUS LABORATORY\nPatient ID: 1   Accession: A-1\nFindings"),
        FIRST.replace("\nImpression", "\fPage 2 of 2\nExam: US LE VENOUS DUPLEX\nImpression"),
        FIRST + "Comparison:\nAccession: A-0\n",
        FIRST + "\nSigned: Dr A\nExam date: 2025-03-04\n",
        FIRST.replace("Indication", "MRN: 77\nIndication"),
        BARE.replace(
            "Impression", "-------------\nLEFT LEG VENOUS DUPLEX\nSSV competent.\nImpression"
        ),
        FIRST + "-------------\nADDENDUM VENOUS DUPLEX\nImpression: as before, SSV competent.\n",
        FIRST + "\f" + FIRST.replace("2025-03-01", "2025-03-02"),
        FIRST + "\f" + BARE_OTHER,
        BARE + "\fPage 2\n" + BARE_OTHER,
        "",
        "\f\f\n",
    ],
    ids=[
        "plain",
        "page_header",
        "second_page",
        "other_accession",
        "date_of_signature",
        "two_numbers",
        "ruled_section",
        "addendum",
        "same_accession",
        "no_identity_of_its_own",
        "whole_second_page",
        "empty",
        "breaks_only",
    ],
)
def test_one_report_stays_one(text: str, knowledge: Knowledge) -> None:
    """Page headers, signatures, addenda, comparisons and ruled sections split nothing."""
    assert split_reports(text, knowledge.documents) == (text,)


def test_page_break_anywhere(knowledge: Knowledge) -> None:
    """A page break with its page header at any line of a report does not split it."""
    lines = FIRST.splitlines(keepends=True)
    for at in range(1, len(lines)):
        header = "\fVENOUS LABORATORY\nPatient ID: 1   Accession: A-1\n"
        text = "".join([*lines[:at], header, *lines[at:]])
        assert split_reports(text, knowledge.documents) == (text,)


def test_texts_of_one_report(knowledge: Knowledge) -> None:
    """None of the texts that are told as reports falls into two."""
    path = Path(__file__).with_name("kind_cases.toml")
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        assert split_reports(case["text"], knowledge.documents) == (case["text"],)
