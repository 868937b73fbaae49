"""Clots of two ages: "acute on chronic DVT", "mixed acute and chronic thrombus"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.knowledge.schema_text import Age

_JOINTS: Final = ("on", "and", "&", "-", "with", "plus")  # "acute or chronic" is one of them


def add_ages(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Say a clot of two ages once with each; one that is denied is denied once."""
    for chunk in chunks:
        second = _find_second(chunk.elements, marks)
        chunk.predicates += [
            replace(p, age=second[p.first])
            for p in chunk.predicates
            if p.first in second and p.age is not None and p.negated is None
        ]


def _find_second(elements: Sequence[object], marks: Marks) -> dict[int, str]:
    """The other age of each clot that has two, by the first token of the clot."""
    second: dict[int, str] = {}
    mentions = [e for e in elements if isinstance(e, Mention)]
    for one, other, clot in zip(mentions, mentions[1:], mentions[2:], strict=False):
        ages: list[Age | None] = [one.row("age"), other.row("age")]
        finding = clot.row("finding")
        if ages[0] is None or ages[1] is None or ages[0] == ages[1] or finding is None:
            continue
        between = [t.norm for t in marks.tokens[one.last + 1 : other.first]]
        joined = bool(between) and all(word in _JOINTS for word in between)
        if joined and finding.property == "thrombus" and clot.first == other.last + 1:
            second[clot.first] = ages[0].value
    return second
