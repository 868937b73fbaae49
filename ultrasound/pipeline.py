"""One study, from its documents to its result: extract, reconcile, assess.

A document that cannot be extracted becomes a Problem, and the rest of its study goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ultrasound.assess import assess_study
from ultrasound.assess.calipers import find_checks, list_caliper_review, set_up_bench
from ultrasound.assess.codes import suggest_codes
from ultrasound.assess.restless_legs import find_restless_legs
from ultrasound.assess.thrombus import list_ehit_review
from ultrasound.config import Settings
from ultrasound.domain import (
    CaliperCheck,
    Correction,
    Document,
    Extraction,
    ImageEvidence,
    Observation,
    Problem,
    Result,
    ReviewItem,
    Study,
)
from ultrasound.extract import extract_observations, place_image
from ultrasound.extract.study.identity import read_identity
from ultrasound.knowledge import Knowledge
from ultrasound.reconcile import reconcile_study

# Puts a physician's decisions into the facts of a study; gives the facts, and what it put in.
Amend = Callable[
    [Study, tuple[Observation, ...], tuple[ReviewItem, ...]],
    tuple[tuple[Observation, ...], tuple[Correction, ...]],
]


def extract_document(document: Document, knowledge: Knowledge, settings: Settings) -> Extraction:
    """Read one document: its identity, its observations, and what is left for a person."""
    identity = read_identity(document, knowledge, settings)
    extraction = extract_observations(document, knowledge, settings)
    return replace(
        extraction,
        context=(*identity.context, *extraction.context),
        review=(*identity.review, *extraction.review),
    )


def process_study(
    study: Study,
    knowledge: Knowledge,
    settings: Settings,
    noticed: tuple[ReviewItem, ...] = (),
    amend: Amend | None = None,
) -> Result:
    """Carry one study through every stage.

    Args:
        study: the documents, read.
        knowledge: the tables of the field.
        settings: the lab's settings; ``criteria`` names the set that judges.
        noticed: what was noticed when the study was put together.
        amend: puts earlier decisions of a physician into what was read.
    """
    extractions, problems = _extract_documents(study, knowledge, settings)
    merged = reconcile_study(study, extractions, knowledge)
    bench = set_up_bench(study.documents)
    checks = find_checks(merged.observations, bench)
    images, doubts = _describe_images(study, checks, knowledge)
    review = (
        *noticed,
        *merged.review,
        *list_ehit_review(merged.observations),
        *list_caliper_review(checks),
        *doubts,
    )
    observations, corrections = (amend or _keep)(study, merged.observations, review)
    merged = replace(merged, observations=observations)
    chosen = (settings.criteria, bench, settings.payers)
    legs = assess_study(study, merged, knowledge, *chosen)
    facts = (legs, merged.observations, merged.context)
    return Result(
        study=study,
        observations=merged.observations,
        context=merged.context,
        legs=legs,
        dismissals=merged.dismissals,
        review=review,
        problems=tuple(problems),
        images=images,
        codes=suggest_codes(*facts, knowledge.codes) if settings.codes else (),
        restless_legs=find_restless_legs(merged.context, knowledge.text.restless),
        corrections=corrections,
    )


def _extract_documents(
    study: Study, knowledge: Knowledge, settings: Settings
) -> tuple[dict[str, Extraction], list[Problem]]:
    """What each document says, and those of which nothing can be told."""
    extractions: dict[str, Extraction] = {}
    problems: list[Problem] = []
    for document in study.documents:
        try:
            extractions[document.name] = extract_document(document, knowledge, settings)
        except Exception as error:  # noqa: BLE001 - one report must not stop the others
            problems.append(describe_failure(document.name, "extract", error))
    return extractions, problems


def _keep(
    _study: Study, observations: tuple[Observation, ...], _review: tuple[ReviewItem, ...]
) -> tuple[tuple[Observation, ...], tuple[Correction, ...]]:
    return observations, ()


def _describe_images(
    study: Study, checks: Iterable[tuple[Observation, CaliperCheck]], knowledge: Knowledge
) -> tuple[tuple[ImageEvidence, ...], tuple[ReviewItem, ...]]:
    """Each image of a study with what it shows and the times that were measured on it."""
    measured: dict[str, list[tuple[Observation, CaliperCheck]]] = {}
    for observation, check in checks:
        measured.setdefault(check.caliper.image, []).append((observation, check))
    images: list[ImageEvidence] = []
    doubts: list[ReviewItem] = []
    for document in study.documents:
        if document.kind == "us_image" and document.header is not None:
            place, asked = place_image(document, knowledge)
            found = tuple(measured.get(document.header.sop_instance_uid, ()))
            images.append(ImageEvidence(document.name, document.header, place, found))
            doubts += asked
    return tuple(images), tuple(doubts)


def describe_failure(path: str, stage: str, error: BaseException) -> Problem:
    """Tell where the program failed, without a word of the report that made it fail."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{__package__}." in str(trace.tb_frame.f_globals.get("__name__", "")) + ".":
            place = f" at {trace.tb_frame.f_globals['__name__']}.{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    message = f"the program failed here ({type(error).__name__}{place}): please report it"
    return Problem(path, stage, "internal_error", message)
