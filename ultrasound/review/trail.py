"""The audit trail: corrections.csv of an earlier review, read back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from ultrasound.domain import DECISIONS, Correction, Leg
from ultrasound.errors import UsageError
from ultrasound.knowledge import Knowledge
from ultrasound.review.values import LEG, PROPERTIES, ValueUnclearError, check_place, parse_value
from ultrasound.write.columns import TABLES
from ultrasound.write.review_rows import IN_FORCE, NOT_FOUND, SUPERSEDED

TRAIL: Final = "corrections.csv"
_STATES: Final = (IN_FORCE, SUPERSEDED, NOT_FOUND)


def note_states(states: dict[str, str], rows: Iterable[Mapping[str, object]]) -> None:
    """Add the states of decisions, by id, from the rows of some studies.

    Two workbooks may hold the same decision; where one supersedes the other, the later counts.
    """
    for row in rows:
        key = str(row["id"])
        if states.get(key, SUPERSEDED) == SUPERSEDED:
            states[key] = str(row["state"])


def settle_corrections(
    corrections: Iterable[Correction], states: Mapping[str, str]
) -> list[Correction]:
    """The decisions with the states that they have in this run.

    Args:
        corrections: all decisions.
        states: the states of those of which the studies hold something, by id.
    """
    return [
        c if c.state == SUPERSEDED else replace(c, state=states.get(c.id, NOT_FOUND))
        for c in corrections
    ]


def read_trail(path: Path, knowledge: Knowledge) -> tuple[Correction, ...]:
    """The decisions of an earlier review, in their order.

    Raises:
        UsageError: it is no such file, or a line of it is not understood; the message names it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            missing = {column.name for column in TABLES["corrections"]} - set(rows.fieldnames or ())
            if missing:
                raise UsageError(
                    f"{path}: not the trail of a review; name the {TRAIL} that one wrote"
                )
            return tuple(_read_row(row, path.name, rows.line_num, knowledge) for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read ({type(error).__name__})") from error


def _read_row(
    row: Mapping[str, str | None], name: str, line: int, knowledge: Knowledge
) -> Correction:
    cells = {key: (value or "").removeprefix("'") or None for key, value in row.items() if key}
    try:
        return _make_correction(cells, knowledge)
    except ValueUnclearError as error:
        raise UsageError(f"{name}, line {line}: {error}") from error
    except ValueError as error:
        raise UsageError(f"{name}, line {line}: not a leg, or not a number in item") from error


def _make_correction(cells: Mapping[str, str | None], knowledge: Knowledge) -> Correction:
    prop, text, decision = cells["property"], cells["value_to"], cells["decision"] or ""
    if decision not in DECISIONS or cells["state"] not in _STATES:
        raise ValueUnclearError("not a decision, or not the state of one")
    if text is not None and prop not in PROPERTIES and (prop, decision) != (LEG, "correct"):
        raise ValueUnclearError("not a property")
    if (text is not None) is not (decision in ("correct", "add")):
        raise ValueUnclearError("to correct and to add need a value, other decisions have none")
    leg = cells["leg"]
    made = Correction(
        id=_need(cells, "id"),
        decision=decision,
        observation=cells["observation"],
        review=cells["review"],
        leg=None if leg is None else Leg(leg),
        vein=cells["vein"],
        segment=cells["segment"],
        item=None if (item := cells["item"]) is None else int(item),
        property=prop,
        value_from=cells["value_from"],
        value_to=None if text is None or prop is None else parse_value(prop, text, knowledge),
        initials=_need(cells, "initials"),
        decided=_need(cells, "decided"),
        workbook=_need(cells, "workbook"),
        cell=_need(cells, "cell"),
        document=cells["document"],
        state=cells["state"] or "",
    )
    if decision == "add":
        check_place(made.leg, made.vein, made.segment, knowledge)
    return made


def _need(cells: Mapping[str, str | None], name: str) -> str:
    value = cells[name]
    if value is None:
        raise ValueUnclearError(f"{name} is empty")
    return value
