"""What a report itself says that the header of a column means: "D = diameter mm"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ultrasound.extract.places.places import FILLERS
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Unit

PROPERTY_OF: Final = {"time": "reflux_time", "length": "diameter", "velocity": "velocity"}
_BEFORE_CODE: Final = (":", ".", ",", ";")
_LONGEST: Final = 3  # letters of a code
_TIMES: Final = ("prior", "current")
_SEVERAL: Final = 2  # slashes of a header, and names in it


def explain(marks: Marks, cell: Cell) -> Cell | None:
    """The report's own meaning of a one-letter header ("D = diameter mm"), as a cell."""
    if not _is_letter(marks, cell):
        return None
    meaning = find_meaning(marks, cell)
    return None if meaning is None or _is_letter(marks, meaning) else meaning


def _is_letter(marks: Marks, cell: Cell) -> bool:
    return cell.size == 1 and len(marks.tokens[cell.first].text) == 1


def lead_of_code(marks: Marks, cell: Cell) -> tuple[Cell, Cell] | None:
    """What stands before a code that ends a header, and what it means: "GSV RF"."""
    last = marks.tokens[cell.last - 1]
    if cell.size == 1 or not last.text.isupper() or len(last.text) > _LONGEST:
        return None
    meaning = find_meaning(marks, Cell(last.index, cell.last, cell.left, cell.right))
    return None if meaning is None else (cell.cut(marks, cell.first, last.index), meaning)


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
    return _find_initial(marks, cell)


def _find_initial(marks: Marks, cell: Cell) -> Cell | None:
    """The words that a code begins, straight behind it: "Key: C compression, RT reflux time"."""
    code = marks.tokens[cell.first].text
    if not code.isupper() or len(code) > _LONGEST:
        return None
    for token in marks.tokens[1 : -len(code)]:
        if token.text != code:
            continue
        words = marks.tokens[token.index + 1 : token.index + 1 + len(code)]
        opens = marks.tokens[token.index - 1].text in _BEFORE_CODE or "\n" in token.gap
        told = all(
            word.kind == "word" and len(word.text) > 1 and word.norm.startswith(letter)
            for word, letter in zip(words, code.lower(), strict=True)
        )
        if opens and told and words[0].gap == " " and not _is_leg_of(marks, token, words[0]):
            last = words[-1].index + 1
            while last < len(marks.tokens) and not _ends_meaning(marks, last):
                last += 1
            return Cell(words[0].index, last, cell.left, cell.right)
    return None


def _is_leg_of(marks: Marks, code: Token, word: Token) -> bool:
    """Whether a letter is the leg of the vein behind it, and no code: "Dx: L LSV reflux"."""
    leg, vein = marks.mention_over(code.index), marks.mention_over(word.index)
    sided = leg is not None and leg.row("leg") is not None
    return sided and vein is not None and vein.row("vein", "place") is not None


def _ends_meaning(marks: Marks, index: int) -> bool:
    """Whether a meaning ends before a token: at a sign, a gap, or the next name explained."""
    token = marks.tokens[index]
    follows = marks.tokens[index + 1 : index + 2]
    if "  " in token.gap or "\n" in token.gap or token.text in (",", ";", "(", "=", "."):
        return True
    return bool(follows) and follows[0].text == "="


def pad_parts(
    marks: Marks, cell: Cell, named: tuple[str, ...], read: Callable[[Marks, Cell], str]
) -> tuple[str, ...]:
    """The properties of a header with three parts or more about slashes, each in its place.

    A part that is not understood keeps its place; a code of the report's own asks for what it says.
    """
    opens = next((t.index for t in marks.tokens[cell.first : cell.last] if t.text == "("), None)
    end = cell.last if opens is None else opens
    slashes = [i for i in range(cell.first, end) if marks.tokens[i].text == "/"]
    if len(slashes) < _SEVERAL or not _SEVERAL <= len(named) <= len(slashes):
        return named
    firsts, lasts = [cell.first, *(i + 1 for i in slashes)], [*slashes, end]
    parts = [Cell(a, b, 0, 0) for a, b in zip(firsts, lasts, strict=True)]
    return tuple(read(marks, part) or _coded(marks, part) for part in parts)


def _coded(marks: Marks, part: Cell) -> str:
    """What the report's own code of one letter finds: the C of "C = compressible"."""
    code = marks.tokens[part.first].text if part.size == 1 else ""
    for sign in marks.where("="):
        mention = marks.mention_at(sign + 1)
        row = mention.row("finding") if mention is not None else None
        if code and row is not None and marks.tokens[sign - 1].text == code:
            return str(row.property)
    return ""


def properties_of(names: Sequence[str]) -> tuple[str, ...]:
    """What column words name, each once, without the visit that a column is of."""
    return tuple(name for name in dict.fromkeys(names) if name not in _TIMES)


def provokes(marks: Marks, index: int, before: Sequence[str]) -> bool:
    """Whether a word is the way to provoke the reflux named before: "Reflux after compression"."""
    mention = marks.mention_over(index)
    return mention is not None and mention.cue("manoeuvre") and "reflux_time" in before


def is_strange(marks: Marks, token: Token) -> bool:
    """Whether a word is neither known nor one that only fills."""
    named = token.norm in FILLERS or marks.mention_over(token.index)
    return token.kind == "word" and not named


def measured_in(units: Sequence[tuple[Unit, Span]]) -> tuple[str, ...]:
    """What a header of units alone measures."""
    return tuple(PROPERTY_OF[unit.kind] for unit, _ in units)
