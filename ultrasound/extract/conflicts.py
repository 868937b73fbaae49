"""Facts of one report that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.fact import PERFORATORS, Fact
from ultrasound.extract.spots import LONG_ZONES
from ultrasound.knowledge.schema_text import TextKnowledge

_OPPOSITES: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "reflux": (frozenset({"present"}), frozenset({"absent"})),
    "thrombus": (
        frozenset({"present", "acute", "subacute", "chronic", "indeterminate"}),
        frozenset({"absent"}),
    ),
    "compressibility": (frozenset({"none", "partial"}), frozenset({"full"})),
    "patency": (frozenset({"occluded"}), frozenset({"patent"})),
}
_REMOVED: Final = ("ablation", "thermal_ablation", "nonthermal_ablation", "stripped")


class ConflictFinder:
    """Finds contradictions; ``limits`` are the reflux limits in ms by vein."""

    def __init__(self, knowledge: TextKnowledge, limits: Mapping[str, Decimal]) -> None:
        self._knowledge = knowledge
        self._limits = limits

    def find(self, facts: Sequence[Fact]) -> set[int]:
        """The positions of the facts that another one contradicts."""
        by_leg: dict[Leg | None, list[int]] = defaultdict(list)
        for index, fact in enumerate(facts):
            if not fact.prior:
                by_leg[fact.leg].append(index)
        found: set[int] = set()
        for indices in by_leg.values():
            for i, k in combinations(indices, 2):
                if self._contradict(facts[i], facts[k]):
                    found.update((i, k))
        return found

    def _contradict(self, one: Fact, other: Fact) -> bool:
        pairs = ((one, other), (other, one))
        if any(_refluxes_though_treated(a, b) for a, b in pairs):
            return True
        if not self._same_place(one, other):
            return False
        if (
            one.property == other.property
            and isinstance(one.value, str)
            and isinstance(other.value, str)
        ):
            return any(_are_opposite(a, b) and self._denies(b, a) for a, b in pairs)
        return any(
            time.property == "reflux_time"
            and word.property == "reflux"
            and word.value == "absent"
            and self._exceeds(time)
            and self._denies(word, time)
            for time, word in pairs
        )

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
        return (
            other.vein in self._members_of(one.vein)
            or one.vein in self._members_of(other.vein)
            or (one.vein in PERFORATORS and other.vein in PERFORATORS)
        )

    def _members_of(self, vein: str) -> tuple[str, ...]:
        row = self._knowledge.vein_rows.get(vein)
        return () if row is None else row.members

    def _denies(self, denial: Fact, claim: Fact) -> bool:
        """Whether a denial reaches a claim: the same place, a vein its segment, a group its member.

        The denial of one segment leaves the claim about the vein as a whole standing (rule 19).
        """
        if denial.vein == claim.vein:
            same = denial.segment in (None, claim.segment)
            return same or _contains(denial.segment, claim.segment)
        if denial.vein == "PERF" and claim.vein in PERFORATORS:
            return True
        return claim.vein in self._members_of(denial.vein)


def _are_opposite(claim: Fact, denial: Fact) -> bool:
    sides = _OPPOSITES.get(claim.property)
    return sides is not None and claim.value in sides[0] and denial.value in sides[1]


def _refluxes_though_treated(treatment: Fact, reflux: Fact) -> bool:
    """A vein that is called ablated, and as a whole refluxing: one of the two is out of date."""
    return (
        treatment.vein == reflux.vein
        and treatment.segment is reflux.segment is None
        and treatment.property == "treatment"
        and treatment.value in _REMOVED
        and reflux.property == "reflux"
        and reflux.value == "present"
    )


def _contains(outer: str | None, inner: str | None) -> bool:
    """Whether a segment lies within another one."""
    if outer is None or inner is None:
        return False
    return outer == "whole" or (outer in LONG_ZONES and inner.endswith(f"_{outer}"))
