"""Compression that something hindered: "cannot be compressed because of a knee brace".

It was not tested by that, and does not say that the vein holds a clot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_VERB: Final = frozenset({"compress", "compressed", "collapse", "collapsed"})
_REACH: Final = 12  # tokens from the verb to its reason
_REASON: Final = 5  # tokens of "because of the patient's knee brace"


class HindranceReader:
    """Finds the reasons for which a vein was not compressed."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        words = knowledge.findings.words
        self._because = {fold_term(term)[0] for term in words["because"]} | {"because", "for"}
        self._hindrances = {fold_term(term)[-1] for term in words["hindrance"]}

    def read(self, chunks: Sequence[Chunk], marks: Marks) -> None:
        """Let what could not be compressed for such a reason be not assessed."""
        for chunk in chunks:
            for predicate in chunk.predicates:
                finding = predicate.finding
                if finding is not None and self._is_hindered(predicate, chunks[-1].last, marks):
                    changed = {"value": "not_assessed", "denied": None, "kind": "word"}
                    predicate.finding = finding.model_copy(update=changed)
                    predicate.negated = None

    def _is_hindered(self, predicate: Predicate, end: int, marks: Marks) -> bool:
        finding = predicate.finding
        if finding is None or finding.property != "compressibility" or predicate.value != "none":
            return False
        if marks.tokens[predicate.last].norm not in _VERB:
            return False
        behind = marks.tokens[predicate.last + 1 : end + 1]
        at = next((t.index for t in behind[:_REACH] if t.norm in self._because), None)
        if at is None or any(t.norm in (";", ".") for t in marks.tokens[predicate.last + 1 : at]):
            return False
        reason = marks.tokens[at + 1 : min(at + 1 + _REASON, end + 1)]
        return any(token.norm in self._hindrances for token in reason)
