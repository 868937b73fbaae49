"""Labels that only name what can be found, and where: "Reflux in the GSV", "CFV thrombus"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.places import FILLERS
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

# in regular expressions that are not told apart by case
LABEL: Final = r"[A-Za-z](?:(?![ ]{2}|\.\.)[^\n|\t:=?\[])*?[A-Za-z)]"
DENIED: Final = (
    r"(?:no|not|none)[ ](?:seen|detected|present|identified|demonstrated|found|evident|visible)"
    r"|no|n|none|nil|absent|negative|neg"
)
AFFIRMED: Final = r"yes|y|present|positive|pos|seen|detected|identified|demonstrated"
_LAST: Final = re.compile(  # what a line with an answer, or a blank for one, may end in
    rf"(?:\b(?:{DENIED}|{AFFIRMED}|false|true|0|n/a|right|left|rt|lt|r|l)|[+_*\])–—-])"
    r"[ \t\r.|)\]]*$",
    re.IGNORECASE,
)
_TAIL: Final = 40  # characters
_LONGEST: Final = 8  # words of a label
_ASKED: Final = ("reflux", "thrombus")
_STATES: Final = ("compressibility", "patency")


def find_answers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The lines of a ``pattern``, tried only on those that end in an answer: few of a report do."""
    end = 0
    for line in text.split("\n"):
        start, end = end, end + len(line) + 1
        if _LAST.search(line, max(0, len(line) - _TAIL)):
            found = pattern.match(text, start, end - 1)
            if found:
                yield found


class AskedWords:
    """The words of such labels, by the knowledge tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        veins, cues, segments = knowledge.veins, knowledge.cues, knowledge.segments
        places = [t for row in veins.vein for t in row.terms]
        places += [t for place in veins.place for t in place.terms]
        places += [form for forms in veins.words.values() for form in forms]
        places += [t for level in segments.level for t in level.terms]
        places += [t for zone in segments.zone for t in zone.terms]
        places += [t for leg in cues.leg for t in leg.terms]
        places += [row.term for row in veins.ambiguous]
        named = (fold_term(term) for vein in veins.vein for term in vein.terms)
        self._veins = {word for term in named for word in term} - FILLERS
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

    def ask(self, name: str, *, plain: bool = True) -> bool:
        """Whether all words of a label are what can be found, and where.

        A state is asked for by a ``plain`` yes or no: another cell may say something else.
        """
        words = [word for word in fold_term(name) if word.isalpha()]
        asked = self._asked | self._states if plain else self._asked
        if not words or len(words) > _LONGEST or asked.isdisjoint(words):
            return False
        return all(word in asked or word in self._places for word in words)

    def tells(self, meaning: str) -> bool:
        """Whether words say what can be found or not: "non compressible", "no reflux"."""
        words = fold_term(meaning)
        return any(word in self._asked or word in self._states for word in words)

    def ask_for_branches(self, name: str) -> bool:
        """Whether a label names branches, of which a list may follow."""
        return not self._branches.isdisjoint(fold_term(name))

    def names_vein(self, label: str) -> bool:
        """Whether a label only names places, and a vein among them."""
        return self.is_place(label) and not self._veins.isdisjoint(fold_term(label))

    def is_place(self, name: str) -> bool:
        """Whether all words of a name say where."""
        words = [word for word in fold_term(name) if word.isalpha()]
        return 0 < len(words) <= _LONGEST and all(word in self._places for word in words)

    def names_place(self, name: str) -> bool:
        """Whether a label names where: a disease alone heads what stands below it."""
        return any(w in self._places and w not in FILLERS for w in fold_term(name))
