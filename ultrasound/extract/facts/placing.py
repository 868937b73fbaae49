"""A statement put at its places: one fact for each leg and segment that its sites stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.facts.fact import (
    COUNTED,
    GROUPS,
    PERFORATORS,
    Around,
    Doubt,
    Fact,
    Outcome,
    Setting,
)
from ultrasound.extract.facts.one_or_each import is_pair, says_each
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.places.sites import Location, Site, Span, locate
from ultrasound.value import value_type

# the trunks below whose junctions these zones lie
_TRUNKS: Final[dict[str | None, str]] = {"thigh": "GSV", "calf": "SSV"}
_OTHERS: Final = frozenset({"other", "further", "additional", "more", "else"})
_EXTREMES: Final = ("maximum", "minimum")  # one of several values


@value_type
class Statement:
    """A property and its value, with the words that say it."""

    property: str
    value: Quantity | str
    span: Span
    flags: tuple[str, ...] = ()


class Placer:
    """Puts the statements of one sentence at their places."""

    def __init__(self, divider: Divider, setting: Setting) -> None:
        self._divider = divider
        self._setting = setting

    def code(self, a: Assignment, name: str, value: str, span: Span) -> Iterator[Outcome]:
        """A coded value; a thrombus without a vein is one of the deep veins."""
        flags: tuple[str, ...] = ()
        if name == "thrombus" and value == "absent" and a.predicate.age == "acute":
            flags = ("acute_only",)
        a = _name_by_junction(a)
        if name == "thrombus" and not a.explicit and all(s.vein in PERFORATORS for s in a.sites):
            a = replace(a, sites=tuple(replace(s.without_spot(), vein=None) for s in a.sites))
        if name == "thrombus" and not any(s.vein or s.ambiguous for s in a.sites):
            a = replace(
                a,
                sites=tuple(replace(s, vein="DEEP", vein_at=span) for s in (a.sites or (Site(),))),
            )
        yield from self.place(a, Statement(name, value, span, flags))

    def place(self, a: Assignment, said: Statement) -> Iterator[Outcome]:
        """The facts of a statement; a doubt where its sites name no vein."""
        if self._setting.other_method:
            said = replace(said, flags=(*said.flags, "other_method"))
        if not any(site.vein for site in a.sites):
            if a.predicate.finding is not None and a.predicate.finding.kind == "looked_at":
                return
            ambiguous = any(site.ambiguous for site in a.sites)
            code = "vein_ambiguous" if ambiguous else "no_vein_named"
            if any(site.vein for site in a.about):  # of a list that could not be handed out
                yield Doubt("unread", said.span, name_leg(a.about), name_vein(a.about))
                return
            yield Doubt(code, said.span, name_leg(a.sites))
            return
        for site in _trunk_only(a.sites) if isinstance(said.value, Quantity) else a.sites:
            if site.vein is not None:
                yield from self._place_at(a, site, said)
            elif site.ambiguous:
                yield Doubt("vein_ambiguous", said.span, name_leg((site,)))

    def says(self, at: Span) -> bool:
        """Whether words stand in the statement that is read, not above it."""
        return at[0] >= self._setting.first

    def say_legs(self, sites: Iterable[Site]) -> tuple[tuple[Leg, ...], Span | None]:
        """The legs of a statement about a whole system, and the words that name them.

        They are said in its sentence or heading, else they are all that were examined; a leg that
        an earlier sentence spoke of does not count.
        """
        legs = tuple(dict.fromkeys(leg for s in sites for leg in s.legs))
        at = next((s.leg_at for s in sites if s.leg_at), None)
        here = at is not None and at[0] >= self._setting.first
        if here or self._setting.heading_legs or not self._setting.exam_legs:
            return legs, at
        return self._setting.exam_legs, self._setting.exam_leg_at

    def _place_at(self, a: Assignment, site: Site, said: Statement) -> Iterator[Outcome]:
        if site.vein in GROUPS and site.until is not None:
            site = site.without_spot()  # a group has no levels: "from the groin to the calf"
        locations = locate(_place_extreme(a, site, said.property), self._divider)
        # a perforator lies at one level: "down to the ankle" is of a vein that is not told
        endless = site.vein in PERFORATORS and site.until is not None and not site.spot
        if locations is None or endless:
            yield Doubt("unread", said.span, name_leg((site,)), site.vein)
            return
        if not site.legs and (site.vein in GROUPS or site.vein == "PERF"):
            site = replace(site, legs=self._setting.exam_legs, leg_at=self._setting.exam_leg_at)
        for leg in self._legs_of(a, site, said):
            for location in self._leave_out(a, leg, locations):
                yield self._make_fact(a, site, said, (leg, location))

    def _leave_out(
        self, a: Assignment, leg: Leg | None, locations: Sequence[Location]
    ) -> Iterator[Location]:
        """The segments of a range but for those of an exception."""
        excepted = {
            (location.vein, location.segment)
            for site in a.without
            if site.has_spot and (leg in site.legs or not site.legs)
            for location in locate(site, self._divider) or ()
        }
        for location in locations:
            zone = location.segment.split("_")[-1] if location.segment else None
            own = {(location.vein, location.segment), (location.vein, zone)}
            if not location.expanded or excepted.isdisjoint(own):
                yield location

    def _legs_of(self, a: Assignment, site: Site, said: Statement) -> tuple[Leg | None, ...]:
        """The legs of a statement; no number is that of both legs by the report's title alone."""
        one = () if self._setting.passing_legs else self._setting.exam_legs
        if len(site.legs) > 1 and any(is_pair(site, other) for other in a.sites):
            sided = {other.legs for other in a.sites if len(other.legs) == 1}
            one = sided.pop() if len(sided) == 1 else one
            if len(one) == 1:
                return one
        titled = site.leg_at is not None and site.leg_at == self._setting.title_at
        titled = titled and not says_each(a)
        if len(site.legs) > 1 and titled and isinstance(said.value, Quantity):
            return (None,)
        return site.legs or (None,)

    def _make_fact(
        self, a: Assignment, site: Site, said: Statement, at: tuple[Leg | None, Location]
    ) -> Fact:
        leg, location = at
        source = (min(a.chunk.first, said.span[0]), max(a.chunk.last, said.span[1]))
        dated = a.predicate.former or _has_date(a, said)
        # what was done before holds today; its result does where it has no date of its own
        passing = dated or str(said.value).startswith("ehit")
        lasting = said.property == "treatment" or (
            said.property == "treatment_result" and not passing
        )
        return Fact(
            leg=None if location.vein == "IVC" else leg,
            vein=location.vein,
            segment=location.segment,
            property=said.property,
            value=said.value,
            source=source,
            cue=said.span,
            support=_support(site, source),
            flags=tuple(dict.fromkeys((*said.flags, *location.flags))),
            expanded=location.expanded,
            uncertain=a.chunk.uncertain is not None
            and (a.chunk.queried or not isinstance(said.value, Quantity)),
            prior=(a.chunk.prior is not None or a.predicate.former) and not lasting,
            location=site.location,
            around=_name_perforator(site, said, source) if location.vein in PERFORATORS else None,
            section=self._setting.section,
            named=_names(site),
            passing_leg=self._is_in_passing(a, site),
            rest=a.limited or _is_of_rest(a, location.vein),
            implied=site.open_start and not site.spot and location.segment in ("sfj", "spj"),
        )

    def _is_in_passing(self, a: Assignment, site: Site) -> bool:
        """Whether a system's leg was named for another vein, in an earlier sentence.

        What is said of it in a row is of one leg: "the deep veins are patent, with no DVT".
        """
        here = site.leg_at is not None and site.leg_at[0] >= self._setting.first
        first = a.chunk.first
        row = site.vein_at is not None and self._setting.first <= site.vein_at[0] < first
        return site.vein in (*GROUPS, "PERF") and self._setting.passing_legs and not (here or row)


def _name_by_junction(a: Assignment) -> Assignment:
    """A statement placed by its distance from a junction only: it is of the junction's trunk."""
    sites = tuple(
        replace(s, vein=_TRUNKS.get(s.spot.zone), vein_at=s.location, flags=("vein_inferred",))
        if s.vein is None and s.location and not s.ambiguous
        else s
        for s in a.sites
    )
    return replace(a, sites=sites)


def _has_date(a: Assignment, said: Statement) -> bool:
    """Whether a date leads a statement, or stands behind it: "closed in 2021".

    Or the name of the earlier exam heads it.
    """
    at = a.chunk.prior
    dated = at is not None and (at[0] == a.chunk.first or at[0] == said.span[1] + 1)
    return a.chunk.quoted or dated


def _name_perforator(site: Site, said: Statement, source: Span) -> Around | None:
    """The words that name a perforator, and its leg; a denial goes by its own words only."""
    if site.vein_at is None:
        return None
    own = source[0] <= site.vein_at[0] and site.vein_at[1] <= source[1]
    return (site.vein_at, site.leg_at) if own or said.value != "absent" else None


def _is_of_rest(a: Assignment, vein: str) -> bool:
    """Whether a group is meant but for what is named: "no other incompetent perforators"."""
    if vein not in (*GROUPS, *PERFORATORS):
        return False
    return bool(a.chunk.cues("remainder")) or not _OTHERS.isdisjoint(a.chunk.words)


def name_leg(sites: Iterable[Site]) -> Leg | None:
    """The one leg of some sites, None where they have several or none."""
    legs = list(dict.fromkeys(leg for site in sites for leg in site.legs))
    return legs[0] if len(legs) == 1 else None


def name_vein(sites: Iterable[Site]) -> str | None:
    """The one vein of some sites, None where they have several or none."""
    veins = list(dict.fromkeys(site.vein for site in sites))
    return veins[0] if len(veins) == 1 else None


def _place_extreme(a: Assignment, site: Site, name: str) -> Site:
    """Where a number over a range belongs.

    A maximum belongs to the vein, not to each segment (rule 8); a number of what extends to
    somewhere to where it starts.
    """
    if name not in ("reflux_time", "diameter"):
        return site
    over = {s.spot for s in a.sites if (s.vein, s.legs) == (site.vein, site.legs)}
    # the largest of several: "thigh and calf, the biggest 6 mm" is somewhere in these
    several = len(over) > 1 and bool(a.chunk.cues(*_EXTREMES))
    if site.vein in COUNTED and site.until is None:
        return site.without_spot() if several else site
    if several and not a.explicit:  # "in the proximal and mid thigh. Maximum diameter 8 mm"
        return site.without_spot()
    alone = a.chunk.separator == "," and not (a.chunk.groups or a.explicit)
    if (site.until is not None or alone) and a.chunk.cues(*_EXTREMES):
        return site.without_spot()
    if site.extends and not _is_of_extent(a, site, name):
        # "competent and continues to the ankle, 3 mm" has no start
        return replace(site, until=None) if site.spot else site.without_spot()
    return site


def _is_of_extent(a: Assignment, site: Site, name: str) -> bool:
    """Whether a time is told behind the whole way: "begins at mid thigh and extends to …, 4 s"."""
    behind = a.number is not None and all(at[1] < a.number.first for at in site.spot_at)
    return behind and name == "reflux_time" and bool(site.spot)


def _trunk_only(sites: Sequence[Site]) -> Sequence[Site]:
    """One number given to a junction and its trunk together is the trunk's (rule 8)."""
    trunks = {(s.vein, s.legs) for s in sites if not s.has_spot}
    kept = [s for s in sites if s.until or not s.spot.code or (s.vein, s.legs) not in trunks]
    return kept or sites


def _names(site: Site) -> tuple[Span, ...]:
    """The words that say leg, vein and segment."""
    return tuple(span for span in (site.leg_at, site.vein_at, *site.spot_at) if span is not None)


def _support(site: Site, source: Span) -> tuple[tuple[str, Span], ...]:
    """The words outside of the source that say leg, vein and segment."""
    roles: list[tuple[str, Span | None]] = [("leg", site.leg_at), ("vein", site.vein_at)]
    roles += [("segment", span) for span in site.spot_at]
    return tuple(
        (role, span)
        for role, span in roles
        if span is not None and not (source[0] <= span[0] and span[1] <= source[1])
    )


def name_limbs(a: Assignment, systems: str, span: Span) -> Assignment:
    """A disease of a limb named beside a vein: "no DVT in the right leg or left CFV"."""
    named = systems.split(",")
    limbs = {s for s in a.sites if s.legs and not (s.vein or s.ambiguous)}
    sites = (
        (replace(s, vein=v, vein_at=span) for v in named) if s in limbs else (s,) for s in a.sites
    )
    return replace(a, sites=tuple(site for listed in sites for site in listed))
