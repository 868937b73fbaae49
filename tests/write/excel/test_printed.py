"""The workbook as another program opens and prints it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.write.excel.reading import RESULTS
from tests.write.studies import ABOUT, write_parts
from ultrasound.batch.books import draw_pictures
from ultrasound.write.excel.contents import Contents
from ultrasound.write.excel.workbook import write_workbook


@pytest.mark.needs_program("soffice")
def test_each_report_prints_on_one_page(tmp_path: Path) -> None:
    """LibreOffice opens the workbook and prints each exam's report on one page, its words whole."""
    parts = write_parts(tmp_path / "parts", RESULTS)
    contents = Contents(reports=True, pictures=draw_pictures(parts, None))
    write_workbook(parts, tmp_path / "x.xlsx", ABOUT, contents)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "x.xlsx")], check=True, capture_output=True)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "x.pdf").pages]
    titles = ["Legs" if "evidence - Legs" in p else "Report" * ("- Report" in p) for p in pages]
    assert titles[: len(RESULTS) + 1] == [*["Report"] * len(RESULTS), "Legs"]
    assert titles.count("Report") == len(RESULTS)
    assert "ACUTE THROMBUS: RIGHT" in pages[1]
    assert "ACUTE thrombus in the FV (mid part)" in pages[1]
    assert all("not a medical device" in page for page in pages)
