"""Evidence pages of a run: one for each study, named without a patient's data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

import ultrasound.write.page.page
import ultrasound.write.vein_map
from ultrasound.batch.outputs import hash_file
from ultrasound.batch.run import Job, run_batch

REPORT = (
    "Patient: DOE, JANE\nDate of birth: 04/02/1961\nExam date: {date}\n"
    "VENOUS INSUFFICIENCY DUPLEX OF THE LOWER EXTREMITIES\n"
    "Right leg: The GSV at the SFJ shows reflux of 2.8 s. The right SSV is competent.\n"
)


def run(folder: Path, out: Path, *, workers: int = 1, maps: bool = False) -> list[str]:
    """Run the folder with pages; what the person was told."""
    told: list[str] = []
    run_batch(Job((folder,), out, workers, maps=maps, pages=True), lambda *_: None, told.append)
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports of two studies."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    for number, date in enumerate(("03/02/2026", "04/03/2026")):
        (folder / f"doe_jane_{number}.txt").write_text(REPORT.format(date=date), encoding="utf-8")
    return folder


def test_pages_are_written_with_their_map(folder: Path, tmp_path: Path) -> None:
    """Each study has a page, named by its key and recorded by its hash; the map is in it."""
    out = tmp_path / "out"
    run(folder, out)
    paths = sorted((out / "pages").iterdir())
    assert len(paths) == 2
    record = json.loads((out / "run.json").read_text("utf-8"))
    for path in paths:
        assert re.fullmatch(r"[0-9a-f]{8,64}\.html", path.name)
        assert record["outputs"][f"pages/{path.name}"] == hash_file(path)
        assert "Right GSV, SFJ: refluxing, 2.8 s" in path.read_text("utf-8")
    assert not (out / "maps").exists()


def test_pages_are_the_same_with_several_workers(folder: Path, tmp_path: Path) -> None:
    """The bytes depend neither on the process that wrote them nor on the vein maps asked for."""
    run(folder, tmp_path / "one")
    run(folder, tmp_path / "two", workers=2, maps=True)
    one, two = (sorted((tmp_path / name / "pages").iterdir()) for name in ("one", "two"))
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert len(list((tmp_path / "two" / "maps").iterdir())) == 2


def test_each_link_of_the_workbook_leads_to_words(folder: Path, tmp_path: Path) -> None:
    """Every link from a fact to a page names a file and a place that are there."""
    out = tmp_path / "out"
    run(folder, out)
    links = [
        cell.hyperlink
        for row in load_workbook(out / "evidence.xlsx")["Observations"]
        for cell in row
        if cell.hyperlink is not None and cell.hyperlink.target
    ]
    assert len(links) >= 4
    for link in links:
        page = (out / str(link.target)).read_text("utf-8")
        assert page.count(f' id="{link.location}"') == 1


def test_a_later_run_without_pages_removes_them(folder: Path, tmp_path: Path) -> None:
    """No page of an earlier run stays beside newer tables; what a person put there does."""
    out = tmp_path / "out"
    run(folder, out)
    (out / "pages" / "mine.html").write_text("mine", encoding="utf-8")
    run_batch(Job((folder,), out), lambda *_: None, lambda _: None)
    assert [path.name for path in (out / "pages").iterdir()] == ["mine.html"]


def fail(*_: object) -> None:
    """What goes wrong in the program, with words of a report in its message."""
    raise ArithmeticError("words of a report")


def test_a_page_that_fails_takes_nothing_from_the_rows(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told how many, observations.jsonl of which report, and the map is drawn."""
    monkeypatch.setattr(ultrasound.write.page.page, "write_page", fail)
    out = tmp_path / "out"
    told = run(folder, out, maps=True)
    assert told[-1].startswith("pages that could not be made: 2;")
    lines = (out / "observations.jsonl").read_text("utf-8")
    assert '"stage":"page"' in lines
    assert "words of a report" not in lines
    assert not (out / "pages").exists()
    assert len(list((out / "maps").iterdir())) == 2
    assert '"GSV"' in lines


def test_a_map_that_fails_leaves_the_page(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says that there is no map, and has all the rest."""
    monkeypatch.setattr(ultrasound.write.vein_map, "draw_map", fail)
    out = tmp_path / "out"
    told = run(folder, out)
    assert told[-1].startswith("vein maps that could not be drawn: 2;")
    for path in (out / "pages").iterdir():
        page = path.read_text("utf-8")
        assert "The vein map could not be drawn." in page
        assert "reflux time: 2800 ms" in page
