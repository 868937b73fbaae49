"""What a report itself says that the header of a column means: "D = diameter mm"."""

from __future__ import annotations

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.marks import Marks


def explain(marks: Marks, cell: Cell) -> Cell | None:
    """The report's own meaning of a one-letter header ("D = diameter mm"), as a cell."""
    if cell.size != 1 or len(marks.tokens[cell.first].text) > 1:
        return None
    return find_meaning(marks, cell)


def find_meaning(marks: Marks, cell: Cell) -> Cell | None:
    """What stands behind a header of one word and a sign of equality, as a cell."""
    code = marks.tokens[cell.first].text
    for sign in marks.where("="):
        if 0 < sign < len(marks.tokens) - 1 and marks.tokens[sign - 1].text == code:
            first = sign + 1
            meaning = marks.mention_at(first)
            finding = meaning.row("finding") if meaning is not None else None
            if finding is not None and finding.kind == "word":
                return None  # a code of the cells, not of a column
            last = first + 1
            while last < len(marks.tokens) and not _ends_meaning(marks, last):
                last += 1
            return Cell(first, last, cell.left, cell.right)
    return None


def _ends_meaning(marks: Marks, index: int) -> bool:
    """Whether a meaning ends before a token: at a sign, a gap, or the next name explained."""
    token = marks.tokens[index]
    follows = marks.tokens[index + 1 : index + 2]
    if "  " in token.gap or "\n" in token.gap or token.text in (",", ";", "(", "=", "."):
        return True
    return bool(follows) and follows[0].text == "="
