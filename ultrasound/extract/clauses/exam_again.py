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
_TITLE: Final = 12  # tokens of a report's first words
_SINCE: Final = frozenset({"after", "following", "post", "of", "since"})
_IN: Final = "in"  # "follow-up in 6 weeks" is planned
_TODAY: Final = "today"


def is_told(chunk: Chunk, cue: Mention) -> bool:
    """Whether the exam behind a word such as "repeat duplex" was made: it shows something.

    Or the report begins with it: "Follow-up of the left leg six weeks after EVLA of the GSV".
    """
    if not cue.cue("exam_again") or not chunk.norms.isdisjoint(_ASKING):
        return False
    if cue.first < _TITLE and not chunk.norms.isdisjoint(_SINCE) and _IN not in chunk.norms:
        done = [p.first for p in chunk.predicates if p.finding is not None]
        return any(p.finding and p.finding.property == "treatment" for p in chunk.predicates) and (
            min(done) > cue.last
        )
    words = [e for e in chunk.elements if isinstance(e, Token) and e.index > cue.last]
    return any(word.text.lower() in _REPORTED for word in words)


def quotes_scan(tokens: Sequence[Token], marks: Marks) -> bool:
    """Whether a letter quotes the scan that it is about: "his scan last week reports".

    One that also speaks of today sets that scan against its own.
    """
    told = any(token.text in _REPORTING for token in tokens)
    return told and all(token.norm != _TODAY for token in marks.tokens)
