"""Fields of a form that only say where a branch is: "[x] incompetent   Location: mid calf".

Within a line the name of such a field is read as "at". One that opens a line begins the record of
a branch, whose further fields are read with it in one sentence: "#1 site: mid calf", and on the
next lines "#1 diameter: 3 mm" and "#1 reflux: no".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_SIGN: Final = r"[ \t]*(?::|=|\.{3,})[ \t.]*"
_WITHIN: Final = re.compile(
    r"^(?P<before>[^\n]*?\S)(?P<label>[ \t]+(?:site|location)(?:[ \t]*[:=][ \t]*|[ \t]{2,}))"
    r"(?P<word>[A-Za-z]+)",
    re.MULTILINE | re.IGNORECASE,
)
_FOUND: Final = re.compile(r"incompet|insuff|reflux|\[", re.IGNORECASE)
_OPENING: Final = re.compile(
    rf"^[ \t]*(?P<number>#[ ]?\d{{1,2}}[.):]?[ ]+)?(?P<label>(?:site|location){_SIGN})"
    r"(?P<word>[A-Za-z]+)[^\n]*?(?P<end>[ \t.]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_FURTHER: Final = re.compile(
    r"\n[ \t]*(?P<number>#[ ]?\d{1,2}[.):]?[ ]+)?(?P<name>[A-Za-z][A-Za-z ]{2,30}?)"
    rf"(?P<sign>{_SIGN})(?![_\s])(?:[^\n]*[^\n\s.])(?P<end>[ \t.]*)$",
    re.MULTILINE,
)
_ASIDE: Final = "location"  # words such as "medial"
_COMPETENT: Final = ("competent", "incompetent")


class ToldSiteReader:
    """Finds such fields by the words of the knowledge tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        veins, segments = knowledge.veins, knowledge.segments
        places = [t for level in segments.level for t in level.terms]
        places += [t for zone in segments.zone for t in zone.terms]
        places += [t for row in veins.vein if row.code in COUNTED for t in row.terms]
        places += [t for row in knowledge.cues.cue if row.kind == _ASIDE for t in row.terms]
        places += veins.areas
        self._places = {w for term in places for w in fold_term(term.removeprefix("="))}
        self._places -= {"vein", "vessel"}  # the names of columns: "Location    Vein diameter"
        asked = [t for column in knowledge.columns.column for t in column.terms]
        self._asked = {fold_term(term)[-1] for term in asked if fold_term(term)}
        self._asked |= set(_COMPETENT)

    def find_edits(self, text: str) -> list[Edit]:
        """The names of such fields as "at"; the lines of a record as parts of one sentence."""
        edits = [
            Edit(*field.span("label"), " at ")
            for field in _WITHIN.finditer(text)
            if self._is_place(field["word"]) and _FOUND.search(field["before"])
        ]
        for field in _OPENING.finditer(text):
            if self._is_place(field["word"]):
                edits += self._join(text, field)
        return edits

    def _is_place(self, word: str) -> bool:
        return not self._places.isdisjoint(fold_term(word))

    def _join(self, text: str, field: re.Match[str]) -> Iterator[Edit]:
        """The record that a place opens as one line; nothing where no further field follows."""
        last, joined = field, False
        while (further := _FURTHER.match(text, last.end())) is not None:
            same = (further["number"] or "").strip() == (field["number"] or "").strip()
            if not same or fold_term(further["name"])[-1] not in self._asked:
                break
            yield Edit(last.start("end"), further.start("name"), ", ")
            yield Edit(*further.span("sign"), ": ")
            last, joined = further, True
        if joined:
            start = field.start("number") if field["number"] else field.start("label")
            yield Edit(start, field.start("word"))
