"""Reflux of the superficial, the deep and the perforator system of a leg, and perforator counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ultrasound.assess.anatomy import Anatomy
from ultrasound.assess.criteria import PERFORATORS, is_described, is_pathologic
from ultrasound.assess.facts import LegFacts, matching
from ultrasound.assess.reflux import judge_reflux
from ultrasound.assess.status import WITHOUT_REFLUX
from ultrasound.domain import Observation, SegmentEvidence, Verdict
from ultrasound.knowledge.schema_criteria import CriteriaKnowledge, CriteriaSet

DEEP_GROUPS = ("DEEP",)
SUPERFICIAL_GROUPS = ("SUPERFICIAL",)
_STATED_WITHOUT = (*WITHOUT_REFLUX, "competent_in_part")


@dataclass(frozen=True)
class LegView:
    """One leg as the assessing modules see it: facts, places, and the status of each vein."""

    facts: LegFacts
    anatomy: Anatomy
    criteria: CriteriaSet
    tables: CriteriaKnowledge
    segments: tuple[SegmentEvidence, ...]
    veins: Mapping[str, str]

    def status(self, vein: str) -> str:
        """The status of a vein."""
        return self.veins.get(vein, "not_stated")

    def of(self, vein: str) -> list[SegmentEvidence]:
        """The places of a vein, from the groin down."""
        return [s for s in self.segments if s.vein == vein]

    def group(self, *codes: str) -> list[Observation]:
        """The statements on groups as such."""
        return [o for o in self.facts.observations if o.place.vein in codes]


def judge_superficial(view: LegView) -> str:
    """Whether the superficial system refluxes: yes, cannot_say, no, in_part and so on."""
    veins = view.anatomy.veins_of("superficial")
    return _judge_system(view, veins, SUPERFICIAL_GROUPS, view.anatomy.rules.superficial_core)


def judge_deep(view: LegView) -> str:
    """Whether the deep system refluxes; CALF answers for itself only."""
    veins = (*view.anatomy.veins_of("deep"), "CALF")
    return _judge_system(view, veins, DEEP_GROUPS, view.anatomy.rules.deep_core)


def judge_perforators(view: LegView) -> str:
    """Whether perforators reflux; ``no`` only if denied or all described are below the limit."""
    found = {view.status(vein) for vein in PERFORATORS}
    if "refluxing" in found:
        return "yes"
    if "cannot_say" in found:
        return "cannot_say"
    described = [s for s in view.segments if is_described(s)]
    if is_denied(view) or (described and all(s.status in WITHOUT_REFLUX for s in described)):
        return "no"
    return _settle(found)


def is_denied(view: LegView) -> bool:
    """Whether reflux of perforators is denied for the leg: in general, or for thigh and calf."""
    denied = {
        s.vein
        for s in view.segments
        if s.vein in PERFORATORS
        and not is_described(s)
        and matching(s.observations, "reflux", "absent")
    }
    return "PERF" in denied or {"TPV", "CPV"} <= denied


def count_perforators(view: LegView) -> tuple[int | None, int | None]:
    """How many perforators reflux, and how many are pathologic by the set in force.

    None where no perforator is described or denied, or the set does not define pathologic.
    """
    described = [s for s in view.segments if is_described(s)]
    answered = [s for s in view.segments if s.vein in PERFORATORS and s.status != "not_assessed"]
    if not described and not answered:
        return None, None
    refluxing = sum(_count(s) for s in described if s.status == "refluxing")
    definition = view.criteria.pathologic_perforator
    if definition is None:
        return refluxing, None
    pathologic = (s for s in described if is_pathologic(s, definition) is Verdict.MET)
    return refluxing, sum(_count(s) for s in pathologic)


def _judge_system(
    view: LegView, veins: Sequence[str], groups: tuple[str, ...], core: Iterable[str]
) -> str:
    found = {view.status(vein) for vein in veins}
    group = judge_reflux(view.group(*groups), None).status
    if "refluxing" in found or group == "refluxing":
        return "yes"
    if "cannot_say" in found or group == "cannot_say":
        return "cannot_say"
    if group == "competent" or all(view.status(vein) in WITHOUT_REFLUX for vein in core):
        return "no"
    # A vein's status names its worst level: a competent calf counts below a harvested thigh, too.
    places = {s.status for vein in veins for s in view.of(vein)} & set(WITHOUT_REFLUX)
    return _settle(found | places | ({group} if group else set()))


def _settle(found: set[str]) -> str:
    if found & set(_STATED_WITHOUT):
        return "in_part"
    return "not_assessed" if "not_assessed" in found else "not_stated"


def _count(segment: SegmentEvidence) -> int:
    return max(o.count for o in segment.observations)
