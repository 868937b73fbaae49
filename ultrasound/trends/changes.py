"""What became of each place of a patient's legs from exam to exam.

Times, diameters and the status are those of the table ``segments``. A place at which an exam tells
several veins apart has no trend there: their numbers follow the text of each report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ultrasound.domain import Quantity
from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.numerals import write_bounds
from ultrasound.trends.patients import Exam, Patient

Row = Mapping[str, object]
SEGMENT_COLUMNS: Final = (
    "study",
    "leg",
    "vein",
    "segment",
    "item",
    "status",
    "flags",
    "reflux_time_ms",
    "reflux_time_comparator",
    "reflux_time_upper_ms",
    "diameter_mm",
    "diameter_comparator",
    "diameter_upper_mm",
    "observations",
)
FACT_COLUMNS: Final = ("study", "id", "segment", "property")
_UNITS: Final = {"reflux_time": "ms", "diameter": "mm"}
_STATUS: Final = "status"
# Facts of these say something of what the vein does, or why it cannot.
_STATE: Final = ("reflux", "reflux_time", "treatment_result", "treatment", "anatomy")
_PROPERTIES: Final = (*_UNITS, _STATUS)
_LEGS: Final = ("right", "left")
# Of these, nothing can be told about what the vein did.
_UNKNOWN: Final = ("cannot_say", "not_visualized", "not_assessed")
_SILENT: Final = "not_stated"
_FROM_VEIN: Final = "from_vein"
CANNOT_SAY: Final = "cannot_say"


@dataclass(frozen=True, slots=True)
class Spot:
    """What a trend is about; ``segment`` is None where the reports name no level."""

    leg: str
    vein: str
    segment: str | None
    property: str


@dataclass(frozen=True, slots=True)
class Point:
    """What the exams of one day say: more than one value where they do not say the same.

    ``inferred``: a statement about the vein as a whole answers for the level, which has no fact of
    its own on the property.
    """

    exam: Exam
    values: tuple[Quantity | str, ...]
    inferred: bool

    @property
    def text(self) -> str:
        """The value as a cell."""
        return "; ".join(_write(value) for value in self.values)


def list_trends(
    patient: Patient, segments: Iterable[Row], facts: Iterable[Row], display: DisplayTable
) -> Iterator[dict[str, object]]:
    """The rows of the table ``trends`` of one patient: right leg first, then by vein and level.

    Args:
        patient: whose exams they are.
        segments: the rows of its exams in the table ``segments``.
        facts: those in the table ``observations``.
        display: the order of veins and levels.
    """
    by_study: dict[str, list[Row]] = {}
    for row in segments:
        by_study.setdefault(str(row["study"]), []).append(row)
    known = {(str(row["study"]), str(row["id"])): row for row in facts}
    series: dict[Spot, dict[str, Point]] = {}
    for exam in patient.exams:
        for spot, value, inferred in _read_exam(by_study.get(exam.study, ()), known):
            days, point = series.setdefault(spot, {}), Point(exam, (value,), inferred)
            days[exam.date] = _unite(days.get(exam.date, point), point)
    veins, levels = list(display.veins), list(display.segments)
    for spot in sorted(series, key=lambda spot: _order(spot, veins, levels)):
        points = list(series[spot].values())
        if len(points) > 1:
            yield _write_row(patient, spot, points)


def compare(one: Quantity | str, other: Quantity | str) -> str:
    """The change from one value to a later one, as a code."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        if _is_below(one, other):
            return "increased"
        if _is_below(other, one):
            return "decreased"
        return "unchanged" if subtract(one, other) is not None else CANNOT_SAY
    if one in _UNKNOWN or other in _UNKNOWN:
        return CANNOT_SAY
    return "unchanged" if one == other else "changed"


def subtract(one: Quantity | str, other: Quantity | str) -> Decimal | None:
    """The later number less the first; None where one of them is a bound, a range or a code."""
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return None
    (low, high, *_), (other_low, other_high, *_) = one.interval, other.interval
    return other_low - low if low == high and other_low == other_high else None


def _is_below(one: Quantity, other: Quantity) -> bool:
    _, high, _, high_out = one.interval
    low, _, low_out, _ = other.interval
    return high is not None and (high < low or (high == low and (high_out or low_out)))


def _read_exam(
    rows: Iterable[Row], facts: Mapping[tuple[str, str], Row]
) -> Iterator[tuple[Spot, Quantity | str, bool]]:
    """Each value of an exam at a place that holds one vein, and whether it is inferred."""
    places: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        places.setdefault((row["leg"], row["vein"], row["segment"]), []).append(row)
    for (leg, vein, segment), found in places.items():
        if len(found) > 1 or found[0]["item"] is not None:
            continue
        for prop in _PROPERTIES:
            value = _read_value(found[0], prop)
            if value is not None:
                level = None if segment is None else str(segment)
                inferred = _is_inferred(found[0], prop, facts)
                yield Spot(str(leg), str(vein), level, prop), value, inferred


def _is_inferred(row: Row, prop: str, facts: Mapping[tuple[str, str], Row]) -> bool:
    """Whether no fact of the level itself, only one about its vein, speaks of a property."""
    if _FROM_VEIN not in str(row["flags"] or "").split("; "):
        return False
    asked = _STATE if prop == _STATUS else (prop,)
    keys = ((str(row["study"]), name) for name in str(row["observations"] or "").split("; "))
    told = [facts[key] for key in keys if key in facts]
    return not any(o["segment"] == row["segment"] and o["property"] in asked for o in told)


def _read_value(row: Row, prop: str) -> Quantity | str | None:
    if prop == _STATUS:
        return None if row[_STATUS] in (None, _SILENT) else str(row[_STATUS])
    unit = _UNITS[prop]
    number = _read_number(row[f"{prop}_{unit}"])
    if number is None:
        return None
    return Quantity(
        number,
        unit,
        str(row[f"{prop}_comparator"] or "="),
        _read_number(row[f"{prop}_upper_{unit}"]),
        attained="attained" in str(row["flags"] or "").split("; "),
    )


def _read_number(cell: object) -> Decimal | None:
    return None if cell is None else Decimal(str(cell))


def _unite(one: Point, other: Point) -> Point:
    """Two exams of one day: nothing tells which of two values is the later one."""
    values = tuple(dict.fromkeys((*one.values, *other.values)))
    return Point(one.exam, values, one.inferred and other.inferred)


def _order(spot: Spot, veins: Sequence[str], levels: Sequence[str]) -> tuple[int | str, ...]:
    return (
        _LEGS.index(spot.leg),
        _place(spot.vein, veins),
        -1 if spot.segment is None else _place(spot.segment, levels),
        spot.vein,
        spot.segment or "",
        _PROPERTIES.index(spot.property),
    )


def _place(code: str, codes: Sequence[str]) -> int:
    return codes.index(code) if code in codes else len(codes)


def _write_row(patient: Patient, spot: Spot, points: Sequence[Point]) -> dict[str, object]:
    first, before, last = points[0], points[-2], points[-1]
    change, difference = _tell(first, last)
    recent_change, recent_difference = _tell(before, last)
    return {
        "patient_id": last.exam.patient_id,
        "leg": spot.leg,
        "vein": spot.vein,
        "segment": spot.segment,
        "property": spot.property,
        "first_date": first.exam.date,
        "first_value": first.text,
        "last_date": last.exam.date,
        "last_value": last.text,
        "change": change,
        "difference": difference,
        "previous_date": before.exam.date,
        "previous_value": before.text,
        "change_since_previous": recent_change,
        "difference_since_previous": recent_difference,
        "exams": len(points),
        "patient_issuer": patient.issuer,
        "first_study": first.exam.study,
        "previous_study": before.exam.study,
        "last_study": last.exam.study,
        "flags": _FROM_VEIN if all(point.inferred for point in points) else None,
    }


def _tell(one: Point, other: Point) -> tuple[str, Decimal | None]:
    if len(one.values) > 1 or len(other.values) > 1:
        return CANNOT_SAY, None
    first, second = one.values[0], other.values[0]
    return compare(first, second), subtract(first, second)


def _write(value: Quantity | str) -> str:
    """A number with its bound, the unit being that of the property; or a code."""
    if not isinstance(value, Quantity):
        return value
    return write_bounds(value)
