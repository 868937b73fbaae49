"""Whether documents speak of one patient and one exam."""

from __future__ import annotations

import pytest

from ultrasound.domain import (
    Context,
    Document,
    Extraction,
    HeaderElement,
    Leg,
    Observation,
    Place,
    Study,
    TextSpan,
)
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.reconcile import reconcile_study
from ultrasound.reconcile.identity import dates_agree, names_agree, normalize_number

TEXT, SR = "report.txt", "scan.dcm"
STUDY = Study("k", (Document(SR, "1" * 64, "sr"), Document(TEXT, "2" * 64, "text")))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def identity(fact_: str, value: str, document: str) -> Context:
    """A fact of identity."""
    return Context(None, fact_, value, HeaderElement(document, "(0010,0020)", value), document)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("patient_id", "12", "13"),
        ("patient_name", "DOE, JANE", "ROE^RICHARD"),
        ("birth_date", "1950-01-02", "1950-02-03"),
        ("exam_date", "2024-01-02", "2024-01-03"),
        ("accession", "A1", "A2"),
    ],
)
def test_another_identity_in_one_study_is_asked(
    knowledge: Knowledge, name: str, one: str, other: str
) -> None:
    """Documents that were joined and yet disagree are named once, without their data."""
    extractions = {
        TEXT: Extraction(context=(identity(name, one, TEXT),)),
        SR: Extraction(context=(identity(name, other, SR), identity(name, other, SR))),
    }
    (item,) = reconcile_study(STUDY, extractions, knowledge).review
    assert item.code == "identity_mismatch"
    assert [getattr(origin, "quote", "") for origin in item.origins] == [one, other]
    assert one not in item.message


@pytest.mark.parametrize(
    ("title", "facts", "asked"),
    [
        ("US VENOUS DUPLEX LE LT", "R GSV; R DEEP", True),
        ("US VENOUS DUPLEX LE LEFT", "R GSV; L CFV", True),
        ("US VENOUS DUPLEX LE LT", "L GSV; R CFV", False),
        ("US VENOUS DUPLEX LE LT", "L GSV; R GSV", False),
        ("US VENOUS DUPLEX LE BILAT", "R GSV", False),
        ("US VENOUS DUPLEX LE", "R GSV", False),
        ("US VENOUS DUPLEX LE LT", "", False),
    ],
)
def test_side_of_the_order(knowledge: Knowledge, title: str, facts: str, asked: bool) -> None:
    """A report of the other leg than the one that was ordered is asked about, at the top."""
    leg = knowledge.identity.table.order_side.find_leg(title)
    order = Context(leg, "exam_title", title, HeaderElement(SR, "(0008,1030)", title), SR)
    found = tuple(
        Observation(Place(Leg.RIGHT if side == "R" else Leg.LEFT, vein), "reflux", "absent",
                    TextSpan(TEXT, None, 0, 1, "x"), TEXT)
        for side, vein in (words.split() for words in facts.split(";") if words)
    )  # fmt: skip
    extractions = {TEXT: Extraction(found), SR: Extraction(context=(order,))}
    items = reconcile_study(STUDY, extractions, knowledge).review
    assert [item.code for item in items] == ["identity_mismatch"] * asked


def test_context_is_listed_once(knowledge: Knowledge) -> None:
    """Hundreds of images that name the same patient give one row."""
    context = tuple(identity("patient_id", "12", f"{number}.dcm") for number in range(300))
    merged = reconcile_study(STUDY, {TEXT: Extraction(context=context)}, knowledge)
    assert merged.context == context[:1]
    assert merged.review == ()


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("DOE^JANE", "Jane Doe", True),
        ("DOE^JANE^M", "Doe, J.", True),
        ("MÜLLER^ANNE", "Anne Muller", True),
        ("O'HARA^SEAN", "Sean O'Hara", True),
        ("DOE^JANE", "Doe, John", False),
        ("DOE^JANE", "ROE^JANE", False),
    ],
)
def test_names_are_compared_by_their_words(one: str, other: str, agree: bool) -> None:
    """Order, marks, accents, initials and middle names make no other person."""
    assert names_agree(one, other) is names_agree(other, one) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2024-04-03", "03/04/2024", True),
        ("2024-03-04", "03/04/2024", True),
        ("2024-04-04", "03/04/2024", False),
        ("2024-04-04", "spring", True),
    ],
)
def test_dates_agree_in_any_reading(
    knowledge: Knowledge, one: str, other: str, agree: bool
) -> None:
    """A date that cannot be told contradicts only what it cannot mean."""
    assert dates_agree(one, other, knowledge.identity.table.dates.months) is agree


def test_numbers_are_compared_without_their_marks() -> None:
    """Spaces, hyphens and case make no other number; zeros do."""
    assert normalize_number("VL-20 881") == normalize_number("vl20881")
    assert normalize_number("0123") != normalize_number("123")
