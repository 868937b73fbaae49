"""Facts of one report put together: repeats joined, items numbered, contradictions named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    ReviewItem,
    Support,
    Temporality,
    TextSpan,
)
from ultrasound.extract.facts.conflicts import ConflictFinder
from ultrasound.extract.facts.fact import COMPARED, GROUPS, Doubt, Fact, Outcome, Pass
from ultrasound.extract.facts.implied import leave_implied
from ultrasound.extract.facts.items import number_items
from ultrasound.extract.facts.known import settle_names
from ultrasound.extract.facts.locations import find_location
from ultrasound.extract.facts.mirrored import find_mirrored
from ultrasound.extract.facts.repeats import join_repeats, name_kind, name_open, void_closed
from ultrasound.extract.facts.told_apart import tell_apart
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge.schema_text import TextKnowledge

_SYSTEMS: Final = (*GROUPS, "PERF")
_HOLDERS: Final = ("DEEP", "SUPERFICIAL", "PERF")
MESSAGES: Final[Mapping[str, str]] = {
    "conflict": "The report says two different things about this vein: decide which holds.",
    "leg_missing": "The report does not say which leg this is about.",
    "leg_conflict": "The title and the findings name different legs: check which was examined.",
    "out_of_range": "A number that can hardly be meant: check it against the images.",
    "unit_assumed": "A number without a unit was read in the unit of its neighbours: confirm it.",
    "unit_missing": "A number without a unit could not be read: add the unit.",
    "acute_thrombus": "Acute thrombus is reported.",
    "vein_ambiguous": "A name that is not known or can mean two veins: decide which is meant.",
    "no_vein_named": "A finding without a vein: decide where it belongs.",
    "program_failed": "The program failed at these words: read them, and please report it.",
    "unread": "Words that could not be read with certainty: look at the report.",
    "misspelt": "A misspelt word was read as the nearest known one: confirm it.",
}
_Key = tuple[Leg | None, str | None, str]


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
        self._misspelt = [m.first for m in marks.mentions if m.misspelt]
        self._supports: dict[tuple[str, Span], Support] = {}
        self._located: dict[Span, TextSpan] = {}
        self._locate = locate
        self._conflicts = ConflictFinder(knowledge, limits)

    def gather(self, outcomes: Sequence[Outcome], title: tuple[Leg, ...] = ()) -> Gathered:
        """All observations, dismissals and review items, each in the order of the text."""
        outcomes = settle_names(outcomes)
        told = leave_implied([o for o in outcomes if isinstance(o, Fact)])
        facts = number_items(tell_apart(told, self._marks))
        facts = join_repeats(void_closed(join_repeats(name_kind(name_open(facts)))))
        facts = self._conflicts.drop_rests(facts)
        conflicts = self._conflicts.find(facts)
        observations = [self._observe(fact, i in conflicts) for i, fact in enumerate(facts)]
        dismissals = self._dismiss(o for o in outcomes if isinstance(o, Pass))
        doubts = [o for o in outcomes if isinstance(o, Doubt)]
        doubts += [
            Doubt("leg_conflict", fact.cue, None, fact.vein)
            for fact in find_mirrored(facts, title, self._conflicts.exceeds)
        ]
        review = self._review(facts, conflicts, doubts) + self._check_title(facts, title, doubts)
        return Gathered(observations, dismissals, review)

    def _check_title(
        self, facts: Sequence[Fact], title: tuple[Leg, ...], doubts: Sequence[Doubt]
    ) -> list[ReviewItem]:
        """A title of one leg over findings of the other: the words win, a person decides."""
        if len(title) != 1 or any(d.code == "leg_conflict" for d in doubts):
            return []
        single = [f for f in facts if not f.prior and f.vein not in _SYSTEMS and f.leg is not None]
        other = [f for f in single if f.leg is not title[0] and f.vein not in COMPARED]
        if not other or any(f.leg is title[0] for f in single):
            return []
        origin = self._span(self._shorten(other[0].source, other[0].cue))
        message = MESSAGES["leg_conflict"]
        return [
            ReviewItem(self._document.name, None, None, "leg_conflict", message, origins=(origin,))
        ]

    # --- observations -------------------------------------------------------------------------

    def _say_where(self, fact: Fact) -> str | None:
        """The free words of a fact's place, as written."""
        pieces: tuple[Span, ...] = () if fact.location is None else (fact.location,)
        if not pieces and fact.around is not None:
            pieces = find_location(self._marks, *fact.around)
        return ", ".join(self._marks.words(*piece) for piece in pieces) or None

    def _observe(self, fact: Fact, conflicting: bool) -> Observation:
        flags = (*fact.flags, "conflict") if conflicting else fact.flags
        if self._is_misspelt(fact):
            flags = (*flags, "misspelt")
        source = self._span(self._shorten(fact.source, fact.cue))
        support = tuple(self._support(role, span) for role, span in fact.support)
        return Observation(
            place=Place(fact.leg, fact.vein, fact.segment, fact.item, self._say_where(fact)),
            property=fact.property,
            value=fact.value,
            source=source,
            document=self._document.name,
            assertion=Assertion.UNCERTAIN if fact.uncertain else Assertion.AFFIRMED,
            temporality=Temporality.PRIOR if fact.prior else Temporality.CURRENT,
            support=support,
            section=fact.section,
            expanded=fact.expanded,
            flags=flags,
        )

    def _support(self, role: str, span: Span) -> Support:
        """The words that say a part of a fact; those of a heading say it of many facts."""
        found = self._supports.get((role, span))
        if found is None:
            found = Support(role, self._span(self._shorten(span, span)))
            self._supports[role, span] = found
        return found

    def _is_misspelt(self, fact: Fact) -> bool:
        """Whether a word of the fact was read as the nearest known one."""
        return bool(self._misspelt) and any(
            first <= at <= last
            for first, last in (fact.source, *fact.named)
            for at in self._misspelt
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
        """Where the tokens of a span stand; the words of a place are told of many facts."""
        found = self._located.get(span)
        if found is None:
            found = self._located[span] = self._locate(*self._marks.span(*span))
        return found

    def _dismiss(self, passes: Iterable[Pass]) -> list[Dismissal]:
        seen: dict[tuple[str, Span], Dismissal] = {}
        for item in passes:
            origin = self._span(self._shorten(item.span, item.span))
            seen.setdefault(
                (item.rule, item.span), Dismissal(self._document.name, origin, item.rule)
            )
        return list(seen.values())

    # --- review -------------------------------------------------------------------------------

    def _review(
        self, facts: Sequence[Fact], conflicts: set[int], doubts: Sequence[Doubt]
    ) -> list[ReviewItem]:
        items: dict[_Key, ReviewItem] = {}
        contrary = [facts[index] for index in sorted(conflicts)]
        for fact in sorted(contrary, key=_place_of):
            if fact.vein not in _HOLDERS or not _has_member(contrary, fact):
                self._add(items, fact.leg, fact.vein, "conflict", fact.cue)
        for fact in facts:
            for code in _doubts_of(fact):
                self._add(items, fact.leg, fact.vein, code, fact.cue)
        for doubt in doubts:
            self._add(items, doubt.leg, doubt.vein, doubt.code, doubt.span)
        return sorted(items.values(), key=_place_in_text)

    def _add(
        self,
        items: dict[_Key, ReviewItem],
        leg: Leg | None,
        vein: str | None,
        code: str,
        span: Span,
    ) -> None:
        origin = self._span(self._shorten(span, span))
        old = items.get((leg, vein, code))
        origins: tuple[Origin, ...] = (origin,)
        if old is not None:
            origins = old.origins if origin in old.origins else (*old.origins, origin)
        items[(leg, vein, code)] = ReviewItem(
            self._document.name, leg, vein, code, MESSAGES[code], origins=origins
        )


def _place_of(fact: Fact) -> tuple[bool, int]:
    """Veins as a whole before their segments, each in the order of the text."""
    return fact.segment is not None, fact.cue[0]


def _has_member(facts: Sequence[Fact], group: Fact) -> bool:
    """Whether one of the facts is about a single vein of the same leg."""
    return any(fact.vein != group.vein and fact.leg == group.leg for fact in facts)


def _doubts_of(fact: Fact) -> Iterator[str]:
    """The review codes that a fact calls for by itself."""
    if fact.leg is None and fact.vein != "IVC" and not fact.prior:
        yield "leg_missing"
    if "out_of_range" in fact.flags and not fact.prior:
        yield "out_of_range"
    if "unit_assumed" in fact.flags:
        yield "unit_assumed"
    acute = fact.property == "thrombus" and fact.value == "acute"
    if acute and not fact.prior and not fact.uncertain:
        yield "acute_thrombus"


def _place_in_text(item: ReviewItem) -> tuple[int, str]:
    first = item.origins[0] if item.origins else None
    return (first.start if isinstance(first, TextSpan) else 0, item.code)
