"""Words such as "previous" and "from" that tell of no earlier exam where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.separators import CHANGED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_OPERATIONS: Final = ("surgery", "operation", "surgical", "operative", "intervention", "procedure")
_TREATED: Final = 3  # tokens from "previous" to the treatment: "previous left GSV stripping"


def tells_nothing(chunk: Chunk, marks: Marks, cue: Mention) -> bool:
    """Whether a word tells of no earlier exam: "tapers from", and the operation of long ago.

    As in "absent following previous surgery", "previous GSV stripping".
    """
    if cue.cue("versus") and _tapers(chunk, marks, cue.last):
        return True
    follows = marks.tokens[cue.last + 1 : cue.last + 1 + _TREATED]
    operated = bool(follows) and follows[0].norm in _OPERATIONS
    return bool(cue.cue("prior")) and (operated or _is_treated(chunk, follows))


def _is_treated(chunk: Chunk, tokens: Sequence[Token]) -> bool:
    """Whether a treatment begins within tokens that no sign parts."""
    done = [p.first for p in chunk.predicates if p.finding and p.finding.property == "treatment"]
    words = [t.index for t in takewhile(lambda t: t.kind != "sign", tokens)]
    return not set(done).isdisjoint(words)


def _tapers(chunk: Chunk, marks: Marks, after: int) -> bool:
    """Whether a size changes along the vein: "decreased from 7 mm at the SFJ to 4 mm"."""
    rest = [e for e in chunk.elements if start_of(e) > after]
    placed = any(isinstance(e, PlaceGroup) and e.has_spot for e in rest)
    onward = any(marks.tokens[end_of(e)].norm == CHANGED for e in rest)
    return placed and onward and isinstance(rest[0], Number)
