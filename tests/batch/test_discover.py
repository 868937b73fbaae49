"""Which files the inputs hold, and what they are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ultrasound.batch.discover import Discovery, discover_inputs
from ultrasound.errors import UsageError
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()


def make(folder: Path, *names: str) -> Path:
    """A folder with files that hold their own names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return folder


def names(found: Discovery) -> list[str]:
    """The names of the files."""
    return [file.name for file in found.files]


def test_a_folder_is_listed_with_what_lies_below_it(tmp_path: Path) -> None:
    """Files of all depths are listed in the order of their names."""
    folder = make(tmp_path / "in", "b.txt", "a/z.dcm", "a.txt", "a/b/c")
    assert names(discover_inputs([folder], KNOWLEDGE)) == ["a.txt", "a/b/c", "a/z.dcm", "b.txt"]


def test_one_file_is_called_by_its_name(tmp_path: Path) -> None:
    """A single file needs no folder."""
    folder = make(tmp_path / "in", "b.txt")
    assert names(discover_inputs([folder / "b.txt"], KNOWLEDGE)) == ["b.txt"]


@pytest.mark.parametrize("turn", [False, True], ids=["as given", "reversed"])
def test_several_inputs_stand_before_their_files(tmp_path: Path, turn: bool) -> None:
    """Names do not depend on the order of the inputs, and never clash."""
    make(tmp_path, "one/scans/x.dcm", "two/scans/x.dcm", "letters/x.txt", "one/x.txt")
    inputs = [tmp_path / name for name in ("one/scans", "two/scans", "letters", "one/x.txt")]
    found = discover_inputs(inputs[::-1] if turn else inputs, KNOWLEDGE)
    assert names(found) == ["letters/x.txt", "one/scans/x.dcm", "two/scans/x.dcm", "x.txt"]


def test_an_input_within_another_is_not_read_twice(tmp_path: Path) -> None:
    """A folder and a file of it, and the same folder again, are one input."""
    folder = make(tmp_path / "in", "a/x.txt", "y.txt")
    found = discover_inputs([folder / "a" / "x.txt", folder, folder / "a", folder], KNOWLEDGE)
    assert names(found) == ["a/x.txt", "y.txt"]


def test_the_output_folder_is_passed_over(tmp_path: Path) -> None:
    """What the program writes into an input is no input."""
    folder = make(tmp_path / "in", "x.txt", "out/run.json", "out/deep/y.txt")
    found = discover_inputs([folder], KNOWLEDGE, folder / "out")
    assert names(found) == ["x.txt"]
    assert found.listed == []


def test_system_folders_are_listed_and_not_entered(tmp_path: Path) -> None:
    """Hidden folders count as clutter, one row each."""
    folder = make(tmp_path / "in", "x.txt", ".git/config", "__MACOSX/x.txt", "a/.cache/b/c")
    found = discover_inputs([folder], KNOWLEDGE)
    assert names(found) == ["x.txt"]
    listed = [(entry.path, entry.code, entry.failed) for entry in found.listed]
    assert listed == [
        (".git", "clutter", False),
        ("__MACOSX", "clutter", False),
        ("a/.cache", "clutter", False),
    ]


def test_links_cannot_lead_round(tmp_path: Path) -> None:
    """A link to a folder above it ends; a link to another folder is followed once."""
    folder = make(tmp_path / "in", "a/x.txt", "b/y.txt")
    other = make(tmp_path / "other", "z.txt")
    try:
        (folder / "a" / "up").symlink_to(folder, target_is_directory=True)
        (folder / "again").symlink_to(folder / "b", target_is_directory=True)
        (folder / "far").symlink_to(other, target_is_directory=True)
        (folder / "gone").symlink_to(folder / "nothing")
    except OSError:
        pytest.skip("links cannot be made here")
    found = discover_inputs([folder], KNOWLEDGE)
    assert names(found) == ["a/x.txt", "b/y.txt", "far/z.txt"]
    assert [(entry.path, entry.code, entry.failed) for entry in found.listed] == [
        ("gone", "unreadable", True)
    ]


def test_a_name_that_is_no_text_is_shown_as_escapes(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 in a file's name do not stop the outputs."""
    folder = make(tmp_path / "in", "x.txt")
    try:
        (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only text as names")
    assert names(discover_inputs([folder], KNOWLEDGE)) == ["caf\\udce9.txt", "x.txt"]


def test_a_missing_input_is_wrong_usage(tmp_path: Path) -> None:
    """The path is named, and what to do."""
    with pytest.raises(UsageError, match=r"nowhere: no such file or folder; check"):
        discover_inputs([tmp_path / "nowhere"], KNOWLEDGE)
