"""Lists of facts by a second annotator, with a mark for each that the program reads otherwise.

A line is: mark, report, fact. "" is due and read; "?" may be read or not; "!" is due and still
missed; "+" is read and wrong.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

Row = tuple[str, ...]
Marked = dict[str, set[Row]]


def load_list(path: Path) -> dict[str, Marked]:
    """The facts of each report by their mark."""
    reports: dict[str, Marked] = defaultdict(lambda: defaultdict(set))
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, name, *fact = line.split("\t")
            reports[name][mark].add(tuple(fact))
    return reports


def differ(marked: Marked, found: set[Row]) -> tuple[set[Row], set[Row], set[Row]]:
    """What is missing, what is too much, and what is marked as wrong and is so no more."""
    missing = marked[""] - found
    too_much = found - marked[""] - marked["?"] - marked["+"]
    mended = (marked["!"] & found) | (marked["+"] - found)
    return missing, too_much, mended


def count_marks(reports: dict[str, Marked]) -> tuple[int, int]:
    """How many facts are due and read, and how many are marked as wrong."""
    read = sum(len(marks[""]) for marks in reports.values())
    return read, sum(len(marks["!"]) + len(marks["+"]) for marks in reports.values())
