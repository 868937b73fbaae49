"""What the documents of one study say differently about one place.

Compared are facts of this exam that are stated without doubt; a finding of another method and a
statement that names no leg contradict nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Assertion, Observation, Quantity, ReviewItem, Temporality
from ultrasound.reconcile.facts import agrees, describe, excludes, slack_of, topic
from ultrasound.reconcile.rules import Rules
from ultrasound.reconcile.slips import find_other_leg, find_unsaid, name_slip, report_side

_DENIED: Final = {"reflux": "absent", "thrombus": "absent"}


def find_conflicts(
    observations: Sequence[Observation], rules: Rules
) -> tuple[tuple[Observation, ...], tuple[ReviewItem, ...]]:
    """Flag the facts that contradict those of another document, and ask about each place once."""
    flagged: set[int] = set()
    review: dict[tuple[object, ...], ReviewItem] = {}
    compared = [(n, o) for n, o in enumerate(observations) if _is_compared(o)]
    swapped = find_other_leg([o for _, o in compared], rules)
    explained = {*swapped, *swapped.values()}
    for first, second in _pair_up(compared, rules):
        one, other = observations[first], observations[second]
        flagged |= {first, second}
        member = one if _is_finer(one, other) else other
        if explained & {one, other}:
            continue
        place = member.place
        key = (place.leg, place.vein, place.segment, place.item, topic(member))
        review.setdefault(key, _report(one, other, member, rules))
    flagged |= {n for n, o in compared if o in explained}
    marked = tuple(_flag(o) if n in flagged else o for n, o in enumerate(observations))
    sides: dict[object, ReviewItem] = {}
    for text, machine in swapped.items():
        sides.setdefault(text.place, report_side(text, machine, rules))
    told = {(o.place.leg, o.place.vein) for o in explained}
    unsaid = find_unsaid([o for _, o in compared], rules, told)
    return marked, (*sides.values(), *review.values(), *unsaid)


def _is_compared(observation: Observation) -> bool:
    return (
        observation.place.leg is not None
        and observation.temporality is Temporality.CURRENT
        and observation.assertion is Assertion.AFFIRMED
        and "other_method" not in observation.flags
    )


def _pair_up(
    compared: Iterable[tuple[int, Observation]], rules: Rules
) -> Iterator[tuple[int, int]]:
    by_leg: dict[object, list[tuple[int, Observation]]] = {}
    for number, observation in compared:
        by_leg.setdefault(observation.place.leg, []).append((number, observation))
    for members in by_leg.values():
        for position, (first, one) in enumerate(members):
            for second, other in members[position + 1 :]:
                if one.document == other.document or rules.are_tries(one, other):
                    continue
                if not _contradicts(one, other, rules):
                    continue
                if not _is_confirmed(one, other, members):
                    yield first, second


def _contradicts(one: Observation, other: Observation, rules: Rules) -> bool:
    if _is_one_place(one, other):
        if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
            same = one.property == other.property
            return same and not agrees(one.value, other.value, slack_of(one), slack_of(other))
        return excludes(one, other) or _denies(one, other, rules) or _denies(other, one, rules)
    if _covers(one, other, rules):
        return _denies(one, other, rules)
    return _covers(other, one, rules) and _denies(other, one, rules)


def _is_one_place(one: Observation, other: Observation) -> bool:
    first, second = one.place, other.place
    return (first.vein, first.segment, first.item) == (second.vein, second.segment, second.item)


def _covers(wide: Observation, narrow: Observation, rules: Rules) -> bool:
    """Whether one statement is about a group or a whole vein, the other about a part of it."""
    outer, inner = wide.place, narrow.place
    if outer.vein == inner.vein:
        return outer.segment in (None, "whole") and (
            inner.segment not in (None, "whole") or inner.item is not None
        )
    return inner.vein in rules.members.get(outer.vein, frozenset())


def _denies(denial: Observation, claim: Observation, rules: Rules) -> bool:
    """Whether ``denial`` says that there is none of what ``claim`` says there is."""
    if denial.value != _DENIED.get(denial.property):
        return False
    if denial.property == "reflux" and claim.property == "reflux_time":
        return isinstance(claim.value, Quantity) and rules.exceeds(claim.place.vein, claim.value)
    if denial.property == "thrombus" and "acute_only" in denial.flags:
        return claim.property == "thrombus" and claim.value == "acute"
    return excludes(denial, claim)


def _is_confirmed(
    one: Observation, other: Observation, members: Iterable[tuple[int, Observation]]
) -> bool:
    """Whether one of several measurements of the other document, or a repeat, agrees after all.

    A scanner sends every try beside the mean; a letter quotes one of them.
    """
    if one.property != other.property or not isinstance(one.value, Quantity):
        return False
    if _agrees_with_document(one, other.document, members):
        return True
    return _agrees_with_document(other, one.document, members)


def _agrees_with_document(
    fact: Observation, document: str, members: Iterable[tuple[int, Observation]]
) -> bool:
    repeats = {getattr(s.origin, "document", "") for s in fact.support if s.role == "repeat"}
    if document in repeats:
        return True
    return any(
        rival.document == document
        and rival.property == fact.property
        and _is_one_place(rival, fact)
        and isinstance(rival.value, Quantity)
        and isinstance(fact.value, Quantity)
        and agrees(rival.value, fact.value, slack_of(rival), slack_of(fact))
        for _, rival in members
    )


def _is_finer(one: Observation, other: Observation) -> bool:
    """Whether ``one`` names a member or a part of what ``other`` is about."""
    if one.place.vein != other.place.vein:
        return one.value != _DENIED.get(one.property)
    return one.place.segment is not None


def _flag(observation: Observation) -> Observation:
    if "conflict" in observation.flags:
        return observation
    return replace(observation, flags=(*observation.flags, "conflict"))


def _report(one: Observation, other: Observation, member: Observation, rules: Rules) -> ReviewItem:
    mixed = rules.is_signed(one) != rules.is_signed(other)
    who = [rules.name_source(o) for o in (one, other)] if mixed else ["one document", "another"]
    place = member.place
    where = " ".join(str(word) for word in (place.leg, place.vein, place.segment) if word)
    slip = name_slip(one, other, rules.slips)
    cause = f" A slip of {slip}? Check the image." if slip else ""
    message = f"{where}: {who[0]} says {describe(one)}, {who[1]} says {describe(other)}.{cause}"
    return ReviewItem(
        one.document,
        place.leg,
        place.vein,
        "text_vs_dicom" if mixed else "conflict",
        message.replace("_", " "),
        segment=place.segment,
        origins=(one.source, other.source),
    )
