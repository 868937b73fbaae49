"""The folders beside the workbook that hold one file for each study, named by the study's key."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MAPS: Final = "maps"
PAGES: Final = "pages"
SUFFIXES: Final = {MAPS: ".svg", PAGES: ".html"}


def place_file(folder: str, study: str) -> Path:
    """Where a study's file lies, relative to the workbook."""
    return Path(folder, f"{study}{SUFFIXES[folder]}")
