"""Exams that are repeated: planned, or made and told of, as in "the repeat duplex shows …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_REPORTING: Final = frozenset(
    {"reports", "demonstrates", "reveals", "confirms", "describes", "shows"}
)
_REPORTED: Final = _REPORTING | {"showed", "demonstrated", "revealed", "confirmed", "found"}
_ASKING: Final = frozenset({"if", "whether", "when", "unless"})
_TODAY: Final = "today"


def is_told(chunk: Chunk, cue: Mention) -> bool:
    """Whether the exam behind a word such as "repeat duplex" was made: it shows something."""
    if not cue.cue("exam_again") or not chunk.norms.isdisjoint(_ASKING):
        return False
    words = [e for e in chunk.elements if isinstance(e, Token) and e.index > cue.last]
    return any(word.text.lower() in _REPORTED for word in words)


def quotes_scan(tokens: Sequence[Token], marks: Marks) -> bool:
    """Whether a letter quotes the scan that it is about: "his scan last week reports".

    One that also speaks of today sets that scan against its own.
    """
    told = any(token.text in _REPORTING for token in tokens)
    return told and all(token.norm != _TODAY for token in marks.tokens)
