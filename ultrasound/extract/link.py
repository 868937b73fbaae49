"""Ties findings and numbers to their places, clause by clause.

The rules, in the order in which they are asked:

1. Phrases of one clause that complete each other name one place ("the right GSV is competent at
   the knee"); else each statement takes the phrase before it, or the one after it where a
   preposition or nothing at all stands between.
2. A clause without a phrase speaks of what the clause before spoke of.
3. A phrase without a statement narrows the statement before it, or opens what follows.
4. Lists of numbers are handed out over lists of places of the same length.
5. An exception takes its leg out of the statement that it limits, and is given the opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.assignment import Assignment, split_sites
from ultrasound.extract.chunks import Chunk, Predicate, end_of, start_of
from ultrasound.extract.lexicon import Mention
from ultrasound.extract.marks import Marks
from ultrasound.extract.places import PlaceGroup
from ultrasound.extract.quantities import Number
from ultrasound.extract.tokens import Token
from ultrasound.extract.sites import Site, compose, make_site, unite_groups

_JOINS: Final = ("meet", "join", "enter")
_SEVERAL: Final = ("PERF", "TPV", "CPV", "NSV")
_INTO: Final = (
    "in",
    "at",
    "of",
    "on",
    "within",
    "involving",
    "along",
    "for",
    "through",
    "throughout",
)


@dataclass
class Linked:
    """What a sentence says, and what it leaves in focus."""

    assignments: list[Assignment] = field(default_factory=list)
    focus: tuple[Site, ...] = ()
    opening: tuple[Site, ...] = ()


class SentenceLinker:
    """Links one sentence; ``focus`` is what was spoken of before it."""

    def __init__(self, chunks: Sequence[Chunk], marks: Marks, focus: tuple[Site, ...]) -> None:
        self._chunks = chunks
        self._marks = marks
        self._focus = focus
        self._start_focus = focus
        self._result: list[Assignment] = []
        self._spread: list[Assignment] = []
        self._mentioned: list[Site] = []
        self._subject: tuple[Site, ...] = ()
        self._level: Site | None = None
        self._prefixed = False
        self._adjunct = False
        self._several: list[tuple[Site, ...]] = []

    def link(self) -> Linked:
        """Link all clauses from left to right."""
        for index, chunk in enumerate(self._chunks):
            self._link_chunk(index, chunk)
        return Linked(self._result, self._focus, self._start_focus)

    def _link_chunk(self, index: int, chunk: Chunk) -> None:
        if chunk.dismissed is not None:
            return
        groups = self._unite(chunk)
        if chunk.separator == "except" and groups:
            self._except(chunk, groups)
            return
        self._place_varicosities(chunk, groups)
        if groups and self._repeats_finding(chunk):
            self._copy_findings(chunk, groups)
            return
        if not chunk.predicates:
            self._take_groups(index, chunk, groups)
            return
        units = self._compose_all(groups)
        for _, sites in units:
            self._note_varicosities(chunk, sites)
        if groups:
            self._subject = self._subject_of(chunk)
        last_sites: tuple[Site, ...] = ()
        units = self._without_adjunct(chunk, units)
        for predicate in chunk.predicates:
            sites, explicit = self._sites_for(predicate, units, chunk)
            self._assign(predicate, sites, chunk, explicit=explicit)
            last_sites = sites
        for inset in chunk.insets:
            self._assign_inset(inset.number, inset.group, chunk)
        self._spread_over(chunk, groups, units)
        self._share_trailing_leg(chunk, groups)
        if units:
            self._focus = units[-1][1] if len(units) > 1 else units[0][1]
            for _, sites in units:
                self._mention(sites)
        elif last_sites:
            self._focus = last_sites
        self._start_spread(index, chunk, units)

    def _without_adjunct(
        self, chunk: Chunk, units: list[tuple[PlaceGroup, tuple[Site, ...]]]
    ) -> list[tuple[PlaceGroup, tuple[Site, ...]]]:
        """ "The right incompetent in the mid calf and the left competent": the level was the right's."""
        subject = len(units) == 1 and not units[0][0].has_vein and not units[0][0].has_spot
        if not subject or not self._adjunct or chunk.cues("here"):
            self._adjunct = self._is_adjunct(chunk, units)
            return units
        first = chunk.predicates[0]
        if first.finding is None or units[0][0].last > first.first:
            return units
        return [(units[0][0], tuple(site.without_spot() for site in units[0][1]))]

    @staticmethod
    def _is_adjunct(chunk: Chunk, units: Sequence[tuple[PlaceGroup, tuple[Site, ...]]]) -> bool:
        """Whether the level of a clause stands after its finding, apart from its leg."""
        groups = chunk.groups
        words = [
            p.first for p in chunk.predicates if p.finding is not None and p.finding.kind == "word"
        ]
        return (
            len(groups) > 1
            and bool(words)
            and groups[0].last < words[0] < groups[-1].first
            and groups[-1].has_spot
        )

    def _share_trailing_leg(self, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        """ "Patent and compressible bilaterally": the leg at the end holds for the whole list."""
        if chunk.separator not in ("and", "+", ",", "&") or len(groups) != 1:
            return
        group = groups[0]
        statements = [p.last for p in chunk.predicates]
        if group.has_vein or group.has_spot or not group.has_leg or group.first < min(statements):
            return
        own = {site.vein for a in self._result if a.chunk is chunk for site in a.sites}
        for a in self._result:
            same = (
                a.chunk.clause == chunk.clause
                and a.chunk is not chunk
                and a.predicate.finding is not None
            )
            if (
                same
                and {s.vein for s in a.sites} == own
                and not any(g.has_leg for g in a.chunk.groups)
            ):
                a.sites = compose(group, a.sites)

    def _note_varicosities(self, chunk: Chunk, sites: Sequence[Site]) -> None:
        """Varicose veins that a clause names are a finding of anatomy (rule 11)."""
        if chunk.cues("negation", "weak_negation"):
            return
        own = {
            (m.vein_at.first, m.vein_at.last) for g in chunk.groups for m in g.parts if m.vein_at
        }
        for site in sites:
            if site.anatomy is not None and site.vein_at in own:
                predicate = Predicate(*site.vein_at, anatomy=site.anatomy)
                self._result.append(Assignment(predicate, (site,), chunk, True))

    def _place_varicosities(self, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        """ "Varicosities: lateral calf": the level after the colon is theirs."""
        if chunk.separator != ":" or not groups or groups[0].has_vein or not groups[0].has_spot:
            return
        for a in self._result[-1:]:
            if a.predicate.anatomy is not None and not any(site.has_spot for site in a.sites):
                a.sites = compose(groups[0], a.sites)

    def _mention(self, sites: tuple[Site, ...]) -> None:
        self._mentioned.extend(sites)
        if len(split_sites(sites)) > 1:
            self._several = split_sites(sites)

    def _former_or_latter(self, chunk: Chunk) -> tuple[Site, ...]:
        words = chunk.words()
        if not self._several or not {"former", "latter"} & set(words):
            return ()
        return self._several[0] if "former" in words else self._several[-1]

    def _compose_all(
        self, groups: Sequence[PlaceGroup]
    ) -> list[tuple[PlaceGroup, tuple[Site, ...]]]:
        """Each phrase of a clause in the light of the one before it."""
        units = []
        running = self._focus
        if groups and not self._mentioned:
            running = self._borrow(groups[0]) or running
        for group in groups:
            running = compose(group, self._with_level(group, running))
            units.append((group, running))
        return units

    def _borrow(self, group: PlaceGroup) -> tuple[Site, ...]:
        """ "280 ms in the right and 350 ms in the left CFV": the vein comes with the second leg."""
        if group.has_vein or group.has_spot or not group.has_leg:
            return ()
        for chunk in self._chunks[1:3]:
            for later in chunk.groups:
                if later.has_vein and later.has_leg and chunk.separator in ("and", ","):
                    return compose(later, ())
        return ()

    def _with_level(self, group: PlaceGroup, focus: tuple[Site, ...]) -> tuple[Site, ...]:
        """ "At mid calf, medially, lies a perforator": a level that leads the sentence."""
        if self._level is None or not group.has_vein or group.has_spot:
            return focus
        return tuple(
            replace(site, vein=None, spot=self._level.spot, spot_at=self._level.spot_at)
            for site in focus
        ) or (self._level,)

    def _subject_of(self, chunk: Chunk) -> tuple[Site, ...]:
        """What a clause is about where its level stands after a number: "the SSV measures 2.1 mm in
        the upper calf and is competent" says competent of the SSV."""
        if not chunk.groups:
            return ()
        numbers = [p.first for p in chunk.predicates if p.numbers]
        first = chunk.groups[0]
        later = [g for g in chunk.groups[1:] if g.has_spot and not g.has_vein]
        if (
            numbers
            and later
            and first.has_vein
            and not first.has_spot
            and first.last < numbers[0] < later[0].first
        ):
            return compose(first, self._focus)
        return ()

    def _unite(self, chunk: Chunk) -> list[PlaceGroup]:
        groups = [
            g
            for g in chunk.groups
            if not self._is_source(chunk, g) and not self._is_joined(chunk, g)
        ]
        if self._pairs_numbers(chunk, groups):
            return groups
        united: list[PlaceGroup] = []
        for group in groups:
            if united and not self._has_own_finding(chunk, united[-1], group):
                united[-1:] = unite_groups([united[-1], group])
            else:
                united.append(group)
        return united

    @staticmethod
    def _has_own_finding(chunk: Chunk, before: PlaceGroup, group: PlaceGroup) -> bool:
        """ "GSV reflux without SFJ reflux": each place has a finding of its own."""
        found = [
            p.first for p in chunk.predicates if p.finding is not None and p.finding.kind != "label"
        ]
        between = [at for at in found if before.last < at < group.first]
        after = any(at > group.last for at in found)
        return group.has_vein and (len(between) > 1 or (bool(between) and after))

    def _repeats_finding(self, chunk: Chunk) -> bool:
        """ "… and so is the GSV"; "reflux of the right GSV; of the left CFV"."""
        if any(p.finding for p in chunk.predicates) or not any(
            a.predicate.finding for a in self._result
        ):
            return False
        words = chunk.words()
        if {"so", "as"} & set(words) and {"is", "are", "was", "were"} & set(words):
            return True
        opens = isinstance(chunk.elements[0], Token) and chunk.elements[0].norm in ("of", "in")
        return opens and chunk.separator == ";" and not chunk.predicates

    def _copy_findings(self, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        last = [
            a
            for a in self._result
            if a.predicate.finding is not None and a.predicate.finding.kind != "label"
        ][-1]
        sites: tuple[Site, ...] = ()
        for group in groups:
            sites = (*sites, *compose(group, self._focus))
        self._result.append(replace(last, sites=sites, chunk=chunk, explicit=True, dropped=False))
        self._focus = sites
        self._mention(sites)
        for predicate in chunk.predicates:
            self._assign(predicate, sites, chunk, explicit=True)

    def _is_joined(self, chunk: Chunk, group: PlaceGroup) -> bool:
        """ "Meets the popliteal vein": said of the vein that was spoken of, not of this one."""
        position = chunk.elements.index(group)
        words = [
            e.norm for e in chunk.elements[max(0, position - 2) : position] if isinstance(e, Token)
        ]
        return bool(set(words) & set(_JOINS)) and (position > 2 or any(s.vein for s in self._focus))

    def _is_source(self, chunk: Chunk, group: PlaceGroup) -> bool:
        """ "Refluxing from the knee trunk", said of a tributary with its own place."""
        if group.has_vein or any(part.until for part in group.parts) or not group.has_spot:
            return False
        position = chunk.elements.index(group)
        words = [
            e for e in chunk.elements[max(0, position - 2) : position] if isinstance(e, Mention)
        ]
        led = any(e.cue("from") for e in words)
        return led and any(site.vein == "NSV" and site.has_spot for site in self._focus)

    @staticmethod
    def _pairs_numbers(chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
        """Several numbers of one kind beside several levels or legs are pairs, not one place."""
        kinds = [
            p.numbers[0].unit.kind for p in chunk.predicates if p.numbers and p.numbers[0].unit
        ]
        repeated = any(kinds.count(kind) > 1 for kind in kinds)
        return repeated and sum(g.has_spot or g.has_leg for g in groups) > 1

    def _sites_for(
        self,
        predicate: Predicate,
        units: Sequence[tuple[PlaceGroup, tuple[Site, ...]]],
        chunk: Chunk,
    ) -> tuple[tuple[Site, ...], bool]:
        if not units:
            pronoun = self._former_or_latter(chunk)
            if chunk.separator == "where" and any(site.until for site in self._focus):
                self._focus = tuple(
                    replace(s, spot=s.until or s.spot, until=None) for s in self._focus
                )
            if pronoun:
                return pronoun, True
            ahead = self._look_ahead(predicate, chunk)
            if not ahead and chunk.separator == "and" and _is_word(predicate):
                ahead = self._subject
            return ahead or self._focus, False
        if len(units) == 1:
            return units[0][1], True
        before = [unit for unit in units if unit[0].last < predicate.first]
        after = [unit for unit in units if unit[0].first > predicate.last]
        if after and (not before or self._leads_into(predicate, after[0][0], chunk)):
            return after[0][1], True
        chosen = before[-1] if before else units[0]
        return chosen[1], True

    def _look_ahead(self, predicate: Predicate, chunk: Chunk) -> tuple[Site, ...]:
        """ "Compression and augmentation were normal in the left CFV": the place comes at the end."""
        position = list(self._chunks).index(chunk)
        if predicate.finding is None:
            return ()
        spoken = any(c.groups for c in self._chunks[:position])
        for later in self._chunks[position + 1 :]:
            if later.separator not in (",", "and", "or", "nor") or later.dismissed:
                return ()
            if later.groups:
                veins = {part.vein for part in later.groups[0].parts} - {None}
                if spoken and not veins <= {site.vein for site in self._focus}:
                    return ()
                found = [p for p in later.predicates if p.finding is not None]
                if any(
                    p.finding and p.finding.property == predicate.finding.property for p in found
                ):
                    return ()
                group = later.groups[0]
                if (
                    found
                    and found[0].last < group.first
                    and self._leads_into(found[-1], group, later)
                ):
                    return compose(group, self._focus)
                return ()
        return ()

    def _leads_into(self, predicate: Predicate, group: PlaceGroup, chunk: Chunk) -> bool:
        between = [
            e for e in chunk.elements if start_of(e) > predicate.last and end_of(e) < group.first
        ]
        if any(
            isinstance(e, Number) or (isinstance(e, Mention) and e.row("finding")) for e in between
        ):
            return False
        found = [p for p in chunk.predicates if p.finding is not None and p.finding.kind == "word"]
        if not between and predicate in found[1:]:
            return True  # "insufficiency below a competent junction"
        words = [self._marks.tokens[end_of(e)].norm for e in between]
        while words and words[-1] in ("the", "a", "its", "both"):
            words.pop()
        return bool(words) and words[-1] in _INTO

    def _assign(
        self, predicate: Predicate, sites: tuple[Site, ...], chunk: Chunk, *, explicit: bool
    ) -> None:
        if len(predicate.numbers) > 1:
            self._distribute(predicate, sites, chunk)
            return
        number = predicate.numbers[0] if predicate.numbers else None
        self._result.append(Assignment(predicate, sites, chunk, explicit, number))

    def _distribute(self, predicate: Predicate, sites: tuple[Site, ...], chunk: Chunk) -> None:
        """Hand out a list of numbers over the list of places of the same length."""
        count = len(predicate.numbers)
        targets: Sequence[tuple[Site, ...]] = ()
        respectively = any(c.cues("respectively") for c in self._chunks if c.clause == chunk.clause)
        recent = tuple(self._mentioned[-count:]) if respectively and len(self._several) <= 1 else ()
        several = tuple(site for place in self._several for site in place)
        for candidate in (sites, self._focus, several, self._ahead(chunk, count), recent):
            split = split_sites(candidate)
            if len(split) == count:
                targets = split
                break
        if not targets and sites and all(site.vein in _SEVERAL for site in sites):
            targets = [sites] * count
        for index, number in enumerate(predicate.numbers):
            place = targets[index] if targets else ()
            self._result.append(Assignment(predicate, place, chunk, bool(targets), number))

    def _ahead(self, chunk: Chunk, count: int) -> tuple[Site, ...]:
        position = list(self._chunks).index(chunk)
        for later in self._chunks[position + 1 :]:
            for group in later.groups:
                if len(group.parts) == count:
                    return compose(group, self._focus)
        return ()

    def _assign_inset(self, number: Number, group: PlaceGroup, chunk: Chunk) -> None:
        part = replace(group.parts[0], until=None, open_start=False)
        sites = compose(PlaceGroup(group.first, group.last, (part,)), self._focus)
        predicate = Predicate(number.first, number.last, numbers=(number,))
        self._result.append(Assignment(predicate, sites, chunk, True, number))

    def _take_groups(self, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        """A clause that only names places."""
        if not groups:
            return
        sites = self._focus
        for group in groups:
            sites = compose(group, sites)
        self._note_varicosities(chunk, sites)
        leading = groups[0]
        if (
            index == 0
            and len(groups) == 1
            and not leading.has_vein
            and len(leading.parts) == 1
            and leading.parts[0].spot
        ):
            self._level = make_site(leading.parts[0])
        follower = self._chunks[index + 1] if index + 1 < len(self._chunks) else None
        opens = (
            follower is not None
            and follower.clause == chunk.clause
            and (follower.separator == ":" or bool(follower.predicates and not follower.groups))
        )
        bracket = chunk.separator in ("(", "[")
        follows = follower is not None and any(p.numbers for p in follower.predicates)
        if bracket and follows and not self._numbers_before(index):
            self._prefixed = True
        opens = opens and (not bracket or self._prefixed)
        previous = self._result[-1] if self._result else None
        narrows = (
            previous is not None
            and previous.chunk.clause == chunk.clause
            and chunk.separator not in ("start",)
            and not opens
        )
        if narrows and previous is not None:
            self._narrow(previous.chunk, groups[-1])
        if self._spread:
            self._spread_over(chunk, groups, [(groups[-1], sites)])
        self._focus = sites
        self._mention(sites)

    def _numbers_before(self, index: int) -> bool:
        return index > 0 and any(p.numbers for p in self._chunks[index - 1].predicates)

    def _narrow(self, chunk: Chunk, group: PlaceGroup) -> None:
        last_sites = self._result[-1].sites
        only_leg = group.has_leg and not group.has_vein and not group.has_spot
        for assignment in self._result:
            same = (
                assignment.chunk is chunk
                or (
                    assignment.chunk.clause == chunk.clause
                    and chunk.separator == "/"
                    and not assignment.chunk.groups[1:]
                    and assignment.sites == last_sites
                )
                or (
                    only_leg
                    and assignment.chunk.clause == chunk.clause
                    and not any(g.has_leg for g in assignment.chunk.groups)
                    and assignment.predicate.finding is not None
                )
            )
            if not same or assignment.dropped:
                continue
            if any(site.has_spot for site in assignment.sites) and group.has_spot:
                continue
            veins = {part.vein for part in group.parts if part.vein}
            own = {site.vein for site in assignment.sites}
            if (
                veins
                and own - {None}
                and not veins <= own
                and not own <= {"DEEP", "SUPERFICIAL", "PERF"}
            ):
                continue
            assignment.sites = compose(group, assignment.sites)

    def _start_spread(
        self, index: int, chunk: Chunk, units: Sequence[tuple[PlaceGroup, tuple[Site, ...]]]
    ) -> None:
        """ "… shows reflux at several levels: A (1.2 s), B (0.9 s)": the finding holds at each."""
        follower = self._chunks[index + 1] if index + 1 < len(self._chunks) else None
        if follower is None or follower.separator != ":":
            return
        straight = bool(follower.groups) and follower.elements[0] is follower.groups[0]
        self._spread = (
            []
            if not straight
            else [
                a
                for a in self._result
                if a.chunk is chunk
                and a.predicate.finding is not None
                and a.predicate.finding.kind in ("word", "noun")
                and not any(site.has_spot for site in a.sites)
                and (bool(units) or a.predicate.finding.value in ("not_assessed", "not_visualized"))
            ]
        )

    def _spread_over(
        self,
        chunk: Chunk,
        groups: Sequence[PlaceGroup],
        units: Sequence[tuple[PlaceGroup, tuple[Site, ...]]],
    ) -> None:
        if not self._spread or not groups:
            return
        veins = {part.vein for group in groups for part in group.parts} - {None}
        own = {site.vein for a in self._spread for site in a.sites} - {None}
        if own and not veins <= own:
            return
        if own and not all(group.has_spot for group in groups):
            return
        if any(p.finding is not None and p.finding.kind != "label" for p in chunk.predicates):
            self._spread = []
            return
        for assignment in self._spread:
            assignment.dropped = True
            for _, sites in units:
                self._result.append(replace(assignment, sites=sites, dropped=False, spread=True))

    def _except(self, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
        """Take the exception's legs out of the statement before, and give it the opposite."""
        previous = [a for a in self._result if a.predicate.finding is not None and not a.dropped]
        sites = compose(groups[-1], self._focus)
        if previous:
            limited = previous[-1]
            self._exclude(limited, sites)
        self._focus = sites
        for predicate in chunk.predicates:
            self._assign(predicate, sites, chunk, explicit=True)

    def _exclude(self, limited: Assignment, sites: tuple[Site, ...]) -> None:
        legs = {leg for site in sites for leg in site.legs}
        veins = {site.vein for site in sites}
        kept = []
        listed = len({site.vein for site in limited.sites}) > 1
        for site in limited.sites:
            if listed and site.vein in veins:
                continue
            if listed:
                kept.append(site)
                continue
            left = tuple(leg for leg in site.legs if leg not in legs)
            if left or not site.legs:
                kept.append(replace(site, legs=left))
        finding = limited.predicate.finding
        if finding is not None and finding.property == "reflux":
            self._result.append(
                replace(limited, sites=sites, exception=True, predicate=_inverse(limited.predicate))
            )
        limited.sites = tuple(kept)
        limited.dropped = not kept


def _is_word(predicate: Predicate) -> bool:
    return predicate.finding is not None and predicate.finding.kind == "word"


def _inverse(predicate: Predicate) -> Predicate:
    negated = None if predicate.negated is not None else (predicate.first, predicate.last)
    return replace(predicate, negated=negated)


__all__ = ["Assignment", "Linked", "SentenceLinker"]
