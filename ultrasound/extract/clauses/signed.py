"""Signs alone behind a place, in a study of reflux: "SFJ +ve, GSV 2.1 s pos, SSV 2.3 mm neg"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import PERFORATORS, SAPHENOUS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.knowledge.schema_text import Finding

_SIGNS: Final = ("positive", "negative")
_BRACKETS: Final = "(["  # a sign in them may answer anything too
_SHORT: Final = 4  # letters of "+ve", "neg": words in full may answer anything
_PROVOKING: Final = frozenset(
    {"valsalva", "squeeze", "release", "augmentation", "augment", "deflation", "dorsiflexion"}
    | {"distal", "calf", "foot", "thigh", "manual", "cuff"}
)
_SUPERFICIAL: Final = frozenset({*SAPHENOUS, *PERFORATORS, None})  # of others: of a thrombus?
_REFLUX: Final = {
    value: Finding(property="reflux", value=value, kind="word", terms=())
    for value in ("present", "absent")
}


def read_signed(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Read them as reflux, where the sentence names nothing else that a sign could answer.

    One sign alone, with no size and no manoeuvre beside it, may answer what stands before its
    sentence.
    """
    if all(chunk.kinds.isdisjoint(_SIGNS) for chunk in chunks):
        return
    said = [p.finding for chunk in chunks for p in chunk.predicates if p.finding is not None]
    if any(finding.property not in ("reflux", "reflux_time", "diameter") for finding in said):
        return
    full = {p.vein for c in chunks for g in c.groups for p in g.parts} <= _SUPERFICIAL
    signed = [
        (chunk, sign)
        for before, chunk in zip((None, *chunks), chunks, strict=False)
        if (sign := _sign_of(before, chunk, marks, full=full)) is not None
    ]
    measured = any(p.numbers for chunk, _ in signed for p in chunk.predicates)
    provoked = any(_is_provoked(chunk, marks) for chunk, _ in signed)
    for chunk, sign in signed if measured or provoked or len(signed) > 1 else ():
        value = "present" if sign.cue("positive") else "absent"
        others = [p for p in chunk.predicates if p.first != sign.first]
        answer = Predicate(sign.first, sign.last, _REFLUX[value])
        chunk.predicates = sorted([*others, answer], key=lambda p: p.first)


def _sign_of(before: Chunk | None, chunk: Chunk, marks: Marks, *, full: bool) -> Mention | None:
    """The sign behind the place of a clause, behind its size, or behind the colon of its place."""
    if chunk.kinds.isdisjoint(_SIGNS) or any(p.finding is not None for p in chunk.predicates):
        return None
    provoked = _is_provoked(chunk, marks)
    elements = list(chunk.elements)
    if not chunk.groups and provoked and before is not None and not before.predicates:
        elements = [*before.groups[-1:], *elements]
    for element, sign in pairwise(elements):
        if not isinstance(sign, Mention) or not sign.cue(*_SIGNS):
            continue
        unit = element.unit if isinstance(element, Number) else None
        kinds = ("length", "time") if sign.cue("positive") else ("length",)
        size = unit is not None and unit.kind in kinds
        written = marks.words(sign.first, sign.last)
        short = len(written) <= _SHORT and written[0] not in _BRACKETS
        if (short or full or provoked) and (size or _is_place(element)):
            return sign
    return None


def _is_provoked(chunk: Chunk, marks: Marks) -> bool:
    """Whether a clause tells how reflux was provoked: "negative on calf squeeze"."""
    return any(
        marks.tokens[index].norm in _PROVOKING
        for cue in chunk.cues("manoeuvre")
        for index in range(cue.first, cue.last + 1)
    )


def _is_place(element: object) -> bool:
    return isinstance(element, PlaceGroup) and (element.has_vein or element.has_spot)
