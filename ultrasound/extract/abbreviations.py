"""Words that a full stop shortens: it ends no sentence, and parts no name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ultrasound.extract.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge


def list_abbreviations(knowledge: TextKnowledge) -> frozenset[str]:
    """The shortened words: those of the table, the short spellings of names, and names so written.

    A short spelling is the beginning of a longer one.
    """
    listed = {fold_term(term)[-1] for row in knowledge.sections.abbreviation for term in row.terms}
    spelt = {
        form
        for forms in knowledge.veins.words.values()
        for form in forms[1:]
        if form and any(other.startswith(form) for other in forms if other != form)
    }
    words = listed | spelt | set(_list_dotted(knowledge))
    return frozenset(word for word in words if word.isalpha())


def _list_dotted(knowledge: TextKnowledge) -> Iterable[str]:
    """The words that the tables themselves write with a full stop."""
    rows = (knowledge.veins.vein, knowledge.findings.finding, knowledge.cues.cue)
    for term in (term for table in rows for row in table for term in row.terms):
        yield from (word for word, sign in pairwise(fold_term(term)) if sign == ".")
