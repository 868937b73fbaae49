"""The state of every vein segment of a leg, and of each vein.

The codes and their order are those of docs/tables.md; how a statement without a segment speaks
for the levels of its vein is rule 19 of docs/contract.md. Silence never becomes competence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from ultrasound.assess.anatomy import Anatomy
from ultrasound.assess.cells import fill_cells, flag_doubts
from ultrasound.assess.facts import LegFacts, PlaceKey, matching
from ultrasound.assess.reflux import CONTRADICTION, Answer, judge_reflux
from ultrasound.domain import Observation, SegmentEvidence
from ultrasound.knowledge.schema_criteria import Limit

STATUS_ORDER = (
    "refluxing",
    "cannot_say",
    "below_threshold",
    "treated_open",
    "treated_closed",
    "absent",
    "competent",
    "competent_in_part",
    "not_visualized",
    "not_assessed",
    "not_stated",
)
WITHOUT_REFLUX = ("competent", "below_threshold")
_REMOVED = ("stripped", "harvested")
_CLOSED = ("closed", "ehit_1", "ehit_2", "ehit_3", "ehit_4")
VEIN_DENIED = f"{CONTRADICTION}: the vein as a whole is called competent"
GROUP_DENIED = f"{CONTRADICTION}: reflux is denied for the group"
_REASONS = {
    "treated_open": "treated, and open",
    "treated_closed": "treated, and closed",
    "absent": "absent or removed",
    "not_visualized": "the vein could not be seen",
    "not_stated": "nothing is said of its reflux",
}
_STATE = ("reflux", "reflux_time", "treatment_result", "anatomy")
_SPEAKS_FOR_ALL = {
    "reflux": ("absent", "not_assessed"),
    "thrombus": ("absent", "not_assessed"),
    "compressibility": ("full", "not_assessed"),
    "patency": ("patent",),
    "anatomy": ("absent", "not_visualized"),
    "treatment_result": _CLOSED,
}


class LimitSource(Protocol):
    """What gives a vein its limit: a criteria set, or one condition of a payer."""

    def limit_for(self, vein: str) -> Limit | None:
        """The limit of a vein, or None where only the words of the report count."""


def judge_segments(
    facts: LegFacts, anatomy: Anatomy, criteria: LimitSource
) -> tuple[SegmentEvidence, ...]:
    """The state of each place that something is said of, or that a wider statement fills."""
    filled = fill_levels(facts, anatomy)
    answers = {
        place: judge_reflux(found, criteria.limit_for(place[0]))
        for place, found in facts.places.items()
    }
    answers = {
        place: _contradict(place, answer, facts, anatomy) for place, answer in answers.items()
    }
    rows = []
    for place in sorted({*facts.places, *filled}, key=anatomy.place_key):
        own, wider = facts.places.get(place, ()), filled.get(place, ())
        answer = answers.get(place, Answer(None))
        if answer.status is None:
            answer = judge_reflux(wider, criteria.limit_for(place[0]))
        rows.append(_build(facts, place, answer, (own, wider)))
    return tuple(rows)


def judge_vein(vein: str, segments: Iterable[SegmentEvidence], anatomy: Anatomy) -> str:
    """The status of a vein: the first of the order that one of its segments has.

    It is ``competent`` only where the source says so of the whole vein or of enough of it.
    """
    own = [s for s in segments if s.vein == vein]
    found = {s.status for s in own}
    for status in STATUS_ORDER:
        if status in found and status != "competent":
            return status
        if status == "competent" and status in found:
            return status if is_enough(vein, own, anatomy) else "competent_in_part"
    return "not_stated"


def fill_levels(facts: LegFacts, anatomy: Anatomy) -> dict[PlaceKey, tuple[Observation, ...]]:
    """What statements about the whole vein, its thigh or its calf say of its single levels.

    A level's own statement comes first, then the zone's, then the vein's; a bare statement fills
    only where its kind speaks for all of the vein (rule 19).
    """
    filled: dict[PlaceKey, tuple[Observation, ...]] = {}
    stated = {vein for vein, _, _ in facts.places}
    for vein in (vein for vein in anatomy.rules.filled if vein in stated):
        here = {place: found for place, found in facts.places.items() if place[0] == vein}
        for level in anatomy.levels.get(vein, ()):
            wider = _wider_statements(level, here, anatomy)
            for target in _targets(vein, level, here, wider):
                gained = _gain(target, here, wider)
                if gained:
                    filled[target] = gained
    return filled


def speaks_for_all(observation: Observation) -> bool:
    """Whether a statement without a segment is about all of the vein that was examined."""
    if observation.property == "treatment":
        return True
    return observation.value in _SPEAKS_FOR_ALL.get(observation.property, ())


def is_enough(
    vein: str,
    own: Sequence[SegmentEvidence],
    anatomy: Anatomy,
    statuses: Sequence[str] = ("competent",),
) -> bool:
    """Whether the places with one of these statuses are the whole vein, or enough of it."""
    told = {s.segment for s in own if s.status in statuses}
    if {None, "whole"} & told:
        return True
    levels = {level for name in told for level in anatomy.covered(vein, name)}
    needed = anatomy.rules.enough.get(vein, ())
    return all(levels & set(any_of) for any_of in needed)


def is_place_of_denial(place: PlaceKey, found: Sequence[Observation]) -> bool:
    """Whether a place only says "none", as "no incompetent perforators" does."""
    return (
        place[1] is None
        and place[2] is None
        and all(o.property == "reflux" and o.value == "absent" for o in found)
        and not any(o.place.location for o in found)
    )


def _wider_statements(
    level: str, here: Mapping[PlaceKey, Sequence[Observation]], anatomy: Anatomy
) -> list[Observation]:
    """What speaks for a level without naming it: its zone first, the whole length, the vein."""
    wider: list[Observation] = []
    for (vein, segment, _), found in here.items():
        if segment in anatomy.rules.zones and level in anatomy.covered(vein, segment):
            wider += found
    wider += (o for place, found in here.items() if place[1] == "whole" for o in found)
    bare = (o for place, found in here.items() if place[1] is None for o in found)
    return [*wider, *(o for o in bare if speaks_for_all(o))]


def _targets(
    vein: str, level: str, here: Iterable[PlaceKey], wider: Iterable[Observation]
) -> list[PlaceKey]:
    """The places at a level that wider statements fill: each trunk's, where there are several."""
    items = {place[2] for place in here if place[1] == level} | {o.place.item for o in wider}
    if len(items) > 1:
        items.discard(None)
    return [(vein, level, item) for item in sorted(items, key=lambda item: item or 0)]


def _gain(
    target: PlaceKey,
    here: Mapping[PlaceKey, Sequence[Observation]],
    wider: Iterable[Observation],
) -> tuple[Observation, ...]:
    """The wider statements on topics that nothing nearer has spoken of."""
    taken = {_topic(o): target[1] for o in here.get(target, ())}
    gained = []
    for o in wider:
        if o.place.item not in (None, target[2]):
            continue
        if taken.setdefault(_topic(o), o.place.segment) == o.place.segment:
            gained.append(o)
    return tuple(gained)


def _topic(observation: Observation) -> str:
    return "state" if observation.property in _STATE else observation.property


def _build(
    facts: LegFacts,
    place: PlaceKey,
    answer: Answer,
    statements: tuple[Sequence[Observation], Sequence[Observation]],
) -> SegmentEvidence:
    own, wider = statements
    status, reason = _judge_state(answer, own, wider)
    found = (*own, *wider)
    flags = flag_doubts(found)
    return SegmentEvidence(
        leg=facts.leg,
        vein=place[0],
        segment=place[1],
        item=place[2],
        status=status,
        observations=found,
        from_vein=not own,
        flags=(*flags, "from_vein") if wider else flags,
        reason=reason,
        cells=fill_cells(found, facts),
    )


def _judge_state(
    answer: Answer, own: Sequence[Observation], wider: Sequence[Observation]
) -> tuple[str, str]:
    found = [*own, *wider]
    removed = matching(own, "treatment", *_REMOVED)
    states = {
        "treated_open": matching(found, "treatment_result", "open", "recanalized"),
        "treated_closed": matching(found, "treatment_result", *_CLOSED),
        "absent": matching(found, "anatomy", "absent") or removed,
        "not_visualized": matching(found, "anatomy", "not_visualized"),
    }
    told = {status for status, proof in states.items() if proof}
    if answer.status is not None:
        told.add(answer.status)
    if not told and matching(wider, "treatment", *_REMOVED):
        return "absent", _REASONS["absent"]
    status = next((status for status in STATUS_ORDER if status in told), "not_stated")
    return status, answer.reason if status == answer.status else _REASONS[status]


def _contradict(place: PlaceKey, answer: Answer, facts: LegFacts, anatomy: Anatomy) -> Answer:
    """A place that refluxes, against a denial for its vein as a whole or for its group."""
    if answer.status != "refluxing":
        return answer
    vein, segment, _ = place
    for other, found in facts.places.items():
        if not matching(found, "reflux", "absent") or other == place:
            continue
        if other[0] == vein and _denies(other[1], segment, vein, anatomy):
            return replace(answer, status="cannot_say", reason=VEIN_DENIED)
        if other[1:] == (None, None) and other[0] in anatomy.groups_over(vein):
            return replace(answer, status="cannot_say", reason=GROUP_DENIED)
    return answer


def _denies(denied: str | None, segment: str | None, vein: str, anatomy: Anatomy) -> bool:
    """Whether a denial for ``denied`` covers ``segment``, which it does not name itself.

    A competent trunk says nothing about its junction.
    """
    if segment is None or vein not in anatomy.rules.filled:
        return False
    if denied is None:
        return segment not in anatomy.rules.junctions
    if denied != "whole" and denied not in anatomy.rules.zones:
        return False
    covered = set(anatomy.covered(vein, segment))
    return segment != denied and covered <= set(anatomy.covered(vein, denied))
