"""Lines of a label and its answer in two cells: "CFV thrombus | no", "DVT      none seen".

A label names what is asked for and where, and nothing else; without its answer it finds nothing.
Whatever parts the two is read as a colon, and an answer that is left open as a blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.places.places import FILLERS
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_DENIED: Final = (
    r"(?:no|not|none)[ ](?:seen|detected|present|identified|demonstrated|found|evident|visible)"
    r"|no|n|none|nil|absent|negative|neg"
)
_AFFIRMED: Final = r"yes|y|present|positive|pos|seen|detected|identified|demonstrated"
_OPEN: Final = r"[-–—]{1,3}|\[[ ]?\]|\([ ]?\)|_+"
_LINE: Final = re.compile(
    r"^[ \t|•*]*(?P<name>[A-Za-z](?:(?![ ]{2}|\.\.)[^\n|\t:=?])*?[A-Za-z)])"
    r"(?P<sep>[ \t]*(?:[|=\t?]|[:][ ]?\.{3,}|:|[ ]-[ ]|[ ]{2,}|\.{3,})[ \t]*)"
    rf"(?:(?P<said>{_DENIED}|{_AFFIRMED})|(?P<false>false|0)|(?P<true>true)|(?P<open>{_OPEN}))"
    r"(?P<tail>[ \t.|]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"^(?P<indent>[ \t•*]*)(?P<name>[A-Za-z][^\n|\t:=?]*?[A-Za-z)])[ \t]*:(?P<rest>[ \t]*)"
    r"(?=\n(?P=indent)[A-Za-z][^\n:]{2,40}:)",
    re.MULTILINE,
)
_LONGEST: Final = 8  # words of a label
_ASKED: Final = ("reflux", "thrombus")
_STATES: Final = (
    "compressibility",
    "patency",
)  # "CFV compressible | no", but for "none" and "absent"
_PLAIN: Final = ("yes", "no", "y", "n")


class AskedCellReader:
    """Finds such lines by the words of the knowledge tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        veins, cues, segments = knowledge.veins, knowledge.cues, knowledge.segments
        places = [t for row in veins.vein for t in row.terms]
        places += [t for place in veins.place for t in place.terms]
        places += [form for forms in veins.words.values() for form in forms]
        places += [t for level in segments.level for t in level.terms]
        places += [t for zone in segments.zone for t in zone.terms]
        places += [t for leg in cues.leg for t in leg.terms]
        places += [row.term for row in veins.ambiguous]
        counted = (row for row in veins.vein if row.code in COUNTED)
        self._branches = {fold_term(t)[-1] for row in counted for t in row.terms}
        self._places = {w for term in places for w in fold_term(term.removeprefix("="))} | FILLERS
        self._asked = self._words_of(knowledge, _ASKED)
        self._states = self._words_of(knowledge, _STATES)
        shapes = [t for row in veins.vein if row.anatomy for t in row.terms]
        self._asked |= {fold_term(term)[-1] for term in shapes if len(fold_term(term)) == 1}
        self._asked |= {row.anatomy for row in veins.vein if row.anatomy}

    def _words_of(self, knowledge: TextKnowledge, names: Sequence[str]) -> set[str]:
        rows = [row for row in knowledge.findings.finding if row.property in names]
        asked = [t for row in rows for t in row.terms if row.kind == "noun" or len(t.split()) == 1]
        return {word for term in asked for word in fold_term(term)} - self._places

    def find_edits(self, text: str) -> list[Edit]:
        """What parts a label from its answer as a colon; an answer left open as a blank."""
        edits: list[Edit] = []
        for line in _LINE.finditer(text):
            plain = not line["said"] or line["said"].lower() in _PLAIN
            if not self._asks(line["name"], plain=plain):
                continue
            edits.append(Edit(*line.span("sep"), ": "))
            for kind, word in (("open", "___"), ("false", "no"), ("true", "yes")):
                if line[kind]:
                    edits.append(Edit(*line.span(kind), word))
            if line["tail"].strip(" \t"):
                edits.append(Edit(*line.span("tail"), "."))
        # what is asked of branches may head a list of them
        empty = [e for e in _EMPTY.finditer(text) if self._asks(e["name"])]
        empty = [e for e in empty if self._branches.isdisjoint(fold_term(e["name"]))]
        edits += [Edit(*line.span("rest"), " ___") for line in empty]
        return sorted(edits, key=lambda edit: edit.start)

    def _asks(self, name: str, *, plain: bool = True) -> bool:
        """Whether all words of a label are what can be found, and where.

        A state is asked for by a ``plain`` yes or no: another cell may say something else.
        """
        words = [word for word in fold_term(name) if word.isalpha()]
        asked = self._asked | self._states if plain else self._asked
        if not words or len(words) > _LONGEST or asked.isdisjoint(words):
            return False
        return all(word in asked or word in self._places for word in words)
