"""Invented reports: a table of facts, written in many layouts and manners.

Generator and reader have one author: that a report is read back exactly proves that the two are
consistent, and nothing about the accuracy on reports that somebody else has written.
"""

from __future__ import annotations

from tools.generator.draw import draw_facts, draw_noise
from tools.generator.facts import Cells, Facts, Measure, Site, swap_cells
from tools.generator.noise import Noise
from tools.generator.report import LAYOUTS, Report, write_report

__all__ = [
    "LAYOUTS",
    "Cells",
    "Facts",
    "Measure",
    "Noise",
    "Report",
    "Site",
    "draw_facts",
    "draw_noise",
    "swap_cells",
    "write_report",
]
