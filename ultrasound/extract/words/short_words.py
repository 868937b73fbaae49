"""Short words that mean what the rest of the report lets them: "comp" beside "inc" and "compr"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding
from ultrasound.knowledge.short_rows import ShortFinding
from ultrasound.knowledge.vein_rows import NamedPlace, Vein

_SAYING: Final = ("is", "are", "was", "were", "not", "again", "also", "both", "and", "but")
_BEFORE: Final = (":", ",", "+", "&")
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
        if written.isdisjoint(row.against):
            continue
        said = {t.index for t in short if _is_said(marks, t)}
        if written.isdisjoint(row.apart) and not _is_plain(marks, short, said, row):
            continue
        marks = replace(marks, mentions=[_settle(m, said, row) for m in marks.mentions])
    return marks


def _is_plain(marks: Marks, short: list[Token], said: set[int], row: ShortFinding) -> bool:
    """Whether a report uses the word of trunks, and never in its other sense.

    As in "SFJ inc. SSV comp. CFV comp"; not in "CFV comp, no reflux" or "fully comp".
    """
    of = False
    for token in short:
        before = marks.tokens[max(0, token.index - 2) : token.index]
        if token.index not in said or any(t.norm in row.unless for t in before):
            return False
        around = list(_around(marks, token))
        beside = [m for m in around if not _is_apart(marks, m, token)]
        found = (m.row("finding") for m in beside)
        if any(f is not None and f.property == row.property for f in found):
            return False
        named = [r for m in around if m.last < token.index and (r := m.row("vein", "place"))]
        named = named or _named_before(marks, token)
        of = of or any(not _codes(row_of).isdisjoint(row.of) for row_of in named)
    return of


def _named_before(marks: Marks, token: Token) -> list[Vein | NamedPlace]:
    """The vein that was named last, of a sentence that names none: "GSV AK incomp. BK comp."."""
    before = (m for m in reversed(marks.mentions) if m.last < token.index)
    return [row for m in before if (row := m.row("vein", "place"))][:1]


def _codes(named: Vein | NamedPlace | None) -> frozenset[str]:
    if named is None:
        return frozenset()
    return frozenset((named.code,) if isinstance(named, Vein) else named.veins)


def _around(marks: Marks, token: Token) -> Iterator[Mention]:
    """The mentions of the sentence or line that a word stands in."""
    first, last = token.index, token.index
    while first and not _parts(marks, first):
        first -= 1
    while last + 1 < len(marks.tokens) and not _parts(marks, last + 1):
        last += 1
    yield from marks.mentions_in(first, last + 1)


def _is_apart(marks: Marks, mention: Mention, token: Token) -> bool:
    """Whether another place of a list is spoken of: "prox calf incomp, mid calf comp".

    Or "incomp AK, comp BK", where the place stands behind.
    """
    low, high = sorted((mention.first, token.index))
    commas = [t.index for t in marks.tokens[low:high] if t.text == ","]
    after = [marks.mention_at(index + 1) for index in commas]
    later = marks.mention_at(max(mention.first, token.index) + 1)
    opens = bool(commas) and commas[-1] + 1 == high
    after += [later] if opens else []
    return any(m is not None and m.meaning.is_place for m in after)


def _parts(marks: Marks, index: int) -> bool:
    """Whether a sentence or line begins at a token."""
    token, before = marks.tokens[index], marks.tokens[index - 1]
    return "\n" in token.gap or (before.text in (".", ";") and token.gap != "")


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
    number = marks.number_before(token.index)
    measured = number is not None and number.last == before.index  # "SFJ 7.1 comp"
    placed = measured or (mention is not None and mention.meaning.is_place)
    if not placed and before.norm not in _SAYING and before.text not in _BEFORE:
        return False
    after = marks.tokens[token.index + 1 : token.index + 2]
    if not after or "\n" in after[0].gap:
        return True
    level = marks.mention_at(token.index + 1)
    placed = level is not None and level.row("level", "zone") is not None  # "comp BK"
    return placed or after[0].text in _ENDS or after[0].norm in _GOES_ON
