"""What a line begins with, apart from its heading."""

from __future__ import annotations

from ultrasound.extract.headings import has_measure
from ultrasound.extract.layout import Line
from ultrasound.extract.marks import Marks


def begins_finding(marks: Marks, line: Line) -> bool:
    """Whether a line begins with a vein or leg and measures or finds something of it."""
    mention = marks.mention_at(line.first)
    if mention is None or mention.row("vein", "place", "leg", "inferred") is None:
        return False
    findings = [m.row("finding") for m in marks.mentions_in(line.first, line.last)]
    found = any(row is not None and row.kind == "word" for row in findings)
    return found or has_measure(marks, line)
