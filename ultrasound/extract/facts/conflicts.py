"""Facts of one report that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.facts.fact import COUNTED, GROUPS, PERFORATORS, Fact
from ultrasound.extract.places.spots import LONG_ZONES
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
# "7.8 mm" and "2.3 s" in the findings, "8 mm" and "2.5 s" in the impression
_ROUNDED: Final[Mapping[str, Decimal]] = {"diameter": Decimal("0.5"), "reflux_time": Decimal(250)}
_CONCLUDING: Final = "impression"
_JUNCTIONS: Final = ("sfj", "spj")
_NEITHER: Final = (frozenset[str](), frozenset[str]())
_REMOVED: Final = ("ablation", "thermal_ablation", "nonthermal_ablation", "stripped")
_Question = tuple[Leg | None, str]


class ConflictFinder:
    """Finds contradictions; ``limits`` are the reflux limits in ms by vein."""

    def __init__(self, knowledge: TextKnowledge, limits: Mapping[str, Decimal]) -> None:
        self._knowledge = knowledge
        self._limits = limits

    def find(self, facts: Sequence[Fact]) -> set[int]:
        """The positions of the facts that another one contradicts."""
        pairs = self._find_pairs(facts) | _find_values(facts)
        return {index for i, k in pairs if not facts[k].rest for index in (i, k)}

    def _find_pairs(self, facts: Sequence[Fact]) -> set[tuple[int, int]]:
        """The positions of each claim and of the denial that contradicts it."""
        claims: dict[_Question, list[int]] = defaultdict(list)
        denials: dict[_Question, list[int]] = defaultdict(list)
        for index, fact in enumerate(facts):
            if fact.prior:
                continue
            question, claimed = question_of(fact)
            if question is not None:
                (claims if claimed else denials)[fact.leg, question].append(index)
        return {
            (i, k)
            for key, deny in denials.items()
            for i, k in product(claims.get(key, ()), deny)
            if self._contradict(facts[i], facts[k], in_order=i < k)
        }

    def drop_rests(self, facts: Sequence[Fact]) -> list[Fact]:
        """The facts without what is said of the rest of a group of which a member is named.

        Such a statement holds for the legs of which no member is said to differ (rule 13).
        """
        if not any(fact.rest for fact in facts):
            return list(facts)
        groups = (*GROUPS, *PERFORATORS)
        dropped = {
            k for _, k in self._find_pairs(facts) if facts[k].rest and facts[k].vein in groups
        }
        return [fact for i, fact in enumerate(facts) if i not in dropped]

    def _contradict(self, claim: Fact, denial: Fact, *, in_order: bool) -> bool:
        """Whether a denial holds against a claim; ``in_order`` where the claim comes first."""
        if "acute_only" in denial.flags and claim.value != "acute" and not claim.uncertain:
            return False
        if denial.property == "treatment":
            return _refluxes_though_treated(denial, claim)
        if not self._denies(denial, claim):
            return False
        # "GSV competent throughout" may leave out the junction of which a reflux was told before
        concludes = denial.section == _CONCLUDING and claim.segment not in _JUNCTIONS
        pair = (claim, denial) if in_order and not concludes else (denial, claim)
        if not self._same_place(*pair):
            return False
        return claim.property != "reflux_time" or self.exceeds(claim)

    def exceeds(self, fact: Fact) -> bool:
        """Whether a reflux time is longer than the limit of its vein."""
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
            return denial.location is None and denial.item is None  # else it is one of them
        return claim.vein in self._members_of(denial.vein)


def _find_values(facts: Sequence[Fact]) -> set[tuple[int, int]]:
    """The positions of two values of one place: a trunk has one, and the report gives two."""
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        level = fact.segment not in (None, "whole", *LONG_ZONES)
        single = level and fact.vein not in COUNTED and not fact.expanded and fact.location is None
        sure = fact.leg is not None and not (fact.prior or fact.uncertain)
        if fact.property in _ROUNDED and single and sure:
            places[fact.property, fact.leg, fact.vein, fact.segment, fact.item].append(index)
    return {
        pair
        for indices in places.values()
        for pair in combinations(indices, 2)
        if _differ(facts[pair[0]], facts[pair[1]])
    }


def _differ(one: Fact, other: Fact) -> bool:
    """Whether two values are more than rounded apart; a bound or a range is another statement."""
    first, second = one.value, other.value
    if not (isinstance(first, Quantity) and isinstance(second, Quantity)):
        return False
    plain = all(q.comparator == "=" and q.upper is None for q in (first, second))
    return plain and abs(first.value - second.value) > _ROUNDED[one.property]


def question_of(fact: Fact) -> tuple[str | None, bool]:
    """What a fact answers, and whether with a yes; None where nothing can contradict it."""
    if fact.property == "reflux_time":
        return "reflux", True
    if fact.property == "treatment":
        return "reflux" if fact.value in _REMOVED else None, False
    yes, no = _OPPOSITES.get(fact.property, _NEITHER)
    claimed = fact.value in yes
    return fact.property if claimed or fact.value in no else None, claimed


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
