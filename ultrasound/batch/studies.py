"""All studies of a run in their order: what the ledger holds as it was, the others read anew."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import ultrasound
from ultrasound.batch.index import Observe
from ultrasound.batch.inputs import Index
from ultrasound.batch.process import StudyOutput, StudyTask, give_up_study, process_task
from ultrasound.batch.workers import Crew
from ultrasound.write.ledger import Ledger

_COMPILED: Final = "__pycache__"


def process_plans(
    crew: Crew, index: Index, observe: Observe, ledger: Ledger | None = None
) -> Iterator[StudyOutput]:
    """Process the studies, one result after the other in their order.

    What went wrong is tried again in the next run: only a study without a problem is kept.
    """
    plans, files = index.plans, index.files
    # A plan holds the names and hashes of its documents, so that a changed file is another name.
    names = {} if ledger is None else {p.key: ledger.name_study(p.key, repr(p)) for p in plans}
    held = frozenset[str]() if ledger is None else ledger.find_held(names.values())
    tasks = (
        StudyTask(plan, tuple(files[name] for name in sorted({r.file for r in plan.records})))
        for plan in plans
        if names.get(plan.key) not in held
    )
    read = crew.run(process_task, tasks, give_up_study)
    for number, plan in enumerate(plans, 1):
        name = names.get(plan.key)
        if ledger is not None and name in held:
            yield _load_output(plan.key, ledger.recall(name))
        else:
            output = next(read)
            if ledger is not None and name and not output.problems and not output.missed:
                ledger.keep(name, _dump_output(output))
            yield output
        observe("studies", number, len(plans))


def hash_program() -> str:
    """The SHA-256 over every file of this program: another version trusts no entry of it."""
    root = Path(ultrasound.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        if _COMPILED not in path.parts:
            digest.update(hashlib.sha256(path.relative_to(root).as_posix().encode()).digest())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _dump_output(output: StudyOutput) -> dict[str, object]:
    files = {folder: b64encode(data).decode() for folder, data in output.files.items()}
    return {"rows": output.rows, "files": files}


def _load_output(key: str, kept: Mapping[str, Any]) -> StudyOutput:
    files = {folder: b64decode(data) for folder, data in kept["files"].items()}
    return StudyOutput(key, kept["rows"], files=files)
