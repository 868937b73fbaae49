"""What the codes of a line answer, where no word of it says so: "C = full, P = partial"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import ANSWER, Says, find_code
from ultrasound.extract.words.legend_lines import Entry
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import line_of

NO_VEIN: Final = ("anatomy", "absent")
_ASKED: Final = {"incompetence", "compressibility", "thrombus"}  # all of them answered by "yes"
_PLAIN: Final = ("yes", "no")
_FEWEST: Final = 2  # answers that tell one column from the others


def find_asked(
    marks: Marks, headers: HeaderReader, entries: Sequence[Entry]
) -> dict[int, set[str]]:
    """What the codes of a line answer, where nothing says it and only one column has them all.

    As in "C = full, P = partial, N = none".
    """
    lines: dict[int, list[str]] = {}
    for entry in entries:
        if entry.says in ((), (NO_VEIN,)) and entry.meaning[0] < entry.meaning[1]:
            text = marks.words(entry.meaning[0], entry.meaning[1] - 1).lower()
            lines.setdefault(line_of(marks, entry.at)[0], []).append(text)
    found = {first: _columns_of(headers, texts) for first, texts in lines.items()}
    return {
        first: names
        for first, names in found.items()
        if len(names) == 1 and _caption_over(marks, headers, first) <= names
    }


def _caption_over(marks: Marks, headers: HeaderReader, first: int) -> set[str]:
    """What a line that holds nothing else says over another: "Thrombus"."""
    if not first:
        return set()
    over = Cell(*line_of(marks, first - 1), 0, 0)
    alone = not headers.has_other_words(marks, over)
    return set(headers.read_properties(marks, over)[0]) if alone else set()


def _columns_of(headers: HeaderReader, texts: Sequence[str]) -> set[str]:
    """The columns whose codes include several answers."""
    names = {name for code in headers.codes for name in code.columns}
    several = len(texts) >= _FEWEST
    return {n for n in names if several and all(find_code(t, (n,), headers.codes) for t in texts)}


def read_answer(marks: Marks, headers: HeaderReader, entry: Entry) -> tuple[Says, ...]:
    """A meaning that answers whatever its column asks: "+ = yes"."""
    first, last = entry.meaning
    text = marks.words(first, last - 1).lower() if first < last else ""
    asked = {n for code in headers.codes if text in code.terms for n in code.columns}
    return ((ANSWER, text),) if asked >= _ASKED else ()


def name_by_others(
    marks: Marks, entry: Entry, entries: Sequence[Entry], of_any: Container[str]
) -> set[str]:
    """What the other codes of a line speak of; ``of_any`` are values of whatever is examined.

    A plain yes or no answers any column where the others say all of theirs: "C = compressible, NC =
    non-compressible; Y = yes".
    """
    line = line_of(marks, entry.at)
    others = [o for o in entries if line_of(marks, o.at) == line]
    said = {(name, value) for o in others for name, value in o.says if value not in of_any}
    named = {name for name, _ in said}
    first, last = entry.meaning
    plain = marks.words(first, last - 1).lower() in _PLAIN if first < last else False
    return set() if plain and len(said) > 1 and len(named) == 1 else named
