"""The first pass over all inputs: which studies they hold, and which files each of these has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ultrasound.batch.assemble import StudyPlan, assemble_studies
from ultrasound.batch.discover import Discovery, InputFile
from ultrasound.batch.index import (
    IndexedFile,
    Observe,
    find_copies,
    miss_references,
    place_records,
)
from ultrasound.batch.process import give_up_file, index_files
from ultrasound.batch.versions import add_doubts, choose_versions
from ultrasound.batch.workers import Crew
from ultrasound.domain import FileEntry
from ultrasound.knowledge import Knowledge

_FILES_PER_TASK: Final = 16


@dataclass(frozen=True, slots=True)
class Index:
    """All inputs after the first pass."""

    files: dict[str, InputFile]
    indexed: tuple[IndexedFile, ...]
    listed: tuple[FileEntry, ...]
    copies: dict[str, str]
    plans: tuple[StudyPlan, ...]


def index_inputs(crew: Crew, discovery: Discovery, knowledge: Knowledge, observe: Observe) -> Index:
    """Read whose exam each file is, and put the documents together into studies."""
    copies = find_copies(discovery.files, knowledge)
    originals = [file for file in discovery.files if file.name not in copies]
    tasks = [
        tuple(originals[start : start + _FILES_PER_TASK])
        for start in range(0, len(originals), _FILES_PER_TASK)
    ]
    indexed: list[IndexedFile] = []
    for answer in crew.run(index_files, tasks, _give_up_files(crew)):
        indexed += answer
        observe("index", len(indexed), len(originals))
    indexed, doubts = choose_versions(indexed)
    records, texts = place_records(discovery, copies, indexed)
    plans = assemble_studies(records, texts, knowledge.identity.table.dates.months)
    return Index(
        {file.name: file for file in discovery.files},
        tuple(indexed),
        (*discovery.listed, *miss_references(discovery, copies, indexed)),
        copies,
        add_doubts(plans, doubts),
    )


def _give_up_files(crew: Crew) -> Callable[[tuple[InputFile, ...]], list[IndexedFile]]:
    """Answer for files of which one ended its process: try each alone."""

    def give_up(files: tuple[InputFile, ...]) -> list[IndexedFile]:
        if len(files) == 1:
            return [give_up_file(files[0])]
        singles = [(file,) for file in files]
        answers = crew.run(index_files, singles, give_up)
        return [found for answer in answers for found in answer]

    return give_up
