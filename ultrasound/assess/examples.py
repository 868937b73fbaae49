"""The examples of criteria sets and payer profiles: what the code makes of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ultrasound.assess import assess_study
from ultrasound.assess.criteria import is_pathologic
from ultrasound.assess.reflux import judge_reflux, judge_time
from ultrasound.domain import (
    Context,
    Extraction,
    Leg,
    Observation,
    Place,
    Quantity,
    SegmentEvidence,
    Study,
    TextSpan,
    Verdict,
)
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.own import OwnTables
from ultrasound.knowledge.schema_criteria import (
    DEFAULT_CRITERIA,
    PATHOLOGIC_PERFORATOR,
    CriteriaSet,
    Example,
)
from ultrasound.knowledge.schema_payers import PayerExample, PayerKnowledge, PayerProfile

_NAME: Final = "example"
_SOURCE: Final = TextSpan(_NAME, None, 0, 1, "x")
_STATED: Final = {"ceap_class": "ceap_stated", "symptom": "indication"}


def check_examples(own: OwnTables, knowledge: Knowledge) -> None:
    """See that every example of a laboratory's tables gets the verdict that its file gives.

    Raises:
        KnowledgeError: One does not; the message names the file, the example and both verdicts.
    """
    for file, number, expected, found in _judge_all(own, knowledge):
        if found is not expected:
            raise KnowledgeError(
                f"{Path(file).name}: examples.{number}: the file says {expected.value}, and its "
                f"figures give {'no answer' if found is None else found.value}"
            )


def judge_example(table: CriteriaSet, example: Example) -> Verdict | None:
    """The verdict of a criteria set on its example; None where its limit is not the vein's."""
    place = Place(Leg.LEFT, example.vein, location=example.location)
    found = []
    if example.ms is not None:
        time = Quantity(example.ms, "ms", example.comparator, example.upper_ms)
        found.append(_say(place, "reflux_time", time))
    if example.mm is not None:
        found.append(_say(place, "diameter", Quantity(example.mm, "mm")))
    limit = table.limit_for(example.vein)
    if limit is None:
        return None
    if example.limit != PATHOLOGIC_PERFORATOR:
        fits = limit.id == example.limit and example.ms is not None
        return judge_time(found, limit).verdict if fits else None
    if table.pathologic_perforator is None:
        return None
    status = judge_reflux(found, limit).status or "not_stated"
    row = SegmentEvidence(Leg.LEFT, example.vein, None, None, status, tuple(found))
    return is_pathologic(row, table.pathologic_perforator)


def judge_payer_example(
    profile: PayerProfile, example: PayerExample, knowledge: Knowledge
) -> Verdict | None:
    """The verdict of a profile on its example, in an exam of one leg; None where there is none."""
    kind = next(c.kind for c in profile.conditions if c.id == example.condition)
    place = Place(Leg.LEFT, example.vein, example.segment)
    found = [_say(place, "patency", "patent")]
    for prop, value, unit in (("reflux_time", example.ms, "ms"), ("diameter", example.mm, "mm")):
        if value is not None:
            quantity = Quantity(value, unit, example.comparator, example.upper)
            found.append(_say(place, prop, quantity))
    if example.reflux is not None:
        found.append(_say(place, "reflux", example.reflux))
    if example.deep is not None:
        found.append(_say(Place(Leg.LEFT, "DEEP"), "thrombus", example.deep))
    fact, told = _STATED.get(kind), example.stated
    said = [Context(None, fact, told, _SOURCE, _NAME)] if fact and told else []
    tables = replace(knowledge, payers=PayerKnowledge({profile.id: profile}, ()))
    merged = Extraction(observations=tuple(found), context=tuple(said))
    payers = (profile.id,)
    (leg,) = assess_study(Study(_NAME, ()), merged, tables, DEFAULT_CRITERIA, payers=payers)
    name = f"{profile.id}:{example.condition}"
    verdicts = (e.verdict for e in leg.evidence if (e.criterion, e.vein) == (name, example.vein))
    return next(verdicts, None)


def _judge_all(
    own: OwnTables, knowledge: Knowledge
) -> Iterator[tuple[str, int, Verdict, Verdict | None]]:
    for file, table in own.criteria.items():
        for number, example in enumerate(table.examples):
            yield file, number, example.verdict, judge_example(table, example)
    for file, profile in own.payers.items():
        for number, case in enumerate(profile.examples):
            yield file, number, case.verdict, judge_payer_example(profile, case, knowledge)


def _say(place: Place, prop: str, value: Quantity | str) -> Observation:
    return Observation(place, prop, value, _SOURCE, _NAME)
