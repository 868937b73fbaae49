"""Whether a line heads the columns of a table, names legs over them, or does neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.codes import SIGN_CODES
from ultrasound.extract.words.legend_places import explains_places
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.sides import find_sides
from ultrasound.knowledge.schema_text import CellCode

Kind = Literal["header", "legs", "none"]
_MATRIX: Final = 3  # places side by side that head a matrix of vein by level
_SEVERAL: Final = 2  # of anything side by side: one alone is a sentence or a heading
_SMALL_TABLE: Final = 4  # columns of a table with one column of values
_ALL_VALUES: Final = (
    "all",
    "value",
    "number",
    "figure",
    "entry",
    "pair",
    "are",
    "as",
    "given",
    ":",
)
_DASHES: Final = ("-", "–", "—")
_EXAMS: Final = frozenset(
    {
        *("exam", "examination", "study", "scan", "duplex", "ultrasound", "sonography", "report"),
        *("sheet", "worksheet", "chart", "form", "survey", "proforma", "mapping"),
    }
)
_SHORTEST_TITLE: Final = 3  # words of "VENOUS REFLUX EXAM"
_MEANS: Final = frozenset({"on", "by", "at", "with", "per", "in", "of", "this"})
_LONGEST_CODE: Final = 3
_STOPS: Final = (":", ".")
_LIMITS: Final = (">", ">=", "<", "<=")
_AROUND_LIMIT: Final = ("(", ")", "[", "]", ">", "<", "=", "≥", "≤")
_LABEL_MENTIONS: Final = 2  # "GSV competent" may be a label


def kind_of(marks: Marks, columns: Sequence[Column], *, started: bool) -> Kind:
    """Whether the cells of a line head columns, name legs over them, or do neither."""
    if columns[0].properties == ("comment",):
        return "none"
    legs = [c for c in columns if c.legs and not c.has_values]
    labels = sum(c.is_label for c in columns if not c.legs)
    if legs and len(columns) >= _SEVERAL and len(legs) + labels == len(columns):
        return "legs" if len(legs) > 1 or not started else "none"
    if started:
        heads = not all(c.divides for c in columns) and all(
            c.properties or c.units or c.prior or c.current or c.legs for c in columns
        )
    else:
        heads = (
            _heads_places(columns)
            or heads_methods(marks, columns)
            or _heads_values(columns, len(legs))
            or (len(legs) >= _SEVERAL and any(c.is_label for c in columns))
        )
    return "header" if heads else "none"


def _heads_places(columns: Sequence[Column]) -> bool:
    """Whether places stand side by side: the levels of a matrix."""
    places = [c.group for c in columns if c.group and not c.properties and not c.legs]
    spots = [group for group in places if group.has_spot and not group.has_vein]
    matrix = len(places) >= max(_MATRIX, len(columns) - 1)
    return matrix or len(spots) >= _SEVERAL or _heads_levels(columns)


def _heads_levels(columns: Sequence[Column]) -> bool:
    """Whether levels stand behind their vein, or veins behind their group.

    As in "LEFT SSV | SPJ | mid calf", "DEEP   CFV   POP".
    """
    head, *levels = columns
    if head.group is None or not head.group.has_vein or head.group.has_spot or head.measures:
        return False
    named = [c.group for c in levels if c.group is not None and not c.properties]
    group = all(part.vein in GROUPS for part in head.group.parts)
    fitting = [g for g in named if g.has_spot or (group and g.has_vein)]
    return len(fitting) == len(levels) >= _SEVERAL


def heads_methods(marks: Marks, columns: Sequence[Column]) -> bool:
    """Whether what is measured stands over the labels, and beside it ways in which it was.

    As in "Right leg, reflux time (s)   Valsalva   Cuff release".
    """
    ways = [c.cell for c in columns[1:] if c.is_strange]
    if len(ways) < max(_SEVERAL, len(columns) - 1):
        return False
    if any(marks.has_digits(cell.first, cell.last) for cell in ways):
        return False  # "GSV mm   4.1   6.2" is a row
    head = columns[0]
    return head.measures and bool(head.units) and not head.is_label


def _heads_values(columns: Sequence[Column], legs: int) -> bool:
    """Whether columns of values are named: several, or one in a small table."""
    values = [c for c in columns if c.measures]
    if len(values) != 1 or "value" in values[0].properties:
        return len(values) >= _SEVERAL or bool(values)
    understood = sum(bool(c.properties or c.prior or c.units) for c in columns)
    small = _SEVERAL <= len(columns) <= _SMALL_TABLE
    labels = 0 if values[0].bare else sum(c.is_label and not c.measures for c in columns)
    sure = bool(labels) or understood + legs == len(columns)
    named = labels >= _SEVERAL and understood + legs >= len(columns) - 1  # "Leg   Site   Vein"
    return named or (small and sure)


def heads_report(marks: Marks, cells: Sequence[Cell]) -> bool:
    """Whether a line heads a report: "REFLUX STUDY  -  BOTH LEGS", "VEIN LAB   VENOUS REFLUX EXAM".

    A dash alone parts what it names, or a cell names the exam, or whose each value is.
    """
    inner = cells[1:-1]
    dashed = any(c.size == 1 and marks.tokens[c.first].text in _DASHES for c in inner)
    return dashed or any(_names_exam(marks, c) or _names_sides(marks, c) for c in cells)


def _names_sides(marks: Marks, cell: Cell) -> bool:
    """Whether a cell says whose leg all values are: "all values R / L"."""
    sides = find_sides(marks, cell.first, cell.last)
    inside = marks.tokens[cell.first : sides.first if sides is not None else cell.first]
    return bool(inside) and all(token.norm in _ALL_VALUES for token in inside)


def _names_exam(marks: Marks, cell: Cell) -> bool:
    """Whether a cell ends with a word for the exam that it names: "Venous reflux study"."""
    words = [token.norm for token in marks.tokens[cell.first : cell.last]]
    named = len(words) >= _SHORTEST_TITLE and words[-1] in _EXAMS
    return named and _MEANS.isdisjoint(words)  # "Reflux on duplex" is a column


def is_legend(marks: Marks, cells: Sequence[Cell]) -> bool:
    """Whether several cells are a code and its meaning: "C competent   - no reflux"."""
    if cells and explains_places(marks, cells[0].first):
        return True
    return sum(_explains_code(marks, cell) for cell in cells) >= _SEVERAL


def _explains_code(marks: Marks, cell: Cell) -> bool:
    code = marks.tokens[cell.first].text
    end = _end_of_code(marks, cell)
    if not cell.first < end < cell.last:
        return False
    mention = marks.mention_at(cell.first)
    if mention is not None and mention.row("leg") is not None:
        return False  # "L reflux"
    meaning = marks.mention_at(end)
    if meaning is None:
        return False
    if mention is not None and mention.row("vein", "place") and meaning.last + 1 == cell.last:
        return False  # "FV neg"
    finds = not code.isupper() and meaning.row("finding") is not None
    return finds or _states(meaning) or bool(meaning.cue("negation"))


def _end_of_code(marks: Marks, cell: Cell) -> int:
    """The token behind the code that a cell begins with: "NT", "x", "++", "o"; its first if none.

    Before its meaning stands a blank.
    """
    end = cell.first
    while end < cell.last and marks.tokens[end].text in SIGN_CODES:
        end += 1
    code = marks.tokens[cell.first]
    letters = code.text.isupper() and len(code.text) <= _LONGEST_CODE
    letter = code.kind == "word" and len(code.text) == 1
    if end == cell.first and (letters or letter):
        end += 1
    return end if end < cell.last and marks.tokens[end].gap else cell.first


def denies(marks: Marks, cells: Sequence[Cell]) -> bool:
    """Whether a cell of a line says no."""
    found = (m for c in cells for m in marks.mentions_in(c.first, c.last))
    return any(m.cue("none", "negation") for m in found)


def is_statement(marks: Marks, cells: Sequence[Cell]) -> bool:
    """Whether a line says something of a vein: "PTV   competent   no thrombus".

    Or so behind its leg: "LEFT LEG   PTV   competent".
    """
    if len(cells) >= _SEVERAL and _is_leg(marks, cells[0]):
        return is_statement(marks, cells[1:])
    if not cells:
        return False
    first = marks.mentions_in(cells[0].first, cells[0].last)
    if not any(m.row("vein", "place", "level", "zone") for m in first):
        return False
    if any(_states(m) for m in first):
        return True
    values = [marks.mentions_in(cell.first, cell.last) for cell in cells[1:]]
    return bool(values) and all(any(_states(m) for m in found) for found in values)


def _is_leg(marks: Marks, cell: Cell) -> bool:
    """Whether a cell is the name of one leg."""
    mention = marks.mention_at(cell.first)
    row = mention.row("leg") if mention is not None else None
    behind = [t.text for t in marks.tokens[mention.last + 1 : cell.last]] if mention else []
    return row is not None and behind in ([], [":"])


def fills_legs(marks: Marks, cells: Sequence[Cell], legs: int, codes: Sequence[CellCode]) -> bool:
    """Whether a line under legs side by side is a vein and what was found of it in each leg.

    As in "Popliteal   compressible   thrombus", which names no columns.
    """
    full = [cell for cell in cells if not cell.is_empty]
    level = len(full) == legs + _SEVERAL and _is_level(marks, full[1])  # "GSV   SFJ   comp   -"
    if len(full) != legs + 1 + level or legs < _SEVERAL:
        return False
    label = marks.mentions_in(full[0].first, full[0].last)
    if not any(m.row("vein", "place") for m in label):
        return False
    return all(_finds(marks, c) or _grades(marks, c, codes) for c in full[1 + level :])


def _grades(marks: Marks, cell: Cell, codes: Sequence[CellCode]) -> bool:
    """Whether a cell is a word that is a code of reflux: "comp" beside "incomp"."""
    text = text_of(marks, cell)
    return (
        text.rstrip(".").isalpha()
        and len(text) > 1
        and find_code(text, ("reflux_time",), codes) is not None
    )


def _is_level(marks: Marks, cell: Cell) -> bool:
    """Whether a cell begins with a level or a junction."""
    mention = marks.mention_at(cell.first)
    return mention is not None and bool(mention.row("place", "level", "zone"))


def _finds(marks: Marks, cell: Cell) -> bool:
    """Whether a cell names a finding, and not what a column measures."""
    rows = (m.row("finding") for m in marks.mentions_in(cell.first, cell.last))
    return any(row is not None and row.kind in ("word", "noun") for row in rows)


def _states(mention: Mention) -> bool:
    row = mention.row("finding")
    word = (row is not None and row.kind == "word") or mention.row("age") is not None
    return word or bool(mention.cue("negation", "affirmation_after", "denial_after"))


def states(marks: Marks, cell: Cell) -> bool:
    """Whether a cell finds or denies something, in the form of a sentence."""
    mentions = marks.mentions_in(cell.first, cell.last)
    kinds = {row.kind for m in mentions if (row := m.row("finding")) is not None}
    several = len(mentions) > _LABEL_MENTIONS
    answers = any(t.text == ":" for t in marks.tokens[cell.first : cell.last])
    denied = any(m.cue("negation", "none") for m in mentions)
    found = "word" in kinds and (several or answers or denied)
    return found or ("noun" in kinds and _has_stop(marks, cell))


def _has_stop(marks: Marks, cell: Cell) -> bool:
    """Whether words go on behind a colon or a full stop: "Impression: left DVT. None right."."""
    inside = marks.tokens[cell.first + 1 : cell.last]
    return any(t.gap and marks.tokens[t.index - 1].text in _STOPS for t in inside)


def drop_limit(marks: Marks, cell: Cell, name_end: Callable[[Marks, int, int], int]) -> Cell:
    """A header's cell without the limit behind its name: "Reflux (> 0.5 s)", "RT > 500 ms".

    ``name_end`` finds where the name that begins at a token ends.
    """
    if cell.is_empty:
        return cell
    end = name_end(marks, cell.first, cell.last)
    numbers = list(marks.numbers_in(end, cell.last))
    if end == cell.first or len(numbers) != 1 or numbers[0].comparator not in _LIMITS:
        return cell
    number = numbers[0]
    rest = [*range(end, number.first), *range(number.last + 1, cell.last)]
    bare = all(marks.tokens[index].text in _AROUND_LIMIT for index in rest)
    return cell.cut(marks, cell.first, end) if bare else cell
