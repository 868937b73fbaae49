"""Numbers of a clause as measured facts, by their units, labels and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ultrasound.domain import Quantity
from ultrasound.extract.clauses.chunks import Chunk, end_of
from ultrasound.extract.facts.bare_names import (
    counts_veins,
    is_alone,
    is_first_of_row,
    is_one_of_several,
    name_bare,
    name_by_size,
    name_in_row,
    numbers_item,
    tells_treatment,
)
from ultrasound.extract.facts.distances import (
    bounds_denied,
    is_aside,
    is_distance,
    is_extent,
    leads_to_distance,
)
from ultrasound.extract.facts.fact import GROUPS, Doubt, Fact, Outcome, Pass, Setting
from ultrasound.extract.facts.labels import depth_of_other, labels_over, nearest_label
from ultrasound.extract.facts.listed_lengths import name_length
from ultrasound.extract.facts.none_cells import answers_reflux
from ultrasound.extract.facts.placing import Placer, Statement, name_leg, name_vein
from ultrasound.extract.facts.reflux_numbers import YEAR, can_be_code, names_another
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.extract.words.units import KIND_OF, ChosenUnit
from ultrasound.knowledge.schema_text import Unit, UnitTable

_UNITS: Final = {"time": "ms", "length": "mm", "velocity": "cm/s"}  # the contract's
_OF: Final = frozenset({"of", "lasting"})
_JOINED: Final = 2  # tokens from a noun over "of" to its number
_DECIMAL: Final = re.compile(r"\d{1,2}[.,]\d{1,2}")  # a measurement, and no count or code
_FAR_MM: Final = 50  # a length in cm from here on is a way along the leg
_INSTEAD: Final = (["instead", "of"], ["rather", "than"])
_SET_OFF: Final = frozenset(words[0] for words in _INSTEAD)
_DENYING: Final = ("negation", "contrast")
_TALL_MM: Final = 20  # wider than a perforator is


class MeasureReader:
    """Reads the numbers of one sentence."""

    def __init__(self, placer: Placer, setting: Setting, units: UnitTable) -> None:
        self._placer = placer
        self._setting = setting
        self._units = units

    def read(
        self, a: Assignment, number: Number, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """What a number says; ``everything`` is what its sentence says."""
        span = (number.first, number.last)
        unit = number.unit
        if unit is not None and _is_withdrawn(a, number, unit, everything):
            yield Pass("unspecific", span)
        elif unit is None:
            yield from self._read_bare(a, number, everything)
        elif unit.kind == "other":
            yield Pass(unit.rule or "unspecific", span)
        elif unit.kind in ("time", "length"):
            flags = ("unit_assumed",) if number.assumed else ()
            told = self._read_known(a, number, unit, everything)
            yield from (_add(outcome, flags=flags) for outcome in told) if flags else told
        elif any(
            p.finding and p.finding.property in ("velocity", "reflux") for p in a.chunk.predicates
        ):
            yield from self.measure(a, "velocity", number, unit)
        else:
            yield Pass("unspecific", span)

    def measure(self, a: Assignment, name: str, number: Number, unit: Unit) -> Iterator[Outcome]:
        """A number of a known property, in the contract's unit."""
        low, high = number.amounts(unit)
        quantity = Quantity(
            value=low,
            unit=_UNITS[unit.kind],
            comparator=number.comparator,
            upper=high,
            attained=number.attained,
        )
        flags = ("attained",) if number.attained else ()
        if name == "reflux_time" and (a.predicate.physiological or a.chunk.cues("physiological")):
            flags = (*flags, "physiological")
        if not self._is_plausible(name, low):
            flags = (*flags, "out_of_range")
        yield from self._placer.place(
            a, Statement(name, quantity, (number.first, number.last), flags)
        )

    def _is_plausible(self, name: str, value: Decimal) -> bool:
        """Whether a number can be meant (units.toml, ``plausible``)."""
        limits = self._units.find_limits(name)
        return limits is None or limits.least <= value <= limits.most

    # --- numbers without a unit -----------------------------------------------------------------

    def _read_bare(
        self, a: Assignment, number: Number, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """What a number without a unit measures; where a list of codes was declared, nothing."""
        listed = self._setting.listed
        if numbers_item(a, number, everything):
            return
        name = name_bare(a, number, everything, listed) or name_in_row(a, everything, self._setting)
        name = name or name_by_size(a, everything, self._setting, self._units)
        single = listed == (name,) and a.predicate.pair is None
        counts = counts_veins(a, number)
        if counts and not listed:
            return
        if counts or (single and is_one_of_several(a, everything, self._setting.crowded)):
            span = (number.first, number.last)
            yield Doubt("unread", span, name_leg(a.sites), name_vein(a.sites))
        elif name is None:
            yield from self._read_unnamed(a, number, everything)
        elif name in KIND_OF:
            yield from self._read_named(a, number, name, everything)

    def _read_named(
        self, a: Assignment, number: Number, name: str, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """A bare number takes the unit that the report states for it.

        Else it takes the one its numbers have, flagged as assumed (rule 6).
        """
        row, span = self._setting.row, (number.first, number.last)
        dated = KIND_OF[name] == "length" or tells_treatment(a.chunk)
        if dated and YEAR.fullmatch(number.low):
            yield Pass("date_or_id", span)
            return
        chosen = self._unit_listed(name) or self._setting.units.choose(name, number, self._units)
        if chosen is None or chosen.at is None:
            above = next((unit for other, unit in row if other == name and unit is not None), None)
            chosen = chosen if above is None else ChosenUnit(above)
        if chosen is None or (chosen.at is None and can_be_code(a, number, self._setting.units)):
            yield Doubt("unit_missing", span, name_leg(a.sites), name_vein(a.sites))
            return
        completed = replace(a, number=replace(number, unit=chosen.unit))
        for outcome in self._read_known(completed, number, chosen.unit, everything):
            if chosen.at is None:
                yield _add(outcome, flags=("unit_assumed",))
            else:
                yield _add(outcome, support=(("unit", chosen.at),))

    def _read_unnamed(
        self, a: Assignment, number: Number, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """A number that nothing names: a 0 for a time, or the first of a row not understood."""
        if number.low == "0" and answers_reflux(a, everything, self._setting):
            yield from self._read_nought(a, number, everything)
        elif is_first_of_row(a, everything) or (
            _DECIMAL.fullmatch(number.low) and is_alone(a, everything)
        ):
            span = (number.first, number.last)
            yield Doubt("unread", span, name_leg(a.sites), name_vein(a.sites))

    def _read_nought(
        self, a: Assignment, number: Number, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """A 0 in the place of a time: "4.1 mm, 0" among times says that there is no reflux."""
        span = (number.first, number.last)
        timed = "time" in self._setting.units.usual or "reflux_time" in self._setting.listed
        paired = a.chunk.separator == "/" and any(b.number and b.number.unit for b in everything)
        timed = timed or paired
        if timed:
            yield from self._placer.code(a, "reflux", "absent", span)
        else:
            yield Doubt("unit_missing", span, name_leg(a.sites), name_vein(a.sites))

    def _unit_listed(self, name: str) -> ChosenUnit | None:
        """The unit that the heading of the list gives a property."""
        for listed, unit in zip(self._setting.listed, self._setting.listed_units, strict=False):
            if listed == name and unit is not None:
                return ChosenUnit(*unit)
        return None

    # --- times and lengths ----------------------------------------------------------------------

    def _read_known(
        self, a: Assignment, number: Number, unit: Unit, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        if _is_denied(a.chunk, number):
            yield Pass("threshold", (number.first, number.last))
        elif unit.kind == "time":
            yield from self._read_time(a, number, unit, everything)
        else:
            yield from self._read_length(a, number, unit, everything)

    def _read_time(
        self, a: Assignment, number: Number, unit: Unit, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        span = (number.first, number.last)
        if a.chunk.cues("other_method"):
            yield Pass("other_method", span)
            return
        bound = number.comparator in (">", "<", ">=", "<=") and not number.attained
        if a.sites and all(site.vein in GROUPS for site in a.sites):
            yield Pass("threshold", span) if bound else Doubt("no_vein_named", span)
            return
        if bound and _denies_reflux(a.chunk, everything):
            yield Pass("threshold", span)
        elif names_another(a.chunk, number, self._units.before_time):
            yield Doubt("unread", span, name_leg(a.sites), name_vein(a.sites))
        elif number.amounts(unit) == (Decimal(0), None):
            yield from self._placer.code(a, "reflux", "absent", span)
        else:
            yield from self.measure(a, "reflux_time", number, unit)

    def _read_length(
        self, a: Assignment, number: Number, unit: Unit, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        span = (number.first, number.last)
        low, high = number.amounts(unit)
        labels = nearest_label(a.chunk, number) or labels_over(a.chunk, everything)
        far = unit.centi and low >= _FAR_MM
        distant = is_distance(a.chunk, number) or is_aside(a.chunk, everything)
        distant = distant or (low >= _TALL_MM and leads_to_distance(number, everything))
        if bounds_denied(a, number):
            yield Pass("threshold", span)
        elif distant and high is not None and not unit.centi:
            yield Doubt("unread", span, name_leg(a.sites), name_vein(a.sites))  # size or way
        elif far or "length" in labels or distant or is_extent(a, number, unit):
            yield Pass("distance", span)
        elif low == 0:
            yield Pass("template_blank", span)
        elif any(site.vein in GROUPS for site in a.sites):
            yield Doubt("no_vein_named", span)
        else:
            other = depth_of_other(a.chunk, number)
            deep = "depth" in labels and (other is False or "diameter" not in labels) and not other
            listed = None if labels else name_length(a, number, everything, self._setting)
            name = "depth" if deep or listed == "depth" else "diameter"
            yield from self.measure(a, name, number, unit)


def _add(
    outcome: Outcome,
    *,
    flags: tuple[str, ...] = (),
    support: tuple[tuple[str, Span], ...] = (),
) -> Outcome:
    """A fact with more flags and support; other outcomes as they are."""
    if not isinstance(outcome, Fact):
        return outcome
    return replace(outcome, flags=(*outcome.flags, *flags), support=(*outcome.support, *support))


def _denies_reflux(chunk: Chunk, everything: Sequence[Assignment]) -> bool:
    return any(
        b.chunk is chunk
        and b.predicate.finding is not None
        and b.predicate.finding.property == "reflux"
        and b.predicate.value == "absent"
        for b in everything
    )


def _is_denied(chunk: Chunk, number: Number) -> bool:
    """Whether a number belongs to a noun that is denied: "reflux of 500 ms was not seen"."""
    return any(
        p.value == "absent"
        and not p.weak
        and p.finding is not None
        and p.last == number.first - _JOINED
        and not chunk.norms.isdisjoint(_OF)
        for p in chunk.predicates
    )


def _is_withdrawn(
    a: Assignment, number: Number, unit: Unit, everything: Sequence[Assignment]
) -> bool:
    """Whether a number is what another one takes the place of: "4.2 mm, not 2.4 mm"."""
    if a.chunk.norms.isdisjoint(_SET_OFF) and a.chunk.kinds.isdisjoint(_DENYING):
        return False  # most clauses
    before = [e for e in a.chunk.elements if end_of(e) < number.first]
    words = [e.norm for e in before[-2:] if isinstance(e, Token)]
    denied = len(before) == 1 and isinstance(before[0], Mention) and before[0].cue(*_DENYING)
    if a.chunk.prior or number.comparator != "=" or (not denied and words not in _INSTEAD):
        return False
    numbers = [b.number for b in everything if b.number is not None and b.number.unit is not None]
    return any(n.last < number.first and n.unit and n.unit.kind == unit.kind for n in numbers)
