"""A disease asked of one vein beside its other fields: "CFV: Compressible: yes; DVT: no".

It is read as the thrombus of that vein, for the disease itself is one of a whole system.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_SIDE: Final = r"(?:right|left|rt|lt|r|l)"
_MARK: Final = r"(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?"
_SIGN: Final = r"(?:[:=|]|[ ][–-][ ]|\.{3,}|[ ]{2})"
_LEAD: Final = rf"^[ \t]*{_MARK}(?:{_SIDE}[ ]+)?(?P<name>[^\W\d][^\n:=?|;]*?)[ \t]*{_SIGN}"
_DISEASE: Final = re.compile(r"\b(?:DVT|SVT)(?=[ \t]*[:=?.]|[ ]+(?:yes|no|none|neg|pos|absent))")
_DENIED: Final = re.compile(  # "CFV: compressible, no DVT", "SSV: no SVT or reflux"
    r"(?<=[:.;,]) *(?:no(?: (?:evidence|signs?) of)?(?: (?:acute|chronic))?|negative for|without)"
    r" (?P<disease>DVT|SVT|(?:superficial )?(?:thrombo)?phlebitis)\b"
    r"(?=[ ]*(?:[.,;]|\r?$)|[ ]+(?:or|and|nor)[ ]+(?:any[ ])?(?:reflux|incompetence))",
    re.MULTILINE | re.IGNORECASE,
)
_ANSWERED: Final = re.compile(  # "CFV: no DVT"
    rf"(?:^|(?<=[.;][ ]))[ \t]*{_MARK}(?:{_SIDE}[ ]+)?(?P<name>[^\W\d][^\n:=?|;.]*?)[ ]*:[ ]*"
    r"(?:no|negative for|neg for|positive for|no evidence of)[ ](?P<disease>DVT|SVT)\b"
    r"(?=[ ]*(?:[.;,]|\r?$))",
    re.MULTILINE | re.IGNORECASE,
)
_WORD: Final = re.compile(r"[A-Za-z]{2}")  # no number of a field
_OF_LEG: Final = re.compile(
    r"\b(?:right|left|rt|lt)(?: (?:lower )?(?:leg|limb|extremity|side|sided))?[ -]$", re.IGNORECASE
)
_FIELD: Final = re.compile(
    r"\b(?:compress\w*|coapt\w*|flow|phasic\w*|augment\w*|patent|patency|reflux)\b", re.IGNORECASE
)
_LINE: Final = re.compile(
    _LEAD + r"(?P<between>[^\n]*?)\b(?:DVT|SVT|\w*phlebitis)\b[^\n]*$", re.MULTILINE | re.IGNORECASE
)
_ANY: Final = re.compile(r"\b(?:DVT|SVT|\w*phlebitis)\b", re.IGNORECASE)
_SHALLOW: Final = re.compile(
    r"\b(?:sapheno\w*|[GLS]SV|AASV|PASV|SFJ|SPJ|perf\w*|varic\w*|tribut\w*|giacomini)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[A-Za-z]{2,}")
_ROW: Final = re.compile(r"^[^\n]*(?:[DS]VT|phlebitis)[^\n]*$", re.MULTILINE)
_LEG: Final = re.compile(rf"^{_SIDE}$", re.IGNORECASE)
_LONGEST: Final = 4  # words of a vein's name
_GROUP: Final = re.compile(
    r"\b(?:deep(?! femoral)|superficial(?! femoral)|legs?|limbs?|sides?|systems?|both"
    r"|extremit(?:y|ies)|bilateral(?:ly)?|all|and)\b|[,/&]",
    re.IGNORECASE,
)


class NamedDiseaseReader:
    """Finds such fields in the lines of veins, or of legs below a vein."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The names of the diseases."""
        edits: list[Edit] = []
        rows = (_LINE.match(text, *row.span()) for row in _ROW.finditer(text))
        for line in filter(None, rows):
            found = _DISEASE.search(text, line.end("name"), line.end())
            field = not line["between"].strip() or _FIELD.search(line.group())
            if found and _OF_LEG.search(text, line.end("name"), found.start()):
                continue  # "No evidence of right DVT" behind the field of a vein
            if found and self._names_other(text[line.end("name") : found.start()]):
                continue  # "GSV: closed. CFV patent. No DVT."
            if found and field and self._is_of_vein(text, line):
                edits.append(Edit(*found.span(), "Thrombus"))
            elif field and self._is_of_vein(text, line):
                edits += self._find_denied(text, line)
        answered = (a for a in _ANSWERED.finditer(text) if self._is_of_vein(text, a))
        edits += [Edit(*line.span("disease"), "thrombus") for line in answered]
        return sorted(edits, key=lambda edit: edit.start)

    def _names_other(self, between: str) -> bool:
        """Whether a sentence before the disease begins with a vein of its own."""
        opened = (sentence.split()[:_LONGEST] for sentence in between.split(". ")[1:])
        return any(
            self._words.is_place(" ".join(words[:count])) and not _LEG.match(words[0])
            for words in opened
            for count in range(1, len(words) + 1)
        )

    def _is_of_vein(self, text: str, line: re.Match[str]) -> bool:
        """Whether the line begins with a vein, or with a leg below a line that is one alone."""
        name = line["name"]
        if _LEG.match(name):
            above = text[: line.start()].rstrip().rsplit("\n", 1)[-1]
            if _LEG.match(above.split(":")[0].strip()):
                above = text[: line.start()].rstrip().rsplit("\n", 2)[-2:][0]
            name = above.strip(" \t-•*–:")
        where = _WORD.search(name) and self._words.is_place(name)
        return bool(where) and not _GROUP.search(name) and not _LEG.match(name)

    def _find_denied(self, text: str, line: re.Match[str]) -> list[Edit]:
        """The disease that the line of a vein denies, if it names no other, and no other vein."""
        start = line.end("name")
        denied = _DENIED.search(text, start, line.end())
        several = len(_ANY.findall(text, start, line.end())) > 1
        if denied is None or several:
            return []
        if any(map(self._words.names_vein, _NAME.findall(text, start, denied.start()))):
            return []
        deep = denied["disease"].lower() == "dvt"  # which no superficial vein has
        shallow = _SHALLOW.search(line["name"]) is not None
        return [Edit(*denied.span("disease"), "thrombus")] if deep != shallow else []
