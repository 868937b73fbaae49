"""Workbooks of patients and months, and the command that writes that of some exams."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from tests.write.excel.reading import DISPLAY, follow, read_rows, sheet_of
from ultrasound.batch.outputs import hash_file, read_record
from ultrasound.batch.run import Job, run_batch
from ultrasound.batch.summary import Summary
from ultrasound.batch.workbook import make_workbook
from ultrasound.errors import UsageError
from ultrasound.write import outputs
from ultrasound.write.excel.sheets import LAYOUTS
from ultrasound.write.parquet import list_batches

VISITS = {
    "doe_1": ("DOE, JANE", "P-11", "2026-03-02", "1.8 s"),
    "doe_2": ("DOE, JANE", "P-11", "2026-04-07", "2.8 s"),
    "roe": ("ROE, RICHARD", "P-12", "2026-03-09", "0.9 s"),
    "nobody": ("", "", "", "1.1 s"),
}


def write_visit(folder: Path, name: str) -> None:
    """One report of a visit."""
    who, number, day, time = VISITS[name]
    head = [f"Patient: {who}", f"MRN: {number}", f"Exam date: {day}"] if number else []
    text = [
        *head,
        "VENOUS INSUFFICIENCY DUPLEX OF THE LOWER EXTREMITIES",
        f"Right leg: The GSV at the SFJ shows reflux of {time}, diameter 7 mm.",
        "The right SSV is competent. Left leg: The left GSV is competent.",
    ]
    (folder / f"{name}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two visits of one patient, one of another, one of nobody, and a file that is no report."""
    folder = tmp_path_factory.mktemp("books") / "incoming"
    folder.mkdir()
    for name in VISITS:
        write_visit(folder, name)
    (folder / "broken.dcm").write_bytes(b"\0" * 128 + b"DICM\2")
    return folder


def run(folder: Path, out: Path, told: list[str] | None = None, **asked: bool | int) -> Summary:
    """Run a folder in silence."""
    note = (told if told is not None else []).append
    return run_batch(Job((folder,), out, **asked), lambda *_: None, note)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def done(incoming: Path) -> Path:
    """A run with a workbook for each patient, maps and pages."""
    out = incoming.parent / "done"
    run(incoming, out, per_patient=True, maps=True, pages=True)
    return out


def books_of(out: Path) -> dict[frozenset[object], Path]:
    """The patients' workbooks, by the numbers of the patients in them."""
    found = {}
    for path in (out / "patients").iterdir():
        rows = rows_of(load_workbook(path), "legs")
        found[frozenset(row["patient_id"] for row in rows)] = path
    return found


def rows_of(book: Workbook, table: str) -> list[dict[str, object]]:
    """The rows of a sheet."""
    layout = LAYOUTS[table](DISPLAY)
    return list(read_rows(sheet_of(book, layout.title), layout))


def files_linked(path: Path) -> set[Path]:
    """The files that the cells of a workbook lead to."""
    cells = (cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row)
    links = (cell.hyperlink for cell in cells if cell.hyperlink is not None)
    return {(path.parent / str(link.target)).resolve() for link in links if link.target}


def test_one_workbook_for_each_patient(done: Path) -> None:
    """Each holds all exams of one patient, and an exam of nobody has its own."""
    books = books_of(done)
    assert set(books) == {frozenset({"P-11"}), frozenset({"P-12"}), frozenset({None})}
    book = load_workbook(books[frozenset({"P-11"})])
    assert {row["exam_date"].isoformat() for row in rows_of(book, "legs")} == {  # type: ignore[attr-defined]
        "2026-03-02",
        "2026-04-07",
    }
    assert {row["path"] for row in rows_of(book, "files")} == {"doe_1.txt", "doe_2.txt"}
    assert rows_of(book, "trends")


def test_patients_are_not_in_the_names(done: Path, tmp_path: Path, incoming: Path) -> None:
    """Files are named by keys; by the patient only where that is asked for."""
    assert all(re.fullmatch(r"[0-9a-f]{16}\.xlsx", p.name) for p in books_of(done).values())
    run(incoming, tmp_path / "named", per_patient=True, patient_names=True)
    names = {path.name.rpartition("_")[0] for path in (tmp_path / "named" / "patients").iterdir()}
    assert names == {"P-11_DOE_JANE", "P-12_ROE_RICHARD", ""}
    run(incoming, tmp_path / "named")
    assert list((tmp_path / "named" / "patients").iterdir()) == []


def test_reports_come_first_each_with_its_map(done: Path) -> None:
    """A page for each exam, the latest first, with a picture, and printed on one page."""
    book = load_workbook(books_of(done)[frozenset({"P-11"})])
    assert book.sheetnames[:3] == ["Report", "Report 2", "Legs"]
    for name, day in (("Report", "2026-04-07"), ("Report 2", "2026-03-02")):
        sheet = sheet_of(book, name)
        assert day in str(sheet["A1"].value)
        assert len(sheet._images) == 1  # type: ignore[attr-defined] # noqa: SLF001
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        words = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        assert any("the criteria ask for standing" in word for word in words)
        assert any("GSV" in word and "reflux" in word for word in words)


def test_the_same_bytes_however_many_workers(done: Path, incoming: Path, tmp_path: Path) -> None:
    """The workbooks of patients do not depend on who wrote them."""
    run(incoming, tmp_path / "again", per_patient=True, maps=True, pages=True, workers=2)
    first, second = (
        {path.name: path.read_bytes() for path in (out / "patients").iterdir()}
        for out in (done, tmp_path / "again")
    )
    assert first == second


def test_a_leg_leads_to_its_map(done: Path) -> None:
    """The link in Legs is a relative path to the map of that exam, from both folders."""
    for path in (done / "evidence.xlsx", *books_of(done).values()):
        sheet = sheet_of(load_workbook(path), "Legs")
        heads = {cell.value: cell.column for cell in sheet[2]}
        for row in range(3, sheet.max_row + 1):
            link = sheet.cell(row, int(str(heads["Map"]))).hyperlink
            study = str(sheet.cell(row, int(str(heads["Study"]))).value)
            assert link is not None
            assert (path.parent / str(link.target)).resolve() == done / "maps" / f"{study}.svg"


def test_each_workbook_leads_to_the_files_of_its_exams(done: Path, tmp_path: Path) -> None:
    """The map and the page of each exam in it and of no other, wherever the workbook lies."""
    asked = tmp_path / "asked.xlsx"
    make_workbook(done, asked, month="2026-03")
    for path in (done / "evidence.xlsx", *books_of(done).values(), asked):
        studies = {row["study"] for row in rows_of(load_workbook(path), "legs")}
        maps = {done / "maps" / f"{study}.svg" for study in studies}
        assert files_linked(path) == maps | {done / "pages" / f"{study}.html" for study in studies}


def test_one_failure_does_not_stop_the_others(
    incoming: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook that cannot be written is told of, and the run goes on."""

    def fail(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("ultrasound.batch.patients.write_patient_book", fail)
    told: list[str] = []
    run(incoming, tmp_path / "out", told, per_patient=True)
    assert "workbooks of patients that could not be written: 3" in told
    assert (tmp_path / "out" / "evidence.xlsx").exists()


def test_a_later_run_removes_them_but_never_an_edited_one(incoming: Path, tmp_path: Path) -> None:
    """No patient's workbook stays beside newer tables; what a person worked in stops the run."""
    out = tmp_path / "out"
    run(incoming, out, per_patient=True)
    (out / "patients" / "mine.xlsx").write_bytes(b"mine")
    recorded = (read_record(out) or {})["outputs"]
    one = next(path for path in (out / "patients").iterdir() if path.name != "mine.xlsx")
    assert recorded[f"patients/{one.name}"] == hash_file(one)
    run(incoming, out)
    assert [path.name for path in (out / "patients").iterdir()] == ["mine.xlsx"]
    run(incoming, out, per_patient=True)
    one.write_bytes(one.read_bytes() + b"decision")
    with pytest.raises(UsageError, match="was edited"):
        run(incoming, out)


def test_many_studies_have_a_workbook_a_month(
    incoming: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit each month has Legs, Review, Files and About; at the limit there is one."""
    monkeypatch.setattr(outputs, "MOST_STUDIES", 4)
    assert run(incoming, tmp_path / "one").sentence.endswith("evidence.xlsx")
    monkeypatch.setattr(outputs, "MOST_STUDIES", 3)
    out = tmp_path / "out"
    summary = run(incoming, out, maps=True, pages=True)
    assert summary.sentence.endswith(f"3 workbooks, by month: {out}")
    names = {path.name for path in out.glob("*.xlsx")}
    months = ("2026-03", "2026-04", "undated")
    assert names == {f"evidence_{month}.xlsx" for month in months}
    whole = load_workbook(tmp_path / "one" / "evidence.xlsx")
    for table in ("legs", "review", "files"):
        short = [sheet_of(load_workbook(out / name), table.capitalize()) for name in sorted(names)]
        filled = sum(sheet.max_row - LAYOUTS[table](DISPLAY).header_rows for sheet in short)
        assert filled == len(rows_of(whole, table)), table
    march = load_workbook(out / "evidence_2026-03.xlsx")
    assert march.sheetnames == ["Legs", "Review", "Files", "About"]
    linked = files_linked(out / "evidence_2026-03.xlsx")
    assert len(linked) == 4
    assert linked <= {*(out / "maps").iterdir(), *(out / "pages").iterdir()}
    assert (out / "legs.csv").exists()
    recorded = (read_record(out) or {})["outputs"]
    assert {name for name in recorded if name.endswith(".xlsx")} == names
    monkeypatch.setattr(outputs, "MOST_STUDIES", 4)
    run(incoming, out)
    assert [path.name for path in out.glob("*.xlsx")] == ["evidence.xlsx"]


@pytest.mark.parametrize(
    ("asked", "exams", "reports"),
    [
        ({"patient": "P-11"}, 2, 2),
        ({"patient": "p 11", "month": "2026-04"}, 1, 1),
        ({"month": "2026-03"}, 2, 0),
        ({"month": "undated"}, 1, 0),
    ],
)
def test_the_whole_workbook_of_some_exams(
    done: Path, tmp_path: Path, asked: dict[str, str], exams: int, reports: int
) -> None:
    """What is written from finished results holds all sheets of the exams asked for."""
    out = tmp_path / "some.xlsx"
    assert make_workbook(done, out, **asked) == exams
    book = load_workbook(out)
    assert sum(name.startswith("Report") for name in book.sheetnames) == reports
    assert len({row["study"] for row in rows_of(book, "legs")}) == exams
    assert {row["study"] for row in rows_of(book, "observations")} == {
        row["study"] for row in rows_of(book, "legs")
    }
    about = {str(row[0].value): row[1].value for row in sheet_of(book, "About").iter_rows()}
    assert about["Exams in this workbook"] == str(exams)
    assert "Files" in about
    assert about["Criteria in force"]


def test_links_of_the_whole_workbook_lead_to_its_own_facts(done: Path, tmp_path: Path) -> None:
    """A patient's workbook from results is that of the run, down to the links."""
    out = done / "patients" / "asked.xlsx"
    make_workbook(done, out, patient="P-11")
    try:
        asked, given = (
            {name: file.read(name) for name in file.namelist()}
            for file in map(zipfile.ZipFile, (out, books_of(done)[frozenset({"P-11"})]))
        )
    finally:
        out.unlink()
    assert asked == given
    book = load_workbook(books_of(done)[frozenset({"P-12"})])
    sheet = sheet_of(book, "Segments")
    cells = [c for row in sheet.iter_rows(min_row=2) for c in row if isinstance(c, Cell)]
    linked = [c for c in cells if c.hyperlink and "Observations" in str(c.hyperlink.location)]
    facts = [follow(book, cell) for cell in linked]
    assert facts
    assert {fact["patient_id"] for fact in facts} == {"P-12"}


@pytest.mark.parametrize(
    ("asked", "file", "words"),
    [
        ({}, "x.xlsx", "which exams"),
        ({"study": "none"}, "x.xlsx", "no such exam"),
        ({"patient": "-"}, "x.xlsx", "no such exam"),
        ({"month": "2026-03"}, "x.txt", "ends with .xlsx"),
        ({"month": "2026-03"}, "none/x.xlsx", "no such folder"),
        ({"month": "2026-03"}, "there.xlsx", "there already"),
    ],
)
def test_what_cannot_be_written_is_said(
    done: Path, tmp_path: Path, asked: dict[str, str], file: str, words: str
) -> None:
    """What is wrong is told, and nothing is written."""
    (tmp_path / "there.xlsx").write_bytes(b"")
    with pytest.raises(UsageError, match=words):
        make_workbook(done, tmp_path / file, **asked)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_folder_without_results_is_said(tmp_path: Path) -> None:
    """Any other folder is refused."""
    with pytest.raises(UsageError, match="no results"):
        make_workbook(tmp_path, tmp_path / "x.xlsx", month="2026-03")
    assert list_batches(tmp_path) == []
