"""Sections that a dictation without signs begins within a line: "... impression no DVT"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_HEAD: Final = re.compile(
    r"(?<=[a-z0-9])[ \t]+(?P<head>impression|conclusion|findings)[ \t]+"
    r"(?!(?:of|is|was|were|are|for|in|on|at|from|that|as|with|and|or|to)\b)(?=[A-Za-z])"
)
_JOINED: Final = re.compile(
    r"\b(?:the|an?|my|our|your|this|these|those|no|any|other|of|in|for|and|or|with|to|duplex"
    r"|same|deep|superficial|venous|ultrasound|physical|clinical|previous|prior|main|significant|incidental|above|final)\Z",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"^[ \t]*(?P<one>A):[^\n]*\n(?:[^\n]*\n){0,6}?[ \t]*(?P<two>P):(?=[ ])", re.MULTILINE
)
_LETTERS: Final = {"A": "Assessment", "P": "Plan"}
_SIGNS: Final = re.compile(r"[,;:|()\t]|[.!?](?:\s|$)|\s{3}")
_FEWEST: Final = 12  # words of a line that a speaker ran on


def find_spoken_heads(text: str) -> list[Edit]:
    """Their line end and their colon; the letters of a note, "A: … P: …", as words."""
    notes = [
        (m.span(name), _LETTERS[m[name]]) for m in _NOTE.finditer(text) for name in m.groupdict()
    ]
    edits = [Edit(*span, word) for span, word in notes]
    position = 0
    for line in text.splitlines(keepends=True):
        if "impression" in line or "conclusion" in line or "findings" in line:
            edits += _read_line(line, position)
        position += len(line)
    return edits


def _read_line(line: str, at: int) -> list[Edit]:
    if len(line.split()) < _FEWEST or _SIGNS.search(line.rstrip()):
        return []
    return [
        Edit(at + found.start(), at + found.end(), f"\n{found['head'].capitalize()}: ")
        for found in _HEAD.finditer(line)
        if not _JOINED.search(line, max(0, found.start() - 14), found.start())
    ]
