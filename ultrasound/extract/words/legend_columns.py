"""What the numbered codes of a column mean: "REFL: 0 no, 1 yes, 8 not assessed".

A numbered code means something only in the column that its legend names: anywhere else it is a
number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.tables.table_values import decode_cell
from ultrasound.extract.words.legend_numbers import find_numbered
from ultrasound.extract.words.legend_scopes import OF_REFLUX
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import RESULTS
from ultrasound.knowledge.schema_text import CellCode

Says = tuple[str, str]


def read_column_codes(
    marks: Marks, headers: HeaderReader, codes: Sequence[CellCode]
) -> dict[str, Mapping[str, Says | None]]:
    """The codes of each column by its name in small letters; None where one is not understood."""
    read: dict[str, Mapping[str, Says | None]] = {}
    for legend in find_numbered(marks):
        named = headers.read_header(marks, legend.name).properties
        says = {code: _meaning_of(marks, meaning, named, codes) for code, meaning in legend.codes}
        read[text_of(marks, legend.name)] = _settle(says)
    return read


def _meaning_of(
    marks: Marks, meaning: Cell, named: Sequence[str], codes: Sequence[CellCode]
) -> Says | None:
    """A meaning as a cell of the named column would say it, else by the words of findings."""
    asked = ["incompetence" if name in OF_REFLUX else name for name in named]
    found = decode_cell(text_of(marks, meaning), asked, {}, codes) if asked else None
    if found is not None:
        return found
    mentions = marks.mentions_in(meaning.first, meaning.last)
    rows = [row for m in mentions if (row := m.row("finding")) is not None]
    denied = any(m.cue("negation", "none") for m in mentions)
    if (
        not rows
        and not denied
        and "incompetence" in asked
        and any(m.cue("grade") for m in mentions)
    ):
        return "reflux", "present"  # how severe it is
    if len(rows) != 1 or rows[0].value is None:
        return None
    value = rows[0].denied if denied else rows[0].value
    return None if value is None else (rows[0].property, value)


def _settle(says: dict[str, Says | None]) -> dict[str, Says | None]:
    """Where one code is a result of treatment, what the others say of patency is one too."""
    if not any(said is not None and said[0] == "treatment_result" for said in says.values()):
        return says
    return {
        code: ("treatment_result", RESULTS[said[1]])
        if said is not None and said[0] == "patency" and said[1] in RESULTS
        else said
        for code, said in says.items()
    }
