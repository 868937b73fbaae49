"""The word "both" before two veins of one leg: "both the GSV and SSV", "both calf perforators"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_JOINTS: Final = ("and", "or", "nor", "&", "+")
_GROUPS: Final = {"SUPERFICIAL", "DEEP"}
# veins of which one leg has two or more of the same name
_SEVERAL: Final = frozenset({"PTV", "PRV", "ATV", "GAV", "SOV", "NSV", "PERF", "CPV", "TPV"})
_PLURALS: Final = (
    "veins",
    "vessels",
    "trunks",
    "junctions",
    "systems",
    "thighs",
    "calves",
    "knees",
)
_LONGEST: Final = 4  # words of "both large incompetent calf perforators"
_TWO: Final = 2
_WORDS: Final = ("both", "either", "each", "neither")
_OF_TRUNK: Final = ["junction", "and", "trunk"]
_BRACKET: Final = "("
_SIZED: Final = {"(": ")", ",": ","}  # signs about the size of a vein


def joins_two(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether two veins in the singular follow: "both the GSV and SSV", "both SFJ and SPJ".

    A plural at the end is one of both of them behind an article, "both the femoral and popliteal
    veins", or where one leg is spoken of; the two systems of a leg are a pair either way, and so
    are "the junction and trunk" and levels, "both the thigh and calf segments".
    """
    at = mention.last + 1
    if at < len(tokens) and "\n" in tokens[at].gap:
        return False  # a heading: "BOTH", and on the next line "Femoral and popliteal veins"
    led = at < len(tokens) and tokens[at].norm == "the"
    words = [token.norm for token in tokens[at + led : at + led + _LONGEST]]
    if words[:3] == _OF_TRUNK or words == [*_OF_TRUNK[:-1], "the", _OF_TRUNK[-1]]:
        return True
    names = [m for m in mentions if m.first >= at + led and (_is_name(m) or _is_level(m))][:_TWO]
    if len(names) < _TWO or names[0].first != at + led:
        return False
    one, other = names
    between = _leave_size(tokens[one.last + 1 : other.first])
    if not between or between[0] not in _JOINTS or between[1:] not in ([], ["the"]):
        return False
    if _is_plural(tokens[one.first : other.first]):
        return False
    systems = {getattr(m.row("vein"), "code", None) for m in names}
    behind = tokens[other.first : other.last + 2]
    single = not _is_plural(behind) or is_of_one(mention, mentions, tokens)
    return led or systems == _GROUPS or single


def _leave_size(tokens: Sequence[Token]) -> list[str]:
    """The words between two names, but for a size that is set off: "both SFJ (9 mm) and SPJ"."""
    texts = [token.norm for token in tokens]
    if texts[:1] == ["vein"]:
        texts = texts[1:]
    closes = _SIZED.get(texts[0]) if texts else None
    numbered = closes is not None and len(texts) > 1 and texts[1].replace(".", "").isdigit()
    if not numbered or closes not in texts[1:]:
        return texts
    return texts[texts.index(closes, 1) + 1 :]


def is_of_one_leg(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether veins of which a leg has several stand beside it where one leg is spoken of.

    As in "both calf perforators" or "PTV (both)" in a report that names no other leg, or under a
    heading that is one leg's.
    """
    return _has_several(mention, mentions, tokens) and is_of_one(mention, mentions, tokens)


def _has_several(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether the vein beside "both" is one of several of a leg."""
    if mention.first and tokens[mention.first - 1].text == _BRACKET:
        before = next((m for m in mentions if m.last == mention.first - 2), None)
        return before is not None and _may_be_several(before)
    behind = range(mention.last + 1, mention.last + 2 + _LONGEST)
    named = next((m for m in mentions if m.first in behind and _is_name(m)), None)
    if named is None or not _may_be_several(named):
        return False
    between = tokens[mention.last + 1 : named.first]
    return all(token.kind == "word" for token in between)


def _may_be_several(mention: Mention) -> bool:
    """Whether a leg has several veins of a name; "saphenous" alone is both of its trunks."""
    if mention.row("inferred") is not None:
        return True
    vein, place = mention.row("vein"), mention.row("place")
    named = {vein.code} if vein is not None else set(place.veins) if place is not None else set()
    return bool(named) and named <= _SEVERAL


def is_of_one(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether the report names one leg apart from "both", or the heading before it does."""
    named = [m for m in mentions if m.row("leg") is not None]
    sides = [m for m in named if len(m.row("leg").legs) == 1]
    both = any(m not in sides and tokens[m.first].norm not in _WORDS for m in named)
    if len({side.row("leg").legs for side in sides}) == 1 and not both:
        return True
    before = [side for side in sides if side.first < mention.first]
    if not before:
        return False
    head = before[-1]
    behind = tokens[head.last + 1 : head.last + 3]
    alone = [t for t in behind[:1] if t.text != ":"] or behind[1:]
    return "\n" in tokens[head.first].gap and bool(alone) and "\n" in alone[0].gap


def _is_name(mention: Mention) -> bool:
    return mention.row("vein", "place", "inferred", "ambiguous") is not None


def _is_level(mention: Mention) -> bool:
    return mention.row("level", "zone") is not None


def _is_plural(tokens: Sequence[Token]) -> bool:
    """Whether a name is in the plural: "GSVs", "femoral veins"."""
    return any(
        token.text.lower() in _PLURALS or (token.text[-1:] == "s" and token.text[:-1].isupper())
        for token in tokens
    )
