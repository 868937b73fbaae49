"""One file becomes documents, or a row that says why not; nothing raises."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make_dicom_samples import FOLDER, make_studies
from tests.read.conftest import ReadBytes
from tests.read.dicom_documents import make_pdf
from tests.read.test_split import FIRST, OTHER
from ultrasound.domain import DOCUMENT_KINDS
from ultrasound.knowledge import Knowledge
from ultrasound.read import read_file
from ultrasound.read.source import open_source

CAROTID = (
    "Patient ID: 3   Accession: A-9\nCAROTID DUPLEX\nFindings: right ICA 0-49 %, left CCA normal.\n"
)


@pytest.mark.parametrize("name", ["report.txt", "report", "report.dcm", "scan.jpg"])
def test_suffix_decides_nothing(name: str, read_bytes: ReadBytes) -> None:
    """A report is read under any name, and its text is kept as it is."""
    text = FIRST.replace("\n", "\r\n")
    data = text.encode()
    outcome = read_bytes(data, name)
    (document,) = outcome.documents
    assert outcome.entry.sha256 == document.sha256 == hashlib.sha256(data).hexdigest()
    assert (outcome.entry.used, outcome.entry.hash_scope, outcome.entry.failed) == (
        True,
        "file",
        False,
    )
    assert (document.name, document.kind, document.exam) == (name, "text", "insufficiency")
    assert [(part.part, part.text) for part in document.texts] == [(None, text)]


def test_several_reports_in_one_file(read_bytes: ReadBytes) -> None:
    """Each report of a file is a document of its own, with its own text, name and hash."""
    outcome = read_bytes((FIRST + CAROTID + OTHER).encode(), "day.txt")
    first, third = outcome.documents
    assert (first.name, third.name) == ("day.txt", "day.txt#3")
    assert (first.texts[0].text, third.texts[0].text) == (FIRST, OTHER)
    assert len({first.sha256, third.sha256, outcome.entry.sha256}) == 3
    assert outcome.entry.used
    assert outcome.entry.reason == "report 2 of 3: not_venous_leg"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CAROTID, "not_venous_leg"),
        (
            "Vena saphena magna rechts insuffizient, Durchmesser 8 mm, kein Reflux links.",
            "language",
        ),
        ("milk\neggs\nbread\n", "no_report"),
    ],
)
def test_not_ours(text: str, code: str, read_bytes: ReadBytes) -> None:
    """A document that is not ours is listed with its code and is no failure."""
    outcome = read_bytes(text.encode(), "x.txt")
    assert (outcome.entry.used, outcome.entry.code, outcome.entry.failed) == (False, code, False)
    assert outcome.entry.reason
    assert outcome.problems == ()


def test_plain_pdf(read_bytes: ReadBytes) -> None:
    """A PDF file with a text layer is a report, its columns apart as they are printed."""
    rows = ["LEFT LEG VENOUS DUPLEX", "SFJ               9.1              3.2"]
    (document,) = read_bytes(make_pdf([rows, ["GSV competent."]]), "x").documents
    assert (document.kind, document.header) == ("pdf", None)
    assert document.texts[0].text.splitlines()[-1].split("  ")[0] == "SFJ"
    assert "9.1              3.2" in document.texts[0].text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make_pdf([[""]]), "no_text_layer"),
        (make_pdf([["Carotid duplex: ICA normal, CCA normal."]]), "not_venous_leg"),
        (make_pdf([["LEFT LEG VENOUS DUPLEX. GSV competent."]])[:300], "broken"),
    ],
    ids=["picture", "carotid", "cut"],
)
def test_pdf_that_is_not_used(data: bytes, code: str, read_bytes: ReadBytes) -> None:
    """A PDF without text, of another exam or cut short is listed with its code."""
    entry = read_bytes(data, "x.pdf").entry
    assert (entry.kind, entry.used, entry.code) == ("pdf", False, code)
    assert entry.failed == (code != "not_venous_leg")


def test_folder_and_missing_file(tmp_path: Path, knowledge: Knowledge) -> None:
    """A folder and a file that has vanished become Problems."""
    for path, code in ((tmp_path, "directory"), (tmp_path / "gone", "vanished")):
        outcome = read_file(path, "x", knowledge)
        assert (outcome.entry.code, outcome.entry.failed) == (code, True)
        assert [problem.code for problem in outcome.problems] == [code]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_pipe_is_not_waited_for(tmp_path: Path, knowledge: Knowledge) -> None:
    """A pipe is refused and never opened, since opening it would wait for ever."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert read_file(path, "x", knowledge).entry.code == "not_a_file"


def test_unreadable_file(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that may not be opened, and one that the disk fails on, become Problems."""
    path = tmp_path / "report.txt"
    path.write_text(FIRST, encoding="utf-8")
    for error, code in ((PermissionError(), "no_permission"), (OSError(5, "x"), "unreadable")):

        def fail(*_args: Any, raised: OSError = error) -> None:
            raise raised

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", fail)
            assert read_file(path, "x", knowledge).entry.code == code


def test_file_that_grows_while_it_is_read(tmp_path: Path, knowledge: Knowledge) -> None:
    """A file that changes while it is read is refused."""
    path = tmp_path / "report.txt"
    path.write_text(FIRST, encoding="utf-8")

    def grow() -> None:
        with open_source(path, "x", (), knowledge.documents.archive) as source:
            source.load(10_000)
            path.write_text(FIRST + "more", encoding="utf-8")

    with pytest.raises(Exception, match="changed while it was read"):
        grow()


def test_too_large_text(tmp_path: Path, knowledge: Knowledge) -> None:
    """A text beyond the limit is refused, and one at it is read."""
    path = tmp_path / "report.txt"
    path.write_bytes(FIRST.encode())
    for most, code in ((len(FIRST) - 1, "too_large"), (len(FIRST), None)):
        limits = knowledge.documents.text.model_copy(update={"longest_bytes": most})
        documents = type(knowledge.documents)(**{**vars(knowledge.documents), "text": limits})
        known = type(knowledge)(**{**vars(knowledge), "documents": documents})
        assert read_file(path, "x", known).entry.code == code


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.binary(max_size=300))
def test_random_bytes(data: bytes, read_bytes: ReadBytes) -> None:
    """Any bytes give a row, and a Problem where it failed."""
    outcome = read_bytes(data)
    assert outcome.entry.failed == bool(outcome.problems)
    assert outcome.entry.code != "internal_error"
    assert outcome.entry.used == bool(outcome.documents)


STARTS = [b"%PDF-1.4\n", b"\x08\x00\x05\x00CS", b"PK\x03\x04", b"PAR1", b"{\n", b"\xff\xfe", b"#\t"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(start=st.sampled_from(STARTS), data=st.binary(max_size=200))
def test_random_bytes_behind_a_signature(start: bytes, data: bytes, read_bytes: ReadBytes) -> None:
    """Bytes that begin like a known kind of file give a row as well."""
    outcome = read_bytes(start + data)
    assert outcome.entry.failed == bool(outcome.problems)
    assert outcome.entry.code != "internal_error"
    assert outcome.entry.used == bool(outcome.documents)


def list_samples() -> list[tuple[str, str, bytes]]:
    """Folder, name and bytes of the samples that the script writes."""
    return [
        (folder, name, data)
        for folder, files in make_studies().items()
        for name, data in files.items()
    ]


@pytest.mark.parametrize(
    ("folder", "name", "data"), list_samples(), ids=[f"{f}/{n}" for f, n, _ in list_samples()]
)
def test_samples_are_as_written(folder: str, name: str, data: bytes, read_bytes: ReadBytes) -> None:
    """The samples in the repository are what the script writes, are small, and are used."""
    assert (FOLDER / folder / name).read_bytes() == data
    assert len(data) < 60_000
    (document,) = read_bytes(data, name).documents
    assert document.kind in DOCUMENT_KINDS
