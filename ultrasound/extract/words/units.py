"""Units that a report states once for many numbers, and those that its numbers carry most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.number_reader import NumberReader
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.quantities import Number, read_number
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge, Unit, UnitTable

KIND_OF: Final[Mapping[str, str]] = {
    "reflux_time": "time",
    "diameter": "length",
    "depth": "length",
    "velocity": "velocity",
}
# "I incompetent (secs)": the numbers beside this code are times
_TIMED: Final = {"incompetence": "reflux_time"}
_BETWEEN: Final = ("in", "=", "(", "[", ":", ",")
_LISTING: Final = (*_BETWEEN, "/", "and", "&", ";", "are")
_FEW: Final = 3  # fewer numbers with a unit do not speak for the others


@dataclass(frozen=True, slots=True)
class ReportUnits:
    """``stated``: unit by property with the tokens that say it; ``usual``: by kind of unit."""

    stated: Mapping[str, tuple[Unit, tuple[int, int]]] = field(default_factory=dict)
    usual: Mapping[str, Unit] = field(default_factory=dict)

    def choose(self, name: str, number: Number, table: UnitTable) -> ChosenUnit | None:
        """The unit of a bare number of a property.

        The one stated for it; else the one that numbers of its kind have; else the only one that
        it can be (units.toml, ``assumed``).
        """
        if name in self.stated:
            return ChosenUnit(*self.stated[name])
        usual = self.usual.get(KIND_OF[name])
        if usual is not None:
            return ChosenUnit(usual)
        term = table.find_assumed(name, read_number(number.low, None))
        only = next((unit for unit in table.unit if term in unit.terms), None)
        return None if only is None else ChosenUnit(only)


class ChosenUnit(NamedTuple):
    """The unit of a bare number and the tokens that state it; without them it is assumed."""

    unit: Unit
    at: tuple[int, int] | None = None


class UnitFinder:
    """Finds the units of a report by the words that head columns and lists."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._terms = PhraseTable(
            {
                fold_term(term): _TIMED.get(column.property, column.property)
                for column in knowledge.columns.column
                if column.property in KIND_OF or column.property in _TIMED
                for term in column.terms
            }
        )
        self._numbers = NumberReader(knowledge)

    def find_units(self, marks: Marks) -> ReportUnits:
        """What "size in mm, time in s" says, and the units that most numbers of a kind have."""
        stated: dict[str, tuple[Unit, tuple[int, int]]] = {}
        for token in marks.tokens:
            found = (
                self._stated_at(marks, token.index) if token.norm in self._terms.firsts else None
            )
            if found is not None:
                name, unit, span = found
                stated.setdefault(name, (unit, span))
        for unit, span in self._listed_units(marks):
            for name in (name for name, kind in KIND_OF.items() if kind == unit.kind):
                stated.setdefault(name, (unit, span))
        return ReportUnits(stated, _count_units(marks))

    def _listed_units(self, marks: Marks) -> list[tuple[Unit, tuple[int, int]]]:
        """What "Units: mm, ms" lists, one of a kind each."""
        for token in marks.tokens:
            if token.norm != "unit":
                continue
            found: list[tuple[Unit, tuple[int, int]]] = []
            at = token.index + 1
            while at < len(marks.tokens) and "\n" not in marks.tokens[at].gap:
                unit = self._numbers.unit_at(marks.tokens, at)
                if unit is not None:
                    found.append((unit[0], (at, unit[1])))
                elif marks.tokens[at].norm not in _LISTING:
                    break
                at = at + 1 if unit is None else unit[1] + 1
            if len({unit.kind for unit, _ in found}) == len(found) > 1:
                return found
        return []

    def _stated_at(self, marks: Marks, index: int) -> tuple[str, Unit, tuple[int, int]] | None:
        tokens = marks.tokens
        found = self._terms.find(tokens, index)
        if found is None:
            return None
        name, at = found
        at += int(at < len(tokens) and tokens[at].text == ".")  # "Diam. (mm)"
        if at + 1 < len(tokens) and tokens[at].text in _BETWEEN:
            at += 1
        if at >= len(tokens) or "\n" in tokens[at].gap:
            return None
        unit = self._numbers.unit_at(tokens, at)
        if unit is None or unit[0].kind != KIND_OF[name]:
            return None
        return name, unit[0], (at, unit[1])


def _count_units(marks: Marks) -> dict[str, Unit]:
    """The unit of each kind that most numbers of the report carry, where some do."""
    counts: Counter[tuple[str, int]] = Counter()
    units: dict[tuple[str, int], Unit] = {}
    for number in marks.numbers:
        if number.unit is not None and number.unit.kind != "other":
            key = (number.unit.kind, int(number.unit.factor or 1))
            counts[key] += 1
            units[key] = number.unit
    usual: dict[str, Unit] = {}
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count >= _FEW:
            usual.setdefault(key[0], units[key])
    return usual
