"""The "leg" of anatomists, which begins at the knee: "5 mm in the thigh and 4 mm in the leg"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.words.below_it import SIDES
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Zone

_THIRD: Final = "third"
_LEG: Final = "leg"
_TRUNKS: Final = ("GSV", "SSV")
_OF_LEVELS: Final = (*_TRUNKS, *PERFORATORS)
_REACH: Final = 30  # tokens between "thigh" and the "leg" that is set against it
_PAIRING: Final = (("and",), ("or",), ("&",), ("/",), ("as", "well", "as"))
_LENGTHS: Final = ("mm", "cm")
_LED: Final = ("in", "the", "upper", "lower", "mid")
_ABOVE: Final = ("thigh", "knee")
_LABELLING: Final = ("(", "-", "–", "/", "at")
_FACES: Final = (("face", "of", "the"), ("face", "of"))  # of what anatomists call so
_SIDES: Final = ("medial", "lateral", "posterior", "anterior", "posteromedial", "anteromedial")
_PARTS: Final = ("aspect", "side", "surface", "compartment")
_ANSWERED: Final = (":", "-", "–")
_STOPS: Final = (".", ";", "|")
_WITHIN: Final = ("in", "at", "along", "over", "on", "within", "to")
_VARICOSE: Final = "NSV"
_NEAR: Final = 4  # tokens between "varicosities" and "in the leg"
_LOWEST: Final = Meaning([Concept("zone", Zone(zone="calf", level="distal", terms=()))])


class _Legs:
    """The words "leg" of a report, and what is named around them."""

    def __init__(self, mentions: Sequence[Mention], tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        placed = [m for m in mentions if m.meaning.is_place]
        rows = [(m, m.row("zone"), m.row("vein")) for m in placed]
        self.levels = {m.last for m in placed if m.row("level")}
        self.thighs = {m.first for m, zone, _ in rows if zone and zone.zone == "thigh"}
        self.thigh_ends = {m.last for m, zone, _ in rows if zone and zone.zone == "thigh"}
        self.trunks = {m.first for m, _, vein in rows if vein and vein.code in _TRUNKS}
        self.ends = {m.last for m, _, vein in rows if vein and vein.code in _OF_LEVELS}
        knees = {m.first for m, zone, _ in rows if zone and zone.zone in _ABOVE}
        self.labelled = any(self._is_label(tokens[m.first]) for m in placed if m.first in knees)
        self.varicose = {m.last for m, _, vein in rows if vein and vein.code == _VARICOSE}
        self.calves = [m for m, zone, _ in rows if zone and zone.zone == "calf"]
        self.firsts = {m.first for m in placed if m.row("level")}
        taken = {i for m in mentions for i in range(m.first, m.last + 1)}
        self.open = [t for t in tokens if t.norm == _LEG and t.index not in taken]
        self.thirds = any(self._is_divided(token) for token in tokens if token.norm == _LEG)

    def before(self, token: Token, count: int) -> list[str]:
        """The words before one."""
        return [t.norm for t in self.tokens[max(0, token.index - count) : token.index]]

    def is_calf(self, token: Token) -> bool:
        """Whether it is set against the thigh, or divided into thirds."""
        if self._is_divided(token) or self._heads_levels(token) or self._is_of_trunk(token):
            return True
        if any(self.before(token, len(words)) == [*words] for words in _FACES):
            return True
        if (self.labelled and self._is_label(token)) or self._is_field(token.index):
            return True
        if self._is_faced(token):
            return True
        if self.thirds and self.before(token, 2) == ["in", "the"]:
            return True
        if not self._is_against(token):
            return False
        led = self.before(token, 1)[-1:]
        return (
            bool(led and led[0] in _LED)
            or self._is_paired(token)
            or token.index - 1 in self.levels
            or self._is_measured(token)
        )

    def is_calf_again(self, token: Token) -> bool:
        """Whether it is the calf in a report that calls the calf so elsewhere.

        As in "upper leg", "medial aspect of the leg", "varicosities in the leg".
        """
        if token.index - 1 in self.levels or self._is_paired(token):
            return True
        led = self.before(token, 4)
        bare = led[-1:] != ["the"]
        led = led if bare else led[:-1]
        if led[-1:] == ["of"]:
            return led[-2:-1] != [] and led[-2] in _PARTS
        if not led or led[-1] not in _WITHIN:
            return False
        first = token.index - (1 if bare else 2)
        near = range(first - _NEAR, first)
        return (bare and led[-1] == "in") or not self.varicose.isdisjoint(near)

    def _is_label(self, token: Token) -> bool:
        """Whether it labels a row of a trunk: "GSV thigh" over "GSV leg", "GSV (leg)"."""
        before = token.index - 1
        while before > 0 and before in self.levels:
            before -= 1  # "GSV upper thigh"
        apart = before > 0 and self.tokens[before].text in _LABELLING
        gap = token.gap if before == token.index - 1 else ""
        return (before - apart) in self.ends and "\n" not in gap

    def _is_field(self, index: int) -> bool:
        """Whether it names a field as the thigh does: "Leg: competent" below "Thigh: 5 mm"."""
        begins = index == 0 or "\n" in self.tokens[index].gap
        begins = begins or self.tokens[index - 1].text in (*_STOPS, *_ANSWERED)
        return begins and self._asks(index) and any(map(self._asks, self.thigh_ends))

    def _asks(self, index: int) -> bool:
        """Whether a sign for its answer follows a word."""
        follows = self.tokens[index + 1 : index + 2]
        return bool(follows) and follows[0].text in _ANSWERED

    def _is_against(self, token: Token) -> bool:
        around = range(max(0, token.index - _REACH), token.index + _REACH)
        if any(i in self.thighs and not self._stops(i, token.index) for i in around):
            return True
        near = range(token.index, token.index + 4)
        set_off = [t.text for t in self.tokens[token.index + 1 : token.index + 2]] == [","]
        opens = set_off or not self.trunks.isdisjoint(near)
        return opens and self._opens_sentence(token) and not self.thighs.isdisjoint(around)

    def _is_faced(self, token: Token) -> bool:
        """Whether it is an item of a list that has the thigh: "(a) medial thigh (b) medial leg"."""
        *_, sign, side = ["", "", *self.before(token, 2)]
        listed = side in _SIDES and sign in (")", ".", ";", ",")
        return listed and not self.thighs.isdisjoint(range(token.index - _REACH, token.index))

    def _is_paired(self, token: Token) -> bool:
        """Whether it stands beside the thigh: "in thigh and leg", "in thigh as well as leg"."""
        for words in _PAIRING:
            count = len(words)
            if self.before(token, count) == [*words] and token.index - count - 1 in self.thighs:
                return True
        return False

    def _is_measured(self, token: Token) -> bool:
        """Whether its size stands behind it in a list of levels: "thigh 6.0 mm, leg 4.2 mm".

        Or in a bracket: "in thigh (6.5 mm) and leg (5.0 mm)".
        """
        around = [t.text for t in self.tokens[max(0, token.index - 1) : token.index]]
        behind = self.tokens[token.index + 1 : token.index + 4]
        inset = bool(behind) and behind[0].text == "("
        behind = behind[inset:]
        number = len(behind) > 1 and behind[0].kind == "number"
        listed = around[:1] in ([","], [";"], ["/"]) or (inset and around[:1] == ["and"])
        return listed and number and behind[1].norm in _LENGTHS

    def _is_divided(self, token: Token) -> bool:
        """Whether a level stands before: "the middle third of the leg", "upper third leg"."""
        before = self.before(token, 2)
        if before[-1:] == [_THIRD]:
            return token.index - 1 in self.levels
        if before == [_THIRD, "of"]:
            return token.index - 2 in self.levels
        return before == ["of", "the"] and token.index - 3 in self.levels

    def _is_of_trunk(self, token: Token) -> bool:
        """Whether it says which part of a trunk is meant: "GSV of the leg", "GSV, leg: 3 mm"."""
        if not self.thighs:
            return False
        if self.before(token, 2) in (["of", "the"], ["in", "the"]):
            return token.index - 3 in self.ends
        follows = self.tokens[token.index + 1 : token.index + 2]
        label = self.before(token, 1) == [","] and bool(follows) and follows[0].text == ":"
        return label and token.index - 2 in self.ends

    def _heads_levels(self, token: Token) -> bool:
        """Whether a level of it stands behind: "knee 4 mm; leg, proximal third 3 mm".

        Without a comma the thigh has to be named beside it: "thigh distal third, leg middle third".
        """
        if token.index + 1 in self.firsts:
            return self._is_against(token)
        behind = self.tokens[token.index + 1 : token.index + 2]
        return bool(behind) and behind[0].text == "," and token.index + 2 in self.firsts

    def _opens_sentence(self, token: Token) -> bool:
        """Whether "In the leg" begins a sentence about a trunk.

        The sentence before may have spoken of the thigh.
        """
        opening = [t.text for t in self.tokens[max(0, token.index - 3) : token.index]]
        return opening == [".", "In", "the"]

    def _stops(self, one: int, other: int) -> bool:
        """Whether a sentence ends between two tokens."""
        return any(t.text == "." for t in self.tokens[min(one, other) : max(one, other)])


def settle_calf_words(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Take "leg" for the calf where a report does so, by the words around it or by its own use."""
    if all(token.norm != _LEG for token in tokens):
        return list(mentions)
    legs = _Legs(mentions, tokens)
    found = [token for token in legs.open if legs.is_calf(token)]
    named = [m for m in legs.calves if tokens[m.last].norm == _LEG and m.first < m.last]
    lowest = [m for m in named if _is_lowest(m, tokens)]
    if found or len(named) > len(lowest):  # a "lower leg" alone says nothing of other legs
        found += [t for t in legs.open if t not in found and legs.is_calf_again(t)]
    upper = any(tokens[token.index - 1].norm in ("upper", "mid") for token in found)
    divided = {m.first for m in lowest if upper or _is_listed(m, tokens, legs.levels)}
    kept = [Mention(m.first, m.last, _LOWEST) if m.first in divided else m for m in mentions]
    added = [Mention(token.index, token.index, SIDES["below"]) for token in found]
    return sorted([*kept, *added], key=lambda m: m.first)


def _is_lowest(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it is a "lower leg", which is all of the calf unless the report divides it."""
    return [t.norm for t in tokens[mention.first : mention.last + 1]] == ["lower", _LEG]


def _is_listed(mention: Mention, tokens: Sequence[Token], levels: set[int]) -> bool:
    """Whether another level stands beside it: "mid and lower leg"."""
    pair = tokens[mention.first - 1].norm in ("and", "&", "/", "to") if mention.first else False
    return pair and mention.first - 2 in levels
