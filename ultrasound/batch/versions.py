"""Files that hold one DICOM object in different versions: the whole one is used.

An object is known by its SOP Instance UID (DICOM PS3.3 C.12.1). Files of the same bytes are copies
and are told apart before; these differ, and a person should know of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.batch.assemble import StudyPlan
from ultrasound.batch.index import IndexedFile
from ultrasound.domain import ReviewItem

_CODE: Final = "other_version"


def choose_versions(
    indexed: Sequence[IndexedFile],
) -> tuple[list[IndexedFile], dict[str, ReviewItem]]:
    """Leave aside all but one version of each object.

    Kept is one that was read without a Problem, of those the one that holds most, of those the
    first by name. Returned are the files, and what a person should know by the kept document.
    """
    objects: dict[str, list[IndexedFile]] = {}
    for file in indexed:
        uid = file.records[0].sop_uid if len(file.records) == 1 else None
        if uid:
            objects.setdefault(uid, []).append(file)
    left: dict[str, IndexedFile] = {}
    doubts: dict[str, ReviewItem] = {}
    for versions in objects.values():
        if len(versions) > 1:
            kept, *others = sorted(versions, key=_rank)
            name = kept.records[0].document
            left |= {file.entry.path: _leave(file, name) for file in others}
            doubts[name] = _ask(name, [file.entry.path for file in others])
    return [left.get(file.entry.path, file) for file in indexed], doubts


def add_doubts(plans: Iterable[StudyPlan], doubts: dict[str, ReviewItem]) -> tuple[StudyPlan, ...]:
    """The plans with what was noticed about their documents."""
    return tuple(
        replace(plan, review=(*plan.review, *asked))
        if (asked := [doubts[r.document] for r in plan.records if r.document in doubts])
        else plan
        for plan in plans
    )


def _rank(file: IndexedFile) -> tuple[bool, int, str]:
    return bool(file.problems), -file.records[0].weight, file.entry.path


def _leave(file: IndexedFile, kept: str) -> IndexedFile:
    reason = f"another version of the DICOM object in {kept}, which was used"
    entry = replace(file.entry, used=False, code=_CODE, reason=reason)
    return replace(file, entry=entry, records=())


def _ask(kept: str, others: Sequence[str]) -> ReviewItem:
    message = (
        f"One DICOM object in different versions: {kept} was used, {', '.join(others)} not. Check "
        "which one holds."
    )
    return ReviewItem(kept, None, None, "conflict", message)
