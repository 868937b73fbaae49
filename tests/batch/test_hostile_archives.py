"""Bombs, locked and damaged members: each is told, nothing of it is expanded, the rest is read."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from tests.batch.unpacking import KNOWLEDGE, OTHER, REPORT, discover, fates, index, limit
from tests.zips import UP, make_zip, patch_bytes, patch_heads
from ultrasound.errors import ReadError
from ultrasound.read import archive


def damage(data: bytes) -> bytes:
    """Change one byte of the first member, which is stored as it is."""
    return patch_bytes(data, data.index(REPORT) + 5, b"X")


STORED = make_zip({"bad.txt": REPORT, "good.txt": OTHER}, zipfile.ZIP_STORED)
BROKEN_MEMBERS = {
    "encrypted": (patch_heads(STORED, "bad.txt", "flags", 1), "encrypted"),
    "checksum": (damage(STORED), "damaged"),
    "no_such_method": (patch_heads(STORED, "bad.txt", "method", 99), "compression"),
    "bzip2": (make_zip({"good.txt": OTHER, "bad.txt": REPORT}, 12), "compression"),
    "wrong_method": (patch_heads(STORED, "bad.txt", "method", 8), "damaged"),
    "holds_less": (patch_heads(STORED, "bad.txt", "size", len(REPORT) + 9), "damaged"),
}


@pytest.mark.parametrize(("data", "code"), BROKEN_MEMBERS.values(), ids=BROKEN_MEMBERS)
def test_a_member_that_cannot_be_read_is_a_problem_of_its_own(
    tmp_path: Path, data: bytes, code: str
) -> None:
    """The other members are read."""
    found = fates(tmp_path, data)
    assert found["a.zip/bad.txt"] == code
    assert found["a.zip/good.txt"] == ("compression" if b"BZh" in data else "used")


def test_an_archive_that_is_cut_short_is_told(tmp_path: Path) -> None:
    """At every cut there is one row that says so, and never a part of the members."""
    for cut in range(4, len(STORED) - 22, 7):
        assert fates(tmp_path, STORED[:cut]) == {"a.zip": "truncated"}


def test_large_archives_are_read(tmp_path: Path) -> None:
    """The form for large archives (zip64) is read as any other."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed, packed.open("r.txt", "w", force_zip64=True) as out:
        out.write(REPORT)
    assert fates(tmp_path, path.read_bytes()) == {"a.zip": "archive", "a.zip/r.txt": "used"}


def test_a_bomb_is_refused_by_what_it_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is expanded, and the member beside it is read."""
    data = make_zip({"bomb.txt": b"\0" * 20_000_000, "r.txt": REPORT})
    opened: list[str] = []
    real_open = zipfile.ZipFile.open

    def watch(self: zipfile.ZipFile, name: zipfile.ZipInfo, mode: str = "r") -> object:
        opened.append(name.filename)
        return real_open(self, name)

    monkeypatch.setattr(zipfile.ZipFile, "open", watch)
    assert len(data) < 25_000
    found = fates(tmp_path, data, limit(member_bytes=10_000_000))
    assert found == {"a.zip": "archive", "a.zip/bomb.txt": "bomb", "a.zip/r.txt": "used"}
    assert set(opened) == {"r.txt"}


def test_a_bomb_that_lies_is_stopped_where_the_lie_shows(tmp_path: Path) -> None:
    """A member that holds more than it declares is given up after the declared number of bytes."""
    data = make_zip({"bomb.txt": b"\0" * 20_000_000, "r.txt": REPORT})
    lying = patch_heads(data, "bomb.txt", "size", 100)
    found = discover(tmp_path, lying)
    pieces: list[bytes] = []
    limits = KNOWLEDGE.documents.archive
    with pytest.raises(ReadError, match="than it says"):
        pieces.extend(archive.read_member(tmp_path / "a.zip", ("bomb.txt",), limits))
    assert sum(map(len, pieces)) <= 100
    read = index(found)
    assert read["a.zip/bomb.txt"].entry.code == "bomb"
    assert read["a.zip/r.txt"].entry.used


def test_overlapping_members_are_a_bomb(tmp_path: Path) -> None:
    """Members that share their packed bytes come to more than the archive: one row says so."""
    data = make_zip({"a.txt": REPORT * 50, "b.txt": REPORT * 50}, zipfile.ZIP_STORED)
    size = len(data)
    assert fates(tmp_path, patch_heads(data, "a.txt", "packed", size)) == {"a.zip": "bomb"}


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"members": 2}, {"a.zip": "too_many"}),
        ({"all_bytes": 100}, {"a.zip": "too_large"}),
        ({"directory_bytes": 60}, {"a.zip": "too_many"}),
        (
            {"member_bytes": 62},
            {"a.zip": "archive", "a.zip/1": "used", "a.zip/2": "too_large", "a.zip/3": "used"},
        ),
    ],
    ids=["members", "all_bytes", "directory_bytes", "member_bytes"],
)
def test_each_limit_is_kept(tmp_path: Path, limits: dict[str, int], found: dict[str, str]) -> None:
    """What is beyond a limit has one row with its code, and what is within is read."""
    data = make_zip({"1": REPORT, "2": OTHER, "3": REPORT.replace(b"2.3", b"2.4")})
    assert fates(tmp_path, data, limit(**limits)) == found


def test_no_bytes_stop_the_program(tmp_path: Path) -> None:
    """Archives with random bytes changed give a row for each of their paths, and no exception."""
    draw = random.Random(4)
    inner = make_zip({"i.txt": REPORT})
    good = make_zip({"x/r.txt": REPORT, "s.txt": OTHER * 9, "n.zip": inner, f"{UP}t": OTHER})
    for number in range(400):
        data = bytearray(good)
        for _ in range(draw.randint(1, 6)):
            data[draw.randrange(4, len(data))] = draw.randrange(256)
        folder = tmp_path / str(number % 7)
        folder.mkdir(exist_ok=True)
        found = fates(folder, bytes(data))
        assert "a.zip" in found
        assert all(path == "a.zip" or path.startswith("a.zip/") for path in found)
        assert ".." not in "/".join(found).split("/")
