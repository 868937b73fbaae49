"""Signs in the line of a label that stand for words: "Reflux: yes, thigh", "GSV, SFJ: 8 mm".

They are read as what they stand for: "reflux present in the thigh", "Reflux: from SFJ to knee" as
"reflux from …", "GSV: SFJ, 8 mm; PT, 6 mm" as levels with their values, "Competent: deep veins,
SSV" as one list, "physiological reflux, 0.4 s" as one finding. What a perforator gives to a trunk
is its own: "reflux into the GSV", and so is the state of the vein that branches arise from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.level_words import names_level, says_where

_FLAGS: Final = re.MULTILINE | re.IGNORECASE
_MARK: Final = r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?"
_RANGED: Final = re.compile(
    r"\breflux(?P<sign>[ ]?[:=][ ]*(?:(?:yes|present|seen)\b,?[ ]*)?)"
    r"(?=(?:from|extending|throughout)\b[ ])",
    re.IGNORECASE,
)
_ANSWERED: Final = re.compile(
    r"\breflux(?P<sign>[ ]?[:=][ ]*(?:yes|present),[ ]*)(?P<where>[A-Za-z][^,;.:\n(]*?)"
    r"(?=[ ]*(?:[,;.(]|\r?$))",
    _FLAGS,
)
_JUNCTION: Final = re.compile(
    rf"{_MARK}(?:(?:right|left)[ ])?(?:GSV|LSV|SSV|(?:great|long|small|short) saphenous(?: vein)?)"
    r"(?P<sign>,)[ ](?:SFJ|SPJ|sapheno(?:femoral|popliteal) junction)[ ]?:",
    _FLAGS,
)
_LABEL: Final = re.compile(rf"{_MARK}(?P<name>[A-Za-z][^\n:;,]*):[ ]*(?P<list>[^\n]*)", _FLAGS)
_LEVEL: Final = re.compile(
    r"(?:(?<=^)|(?<=;[ ]))(?P<level>[A-Za-z][A-Za-z ]*?)(?P<sign>,)[ ]"
    r"(?=\d+(?:[.,]\d+)?[ ]?(?:mm|cm|ms|s)\b)"
)
_SYSTEM: Final = re.compile(r"\b(?:deep|superficial) veins?(?P<sign>,)", re.IGNORECASE)
_GIVEN: Final = re.compile(
    r"\bperf(?:orator)?s?\b[^\n.;]*?[ ](?P<word>(?:with )?reflux)[ ](?:in)?to[ ](?:the )?"
    r"(?:GSV|LSV|SSV|AASV|(?:great|small|long|short) saphenous(?: vein)?)\b"
    r"(?P<tail>[ ](?:below|above|distally))?",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"\b(?:arising|fed|filled|filling|supplied|originating|coming)[ ](?:from|by)[ ]"
    r"(?P<the>(?:(?:the|an?)[ ])?)(?P<vein>[A-Za-z][A-Za-z ]*?)"
    r"(?P<sign>[ ]\((?P<state>incompetent|competent|refluxing)\))",
    re.IGNORECASE,
)
_PHYSIOLOGICAL: Final = re.compile(
    r"\bphysiologic(?:al)? reflux(?P<sign>,)(?=[ ]\d+(?:[.,]\d+)?[ ]?(?:ms|msec|secs?|s)\b)",
    re.IGNORECASE,
)
_LEG: Final = re.compile(r"(?:right|left|rt|lt|r|l|both)(?:[ ](?:leg|side)s?)?", re.IGNORECASE)


class LabelSignReader:
    """Finds such signs by the words for places and findings."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The signs as words."""
        edits = [Edit(*found.span("sign"), " ") for found in _RANGED.finditer(text)]
        for dropped in (_JUNCTION, _PHYSIOLOGICAL):
            edits += [Edit(*found.span("sign")) for found in dropped.finditer(text)]
        for found in _GIVEN.finditer(text):
            edits += [Edit(*found.span("word"), "refluxing")]
            edits += [Edit(*found.span("tail"))] if found["tail"] else []
        for found in _SOURCE.finditer(text):
            if self._words.names_vein(found["vein"]):
                edits += [Edit(*found.span("the"), f"the {found['state']} ")]
                edits += [Edit(*found.span("sign"))]
        for found in _ANSWERED.finditer(text):
            if says_where(self._words, found["where"]) and not _LEG.fullmatch(found["where"]):
                way = "from" if " to " in found["where"].lower() else "in the"
                edits.append(Edit(*found.span("sign"), f" present {way} "))
        for line in _LABEL.finditer(text):
            edits += self._read_list(line)
        return edits

    def _read_list(self, line: re.Match[str]) -> Iterator[Edit]:
        """The signs behind the levels of a vein's line, and behind a system in a list of veins."""
        start = line.start("list")
        if self._words.names_vein(line["name"]) and not self._words.ask_for_branches(line["name"]):
            for found in _LEVEL.finditer(line["list"]):
                if names_level(self._words, found["level"]):
                    at = start + found.start("sign")
                    yield Edit(at, at + 1)
        listed = line["list"].rstrip(" .\r")
        if self._words.tells(line["name"]) and says_where(self._words, listed.replace(",", " ")):
            for found in _SYSTEM.finditer(line["list"]):
                at = start + found.start("sign")
                yield Edit(at, at + 1, " and")
