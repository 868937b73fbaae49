"""Short words that mean what the rest of the report lets them: "comp" beside "inc" and "compr"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.lexicon import Concept, Meaning, Mention
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding, ShortFinding

_SAYING: Final = ("is", "are", "was", "were", "not", "again", "also", "both")
_ENDS: Final = (".", ",", ";", ")", "(", "|")
_GOES_ON: Final = (
    "throughout",
    "and",
    "with",
    "but",
    "below",
    "above",
    "in",
    "at",
    "from",
    "to",
    "on",
)


def read_short_words(marks: Marks, rows: Iterable[ShortFinding]) -> Marks:
    """The same marks with the short words that the report settles as findings."""
    for row in rows:
        short = [token for token in marks.tokens if token.norm == row.term]
        if not short:
            continue
        written = {token.norm for token in marks.tokens}
        if written.isdisjoint(row.against) or written.isdisjoint(row.apart):
            continue
        said = {t.index for t in short if _is_said(marks, t)}
        marks = replace(marks, mentions=[_settle(m, said, row) for m in marks.mentions])
    return marks


def _settle(mention: Mention, said: set[int], row: ShortFinding) -> Mention:
    if mention.first != mention.last or mention.first not in said:
        return mention
    finding = Finding(
        property=row.property, value=row.value, denied=row.denied, kind="word", terms=()
    )
    return replace(mention, meaning=Meaning([Concept("finding", finding)]))


def _is_said(marks: Marks, token: Token) -> bool:
    """Whether a word stands behind a place, or a verb, and has no answer: not "comp Y"."""
    if token.index == 0 or "\n" in token.gap:
        return False
    before = marks.tokens[token.index - 1]
    mention = marks.mention_over(before.index)
    placed = mention is not None and mention.meaning.is_place
    if not placed and before.norm not in _SAYING and before.text != ":":
        return False
    after = marks.tokens[token.index + 1 : token.index + 2]
    if not after or "\n" in after[0].gap:
        return True
    return after[0].text in _ENDS or after[0].norm in _GOES_ON
