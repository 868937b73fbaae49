"""Review items that arise once all studies are there, added to the parts of their studies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ultrasound.domain import ReviewItem
from ultrasound.write.columns import PART_TABLES
from ultrasound.write.jsonl import line_text, review_line
from ultrasound.write.leg_rows import IDENTITY_MISMATCH
from ultrasound.write.parquet import MARKER, PartWriter, list_batches, read_part
from ultrasound.write.rows import fit_row
from ultrasound.write.source_rows import Row, join_list, review_row

Rows = dict[str, list[Row]]


def add_review(parts: Path, items: Mapping[str, Sequence[ReviewItem]]) -> None:
    """Add review items, by study, as if the studies had come with them; once for each set of parts.

    Only the batches that hold one of the studies are written anew, one after the other.
    """
    for batch in list_batches(parts):
        studies = [str(row["study"]) for row in read_part(parts, MARKER, batch, ["study"])]
        if not items.keys().isdisjoint(studies):
            rows = {table: list(read_part(parts, table, batch)) for table in PART_TABLES}
            for study in studies:
                _amend(rows, study, items.get(study, ()))
            places = {study: place for place, study in enumerate(studies)}
            rows["review"].sort(key=lambda row: places[str(row["study"])])
            PartWriter(parts).write(batch, rows)


def _amend(rows: Rows, study: str, items: Sequence[ReviewItem]) -> None:
    rows["review"] += [fit_row(review_row(item, study), "review") for item in items]
    lines = [fit_row({"study": study, "line": line_text(review_line(i))}, "_lines") for i in items]
    last = max((n for n, row in enumerate(rows["_lines"], 1) if row["study"] == study), default=0)
    rows["_lines"][last:last] = lines
    for leg in (row for row in rows["legs"] if row["study"] == study):
        concerning = [item for item in items if item.leg in (leg["leg"], None)]
        leg["review_items"] = int(str(leg["review_items"])) + len(concerning)
        if _is_urgent(concerning):
            told = str(leg["attention"] or "").split("; ")
            leg["attention"] = join_list(dict.fromkeys(filter(None, [*told, IDENTITY_MISMATCH])))
    for row in rows[MARKER]:
        row["urgent"] = row["urgent"] or (row["study"] == study and _is_urgent(items))


def _is_urgent(items: Iterable[ReviewItem]) -> bool:
    return any(item.code == IDENTITY_MISMATCH for item in items)
