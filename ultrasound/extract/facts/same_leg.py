"""A leg of which a report only says that it is as the other: "Left: same as right".

What was found of the other leg is said of it again, but for what is measured: no leg is exactly as
wide as the other, and that goes to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Quantity
from ultrasound.extract.facts.fact import PERFORATORS, Doubt, Fact, Outcome
from ultrasound.extract.places.likeness import Likeness, find_likenesses
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks

_GROUP_OF: Final = {"DEEP": "deep", "SUPERFICIAL": "superficial"}


def copy_legs(
    outcomes: Sequence[Outcome], marks: Marks, systems: Mapping[str, str]
) -> list[Outcome]:
    """The outcomes, with those of one leg said of the other where it is as that one."""
    kept = list(outcomes)
    for like in find_likenesses(marks):
        told = {_kind_of(o) for o in kept if isinstance(o, Fact) and o.leg is like.leg}
        unread = {o.vein for o in kept if isinstance(o, Doubt) and _is_exception(o, like)}
        meant = [o for o in kept if isinstance(o, Fact) and _is_meant(o, like, systems)]
        meant = [o for o in meant if not (like.loose or o.vein in unread)]
        copied = [o for o in meant if not isinstance(o.value, Quantity)]
        kept = [o for o in kept if not (copied and _is_unread(o, like.at))]
        kept += [_copy(o, like) for o in copied if _kind_of(o) not in told]
        veins: dict[str | None, None] = dict.fromkeys(
            o.vein for o in meant if isinstance(o.value, Quantity)
        )
        if (like.compared or like.loose) and not meant:
            veins[None] = None
        kept += [Doubt("unread", like.at, like.leg, vein) for vein in veins]
    return kept


def _is_meant(fact: Fact, like: Likeness, systems: Mapping[str, str]) -> bool:
    """Whether a fact of the other leg, told before, is meant."""
    system = _GROUP_OF.get(fact.vein) or systems.get(fact.vein)
    if fact.leg is not like.leg.other or fact.prior or fact.cue[0] > like.at[0]:
        return False
    return fact.property != "treatment" and like.system in (None, system)


def _kind_of(fact: Fact) -> tuple[str, str]:
    """What a fact says of which vein; "no incompetent perforators" is of those of any level."""
    return ("PERF" if fact.vein in PERFORATORS else fact.vein), fact.property


def _is_exception(doubt: Doubt, like: Likeness) -> bool:
    """Whether of a vein something is said behind the likeness that could not be read."""
    return doubt.code == "unread" and doubt.leg is like.leg and doubt.span[0] > like.at[1]


def _copy(fact: Fact, like: Likeness) -> Fact:
    others = (role for role in fact.support if role[0] != "leg")
    return replace(fact, leg=like.leg, item=None, support=(("leg", like.at), *others))


def _is_unread(outcome: Outcome, at: Span) -> bool:
    """Whether it is a doubt about the words of a likeness."""
    if not isinstance(outcome, Doubt) or outcome.code != "unread":
        return False
    return at[0] <= outcome.span[1] and outcome.span[0] <= at[1]
