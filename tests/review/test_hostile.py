"""Workbooks as people give them back: sorted, widened, cut, of another run, of two reviewers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.review.booking import OpenBook
from tests.review.reviewed import SAMPLES, bytes_of, pick, review, rows, run
from ultrasound.errors import UsageError
from ultrasound.knowledge import load_knowledge
from ultrasound.review.compare import compare_workbook
from ultrasound.review.trail import read_trail


def test_sorted_filtered_and_with_a_column_of_notes(home: Path, tmp_path: Path) -> None:
    """Decisions are the same after sorting and filtering; a column that was set in is told."""
    with OpenBook(home / "decided.xlsx", tmp_path / "b.xlsx") as book:
        for name in ("Review", "Segments"):
            sheet = book.sheet(name)
            lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            for number, line in enumerate(reversed(lines), 2):
                sheet.row_dimensions[number].hidden = number % 2 == 0
                for column, value in enumerate(line, 1):
                    sheet.cell(number, column).value = value
            sheet.insert_cols(4)
            sheet.cell(1, 4).value = "My notes"
            sheet.insert_rows(1)
            sheet.cell(1, 1).value = "checked with the sonographer"
        book.sheet("Segments").cell(5, 4).value = "ask again"
        book.sheet("Legs").parent.create_sheet("Mine").cell(1, 1).value = 1  # type: ignore[union-attr]
    changed = compare_workbook(tmp_path / "b.xlsx", home / "out")
    plain = compare_workbook(home / "decided.xlsx", home / "out")
    assert sorted(str(e.cells) for e in changed.edits) == sorted(str(e.cells) for e in plain.edits)
    assert changed.errors == []
    assert changed.notices == [
        "sheet Mine: no run wrote it; not read",
        "Segments!D5: not in a column of a run; not read back",
    ]


@pytest.mark.parametrize(
    ("cell", "written", "told"),
    [
        ("Diameter (mm)", "4,1", None),
        ("Diameter (mm)", "0,41 cm", None),
        ("Diameter (mm)", "410 ms", "a diameter is not in ms; write mm or cm"),
        ("Diameter (mm)", "4,100", "a comma that may mean thousands or a decimal"),
        ("Diameter (mm)", 4100, "can hardly be meant in mm"),
        ("Diameter (mm)", "four", "write a number with its unit (mm or cm)"),
        ("Leg", "LEFT", "write leg left or leg right"),
        ("Vein", "SSV", "write back what stood there"),
        ("Diameter (mm)", "=A1+1", "write a number with its unit (mm or cm)"),
    ],
)
def test_a_value_in_segments(
    home: Path, tmp_path: Path, cell: str, written: object, told: str | None
) -> None:
    """What is clear is taken in; what is not is named with its cell and what to write instead."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        row = book.find("Segments", lambda r: r["Diameter (mm)"] == 7.4)
        place = book.cell("Segments", row, cell)
        place.value = written  # type: ignore[assignment]
    if told is None:
        review(tmp_path / "b.xlsx", tmp_path / "out", home / "out")
        assert pick(rows(tmp_path / "out", "corrections"))["value_to"] == "4.1 mm"
    else:
        with pytest.raises(UsageError) as caught:
            review(tmp_path / "b.xlsx", tmp_path / "out", home / "out")
        line = str(caught.value)
        assert (line.partition("!")[0], line.partition(":")[0][-2:]) == ("Segments", str(row)[-2:])
        assert told in str(caught.value)
        assert not (tmp_path / "out").exists()


def test_a_decision_without_initials(home: Path, tmp_path: Path) -> None:
    """It is named, and --initials stands for what the cells do not say."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        book.write("Review", 2, Decision="accept")
        book.write("Review", 3, Initials="AB")
    with pytest.raises(UsageError) as caught:
        review(tmp_path / "b.xlsx", tmp_path / "out", home / "out", initials=None)
    lines = str(caught.value).splitlines()
    assert ["no initials" in lines[0], "no decision beside" in lines[1]] == [True, True]
    with OpenBook(tmp_path / "b.xlsx", tmp_path / "c.xlsx") as book:
        book.write("Review", 3, Initials=None)
    review(tmp_path / "c.xlsx", tmp_path / "out", home / "out", initials="Dr. Q")
    assert {row["initials"] for row in rows(tmp_path / "out", "corrections")} == {"Dr. Q"}


def test_a_fact_is_given_to_the_other_leg(home: Path, tmp_path: Path) -> None:
    """Leg, trail and Review say so, in this run and in later ones; its annotation asks neither."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("acute thrombus", "PRV"))
        old, new = str(book.cell("Review", row, "Leg").value).lower(), "left"
        assert old != new
        book.write("Review", row, Decision="correct", Corrected_value=f"Leg {new}", Initials="AB")
    review(tmp_path / "b.xlsx", tmp_path / "out", home / "out", gold=tmp_path / "gold")
    (trail,) = rows(tmp_path / "out", "corrections")
    told = [trail[name] for name in ("property", "value_from", "value_to", "leg", "state")]
    assert told == ["leg", old, new, old, "in_force"]
    facts = [
        row
        for row in rows(tmp_path / "out", "observations")
        if (row["study"], row["vein"], row["property"]) == (trail["study"], "PRV", "thrombus")
    ]
    shown = sorted(
        tuple(str(row[name]) for name in ("leg", "flags", "value_code")) for row in facts
    )
    assert [row for row in shown if row[2] == "acute"] == [
        (new, "None", "acute"),
        (old, "corrected", "acute"),
    ]
    assert pick(rows(tmp_path / "out", "legs"), study=trail["study"], leg=new)
    decided = pick(rows(tmp_path / "out", "review"), id=trail["review"])
    assert decided["corrected_value"] == f"leg {new}"
    kept = read_trail(tmp_path / "out" / "corrections.csv", load_knowledge())
    run(tmp_path / "later", home / "in", kept)
    assert bytes_of(tmp_path / "later") == bytes_of(tmp_path / "out")
    (gold,) = (tmp_path / "gold").rglob("*.gold.tsv")
    lines = gold.read_text("utf-8").splitlines()
    assert [line for line in lines if "thrombus\tacute" in line and "PRV" in line] == [
        "?L\tPRV\tmid\tthrombus\tacute",
        "?R\tPRV\tmid\tthrombus\tacute",
    ]


def test_what_is_gone(home: Path, tmp_path: Path) -> None:
    """Other sheets and columns may be gone, and are told; those of the decisions must be there."""
    with OpenBook(home / "decided.xlsx", tmp_path / "b.xlsx") as book:
        heads = [cell.value for cell in book.sheet("Segments")[1]]
        book.sheet("Segments").delete_cols(heads.index("Reflux sign") + 1)
        del book.sheet("Legs").parent["Observations"]  # type: ignore[union-attr]
        book.sheet("Files").cell(1, 1).value = "Datei"
    found = compare_workbook(tmp_path / "b.xlsx", home / "out")
    plain = compare_workbook(home / "decided.xlsx", home / "out")
    assert [e.cells for e in found.edits] == [e.cells for e in plain.edits]
    assert [e.shown for e in found.edits] == [e.shown for e in plain.edits]
    assert found.errors == []
    assert found.notices[:3] == [
        "sheet Segments has no column Reflux sign: not compared",
        "sheet Observations: is gone; nothing needs it",
        "sheet Files has no column Path: not compared",
    ]
    with OpenBook(home / "decided.xlsx", tmp_path / "c.xlsx") as book:
        book.cell("Review", 1, "Initials").value = "Who"
        book.sheet("Segments").title = "Segments of Dr Q"
    assert compare_workbook(tmp_path / "c.xlsx", home / "out").errors == [
        "the workbook has no sheet Segments: restore it, or its name",
        "sheet Review has no column Initials: restore its header",
    ]


def test_an_old_workbook_and_a_newer_run(home: Path, tmp_path: Path) -> None:
    """Decisions on items that are still there are taken in; what cannot be told apart is not."""
    shutil.copytree(home / "in", tmp_path / "in", ignore=shutil.ignore_patterns("dvt_emergency"))
    shutil.copytree(SAMPLES / "prose_by_leg", tmp_path / "in" / "prose_by_leg")
    run(tmp_path / "newer", tmp_path / "in")
    notes = review(home / "decided.xlsx", tmp_path / "out", tmp_path / "newer")
    assert "did not write it" in notes[0]
    assert "--results" in notes[0]
    told = [note for note in notes[1:] if note.startswith("Segments!")]
    assert ["which are of another run" in note for note in told] == [True]
    assert sum("no such item any more" in note for note in notes) == 1
    trail = rows(tmp_path / "out", "corrections")
    assert {str(row["cell"]).partition("!")[0] for row in trail} == {"Review"}
    assert sorted(str(row["decision"]) for row in trail) == ["accept", "accept", "add", "correct"]
    assert {row["state"] for row in trail} == {"in_force"}


def test_two_reviewers(home: Path, tmp_path: Path) -> None:
    """Their workbooks are taken in together; where they disagree, both cells are named."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "other.xlsx") as book:
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("acute thrombus", "PRV"))
        book.write("Review", row, Decision="reject", Initials="XY")
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("unread", "SOV"))
        book.write("Review", row, Decision="accept", Initials="XY")
        row = book.find("Segments", lambda r: r["Diameter (mm)"] == 7.4)
        book.cell("Segments", row, "Diameter (mm)").value = "4.1 mm"
    both = (home / "decided.xlsx", tmp_path / "other.xlsx")
    assert review(both, tmp_path / "out", home / "out") == [
        "9 decisions taken in, 0 of earlier reviews kept"
    ]
    trail = rows(tmp_path / "out", "corrections")
    assert {row["state"] for row in trail} == {"in_force"}
    assert {row["initials"] for row in trail} == {"AB", "CD", "XY"}
    alone = rows(home / "reviewed", "segments")
    assert rows(tmp_path / "out", "segments") == alone
    with OpenBook(tmp_path / "other.xlsx", tmp_path / "other.xlsx") as book:
        book.cell("Segments", row, "Diameter (mm)").value = "5 mm"
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("acute thrombus", "PRV"))
        book.write("Review", row, Decision="accept", Initials="XY")
    with pytest.raises(UsageError) as caught:
        review(both, tmp_path / "no", home / "out")
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert all("decided.xlsx" in line and "other.xlsx" in line for line in lines)


def test_one_review_after_the_other(home: Path, tmp_path: Path) -> None:
    """A later decision takes the place of an earlier one, and this is said."""
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "other.xlsx") as book:
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("acute thrombus", "PRV"))
        book.write("Review", row, Decision="accept", Initials="XY")
    notes = review(
        tmp_path / "other.xlsx", tmp_path / "out", home / "reviewed", inputs=(home / "in",)
    )
    assert sum("takes the place of the decision of AB" in note for note in notes) == 1
    about = [row for row in rows(tmp_path / "out", "corrections") if row["vein"] == "PRV"]
    states = sorted((str(row["decision"]), str(row["state"])) for row in about)
    assert states == [("accept", "in_force"), ("reject", "superseded")]
