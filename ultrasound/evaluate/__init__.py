"""Accuracy on annotated reports: what was read, against what a person read from the same words.

A report is annotated by ``NAME.gold.tsv`` beside ``NAME.txt`` (or ``.dcm``, ``.pdf``), one fact a
line: leg (R, L), vein, segment, property, value, and where needed comparator and upper end,
separated by tabs, ``-`` for none. ``?`` before the leg marks a fact that may be read and need not
be; ``!review``, leg, vein says that a review item is due there; ``#`` starts a comment.

Facts are compared exactly, numbers to the third decimal. An error is silent when no review item
names its vein and leg. Wrong facts are named by the worst that is wrong with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ultrasound.config import Settings
from ultrasound.errors import UsageError
from ultrasound.evaluate.facts import Gold, Reading, add_extraction, read_gold
from ultrasound.evaluate.figures import Score, score_readings
from ultrasound.knowledge import Knowledge
from ultrasound.pipeline import describe_failure, extract_document
from ultrasound.read import read_file

SUFFIX: Final = ".gold.tsv"
_FURTHER: Final = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The score of a folder, and its annotated reports that could not be read, with the reason."""

    score: Score
    unread: tuple[tuple[str, str], ...]


def evaluate_folder(folder: Path, knowledge: Knowledge, settings: Settings) -> Evaluation:
    """Read every annotated report below a folder and compare.

    Raises:
        UsageError: there is no annotation, or a line of one is not understood.
    """
    annotations = sorted(folder.rglob(f"*{SUFFIX}"))
    if not annotations:
        raise UsageError(f"{folder}: no *{SUFFIX} here; name the folder that holds the annotations")
    golds = {_name(path, folder).removesuffix(SUFFIX): read_gold(path) for path in annotations}
    readings = {name: Reading() for name in golds}
    unread = dict.fromkeys(golds, "no report lies beside the annotation")
    reports = {report for annotation in annotations for report in find_documents(annotation)}
    for path in sorted(reports):
        outcome = read_file(path, _name(path, folder), knowledge)
        for document in outcome.documents:
            name = _choose_gold(document.name, golds)
            if name is None:
                continue
            try:
                extraction = extract_document(document, knowledge, settings)
            except Exception as error:  # noqa: BLE001 - counted as missed, and told
                unread[name] = describe_failure(name, "extract", error).message
                continue
            unread.pop(name, None)
            add_extraction(readings[name], document, extraction)
        name = _choose_gold(outcome.entry.path, golds)
        if name in unread and not outcome.documents:
            unread[name] = outcome.entry.reason or "not used"
    compared = [(name, golds[name], readings[name]) for name in golds]
    return Evaluation(score_readings(compared), tuple(unread.items()))


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def find_documents(annotation: Path) -> list[Path]:
    """The report that an annotation is about, in every form that lies beside it.

    ``NAME.txt#2.gold.tsv`` is about the second report in ``NAME.txt``.
    """
    name = annotation.name.removesuffix(SUFFIX)
    whole = _FURTHER.sub("", name)
    beside = sorted(annotation.parent.iterdir())
    if whole != name:
        return [path for path in beside if path.is_file() and path.name == whole]
    return [path for path in beside if path.is_file() and _stem(path.name) == name]


def _choose_gold(document: str, golds: Mapping[str, Gold]) -> str | None:
    """The annotation of a document: by its name, else by the name of its file without suffix."""
    folder, slash, name = _FURTHER.sub("", document).rpartition("/")
    names = (document, f"{folder}{slash}{_stem(name)}")
    return next((name for name in names if name in golds), None)


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] if "." in name else name
