"""Keys with a unit in brackets inside of a line: "GSV: Diameter (mm): 6.2, Reflux (sec): 2.1".

The unit is read behind its number. A line that is one key alone stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.patterns import UNIT, any_of
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_BRACKETED: Final = re.compile(rf"[(\[](?:{UNIT})[)\]]", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_DENIED: Final = re.compile(r"(?:none|no|nil|absent|neg)\b", re.IGNORECASE)
_FEWEST: Final = 2  # keys of a line; one needs a place before it


class UnitKeyReader:
    """Finds such keys by the names of what is measured."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        names = any_of(term for term in field_terms(knowledge) if "(" not in term)
        self._key = re.compile(
            rf"(?<!\w)(?:{names})(?P<unit>[ ]?[(\[](?P<given>{UNIT})[)\]])"
            r"[ ]?[:=]?[ ]?(?P<value>[<>~]?\d+(?:[.,]\d+)?(?![\w/.,]*\d))?",
            re.IGNORECASE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """The units of such keys, at their numbers."""
        united = (span for span in line_spans(text) if _BRACKETED.search(text, *span))
        return [edit for span in united for edit in self._read(text, span)]

    def _read(self, text: str, span: tuple[int, int]) -> Iterator[Edit]:
        keys = list(self._key.finditer(text, *span))
        if not keys or not self._is_pairs(text, span, keys):
            return
        for key in keys:
            if key["value"]:
                yield Edit(*key.span("unit"))
                yield Edit(key.end(), key.end(), f" {key['given']}")
            elif _DENIED.match(text, key.end()):
                yield Edit(key.start("unit"), key.end(), ": ")

    def _is_pairs(self, text: str, span: tuple[int, int], keys: Sequence[re.Match[str]]) -> bool:
        """Whether each number of the line is that of a key, and one key stands behind a place."""
        before = text[span[0] : keys[0].start()].strip(" \t:-–•*|")
        if "|" in text[slice(*span)] or not (len(keys) >= _FEWEST or self._words.is_place(before)):
            return False
        valued = sum(key["value"] is not None for key in keys)
        return valued == len(_NUMBER.findall(text, keys[0].start(), span[1])) > 0
