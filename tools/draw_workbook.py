"""Draws what a physician opens, from the sample reports: docs/legs.png and docs/report.png.

``python -m tools.draw_workbook`` after a change of the workbook, and look at the pictures as the
physician would; ``--grey`` shows them as a grey print does. It needs LibreOffice and pdftoppm, and
the font Carlito, which is as wide as the workbook's Calibri.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from ultrasound.batch.run import Job, run_batch

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = (
    "dicom",
    "fixed_width_table",
    "key_value_levels",
    "pipe_table",
    "prose_by_leg",
    "two_reports_in_one",
)
REPORT: Final = "pipe_table/both_legs_pipes.txt"
PIXELS: Final = {"legs": 140, "report": 135}


def write_workbooks(out: Path) -> dict[str, Path]:
    """The workbook of the samples, and that of one patient."""
    inputs = tuple(ROOT / "sample_reports" / folder for folder in FOLDERS)
    job = Job(inputs, out, maps=True, per_patient=True)
    summary = run_batch(job, lambda *_: None, lambda _: None)
    (study,) = {file.study for file in summary.files if file.path == REPORT}
    return {"legs": summary.workbook, "report": out / "patients" / f"{study}.xlsx"}


def draw_first_page(workbook: Path, folder: Path, dots: int) -> Image.Image:
    """The first printed page of a workbook, as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(workbook)], check=True, capture_output=True)
    pdf = folder / f"{workbook.stem}.pdf"
    page = ["pdftoppm", "-r", str(dots), "-f", "1", "-l", "1", "-singlefile", "-png"]
    subprocess.run([*page, str(pdf), str(folder / workbook.stem)], check=True)
    with Image.open(folder / f"{workbook.stem}.png") as image:
        return image.convert("RGB")


def main() -> None:
    """Draw the pictures and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    parser.add_argument("--grey", action="store_true")
    asked = parser.parse_args()
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, workbook in write_workbooks(folder / "out").items():
            page = draw_first_page(workbook, folder, PIXELS[name])
            shown = page.convert("L") if asked.grey else page
            shown.save(asked.out / f"{name}.png", "png", optimize=True)
            print(asked.out / f"{name}.png")


if __name__ == "__main__":
    main()
