"""Words of a clause as coded facts: what a finding says, and where it says nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.beside import is_answered_open, is_asked_for, is_within, tells_age
from ultrasound.extract.facts.fact import GROUPS, PERFORATORS, Joined, Outcome, Pass, Setting
from ultrasound.extract.facts.none_cells import answers_reflux, deny_system, doubt_answer, is_led
from ultrasound.extract.facts.not_assessed import NotAssessedReader, is_of_side
from ultrasound.extract.facts.placing import Placer, Statement, name_limbs
from ultrasound.extract.facts.reflux_numbers import can_be_time, says_place
from ultrasound.extract.facts.repeats import name_result
from ultrasound.extract.facts.shapes import doubt_shape
from ultrasound.extract.facts.treatments import at_junction, of_taken_out, read_treatment
from ultrasound.extract.links.assignment import Assignment, is_time
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span, make_site
from ultrasound.knowledge.schema_text import Finding, TextKnowledge

_OF_NUMBER: Final = 2  # tokens from "reflux" over "of" to its number
_JOINED_REACH: Final = 14  # tokens from a noun to the number that says it


class FindingReader:
    """Reads the findings of one sentence."""

    def __init__(self, placer: Placer, setting: Setting, knowledge: TextKnowledge) -> None:
        self._placer = placer
        self._setting = setting
        self._knowledge = knowledge

    def read(
        self, a: Assignment, finding: Finding, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """What a finding says; ``everything`` is what its sentence says."""
        predicate = a.predicate
        span = (predicate.first, predicate.last)
        if finding.kind == "label":
            return
        if finding.value == "not_assessed" and not predicate.repeated:
            reader = NotAssessedReader(self._placer, self._setting)
            yield from reader.read(a, finding, everything)
            return
        value = predicate.value
        none_found = value == "not_visualized" and {s.vein for s in a.sites} == {"NSV"}
        if (
            value is None or none_found or (finding.adjective and self._is_of_leg(a))
        ):  # "neovascularisation not seen"
            yield Pass("unspecific", span)
            yield from (Pass("unspecific", s.vein_at) for s in a.sites if none_found and s.vein_at)
        elif predicate.sought and predicate.negated is None and not predicate.affirmed:
            yield Pass("question", span)
        elif predicate.repeated or _says_nothing(a, finding, everything):
            yield Joined(span)
        elif doubts := list(doubt_shape(a, finding)):
            yield from doubts
        elif finding.property == "treatment":
            yield from read_treatment(self._placer, a, finding, span, self._setting.first)
        else:
            placed = self._place_system(of_taken_out(a, everything), finding, span)
            name, value = name_result(a, finding.property, value)
            yield from self._placer.code(placed, name, value, span)
            yield from self._read_former(placed, finding, span)
            yield from self._read_same(placed, Statement(name, value, span))

    def _read_former(self, a: Assignment, finding: Finding, span: Span) -> Iterator[Outcome]:
        """What an earlier exam had found, and this one does not."""
        if a.chunk.former is None or a.predicate.negated is None:
            return
        predicate = replace(a.predicate, negated=None)
        if predicate.value is not None:
            before = replace(a, predicate=predicate, chunk=copy(a.chunk))
            before.chunk.prior = a.chunk.former
            yield from self._placer.code(before, finding.property, predicate.value, span)

    def _read_same(self, a: Assignment, said: Statement) -> Iterator[Outcome]:
        """What an earlier exam had found too."""
        if a.chunk.as_before is not None and a.chunk.prior is None:
            before = replace(a, chunk=copy(a.chunk))
            before.chunk.prior = a.chunk.as_before
            yield from self._placer.code(before, said.property, str(said.value), said.span)

    def read_none(self, a: Assignment, everything: Sequence[Assignment]) -> Iterator[Outcome]:
        """A word such as "none" that stands for a finding: "4.1 mm/none", "L 1.3 s, R neg"."""
        span = (a.predicate.first, a.predicate.last)
        if any(p.finding is not None for p in a.chunk.predicates):
            return
        if self._setting.asked == "thrombus":
            yield from self._placer.code(a, "thrombus", "absent", span)
            return
        cell = answers_reflux(a, everything, self._setting)
        spoken = any(b.predicate.first < a.predicate.first and _is_reflux(b) for b in everything)
        if cell or (spoken and any(s.vein for s in a.sites)):
            groups = a.chunk.groups
            if groups and not (cell or is_led(a, everything) or any(g.has_spot for g in groups)):
                a = replace(a, sites=tuple(_unplaced(s) for s in a.sites))
                a = deny_system(a, everything)
            yield from self._placer.code(a, "reflux", "absent", span)
        elif a.predicate.none_word == "none" and any(s.vein in PERFORATORS for s in a.sites):
            sites = a.sites
            if not self._is_placed(a):
                sites = tuple(_unplaced(s) for s in a.sites)
            yield from self._placer.code(replace(a, sites=sites), "reflux", "absent", span)
        else:
            yield from doubt_answer(a, self._setting)

    def _is_placed(self, a: Assignment) -> bool:
        """Whether the sentence itself names the level or vein of its sites."""
        return any(group.has_spot for group in a.chunk.groups) or any(
            at[0] >= self._setting.first
            for s in a.sites
            for at in (s.vein_at, *s.spot_at)
            if at is not None
        )

    def _is_of_leg(self, a: Assignment) -> bool:
        """Whether a word stands straight before a leg: "post-thrombotic right leg"."""
        at = a.predicate.last + 1
        named = [g for g in a.chunk.groups if g.first == at and not g.has_vein]
        last = named[0].last if named else at
        return not self._setting.limbs.isdisjoint(range(at, last + 1))

    def _place_system(self, a: Assignment, finding: Finding, span: Span) -> Assignment:
        """A finding of a system, as DVT of the deep veins, where its clause names no vein."""
        if finding.value.startswith("ehit"):
            return at_junction(a, span)
        if finding.vein is None:
            return self._deny_of_legs(a, finding, span)
        own = any(group.has_vein and _belongs(group, a) for group in a.chunk.groups)
        veins = [s.vein for s in a.sites if s.vein]
        systems = ("DEEP", "SUPERFICIAL", "CALF" if finding.vein == "SUPERFICIAL" else "DEEP")
        if own and not all(vein in systems for vein in veins):
            return name_limbs(a, finding.vein, span)
        if not own and _goes_on(a, finding, self._setting.first):
            return a
        members = self._members_of(finding.vein)
        denied = a.predicate.negated or a.predicate.value == "absent"  # "SVT: no"
        if not own and not denied and veins and all(v in members for v in veins):
            return a
        legs, at = self._placer.say_legs(a.sites)
        if own:
            legs = tuple(dict.fromkeys(leg for s in a.sites for leg in s.legs)) or legs
        calf = _calf_of(a)
        return replace(
            a,
            sites=tuple(
                replace(calf, legs=legs, vein=vein, leg_at=at, vein_at=span)
                for vein in finding.vein.split(",")
            ),
        )

    def _deny_of_legs(self, a: Assignment, finding: Finding, span: Span) -> Assignment:
        """A denial of thrombus for a leg, with a subject of its own, speaks of its deep veins.

        As in "the CFV, FV and POPV compress, and there is no acute thrombus in either limb".
        """
        groups = a.chunk.groups
        general = (
            finding.property == "thrombus"
            and a.predicate.negated is not None
            and len(groups) == 1
            and groups[0].has_leg
            and not groups[0].has_vein
            and not groups[0].has_spot
            and groups[0].first > a.predicate.last
            and bool(a.chunk.cues("here"))
        )
        if not general:
            return a
        legs, at = self._placer.say_legs(a.sites)
        return replace(a, sites=(Site(legs=legs, vein="DEEP", leg_at=at, vein_at=span),))

    def _members_of(self, system: str) -> tuple[str, ...]:
        """The single veins of a system."""
        row = self._knowledge.vein_rows.get(system)
        return () if row is None else tuple(v for v in row.members if v not in GROUPS)


def _says_nothing(a: Assignment, finding: Finding, everything: Sequence[Assignment]) -> bool:
    """Whether a word only leads up to what is said elsewhere, or is denied away."""
    if finding.kind == "looked_at" and not _says_normal(a, everything):
        return True
    if a.chunk.cues("end_of") and a.chunk.cues("distance") and not a.chunk.groups:
        return True  # "top of thrombus 9 cm above the knee crease"
    if finding.property == "reflux":
        return _only_names_number(a, finding, everything)
    if finding.kind == "noun" and any(is_asked_for(a, b) for b in everything):
        return True
    if any(tells_age(a, b) for b in everything) or is_answered_open(a, everything):
        return True
    absent = finding.property == "anatomy" and a.predicate.value == "absent"
    return absent and a.predicate.negated is not None


def _calf_of(a: Assignment) -> Site:
    """The calf that a clause names for a system: "no DVT in the calf"; else no place."""
    parts = [part for g in a.chunk.groups if _belongs(g, a) for part in g.parts if part.has_spot]
    calf = bool(parts) and all(
        p.spot.zone == "calf" and not p.spot.code and p.until is None and not p.vein for p in parts
    )
    return Site(spot=parts[0].spot, spot_at=make_site(parts[0]).spot_at) if calf else Site()


def _goes_on(a: Assignment, finding: Finding, first: int) -> bool:
    """Whether more is said of a system: "the deep veins are patent, with no evidence of DVT"."""
    return bool(a.sites) and all(
        s.vein == finding.vein and s.vein_at is not None and first <= s.vein_at[0] < a.chunk.first
        for s in a.sites
    )


def _is_reflux(a: Assignment) -> bool:
    finding = a.predicate.finding
    if finding is not None and finding.property in ("reflux", "reflux_time"):
        return True
    return is_time(a)


def _is_bare_time(a: Assignment, b: Assignment) -> bool:
    """Whether a time without a unit stands straight behind a noun: "reflux 1.4", "reflux 420"."""
    number = b.number
    if number is None or number.unit is not None or not can_be_time(number):
        return False
    return 0 < number.first - a.predicate.last <= _OF_NUMBER


def _unplaced(site: Site) -> Site:
    """A place without its level: of perforators any is meant ("none on the left")."""
    bare = site.without_spot()
    return replace(bare, vein="PERF") if bare.vein in PERFORATORS else bare


def _only_names_number(a: Assignment, finding: Finding, everything: Sequence[Assignment]) -> bool:
    """A noun joined to its number says the number only (rule 2)."""
    predicate = a.predicate
    if a.exception or a.spread or predicate.negated:
        return False
    if any(_is_not_assessed_beside(a, b) for b in everything):
        return True
    if finding.kind != "noun":
        return False
    if predicate.heads or predicate.physiological:
        return True
    if predicate.graded or predicate.affirmed or any(_is_of_whole(a, b) for b in everything):
        return False
    if any(_is_bare_time(a, b) for b in everything):
        return True
    return any(
        is_time(b) and _is_next_to(a, b) and (b.chunk is a.chunk or _overlaps(a.sites, b.sites))
        for b in everything
        if not is_within(a, b)
    )


def _is_of_whole(a: Assignment, b: Assignment) -> bool:
    """Whether a range is told, and the number is of no level: "to the knee, at most 3 s"."""
    near = b.chunk.clause == a.chunk.clause and any(site.until for site in a.sites)
    return near and is_time(b) and not any(site.has_spot for site in b.sites)


def _is_not_assessed_beside(a: Assignment, b: Assignment) -> bool:
    """Whether a statement says of the same place that something was not assessed."""
    if b.predicate.finding is None or b.predicate.finding.value != "not_assessed":
        return False
    if b.predicate.repeated or is_of_side(b):
        return False
    return b.chunk is a.chunk or (b.chunk.clause == a.chunk.clause and not b.chunk.groups)


def _is_next_to(a: Assignment, b: Assignment) -> bool:
    """Whether a number follows a noun closely, with no finding of its own."""
    if b.chunk is a.chunk:
        return True
    if b.chunk.clause != a.chunk.clause or says_place(a, b):
        return False
    has_own = any(p.finding and p.finding.kind != "label" for p in b.chunk.predicates)
    return 0 < b.predicate.first - a.predicate.last < _JOINED_REACH and not has_own


def _overlaps(left: Sequence[Site], right: Sequence[Site]) -> bool:
    keys = {(s.vein, leg) for s in left for leg in s.legs or (None,)}
    return any((s.vein, leg) in keys for s in right for leg in s.legs or (None,))


def _says_normal(a: Assignment, everything: Sequence[Assignment]) -> bool:
    return any(b.chunk.cues("normal") for b in everything if b.chunk.clause == a.chunk.clause)


def _belongs(group: PlaceGroup, a: Assignment) -> bool:
    """Whether a place is meant by a word such as DVT: it follows, or stands just before it."""
    if group.first > a.predicate.last:
        return True
    return not any(
        group.last < p.first < a.predicate.first and p.finding and p.finding.kind != "label"
        for p in a.chunk.predicates
    )
