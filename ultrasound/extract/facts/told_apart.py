"""Perforators or tributaries of one level that a report tells apart by their side or height.

As in "Medial calf: incompetent, 4 mm. Lateral calf: competent", "14 cm - incompetent; 20 cm -
competent": two veins, of which each has its own reflux, and no contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COUNTED, Fact
from ultrasound.extract.words.marks import Marks

_ENDS: Final = (".", ";")
_HEIGHT: Final = "cm"
_Place = tuple[Leg | None, str, str | None]


def tell_apart(facts: Sequence[Fact], marks: Marks) -> list[Fact]:
    """The facts; veins that differ by side or height, and in their reflux, have numbers."""
    groups: dict[_Place, list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        if fact.vein in COUNTED and not fact.prior:
            groups[fact.leg, fact.vein, fact.segment].append(index)
    numbered = list(facts)
    for indices in groups.values():
        if len({facts[i].value for i in indices if facts[i].property == "reflux"}) > 1:
            _number(numbered, indices, marks)
    return numbered


def _number(facts: list[Fact], indices: Sequence[int], marks: Marks) -> None:
    """Number the veins of a place, where each that refluxes or does not has a name of its own."""
    names = {i: _name_of(marks, facts[i]) for i in indices}
    values: dict[str, set[object]] = defaultdict(set)
    for i in indices:
        if facts[i].property == "reflux":
            values[names[i]].add(facts[i].value)
    if "" in values or any(len(told) > 1 for told in values.values()):
        return
    order = list(dict.fromkeys(name for name in names.values() if name))
    for i in indices:
        if names[i]:
            facts[i] = replace(facts[i], item=order.index(names[i]) + 1)


def _name_of(marks: Marks, fact: Fact) -> str:
    """The sides and heights that stand in the part of the line that says a fact."""
    first, last = fact.cue
    while first > 0 and not _parts(marks, first - 1, first):
        first -= 1
    while last + 1 < len(marks.tokens) and not _parts(marks, last + 1, last + 1):
        last += 1
    told = [m for m in marks.mentions_in(first, last + 1) if m.cue("location")]
    words = [marks.words(m.first, m.last).lower() for m in told]
    heights = [n for n in marks.numbers_in(first, last + 1) if n.unit is not None]
    words += [n.low for n in heights if marks.tokens[n.last].norm == _HEIGHT]
    return " ".join(words)


def _parts(marks: Marks, sign: int, begins: int) -> bool:
    """Whether a sign parts what is said, or a line begins at a token."""
    return marks.tokens[sign].text in _ENDS or "\n" in marks.tokens[begins].gap
