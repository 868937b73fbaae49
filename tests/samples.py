"""The sample reports, each read as a study of its own and reconciled, once for all tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tests.assess.legs import knowledge
from tests.kept import extract_kept
from ultrasound.config import Settings
from ultrasound.domain import Extraction, Study
from ultrasound.read import read_file
from ultrasound.reconcile import reconcile_study

SAMPLES = Path(__file__).parents[1] / "sample_reports"
_NO_REPORTS = (".gold.tsv", ".md")


@lru_cache(maxsize=1)
def read_samples() -> tuple[tuple[Study, Extraction], ...]:
    """Each sample with what its documents say, its documents of other kinds left out."""
    found = []
    for path in sorted(SAMPLES.rglob("*")):
        if not path.is_file() or path.name.endswith(_NO_REPORTS) or "not_ours" in path.parts:
            continue
        name = path.relative_to(SAMPLES).as_posix()
        documents = read_file(path, name, knowledge()).documents
        if documents:
            study = Study(name, tuple(documents))
            read = {d.name: extract_kept(d, knowledge(), Settings()) for d in documents}
            found.append((study, reconcile_study(study, read, knowledge())))
    return tuple(found)
