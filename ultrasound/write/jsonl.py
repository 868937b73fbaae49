"""The contract's JSON lines: observation, context, dismissal, review and problem."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from ultrasound.domain import (
    Context,
    Dismissal,
    Extraction,
    Observation,
    Problem,
    Quantity,
    ReviewItem,
)
from ultrasound.write.origins import write_json, write_origin, write_support
from ultrasound.write.parquet import read_table

Line = dict[str, object]


def observation_line(observation: Observation, study: str | None) -> Line:
    """One observation; numbers in ms, mm or cm/s, whole ones as integers."""
    place, value = observation.place, observation.value
    quantity = value if isinstance(value, Quantity) else None
    return {
        "type": "observation",
        "document": observation.document,
        "study": study,
        "leg": place.leg,
        "vein": place.vein,
        "segment": place.segment,
        "item": place.item,
        "count": observation.count,
        "property": observation.property,
        "value": value if quantity is None else write_number(quantity.value),
        "comparator": "=" if quantity is None else quantity.comparator,
        "upper": None if quantity is None else write_number(quantity.upper),
        "unit": None if quantity is None else quantity.unit,
        "assertion": observation.assertion,
        "temporality": observation.temporality,
        "derivation": observation.derivation,
        "location": place.location,
        "source": write_origin(observation.source),
        "support": write_support(observation.support),
        "section": observation.section,
        "expanded": observation.expanded,
        "flags": list(observation.flags),
    }


def context_line(context: Context, study: str | None) -> Line:
    """One fact of the study, the leg or the report."""
    return {
        "type": "context",
        "document": context.document,
        "study": study,
        "leg": context.leg,
        "fact": context.fact,
        "value": context.value,
        "assertion": context.assertion,
        "source": write_origin(context.source),
        "section": context.section,
    }


def dismissal_line(dismissal: Dismissal) -> Line:
    """One thing seen that is deliberately no observation."""
    return {
        "type": "dismissal",
        "document": dismissal.document,
        "source": write_origin(dismissal.origin),
        "rule": dismissal.rule,
    }


def review_line(item: ReviewItem) -> Line:
    """One thing for a person to decide."""
    return {
        "type": "review",
        "document": item.document,
        "leg": item.leg,
        "vein": item.vein,
        "segment": item.segment,
        "code": item.code,
        "severity": item.severity,
        "message": item.message,
        "sources": [write_origin(origin) for origin in item.origins],
    }


def problem_line(problem: Problem) -> Line:
    """One file that could not be used."""
    return {
        "type": "problem",
        "path": problem.path,
        "stage": problem.stage,
        "code": problem.code,
        "message": problem.message,
    }


def extraction_lines(extraction: Extraction, study: str | None) -> Iterator[Line]:
    """All lines of what was read: observations, context, dismissals, review."""
    yield from (observation_line(o, study) for o in extraction.observations)
    yield from (context_line(c, study) for c in extraction.context)
    yield from (dismissal_line(d) for d in extraction.dismissals)
    yield from (review_line(r) for r in extraction.review)


def write_number(value: Decimal | None) -> int | float | None:
    """A number for JSON: an integer where it is one, else a decimal number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def write_jsonl(parts: Path, path: Path) -> None:
    """Write ``observations.jsonl`` from the parts, line by line, and put it in place at the end."""
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8", newline="\n") as out:
        for row in read_table(parts, "_lines"):
            out.write(f"{row['line']}\n")
    unfinished.replace(path)


def line_text(line: Line) -> str:
    """A line as it is written."""
    return write_json(line)
