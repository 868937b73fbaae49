"""The first pass: copies are found, identities are kept, and nothing stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ultrasound.batch import index
from ultrasound.batch.discover import InputFile, discover_inputs
from ultrasound.batch.index import find_copies, index_file, place_records
from ultrasound.config import Settings
from ultrasound.knowledge import Knowledge, load_knowledge

REPORT = """Patient: DOE, JANE   MRN: 48213   DOB: 1958-11-02
Exam date: 2024-03-14   Accession: VL-1
VENOUS REFLUX DUPLEX, RIGHT LEG
The right GSV is incompetent in the proximal thigh with reflux of 2.3 s.
"""


KNOWLEDGE = load_knowledge()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return KNOWLEDGE


def save(folder: Path, **contents: str) -> list[InputFile]:
    """Files of a folder, by name."""
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8")
    return discover_inputs([folder], KNOWLEDGE).files


def test_copies_are_found_byte_for_byte(tmp_path: Path) -> None:
    """Only equal content is a copy; equal size or an equal beginning is none."""
    start = "x" * 70_000
    files = save(tmp_path, a="one", b="two", c="one", d=start + "1", e=start + "2", f=start + "1")
    assert find_copies(files, KNOWLEDGE) == {"c": "a", "f": "d"}


def test_empty_files_are_no_copies(tmp_path: Path) -> None:
    """Nothing is not the same content as nothing else."""
    assert find_copies(save(tmp_path, a="", b=""), KNOWLEDGE) == {}


def test_a_report_gives_its_identity(tmp_path: Path, knowledge: Knowledge) -> None:
    """The record holds what studies are put together by, and no more."""
    (file,) = save(tmp_path, r=REPORT)
    found = index_file(file, knowledge, Settings())
    (record,) = found.records
    assert (record.document, record.file, record.is_dicom) == ("r", "r", False)
    assert (record.patient_id, record.patient_name) == ("48213", "DOE, JANE")
    assert (record.birth_date, record.exam_date) == ("1958-11-02", "2024-03-14")
    assert (record.accession, record.exam) == ("VL-1", "insufficiency")
    assert found.entry.used


def test_a_failure_of_the_program_is_a_problem_of_one_file(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong inside is told for that file, without a word of its content."""

    def fail(*_: object) -> None:
        raise ValueError(REPORT)

    (file,) = save(tmp_path, r=REPORT)
    monkeypatch.setattr(index, "read_identity", fail)
    found = index_file(file, knowledge, Settings())
    (problem,) = found.problems
    assert (problem.path, problem.stage, problem.code) == ("r", "index", "internal_error")
    assert "ValueError" in problem.message
    assert "DOE" not in problem.message
    assert (found.entry.used, found.entry.failed, found.entry.code) == (
        False,
        True,
        "internal_error",
    )


def test_folders_hold_texts_and_copies(tmp_path: Path, knowledge: Knowledge) -> None:
    """A folder's texts are counted once each, and a copy belongs to every folder that holds it."""
    for name in ("f", "g"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "f" / "again.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "f" / "note.txt").write_text("Milk, bread and butter.", encoding="utf-8")
    (tmp_path / "f" / "r.gold.tsv").write_text("R\tGSV\t-\treflux\tpresent\n", encoding="utf-8")
    discovery = discover_inputs([tmp_path], knowledge)
    copies = find_copies(discovery.files, knowledge)
    originals = [file for file in discovery.files if file.name not in copies]
    indexed = [index_file(file, knowledge, Settings()) for file in originals]
    records, texts = place_records(discovery, copies, indexed)
    assert [(record.document, record.folders) for record in records] == [
        ("f/again.txt", ("f", "g"))
    ]
    assert {folder: number for folder, number in texts.items() if number} == {"f": 2, "g": 1}
