"""What is read from files as JSON lines of the contract, document by document.

Each path is read for itself: the same content under two names gives the lines of both, and what
one document says is not merged with what another one says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ultrasound.batch.assemble import assemble_studies
from ultrasound.batch.discover import InputFile, discover_inputs
from ultrasound.batch.files import settle_failure
from ultrasound.batch.index import Observe, index_file, miss_references, place_records
from ultrasound.batch.listing import list_problems
from ultrasound.config import Settings
from ultrasound.domain import FileEntry
from ultrasound.knowledge import Knowledge
from ultrasound.pipeline import describe_failure, extract_document
from ultrasound.read import read_file
from ultrasound.read.archive import keep_archives
from ultrasound.write.jsonl import extraction_lines, line_text, problem_line


def extract_lines(
    inputs: Sequence[Path],
    knowledge: Knowledge,
    settings: Settings,
    observe: Observe,
    refuse: Callable[[FileEntry], None],
) -> Iterator[str]:
    """Yield the lines of all files in the order of their names.

    Args:
        inputs: files and folders.
        knowledge: the tables of the field.
        settings: the lab's settings.
        observe: is told the stage, how many files are done, and how many there are.
        refuse: is handed each path of which nothing is used.

    Raises:
        UsageError: an input does not exist.
    """
    with keep_archives():
        yield from _extract_inputs(inputs, (knowledge, settings), observe, refuse)


def _extract_inputs(
    inputs: Sequence[Path],
    tools: tuple[Knowledge, Settings],
    observe: Observe,
    refuse: Callable[[FileEntry], None],
) -> Iterator[str]:
    knowledge, settings = tools
    discovery = discover_inputs(inputs, knowledge)
    indexed = [index_file(file, knowledge, settings) for file in discovery.files]
    records, texts = place_records(discovery, {}, indexed)
    plans = assemble_studies(records, texts, knowledge.identity.table.dates.months)
    studies = {record.document: plan.key for plan in plans for record in plan.records}
    unread = [*discovery.listed, *miss_references(discovery, {}, indexed)]
    for entry in unread:
        refuse(entry)
    yield from (line_text(problem_line(problem)) for problem in list_problems(unread))
    for number, (file, found) in enumerate(zip(discovery.files, indexed, strict=True), 1):
        yield from (line_text(problem_line(problem)) for problem in found.problems)
        if found.records:
            yield from _extract_file(file, studies, tools, refuse)
        else:
            refuse(found.entry)
        observe("files", number, len(discovery.files))


def _extract_file(
    file: InputFile,
    studies: Mapping[str, str],
    tools: tuple[Knowledge, Settings],
    refuse: Callable[[FileEntry], None],
) -> Iterator[str]:
    outcome = read_file(file.path, file.name, tools[0], file.inside)
    for document in outcome.documents:
        try:
            extraction = extract_document(document, *tools)
        except Exception as error:  # noqa: BLE001 - one report must not stop the others
            problem = describe_failure(document.name, "extract", error)
            refuse(settle_failure(outcome.entry, problem))
            yield line_text(problem_line(problem))
            continue
        study = studies.get(document.name)
        yield from (line_text(line) for line in extraction_lines(extraction, study))
