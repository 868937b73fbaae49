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
_PRESENT: Final = frozenset({"show", "demonstrate", "reveal", "confirm", "find", "suggest"})
_COPULAS: Final = frozenset({"is", "are", "was", "were"})
_TOLD: Final = ("affirmation_after", "unremarkable")  # "found", "is normal"
_ASKING: Final = frozenset({"if", "whether", "when", "unless"})
_TITLE: Final = 12  # tokens of a report's first words
_SINCE: Final = frozenset({"after", "following", "post", "of", "since"})
_IN: Final = "in"  # "follow-up in 6 weeks" is planned
_TODAY: Final = "today"
_OF_FEARS: Final = frozenset({"risk", "chance", "likelihood", "possibility"})


def is_told(chunk: Chunk, cue: Mention) -> bool:
    """Whether the exam behind a word such as "repeat duplex" was made: it shows something.

    Or something is said of what was evaluated: "evaluation of the CFV with compression is normal";
    or the report begins with it: "Follow-up of the left leg six weeks after EVLA of the GSV".
    """
    if cue.cue("discussed") and _discusses_clot(chunk, cue):
        return True
    if not cue.cue("exam_again", "exam_of") or not chunk.norms.isdisjoint(_ASKING):
        return False
    if cue.first < _TITLE and not chunk.norms.isdisjoint(_SINCE) and _IN not in chunk.norms:
        done = [p.first for p in chunk.predicates if p.finding is not None]
        return any(p.finding and p.finding.property == "treatment" for p in chunk.predicates) and (
            min(done) > cue.last
        )
    words = [e for e in chunk.elements if isinstance(e, Token) and e.index > cue.last]
    if any(word.text.lower() in _REPORTED for word in words):
        return True
    said = [w.index for w in words if w.norm in _PRESENT or w.norm in _COPULAS]
    said += [g.last for g in chunk.groups if not g.has_leg or g.has_vein]
    states = [p for p in chunk.predicates if not (p.finding and p.finding.kind == "noun")]
    behind = [p for p in states if said and p.first > max(said)]
    told = bool(behind) or any(c.first > cue.last for c in chunk.cues(*_TOLD))
    return cue.cue("exam_of") and told and "for" not in chunk.norms


def _discusses_clot(chunk: Chunk, cue: Mention) -> bool:
    """Whether a thrombosis of a vein is what was spoken of: "Popliteal DVT discussed with …"."""
    findings = [p.finding for p in chunk.predicates]
    clots = [f for f in findings if f is not None and f.property == "thrombus"]
    told = bool(clots) and len(clots) == len(findings) and any(g.has_vein for g in chunk.groups)
    ends = [e for e in chunk.elements if not isinstance(e, Token)][-1:] == [cue]
    return told and ends and chunk.norms.isdisjoint(_OF_FEARS)


def heads_finding(chunk: Chunk, after: Chunk) -> bool:
    """Whether what was evaluated only heads what was found: "Assessment of the GSV: reflux"."""
    return bool(chunk.cues("exam_of")) and after.separator == ":" and not chunk.predicates


def heads_result(chunks: Sequence[Chunk]) -> bool:
    """Whether a follow-up only heads what it found: "DVT follow-up: residual clot in the POPV"."""
    if len(chunks) == 1:
        return False
    head, after = chunks
    again = any(cue.last == head.last for cue in head.cues("exam_again"))
    found = any(p.finding is not None for p in after.predicates) and bool(after.groups)
    return again and not head.groups and after.separator == ":" and found


def quotes_scan(tokens: Sequence[Token], marks: Marks) -> bool:
    """Whether a letter quotes the scan that it is about: "his scan last week reports".

    One that also speaks of today sets that scan against its own.
    """
    told = any(token.text in _REPORTING for token in tokens)
    return told and all(token.norm != _TODAY for token in marks.tokens)
