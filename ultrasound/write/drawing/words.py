"""The words of the vein map: numbers with their units, captions and titles."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.knowledge.schema_drawing import VeinMapTable
from ultrasound.numerals import write_number

Row = Mapping[str, object]
_AGES = {"acute": "acute", "subacute": "subacute", "chronic": "chronic"}
_OTHER_AGES = ("present", "indeterminate")
_EHIT = ("ehit_2", "ehit_3", "ehit_4")
POSITIVE = ("acute", "subacute", "chronic", "present", "cannot_say")
STRONG = ("refluxing", "cannot_say")
_SIGNS = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> ", "~": "~ "}


def split_codes(row: Row, column: str) -> list[str]:
    """The codes of a cell that may hold several."""
    return [code for code in str(row.get(column) or "").split("; ") if code]


def read_thrombus(row: Row) -> str | None:
    """The kind of thrombus that is marked on a place, ``absent`` where it is denied."""
    codes = split_codes(row, "thrombus")
    found = next((kind for code, kind in _AGES.items() if code in codes), None)
    if found is None and (set(codes) & {*_OTHER_AGES}):
        found = "present"
    if found is not None and "uncertain_thrombus" in split_codes(row, "flags"):
        return "cannot_say"
    if found is None and set(split_codes(row, "treatment_result")) & {*_EHIT}:
        return "present"
    return found or ("absent" if "absent" in codes else None)


def write_time(row: Row) -> str:
    """The reflux time in seconds, with its bound; empty where there is none."""
    return _write_measure(row, "reflux_time", "ms")


def write_diameter(row: Row) -> str:
    """The diameter in millimetres, with its bound; empty where there is none."""
    return _write_measure(row, "diameter", "mm")


def _write_measure(row: Row, prop: str, unit: str) -> str:
    value, upper = row.get(f"{prop}_{unit}"), row.get(f"{prop}_upper_{unit}")
    written = write_measure(value, unit, row.get(f"{prop}_comparator"), upper)
    doubt = written and f"uncertain_{prop}" in split_codes(row, "flags")
    return f"{written} ?" if doubt else written


def write_measure(value: object, unit: object, comparator: object, upper: object) -> str:
    """A measured value of a row with its bound or range, times in seconds; empty for none."""
    if value is None:
        return ""
    divisor, shown = (1000, "s") if unit == "ms" else (1, unit)
    sign = _SIGNS.get(str(comparator), "")
    number = _plain(value, divisor) + ("" if upper is None else f"–{_plain(upper, divisor)}")
    return f"{sign}{number} {shown}"


def _plain(value: object, divisor: int) -> str:
    return write_number(Decimal(str(value)) / divisor)


def write_value(row: Row, table: VeinMapTable, display: DisplayTable) -> list[str]:
    """What a label says under its caption: words of state and thrombus, then the numbers."""
    words = [*_write_state(row, display)]
    thrombus = name_thrombus(row, table)
    if thrombus is not None:
        words.append(thrombus)
    numbers = " / ".join(text for text in (write_time(row), write_diameter(row)) if text)
    return [*words, numbers] if numbers else words


def _write_state(row: Row, display: DisplayTable) -> list[str]:
    status = str(row["status"])
    treatments = [display.values.get(code, code) for code in split_codes(row, "treatment")]
    states = {"treated_open": "open", "treated_closed": "closed"}
    if status in states:
        return [", ".join([states[status], *treatments])]
    if status == "absent":
        return [", ".join(treatments) or "absent"]
    return [f"after {', '.join(treatments)}"] if treatments else []


def write_caption(row: Row, table: VeinMapTable) -> str:
    """The vein and its level in short: "GSV prox thigh"."""
    level = table.short.get(str(row.get("segment")), "")
    return " ".join(part for part in (str(row["vein"]), level) if part)


def write_place(row: Row, table: VeinMapTable, display: DisplayTable) -> str:
    """The vein, its level, the number of an item, and the words of a location."""
    vein = display.veins.get(str(row["vein"]), str(row["vein"]))
    segment, item = row.get("segment"), row.get("item")
    parts = [vein]
    if row["vein"] in table.groups:
        parts = [f"{vein} as a group"]
    elif segment is None:
        parts.append("level not stated")
    if segment is not None:
        parts.append(display.segments.get(str(segment), str(segment)))
    if item is not None:
        parts.append(f"number {int(str(item))}")
    where = f" ({row['location']})" if row.get("location") else ""
    return f"{', '.join(parts)}{where}"


def write_facts(row: Row, table: VeinMapTable, display: DisplayTable) -> str:
    """The status of a row, and what was measured and seen there."""
    facts = [display.name_status(str(row["status"]))]
    facts += [text for text in (write_time(row), write_diameter(row)) if text]
    thrombus = name_thrombus(row, table)
    facts += [thrombus] if thrombus else []
    facts += [display.values.get(code, code) for code in split_codes(row, "treatment")]
    return ", ".join(facts)


def name_thrombus(row: Row, table: VeinMapTable) -> str | None:
    """The words for what is said of a thrombus."""
    kind = read_thrombus(row)
    if kind == "absent" and "acute_only" in split_codes(row, "flags"):
        kind = "acute_only"
    return None if kind is None else table.thrombus_words[kind]
