"""A line that looks at one vein of a leg for comparison: "Right leg: CFV patent"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks

_COMPARED: Final = "CFV"
_DEEP: Final = {"FV", "DFV", "POPV"}


def samples_leg(marks: Marks, lines: Sequence[Line], index: int, first: int) -> bool:
    """Whether a line names the one vein that is looked at on the other leg too, and no other.

    Not where the deep veins go on below it and the vein is named nowhere else: a list begins so.

    Args:
        marks: The report.
        lines: Its lines.
        index: The line.
        first: The token behind the leg that it begins with.
    """
    if _name_veins(marks, first, lines[index].last) != [_COMPARED]:
        return False
    below = [v for x in lines[index + 1 : index + 2] for v in _name_veins(marks, x.first, x.last)]
    listed = not _DEEP.isdisjoint(below)
    return not listed or _name_veins(marks, 0, len(marks.tokens)).count(_COMPARED) > 1


def _name_veins(marks: Marks, first: int, last: int) -> list[str]:
    """The veins that some tokens name, in their order."""
    rows = (mention.row("vein") for mention in marks.mentions_in(first, last))
    return [row.code for row in rows if row is not None]
