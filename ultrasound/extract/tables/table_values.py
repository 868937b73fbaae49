"""What the cell of a table states: a code by the tables or the legend, or numbers by the header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_meanings import PROPERTY_OF
from ultrasound.extract.words.cell_codes import ANSWER, find_code
from ultrasound.extract.words.legend import Legend
from ultrasound.extract.words.legend_scopes import OF_REFLUX
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.extract.words.units import KIND_OF, ChosenUnit, ReportUnits
from ultrasound.knowledge.schema_text import CellCode, UnitTable


class Measured(NamedTuple):
    """A property, its number with a unit, and where else that stands; ``assumed`` if nowhere."""

    name: str
    number: Number
    unit_at: Span | None = None
    assumed: bool = False


_OTHER_WORDS: Final = 2  # words beside its numbers from which a cell is prose
# What a vein is found to be where the question of its column has no answer.
_FOUND_INSTEAD: Final = (("patency", "occluded"), ("thrombus", "present"))
_ANYWHERE: Final = ("anatomy", "treatment", "treatment_result")
_REFLUX: Final = frozenset({"reflux", "reflux_time"})
_MARKS: Final = ("compressibility", "thrombus")  # what "*" in a legend may stand for


def decode_cell(
    text: str,
    properties: Sequence[str],
    legend: Mapping[str, Sequence[tuple[str, str]]],
    codes: Sequence[CellCode],
) -> tuple[str, str] | None:
    """The property and value of a code, asked for one of ``properties`` (none: for any).

    By the report's own legend, else by the tables.
    """
    for name, value in legend.get(text, ()):
        if name == ANSWER:
            return find_code(value, properties, codes)
        if name == "*":
            return next((mark for mark in _MARKS if mark in properties), "reflux"), value
        if _fits(name, properties):
            return name, value
        if value == "not_assessed":  # "not tested" holds for what the column asks
            asked = "reflux" if _REFLUX.intersection(properties) else name
            return next((mark for mark in _MARKS if mark in properties), asked), value
    found = find_code(text, properties, codes)
    return found or next((says for says in legend.get(text, ()) if says in _FOUND_INSTEAD), None)


def decode_all(
    text: str, properties: Sequence[str], legend: Legend, codes: Sequence[CellCode]
) -> list[tuple[str, str]]:
    """All that a code says: several properties where the report's legend joins them."""
    found = decode_cell(text, properties, legend, codes)
    if found is None or found not in legend.get(text, ()) or text not in legend.joint:
        return [] if found is None else [found]
    return [says for says in legend[text] if _fits(says[0], properties)]


def leads_thrombus(text: str, properties: Sequence[str], codes: Sequence[CellCode]) -> bool:
    """Whether a label asks where thrombus is, and the cell tells no age: "present in the CFV"."""
    first = text.replace(",", " ").split()[:1]
    found = [find_code(word, properties, codes) for word in first]
    return tuple(properties) == ("thrombus",) and found in ([None], [("thrombus", "present")])


def _fits(name: str, properties: Sequence[str]) -> bool:
    """Whether a column can hold a property; one without a name holds any."""
    if not properties or name in _ANYWHERE or name in properties:
        return True
    return name == "reflux" and not OF_REFLUX.isdisjoint(properties)


def find_numbers(marks: Marks, chunk: Chunk) -> list[Number]:
    """The numbers of a cell; an empty cell's dash between two cells makes no range of them.

    Nor is the word of the next cell the unit of this one.
    """
    numbers = marks.numbers_in(chunk.first, chunk.last + 1)
    return [_end_at(n, chunk.last) if n.last > chunk.last else n for n in numbers]


def _end_at(number: Number, last: int) -> Number:
    """A number as far as it stands in its cell."""
    outside = number.unit_token is not None and number.unit_token > last
    own = replace(number, unit=None, unit_token=None, last=last) if outside else number
    return replace(own, last=own.first, high=None) if own.high else own


def measure_cell(
    elements: Sequence[Element | PlaceGroup],
    numbers: Sequence[Number],
    column: Column,
    units: ReportUnits,
    table: UnitTable,
) -> Iterator[Measured]:
    """The measurements of a cell by the units and the order that its header names."""
    wanted = [name for name in column.properties if name in KIND_OF]
    if not wanted and not OF_REFLUX.isdisjoint(column.properties):
        wanted = ["reflux_time"]  # "I (1.9)" among answers on competence
    tokens = [e for e in elements if isinstance(e, Token)]
    words = sum(token.kind == "word" for token in tokens)
    if not numbers or not wanted or words > _OTHER_WORDS:
        return
    if len(numbers) > len(wanted) and any(n.unit is None for n in numbers):
        return
    slashes = [token.index for token in tokens if token.text == "/"]
    named = column.properties if len(column.properties) == len(slashes) + 1 else wanted
    paired = len(slashes) > 0 and len(named) == len(slashes) + 1
    for order, told in enumerate(numbers):
        position = sum(told.first > slash for slash in slashes) if paired else order
        name = _name_at(named if paired else wanted, position)
        number = _drop_lent(told, name)
        if number.unit is not None:
            measured = _measure_by_unit(number, number.unit.kind, wanted)
        elif name is not None:
            measured = _measure_by_header(number, name, column, units.choose(name, number, table))
        else:
            measured = None
        if measured is not None:
            yield measured


def _drop_lent(number: Number, name: str | None) -> Number:
    """A number of a pair without the unit of the other, of another kind: "8.6 / 2.9 s"."""
    kind = KIND_OF.get(name or "")
    if not number.shared or kind is None or number.unit is None or number.unit.kind == kind:
        return number
    return replace(number, unit=None, unit_token=None, shared=False)


def _name_at(names: Sequence[str], position: int) -> str | None:
    """What a number at a place of its cell measures; None where codes stand there."""
    name = names[position] if position < len(names) else ""
    return "reflux_time" if name in OF_REFLUX else name if name in KIND_OF else None


def _measure_by_unit(number: Number, kind: str, wanted: Sequence[str]) -> Measured | None:
    """The property of a number by the kind of its own unit."""
    name = next((n for n in wanted if KIND_OF[n] == kind), PROPERTY_OF.get(kind))
    return None if name is None else Measured(name, number)


def _measure_by_header(
    number: Number, name: str, column: Column, chosen: ChosenUnit | None
) -> Measured | None:
    """A number as what the header's order makes it, with the unit of the header or the report."""
    for unit, span in column.units:
        if unit.kind == KIND_OF[name]:
            return Measured(name, replace(number, unit=unit), span)
    if chosen is None:
        return None
    return Measured(name, replace(number, unit=chosen.unit), chosen.at, assumed=chosen.at is None)
