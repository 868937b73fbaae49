"""Facts of one report put together: repeats joined, items numbered, contradictions named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from ultrasound.domain import (
    LONGEST_QUOTE,
    Assertion,
    Dismissal,
    Document,
    Leg,
    Observation,
    Origin,
    Place,
    Quantity,
    ReviewItem,
    Support,
    Temporality,
    TextSpan,
)
from ultrasound.extract.facts import Doubt, Fact, Outcome, Pass
from ultrasound.extract.marks import Marks
from ultrasound.extract.sites import Span
from ultrasound.knowledge.schema_text import TextKnowledge

Key = tuple[object, ...]
_SYSTEMS: Final = ("DEEP", "SUPERFICIAL", "CALF", "PERF")
_COMPARED: Final = ("CFV", "EIV")
_TREATED_RESULTS: Final = ("closed", "ehit_1", "ehit_2", "ehit_3", "ehit_4")
_MADE_VOID_BY_CLOSURE: Final = ("patency", "flow", "compressibility", "thrombus")
_OPPOSITES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "reflux": (frozenset({"present"}), frozenset({"absent"})),
    "thrombus": (
        frozenset({"present", "acute", "subacute", "chronic", "indeterminate"}),
        frozenset({"absent"}),
    ),
    "compressibility": (frozenset({"none", "partial"}), frozenset({"full"})),
    "patency": (frozenset({"occluded"}), frozenset({"patent"})),
}


@dataclass
class Gathered:
    """What one report gives."""

    observations: list[Observation]
    dismissals: list[Dismissal]
    review: list[ReviewItem]


class Gatherer:
    """Makes observations of the outcomes of one report."""

    def __init__(
        self,
        document: Document,
        marks: Marks,
        knowledge: TextKnowledge,
        locate: Callable[[int, int], TextSpan],
        limits: Mapping[str, Decimal],
    ) -> None:
        self._document = document
        self._marks = marks
        self._knowledge = knowledge
        self._locate = locate
        self._limits = limits

    def gather(self, outcomes: Sequence[Outcome], title: tuple[Leg, ...] = ()) -> Gathered:
        """All observations, dismissals and review items, each in the order of the text."""
        facts = number_items([o for o in outcomes if isinstance(o, Fact)])
        facts = self._void_closed(join_repeats(facts))
        conflicts = self._find_conflicts(facts)
        observations = [self._observe(fact, i in conflicts) for i, fact in enumerate(facts)]
        dismissals = self._dismiss(o for o in outcomes if isinstance(o, Pass))
        review = self._review(facts, conflicts, [o for o in outcomes if isinstance(o, Doubt)])
        review += self._check_title(facts, title)
        return Gathered(observations, dismissals, review)

    def _check_title(self, facts: Sequence[Fact], title: tuple[Leg, ...]) -> list[ReviewItem]:
        """A title of one leg over findings of the other: the words win, a person decides."""
        if len(title) != 1:
            return []
        single = [f for f in facts if not f.prior and f.vein not in _SYSTEMS and f.leg is not None]
        other = [f for f in single if f.leg is not title[0] and f.vein not in _COMPARED]
        if not other or any(f.leg is title[0] for f in single):
            return []
        origin = self._span(self._shorten(other[0].source, other[0].cue))
        message = MESSAGES["leg_conflict"]
        return [
            ReviewItem(self._document.name, None, None, "leg_conflict", message, origins=(origin,))
        ]

    # --- observations -------------------------------------------------------------------------

    def _observe(self, fact: Fact, conflicting: bool) -> Observation:
        flags = (*fact.flags, "conflict") if conflicting else fact.flags
        source = self._span(self._shorten(fact.source, fact.cue))
        support = tuple(
            Support(role, self._span(self._shorten(span, span))) for role, span in fact.support
        )
        location = None
        if fact.location is not None:
            location = self._marks.words(*fact.location)
        return Observation(
            place=Place(fact.leg, fact.vein, fact.segment, fact.item, location),
            property=fact.property,
            value=fact.value,
            source=source,
            document=self._document.name,
            assertion=Assertion.UNCERTAIN if fact.uncertain else Assertion.AFFIRMED,
            temporality=Temporality.PRIOR if fact.prior else Temporality.CURRENT,
            derivation=fact.derivation,
            count=fact.count,
            support=support,
            section=fact.section,
            expanded=fact.expanded,
            flags=flags,
        )

    def _shorten(self, span: Span, cue: Span) -> Span:
        """A span of at most 300 characters that still holds the cue."""
        tokens = self._marks.tokens
        first, last = span
        while tokens[last].end - tokens[first].start > LONGEST_QUOTE:
            if first < cue[0]:
                first += 1
            elif last > cue[1]:
                last -= 1
            else:
                break
        return first, last

    def _span(self, span: Span) -> TextSpan:
        start, end = self._marks.span(*span)
        return self._locate(start, end)

    def _dismiss(self, passes: Iterable[Pass]) -> list[Dismissal]:
        seen: dict[tuple[str, Span], Dismissal] = {}
        for item in passes:
            origin = self._span(self._shorten(item.span, item.span))
            seen.setdefault(
                (item.rule, item.span), Dismissal(self._document.name, origin, item.rule)
            )
        return list(seen.values())

    def _void_closed(self, facts: list[Fact]) -> list[Fact]:
        """A treated segment that is closed is that alone (rule 15)."""
        treated = {
            (f.leg, f.vein)
            for f in facts
            if f.property == "treatment"
            and not f.prior
            and "ablation" in str(f.value)
            or (f.property == "treatment" and f.value == "sclerotherapy")
        }
        facts = [
            replace(f, property="treatment_result", value="closed")
            if f.property == "patency" and f.value == "occluded" and (f.leg, f.vein) in treated
            else replace(f, property="treatment_result")
            if f.property == "patency" and f.value == "recanalized" and (f.leg, f.vein) in treated
            else f
            for f in facts
        ]
        closed = {
            (f.leg, f.vein, f.segment)
            for f in facts
            if f.property == "treatment_result" and f.value in _TREATED_RESULTS
        }
        return [
            f
            for f in facts
            if not (f.property in _MADE_VOID_BY_CLOSURE and (f.leg, f.vein, f.segment) in closed)
        ]

    # --- contradictions -----------------------------------------------------------------------

    def _find_conflicts(self, facts: Sequence[Fact]) -> set[int]:
        found: set[int] = set()
        current = [
            (i, f)
            for i, f in enumerate(facts)
            if not f.prior and isinstance(f.value, (str, Quantity))
        ]
        for i, one in current:
            for k, other in current:
                if i < k and one.leg == other.leg and self._contradict(one, other):
                    found.update((i, k))
        return found

    def _contradict(self, one: Fact, other: Fact) -> bool:
        if _treated_yet_refluxing(one, other) or _treated_yet_refluxing(other, one):
            return True
        if not self._same_place(one, other):
            return False
        if (
            one.property == other.property
            and isinstance(one.value, str)
            and isinstance(other.value, str)
        ):
            sides = _OPPOSITES.get(one.property)
            if sides is None:
                return False
            return any(
                a.value in sides[0] and b.value in sides[1] and _denies(b, a, self._knowledge)
                for a, b in ((one, other), (other, one))
            )
        for time, word in ((one, other), (other, one)):
            if (
                time.property == "reflux_time"
                and word.property == "reflux"
                and word.value == "absent"
            ):
                return self._exceeds(time) and _denies(word, time, self._knowledge)
        return False

    def _exceeds(self, fact: Fact) -> bool:
        limit = self._limits.get(fact.vein)
        if limit is None or not isinstance(fact.value, Quantity) or "physiological" in fact.flags:
            return False
        return fact.value.holds(">", limit) is True

    def _same_place(self, one: Fact, other: Fact) -> bool:
        """The same place, or a vein and its segment, or a group and its member."""
        if one.item != other.item and one.item is not None and other.item is not None:
            return False
        if one.vein == other.vein:
            return (
                one.segment == other.segment
                or None in (one.segment, other.segment)
                or _contains(one.segment, other.segment)
            )
        members = (
            self._knowledge.vein_rows[one.vein].members
            if one.vein in self._knowledge.vein_rows
            else ()
        )
        reverse = (
            self._knowledge.vein_rows[other.vein].members
            if other.vein in self._knowledge.vein_rows
            else ()
        )
        perforators = {one.vein, other.vein} <= {"PERF", "TPV", "CPV"}
        return other.vein in members or one.vein in reverse or perforators

    # --- review -------------------------------------------------------------------------------

    def _review(
        self, facts: Sequence[Fact], conflicts: set[int], doubts: Sequence[Doubt]
    ) -> list[ReviewItem]:
        items: dict[Key, ReviewItem] = {}
        for index in sorted(conflicts, key=lambda i: self._rank(facts[i])):
            fact = facts[index]
            if fact.vein in ("DEEP", "SUPERFICIAL", "PERF") and self._member_in(
                facts, conflicts, fact
            ):
                continue
            self._add(items, fact.leg, fact.vein, "conflict", fact.cue)
        for fact in facts:
            for code, message_needed in self._doubts_of(fact):
                if message_needed:
                    self._add(items, fact.leg, fact.vein, code, fact.cue)
        for doubt in doubts:
            self._add(items, doubt.leg, doubt.vein, doubt.code, doubt.span)
        return sorted(items.values(), key=_place_in_text)

    @staticmethod
    def _rank(fact: Fact) -> tuple[int, int]:
        return (0 if fact.segment is None else 1, fact.cue[0])

    def _member_in(self, facts: Sequence[Fact], conflicts: set[int], group: Fact) -> bool:
        return any(facts[i].vein != group.vein and facts[i].leg == group.leg for i in conflicts)

    @staticmethod
    def _doubts_of(fact: Fact) -> list[tuple[str, bool]]:
        return [
            ("leg_missing", fact.leg is None and fact.vein != "IVC" and not fact.prior),
            ("out_of_range", "out_of_range" in fact.flags and not fact.prior),
            ("unit_assumed", "unit_assumed" in fact.flags),
            (
                "acute_thrombus",
                fact.property == "thrombus"
                and fact.value == "acute"
                and not fact.prior
                and not fact.uncertain,
            ),
        ]

    def _add(
        self, items: dict[Key, ReviewItem], leg: Leg | None, vein: str | None, code: str, span: Span
    ) -> None:
        origin = self._span(self._shorten(span, span))
        old = items.get((leg, vein, code))
        origins: tuple[Origin, ...] = (origin,)
        if old is not None:
            origins = old.origins if origin in old.origins else (*old.origins, origin)
        items[(leg, vein, code)] = ReviewItem(
            self._document.name, leg, vein, code, MESSAGES[code], origins=origins
        )


MESSAGES: Final[Mapping[str, str]] = {
    "conflict": "The report says two different things about this vein: decide which holds.",
    "leg_missing": "The report does not say which leg this is about.",
    "leg_conflict": "The title and the findings name different legs: check which was examined.",
    "out_of_range": "A number that can hardly be meant: check it against the images.",
    "unit_assumed": "A number without a unit was read in the unit of its neighbours: confirm it.",
    "unit_missing": "A number without a unit could not be read: add the unit.",
    "acute_thrombus": "Acute thrombus is reported.",
    "vein_ambiguous": "A name that can mean two veins: decide which is meant.",
    "no_vein_named": "A finding without a vein: decide where it belongs.",
    "unread": "Words that could not be read with certainty: look at the report.",
    "misspelt": "A misspelt word was read as the nearest known one: confirm it.",
}


def _place_in_text(item: ReviewItem) -> tuple[int, str]:
    first = item.origins[0] if item.origins else None
    return (first.start if isinstance(first, TextSpan) else 0, item.code)


def _treated_yet_refluxing(one: Fact, other: Fact) -> bool:
    """A vein that is called ablated, and as a whole refluxing: one of the two is out of date."""
    return (
        one.vein == other.vein
        and one.segment is other.segment is None
        and one.property == "treatment"
        and one.value in ("ablation", "thermal_ablation", "nonthermal_ablation", "stripped")
        and other.property == "reflux"
        and other.value == "present"
    )


def _denies(denial: Fact, claim: Fact, knowledge: TextKnowledge) -> bool:
    """Whether a denial reaches a claim: the same place, a vein its segment, a group its member.

    The denial of one segment leaves the claim about the vein as a whole standing (rule 19).
    """
    if denial.vein == claim.vein:
        return denial.segment in (None, claim.segment) or _contains(denial.segment, claim.segment)
    if denial.vein == "PERF" and claim.vein in ("TPV", "CPV"):
        return True
    row = knowledge.vein_rows.get(denial.vein)
    return row is not None and claim.vein in row.members


def _contains(outer: str | None, inner: str | None) -> bool:
    if outer is None or inner is None:
        return False
    return outer == "whole" or (outer in ("thigh", "calf") and inner.endswith(f"_{outer}"))


def join_repeats(facts: Iterable[Fact]) -> list[Fact]:
    """The same fact said again becomes a ``repeat`` of the first."""
    kept: dict[Key, Fact] = {}
    for fact in facts:
        key = (
            fact.leg,
            fact.vein,
            fact.segment,
            fact.item,
            fact.property,
            fact.value,
            fact.prior,
        )
        old = kept.get(key)
        if old is None:
            kept[key] = fact
        elif old.source != fact.source:
            flags = tuple(dict.fromkeys((*old.flags, *fact.flags)))
            kept[key] = replace(
                old,
                support=(*old.support, ("repeat", fact.source)),
                flags=flags,
                uncertain=old.uncertain and fact.uncertain,
            )
    return list(kept.values())


def number_items(facts: Sequence[Fact]) -> list[Fact]:
    """Perforators and tributaries at one place that carry different measures are several."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        if fact.vein in ("TPV", "CPV", "PERF", "NSV") and not fact.prior:
            groups[(fact.leg, fact.vein, fact.segment)].append(index)
    numbered = list(facts)
    for indices in groups.values():
        sizes = [i for i in indices if facts[i].property in ("diameter", "reflux_time")]
        several = any(
            len({str(facts[i].value) for i in sizes if facts[i].property == name}) > 1
            for name in ("diameter", "reflux_time")
        )
        if not several:
            continue
        item, last = 1, None
        for i in indices:
            if (
                last is not None
                and facts[i].property == facts[last].property
                and facts[i].value != facts[last].value
            ):
                item += 1
            if facts[i].property in ("diameter", "reflux_time"):
                last = i
            numbered[i] = replace(facts[i], item=item)
    return numbered
