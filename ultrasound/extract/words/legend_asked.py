"""What the codes of a line answer, where no word of it says so: "C = full, P = partial"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import ANSWER, Says, find_code
from ultrasound.extract.words.legend_lines import Entry
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import is_place, line_of

NO_VEIN: Final = ("anatomy", "absent")
_ASKED: Final = {"incompetence", "compressibility", "thrombus"}  # all of them answered by "yes"
_PLAIN: Final = ("yes", "no")
_FEWEST: Final = 2  # answers that tell one column from the others
_EITHER: Final = ("+", "/", "-", ")")
_OPPOSITES: Final = {  # answers to whatever is asked, where one line has both kinds of them
    **dict.fromkeys(("present", "positive", "seen", "yes"), "yes"),
    **dict.fromkeys(("absent", "not present", "negative", "not seen", "no"), "no"),
}


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


def find_opposites(marks: Marks, entries: Sequence[Entry]) -> dict[int, Says]:
    """The answers of lines that explain a yes and a no: "+ = present, - = absent".

    By the tokens at which their codes stand: no vein is absent there.
    """
    lines: dict[int, dict[int, str]] = {}
    for entry in entries:
        first, last = entry.meaning
        text = marks.words(first, last - 1).lower() if first < last else ""
        if text in _OPPOSITES:
            lines.setdefault(line_of(marks, entry.at)[0], {})[entry.at] = _OPPOSITES[text]
    both = (told for told in lines.values() if len(set(told.values())) > 1)
    return {at: (ANSWER, text) for told in both for at, text in told.items()}


def read_headed_signs(marks: Marks, headers: HeaderReader) -> Iterator[tuple[str, Says]]:
    """Signs that the header of a column names as its answers: "Vein   Reflux (+/-)"."""
    for opens in marks.where("("):
        run = marks.tokens[opens + 1 : opens + 1 + len(_EITHER)]
        if not opens or tuple(token.text for token in run) != _EITHER:
            continue
        first, last = line_of(marks, opens)
        header = headers.property_at(marks, opens - 1, opens) and marks.tokens[opens - 1].gap
        if header and len(header) > 1 and not any(map(is_place, marks.mentions_in(first, last))):
            yield from (("+", (ANSWER, "yes")), ("-", (ANSWER, "no")))


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
