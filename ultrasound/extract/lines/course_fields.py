"""Fields that only say where a vein runs: "Origin: SFJ", "Connects to: posterior arch vein".

Nothing is found of what they name, and what the fields beside them measure is of their own vein:
such lines are left out. One that says more, as "Origin: SFJ, incompetent", is read.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_NUMBER: Final = re.compile(r"\b\d+(?:[.,]\d+)?[ ]?(?:cm|mm)?(?![\w.])|[().,/–-]")
_END: Final = r"[ \t]*[:=][ \t]*(?P<value>[^\s_][^\n:=]*?)[ \t.]*\r?$"


class CourseFieldReader:
    """Finds such fields by the words for a course."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        terms = (term for row in knowledge.sections.course for term in row.terms)
        names = any_of(terms, blank="[ ]+")
        self._field = re.compile(rf"^[ \t]*(?:{names}){_END}", re.IGNORECASE | re.MULTILINE)
        self._beside = {t for row in knowledge.sections.course_beside for t in row.terms}
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The lines of such fields, with the break before each."""
        return [
            Edit(max(0, field.start() - 1), field.end())
            for field in self._field.finditer(text)
            if self._says_where(field["value"])
        ]

    def _says_where(self, value: str) -> bool:
        words = [w for w in _NUMBER.sub(" ", value).split() if w.lower() not in self._beside]
        return self._words.is_place(" ".join(words)) or not words
