"""Pairs that a line declares: "diameter/depth from skin, mm", "entries = sec / cm"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.header_meanings import PROPERTY_OF
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import Unit

_SLASH: Final = "/"
_SIGNS: Final = frozenset("()[],:=;.-–")
_OPENING: Final = ("(", "[", "in")
_PLACES: Final = ("leg", "vein", "place", "inferred", "level", "zone")
_WHERE: Final = "height"  # the name of where the values are taken
# What may stand beside a pair in the line that declares it.
BESIDE: Final = frozenset(
    {
        "all",
        "value",
        "figure",
        "box",
        "boxe",
        "cell",
        "every",
        "how",
        "to",
        "read",
        "entry",
        "pair",
        "number",
        "reading",
        "measurement",
        "list",
        "are",
        "is",
        "as",
        "in",
        "given",
        "shown",
        "written",
        "recorded",
        "measured",
        "and",
        "the",
        "each",
        "per",
        "throughout",
        "below",
        "vein",
        "level",
        "segment",
        "unless",
        "otherwise",
        "stated",
        "noted",
        "unit",
        "by",
    }
)
Part = tuple[str | None, tuple[Unit, Span] | None]  # the name and the unit of one of a pair


@dataclass(frozen=True, slots=True)
class _Item:
    """A name of a property or a unit, from a token up to another."""

    first: int
    end: int
    name: str | None = None
    unit: tuple[Unit, Span] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two properties in the order of their values, their units, and where they begin."""

    first: int
    parts: tuple[Part, Part]

    @property
    def properties(self) -> tuple[str, ...]:
        """What is measured; empty where a part tells neither its name nor its unit."""
        named = (
            name or (PROPERTY_OF[unit[0].kind] if unit is not None else "")
            for name, unit in self.parts
        )
        return tuple(name for name in named if name)


def read_pair(headers: HeaderReader, marks: Marks, first: int, last: int) -> Pair | None:
    """The pair that a line without numbers declares, None where it says anything else."""
    if not marks.has_sign(_SLASH, first, last) or marks.has_digits(first, last):
        return None
    tokens = marks.tokens[first:last]
    items = list(_find_items(headers, marks, first, last))
    if _says_more(marks, items, first, last):
        return None
    items = [item for item in items if item.name or item.unit]
    pairs = [
        pair
        for token in tokens
        if token.text == _SLASH and (pair := _pair_about(marks, items, token.index)) is not None
    ]
    if not pairs:
        return None
    whole = _share_unit(_complete(pairs), items)
    measured = [name in KIND_OF or name == "compressibility" for name in whole.properties]
    return whole if len(set(whole.properties)) == len(measured) > 1 and all(measured) else None


def only_declares(headers: HeaderReader, marks: Marks, first: int, last: int) -> bool:
    """Whether tokens hold nothing but names of what is measured, units and signs."""
    return not _says_more(marks, list(_find_items(headers, marks, first, last)), first, last)


def start_of_names(headers: HeaderReader, marks: Marks, first: int, last: int) -> int | None:
    """The first token of the names and units of a line, None where it has none."""
    return next((item.first for item in _find_items(headers, marks, first, last)), None)


def _find_items(headers: HeaderReader, marks: Marks, first: int, last: int) -> Iterator[_Item]:
    index = first
    while index < last:
        if not headers.begins(marks.tokens[index].norm):
            index += 1
            continue
        name = headers.property_at(marks, index, last)
        if name in KIND_OF or name == "compressibility":
            end = headers.property_end(marks, index, last)
            yield _Item(index, end, name=name)
            index = end
            continue
        if name == _WHERE:
            yield _Item(index, headers.property_end(marks, index, last))
        unit = headers.unit_at(marks, index, last)
        if unit is not None and unit[0].kind == "velocity" and _is_spaced(marks, index):
            unit = headers.unit_at(marks, index, last, alone=True)  # "entries = cm / s" is a pair
        if unit is not None:
            yield _Item(index, unit[1] + 1, unit=(unit[0], (index, unit[1])))
            index = unit[1]
        index += 1


def _is_spaced(marks: Marks, index: int) -> bool:
    """Whether a slash between blanks follows a token."""
    slash = marks.tokens[index + 1 : index + 2]
    return bool(slash) and slash[0].text == _SLASH and bool(slash[0].gap)


def _says_more(marks: Marks, items: Sequence[_Item], first: int, last: int) -> bool:
    """Whether a line holds words beside places and what declares."""
    taken = {i for item in items for i in range(item.first, item.end)}
    for token in marks.tokens[first:last]:
        if token.index in taken or token.text in _SIGNS or token.text == _SLASH:
            continue
        mention = marks.mention_over(token.index)
        placed = mention is not None and mention.row(*_PLACES) is not None
        if not placed and token.norm not in BESIDE:
            return True
    return False


def _pair_about(marks: Marks, items: Sequence[_Item], slash: int) -> Pair | None:
    """What stands on both sides of a slash."""
    before = [item for item in items if item.end <= slash]
    after = [item for item in items if item.first > slash]
    if not before or not after or slash - before[-1].end > 1 or after[0].first - slash > 1:
        return None
    first = before[-1]
    name = before[-2] if len(before) > 1 and _names(marks, before[-2], first) else None
    left: Part = (name.name, first.unit) if name is not None else (first.name, first.unit)
    named = after[0].name is not None and len(after) > 1 and _names(marks, after[0], after[1])
    right: Part = (after[0].name, after[1].unit if named else after[0].unit)
    return Pair((name or first).first, (left, right))


def _names(marks: Marks, name: _Item, unit: _Item) -> bool:
    """Whether a unit stands straight behind the name that it is of, or in brackets."""
    if name.name is None or unit.unit is None:
        return False
    return all(t.text in _OPENING for t in marks.tokens[name.end : unit.first])


def _complete(pairs: Sequence[Pair]) -> Pair:
    """The first pair with the units of another: "reflux/diameter, s/mm"."""
    first = pairs[0]
    for other in pairs[1:]:
        fits = all(name is None for name, _ in other.parts)
        if fits and not any(unit for _, unit in first.parts):
            units = [unit for _, unit in other.parts]
            names = [name for name, _ in first.parts]
            return replace(first, parts=((names[0], units[0]), (names[1], units[1])))
    return first


def _share_unit(pair: Pair, items: Sequence[_Item]) -> Pair:
    """Give the one unit of a line to all that it can be of: "diameter/depth, mm"."""
    units = [item.unit for item in items if item.unit is not None]
    if len(units) != 1:
        return pair
    only = units[0]
    parts = [
        (name, unit or (only if name and KIND_OF.get(name) == only[0].kind else None))
        for name, unit in pair.parts
    ]
    return replace(pair, parts=(parts[0], parts[1]))
