"""Compression by its degree: "compressibility of the left popliteal vein is reduced"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.box_signs import box_ends
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import line_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention, as_finding
from ultrasound.knowledge.schema_text import Finding
from ultrasound.knowledge.short_rows import CompressionDegree

_COMPRESSION: Final = "compressibility"
_OF: Final = ("of", "in", "at", "along", "over", "within", "for")
_NOT: Final = "not"
_LIGHT: Final = frozenset(
    {
        *("is", "was", "were", "are", "be", "remain", "remained", "appear"),
        *("appeared", "seem", "being", "still", "only", "somewhat", _NOT, "the", "a"),
        *("here", "there", "this", "these", "that", "level", "now", "today", "at", "but", "both"),
    }
)
_WIDE: Final = 2  # blanks between the columns of a table
_REACH: Final = 14  # tokens from the noun to its degree


def read_compression_degrees(marks: Marks, rows: Sequence[CompressionDegree]) -> Marks:
    """The same marks, in which a noun of compression bears the degree that stands behind it.

    Between them stands its vein behind an "of" or "in", a verb, or nothing.
    """
    words = {word: row for row in rows for word in row.terms}
    if marks.norms.isdisjoint(words):
        return marks
    mentions = [_graded(marks, mention, words) for mention in marks.mentions]
    ticked = list(_read_ticked(marks, words))
    mentions = sorted([*mentions, *ticked], key=lambda m: m.first) if ticked else mentions
    return replace(marks, mentions=mentions) if mentions != marks.mentions else marks


def _read_ticked(marks: Marks, words: dict[str, CompressionDegree]) -> Iterator[Mention]:
    """Degrees with a box beside "compressible" with one: "[ ] compressible  [x] partial"."""
    for token in marks.tokens:
        row = words.get(token.norm)
        if row is None or marks.mention_over(token.index) is not None:
            continue
        boxed = token.index and box_ends(marks.tokens, token.index)
        first, last = line_of(marks, token.index)
        finds = (m.row("finding") for m in marks.mentions_in(first, last) if _is_boxed(marks, m))
        if boxed and any(f is not None and f.property == _COMPRESSION for f in finds):
            yield Mention(token.index, token.index, as_finding(_COMPRESSION, row.value))


def _is_boxed(marks: Marks, mention: Mention) -> bool:
    return mention.first > 0 and box_ends(marks.tokens, mention.first)


def _graded(marks: Marks, mention: Mention, words: dict[str, CompressionDegree]) -> Mention:
    finding: Finding | None = mention.row("finding")
    if finding is None or (finding.property, finding.value) != ("compressibility", "full"):
        return mention
    at = _find_degree(marks, mention, words)
    row = words[marks.tokens[at].norm] if at is not None else None
    if row is None or marks.tokens[mention.last].norm not in row.nouns:
        return mention
    between = {token.norm for token in marks.tokens[mention.last : at]}
    value = "full" if _NOT in between else row.value  # "is not impaired"
    values = {"value": value, "denied": "full", "kind": "word"}
    meaning = Meaning([Concept("finding", finding.model_copy(update=values))])
    return replace(mention, meaning=meaning)


def _find_degree(marks: Marks, noun: Mention, words: Container[str]) -> int | None:
    """The token of the degree that stands behind a noun, over the noun's place and light words."""
    placed = False
    for token in marks.tokens[noun.last + 1 : noun.last + 1 + _REACH]:
        if "\n" not in token.gap and len(token.gap) >= _WIDE:
            return None
        if token.norm in words:
            return token.index
        mention = marks.mention_over(token.index)
        place = placed and mention is not None and mention.meaning.is_place
        placed = placed or token.norm in _OF
        if not (place or token.norm in _LIGHT or token.norm in _OF or token.norm.endswith("ly")):
            return None
    return None
