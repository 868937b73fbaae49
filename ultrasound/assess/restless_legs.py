"""Restless legs beside the veins: what the reports of an exam say of them, and of no cause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ultrasound.domain import Assertion, Context, RestlessLegs, TextSpan
from ultrasound.knowledge.schema_restless import RestlessTable

_NAME: Final = "restless_legs"
_TO_EXCLUDE: Final = "exclude"
_ASKED: Final = " (asked)"
# what a reader advises or weighs is no history: "ferritin above 75 before any procedure"
_ADVICE: Final = ("recommendation", "impression")


def find_restless_legs(context: Iterable[Context], table: RestlessTable) -> RestlessLegs | None:
    """What is said of restless legs, None where no indication or history names them.

    Args:
        context: The context facts of the exam, those of both legs.
        table: The criteria, and the words of the note.
    """
    facts = list(context)
    named = [c for c in facts if c.fact == "indication" and c.value == _NAME]
    if not named:
        return None
    wording = [c for c in facts if c.fact == "rls_wording"]
    criteria = [
        (row.code, words)
        for row in table.criterion
        for words in _list_words(c for c in wording if c.kind == row.code)
    ]
    mimics = [row.indication for row in table.mimic]
    reasons = [c for c in facts if c.fact == "indication" and c.value in mimics]
    criteria += [(_TO_EXCLUDE, words) for words in _list_words(reasons)]
    told = [c for c in facts if c.fact == "contributor" and c.section not in _ADVICE]
    kinds = dict.fromkeys(c.kind for c in told)
    contributors = [
        (kind or "other", words)
        for kind in kinds
        for words in _list_words(c for c in told if c.kind == kind)
    ]
    found = {code for code, _ in criteria}
    return RestlessLegs(
        words=_list_words(named),
        criteria=tuple(criteria),
        contributors=tuple(contributors),
        note=_write_note(table, found),
    )


def _list_words(facts: Iterable[Context]) -> tuple[str, ...]:
    """The words of facts in quotes, each once; those that are only asked for say so."""
    words: dict[str, str] = {}
    for fact in facts:
        source = fact.source
        quote = source.quote if isinstance(source, TextSpan) else fact.value
        asked = _ASKED if fact.assertion is Assertion.UNCERTAIN else ""
        shown = f"“{' '.join(quote.split())}”{asked}"
        words.setdefault(shown.casefold(), shown)
    return tuple(words.values())


def _write_note(table: RestlessTable, found: set[str]) -> str:
    missing = [row.name for row in table.criterion if not row.optional and row.code not in found]
    parts = [table.note]
    if missing:
        parts.append(table.not_stated.format(missing=", ".join(missing)))
    parts.append(table.not_excluded)
    if not table.verified:
        parts.append(table.not_verified)
    return " ".join(parts)
