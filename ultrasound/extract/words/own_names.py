"""Abbreviations of places that a report explains itself: "Cf = calf", "UT = upper thigh"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

_LONGEST: Final = 4  # letters of an abbreviation
_PLACES: Final = ("vein", "place", "level", "zone")
_ENDS: Final = (",", ";", ".", ")", "|")
_BETWEEN: Final = (",", "/", "and", "&")


def add_own_names(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions with every use of the abbreviations that the report explains."""
    if "=" not in [token.text for token in tokens]:
        return mentions
    open_ones = {m.first for m in mentions if m.row("abbreviation") is not None}
    legs = {m.first for m in mentions if m.first == m.last and m.row("leg") is not None}
    said = {i for m in mentions for i in range(m.first, m.last + 1)} - open_ones
    own = _find_own_names({m.first: m for m in mentions}, said - legs, tokens)
    if not own:
        return mentions
    veins = {m.last for m in mentions if m.row("vein") is not None}
    behind = {i for i in legs if i - 1 in veins and "\n" not in tokens[i].gap}
    taken = said - behind  # "GSV lt", where lt is the lower thigh
    added = [
        Mention(token.index, token.index, own[token.text])
        for token in tokens
        if token.text in own and token.index not in taken and not _defines(tokens, token.index)
    ]
    settled = {m.first for m in added}
    return sorted([*(m for m in mentions if m.first not in settled), *added], key=lambda m: m.first)


def _defines(tokens: Sequence[Token], index: int) -> bool:
    """Whether a name is one of those before a sign of equality."""
    while index + 2 < len(tokens) and tokens[index + 1].text == "/":
        index += 2
    return index + 1 < len(tokens) and tokens[index + 1].text == "="


def _find_own_names(
    starts: Mapping[int, Mention], taken: set[int], tokens: Sequence[Token]
) -> dict[str, Meaning]:
    """Each abbreviation, as it is written, with the place that it stands for."""
    own: dict[str, Meaning] = {}
    for sign in tokens[1:]:
        if sign.text != "=":
            continue
        names = _names_before(tokens, sign.index)
        meanings = _meanings_of(names, starts, tokens)
        if len(meanings) == len(names) and all(_is_short(tokens[i]) for i in names):
            told = zip(names, meanings, strict=True)
            own |= {tokens[i].text: m for i, m in told if m is not None and i not in taken}
    return own


def _meanings_of(
    names: Sequence[int], starts: Mapping[int, Mention], tokens: Sequence[Token]
) -> list[Meaning | None]:
    """The places of names before a sign of equality, in their order."""
    first, behind = names[0], names[-1] + 2
    if len(names) > 1:
        return _read_list(starts, tokens, behind)
    if first and tokens[first].gap == " " and tokens[first - 1].text.isupper():
        return []  # "PT MT DT = proximal, mid, distal thigh"
    return [_read_meaning(starts, tokens, behind)]


def _is_short(token: Token) -> bool:
    return token.kind == "word" and len(token.text) <= _LONGEST


def _names_before(tokens: Sequence[Token], index: int) -> list[int]:
    """The names before a sign of equality: one, or several about slashes as in "pt / mt ="."""
    names = [index - 1]
    while names[0] > 1 and tokens[names[0] - 1].text == "/":
        names.insert(0, names[0] - 2)
    return names


def _read_list(
    starts: Mapping[int, Mention], tokens: Sequence[Token], index: int
) -> list[Meaning | None]:
    """The places of a list behind a sign of equality: "prox, mid and dist thigh"."""
    read: list[Mention] = []
    zone: Zone | None = None
    while (level := starts.get(index)) is not None and level.row("level") is not None:
        read.append(level)
        index = level.last + 1
        behind = starts.get(index)
        zone = behind.row("zone") if behind is not None else None
        if behind is not None:
            break
        while index < len(tokens) and tokens[index].norm in _BETWEEN:
            index += 1
    if zone is None or not _ends(tokens, starts[index].last + 1):
        return []
    return [_join(m, zone) for m in read]


def _join(level: Mention, zone: Zone) -> Meaning | None:
    row = level.row("level")
    if row is None:
        return None
    return Meaning([Concept("zone", Zone(zone=zone.zone, level=row.level, terms=()))])


def _read_meaning(
    starts: Mapping[int, Mention], tokens: Sequence[Token], index: int
) -> Meaning | None:
    """The place behind a sign of equality, None where anything else belongs to it."""
    first = starts.get(index)
    if first is None or first.row(*_PLACES) is None:
        return None
    if _ends(tokens, first.last + 1):
        return first.meaning
    second = starts.get(first.last + 1)
    zone = second.row("zone") if second is not None else None
    if second is None or zone is None or not _ends(tokens, second.last + 1):
        return None
    return _join(first, zone)


def _ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether a meaning ends before a token."""
    if index >= len(tokens):
        return True
    token = tokens[index]
    after = tokens[index + 1 : index + 2]
    again = bool(after) and after[0].text == "="  # "Th = thigh Cf = calf"
    return token.text in _ENDS or "\n" in token.gap or "  " in token.gap or again
