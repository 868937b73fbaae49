"""Documents become studies: which join, which stay apart, and under which key."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.batch.assemble import StudyPlan, assemble_studies
from ultrasound.batch.index import Record
from ultrasound.knowledge.schema_identity import load_identity

MONTHS = load_identity().table.dates.months


def text(name: str, **said: Any) -> Record:
    """A report outside DICOM; its folder is that of its name."""
    folder = name.rpartition("/")[0]
    return Record(name, name, (folder,), f"sha of {name}", is_dicom=False, **said)


def image(name: str, uid: str = "1.2.3", **said: Any) -> Record:
    """A DICOM object."""
    folder = name.rpartition("/")[0]
    return Record(name, name, (folder,), f"sha of {name}", is_dicom=True, study_uid=uid, **said)


def count_texts(records: Iterable[Record]) -> Mapping[str, int]:
    """How many texts each folder holds."""
    return Counter(f for record in records if not record.is_dicom for f in record.folders)


def assemble(*records: Record) -> tuple[StudyPlan, ...]:
    """Put records together."""
    return assemble_studies(records, count_texts(records), MONTHS)


def groups(*records: Record) -> list[list[str]]:
    """The documents of each study."""
    return [[record.document for record in plan.records] for plan in assemble(*records)]


def test_200_reports_of_200_patients_in_one_folder_are_200_studies() -> None:
    """Lying in one folder joins no two texts, with or without identity."""
    named = [text(f"f/{n:03}.txt", patient_id=str(n), exam_date="2024-01-02") for n in range(100)]
    bare = [text(f"f/{n:03}.txt", exam="insufficiency") for n in range(100, 200)]
    plans = assemble(*named, *bare)
    assert len(plans) == 200
    assert len({plan.key for plan in plans}) == 200
    assert all(plan.joined_by == {} and plan.review == () for plan in plans)


def test_200_reports_beside_a_dicom_study_stay_alone() -> None:
    """A folder with more than one text joins none of them to its DICOM study."""
    texts = [text(f"f/{number:03}.txt") for number in range(200)]
    assert len(groups(image("f/a.dcm"), image("f/b.dcm"), *texts)) == 201


@pytest.mark.parametrize(
    ("one", "other", "joined_by"),
    [
        (image("a/x.dcm"), image("b/y.dcm"), "study_instance_uid"),
        (image("a/x.dcm", accession="A1"), text("b/y.txt", accession="a-1"), "accession"),
        (text("a/x.txt", accession="A1"), text("b/y.txt", accession="A1"), "accession"),
        (
            text("x.txt", patient_id="7", exam_date="2024-01-02", exam="dvt"),
            text("y.txt", patient_id="7", exam_date="2024-01-02", exam="dvt"),
            "patient_date_exam",
        ),
    ],
    ids=["uid", "text and dicom by accession", "texts by accession", "patient, date, exam"],
)
def test_a_common_key_joins(one: Record, other: Record, joined_by: str) -> None:
    """Each key joins, and is listed for both documents."""
    (plan,) = assemble(one, other)
    assert plan.joined_by == {one.document: joined_by, other.document: joined_by}
    assert plan.review == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            text("x.txt", patient_id="7", exam_date="2024-01-02", exam="dvt"),
            text("y.txt", patient_id="7", exam_date="2024-01-02", exam="insufficiency"),
        ),
        (
            text("x.txt", patient_id="7", exam_date="2024-01-02", exam="dvt"),
            text("y.txt", patient_id="7", exam_date="2024-01-03", exam="dvt"),
        ),
        (
            text("x.txt", patient_id="7", exam_date="02/01/2024", exam="dvt"),
            text("y.txt", patient_id="7", exam_date="02/01/2024", exam="dvt"),
        ),
        (
            text("x.txt", exam_date="2024-01-02", exam="dvt"),
            text("y.txt", exam_date="2024-01-02", exam="dvt"),
        ),
        (
            text("x.txt", patient_id="7", exam="dvt"),
            text("y.txt", patient_id="7", exam="dvt"),
        ),
        (
            text("x.txt", patient_name="DOE, JANE", birth_date="1950-01-02"),
            text("y.txt", patient_name="DOE, JANE", birth_date="1950-01-02"),
        ),
    ],
    ids=["exam", "date", "unclear date", "no patient", "no date", "name and birth only"],
)
def test_part_of_a_key_joins_nothing(one: Record, other: Record) -> None:
    """Patient, date and kind of exam join only together."""
    assert groups(one, other) == [["x.txt"], ["y.txt"]]


CONTRADICTIONS = [
    ({"patient_id": "7"}, {"patient_id": "8"}),
    ({"exam_date": "2024-01-02"}, {"exam_date": "2024-01-03"}),
    ({"exam_date": "2024-01-02"}, {"exam_date": "03/04/2024"}),
    ({"accession_issuer": "H1"}, {"accession_issuer": "H2"}),
    ({"patient_id": "7", "patient_issuer": "H1"}, {"patient_id": "7", "patient_issuer": "H2"}),
    (
        {"patient_name": "DOE, JANE", "birth_date": "1950-01-02"},
        {"patient_name": "ROE, JOHN", "birth_date": "1960-01-02"},
    ),
]


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_contradicting_keys_never_join(one: dict[str, str], other: dict[str, str]) -> None:
    """One accession number of two patients or exams stays apart, and both are asked about."""
    plans = assemble(text("x.txt", accession="A1", **one), text("y.txt", accession="A1", **other))
    assert [[item.code for item in plan.review] for plan in plans] == [["identity_mismatch"]] * 2
    assert len({plan.key for plan in plans}) == 2


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_a_contradiction_parts_even_one_study_uid(
    one: dict[str, str], other: dict[str, str]
) -> None:
    """Two patients under one Study Instance UID are two studies."""
    assert groups(image("x.dcm", **one), image("y.dcm", **other)) == [["x.dcm"], ["y.dcm"]]


def test_two_study_uids_stay_apart() -> None:
    """One accession number does not join two DICOM studies, and a text of it fits neither."""
    plans = assemble(
        image("x.dcm", uid="1.1", accession="A1"),
        image("y.dcm", uid="1.2", accession="A1"),
        text("z.txt", accession="A1"),
    )
    assert [len(plan.records) for plan in plans] == [1, 1, 1]
    assert [plan.review[0].code for plan in plans] == ["identity_mismatch"] * 3


def test_one_odd_document_does_not_part_the_others() -> None:
    """Those that agree with each other are joined; the one that contradicts stays alone."""
    said = {"accession": "A1", "patient_id": "7"}
    found = groups(
        text("a.txt", **said), text("b.txt", **said), text("c.txt", accession="A1", patient_id="8")
    )
    assert found == [["a.txt", "b.txt"], ["c.txt"]]


def test_a_value_that_everybody_bears_is_no_key() -> None:
    """An accession number that a lab prints on every report joins none of them."""
    records = [text(f"{n:04}", accession="0", patient_name=f"NAME{n}, A") for n in range(1000)]
    assert len(assemble(*records)) == 1000


def test_a_text_may_name_its_patient_in_part() -> None:
    """What is missing contradicts nothing; a date that has two readings fits either."""
    dicom = image("x.dcm", accession="A1", patient_id="7", exam_date="2024-01-02")
    assert groups(dicom, text("y.txt", accession="A1", exam_date="02/01/2024")) == [
        ["x.dcm", "y.txt"]
    ]


@pytest.mark.parametrize(
    "said",
    [{}, {"patient_id": "7", "patient_name": "Doe, Jane", "exam_date": "2024-01-02"}],
    ids=["nothing", "all"],
)
def test_a_folder_joins_its_only_text(said: dict[str, str]) -> None:
    """One DICOM study and one text in a folder: joined, listed as such, with a review item."""
    header = {"patient_id": "7", "patient_name": "DOE^JANE", "exam_date": "2024-01-02"}
    (plan,) = assemble(image("f/a.dcm", **header), image("f/b.dcm"), text("f/r.txt", **said))
    assert plan.joined_by["f/r.txt"] == "folder"
    assert plan.joined_by["f/a.dcm"] == "study_instance_uid"
    assert [(item.code, item.document) for item in plan.review] == [("joined_by_folder", "f/r.txt")]


@pytest.mark.parametrize(
    "said",
    [
        {"patient_id": "8"},
        {"patient_name": "ROE, RICHARD"},
        {"birth_date": "1960-01-01"},
        {"exam_date": "2024-01-03"},
        {"accession": "A2"},
    ],
    ids=["number", "name", "birth", "date", "accession"],
)
def test_a_folder_does_not_join_a_text_that_contradicts(said: dict[str, str]) -> None:
    """Another patient, date or accession number in the text outweighs the folder."""
    header = image(
        "f/a.dcm",
        patient_id="7",
        patient_name="DOE^JANE",
        birth_date="1950-01-01",
        exam_date="2024-01-02",
        accession="A1",
    )
    first, second = assemble(header, text("f/r.txt", **said))
    assert (first.records[0].document, first.review) == ("f/a.dcm", ())
    (item,) = second.review
    assert (item.code, item.document) == ("identity_mismatch", "f/r.txt")
    assert not any(value in item.message for value in said.values())


@pytest.mark.parametrize(
    "others",
    [
        [image("f/b.dcm", uid="9.9")],
        [text("f/s.txt")],
        [Record("f/b.dcm", "f/b.dcm", ("f",), "sha", is_dicom=True)],
    ],
    ids=["second study", "second text", "object without a study"],
)
def test_a_folder_of_several_joins_nothing(others: list[Record]) -> None:
    """Two DICOM studies, or two texts, leave open what belongs together."""
    found = groups(image("f/a.dcm"), text("f/r.txt"), *others)
    assert ["f/r.txt"] in found


def test_a_text_beside_the_folder_is_not_joined() -> None:
    """Only the folder itself counts, not the one above it."""
    assert groups(image("f/a.dcm"), text("r.txt")) == [["f/a.dcm"], ["r.txt"]]


@pytest.mark.parametrize("others", [[], [image("g/b.dcm", uid="9.9")]], ids=["no", "another"])
def test_a_text_that_lies_in_two_folders_is_not_joined_by_either(others: list[Record]) -> None:
    """A copy in another folder leaves open where it belongs, whatever lies there."""
    copied = Record("f/r.txt", "f/r.txt", ("f", "g"), "sha", is_dicom=False)
    assert ["f/r.txt"] in groups(image("f/a.dcm"), copied, *others)


def test_an_object_without_a_study_joins_no_text() -> None:
    """A folder joins by the Study Instance UID of its objects; without one, nothing is known."""
    alone = Record("f/a.dcm", "f/a.dcm", ("f",), "sha", is_dicom=True)
    assert groups(alone, text("f/r.txt")) == [["f/a.dcm"], ["f/r.txt"]]


def test_keys_tell_nothing_and_stay() -> None:
    """A study's key is the same after a second document came, and holds no identity."""
    first = assemble(image("x.dcm", uid="1.2.840.77", patient_id="12345"))
    more = assemble(
        image("x.dcm", uid="1.2.840.77", patient_id="12345"), image("w.dcm", uid="1.2.840.77")
    )
    assert first[0].key == more[0].key
    assert len(first[0].key) == 16
    assert "77" not in first[0].key or "12345" not in first[0].key


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "accession": st.sampled_from(["A1", "A2"]),
        "patient_id": st.sampled_from(["7", "8"]),
        "exam_date": st.sampled_from(["2024-01-02", "2024-02-01", "02/01/2024"]),
        "exam": st.sampled_from(["dvt", "insufficiency"]),
    },
)


@given(st.lists(st.tuples(st.sampled_from(["", "1.1", "1.2"]), FACTS), max_size=8), st.randoms())
def test_any_order_gives_the_same_studies(
    found: list[tuple[str, dict[str, str]]], shuffle: random.Random
) -> None:
    """The order of the files changes nothing, and no study holds two patients or two UIDs."""
    records = [
        image(f"{n % 2}/{n}", uid, **said) if uid else text(f"{n % 2}/{n}", **said)
        for n, (uid, said) in enumerate(found)
    ]
    plans = assemble(*records)
    shuffled = list(records)
    shuffle.shuffle(shuffled)
    assert assemble(*shuffled) == plans
    assert sorted(r.document for plan in plans for r in plan.records) == sorted(
        r.document for r in records
    )
    for plan in plans:
        for name in ("study_uid", "patient_id", "accession"):
            assert len({getattr(r, name) for r in plan.records} - {None}) <= 1
