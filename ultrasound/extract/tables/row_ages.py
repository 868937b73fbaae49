"""The age of a clot in a column of its own, or opening a remark: "Thrombus Y   Age acute"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import Fact, Outcome
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.cell_context import CellContext
from ultrasound.extract.tables.table_cells import text_of
from ultrasound.extract.tables.table_rows import Row
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.knowledge.schema_text import CellCode

_CLOT: Final = ("thrombus",)
_AGES: Final = ("acute", "subacute", "chronic", "indeterminate")
_ENDS: Final = re.compile(r"[,;(]")
_LETTERS: Final = 2  # of a word; fewer are a code of something else
_MEASURED: Final = ("compressibility", "reflux_time", "diameter", "thrombus")


def tell_age(
    context: CellContext, row: Row, outcomes: Sequence[Outcome], codes: Sequence[CellCode]
) -> list[Outcome]:
    """The outcomes of a row, a clot of no age with the one that another cell of the row tells.

    Where the row finds a clot of an age already, or two ages, nothing changes.
    """
    clots = [o for o in outcomes if isinstance(o, Fact) and o.property == "thrombus"]
    ages = _find_ages(context, row, codes)
    if not clots or len(ages) != 1 or any(c.value != "present" or c.prior for c in clots):
        return list(outcomes)
    age, at = next(iter(ages.items()))
    return [_with_age(o, age, at) if o in clots else o for o in outcomes if not _spans(o, at)]


def _find_ages(context: CellContext, row: Row, codes: Sequence[CellCode]) -> dict[str, Span]:
    """The ages that cells in words open with, and where they stand."""
    found: dict[str, Span] = {}
    for column, cell in row.cells:
        if not set(_MEASURED).isdisjoint(column.properties) or column.prior:
            continue
        first = _ENDS.split(text_of(context.marks, cell), maxsplit=1)[0].strip()
        says = find_code(first, _CLOT, codes) if len(first) > _LETTERS else None
        if says is not None and says[1] in _AGES:
            found.setdefault(says[1], (cell.first, cell.last - 1))
    return found


def _with_age(fact: Outcome, age: str, at: Span) -> Outcome:
    if not isinstance(fact, Fact):
        return fact
    return replace(fact, value=age, support=(*fact.support, ("age", at)))


def _spans(outcome: Outcome, at: Span) -> bool:
    """Whether an outcome is no more than a doubt about the cell that tells the age."""
    return not isinstance(outcome, Fact) and getattr(outcome, "span", None) == at
