"""Words of the tables that are known and name no finding: they are no misspelling of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge


class _Termed(Protocol):
    """A table row that gives its words."""

    @property
    def terms(self) -> tuple[str, ...]: ...


def plain_words(knowledge: TextKnowledge) -> Iterator[str]:
    """The folded words of headings, titles, units, comparators and facts of the context."""
    tables: list[_Termed] = [
        *knowledge.sections.section,
        *knowledge.sections.title,
        *knowledge.sections.title_beside,
        *knowledge.units.unit,
        *knowledge.units.comparator,
        *knowledge.context.fact,
        *knowledge.findings.spelling,
    ]
    for row in tables:
        for term in row.terms:
            yield from fold_term(term)
