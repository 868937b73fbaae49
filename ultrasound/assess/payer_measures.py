"""Conditions of payers on reflux and diameters, each answered for one vein of a leg.

Silence never meets a condition and never fails one; a bound or range that straddles a limit, or
sources that contradict each other, decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ultrasound.assess.facts import matching, measured
from ultrasound.assess.figures import largest, measure, reach, write_quantity
from ultrasound.assess.payer_case import NOTHING, Answer, Case, cannot_say, decide
from ultrasound.assess.reflux import FigureVerdict, judge_figure, judge_time
from ultrasound.assess.status import WITHOUT_REFLUX, is_enough
from ultrasound.domain import Observation, SegmentEvidence, Verdict
from ultrasound.knowledge.schema_payers import Condition

_REFLUX = ("reflux", "reflux_time")


def judge_reflux_times(case: Case, condition: Condition) -> Answer:
    """Reflux of a length that was measured, anywhere in the vein or at its named levels."""
    short = _ask(condition)
    asked = f"reflux {short}{_name_levels(case, condition)}"
    places = _at_levels(case.by_limit, case, condition)
    refluxing = [s for s in places if s.status == "refluxing"]
    limit = condition.limit_for(case.vein)
    assert limit is not None
    timed = [(judge_time(s.observations, limit).observation, s) for s in refluxing if _times(s)]
    if timed:
        longest = largest([o for o, _ in timed])
        place = next(s for o, s in timed if o is longest)
        words = (case.write(longest, place), asked, short)
        return decide(Verdict.MET, words, place, (longest,))
    if refluxing:
        reason = "reflux is stated in words, without a time"
        return cannot_say(_tell(case, refluxing[0]), asked, reason, refluxing[0])
    return _judge_no_reflux(case, condition, places, (asked, short))


def judge_reflux_places(case: Case, condition: Condition) -> Answer:
    """Reflux by the criteria of the run, anywhere in the vein or at its named levels."""
    asked = f"reflux by {case.view.criteria.id}{_name_levels(case, condition)}"
    places = _at_levels(case.places, case, condition)
    refluxing = [s for s in places if s.status == "refluxing"]
    if refluxing:
        place = max(refluxing, key=_longest_time)
        return decide(Verdict.MET, (_tell(case, place), asked, "reflux"), place, _prove(place))
    return _judge_no_reflux(case, condition, places, (asked, "reflux"))


def _judge_no_reflux(
    case: Case, condition: Condition, places: Sequence[SegmentEvidence], words: tuple[str, str]
) -> Answer:
    """The answer where no place meets: not met only if enough of the vein is told of."""
    asked, short = words
    doubtful = [s for s in places if s.status == "cannot_say"]
    if doubtful:
        place = doubtful[0]
        return cannot_say(_tell(case, place), asked, place.reason, place)
    without = [s for s in places if s.status in WITHOUT_REFLUX]
    if without:
        place = max(without, key=_longest_time)
        found = _tell(case, place)
        proof = [o for s in without for o in _prove(s)]
        if condition.levels or is_enough(case.vein, without, case.view.anatomy, WITHOUT_REFLUX):
            return decide(Verdict.NOT_MET, (found, asked, short), place, proof)
        return cannot_say(found, asked, "the rest of the vein is not stated", place)
    if places:
        return cannot_say(NOTHING, asked, places[0].reason, places[0])
    told = [s for s in case.places if _times(s) or matching(s.observations, "reflux", "present")]
    if told:
        place = max(told, key=_longest_time)
        return cannot_say(_tell(case, place), asked, "nothing is stated at the place asked", place)
    return cannot_say(NOTHING, asked, "nothing is stated of its reflux there")


def judge_diameter(case: Case, condition: Condition) -> Answer:
    """A diameter, anywhere in the vein or at its named levels."""
    short = _ask(condition)
    asked = f"diameter {short}{_name_levels(case, condition)}"
    sized = [s for s in case.places if measured(s.observations, "diameter")]
    own = [s for s in sized if condition.levels or not s.from_vein]
    places = _at_levels(own, case, condition)
    if not places:
        if not sized:
            return cannot_say(NOTHING, asked, "no diameter is stated")
        place, other = _largest(sized, "diameter")
        found = case.write(other, place)
        return cannot_say(found, asked, "no diameter is stated at the place asked", place)
    judged = [(s, _judge_size(s, condition)) for s in places]
    for verdict in (Verdict.MET, Verdict.CANNOT_SAY, Verdict.NOT_MET):
        fits = [s for s, answer in judged if answer.verdict is verdict]
        if not fits:
            continue
        place = _largest(fits, "diameter")[0]
        answer = next(answer for s, answer in judged if s is place)
        found = case.write(answer.observation, place)
        if verdict is Verdict.CANNOT_SAY:
            return cannot_say(found, asked, answer.reason, place)
        return decide(verdict, (found, asked, short), place, (answer.observation,))
    raise AssertionError("a place has one of the three verdicts")


def _judge_size(place: SegmentEvidence, condition: Condition) -> FigureVerdict:
    found = measured(place.observations, "diameter")
    figure, test = condition.figure, condition.test
    assert figure is not None
    assert test is not None
    if any("out_of_range" in o.flags for o in found):
        return FigureVerdict(Verdict.CANNOT_SAY, found[0], "the number can hardly be meant")
    return judge_figure(found, test, figure)


def _at_levels(
    places: Sequence[SegmentEvidence], case: Case, condition: Condition
) -> list[SegmentEvidence]:
    levels = condition.levels.get(case.vein)
    return [s for s in places if levels is None or s.segment in levels]


def _name_levels(case: Case, condition: Condition) -> str:
    levels = condition.levels.get(case.vein, ())
    return " or".join(case.name(level) for level in levels)


def _ask(condition: Condition) -> str:
    """The figure that is asked for."""
    assert condition.figure is not None
    assert condition.test is not None
    return write_quantity(replace(condition.figure, comparator=condition.test))


def _times(place: SegmentEvidence) -> list[Observation]:
    return measured(place.observations, "reflux_time")


def _largest(places: Sequence[SegmentEvidence], prop: str) -> tuple[SegmentEvidence, Observation]:
    """The largest value of a property at these places, and the first place that has it."""
    best = largest([o for s in places for o in measured(s.observations, prop)])
    return next((s, best) for s in places if best in s.observations)


def _longest_time(place: SegmentEvidence) -> Decimal:
    """A place's time, and less than any where it has none."""
    return max((reach(measure(o)) for o in _times(place)), default=Decimal(-1))


def _tell(case: Case, place: SegmentEvidence) -> str:
    """What is found of the reflux of a place."""
    times = _times(place)
    if times:
        return "; ".join(dict.fromkeys(case.write(o, place) for o in times))
    word = "no reflux" if place.status in WITHOUT_REFLUX else "reflux"
    return f"{word}{case.name(place.segment)}, in words"


def _prove(place: SegmentEvidence) -> list[Observation]:
    return [o for o in place.observations if o.property in _REFLUX]
