"""Archives are read as folders, under names that never lead out of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.batch.unpacking import KNOWLEDGE, OTHER, REPORT, discover, fates, index, limit
from tests.zips import UP, make_zip
from ultrasound.batch.discover import discover_inputs
from ultrasound.batch.index import find_copies, index_file
from ultrasound.config import Settings
from ultrasound.read import read_file


def test_members_are_files_of_a_folder(tmp_path: Path) -> None:
    """Each is read under its path below the archive, which has a row of its own with its hash."""
    found = discover(tmp_path, make_zip({"x/r.txt": REPORT, "./y//s.txt": OTHER, "empty/": b""}))
    assert [file.name for file in found.files] == ["a.zip/x/r.txt", "a.zip/y/s.txt"]
    assert [file.folder for file in found.files] == ["a.zip/x", "a.zip/y"]
    (row,) = found.listed
    assert (row.path, row.code, row.used, row.failed) == ("a.zip", "archive", False, False)
    assert row.sha256 is not None
    outcomes = [read_file(f.path, f.name, KNOWLEDGE, f.inside) for f in found.files]
    assert [outcome.documents[0].texts[0].text for outcome in outcomes] == [
        REPORT.decode(),
        OTHER.decode(),
    ]


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    """Its name says nothing, and one that is given alone is read as well."""
    path = tmp_path / "study.dcm"
    path.write_bytes(make_zip({"r.txt": REPORT}))
    (file,) = discover_inputs([path], KNOWLEDGE).files
    assert (file.name, file.inside) == ("study.dcm/r.txt", ("r.txt",))


TRICKS = {
    "up": (f"{UP}r.txt", "a.zip/%2E%2E/r.txt", "unsafe_name"),
    "up_inside": (f"x/{UP}{UP}r.txt", "a.zip/x/%2E%2E/%2E%2E/r.txt", "unsafe_name"),
    "absolute": ("/etc/r.txt", "a.zip/%2Fetc/r.txt", "unsafe_name"),
    "drive": ("C:/r.txt", "a.zip/C%3A/r.txt", "unsafe_name"),
    "backslash": ("x\\r.txt", "a.zip/x%5Cr.txt", "unsafe_name"),
    "up_by_backslash": ("..\\r.txt", "a.zip/%2E%2E%5Cr.txt", "unsafe_name"),
    "line_break": ("x\nr.txt", "a.zip/x%0Ar.txt", "unsafe_name"),
    "nul": ("r.txt\0.dcm", "a.zip/r.txt%00.dcm", "unsafe_name"),
    "no_name": (".", "a.zip/%2E", "unsafe_name"),
    "folder_with_content": ("x/", "a.zip/x", "unsafe_name"),
}


@pytest.mark.parametrize(("name", "path", "code"), TRICKS.values(), ids=TRICKS)
def test_a_name_that_leads_elsewhere_is_told_and_not_followed(
    tmp_path: Path, name: str, path: str, code: str
) -> None:
    """The member has a row inside the archive's own paths, and the others are read."""
    (tmp_path / "in").mkdir()
    data = make_zip([(name, REPORT), ("good.txt", OTHER)])
    assert fates(tmp_path / "in", data) == {
        "a.zip": "archive",
        path: code,
        "a.zip/good.txt": "used",
    }
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_of_two_members_with_one_name_the_first_is_read(tmp_path: Path) -> None:
    """The other one is told, also where the two are only written differently."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = make_zip([("r.txt", REPORT), ("r.txt", OTHER), ("./r.txt", OTHER)])
    assert fates(tmp_path, data) == {
        "a.zip": "archive",
        "a.zip/r.txt": "used",
        "a.zip/r.txt (2)": "duplicate_name",
        "a.zip/r.txt (3)": "duplicate_name",
    }
    (file,) = discover_inputs([tmp_path], KNOWLEDGE).files
    outcome = read_file(file.path, file.name, KNOWLEDGE, file.inside)
    assert outcome.documents[0].texts[0].text == REPORT.decode()


def test_links_and_devices_are_no_files(tmp_path: Path) -> None:
    """A link in an archive is not followed."""
    data = make_zip({"link.txt": b"/etc/passwd"}, mode=0o120777)
    assert fates(tmp_path, data) == {"a.zip": "archive", "a.zip/link.txt": "not_a_file"}


def test_clutter_is_told_as_in_folders(tmp_path: Path) -> None:
    """A folder of the system has one row and is not entered; its files elsewhere are listed."""
    members = {"__MACOSX/._r.txt": REPORT, "__MACOSX/x/y": REPORT, "x/.git/z": REPORT}
    finder = {"x/.DS_Store": b"\0\0\0\x01Bud1\0\0", "x/r.txt": REPORT}
    assert fates(tmp_path, make_zip({**members, **finder})) == {
        "a.zip": "archive",
        "a.zip/__MACOSX": "clutter",
        "a.zip/x/.git": "clutter",
        "a.zip/x/.DS_Store": "clutter",
        "a.zip/x/r.txt": "used",
    }


def test_archives_within_archives(tmp_path: Path) -> None:
    """One inside another is read as well; one inside that is told."""
    third = make_zip({"deep.txt": REPORT})
    second = make_zip({"r.txt": REPORT, "third.zip": third})
    first = make_zip({"second.zip": second, "s.txt": OTHER})
    assert fates(tmp_path, first) == {
        "a.zip": "archive",
        "a.zip/s.txt": "used",
        "a.zip/second.zip": "archive",
        "a.zip/second.zip/r.txt": "used",
        "a.zip/second.zip/third.zip": "archive",
    }
    outcome = index(discover_inputs([tmp_path], KNOWLEDGE))["a.zip/second.zip/third.zip"]
    assert outcome.entry.failed
    assert outcome.entry.reason == "an archive: unpack it and give the folder"


def test_limits_count_over_archives_within(tmp_path: Path) -> None:
    """The members of all archives in a file are counted together; the inner one is refused."""
    second = make_zip({"1": REPORT, "2": OTHER})
    data = make_zip({"x": REPORT, "y.zip": second})
    found = fates(tmp_path, data, limit(members=3))
    assert found == {"a.zip": "archive", "a.zip/x": "used", "a.zip/y.zip": "too_many"}


OFFICE = {
    "docx": {"[Content_Types].xml": b"<Types/>", "word/document.xml": REPORT},
    "odt": {"mimetype": b"application/x", "META-INF/manifest.xml": b"", "content.xml": REPORT},
}


@pytest.mark.parametrize("members", OFFICE.values(), ids=OFFICE)
def test_office_files_are_no_folders(tmp_path: Path, members: dict[str, bytes]) -> None:
    """An office file, on its own or in an archive, is one file, whatever its name is."""
    data = make_zip(members)
    assert fates(tmp_path, data) == {"a.zip": "office_file"}
    assert fates(tmp_path, make_zip({"r.bin": data})) == {
        "a.zip": "archive",
        "a.zip/r.bin": "office_file",
    }


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    """It has its row."""
    assert fates(tmp_path, make_zip({})) == {"a.zip": "archive"}


def test_copies_are_found_across_archives_and_folders(tmp_path: Path) -> None:
    """A member is a copy of another one, or of a file, where the bytes are the same."""
    (tmp_path / "z.txt").write_bytes(REPORT)
    (tmp_path / "b.zip").write_bytes(make_zip({"q.txt": REPORT, "bad.txt": REPORT}, 12))
    found = discover(tmp_path, make_zip({"r.txt": REPORT, "s.txt": OTHER}))
    assert find_copies(found.files, KNOWLEDGE) == {"z.txt": "a.zip/r.txt"}


def test_an_archive_that_changes_is_told(tmp_path: Path) -> None:
    """A member that is no longer there when it is read is a problem, and no other is taken."""
    found = discover(tmp_path, make_zip({"r.txt": REPORT}))
    (tmp_path / "a.zip").write_bytes(make_zip({"other.txt": OTHER + b" "}))
    assert index(found)["a.zip/r.txt"].entry.code == "changed"


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe among the inputs does not make the program wait."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes here")
    os.mkfifo(tmp_path / "pipe")
    (file,) = discover_inputs([tmp_path / "pipe"], KNOWLEDGE).files
    assert index_file(file, KNOWLEDGE, Settings()).entry.code == "not_a_file"
