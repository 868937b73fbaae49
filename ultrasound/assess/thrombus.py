"""Thrombus in the deep and in the superficial veins of a leg, in one code each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ultrasound.assess.facts import counts, is_sure
from ultrasound.assess.systems import LegView
from ultrasound.domain import Leg, Observation, ReviewItem

_AGES = ("acute", "subacute", "chronic")
_EXTENDING = ("ehit_2", "ehit_3", "ehit_4")
POSITIVE = ("acute", "subacute", "chronic", "present")


def judge_thrombus(view: LegView, system: str) -> str:
    """The thrombus of one system in one code of docs/tables.md.

    A positive finding is never hidden by a denial elsewhere in the report. ``system`` is ``deep``
    (with the iliac veins, the IVC and heat-induced thrombus that extends into a deep vein) or
    ``superficial``.
    """
    found = find_thrombus(view, system)
    sure = {str(o.value) for o in found if is_sure(o)}
    for age in _AGES:
        if age in sure:
            return age
    if sure & {"present", "indeterminate", *_EXTENDING}:
        return "present"
    if any(not is_sure(o) for o in found if o.value != "not_assessed"):
        return "cannot_say"
    return _judge_denial(view, system, found)


def find_thrombus(view: LegView, system: str) -> list[Observation]:
    """The statements that the code rests on."""
    groups = ("DEEP", "CALF") if system == "deep" else ("SUPERFICIAL",)
    veins = (*view.anatomy.veins_of(system), *groups)
    found = view.facts.about(veins, ("thrombus",))
    if system == "deep":
        results = view.facts.about(view.anatomy.veins_of("superficial"), ("treatment_result",))
        found += [o for o in results if o.value in _EXTENDING]
    return found


def is_positive(observation: Observation) -> bool:
    """Whether a fact affirms a thrombus of any age."""
    return observation.value in (*_AGES, "present", "indeterminate", *_EXTENDING) and is_sure(
        observation
    )


def list_ehit_review(observations: Iterable[Observation]) -> list[ReviewItem]:
    """A review item per vein whose heat-induced thrombus reaches into a deep vein (EHIT 2 to 4).

    Source: AVF/SVS classification of endothermal heat-induced thrombosis (Kabnick et al. 2021).
    """
    found: dict[tuple[Leg | None, str], list[Observation]] = {}
    for o in observations:
        if o.property == "treatment_result" and is_positive(o) and counts(o):
            found.setdefault((o.place.leg, o.place.vein), []).append(o)
    return [
        ReviewItem(
            document=proof[0].document,
            leg=leg,
            vein=vein,
            segment=proof[0].place.segment,
            code="acute_thrombus",
            message="Heat-induced thrombus extends into a deep vein (EHIT class 2 or above).",
            origins=tuple(o.source for o in proof),
        )
        for (leg, vein), proof in found.items()
    ]


def _judge_denial(view: LegView, system: str, found: Sequence[Observation]) -> str:
    rules = view.anatomy.rules
    group = "DEEP" if system == "deep" else "SUPERFICIAL"
    core = rules.deep_core if system == "deep" else rules.superficial_core
    absent = [o for o in found if o.value == "absent"]
    fully = {o.place.vein for o in absent if "acute_only" not in o.flags}
    partly = {o.place.vein for o in absent}
    if group in fully or set(core) <= fully:
        return "absent"
    if group in partly or set(core) <= partly:
        return "no_acute"
    if not absent and any(o.value == "not_assessed" for o in found):
        return "not_assessed"
    return "not_stated"
