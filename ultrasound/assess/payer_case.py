"""One vein of a leg before one condition of a payer: what is given, and what is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from ultrasound.assess.facts import LegFacts
from ultrasound.assess.figures import measure, write_quantity
from ultrasound.assess.systems import LegView
from ultrasound.domain import Context, Observation, SegmentEvidence, Study, Verdict

NOTHING = "not stated"


@dataclass(frozen=True)
class Exam:
    """What the exam as a whole adds: its date, and whether it is of this leg only."""

    date: str | None
    alone: bool

    @classmethod
    def of(cls, study: Study, view: LegView, other: LegFacts) -> Self:
        """The exam of a leg; a leg sampled for comparison leaves it the only one."""
        sampled = {o.place.vein for o in other.observations}
        return cls(study.exam_date, sampled <= set(view.anatomy.rules.comparison))


@dataclass(frozen=True)
class Case:
    """One target: its places by the criteria in force, and ``by_limit``, the payer's own."""

    view: LegView
    exam: Exam
    vein: str
    places: tuple[SegmentEvidence, ...]
    by_limit: tuple[SegmentEvidence, ...]

    def name(self, segment: str | None) -> str:
        """A level in words."""
        if segment is None:
            return ", level not stated"
        return f" at the {self.view.tables.display.segments.get(segment, segment)}"

    def write(self, observation: Observation, place: SegmentEvidence) -> str:
        """A measured value with its place."""
        return f"{write_quantity(measure(observation))}{self.name(place.segment)}"


@dataclass(frozen=True)
class Answer:
    """The verdict on one condition, what was found and asked, and the proof."""

    verdict: Verdict
    found: str
    asked: str
    reason: str
    place: SegmentEvidence | None = None
    observations: tuple[Observation, ...] = ()
    context: tuple[Context, ...] = ()


def decide(
    verdict: Verdict,
    words: tuple[str, str, str],
    place: SegmentEvidence | None,
    proof: Iterable[Observation],
) -> Answer:
    """A verdict with its reason; ``words``: what was found, what is asked, and that in short."""
    found, asked, short = words
    reason = f"{found}, asked {short}: {verdict.value.replace('_', ' ')}"
    return Answer(verdict, found, asked, reason, place, tuple(dict.fromkeys(proof)))


def cannot_say(found: str, asked: str, why: str, place: SegmentEvidence | None = None) -> Answer:
    """No verdict, and why."""
    reason = f"{why}: cannot say"
    proof = () if place is None else place.observations
    return Answer(Verdict.CANNOT_SAY, found, asked, reason, place, proof)
