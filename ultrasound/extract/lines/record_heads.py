"""What names the fields of the lines below: "Perforators: site, diameter, competence".

The names are no findings. Below them stand lines as "Right: mid calf, 3.8 mm, incompetent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_PLACES: Final = ("site", "level", "location", "position", "side", "leg", "segment", "height")
_JUDGED: Final = re.compile(r"\b(?:competen|reflux|compress|thromb|patency)", re.IGNORECASE)
_SIZE: Final = re.compile(r"\d[ ]?mm\b")
_REACH: Final = 200  # characters in which the first line below ends


class RecordHeadReader:
    """Finds such names by the headers of tables."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        names = rf"(?:{any_of({*field_terms(knowledge), *_PLACES})})(?:[ ]?\([a-z/ ]+\))?"
        listed = rf"{names}(?:[ ]*[,/;|][ ]*{names})+"
        self._line = re.compile(
            rf"^[ \t]*[A-Za-z][A-Za-z ]*?(?P<names>(?::[ ]*{listed}|[ ]*\({listed}\):?))[ \t.]*$",
            re.MULTILINE | re.IGNORECASE,
        )
        self._alone = re.compile(
            rf"^[ \t]*\({names}(?:[ ]*[,/;|][ ]*[a-z/ ]+)?\)[ \t.]*$", re.MULTILINE | re.IGNORECASE
        )
        self._where = re.compile(any_of(_PLACES), re.IGNORECASE)

    def find_edits(self, text: str) -> list[Edit]:
        """The names, but for the colon; a line of one in brackets, "(reflux)", is left out."""
        alone = (Edit(*line.span()) for line in self._alone.finditer(text))
        return [*self._find(text), *alone]

    def _find(self, text: str) -> Iterator[Edit]:
        for line in self._line.finditer(text):
            below = text[line.end() : line.end() + _REACH]
            told = _JUDGED.search(line["names"]) and _SIZE.search(below.strip().partition("\n")[0])
            if self._where.search(line["names"]) and told:
                yield Edit(*line.span("names"), ":")
