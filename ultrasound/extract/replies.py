"""A clause behind a colon that answers the noun before it: "DVT: negative", "reflux: none"."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.chunks import Chunk, start_of
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.predicates import Predicate
from ultrasound.extract.tokens import Token


def find_asking(chunks: Sequence[Chunk], index: int) -> Chunk:
    """The clause before, past a bracket that only says where: "DVT (either leg): no"."""
    before = chunks[index - 1]
    aside = before.separator == "(" and before.groups and not before.predicates
    return chunks[index - 2] if index > 1 and aside else before


def answer(asked: Chunk, chunk: Chunk) -> None:
    """Take a word alone after a colon for the answer to a noun: "DVT: negative"."""
    if chunk.separator != ":" or not asked.predicates:
        return
    noun = asked.predicates[-1]
    if _says_again(noun, chunk):
        asked.predicates.remove(noun)  # "DVT: no acute DVT"
        return
    adjective = noun.finding is not None and noun.finding.kind == "word" and not noun.heads
    if (chunk.groups or adjective) and noun.finding is not None and _opens_with_none(chunk):
        asked.predicates.remove(noun)  # "incompetent perforators: none in the thigh"
        noun.negated, noun.heads = (chunk.first, chunk.first), False
        chunk.predicates = [p for p in chunk.predicates if not p.none_word]
        chunk.predicates.insert(0, noun)
        return
    rest = [e for e in asked.elements if start_of(e) > noun.last]
    asks = all(isinstance(e, PlaceGroup) or (isinstance(e, Token) and e.text == ".") for e in rest)
    if noun.finding is None or not (noun.heads or (asks and noun.finding.kind == "noun")):
        return
    answers = {cue.first for cue in chunk.cues("denial_after")}  # "absent" is a finding too
    if chunk.groups or any(p.finding and p.first not in answers for p in chunk.predicates):
        return
    for cue in chunk.cues("none", "negative", "denial_after", "negation"):
        noun.negated, noun.heads = (cue.first, cue.last), False
        chunk.predicates = [
            p for p in chunk.predicates if not p.none_word and p.first not in answers
        ]
        return
    if chunk.cues("affirmation_after"):
        noun.affirmed, noun.heads = True, False


def _says_again(noun: Predicate, chunk: Chunk) -> bool:
    """Whether an answer names what is asked for itself: then the question states nothing."""
    if noun.finding is None or not noun.heads or noun.finding.kind != "noun":
        return False
    name = noun.finding.property
    return any(p.finding is not None and p.finding.property == name for p in chunk.predicates)


def _opens_with_none(chunk: Chunk) -> bool:
    """Whether an answer is "none" and where: then the question before it finds nothing."""
    return any(p.none_word and p.first == chunk.first for p in chunk.predicates)
