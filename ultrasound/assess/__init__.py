"""Observations become evidence per leg: status, criteria, pattern, CEAP, scores, completeness."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.assess.anatomy import Anatomy, read_anatomy
from ultrasound.assess.calipers import Bench
from ultrasound.assess.columns import fill_columns, judge_examined
from ultrasound.assess.completeness import check_report, rate_completeness
from ultrasound.assess.criteria import judge_criteria
from ultrasound.assess.facts import LegFacts, select_facts
from ultrasound.assess.payers import Exam, judge_payers
from ultrasound.assess.sentence import Answers, compose_sentence
from ultrasound.assess.status import judge_segments, judge_vein
from ultrasound.assess.systems import LegView
from ultrasound.domain import Extraction, Leg, LegEvidence, Study
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_criteria import CriteriaKnowledge
from ultrasound.knowledge.schema_payers import PayerProfile


def assess_study(
    study: Study,
    merged: Extraction,
    knowledge: Knowledge,
    criteria: str,
    bench: Bench | None = None,
    payers: Sequence[str] = (),
) -> tuple[LegEvidence, ...]:
    """The evidence of each leg that something is said of, the right one first.

    Facts of an earlier exam, facts by another method and facts without a leg never count.

    Args:
        study: The exam with its documents.
        merged: What all its documents say, already reconciled.
        knowledge: All tables.
        criteria: The id of the criteria set in force.
        bench: What times can be measured with on the images of the study.
        payers: The ids of the payer profiles that the legs are held against.

    Raises:
        ConfigError: No criteria set, or no payer profile, has that id.
    """
    profiles = knowledge.payers.choose(payers)
    tables = knowledge.criteria
    anatomy = read_anatomy(knowledge.text, tables.rules)
    facts = {leg: select_facts(merged.observations, merged.context, leg, bench) for leg in Leg}
    return tuple(
        _assess_leg(
            study, build_view(facts[leg], anatomy, tables, criteria), facts[leg.other], profiles
        )
        for leg in Leg
        if facts[leg].observations
    )


def build_view(
    facts: LegFacts, anatomy: Anatomy, tables: CriteriaKnowledge, criteria: str
) -> LegView:
    """Judge every place and vein of a leg by one criteria set.

    Raises:
        ConfigError: No criteria set has that id.
    """
    chosen = tables.choose(criteria)
    segments = judge_segments(facts, anatomy, chosen)
    veins = {vein: judge_vein(vein, segments, anatomy) for vein in anatomy.order}
    return LegView(facts, anatomy, chosen, tables, segments, veins)


def _assess_leg(
    study: Study, view: LegView, other: LegFacts, profiles: Sequence[PayerProfile]
) -> LegEvidence:
    columns = fill_columns(view)
    examined = judge_examined(view, {o.place.vein for o in other.observations})
    columns.put("examined", examined)
    entries = check_report(view, study, other, examined)
    percentage, missing = rate_completeness(entries)
    columns.put("completeness_pct", percentage)
    columns.put("completeness_missing", "; ".join(missing) or None)
    codes = {
        name: value
        for name, value in columns.cells.items()
        if value is None or isinstance(value, str)
    }
    pathologic = columns.cells["perforators_pathologic"]
    answers = Answers(codes, pathologic if isinstance(pathologic, int) else None)
    sentence = compose_sentence(view, answers)
    columns.put("sentence", sentence, view.facts.observations)
    return LegEvidence(
        leg=view.facts.leg,
        examined=examined,
        segments=view.segments,
        evidence=(
            *judge_criteria(view.segments, view.criteria),
            *judge_payers(view, Exam.of(study, view, other), profiles),
        ),
        columns=columns.cells,
        sentence=sentence,
        completeness=entries,
        proof=columns.proof,
    )
