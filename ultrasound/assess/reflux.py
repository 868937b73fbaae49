"""What is known of the reflux at one place: its times against the limit, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ultrasound.assess.facts import by_source, is_sure, matching, measured
from ultrasound.assess.figures import (
    decide,
    is_only_bounded_above,
    largest,
    measure,
    overlap,
    write_quantity,
)
from ultrasound.domain import Observation, Quantity, Verdict
from ultrasound.knowledge.schema_criteria import Limit

UNSURE = "the report is unsure"
CONTRADICTION = "the sources contradict each other"
WORD_AGAINST_NUMBER = "a word and a number contradict each other"
NO_LIMIT = "the criteria in force have no limit for this vein"


@dataclass(frozen=True)
class Answer:
    """A status code of the reflux at one place, None where nothing is said, and why."""

    status: str | None
    reason: str = ""


@dataclass(frozen=True)
class FigureVerdict:
    """A measured value against a limit: the verdict, the value that led to it, and why."""

    verdict: Verdict
    observation: Observation
    reason: str


def judge_reflux(observations: Sequence[Observation], limit: Limit | None) -> Answer:
    """Status of the reflux at one place: ``refluxing``, ``cannot_say`` and so on.

    A time is compared with the limit as an interval; where there is none, or no limit, the
    words of the report count. Words and numbers that contradict each other decide nothing.
    """
    words = _judge_words(observations)
    if not measured(observations, "reflux_time"):
        return words
    if limit is None:
        return words if words.status else Answer("cannot_say", NO_LIMIT)
    time = judge_time(observations, limit)
    if time.verdict is Verdict.CANNOT_SAY:
        return Answer("cannot_say", time.reason)
    denied = matching(observations, "reflux", "absent", "indeterminate", sure=False)
    stated = matching(observations, "reflux", "present", "indeterminate", sure=False)
    against = denied if time.verdict is Verdict.MET else stated
    physiological = time.verdict is Verdict.MET and "physiological" in time.observation.flags
    if against or physiological:
        return Answer("cannot_say", f"{WORD_AGAINST_NUMBER}: {time.reason}")
    status = "refluxing" if time.verdict is Verdict.MET else "below_threshold"
    return Answer(status, time.reason)


def judge_time(observations: Sequence[Observation], limit: Limit) -> FigureVerdict:
    """The reflux times of one place against a limit; there must be at least one."""
    return judge_figure(measured(observations, "reflux_time"), limit.test, limit.quantity)


def judge_figure(
    figures: Sequence[Observation], test: Literal[">", ">="], asked: Quantity
) -> FigureVerdict:
    """The values of one property at one place against a limit; there must be at least one."""
    sure = [o for o in figures if is_sure(o)]
    if not sure:
        return FigureVerdict(Verdict.CANNOT_SAY, figures[0], UNSURE)
    limit = replace(asked, comparator=test)
    leading = [lead(part) for part in by_source(sure)]
    verdicts = [_compare(o, limit) for o in leading]
    chosen = _choose(leading, verdicts)
    if chosen is None or _is_in_conflict(sure, limit):
        return FigureVerdict(Verdict.CANNOT_SAY, leading[0], CONTRADICTION)
    best = leading[chosen]
    reason = f"{write_quantity(measure(best))} against a limit of {write_quantity(limit)}"
    return FigureVerdict(verdicts[chosen], best, reason)


def lead(observations: Sequence[Observation]) -> Observation:
    """Of several values of one source: ``selected``, then ``mean``, else the largest."""
    for derivation in ("selected", "mean"):
        chosen = [o for o in observations if o.derivation == derivation]
        if chosen:
            return largest(chosen)
    return largest(observations)


def _compare(observation: Observation, limit: Quantity) -> Verdict:
    """A value against a limit, whose comparator is the test."""
    test: Literal[">", ">="] = ">" if limit.comparator == ">" else ">="
    return decide(measure(observation).holds(test, limit.value))


def _choose(leading: Sequence[Observation], verdicts: Sequence[Verdict]) -> int | None:
    """Which source decides: the first that does, if no other says otherwise."""
    decided = [i for i, verdict in enumerate(verdicts) if verdict is not Verdict.CANNOT_SAY]
    if not decided:
        return 0
    if len({verdicts[i] for i in decided}) > 1:
        return None
    first = decided[0]
    fits = all(overlap(measure(o), measure(leading[first])) for o in _undecided(leading, verdicts))
    return first if fits else None


def _undecided(leading: Sequence[Observation], verdicts: Sequence[Verdict]) -> list[Observation]:
    pairs = zip(leading, verdicts, strict=True)
    return [o for o, verdict in pairs if verdict is Verdict.CANNOT_SAY]


def _is_in_conflict(figures: Sequence[Observation], limit: Quantity) -> bool:
    """Whether values of one place that were flagged as a conflict fall on both sides of a limit."""
    if not any("conflict" in o.flags for o in figures):
        return False
    exact = [o for o in figures if not is_only_bounded_above(measure(o))] or list(figures)
    return len({_compare(o, limit) for o in exact}) > 1


def _judge_words(observations: Sequence[Observation]) -> Answer:
    stated = matching(observations, "reflux", "present")
    denied = matching(observations, "reflux", "absent")
    if stated and denied:
        return Answer("cannot_say", CONTRADICTION)
    if stated:
        return Answer("refluxing", "reflux is stated in words, without a time")
    if matching(observations, "reflux", "indeterminate", sure=False):
        return Answer("cannot_say", "the report calls the reflux indeterminate")
    if matching(observations, "reflux", "present", sure=False):
        return Answer("cannot_say", UNSURE)
    if denied:
        return Answer("competent", "the report states that there is no reflux")
    if matching(observations, "reflux", "absent", sure=False):
        return Answer("cannot_say", UNSURE)
    if matching(observations, "reflux", "not_assessed", sure=False):
        return Answer("not_assessed", "the report states that reflux was not assessed")
    return Answer(None)
