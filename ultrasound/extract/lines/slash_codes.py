"""Veins with a code each in one line: "CFV C / PTV P / pero NC", where a legend explains C, P, NC.

The codes are read as the words of the legend; a bare "partially" is that of what the others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, line_spans

_EQUAL: Final = re.compile(
    r"(?<![\w=])(?P<code>[A-Z]{1,3})[ ]?=[ ]?(?P<means>[A-Za-z-]+(?:[ ][A-Za-z-]+){0,2}?)"
    r"(?=[ ]{2}|[,;.)]|[ ]*\r?$)",
    re.MULTILINE,
)
_ITEM: Final = re.compile(r"[^/,;.\n]+")
_COMPRESSES: Final = "compressible"
_PARTLY: Final = ("partial", "partially", "partly")
_FEWEST: Final = 2


class SlashCodeReader:
    """Finds such lines below a legend."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The codes as words."""
        meanings = {m["code"]: m["means"].lower() for m in _EQUAL.finditer(text)}
        told = any(_COMPRESSES in means for means in meanings.values())
        for code, means in meanings.items():
            if means in _PARTLY and told:
                meanings[code] = f"partially {_COMPRESSES}"
        meanings = {c: m for c, m in meanings.items() if self._words.tells(m)}
        if len(meanings) < _FEWEST:
            return []
        codes = "|".join(sorted(map(re.escape, meanings), key=len, reverse=True))
        coded = re.compile(
            rf"[ \t]*(?:(?:R|L|Rt|Lt|RT|LT|Right|Left)\b[ :]*)?(?P<place>[A-Za-z][A-Za-z ]*?)"
            rf"(?P<sign>[ ]+|:[ ]?)(?P<code>{codes})(?P<behind>[ ]+(?:at|in)[ ][^\n]*|[ \t\r]*)"
        )
        lines = (line for line in line_spans(text) if "=" not in text[slice(*line)])
        return [edit for line in lines for edit in self._read(text, line, coded, meanings)]

    def _read(
        self,
        text: str,
        line: tuple[int, int],
        coded: re.Pattern[str],
        meanings: Mapping[str, str],
    ) -> Iterator[Edit]:
        items = [coded.fullmatch(text, *item.span()) for item in _ITEM.finditer(text, *line)]
        found = [item for item in items if item and self._words.is_place(item["place"])]
        if len(found) >= _FEWEST:
            yield from (Edit(*item.span("code"), meanings[item["code"]]) for item in found)
