"""Leg-vein duplex reports and DICOM become evidence per leg, every value tied to its source.

Read a file, extract what it says, process a study, or run a whole folder::

    from pathlib import Path
    import ultrasound

    knowledge, settings = ultrasound.load_knowledge(), ultrasound.load_settings(None)
    outcome = ultrasound.read_file(Path("report.txt"), "report.txt", knowledge)
    for document in outcome.documents:
        print(ultrasound.extract_document(document, knowledge, settings).observations)

Each name is loaded when it is first used. A script that asks ``run_batch`` for several workers
keeps its own work under ``if __name__ == "__main__":``, because workers import it anew.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ultrasound.batch.lines import extract_lines
    from ultrasound.batch.review import ReviewJob, review_workbook
    from ultrasound.batch.run import Job, run_batch
    from ultrasound.batch.summary import Summary
    from ultrasound.batch.workbook import make_workbook
    from ultrasound.config import Settings, load_settings
    from ultrasound.domain import (
        Document,
        Evidence,
        Extraction,
        FileEntry,
        LegEvidence,
        Observation,
        Quantity,
        Result,
        ReviewItem,
        Study,
    )
    from ultrasound.evaluate import evaluate_folder
    from ultrasound.knowledge import Knowledge, load_knowledge
    from ultrasound.pipeline import extract_document, process_study
    from ultrasound.read import read_file
    from ultrasound.review.trail import read_trail
    from ultrasound.show import show_file
    from ultrasound.write.frame import read_frame

__all__ = [
    "Document",
    "Evidence",
    "Extraction",
    "FileEntry",
    "Job",
    "Knowledge",
    "LegEvidence",
    "Observation",
    "Quantity",
    "Result",
    "ReviewItem",
    "ReviewJob",
    "Settings",
    "Study",
    "Summary",
    "evaluate_folder",
    "extract_document",
    "extract_lines",
    "load_knowledge",
    "load_settings",
    "make_workbook",
    "process_study",
    "read_file",
    "read_frame",
    "read_trail",
    "review_workbook",
    "run_batch",
    "show_file",
]

_HOMES = {
    "Job": "batch.run",
    "Knowledge": "knowledge",
    "ReviewJob": "batch.review",
    "Settings": "config",
    "Summary": "batch.summary",
    "evaluate_folder": "evaluate",
    "extract_document": "pipeline",
    "extract_lines": "batch.lines",
    "load_knowledge": "knowledge",
    "load_settings": "config",
    "make_workbook": "batch.workbook",
    "process_study": "pipeline",
    "read_file": "read",
    "read_frame": "write.frame",
    "read_trail": "review.trail",
    "review_workbook": "batch.review",
    "run_batch": "batch.run",
    "show_file": "show",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it; all others are domain types."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_HOMES.get(name, 'domain')}")
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted(__all__)
