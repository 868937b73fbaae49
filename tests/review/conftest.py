"""A run, five corrections in its workbook, and what their review made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.review.booking import OpenBook
from tests.review.reviewed import FOLDERS, SAMPLES, review, run


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs, a run of them, five corrections in its workbook, and the results of the review."""
    home = tmp_path_factory.mktemp("home")
    for name in FOLDERS:
        shutil.copytree(SAMPLES / name, home / "in" / name)
    run(home / "out", home / "in")
    with OpenBook(home / "out" / "evidence.xlsx", home / "decided.xlsx") as book:
        row = book.find("Review", lambda r: r["Kind"] == "text vs dicom")
        book.write("Review", row, Decision="correct", Corrected_value="1.9 s", Initials="AB")
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("acute thrombus", "PRV"))
        book.write("Review", row, Decision="Reject", Initials="AB")
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("acute thrombus", "GAV"))
        book.write("Review", row, Decision="accept", Initials="AB")
        row = book.find("Review", lambda r: (r["Kind"], r["Vein"]) == ("unread", "POPV"))
        fact = "left GSV knee reflux_time > 900 ms"
        book.write("Review", row, Decision="add", Corrected_value=fact, Initials="AB")
        row = book.find("Segments", lambda r: r["Diameter (mm)"] == 7.4)
        book.cell("Segments", row, "Diameter (mm)").value = 4.1
    review(home / "decided.xlsx", home / "reviewed", home / "out", gold=home / "gold")
    return home
