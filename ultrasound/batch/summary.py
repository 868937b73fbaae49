"""What a run came to: counts by name, one sentence, and the words for the About sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ultrasound.batch.outputs import PROGRAM
from ultrasound.config import Settings
from ultrasound.domain import FileEntry
from ultrasound.knowledge import Knowledge
from ultrasound.write.about import describe_criteria, describe_payers, describe_scores
from ultrasound.write.excel.contents import EXAMS, SHEETS

_SYSTEMS: Final = ("superficial_reflux", "deep_reflux", "perforator_reflux")
_COUNTED: Final = (
    "Studies",
    "Legs",
    "Items to review",
    "Patients with exams on several days",
    "Files",
)
_THROMBUS: Final = ("thrombus_deep", "thrombus_superficial")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts by name, the fate of every path, and where the workbook is, or those of months."""

    counts: Mapping[str, int]
    files: tuple[FileEntry, ...]
    workbook: Path
    months: int = 0

    @property
    def unused(self) -> tuple[FileEntry, ...]:
        """The inputs that should have been usable and were not."""
        return tuple(entry for entry in self.files if entry.failed)

    @property
    def sentence(self) -> str:
        """The run in one line."""
        counts = self.counts
        return (
            f"{_say(counts['studies'], 'study', 'studies')}, "
            f"{_say(counts['legs'], 'leg', 'legs')}: {counts['legs_with_acute_thrombus']} with "
            f"ACUTE thrombus, {counts['legs_with_reflux']} with reflux; "
            f"{_say(counts['review_items'], 'item', 'items')} to review; "
            f"{counts['files_not_usable']} of {_say(counts['files'], 'file', 'files')} could not "
            f"be used; {self._place}"
        )

    @property
    def _place(self) -> str:
        if self.months:
            return f"{_say(self.months, 'workbook', 'workbooks')}, by month: {self.workbook.parent}"
        return f"workbook: {self.workbook}"


def _say(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def count_rows(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> Counter[str]:
    """What the rows of some studies add to the counts."""
    legs = rows.get("legs", ())
    return Counter(
        legs=len(legs),
        legs_with_reflux=sum(any(leg.get(s) == "yes" for s in _SYSTEMS) for leg in legs),
        legs_with_acute_thrombus=sum(any(leg.get(t) == "acute" for t in _THROMBUS) for leg in legs),
        observations=len(rows.get("observations", ())),
        review_items=sum(item.get("decision") is None for item in rows.get("review", ())),
    )


def count_files(entries: Sequence[FileEntry]) -> Counter[str]:
    """How many paths there were, and what became of them."""
    return Counter(
        files=len(entries),
        files_used=sum(entry.used for entry in entries),
        files_not_usable=sum(entry.failed for entry in entries),
    )


def describe_run(
    knowledge: Knowledge, settings: Settings, counts: Mapping[str, int]
) -> dict[str, str]:
    """The About sheet's lines on this run, by label."""
    criteria = knowledge.criteria.choose(settings.criteria)
    chosen = settings.model_dump(exclude={"criteria", "payers"}, exclude_defaults=True)
    shown = ", ".join(f"{key} = {value}" for key, value in chosen.items())
    return {
        "Program": f"{PROGRAM} {version(PROGRAM)}",
        **describe_criteria(criteria),
        **describe_scores(knowledge.criteria, knowledge.text.restless),
        **describe_payers(knowledge.payers.choose(settings.payers)),
        "Settings": shown or "none",
        "Knowledge": knowledge.hash,
        "Studies": str(counts["studies"]),
        "Legs": str(counts["legs"]),
        "Items to review": str(counts["review_items"]),
        "Patients with exams on several days": str(counts["patients_followed"]),
        "Files": f"{counts['files']}, of which {counts['files_used']} used and "
        f"{counts['files_not_usable']} not usable",
    }


def describe_selection(about: Mapping[str, str], exams: int, note: str = "") -> dict[str, str]:
    """The About sheet's lines for a workbook of some exams, without the counts of all."""
    lines = {label: words for label, words in about.items() if label not in _COUNTED}
    lines[EXAMS] = str(exams)
    return {**lines, SHEETS: note} if note else lines
