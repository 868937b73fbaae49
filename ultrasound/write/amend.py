"""Review items that arise once all studies are there, added to the parts of their studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ultrasound.domain import Correction, ReviewItem
from ultrasound.write.columns import PART_TABLES
from ultrasound.write.jsonl import line_text, review_line
from ultrasound.write.leg_rows import IDENTITY_MISMATCH
from ultrasound.write.parquet import MARKER, PartWriter, list_batches, read_part
from ultrasound.write.review_rows import (
    IN_FORCE,
    NOT_FOUND,
    LateItem,
    correction_row,
    find_decided,
    identify_late,
    review_row,
)
from ultrasound.write.rows import fit_row
from ultrasound.write.source_rows import Row, join_list

Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class _Question:
    """A late item with its id, and what was decided on the item itself or on its facts."""

    late: LateItem
    key: str
    decisions: Sequence[Correction]

    @property
    def decision(self) -> Correction | None:
        """The decision in force."""
        return find_decided(self.decisions).get(self.key)


def add_review(
    parts: Path, items: Mapping[str, Sequence[LateItem]], corrections: Iterable[Correction] = ()
) -> tuple[int, set[str]]:
    """Add review items, by study, as if the studies had come with them; once for each set of parts.

    Only the batches that hold one of the studies are written anew, one after the other.

    Args:
        parts: the parts of all studies.
        items: the items of each study.
        corrections: the physician's decisions, with the states that the studies gave them.

    Returns:
        How many of the items are undecided, and the ids of the decisions on such items themselves,
        which no fact of a study could place.
    """
    given: dict[str, list[Correction]] = {}
    for correction in corrections:
        given.setdefault(correction.review or "", []).append(correction)
    placed: set[str] = set()
    undecided = 0
    for batch in list_batches(parts):
        studies = [str(row["study"]) for row in read_part(parts, MARKER, batch, ["study"])]
        if not items.keys().isdisjoint(studies):
            rows = {table: list(read_part(parts, table, batch)) for table in PART_TABLES}
            for study in studies:
                asked = list(_ask(study, items.get(study, ()), given))
                if not asked:
                    continue
                _amend(rows, study, asked)
                placed |= _place_decisions(rows, study, asked)
                undecided += sum(question.decision is None for question in asked)
            places = {study: place for place, study in enumerate(studies)}
            for table in ("review", "corrections"):
                rows[table].sort(key=lambda row: places[str(row["study"])])
            PartWriter(parts).write(batch, rows)
    return undecided, placed


def _ask(
    study: str, items: Sequence[LateItem], given: Mapping[str, Sequence[Correction]]
) -> Iterator[_Question]:
    """Each item with its id; a decision without a fact is in force where its item is."""
    for late, key in zip(items, identify_late(items, study), strict=True):
        decisions = [
            replace(c, state=IN_FORCE, document=late.item.document)
            if c.observation is None and c.state == NOT_FOUND
            else c
            for c in given.get(key, ())
        ]
        yield _Question(late, key, decisions)


def _amend(rows: Rows, study: str, asked: Sequence[_Question]) -> None:
    items = [question.late.item for question in asked]
    rows["review"] += [
        fit_row(
            review_row(q.late.item, study, q.key, join_list(q.late.facts), q.decision), "review"
        )
        for q in asked
    ]
    lines = [fit_row({"study": study, "line": line_text(review_line(i))}, "_lines") for i in items]
    last = max((n for n, row in enumerate(rows["_lines"], 1) if row["study"] == study), default=0)
    rows["_lines"][last:last] = lines
    undecided = [question.late.item for question in asked if question.decision is None]
    for leg in (row for row in rows["legs"] if row["study"] == study):
        concerning = [item for item in undecided if item.leg in (leg["leg"], None)]
        leg["review_items"] = int(str(leg["review_items"])) + len(concerning)
        if _is_urgent(concerning):
            told = str(leg["attention"] or "").split("; ")
            leg["attention"] = join_list(dict.fromkeys(filter(None, [*told, IDENTITY_MISMATCH])))
    for row in rows[MARKER]:
        row["urgent"] = row["urgent"] or (row["study"] == study and _is_urgent(undecided))


def _place_decisions(rows: Rows, study: str, asked: Iterable[_Question]) -> set[str]:
    """Give the study the decisions that name no fact; those on a fact came with the study's own."""
    own = [c for question in asked for c in question.decisions if c.observation is None]
    rows["corrections"] += [fit_row(correction_row(c, study), "corrections") for c in own]
    return {c.id for c in own}


def _is_urgent(items: Iterable[ReviewItem]) -> bool:
    return any(item.code == IDENTITY_MISMATCH for item in items)
