"""Lists of the veins that an answer holds for: "Compressible: CFV; FV; POPV", one answer a line.

Semicolons between them are read as commas, and a full stop ends the list.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.knowledge.schema_text import TextKnowledge

_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?(?P<name>[A-Za-z][^\n:]*?)"
    r"(?P<sep>[ \t]*:[ \t]+|[ ][–-][ ])(?P<list>[A-Za-z][^\n\r]*?)(?P<end>[ \t.]*)\r?$",
    re.MULTILINE,
)
_BRACKET: Final = re.compile(r"\([^()\n]*\)")
_MEASURED: Final = re.compile(r"\d")
_LEVEL: Final = re.compile(r"[()]")
_FEWEST: Final = 2  # lines that make a form
_LONG: Final = 2  # semicolons of a list that stands alone
_WITHOUT: Final = "without reflux"
_HELD: Final = "compress"
_BLANK: Final = "___"
_ITEM: Final = re.compile(r"[;,]")
_KINDS: Final = ("reflux", "compressibility", "thrombus", "patency", "anatomy")
_MORE: Final = (
    "without reflux",
    "reflux present",
    "not assessed",
    "not tested",
    "not seen",
    "not visualized",
    "not visualised",
    "not examined",
)


class AnsweredListReader:
    """Finds such lines where a report has several of them."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        rows = [row for row in knowledge.findings.finding if row.property in _KINDS]
        terms = {term for row in rows for term in row.terms} | set(_MORE)
        terms |= {f"not {t}" for t in terms} | {f"fully {t}" for t in terms}
        terms |= {f"no {t}" for t in terms} | {f"partially {t}" for t in terms}
        self._words = words
        self._terms = {term.lower() for term in terms}

    def find_edits(self, text: str) -> list[Edit]:
        """The signs between the veins, that before them, and the end of the list."""
        named = (line for line in _LINE.finditer(text) if line["name"].lower() in self._terms)
        found = [line for line in named if self._is_list(line["list"])]
        listed = [line for line in found if not _is_none(line["list"])]
        long = any(line["list"].count(";") >= _LONG for line in listed)
        if not listed or not (long or len(found) >= _FEWEST):
            return []
        edits: list[Edit] = []
        for line in found:
            name = "No reflux" if line["name"].lower() == _WITHOUT else line["name"]
            if name != line["name"]:
                edits.append(Edit(*line.span("name"), name))
            edits.append(Edit(*line.span("sep"), ": "))
            start = line.start("list")
            if _is_none(line["list"]) and _HELD in line["name"].lower():
                edits.append(Edit(*line.span("list"), _BLANK))  # there is no "none" of it
            signs = [i for i, sign in enumerate(line["list"]) if sign == ";"]
            apart = _find_apart(line["list"])
            edits += [Edit(start + i, start + i + 1, ",") for i in signs if i not in apart]
            edits += [Edit(start + i, start + i + 1, f".\n{name}:") for i in apart]
            edits.append(Edit(*line.span("end"), "."))
        return edits

    def _is_list(self, listed: str) -> bool:
        """Whether places alone are listed, or none is; what brackets measure stays with each."""
        if _is_none(listed):
            return True
        measured = _BRACKET.sub(lambda b: "" if _MEASURED.search(b.group()) else b.group(), listed)
        items = _ITEM.split(_LEVEL.sub(" ", measured))
        return all(self._words.is_place(item.replace("-", " ")) for item in items)


def _find_apart(listed: str) -> list[int]:
    """The signs between a place that is not measured and one that is, of which the number is."""
    measured = [bool(_MEASURED.search(b.group())) for b in _BRACKET.finditer(listed)]
    if not any(measured):
        return []
    bare = _BRACKET.sub(lambda b: re.sub(r"[^\d]", "_", b.group()), listed)
    signs = [sign.start() for sign in _ITEM.finditer(bare)]
    bounds = [-1, *signs, len(bare)]
    told = [bool(_MEASURED.search(bare[a + 1 : b])) for a, b in pairwise(bounds)]
    return [at for at, (one, two) in zip(signs, pairwise(told), strict=True) if two and not one]


def _is_none(listed: str) -> bool:
    return listed.strip(" .").lower() in ("none", "nil")
