"""Abbreviations explained without a sign: "VSM great saphenous vein, VP popliteal vein".

Each is read with a sign of equality, as other reports write them. A list of names is one by
itself, and so is one of a plain yes and no, as "P - present, A - absent"; one of findings stands
behind "Key:", or holds signs as "+ compressible, x not seen".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AFFIRMED, DENIED, AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.knowledge.schema_text import TextKnowledge

_LINE: Final = re.compile(
    r"^[ \t]*(?:\(|(?P<head>(?:key|legend|codes?|abbreviations?|abbr\.?)[ ]?(?::|(?=\S+[ ])))[ ]*)?"
    r"(?P<list>[^\r\n:=.()]+[,;|\t][^\r\n:=.()]+|[^\r\n:=.()]+[ ]{2}[^\r\n:=.()]+)",
    re.IGNORECASE | re.MULTILINE,
)
_PART: Final = re.compile(
    r"(?P<code>[A-Za-z]{1,5}|0|[^\w\s,;|]{1,3})(?P<gap>[ ]+(?:[-–][ ]+)?)"
    r"(?P<meaning>[A-Za-z][\w /-]*)"
)
_STOP: Final = re.compile(r"[ \t]*(?:[,;|\t]|[ ]{2,})[ \t]*")
_SPELT: Final = re.compile(r"\b[a-z]{5,}")  # what is no abbreviation itself
_FEWEST: Final = 2
_SIDES: Final = ("r", "l")
_YES: Final = re.compile(AFFIRMED, re.IGNORECASE)
_NO: Final = re.compile(rf"{DENIED}|not[ ](?:present|seen)", re.IGNORECASE)


class ListedMeaningReader:
    """Finds such lists by what their meanings name."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        terms = [term for row in knowledge.cues.leg for term in row.terms]
        terms += [term for row in knowledge.segments.level for term in row.terms]
        terms += [term for row in knowledge.segments.zone for term in row.terms]
        self._not_codes = frozenset(terms)  # "Mid popliteal vein"

    def find_edits(self, text: str) -> list[Edit]:
        """A sign of equality between each abbreviation and its meaning."""
        return [edit for line in _LINE.finditer(text) for edit in self._read(line)]

    def _read(self, line: re.Match[str]) -> Iterator[Edit]:
        """The signs of a line, all of whose parts are abbreviations with meanings."""
        parts = list(_parts_of(line))
        pairs = [part for part in parts if part is not None]
        meanings = {pair["meaning"].lower() for pair in pairs}
        if len(parts) < _FEWEST or len(meanings) < len(parts):
            return
        told = all(self._names_place(pair) for pair in pairs) or self._tells(line, pairs)
        if told or _is_yes_and_no(pairs):
            yield from (Edit(*pair.span("gap"), " = ") for pair in pairs)

    def _names_place(self, pair: re.Match[str]) -> bool:
        """Whether letters in capitals stand before the whole name of a vein or a level."""
        code, meaning = pair["code"], pair["meaning"]
        if not code[0].isupper() or len(code) < _FEWEST or code.lower() in self._not_codes:
            return False
        return bool(_SPELT.search(meaning)) and self._words.is_place(meaning)

    def _tells(self, line: re.Match[str], pairs: list[re.Match[str]]) -> bool:
        """Whether the codes of a list are signs and letters for what is found."""
        signs = sum(not pair["code"].isalnum() for pair in pairs)
        told = sum(self._words.tells(pair["meaning"]) for pair in pairs)
        veins = any(self._words.is_place(pair["code"]) for pair in pairs)
        own = any("/" in p["code"] or (p["code"].islower() and len(p["code"]) > 1) for p in pairs)
        if not own or (line["head"] is None and signs < _FEWEST):
            return False  # other codes are known as such
        return told >= _FEWEST and not veins


def _is_yes_and_no(pairs: list[re.Match[str]]) -> bool:
    """Whether single letters and signs stand for a plain yes and a plain no, and nothing else.

    The letters of the legs are none: "R present, L absent".
    """
    said = [(bool(_YES.fullmatch(p["meaning"])), bool(_NO.fullmatch(p["meaning"]))) for p in pairs]
    codes = [pair["code"].strip("()[]").lower() for pair in pairs]
    single = all(len(code) == 1 for code in codes) and set(codes).isdisjoint(_SIDES)
    return single and set(said) == {(True, False), (False, True)}


def _parts_of(line: re.Match[str]) -> Iterator[re.Match[str] | None]:
    """The parts of a list, None for one that is no abbreviation with its meaning."""
    at, end = line.span("list")
    while at < end:
        stop = _STOP.search(line.string, at, end)
        last = stop.start() if stop else end
        yield _PART.fullmatch(line.string, at, last)
        at = stop.end() if stop else end
