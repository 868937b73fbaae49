"""Differences between the signed text and the scanner's report that a known slip explains.

The other leg, a decimal point, a unit, a vein left out: a difference is checked faster where its
likely cause is named. Nothing is corrected.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal

from ultrasound.domain import Leg, Observation, Quantity, ReviewItem
from ultrasound.knowledge.schema_dicom import SlipRow
from ultrasound.reconcile.facts import agrees, describe, slack_of, topic
from ultrasound.reconcile.rules import Rules

LegVein = tuple[Leg | None, str]


def name_slip(one: Observation, other: Observation, slips: Iterable[SlipRow]) -> str | None:
    """The cause of the factor between two measured values, None where none is known for it."""
    first, second = _exact(one), _exact(other)
    if first is None or second is None or first.unit != second.unit:
        return None
    (low, slack), (high, slack_high) = sorted(
        ((first.value, slack_of(one)), (second.value, slack_of(other)))
    )
    for slip in slips:
        within = max(slack * slip.factor, slack_high)
        if slip.unit == first.unit and abs(low * slip.factor - high) <= within:
            return slip.cause
    return None


def find_other_leg(compared: Sequence[Observation], rules: Rules) -> dict[Observation, Observation]:
    """Map each measured fact of the text that the scanner gives for the other leg to that fact.

    Only where the scanner does not bear it out for the text's own leg, and the text does not say
    it of the other leg too.
    """
    text = [o for o in compared if rules.is_signed(o) and _exact(o) is not None]
    machine = [o for o in compared if rules.is_machine(o) and _exact(o) is not None]
    found: dict[Observation, Observation] = {}
    for fact in text:
        leg = fact.place.leg
        if leg is None or _repeats(fact) or any(_is_same(fact, o, leg) for o in machine):
            continue
        for other in machine:
            if _is_same(fact, other, leg.other) and not _is_said(other, text):
                found[fact] = other
                break
    return found


def report_side(fact: Observation, other: Observation, rules: Rules) -> ReviewItem:
    """Ask on which leg a value was measured."""
    place = fact.place
    message = (
        f"{_where(fact)}: the report says {describe(fact)}, {rules.name_source(other)} gives that "
        f"for the {other.place.leg} leg. Check the side."
    )
    return ReviewItem(
        fact.document,
        place.leg,
        place.vein,
        "text_vs_dicom",
        message.replace("_", " "),
        segment=place.segment,
        origins=(fact.source, other.source),
    )


def find_unsaid(
    compared: Sequence[Observation], rules: Rules, told: Container[LegVein]
) -> Iterator[ReviewItem]:
    """Ask about each vein that the scanner finds abnormal and the text does not name.

    ``told`` are veins that another item already asks about. A study without a text says nothing.
    """
    text = [o for o in compared if rules.is_signed(o)]
    if not text:
        return
    named = {(o.place.leg, o.place.vein) for o in text}
    answered = {(o.place.leg, o.place.vein, topic(o)) for o in text}
    missing: dict[LegVein, Observation] = {}
    for fact in compared:
        leg, vein = fact.place.leg, fact.place.vein
        groups = [group for group, members in rules.members.items() if vein in members]
        said = (leg, vein) in named or any((leg, g, topic(fact)) in answered for g in groups)
        if rules.is_machine(fact) and rules.is_abnormal(fact) and not said:
            missing.setdefault((leg, vein), fact)
    for (leg, vein), fact in missing.items():
        if (leg, vein) in told:
            continue
        message = (
            f"{_where(fact)}: {rules.name_source(fact)} says {describe(fact)}, the report does not "
            "name this vein."
        )
        yield ReviewItem(
            fact.document,
            leg,
            vein,
            "text_vs_dicom",
            message.replace("_", " "),
            segment=fact.place.segment,
            origins=(fact.source,),
        )


def _exact(observation: Observation) -> Quantity | None:
    """A measured value that is no bound and no range."""
    value = observation.value
    if not isinstance(value, Quantity) or value.comparator != "=" or value.upper is not None:
        return None
    return value if value.value > Decimal(0) else None


def _repeats(fact: Observation) -> bool:
    """Whether another document says the same."""
    return any(
        getattr(support.origin, "document", fact.document) != fact.document
        for support in fact.support
        if support.role == "repeat"
    )


def _is_same(fact: Observation, other: Observation, leg: Leg) -> bool:
    """Whether ``other`` gives the value of ``fact`` at the same level of the vein in ``leg``."""
    one, two = fact.place, other.place
    at_one_level = (one.vein, one.segment) == (two.vein, two.segment) and two.leg is leg
    return at_one_level and fact.property == other.property and _agree(fact, other)


def _is_said(other: Observation, text: Iterable[Observation]) -> bool:
    """Whether the text gives a scanner's value for the leg that the scanner gives it for."""
    leg = other.place.leg
    return _repeats(other) or (leg is not None and any(_is_same(other, o, leg) for o in text))


def _agree(one: Observation, other: Observation) -> bool:
    first, second = one.value, other.value
    if not isinstance(first, Quantity) or not isinstance(second, Quantity):
        return False
    return agrees(first, second, slack_of(one), slack_of(other))


def _where(fact: Observation) -> str:
    place = fact.place
    words = (place.leg, place.vein, place.segment)
    return " ".join(str(word) for word in words if word).replace("_", " ")
