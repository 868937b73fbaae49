"""Words that stand in another order in the lines of labels: "6.1mm, 5.2mm (SFJ, knee)".

Numbers that each have their unit before as many levels in a bracket are read as one list. "GSV - P:
6 mm; M: 5 mm; D: 4 mm" has thirds of the vein. The age of a clot behind its places, "Thrombus:
popliteal vein. Age: acute", is read before it, and "Chronic DVT: Yes - popliteal vein" with its
place. An exception has its level, or how it compresses, in a bracket or behind a dash. A range
stands for the zone that it lies in: "in the calf, from knee to ankle".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.level_words import names_level, says_where

_FLAGS: Final = re.MULTILINE | re.IGNORECASE
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_UNIT: Final = r"[ ]?(?:mm|cm|ms|secs?|s)\b"
_LISTED: Final = re.compile(
    rf"(?P<numbers>(?:{_NUMBER}{_UNIT}(?:,[ ]|,?[ ]and[ ]|[ ]?/[ ]?))+{_NUMBER}{_UNIT})"
    r"[ ]\((?P<where>[A-Za-z][A-Za-z ,/]*)\)",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(rf"(?<=\d)(?P<unit>{_UNIT})(?=,|[ ]and|[ ]?/)", re.IGNORECASE)
_THIRDS: Final = re.compile(
    r"\b(?P<p>P)(?=[ ]?[:=]?[ ]?\d)[^\n]*?[;,/][ ](?P<m>M)(?=[ ]?[:=]?[ ]?\d)"
    r"[^\n]*?[;,/][ ](?P<d>D)(?=[ ]?[:=]?[ ]?\d)"
)
_NAMES: Final = {"p": "prox", "m": "mid", "d": "dist"}
_AGES: Final = r"acute|subacute|sub-acute|chronic|indeterminate"
_LOCATED: Final = re.compile(
    r"\b(?P<noun>(?:thrombus(?: location)?|location of (?:the )?thrombus)[ ]?:[ ]*)"
    r"(?P<where>[A-Za-z][A-Za-z ,/]*?)"
    rf"(?P<told>\.?[ ]*[ \n][ \t]*(?:[-•*–][ \t]+)?(?:thrombus )?age[ ]?:[ ]*(?P<age>{_AGES})\b)",
    re.IGNORECASE,
)
_ANSWERED: Final = re.compile(
    r"\b(?:DVT|SVT|thrombus|thrombosis)(?P<sign>[ ]?:[ ]*(?:yes|present)(?:[ ][–-]|,)[ ])"
    r"(?P<where>[A-Za-z][A-Za-z /]*?)(?=[ ]*(?:[,;.(]|\r?$))",
    _FLAGS,
)
_AGED: Final = re.compile(
    rf"\b(?P<noun>thrombo(?:phlebitis|sis)|thrombus|DVT|SVT), (?P<age>{_AGES})"
    r"(?:(?P<comma>,)[ ](?P<level>[A-Za-z][A-Za-z ]*))?(?=[ ]*(?:[,;.]|\r?$))",
    _FLAGS,
)
_ZONED: Final = re.compile(
    r"\b(?P<zone>in (?:the )?(?:thigh|calf)(?:, from|[ ]\((?:from)?))(?P<gap>[ ]?)"
    r"(?P<where>[A-Za-z][A-Za-z ]*? to [A-Za-z ]+?)(?P<close>\)?)(?=[ ]*(?:[,;.]|\r?$))",
    _FLAGS,
)
_EXCEPT: Final = re.compile(
    r"\b(?:except|apart from|other than)(?: for| in)?(?P<colon>:)?[ ](?:the )?"
    r"(?P<vein>[A-Za-z][A-Za-z ]*?)"
    r"(?:(?P<partly>[ ]\(partial(?:ly)?\)|[ ]?[–-][ ]?partial(?:ly)?\b)|(?=[ ]*(?:[,;.]|\r?$))"
    r"|(?P<open>[ ]\()(?P<where>[A-Za-z][A-Za-z ]*)(?P<close>\)))",
    _FLAGS,
)


class LabelOrderReader:
    """Finds such words by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """What is read in their stead."""
        edits = [
            Edit(*found.span(name), word)
            for found in _THIRDS.finditer(text)
            for name, word in _NAMES.items()
        ]
        for pattern, read in _READ:
            for found in pattern.finditer(text):
                edits += read(found) if self._are_places(found) else []
        for found in _AGED.finditer(text):
            edits += self._lead_age(found)
        for found in _ANSWERED.finditer(text):
            if self._words.names_vein(found["where"]):
                edits.append(Edit(*found.span("sign"), " in the "))
        return edits

    def _are_places(self, found: re.Match[str]) -> bool:
        """Whether what should name places does."""
        named = found.groupdict()
        where = [words for key in ("vein", "where") if (words := named.get(key))]
        return all(says_where(self._words, part) for words in where for part in _parts_of(words))

    def _lead_age(self, found: re.Match[str]) -> Iterator[Edit]:
        """The age before its clot, and the level behind it."""
        yield Edit(found.start("noun"), found.end("age"), f"{found['age']} {found['noun']}")
        if found["level"] and names_level(self._words, found["level"]):
            yield Edit(*found.span("comma"), " in the")


def _list(found: re.Match[str]) -> Iterator[Edit]:
    """The units of all numbers but the last, where there are as many levels."""
    units = list(_NEXT.finditer(found.string, *found.span("numbers")))
    if len(units) + 1 == len(_parts_of(found["where"])):
        yield from (Edit(*unit.span("unit")) for unit in units)


def _age(found: re.Match[str]) -> Iterator[Edit]:
    """The age before its clot."""
    yield Edit(*found.span("noun"), f"{found['age'].capitalize()} thrombus: ")
    yield Edit(*found.span("told"))


def _range(found: re.Match[str]) -> Iterator[Edit]:
    """The range that stands for its zone."""
    yield Edit(*found.span("zone"), "from")
    yield Edit(*found.span("gap"), " ")
    yield Edit(*found.span("close"))


def _except(found: re.Match[str]) -> Iterator[Edit]:
    """The signs about the level of an exception, and how it compresses."""
    if found["colon"]:
        yield Edit(*found.span("colon"))
    if found["open"]:
        way = " from " if " to " in found["where"].lower() else " in the "
        yield Edit(*found.span("open"), way)
        yield Edit(*found.span("close"))
    if found["partly"]:
        yield Edit(*found.span("partly"), ", which is partially compressible")


def _parts_of(where: str) -> list[str]:
    """The places of a list."""
    return [part.strip() for part in re.split(r"[,/]| and ", where) if part.strip()]


_READ: Final = ((_LISTED, _list), (_LOCATED, _age), (_EXCEPT, _except), (_ZONED, _range))
