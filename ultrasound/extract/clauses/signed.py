"""Signs alone behind a place, in a study of reflux: "SFJ +ve, GSV thigh +ve, SSV 2.3 mm neg"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.knowledge.schema_text import Finding

_SHORT: Final = 4  # letters of "+ve", "neg": words in full may answer anything
_REFLUX: Final = {
    value: Finding(property="reflux", value=value, kind="word", terms=())
    for value in ("present", "absent")
}


def read_signed(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Read them as reflux, where the sentence names nothing else that a sign could answer.

    One sign alone, with no size beside it, may answer what stands before its sentence.
    """
    said = [p.finding for chunk in chunks for p in chunk.predicates if p.finding is not None]
    if any(finding.property not in ("reflux", "reflux_time", "diameter") for finding in said):
        return
    signed = [(chunk, sign) for chunk in chunks if (sign := _sign_of(chunk, marks)) is not None]
    measured = any(p.numbers for chunk, _ in signed for p in chunk.predicates)
    for chunk, sign in signed if measured or len(signed) > 1 else ():
        value = "present" if sign.cue("positive") else "absent"
        others = [p for p in chunk.predicates if p.first != sign.first]
        answer = Predicate(sign.first, sign.last, _REFLUX[value])
        chunk.predicates = sorted([*others, answer], key=lambda p: p.first)


def _sign_of(chunk: Chunk, marks: Marks) -> Mention | None:
    """The sign behind the place of a clause, or behind its size."""
    if any(p.finding is not None for p in chunk.predicates) or not chunk.groups:
        return None
    for before, sign in pairwise(chunk.elements):
        length = isinstance(before, Number) and before.unit and before.unit.kind == "length"
        if not isinstance(sign, Mention) or not sign.cue("positive", "negative"):
            continue
        short = len(marks.words(sign.first, sign.last)) <= _SHORT
        if short and (length or _is_place(before)):
            return sign
    return None


def _is_place(element: object) -> bool:
    return isinstance(element, PlaceGroup) and (element.has_vein or element.has_spot)
