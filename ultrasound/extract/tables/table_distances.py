"""Lengths in a table that say how far away something lies: "8 cm above the floor"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.prepare import prepare_elements
from ultrasound.extract.facts.fact import Pass
from ultrasound.extract.words.marks import Marks, Stretch
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number

_PLACES: Final = ("vein", "place", "level", "zone")  # "knee (cm)" may be the width there


def distances_in(marks: Marks, first: int, last: int) -> set[int]:
    """The tokens of "7 cm above the malleolus" in a label or cell (half-open)."""
    if not marks.numbers_in(first, last):
        return set()
    elements = prepare_elements(marks.elements(first, last), marks).elements
    return {
        index
        for number, cue in pairwise(elements)
        if isinstance(number, Number) and isinstance(cue, Mention) and cue.cue("distance")
        for index in range(number.first, cue.last + 1)
    }


def tells_distance(marks: Marks, first: int, last: int) -> bool:
    """Whether a label (half-open) only says how far away its place lies: "15 cm below SFJ"."""
    return last - first == len(distances_in(marks, first, last)) > 0


def tells_height(marks: Marks, header: Stretch) -> bool:
    """Whether a header says from where its column measures: "cm fr heel", "above sole (cm)"."""
    centi = any(token.norm == "cm" for token in marks.tokens[header.first : header.last])
    if not centi or marks.has_digits(header.first, header.last):
        return False  # "under ulcer", and "9 cm above LM" in a row
    mentions = marks.mentions_in(header.first, header.last)
    ways = [mention.last for mention in mentions if mention.cue("direction")]
    led = any(m.cue("landmark") and ways and m.first > ways[0] for m in mentions)
    known = any(m.cue("landmark") and not m.row(*_PLACES) for m in mentions)
    return led or known or any(mention.cue("distance") for mention in mentions)


def part_distances(
    marks: Marks, chunk: Chunk, numbers: Sequence[Number]
) -> tuple[list[Number], list[Pass]]:
    """The numbers of a cell without its distances, and these."""
    far = distances_in(marks, chunk.first, chunk.last + 1) if numbers else set()
    passes = [Pass("distance", (n.first, n.last)) for n in numbers if n.first in far]
    return [n for n in numbers if n.first not in far], passes
