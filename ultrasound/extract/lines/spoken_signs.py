"""Signs that a dictation writes as words: "comma", "period", "new line"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SIGNS: Final = {
    "comma": ",",
    "period": ".",
    "full stop": ".",
    "semicolon": ";",
    "colon": ":",
    "new line": "\n",
    "next line": "\n",
    "new paragraph": "\n\n",
    "next paragraph": "\n\n",
    "open bracket": "(",
    "open parenthesis": "(",
    "close bracket": ")",
    "close parenthesis": ")",
}
_ENDS: Final = (".", "\n", "\n\n")  # behind which a sentence begins
_DETERMINER: Final = r"a|an|the|this|that|same|of|in|sigmoid|ascending|descending|transverse|rest"
_SIGN: Final = re.compile(
    rf"(?<![-\w])(?P<the>(?:{_DETERMINER})[ \t]+)?(?P<sign>"
    + "|".join(sign.replace(" ", r"[ \t]+") for sign in _SIGNS)
    + r")(?![-\w.,:;)])(?!\s+(?:of|pain|cramps?|cancer|carcinoma)\b)",
    re.IGNORECASE,
)
_SURE: Final = ("comma", "full stop", "new line", "new paragraph", "open bracket")
_FEWEST: Final = 2  # periods in a text that names no other sign
_NEXT: Final = re.compile(r"[ \t]*([a-z])?")


def find_spoken_signs(text: str) -> list[Edit]:
    """The signs for their words, in a text that is surely dictated."""
    found = [m for m in _SIGN.finditer(text) if not m["the"]]
    names = [re.sub(r"\s+", " ", m["sign"].lower()) for m in found]
    if not any(name in _SURE for name in names) and names.count("period") < _FEWEST:
        return []
    return [_write(text, m, _SIGNS[name]) for m, name in zip(found, names, strict=True)]


def _write(text: str, found: re.Match[str], sign: str) -> Edit:
    """One sign at its word, and a capital behind it where a sentence begins."""
    if sign == "(":
        blank = re.compile(r"[ \t]*").match(text, found.end())
        return Edit(found.start(), blank.end() if blank else found.end(), sign)
    start = len(text[: found.start()].rstrip(" \t"))
    follows = _NEXT.match(text, found.end())
    if sign not in _ENDS or follows is None or not follows[1]:
        return Edit(start, found.end(), sign)
    return Edit(start, follows.end(), sign + (" " if sign == "." else "") + follows[1].upper())
