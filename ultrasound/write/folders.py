"""The folders beside the workbook that hold files of single studies, named by the study's key."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ultrasound.write.report.formats import FORMATS

MAPS: Final = "maps"
PAGES: Final = "pages"
REPORTS: Final = "reports"
SUFFIXES: Final = {
    MAPS: (".svg",),
    PAGES: (".html",),
    REPORTS: tuple(f".{name}" for name in FORMATS),
}


def place_file(folder: str, study: str, suffix: str | None = None) -> Path:
    """Where a study's file lies, relative to the workbook; ``suffix`` where it has several."""
    return Path(folder, f"{study}{suffix or SUFFIXES[folder][0]}")
