"""A leg of which a report only says that it is as the other: "Left: same as right".

What was found of the other leg is said of it again, but for what is measured: no leg is exactly as
wide as the other, and that goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.facts.fact import GROUPS, Doubt, Fact, Outcome
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks, make_legs
from ultrasound.value import value_type

_SAME: Final = ("same", "identical", "ditto")
_AS: Final = "as"
_NOUNS: Final = ("finding", "appearance", "picture", "result")
_OTHERS: Final = ("as", "to", "with", "on", "in", "of")
_LINKS: Final = ("as", "to", "with", "on", "for", "in", "the", "of", "that", *_NOUNS)
_LEADS: Final = (":", "-", "–", "is", "are", "be", "the", "show", "has", "have", "exactly", *_NOUNS)
_ENDS: Final = (".", ";", ",")
_GROUP_OF: Final = {"DEEP": "deep", "SUPERFICIAL": "superficial"}
_COMPARING: Final = ("as", "to", "with")
_NEAR: Final = 5  # tokens from the word to its leg


@value_type
class _Likeness:
    """A leg that is as the other, the words that say so, and the system that is meant."""

    leg: Leg
    at: Span
    system: str | None


def copy_legs(
    outcomes: Sequence[Outcome], marks: Marks, systems: Mapping[str, str]
) -> list[Outcome]:
    """The outcomes, with those of one leg said of the other where it is as that one."""
    kept = list(outcomes)
    for like in _find_likenesses(marks):
        told = {(o.vein, o.property) for o in kept if isinstance(o, Fact) and o.leg is like.leg}
        meant = [o for o in kept if isinstance(o, Fact) and _is_meant(o, like, systems)]
        copied = [o for o in meant if not isinstance(o.value, Quantity)]
        kept = [o for o in kept if not (copied and _is_unread(o, like.at))]
        kept += [_copy(o, like) for o in copied if (o.vein, o.property) not in told]
        veins = dict.fromkeys(o.vein for o in meant if isinstance(o.value, Quantity))
        kept += [Doubt("unread", like.at, like.leg, vein) for vein in veins]
    return kept


def _is_meant(fact: Fact, like: _Likeness, systems: Mapping[str, str]) -> bool:
    """Whether a fact of the other leg, told before, is meant."""
    system = _GROUP_OF.get(fact.vein) or systems.get(fact.vein)
    if fact.leg is not like.leg.other or fact.prior or fact.cue[0] > like.at[0]:
        return False
    return fact.property != "treatment" and like.system in (None, system)


def _copy(fact: Fact, like: _Likeness) -> Fact:
    others = (role for role in fact.support if role[0] != "leg")
    return replace(fact, leg=like.leg, item=None, support=(("leg", like.at), *others))


def _is_unread(outcome: Outcome, at: Span) -> bool:
    """Whether it is a doubt about the words of a likeness."""
    if not isinstance(outcome, Doubt) or outcome.code != "unread":
        return False
    return at[0] <= outcome.span[1] and outcome.span[0] <= at[1]


def _find_likenesses(marks: Marks) -> Iterator[_Likeness]:
    if marks.norms.isdisjoint((*_SAME, _AS)):
        return
    for leg in marks.mentions:
        row = leg.row("leg")
        if row is not None and len(row.legs) == 1 and "other" not in row.legs:
            side = make_legs(row.legs)[0]
            like = _read_source(marks, leg, side) or _read_target(marks, leg, side)
            if like is not None:
                yield like


def _read_source(marks: Marks, leg: Mention, side: Leg) -> _Likeness | None:
    """The leg that is as another: "Left: same as right", "the same on the left"."""
    if not _ends(marks, leg.last + 1):
        return None
    for start in range(leg.first - 1, max(-1, leg.first - _NEAR), -1):
        word = marks.tokens[start].norm
        if (word in _SAME or word == _AS) and _is_led(marks, start):
            between = {token.norm for token in marks.tokens[start : leg.first]}
            source = not between.isdisjoint(_COMPARING)  # else it is "the same on the right"
            return _Likeness(side.other if source else side, (start, leg.last), None)
        if word not in _LINKS:
            return None
    return None


def _read_target(marks: Marks, leg: Mention, side: Leg) -> _Likeness | None:
    """The leg of "left leg: same deep findings", "Left: identical"."""
    index = leg.last + 1
    while index < len(marks.tokens) and marks.tokens[index].norm in _LEADS:
        index += 1
    if index >= len(marks.tokens) or marks.tokens[index].norm not in _SAME:
        return None
    system, last = _read_system(marks, index + 1)
    noun = last < len(marks.tokens) and marks.tokens[last].norm in _NOUNS
    if not noun and (system is not None or not _ends(marks, last)):
        return None
    if noun and any(t.norm in _OTHERS for t in marks.tokens[last + 1 : last + 2]):
        return None  # "same findings as in 2019"
    return _Likeness(side, (index, last if noun else index), system)


def _read_system(marks: Marks, index: int) -> tuple[str | None, int]:
    """The system that is named at a token, and the token behind it."""
    mention = marks.mention_at(index)
    row = mention.row("vein") if mention is not None else None
    code = getattr(row, "code", None)
    if mention is not None and code in GROUPS:
        return _GROUP_OF.get(code), mention.last + 1
    word = marks.tokens[index].norm if index < len(marks.tokens) else ""
    return (word, index + 1) if word in _GROUP_OF.values() else (None, index)


def _is_led(marks: Marks, index: int) -> bool:
    """Whether nothing but a leg and light words stands before a token in its sentence."""
    while index and "\n" not in marks.tokens[index].gap:
        before = marks.mention_over(index - 1)
        leg = before if before is not None and before.row("leg") is not None else None
        if marks.tokens[index - 1].text in (".", ";"):
            return True
        if leg is None and marks.tokens[index - 1].norm not in _LEADS:
            return False
        index = index - 1 if leg is None else leg.first
    return True


def _ends(marks: Marks, index: int) -> bool:
    """Whether a sentence or line ends before a token."""
    if index >= len(marks.tokens):
        return True
    token = marks.tokens[index]
    return token.text in _ENDS or "\n" in token.gap
