"""Corrections as annotations: a lab's own evaluation set grows by use.

A decided fact is required, one that a reviewer did not look at may be read and need not be, and
one that was rejected is left out, so that reading it again counts as an error. Where a reviewer
corrected the report itself, both its value and the reviewer's may be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ultrasound.domain import SET_ASIDE
from ultrasound.review.compare import Row, read_table_rows
from ultrasound.review.trail import TRAIL
from ultrasound.review.values import LEG

SUFFIX: Final = ".gold.tsv"
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SCALES: Final = (1, 10, 100, 1000)
_NEAR: Final = 0.001
_NAMES: Final = ("id", "observation")
_LEGS: Final = {"right": "R", "left": "L"}


def write_gold(results: Path, folder: Path) -> tuple[list[Path], list[str]]:
    """Write an annotation for each document with a decision in force.

    Args:
        results: the folder of the run that holds the decisions.
        folder: where annotations go, by the path of the document; one that exists is kept.

    Returns:
        The files written, and a notice for each that was not.
    """
    decisions = [
        row
        for row in read_table_rows(results, TRAIL.removesuffix(".csv"))
        if row["state"] == "in_force"
    ]
    documents = {str(row["document"]): str(row["study"]) for row in decisions if row["document"]}
    accepted = {str(row["observation"]) for row in decisions if row["decision"] == "accept"}
    moved = {str(row[name]) for row in decisions if row["property"] == LEG for name in _NAMES}
    facts: dict[str, list[Row]] = {study: [] for study in documents.values()}
    for row in read_table_rows(results, "observations"):
        if row["study"] in facts and row["temporality"] == "current":
            facts[str(row["study"])].append(row)
    written: list[Path] = []
    notices: list[str] = []
    for document, study in sorted(documents.items()):
        path = folder / f"{_name(document)}{SUFFIX}"
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                raise FileExistsError
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as out:
                out.writelines(
                    f"{line}\n" for line in _list_lines(facts[study], document, accepted, moved)
                )
            written.append(path)
        except OSError:
            notices.append(f"{path}: is there already, or cannot be written; it is left as it is")
    return written, notices


def _name(document: str) -> str:
    """A document's name without its suffix; the second report of a file keeps its number."""
    folder, slash, name = document.rpartition("/")
    stem = name.rsplit(".", 1)[0] if "." in name and "#" not in name else name
    return f"{folder}{slash}{stem}"


def _list_lines(
    facts: Sequence[Row], document: str, accepted: set[str], moved: set[str]
) -> list[str]:
    """The lines of an annotation.

    Args:
        facts: those of the exam.
        document: the document that is annotated.
        accepted: the ids of accepted facts.
        moved: the ids of facts that were given to the other leg, and of the decisions that did it:
            whether the report or its reading was wrong cannot be told, so either may be read.
    """
    required: set[str] = set()
    allowed: set[str] = set()
    mended = [f for f in facts if f["source_kind"] == "reviewer" and not _is_written(f)]
    report_itself = {_place(fact) for fact in mended}
    for fact in facts:
        flags = str(fact["flags"] or "").split("; ")
        still_read = "corrected" in flags and (_place(fact) in report_itself or fact["id"] in moved)
        if not still_read and any(flag in SET_ASIDE for flag in flags):
            continue
        doubtful = still_read or fact["source_ref"] in moved
        decided = not doubtful and (_is_written(fact) or fact["id"] in accepted)
        of_document = fact["document"] == document
        (required if decided and of_document else allowed).add(_write_fact(fact))
    head = "# Decisions of a physician; facts after ? need not be read."
    return [head, *sorted(required), *(f"?{line}" for line in sorted(allowed - required))]


def _place(fact: Row) -> tuple[object, ...]:
    return tuple(fact[name] for name in ("leg", "vein", "segment", "item", "property"))


def _is_written(fact: Row) -> bool:
    """Whether a reviewer's fact is what the source says, as far as that can be told.

    A number that the words of the corrected fact do not hold corrects the report, not its reading.
    """
    if fact["source_kind"] != "reviewer":
        return False
    value = fact["value_number"]
    support = json.loads(str(fact["support"] or "[]"))
    if not isinstance(value, float) or not support:
        return True
    words = " ".join(str(item.get("quote", "")) for item in support)
    numbers = [float(word.replace(",", ".")) for word in _NUMBER.findall(words)]
    return any(abs(number * scale - value) < _NEAR for number in numbers for scale in _SCALES)


def _write_fact(fact: Mapping[str, object]) -> str:
    value = fact["value_code"] if fact["value_number"] is None else _number(fact["value_number"])
    cells = [_LEGS.get(str(fact["leg"]), "-"), fact["vein"], fact["segment"] or "-"]
    cells += [fact["property"], value]
    if fact["comparator"] != "=" or fact["upper"] is not None:
        cells += [fact["comparator"], "-" if fact["upper"] is None else _number(fact["upper"])]
    return "\t".join(str(cell) for cell in cells)


def _number(value: object) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
