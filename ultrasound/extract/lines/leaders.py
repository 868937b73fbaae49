"""Fields whose name and answer a dotted leader parts: read as a label with its answer.

As in "POP compressibility ........ Partial". A line with more leaders, or with gaps, is a row of
columns, and a place before a leader is read as the label of one. A tab is a leader too between the
name of branches and the leg where they are: "Incompetent perforators<tab>R nil. L mid calf". So is
what a form asks of branches, their number and their sites: "Perforators   number: 2   sites: calf".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_FIELD: Final = re.compile(  # of one word only below the vein that it is of
    r"^(?:[ \t]*[A-Za-z][^.:\n]*?(?<![A-Za-z])|[ \t]+)(?P<last>[A-Za-z]+)"
    r"(?P<leader>[ \t]*\.{4,}[ \t]*)"
    r"(?![ \t.])(?!.*(?:\.{4}|(?:\t|  )[ \t]*\S))\S.*$",
    re.MULTILINE,
)
_BRANCHES: Final = re.compile(
    r"^[ ]*(?P<name>[A-Za-z][^.:\t\n]*?[A-Za-z])(?P<leader>[ ]*\t[ ]*)"
    r"(?=(?:R|L|RT|LT|Rt|Lt|[Rr]ight|[Ll]eft|RIGHT|LEFT)\b)(?!.*\t)\S.*$",
    re.MULTILINE,
)
_ITEM: Final = r"[ \t]{2,}(?:[a-h]\)[ \t]*)?"
_ASKED: Final = re.compile(
    r"^[ \t]*(?:\d{1,2}[.)]?[ \t]+)?(?P<name>[A-Za-z][A-Za-z ]*?[A-Za-z])(?=[ \t]{2})"
    rf"(?P<count>{_ITEM}(?:number|count|no\.?)[ \t]*[:=][ \t]*(?P<number>[1-9]\d?)"
    r"(?=[ \t]{2}|$))?"
    rf"(?P<site>{_ITEM}(?:sites?|locations?|levels?)[ \t]*[:=][ \t]*(?=[^\W_]))?",
    re.MULTILINE | re.IGNORECASE,
)
# before a wide gap or a value that one follows: the label of a row, whose values stand in columns
_ROW: Final = re.compile(
    r"(?<=\S )\.{4,}(?=(?: {2,}| (?!\.)[^\n:]*?\S {2,})[^\s.:][^\n:]*$)", re.MULTILINE
)
_UNTOLD: Final = ("comment", "height")  # "Ankle ....... competent" is a place


class LeaderReader:
    """Finds the leaders of fields whose names end with what they ask for."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        asked = (c for c in knowledge.columns.column if c.property not in _UNTOLD)
        self._asked = {term.lower().split()[-1] for column in asked for term in column.terms}
        named = [(r.code, fold_term(t)) for r in knowledge.veins.vein for t in r.terms]
        groups = {words[-1] for code, words in named if code in GROUPS}  # "Superficial veins"
        branches = {words for code, words in named if code in COUNTED}
        self._branches = branches | {words[-1:] for words in branches if words[-1] not in groups}

    def find_edits(self, text: str) -> list[Edit]:
        """The leaders of such fields as the signs of labels, those of rows as blanks."""
        dotted = _FIELD.finditer(text) if "...." in text else ()
        tabbed = _BRANCHES.finditer(text) if "\t" in text else ()
        fields = [f for f in dotted if f["last"].lower() in self._asked]
        fields += [f for f in tabbed if self._names_branches(f["name"])]
        told = [Edit(*field.span("leader"), ": ") for field in sorted(fields, key=re.Match.start)]
        told += self._find_asked(text)
        rows = _ROW.finditer(text) if "...." in text else ()
        return told + [Edit(*row.span(), " " * len(row.group())) for row in rows]

    def _find_asked(self, text: str) -> Iterator[Edit]:
        """The number of branches as one in brackets, and their sites as an answer."""
        for field in _ASKED.finditer(text):
            if not self._names_branches(field["name"]):
                continue
            if field["count"]:
                yield Edit(*field.span("count"), f" ({field['number']})")
            if field["site"]:
                yield Edit(*field.span("site"), ": ")

    def _names_branches(self, name: str) -> bool:
        """Whether a name is one of branches, or ends with one: "Incompetent perforators"."""
        words = fold_term(name)
        return words in self._branches or words[-1:] in self._branches
