"""Levels that point back to the knee: "incompetent above the knee, competent below it"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

# the parts of a leg above and below the knee
SIDES: Final[Mapping[str, Meaning]] = {
    "above": Meaning([Concept("zone", Zone(zone="thigh", terms=()))]),
    "below": Meaning([Concept("zone", Zone(zone="calf", terms=()))]),
}
_ABOVE: Final = "above"
_POINTERS: Final = ("it", "that", "this")
_WORDS: Final = 2  # of "below it"
_KNEE: Final = ("knee", "crease")
_REACHING: Final = "to"
_LED: Final = 2  # tokens from "to" over "the" to the knee
_DISTANCE: Final = "cm"  # "3.0 mm below it" is a size


def point_to_knee(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Take "below it" for the calf where the knee was the last place that the sentence named.

    "3 cm below it" is a distance, and stays one.
    """
    pointing = _points_above(mentions, tokens)
    if not pointing and not any(_points(m, tokens) for m in mentions):
        return list(mentions)
    settled: list[Mention] = []
    last: Mention | None = None  # the last place
    for mention in sorted((*mentions, *pointing), key=lambda m: m.first):
        if mention in pointing and (last is None or not _is_knee(last, mention, tokens)):
            continue
        if last is not None and _points(mention, tokens) and _is_knee(last, mention, tokens):
            meaning = SIDES[tokens[mention.first].norm]
            settled.append(Mention(mention.first, mention.last, meaning))
            continue
        settled.append(mention)
        last = mention if mention.meaning.is_place else last
    return settled


def _points_above(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The words of "below the knee but not above it", which no other word of the report takes."""
    found = [
        Mention(word.index, after.index, SIDES[_ABOVE])
        for word, after in pairwise(tokens)
        if word.norm == _ABOVE and after.norm in _POINTERS
    ]
    if not found:
        return []
    taken = {at for m in mentions for at in range(m.first, m.last + 1)}
    return [m for m in found if taken.isdisjoint((m.first, m.last))]


def _points(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it is "below it" or "above that", and no distance stands before it."""
    if not mention.cue("remainder") or mention.last - mention.first + 1 != _WORDS:
        return False
    words = [token.norm for token in tokens[mention.first : mention.last + 1]]
    apart = mention.first == 0 or tokens[mention.first - 1].norm != _DISTANCE
    return words[0] in SIDES and words[1] in _POINTERS and apart


def _is_knee(last: Mention, mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a place is above or below the knee, or reaches to it, in the same sentence.

    "A tributary at the knee, and below this the trunk is competent" names it of the tributary.
    """
    near = tokens[last.last : mention.first]
    led = {token.norm for token in tokens[max(0, last.first - _LED) : last.first + 1]}
    sided = not led.isdisjoint((*SIDES, _REACHING))
    return near[0].norm in _KNEE and sided and all(token.text != "." for token in near)
