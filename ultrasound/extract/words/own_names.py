"""Abbreviations of places that a report explains itself: "Cf = calf", "UT = upper thigh"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.words.lexicon import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

_LONGEST: Final = 4  # letters of an abbreviation
_PLACES: Final = ("vein", "place", "level", "zone")
_ENDS: Final = (",", ";", ".", ")", "|")


def add_own_names(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions with every use of the abbreviations that the report explains."""
    if "=" not in [token.text for token in tokens]:
        return mentions
    open_ones = {m.first for m in mentions if m.row("abbreviation") is not None}
    taken = {i for m in mentions for i in range(m.first, m.last + 1)} - open_ones
    own = _find_own_names({m.first: m for m in mentions}, taken, tokens)
    if not own:
        return mentions
    added = [
        Mention(token.index, token.index, own[token.text])
        for token in tokens
        if token.text in own and token.index not in taken and not _defines(tokens, token.index)
    ]
    settled = {m.first for m in added}
    return sorted([*(m for m in mentions if m.first not in settled), *added], key=lambda m: m.first)


def _defines(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].text == "="


def _find_own_names(
    starts: Mapping[int, Mention], taken: set[int], tokens: Sequence[Token]
) -> dict[str, Meaning]:
    """Each abbreviation, as it is written, with the place that it stands for."""
    own: dict[str, Meaning] = {}
    for name, sign in pairwise(tokens):
        short = name.kind == "word" and len(name.text) <= _LONGEST
        if sign.text != "=" or not short or name.index in taken:
            continue
        meaning = _read_meaning(starts, tokens, sign.index + 1)
        before = tokens[name.index - 1].text if name.index else ""
        listed = before == "/" or (name.gap == " " and before.isupper())
        if meaning is not None and not listed:  # "PT MT DT = proximal, mid, distal thigh"
            own[name.text] = meaning
    return own


def _read_meaning(
    starts: Mapping[int, Mention], tokens: Sequence[Token], index: int
) -> Meaning | None:
    """The place behind a sign of equality, None where anything else belongs to it."""
    first = starts.get(index)
    if first is None or first.row(*_PLACES) is None:
        return None
    if _ends(tokens, first.last + 1):
        return first.meaning
    second, level = starts.get(first.last + 1), first.row("level")
    zone = second.row("zone") if second is not None else None
    if second is None or level is None or zone is None or not _ends(tokens, second.last + 1):
        return None
    return Meaning([Concept("zone", Zone(zone=zone.zone, level=level.level, terms=()))])


def _ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether a meaning ends before a token."""
    if index >= len(tokens):
        return True
    token = tokens[index]
    after = tokens[index + 1 : index + 2]
    again = bool(after) and after[0].text == "="  # "Th = thigh Cf = calf"
    return token.text in _ENDS or "\n" in token.gap or "  " in token.gap or again
