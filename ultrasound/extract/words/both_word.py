"""The word "both" alone, which means two legs only before the name of what lies in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.mentions import DENIAL, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.extract.words.two_of_leg import is_of_one, is_of_one_leg, joins_two

_PAIR_REACH: Final = 8  # tokens of "the great saphenous vein and the"
_BOTH: Final = ("both", "either", "each", "neither")
_CLOSING: Final = (".", ",", ";", ")")
_NEITHER: Final = "neither"
_DASHES: Final = ("-", "–", "—")
_STOPS: Final = (".", ";")
_NUMBERING: Final = 3  # tokens of "(2)"
_TWO: Final = 2  # veins of "great and small saphenous"
_LONGEST_NUMBER: Final = 2  # letters or figures of it
_INTO: Final = ("in", "on")
_BEFORE_NAME: Final = ("the", "of", "great", "small")


def drop_bare_both(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Keep "both" as legs only before a name: in "X and Y both competent" it says none.

    "Neither" is a denial there.
    """
    bares = {m.first for m in mentions if _is_bare_both(m, mentions, tokens)}
    if not bares:
        return mentions
    firsts = {
        m.first
        for m in mentions
        if m.row("vein", "place", "inferred", "ambiguous", "level", "zone")
        or m.cue("limb")
        or (m.cue("location") and not _closes(m, tokens))  # "3.4 and 3.9 mm, both medial"
    }
    kept = []
    for mention in mentions:
        after = mention.last + 1
        while after < len(tokens) and after not in firsts and tokens[after].norm in _BEFORE_NAME:
            after += 1
        two = mention.first in bares and (
            _names_two(tokens, mention.last + 1, firsts)
            or _is_labelled(mention, mentions, tokens)
            or _means_two_veins(mention, mentions, tokens)
            or joins_two(mention, mentions, tokens)
            or is_of_one_leg(mention, mentions, tokens)
        )
        if mention.first in bares and _ends_with_legs(mention, mentions, tokens):
            kept.append(mention)
            continue
        if _is_label(mention, tokens) and any(_labels_leg(m, tokens) for m in mentions):
            kept.append(mention)
            continue
        answers = _answers_label(mention, mentions, tokens)
        if answers or ((mention.first not in bares or after in firsts) and not two):
            kept.append(mention)
        elif tokens[mention.first].norm == _NEITHER:  # "…, neither of which refluxes"
            kept.append(replace(mention, meaning=DENIAL))
    return kept


def _ends_with_legs(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether both legs are meant behind a preposition: "GSV incompetent in both".

    Behind two levels it is these, "6 mm in the thigh and 4 mm in the calf, incompetent in both",
    and where the report is of one leg it is no leg at all.
    """
    first = mention.first
    led = first > 1 and tokens[first].norm == _BOTH[0] and tokens[first - 1].norm in _INTO
    if not led or not _closes(mention, tokens) or is_of_one(mention, mentions, tokens):
        return False
    found = next((m for m in mentions if m.last == first - _TWO), None)
    row = found.row("finding") if found is not None else None
    start = first
    while start and tokens[start - 1].text not in _STOPS and "\n" not in tokens[start].gap:
        start -= 1
    named = [m for m in mentions if start <= m.first < first and m.row("level", "zone")]
    return row is not None and row.kind != "label" and len(named) < _TWO


def _answers_label(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether it stands behind the label of one vein, where each leg is named: "SSV: both …"."""
    first = mention.first
    if first < _TWO or tokens[first - 1].text != ":":
        return False
    label = next((m for m in mentions if m.last == first - _TWO and m.row("vein", "place")), None)
    legs = {name for m in mentions if (row := m.row("leg")) is not None for name in row.legs}
    finds = any(m.first == mention.last + 1 and m.row("finding") for m in mentions)
    begins = finds and label is not None and (label.first == 0 or "\n" in tokens[label.first].gap)
    return begins and {"right", "left"} <= legs


def _closes(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a sign or the text's end follows."""
    after = tokens[mention.last + 1 : mention.last + 2]
    return not after or after[0].text in _CLOSING


def _names_two(tokens: Sequence[Token], index: int, firsts: set[int]) -> bool:
    """Whether two veins follow, each by itself: "both the GSV and the SSV", "both GSV and SSV"."""
    short = tokens[index : index + 3]
    if [t.text.isupper() for t in short] == [True, False, True] and short[1].norm == "and":
        return index in firsts and index + 2 in firsts
    words = [token.norm for token in tokens[index : index + _PAIR_REACH]]
    if words[:1] != ["the"] or "and" not in words or index + 1 not in firsts:
        return False
    joint = words.index("and")
    return words[joint + 1 : joint + 2] == ["the"] and index + joint + 2 in firsts


def _means_two_veins(
    mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]
) -> bool:
    """Whether a name of two veins follows behind one leg: "left: both great and small saphenous".

    Or behind an article, "both the great and the small saphenous veins", or where the report is of
    one leg.
    """
    at = mention.last + 1
    led = at < len(tokens) and tokens[at].norm == "the"
    name = next((m for m in mentions if m.first == at + led), None)
    row = name.row("place") if name is not None else None
    if row is None or len(row.veins) != _TWO:
        return False
    start = mention.first
    while start and tokens[start - 1].text not in _STOPS and "\n" not in tokens[start].gap:
        start -= 1
    rows = (m.row("leg") for m in mentions if start <= m.first < mention.first)
    sided = any(leg is not None and len(leg.legs) == 1 for leg in rows)
    return led or sided or is_of_one(mention, mentions, tokens)


def _is_labelled(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether the line is one leg's: "Left: incompetence of both saphenous junctions".

    One that goes on to the other leg is not.
    """
    first = mention.first
    while first and "\n" not in tokens[first].gap:
        first -= 1
    rows = ((m, m.row("leg")) for m in mentions if first <= m.first < mention.first)
    sides = [(leg, row.legs) for leg, row in rows if row is not None]
    if not sides:
        return False
    leg, legs = sides[0]
    opens = all(token.kind == "sign" for token in tokens[first : leg.first])
    labels = opens and tokens[leg.last + 1].text == ":"
    # "Right: GSV incompetent. The left GSV is not. Both SSVs are competent": those of both legs
    return labels and len(legs) == 1 and all(set(other) <= set(legs) for _, other in sides)


def _labels_leg(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether one leg is the label of an item: "1. Right: …"."""
    row = mention.row("leg")
    return row is not None and len(row.legs) == 1 and _is_label(mention, tokens)


def _is_label(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether words label an item: they open a line or sentence, and a sign follows."""
    behind = tokens[mention.last + 1 : mention.last + 3]
    texts = [token.text for token in behind]
    if texts[:1] != [":"] and not (
        texts[:1] and texts[0] in _DASHES and all(t.gap for t in behind)
    ):
        return False
    first = mention.first
    if first and tokens[first - 1].text in _STOPS and tokens[first].gap:
        return True
    while first and mention.first - first < _NUMBERING and "\n" not in tokens[first].gap:
        if len(tokens[first - 1].text) > _LONGEST_NUMBER:
            return False
        first -= 1
    return not first or "\n" in tokens[first].gap


def _is_bare_both(mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether it is "both" alone; in brackets that is two legs, as in "femoral (both)"."""
    single = mention.first == mention.last and "leg" in mention.meaning.rows
    if not single or tokens[mention.first].norm not in _BOTH:
        return False
    around = [t.text for t in tokens[max(0, mention.first - 1) : mention.last + 2]]
    enclosed = len(around) > 1 and around[0] == "(" and around[-1] == ")"
    return not enclosed or is_of_one_leg(mention, mentions, tokens)
