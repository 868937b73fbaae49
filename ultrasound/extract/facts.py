"""Linked statements become facts: the contract's rules on what a wording says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.chunks import Chunk, Predicate
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.link import Assignment
from ultrasound.extract.places import Divider, PlaceGroup, Spot
from ultrasound.extract.quantities import Number, read_number
from ultrasound.extract.sites import Site, Span, locate
from ultrasound.extract.units import KIND_OF, ReportUnits
from ultrasound.knowledge.schema_text import Unit

PERFORATORS: Final = ("PERF", "TPV", "CPV")
GROUPS: Final = ("DEEP", "SUPERFICIAL", "CALF")
_SYSTEMS: Final = {
    "DEEP": (
        "CFV",
        "DFV",
        "FV",
        "POPV",
        "TPT",
        "PTV",
        "ATV",
        "PRV",
        "GAV",
        "SOV",
        "EIV",
        "CIV",
        "IIV",
        "IVC",
    ),
    "SUPERFICIAL": ("GSV", "SSV", "AASV", "PASV", "GIAC", "NSV"),
}
_MOST_SECONDS: Final = Decimal(20)
_LEAST_MS: Final = Decimal(100)
_LEAST_MM: Final = Decimal(2)
_MOST_MM: Final = Decimal(25)
_FAR_CM: Final = 5
_NEAR_JUNCTION_MM: Final = 50


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about one place, with the tokens that it rests on."""

    leg: Leg | None
    vein: str
    segment: str | None
    property: str
    value: Quantity | str
    source: Span
    cue: Span
    support: tuple[tuple[str, Span], ...] = ()
    flags: tuple[str, ...] = ()
    expanded: bool = False
    uncertain: bool = False
    prior: bool = False
    count: int = 1
    location: Span | None = None
    section: str | None = None
    group_stated: bool = False
    item: int | None = None
    derivation: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something of a sentence that becomes a review item."""

    code: str
    span: Span
    leg: Leg | None = None
    vein: str | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """Something of a sentence that is deliberately no fact, and the rule."""

    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence stands in: its section, exam kind and the legs that were examined."""

    section: str | None
    exam: str | None
    exam_legs: tuple[Leg, ...]
    exam_leg_at: Span | None
    other_method: bool = False
    first: int = 0
    heading_legs: bool = False
    units: ReportUnits = field(default_factory=ReportUnits)


Outcome = Fact | Doubt | Pass


class FactMaker:
    """Turns the assignments of one sentence into facts, doubts and dismissals."""

    def __init__(self, divider: Divider, setting: Setting) -> None:
        self._divider = divider
        self._setting = setting

    def make(self, assignments: Sequence[Assignment]) -> Iterator[Outcome]:
        """All that a sentence gives, in the order of its words."""
        kept = [a for a in assignments if not a.dropped]
        for assignment in kept:
            if assignment.predicate.anatomy is not None:
                span = (assignment.predicate.first, assignment.predicate.last)
                yield from self._place(
                    assignment, "anatomy", assignment.predicate.anatomy, span, ()
                )
            elif assignment.number is not None:
                yield from self._from_number(assignment, kept)
            elif assignment.predicate.none_word:
                yield from self._from_none(assignment, kept)
            elif assignment.predicate.finding is not None:
                yield from self._from_finding(assignment, kept)

    def state(self, a: Assignment, name: str, value: str) -> Iterator[Outcome]:
        """A coded value of a table's cell."""
        yield from self._code(a, name, value, (a.chunk.first, a.chunk.last))

    def measure(self, a: Assignment, name: str) -> Iterator[Outcome]:
        """A number of a table's cell, its unit completed."""
        number = a.number
        assert number is not None and number.unit is not None
        low, high = number.amounts(number.unit)
        span = (number.first, number.last)
        if low == 0 and high is None:
            if name == "reflux_time":
                yield from self._code(a, "reflux", "absent", span)
            else:
                yield Pass("template_blank", span)
            return
        yield from self._measure(a, name, number, number.unit)

    # --- numbers ------------------------------------------------------------------------------

    def _from_number(self, a: Assignment, all_: Sequence[Assignment]) -> Iterator[Outcome]:
        number = a.number
        assert number is not None
        span = (number.first, number.last)
        unit = number.unit
        if unit is None:
            yield from self._without_unit(a, number, all_)
            return
        if unit.kind == "other":
            yield Pass(unit.rule or "unspecific", span)
        elif unit.kind == "time":
            yield from self._from_time(a, number, unit, all_)
        elif unit.kind == "length":
            yield from self._from_length(a, number, unit, all_)
        elif any(
            p.finding and p.finding.property in ("velocity", "reflux") for p in a.chunk.predicates
        ):
            yield from self._measure(a, "velocity", number, unit)
        else:
            yield Pass("unspecific", span)

    def _without_unit(
        self, a: Assignment, number: Number, all_: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """A bare number takes the unit that the report states for it, else the one its numbers
        have, flagged as assumed (rule 6); a number that names nothing is left alone."""
        name = _named(a, all_)
        if name is None:
            return
        span = (number.first, number.last)
        flags: tuple[str, ...] = ()
        unit_at: Span | None = None
        if name in self._setting.units.stated:
            unit, unit_at = self._setting.units.stated[name]
        else:
            found = self._setting.units.usual.get(KIND_OF[name]) or _only_unit(name, number)
            if found is None:
                yield Doubt("unit_missing", span, _one_leg(a.sites), _one_vein(a.sites))
                return
            unit, flags = found, ("unit_assumed",)
        completed = replace(a, number=replace(number, unit=unit))
        made = (
            self._from_time(completed, number, unit, all_)
            if unit.kind == "time"
            else self._from_length(completed, number, unit, all_)
        )
        for outcome in made:
            if isinstance(outcome, Fact):
                outcome = replace(outcome, flags=(*outcome.flags, *flags))  # noqa: PLW2901
                if unit_at is not None:
                    outcome = replace(outcome, support=(*outcome.support, ("unit", unit_at)))  # noqa: PLW2901
            yield outcome

    def _from_time(
        self, a: Assignment, number: Number, unit: Unit, all_: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        span = (number.first, number.last)
        if a.chunk.cues("other_method"):
            yield Pass("other_method", span)
            return
        bound = number.comparator in (">", "<", ">=", "<=") and not number.attained
        if a.sites and all(site.vein in GROUPS for site in a.sites):
            yield Pass("threshold", span) if bound else Doubt("no_vein_named", span)
            return
        denied = [
            b
            for b in all_
            if b.chunk is a.chunk
            and b.predicate.finding
            and b.predicate.negated
            and b.predicate.finding.property == "reflux"
        ]
        if denied and bound:
            yield Pass("threshold", span)
            return
        low, high = number.amounts(unit)
        if low == 0 and high is None:
            yield from self._code(a, "reflux", "absent", span)
            return
        yield from self._measure(a, "reflux_time", number, unit)

    def _from_length(
        self, a: Assignment, number: Number, unit: Unit, all_: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        span = (number.first, number.last)
        low, _ = number.amounts(unit)
        labels = _labels(a.chunk.predicates)
        if not labels and a.chunk.separator == ":":
            before = [
                b.chunk
                for b in all_
                if b.chunk.last < a.chunk.first and b.chunk.clause == a.chunk.clause
            ]
            labels = _labels(before[-1].predicates) if before else []
        distance = _distance_after(a.chunk, number)
        if distance is not None or "length" in labels:
            yield Pass("distance", span)
        elif unit.centi and low >= _FAR_CM * 10:
            yield Pass("distance", span)
        elif low == 0:
            yield Pass("template_blank", span)
        else:
            name = "depth" if "depth" in labels and "diameter" not in labels else "diameter"
            if any(site.vein in GROUPS for site in a.sites):
                yield Doubt("no_vein_named", span)
                return
            yield from self._measure(a, name, number, unit)

    def _measure(self, a: Assignment, name: str, number: Number, unit: Unit) -> Iterator[Outcome]:
        low, high = number.amounts(unit)
        quantity = Quantity(
            value=low,
            unit={"time": "ms", "length": "mm", "velocity": "cm/s"}[unit.kind],
            comparator=number.comparator,
            upper=high,
            attained=number.attained,
        )
        flags = ("attained",) if number.attained else ()
        if name == "reflux_time" and (a.predicate.physiological or _is_physiological(a)):
            flags = (*flags, "physiological")
        if not plausible(name, quantity):
            flags = (*flags, "out_of_range")
        yield from self._place(a, name, quantity, (number.first, number.last), flags)

    # --- findings -----------------------------------------------------------------------------

    def _from_none(self, a: Assignment, all_: Sequence[Assignment]) -> Iterator[Outcome]:
        """ "None on the left" after a list of perforators; "4.1 mm/none"; "reflux L 1.3 s, R neg"."""
        span = (a.predicate.first, a.predicate.last)
        others = [p for p in a.chunk.predicates if p.finding is not None]
        if others:
            return
        spoken = any(
            b.predicate.first < a.predicate.first
            and (
                (b.predicate.finding and b.predicate.finding.property in ("reflux", "reflux_time"))
                or (b.number and b.number.unit and b.number.unit.kind == "time")
            )
            for b in all_
        )
        if a.chunk.separator == "/" or (spoken and any(s.vein for s in a.sites)):
            if (
                a.chunk.separator != "/"
                and a.chunk.groups
                and not any(g.has_spot for g in a.chunk.groups)
            ):
                a = replace(a, sites=tuple(s.without_spot() for s in a.sites))
            yield from self._code(a, "reflux", "absent", span)
            return
        if a.predicate.none_word == "none" and any(s.vein in PERFORATORS for s in a.sites):
            placed = any(group.has_spot for group in a.chunk.groups) or any(
                at[0] >= self._setting.first
                for s in a.sites
                for at in (s.vein_at, *s.spot_at)
                if at is not None
            )
            sites = (
                a.sites
                if placed
                else tuple(replace(s.without_spot(), vein="PERF") for s in a.sites)
            )
            yield from self._code(replace(a, sites=sites), "reflux", "absent", span)

    def _from_finding(self, a: Assignment, all_: Sequence[Assignment]) -> Iterator[Outcome]:
        predicate, finding = a.predicate, a.predicate.finding
        assert finding is not None
        span = (predicate.first, predicate.last)
        if finding.kind == "label":
            return
        if finding.value == "not_assessed":
            yield from self._not_assessed(a, all_)
            return
        value = predicate.value
        if value is None:
            yield Pass("unspecific", span)
            return
        if finding.kind == "looked_at" and not _says_normal(a, all_):
            return
        if finding.property == "reflux" and self._only_names_number(a, all_):
            return
        if finding.property == "treatment":
            yield from self._treatment(a, span)
            return
        if finding.property == "anatomy" and value in ("absent",) and predicate.negated:
            return
        yield from self._code(self._with_default(a), finding.property, value, span)

    def _only_names_number(self, a: Assignment, all_: Sequence[Assignment]) -> bool:
        """A noun joined to its number says the number only (rule 2)."""
        predicate = a.predicate
        if a.exception or a.spread or predicate.negated or predicate.finding is None:
            return False
        if any(
            b.predicate.finding
            and b.predicate.finding.value == "not_assessed"
            and (b.chunk is a.chunk or (b.chunk.clause == a.chunk.clause and not b.chunk.groups))
            for b in all_
        ):
            return True
        if predicate.finding.kind != "noun":
            return False
        if predicate.heads:
            return True
        if predicate.physiological:
            return True
        if predicate.graded or predicate.affirmed:
            return False
        return any(
            b.number is not None
            and b.number.unit is not None
            and b.number.unit.kind == "time"
            and _next_to(a, b)
            and (_overlaps(a.sites, b.sites) or b.chunk is a.chunk)
            for b in all_
        )

    def _treatment(self, a: Assignment, span: Span) -> Iterator[Outcome]:
        own = [g for g in a.chunk.groups if g.has_spot and g.last > a.predicate.first]
        sites = a.sites if own else tuple(dict.fromkeys(s.without_spot() for s in a.sites))
        finding = a.predicate.finding
        assert finding is not None
        if a.predicate.negated:
            return
        if finding.value == "stripped":
            sites = tuple(s for s in sites if s.vein != "NSV")
            if not sites and a.sites:
                return
        if finding.value == "stripped" and not any(s.vein for s in sites):
            sites = tuple(
                replace(s, vein="GSV", vein_at=span, flags=("vein_inferred",))
                for s in (sites or (Site(),))
            )
        if finding.vein and not (a.explicit and any(s.vein == finding.vein for s in sites)):
            spot = Spot(code=finding.segment) if finding.segment else None
            sites = tuple(
                replace(
                    s,
                    vein=finding.vein,
                    vein_at=span,
                    spot=spot or s.spot,
                    until=None if spot else s.until,
                )
                for s in (sites or (Site(),))
            )
        yield from self._code(replace(a, sites=sites), "treatment", finding.value, span)

    def _not_assessed(self, a: Assignment, all_: Sequence[Assignment]) -> Iterator[Outcome]:
        finding = a.predicate.finding
        assert finding is not None
        span = (a.predicate.first, a.predicate.last)
        near = [
            b.predicate.finding
            for b in all_
            if b is not a
            and b.predicate.finding is not None
            and b.predicate.last < a.predicate.first
            and abs(b.chunk.first - a.chunk.first) < 10
        ]
        if near and near[-1].kind == "label":
            return
        subject = finding.property
        if subject == "*":
            subject = (
                near[-1].property
                if near and near[-1].property in ("reflux", "thrombus", "compressibility")
                else ""
            )
        subject_leg = (
            bool(a.chunk.groups) and _only_legs(a) and a.chunk.groups[0].last < a.predicate.first
        )
        local = not (subject_leg and not subject) and any(
            s.vein and s.vein not in GROUPS and s.vein_at and s.vein_at[0] >= self._setting.first
            for s in a.sites
        )
        vein_named = (
            local
            or any(group.has_vein for group in a.chunk.groups)
            or (not a.chunk.groups and any(s.vein for s in a.sites) and not subject)
        )
        said_leg = any(s.leg_at and s.leg_at[0] >= self._setting.first for s in a.sites)
        if not a.chunk.groups and said_leg and not local:
            vein_named = False  # "Left leg: not examined" under the heading of a vein
        if subject_leg and not subject:
            vein_named = False
        if vein_named or (a.chunk.groups and any(s.vein for s in a.sites) and not _only_legs(a)):
            name = subject or ("thrombus" if self._setting.exam == "dvt" else "reflux")
            sites = a.sites
            yield from self._code(replace(a, sites=sites), name, "not_assessed", span)
            return
        if subject not in ("", "reflux"):
            return
        legs, at = self._legs_said(a.sites)
        for vein in ("DEEP", "SUPERFICIAL"):
            site = Site(legs=legs, vein=vein, leg_at=at, vein_at=span)
            yield from self._code(replace(a, sites=(site,)), "reflux", "not_assessed", span)

    def _with_default(self, a: Assignment) -> Assignment:
        """DVT is of the deep veins where no vein stands in its own clause."""
        finding = a.predicate.finding
        assert finding is not None
        if finding.vein is None:
            return a
        own = any(group.has_vein and _belongs(group, a) for group in a.chunk.groups)
        if own and not all(s.vein in ("DEEP", "SUPERFICIAL", None) for s in a.sites):
            return a
        if (
            not own
            and not a.predicate.negated
            and all(s.vein in _SYSTEMS.get(finding.vein, ()) for s in a.sites if s.vein)
            and any(s.vein for s in a.sites)
        ):
            return a
        span = (a.predicate.first, a.predicate.last)
        legs, at = self._legs_said(a.sites)
        if own:
            legs = tuple(dict.fromkeys(leg for s in a.sites for leg in s.legs)) or legs
        meant = finding.vein.split(",")
        return replace(
            a, sites=tuple(Site(legs=legs, vein=vein, leg_at=at, vein_at=span) for vein in meant)
        )

    def _legs_said(self, sites: Sequence[Site]) -> tuple[tuple[Leg, ...], Span | None]:
        """The legs of a statement about a whole system: said in its sentence or heading, else all
        that were examined; a leg that an earlier sentence spoke of does not count."""
        legs = tuple(dict.fromkeys(leg for s in sites for leg in s.legs))
        at = next((s.leg_at for s in sites if s.leg_at), None)
        here = at is not None and at[0] >= self._setting.first
        if here or self._setting.heading_legs or not self._setting.exam_legs:
            return legs, at
        return self._setting.exam_legs, self._setting.exam_leg_at

    def _code(self, a: Assignment, name: str, value: str, span: Span) -> Iterator[Outcome]:
        flags: tuple[str, ...] = ()
        if name == "thrombus" and value == "absent" and a.predicate.age == "acute":
            flags = ("acute_only",)
        if name == "thrombus" and not any(s.vein for s in a.sites):
            a = replace(
                a,
                sites=tuple(replace(s, vein="DEEP", vein_at=span) for s in (a.sites or (Site(),))),
            )
        yield from self._place(a, name, value, span, flags)

    # --- places -------------------------------------------------------------------------------

    def _place(
        self, a: Assignment, name: str, value: Quantity | str, span: Span, flags: tuple[str, ...]
    ) -> Iterator[Outcome]:
        if self._setting.other_method:
            flags = (*flags, "other_method")
        if not any(site.vein for site in a.sites):
            if a.predicate.finding is not None and a.predicate.finding.kind == "looked_at":
                return
            ambiguous = any(site.ambiguous for site in a.sites)
            yield Doubt("vein_ambiguous" if ambiguous else "no_vein_named", span, _one_leg(a.sites))
            return
        for site in _trunk_only(a.sites) if isinstance(value, Quantity) else a.sites:
            yield from self._place_one(a, site, name, value, (span, flags))

    def _place_one(
        self,
        a: Assignment,
        site: Site,
        name: str,
        value: Quantity | str,
        rest: tuple[Span, tuple[str, ...]],
    ) -> Iterator[Outcome]:
        span, flags = rest
        if site.vein is None:
            return
        locations = locate(self._maximum(a, site, name), self._divider)
        if locations is None:
            yield Doubt("unread", span, _one_leg((site,)), site.vein)
            return
        legs, at = site.legs, site.leg_at
        if not legs and (site.vein in GROUPS or site.vein == "PERF"):
            legs, at = self._setting.exam_legs, self._setting.exam_leg_at
        source = (min(a.chunk.first, span[0]), max(a.chunk.last, span[1]))
        for leg in legs or (None,):
            for location in locations:
                yield Fact(
                    leg=None if location.vein == "IVC" else leg,
                    vein=location.vein,
                    segment=location.segment,
                    property=name,
                    value=value,
                    source=source,
                    cue=span,
                    support=_support(site, source, at),
                    flags=tuple(dict.fromkeys((*flags, *location.flags))),
                    expanded=location.expanded,
                    uncertain=a.chunk.uncertain is not None and not isinstance(value, Quantity),
                    prior=a.chunk.prior is not None
                    and name not in ("treatment", "treatment_result"),
                    location=site.location,
                    section=self._setting.section,
                )

    @staticmethod
    def _maximum(a: Assignment, site: Site, name: str) -> Site:
        """A maximum over a range belongs to the vein, not to each segment (rule 8)."""
        alone = a.chunk.separator == "," and not a.chunk.groups
        if (
            name in ("reflux_time", "diameter")
            and (site.until is not None or alone)
            and a.chunk.cues("maximum")
        ):
            return site.without_spot()
        if name in ("reflux_time", "diameter") and site.extends and site.spot:
            return replace(site, until=None)
        return site


def plausible(name: str, quantity: Quantity) -> bool:
    """Whether a number can be meant: 0.8 to 35 mm, 10 ms to 30 s (clinical plausibility limits)."""
    if name == "diameter":
        return Decimal("0.8") <= quantity.value <= Decimal(35)
    if name == "reflux_time":
        return Decimal(10) <= quantity.value <= Decimal(30_000)
    return True


def _trunk_only(sites: Sequence[Site]) -> Sequence[Site]:
    """One number given to a junction and its trunk together is the trunk's (rule 8)."""
    trunks = {(s.vein, s.legs) for s in sites if not s.has_spot}
    kept = [
        s for s in sites if not (s.spot.code and s.until is None and (s.vein, s.legs) in trunks)
    ]
    return kept or sites


def _named(a: Assignment, all_: Sequence[Assignment]) -> str | None:
    """The property of a number without a unit: by its label, else a size straight after its place."""
    labels = [name for name in _labels(a.chunk.predicates) if name in KIND_OF]
    if labels:
        return labels[-1]
    number = a.number
    alone = (
        number is not None
        and "." in number.low
        and not any(p.finding for p in a.chunk.predicates if p.first < a.predicate.first)
    )
    placed = any(group.last == a.predicate.first - 1 for group in a.chunk.groups)
    measured = any(
        b.number is not None and b.number.unit is not None and b.number is not number for b in all_
    )
    words = any(b.predicate.finding is not None for b in all_)
    return "diameter" if alone and placed and (measured or words) else None


def _only_unit(name: str, number: Number) -> Unit | None:
    """The only unit that a number can be in: a reflux time below 20 is seconds, from 100 on ms."""
    value = read_number(number.low, None)
    if name == "reflux_time":
        if value < _MOST_SECONDS:
            return Unit(kind="time", terms=("s",), factor=Decimal(1000))
        return Unit(kind="time", terms=("ms",), factor=Decimal(1)) if value >= _LEAST_MS else None
    if name == "diameter" and _LEAST_MM <= value <= _MOST_MM:
        return Unit(kind="length", terms=("mm",), factor=Decimal(1))
    return None


def _one_vein(sites: Iterable[Site]) -> str | None:
    veins = list(dict.fromkeys(site.vein for site in sites))
    return veins[0] if len(veins) == 1 else None


def _one_leg(sites: Iterable[Site]) -> Leg | None:
    legs = list(dict.fromkeys(leg for site in sites for leg in site.legs))
    return legs[0] if len(legs) == 1 else None


def _support(site: Site, source: Span, leg_at: Span | None) -> tuple[tuple[str, Span], ...]:
    roles: list[tuple[str, Span | None]] = [("leg", leg_at), ("vein", site.vein_at)]
    roles += [("segment", span) for span in site.spot_at]
    return tuple(
        (role, span)
        for role, span in roles
        if span is not None and not (source[0] <= span[0] and span[1] <= source[1])
    )


def _belongs(group: PlaceGroup, a: Assignment) -> bool:
    """Whether a place is meant by a word such as DVT: it follows, or stands just before it."""
    if group.first > a.predicate.last:
        return True
    return not any(
        group.last < p.first < a.predicate.first and p.finding and p.finding.kind != "label"
        for p in a.chunk.predicates
    )


def _labels(predicates: Sequence[Predicate]) -> list[str]:
    return [p.finding.property for p in predicates if p.finding and p.finding.kind == "label"]


def _distance_after(chunk: Chunk, number: Number) -> Mention | None:
    for cue in chunk.cues("distance"):
        if 0 <= cue.first - number.last <= 3:
            return cue
    return None


def _is_physiological(a: Assignment) -> bool:
    return bool(a.chunk.cues("physiological"))


def _says_normal(a: Assignment, all_: Sequence[Assignment]) -> bool:
    return any(b.chunk.cues("normal") for b in all_ if b.chunk.clause == a.chunk.clause)


def _next_to(a: Assignment, b: Assignment) -> bool:
    if b.chunk is a.chunk:
        return True
    if b.chunk.clause != a.chunk.clause:
        return False
    between = abs(b.predicate.first - a.predicate.last)
    later_has_own = any(p.finding and p.finding.kind != "label" for p in b.chunk.predicates)
    return b.predicate.first > a.predicate.last and between < 14 and not later_has_own


def _overlaps(left: Sequence[Site], right: Sequence[Site]) -> bool:
    keys = {(s.vein, leg) for s in left for leg in s.legs or (None,)}
    return any((s.vein, leg) in keys for s in right for leg in s.legs or (None,))


def _only_legs(a: Assignment) -> bool:
    return all(not g.has_vein and not g.has_spot for g in a.chunk.groups)
