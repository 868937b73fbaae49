"""Fields of a form with an answer for each leg: "Compression (R/L): full / none", below a vein.

Each leg has the field on a line of its own, so that what stands for one is never of the other. What
is asked of a whole system ("DVT (R/L): no/no") is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import SIDE, any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_OPEN: Final = r"(?:[ \t]*[:=–-][ \t]*|[ \t]+)"
_VALUE: Final = r"[^\s/;|(][^\n/;|]*?"
_NEXT: Final = r"(?:[ \t]*[/;|,][ \t]*|[ ]{2,}|\t)"
_FIELDS: Final = (
    "diameter",
    "depth",
    "reflux_time",
    "compressibility",
    "thrombus",
    "flow",
    "phasicity",
    "competence",
    "velocity",
    "patency",
)
SYSTEMS: Final = ("dvt", "svt", "dvt/svt", "phlebitis", "thrombophlebitis")
_UNIT: Final = r"(?:[ ]?\([a-z/]{1,9}\))?"


def field_terms(knowledge: TextKnowledge) -> set[str]:
    """The names of such fields: the words of the headers of their columns."""
    columns = (column for column in knowledge.columns.column if column.property in _FIELDS)
    return {term for column in columns for term in column.terms}


class SidedFieldReader:
    """Finds such lines by the words of the headers of tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        terms = {term for term in field_terms(knowledge) if term.lower() not in SYSTEMS}
        name = rf"^(?P<indent>[ \t]*(?:[-•*–][ \t]+)?)(?P<name>(?:{any_of(terms)}){_UNIT})"
        tail = r"(?=[ \t]*\r?$)"
        flags = re.MULTILINE | re.IGNORECASE
        self._forms = (
            re.compile(  # the leg before its answer
                rf"{name}[ \t]*[:=][ \t]*(?P<s1>{SIDE}){_OPEN}(?P<v1>{_VALUE})"
                rf"{_NEXT}(?P<s2>{SIDE}){_OPEN}(?P<v2>{_VALUE}){tail}",
                flags,
            ),
            re.compile(  # and behind it
                rf"{name}[ \t]*[:=][ \t]*(?P<v1>{_VALUE})[ ]\((?P<s1>{SIDE})\)"
                rf"{_NEXT}(?P<v2>{_VALUE})[ ]\((?P<s2>{SIDE})\){tail}",
                flags,
            ),
            re.compile(  # the legs first, both answers behind them
                rf"{name}[ \t]*\(?(?P<s1>{SIDE})[ ]?/[ ]?(?P<s2>{SIDE})\)?[ \t]*[:=][ \t]*"
                rf"(?P<v1>{_VALUE})[ \t]*/[ \t]*(?P<v2>{_VALUE}){tail}",
                flags,
            ),
        )

    def find_edits(self, text: str) -> list[Edit]:
        """Each field as two, the leg before its name."""
        if "\n" not in text:
            return []
        found = (line for form in self._forms for line in form.finditer(text))
        edits = [edit for line in found if _is_below(text, line) for edit in _part(line)]
        return sorted(edits, key=lambda edit: edit.start)


def _is_below(text: str, line: re.Match[str]) -> bool:
    """Whether both legs have an answer, and the line stands below another one straight."""
    sides = {line[side][0].lower() for side in ("s1", "s2")}
    above = text[: line.start()].rsplit("\n", 2)
    return len(sides) > 1 and len(above) > 1 and bool(above[-2].strip())


def _part(line: re.Match[str]) -> Iterator[Edit]:
    name, indent = line["name"], line["indent"]
    yield Edit(line.start("name"), line.start("v1"), f"{line['s1']}: {name}: ")
    yield Edit(line.end("v1"), line.start("v2"), f"\n{indent}{line['s2']}: {name}: ")
    yield Edit(line.end("v2"), line.end())
