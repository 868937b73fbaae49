"""What a worker does: index files, and carry one study from its files to its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ultrasound.batch.assemble import StudyPlan
from ultrasound.batch.discover import InputFile
from ultrasound.batch.index import IndexedFile, Record, fail_file, index_file
from ultrasound.config import Settings
from ultrasound.domain import Correction, Document, Problem, Result, Study
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.knowledge.own import OwnTables
from ultrasound.pipeline import describe_failure, process_study
from ultrasound.read import read_file
from ultrasound.review.apply import make_amend
from ultrasound.write.folders import MAPS, PAGES
from ultrasound.write.rows import file_rows, result_rows

Rows = Mapping[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class StudyTask:
    """A study to process: its plan and the files that hold its documents."""

    plan: StudyPlan
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class StudyOutput:
    """The rows of one study by table, what went wrong in it, and its files where they are asked.

    ``files`` are those of the study alone, by the folder that they belong to; ``missed`` names the
    folders of those that could not be made; the rows say why.
    """

    key: str
    rows: Rows = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    missed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tools:
    """What every task of a process needs, loaded once."""

    knowledge: Knowledge | None = None
    settings: Settings = field(default_factory=Settings)
    asked: frozenset[str] = frozenset()
    corrections: tuple[Correction, ...] = ()


_TOOLS = _Tools()


def prepare_worker(
    knowledge_file: Path | None,
    settings: Settings,
    asked: frozenset[str] = frozenset(),
    own: OwnTables | None = None,
    corrections: tuple[Correction, ...] = (),
) -> None:
    """Load the tables once for all tasks of this process.

    Args:
        knowledge_file: the lab's own words.
        settings: the lab's settings.
        asked: the folders, MAPS or PAGES, that each study gets a file in.
        own: the lab's own criteria and payer profiles.
        corrections: a physician's decisions.
    """
    _TOOLS.asked = asked
    _TOOLS.knowledge = load_knowledge(knowledge_file, own)
    _TOOLS.settings = settings
    _TOOLS.corrections = corrections


def _take_tools() -> tuple[Knowledge, Settings]:
    if _TOOLS.knowledge is None:
        raise RuntimeError("prepare_worker comes first")
    return _TOOLS.knowledge, _TOOLS.settings


def index_files(files: tuple[InputFile, ...]) -> list[IndexedFile]:
    """Index some files."""
    knowledge, settings = _take_tools()
    return [index_file(file, knowledge, settings) for file in files]


def give_up_file(file: InputFile) -> IndexedFile:
    """Answer for a file that took its process down."""
    return fail_file(file, _crash(file.name, "index"))


def process_task(task: StudyTask) -> StudyOutput:
    """Process one study; whatever goes wrong is a Problem of this study alone."""
    knowledge, settings = _take_tools()
    plan = task.plan
    try:
        documents, lost = _read_documents(task, knowledge)
        study = make_study(plan, documents)
        amend = make_amend(_TOOLS.corrections)
        result = process_study(study, knowledge, settings, plan.review, amend)
        result = replace(result, problems=(*lost, *result.problems))
        output = StudyOutput(plan.key, result_rows(result), result.problems)
        return _add_files(output, result, knowledge, settings)
    except Exception as error:  # noqa: BLE001 - one study must not stop the others
        return _fail(
            plan, tuple(describe_failure(r.document, "study", error) for r in plan.records)
        )


def _add_files(
    output: StudyOutput, result: Result, knowledge: Knowledge, settings: Settings
) -> StudyOutput:
    """Draw the study's map and write its page; what fails takes nothing from the rows."""
    if not _TOOLS.asked:
        return output
    name = next((document.name for document in result.study.documents), output.key)
    files: dict[str, bytes] = {}
    problems: dict[str, Problem] = {}

    def attempt(folder: str, make: Callable[[], bytes]) -> None:
        try:
            files[folder] = make()
        except Exception as error:  # noqa: BLE001 - one file must not stop the others
            problems[folder] = describe_failure(name, folder.removesuffix("s"), error)

    if result.legs:
        attempt(MAPS, lambda: _draw_map(output, knowledge, settings))
    if PAGES in _TOOLS.asked:
        attempt(PAGES, lambda: _make_page(output, result, files.get(MAPS)))
    told = replace(result, problems=(*result.problems, *problems.values()))
    return replace(
        output,
        rows=result_rows(told) if problems else output.rows,
        files={folder: data for folder, data in files.items() if folder in _TOOLS.asked},
        missed=tuple(problems),
    )


def _draw_map(output: StudyOutput, knowledge: Knowledge, settings: Settings) -> bytes:
    from ultrasound.write.vein_map import draw_map, write_svg  # noqa: PLC0415 - slow to load

    criteria = knowledge.criteria.choose(settings.criteria)
    return write_svg(draw_map(output.rows["legs"], output.rows["segments"], criteria))


def _make_page(output: StudyOutput, result: Result, svg: bytes | None) -> bytes:
    from ultrasound.write.page.page import write_page  # noqa: PLC0415 - slow to load

    return write_page(result, output.rows, svg)


def give_up_study(task: StudyTask) -> StudyOutput:
    """Answer for a study that took its process down."""
    return _fail(task.plan, tuple(_crash(r.document, "study") for r in task.plan.records))


def _fail(plan: StudyPlan, problems: tuple[Problem, ...]) -> StudyOutput:
    """A study of which nothing is written but what went wrong."""
    return StudyOutput(plan.key, {"_lines": file_rows((), problems)["_lines"]}, problems)


def _crash(path: str, stage: str) -> Problem:
    message = "the program was ended while it worked on this (out of memory?): please report it"
    return Problem(path, stage, "crashed", message)


def _read_documents(
    task: StudyTask, knowledge: Knowledge
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Read the files again, which the index did not keep."""
    wanted = {record.document: record.sha256 for record in task.plan.records}
    found: dict[str, Document] = {}
    for file in task.files:
        for document in read_file(file.path, file.name, knowledge, file.inside).documents:
            if wanted.get(document.name) == document.sha256:
                found[document.name] = document
    message = "the file was changed or removed while the program ran: run it again"
    lost = tuple(Problem(name, "read", "changed", message) for name in wanted if name not in found)
    return tuple(found[name] for name in wanted if name in found), lost


def make_study(plan: StudyPlan, documents: tuple[Document, ...]) -> Study:
    """Give a study the identity that its documents state, those of DICOM first."""
    records = sorted(plan.records, key=lambda record: not record.is_dicom)
    return Study(
        key=plan.key,
        documents=documents,
        patient_id=_first(records, "patient_id"),
        patient_name=_show_name(_first(records, "patient_name")),
        birth_date=_first(records, "birth_date"),
        exam_date=_first(records, "exam_date"),
        accession=_first(records, "accession"),
        patient_issuer=_first(records, "patient_issuer"),
    )


def _first(records: list[Record], fact: str) -> str | None:
    return next((value for r in records if (value := getattr(r, fact))), None)


def _show_name(name: str | None) -> str | None:
    """A DICOM name as people write it: "DOE^JANE^M" is "DOE, JANE M"."""
    if name is None or "^" not in name:
        return name
    family, *given = name.split("=")[0].split("^")
    return ", ".join(part for part in (family.strip(), " ".join(" ".join(given).split())) if part)
