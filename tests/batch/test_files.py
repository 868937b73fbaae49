"""The fate of every path, once all studies are done."""

from __future__ import annotations

from ultrasound.batch.assemble import StudyPlan
from ultrasound.batch.files import list_files
from ultrasound.batch.index import IndexedFile, Record
from ultrasound.domain import FileEntry, Problem


def indexed(path: str, *documents: str, **entry: object) -> IndexedFile:
    """A file that was read."""
    records = tuple(Record(document, path, ("",), "s", is_dicom=False) for document in documents)
    row = FileEntry(path, "hash", "file", "text", used=bool(documents), **entry)  # type: ignore[arg-type]
    return IndexedFile(row, records)


def plan(key: str, *files: IndexedFile, **joined_by: str) -> StudyPlan:
    """A study of all documents of some files."""
    return StudyPlan(key, tuple(r for file in files for r in file.records), joined_by)


def cells(entries: tuple[FileEntry, ...]) -> list[tuple[object, ...]]:
    """What the tests look at."""
    return [(e.path, e.study, e.joined_by, e.used, e.code, e.failed) for e in entries]


def test_every_path_has_its_row_in_order() -> None:
    """Used, unused, listed and copied paths stand in the order of their names."""
    one, two = indexed("b.txt", "b.txt"), indexed("c.txt", code="no_report", reason="a list")
    listed = FileEntry(".git", None, None, "folder", code="clutter")
    study = plan("k", one, **{"b.txt": "accession"})
    copies = {"a.txt": "b.txt", "d.txt": "c.txt"}
    found = list_files([one, two], [listed], copies, [study], [])
    assert cells(found) == [
        (".git", None, None, False, "clutter", False),
        ("a.txt", "k", None, True, "duplicate", False),
        ("b.txt", "k", "accession", True, None, False),
        ("c.txt", None, None, False, "no_report", False),
        ("d.txt", None, None, False, "duplicate", False),
    ]
    assert found[1].reason == "the same content as b.txt, which was read"
    assert found[4].reason == "the same content as c.txt, which was not used (no_report)"


def test_each_report_in_a_file_has_its_row() -> None:
    """Two reports of one file may be of two studies."""
    file = indexed("a.txt", "a.txt", "a.txt#2", reason="report 3 of 3: language")
    first, second = file.records
    plans = [StudyPlan("k", (first,), {}), StudyPlan("m", (second,), {})]
    found = list_files([file], [], {"b.txt": "a.txt"}, plans, [])
    assert [(entry.path, entry.study, entry.reason) for entry in found] == [
        ("a.txt", "k", "report 3 of 3: language"),
        ("a.txt#2", "m", None),
        ("b.txt", None, "the same content as a.txt, which was read"),
    ]


def test_a_file_whose_first_report_is_not_ours_is_still_listed() -> None:
    """Every path appears, also where only a later report in it is used."""
    file = indexed("a.txt", "a.txt#2", reason="report 1 of 2: language")
    found = list_files([file], [], {}, [plan("k", file)], [])
    assert [(entry.path, entry.study, entry.reason) for entry in found] == [
        ("a.txt", None, "report 1 of 2: language"),
        ("a.txt#2", "k", None),
    ]


def test_a_document_that_failed_later_is_not_used() -> None:
    """The first thing that went wrong is the reason; copies share the fate."""
    file = indexed("a.txt", "a.txt")
    problems = [
        Problem("a.txt", "extract", "internal_error", "why"),
        Problem("a.txt", "s", "x", "y"),
    ]
    found = list_files([file], [], {"b.txt": "a.txt"}, [plan("k", file)], problems)
    assert cells(found) == [
        ("a.txt", "k", None, False, "internal_error", True),
        ("b.txt", "k", None, False, "duplicate", True),
    ]
    assert found[0].reason == "why"
