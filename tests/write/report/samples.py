"""The rows of sample reports, study by study, as a run makes them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ultrasound.batch.discover import discover_inputs
from ultrasound.batch.inputs import index_inputs
from ultrasound.batch.process import Rows, prepare_worker
from ultrasound.batch.studies import process_plans
from ultrasound.batch.workers import Crew
from ultrasound.config import Settings
from ultrasound.domain import Correction
from ultrasound.knowledge import load_knowledge
from ultrasound.read.archive import keep_archives

SAMPLES = Path(__file__).parents[3] / "sample_reports"


@lru_cache(maxsize=4)
def read_samples(*names: str, corrections: tuple[Correction, ...] = ()) -> dict[str, Rows]:
    """The rows of every study in these folders and files of the samples, by its first document."""
    knowledge = load_knowledge()
    paths = tuple(SAMPLES / name for name in names) or (SAMPLES,)
    discovery = discover_inputs(paths, knowledge, SAMPLES / "out")
    tools = (None, Settings(), frozenset[str](), None, corrections)
    with Crew(1, prepare_worker, tools) as crew, keep_archives():
        index = index_inputs(crew, discovery, knowledge, lambda *_: None)
        outputs = process_plans(crew, index, lambda *_: None)
        return {
            str(output.rows["_studies"][0]["document"]): output.rows
            for output in outputs
            if output.rows.get("observations")
        }
