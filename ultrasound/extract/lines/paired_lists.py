"""Lists of two values about a slash, whose legs stand in the label or in a line above.

As in "Diameter (mm), R/L: SFJ 6.8/7.2, knee 3.9/5.4", or with "both legs, R/L" alone above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_SIDES: Final = (
    r"[\s,(]*\b(?P<one>R|L|Rt|Lt|RT|LT|[Rr]ight|[Ll]eft)"
    r"\s*/\s*(?P<other>R|L|Rt|Lt|RT|LT|[Rr]ight|[Ll]eft)\b\)?"
)
_LEGEND: Final = re.compile(rf"^\D*?{_SIDES}\s*[.:]?\s*$")
_LABEL: Final = re.compile(rf"^(?P<name>[^\d:]*?)(?P<sides>{_SIDES})?\s*:")
_UNIT: Final = re.compile(r"\b(mm|cm|ms|msec|s|sec)\b")
_VALUE: Final = r"\d+(?:\.\d+)?"
_ITEM: Final = re.compile(
    rf"\s*[A-Za-z][A-Za-z .-]*?\s+(?P<low>{_VALUE})(?P<slash>\s*/\s*)(?P<high>{_VALUE})\s*\.?\s*"
)
_NAMES_LEG: Final = re.compile(r"\b(?:R|L|Rt|Lt|RT|LT|right|left)\b", re.IGNORECASE)
_FEWEST: Final = 2  # pairs of a list
_Sides = tuple[str, str]


def find_paired_lists(text: str) -> list[Edit]:
    """Each value with its leg and its unit: "SFJ R 6.8 mm, L 7.2 mm; ..."."""
    if "/" not in text:
        return []
    edits: list[Edit] = []
    above: _Sides | None = None
    position = 0
    for raw in text.splitlines(keepends=True):
        line = raw.rstrip()
        legend = _LEGEND.match(line)
        if legend is not None:
            above = _sides_of(legend) or above
        elif not line:
            above = None
        edits += _read_list(line, position, above)
        position += len(raw)
    return edits


def _sides_of(found: re.Match[str]) -> _Sides | None:
    """The two legs in their order, None where one stands twice."""
    one, other = found["one"][0].upper(), found["other"][0].upper()
    return (one, other) if one != other else None


def _read_list(line: str, at: int, above: _Sides | None) -> list[Edit]:
    """The changes to one line, which begins ``at`` a place; none where it is no such list."""
    label = _LABEL.match(line)
    unit = _UNIT.search(label["name"]) if label is not None else None
    if label is None or unit is None or _NAMES_LEG.search(label["name"]):
        return []
    sides = _sides_of(label) if label["sides"] else above
    pairs = list(_list_pairs(line, label.end()))
    if sides is None or len(pairs) < _FEWEST or None in pairs:
        return []
    edits = [Edit(at + label.start("sides"), at + label.end("sides"))] if label["sides"] else []
    for pair in pairs:
        if pair is None:
            continue
        low, (start, end), high = pair.start("low"), pair.span("slash"), pair.end("high")
        edits += [
            Edit(at + low, at + low, f"{sides[0]} "),
            Edit(at + start, at + end, f" {unit[1]}, {sides[1]} "),
            Edit(at + high, at + high, f" {unit[1]}"),
        ]
        if pair.end() < len(line):
            edits.append(Edit(at + pair.end(), at + pair.end() + 1, ";"))
    return edits


def _list_pairs(line: str, start: int) -> Iterator[re.Match[str] | None]:
    """The items of a list between commas, None for one that is no place and its two values."""
    while start < len(line):
        ends = [e for sign in ",;" if (e := line.find(sign, start)) >= 0]
        end = min(ends, default=len(line))
        yield _ITEM.fullmatch(line, start, end)
        start = end + 1
