"""Legends that list codes and their meanings in the same order: "reflux R/NR (reflux, no reflux)".

Each code begins as its meaning does; else which is which would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_LISTS: Final = re.compile(
    r"(?:\b[A-Za-z]+[ ]?[:=]?[ ]){0,2}(?<!\S)(?P<codes>[A-Z][A-Za-z]{0,3}(?:/[A-Z][A-Za-z]{0,3})+)"
    r"[ ]?[:=]?[ ]?\((?P<words>[^()\d\n]+)\)"
)
_SIGN: Final = re.compile(r"[,/;]")


def find_paired_codes(text: str) -> list[Edit]:
    """Each code with its meaning: "R = reflux, NR = no reflux"."""
    return list(_pair(text))


def _pair(text: str) -> Iterator[Edit]:
    for found in _LISTS.finditer(text):
        codes, words = found["codes"].split("/"), [w.strip() for w in _SIGN.split(found["words"])]
        if len(codes) == len(words) and all(map(_begins_alike, codes, words)):
            pairs = (f"{code} = {word}" for code, word in zip(codes, words, strict=True))
            yield Edit(*found.span(), ", ".join(pairs))


def _begins_alike(code: str, words: str) -> bool:
    """Whether a code is short for some words: its first letter is theirs."""
    return words[:1].lower() == code[0].lower()
