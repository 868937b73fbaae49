"""The words that say what a number measures: beside it, before a colon, over a list of levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.series import goes_on_listing, tells_level
from ultrasound.extract.words.quantities import Number

_BUT: Final = "but"  # "12 mm under the skin in the mid thigh but only 4 mm at the knee"
_AT: Final = ("at", "@", "with")
_OF: Final = "of"
_OVER_OF: Final = 2  # tokens from "depth" over "of" to its number
_LISTING: Final = ("and", ",", ";", _BUT)
_HEADED: Final = (":", "-", "–", "=")


def labels_of(predicates: Sequence[Predicate]) -> list[str]:
    """What the nouns of some predicates measure."""
    return [p.finding.property for p in predicates if p.finding and p.finding.kind == "label"]


def labels_over(chunk: Chunk, everything: Sequence[Assignment]) -> list[str]:
    """The labels of a clause; after a colon else those of the clause before."""
    labels = labels_of(chunk.predicates)
    listed = chunk.separator == "and" and not chunk.groups  # "calibre 3.5 and 4.1"
    # what stands in a bracket labels nothing behind it: "5 mm (depth 9 mm) and 4 mm (depth 8 mm)"
    before = (b.chunk for b in everything if b.chunk.last < chunk.first)
    outer = (c for c in before if c.depth <= chunk.depth and c.separator != "where")
    ahead = list({id(c): c for c in outer}.values())
    if not labels and chunk.separator in (*_LISTING, *_HEADED) and tells_level(chunk):
        deep = _depth_over(chunk, ahead[::-1])
        if deep or goes_on_listing(chunk):
            return deep
    near = [c for c in ahead if c.clause == chunk.clause]
    carried = near and (chunk.separator == ":" or listed)
    return labels if labels or not carried else labels_of(near[-1].predicates)


def _depth_over(chunk: Chunk, ahead: Sequence[Chunk]) -> list[str]:
    """The depth of a list: "14 mm deep at mid thigh and 6 mm at …", "Depth: knee 5 mm, …"."""
    led, *before = [chunk, *ahead]
    while before and led.separator in _LISTING and tells_level(led):
        led, *before = before
    if before and led.separator in _HEADED and (tells_level(led) or _tells_junction(led)):
        led = before[0]
    elif led.clause != chunk.clause and not (
        chunk.separator == _BUT or (led.separator == "start" and _opens(led))
    ):
        return []  # "size 6 mm, depth 9 mm; knee 5 mm"
    labels = labels_of(led.predicates)
    # a diameter is none of what a declaration before the list orders
    return labels if set(labels) in ({"depth"}, {"diameter"}) else []


def _tells_junction(chunk: Chunk) -> bool:
    """Whether a clause is no more than a number and its junction: "Depth: SFJ 20 mm, …"."""
    bare = all(p.finding is None and p.numbers for p in chunk.predicates)
    junctions = len(chunk.groups) == 1 and chunk.groups[0].has_spot
    return bare and junctions and not chunk.norms - {"."}


def _opens(chunk: Chunk) -> bool:
    """Whether a clause begins with what it measures: "Depth of the GSV - mid thigh 9 mm"."""
    return any(p.first == chunk.first for p in chunk.predicates if labels_of([p]))


def depth_of_other(chunk: Chunk, number: Number) -> bool | None:
    """Whether the depth of a clause is another number's, or straight before "of" this one's.

    As in "7 mm at a depth of 12 mm", "7 mm @ 12 mm depth": the first is the size. None for neither.
    """
    numbers = [n for p in chunk.predicates for n in p.numbers]
    for p in chunk.predicates:
        if not p.finding or p.finding.property != "depth" or p.finding.kind != "label":
            continue
        if p.last == number.first - _OVER_OF and _OF in chunk.norms:
            return False
        own = [n for n in numbers if p.first - n.last == 1 or n.first - p.last in (1, _OVER_OF)]
        others = [n for n in own if n is not number and n.first > number.last + 1]
        if others and not chunk.norms.isdisjoint(_AT) and number not in own:
            return True
    return None


def nearest_label(chunk: Chunk, number: Number) -> list[str]:
    """The label straight behind or before a number: "height 12 cm diameter 4 mm", "4 mm wide"."""
    named = [p for p in chunk.predicates if p.finding and p.finding.kind == "label"]
    before = next((p for p in named if p.last == number.first - 1), None)
    behind = next((p for p in named if p.first == number.last + 1), None)
    if before is not None and behind is not None:  # "measures 4 cm in length" is a length
        leads = any(p.numbers and p.first == behind.last + 1 for p in chunk.predicates)
        behind = None if leads else behind
        before = before if leads else None
    label = behind or before
    return [label.finding.property] if label is not None and label.finding is not None else []
