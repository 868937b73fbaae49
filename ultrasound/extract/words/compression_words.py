"""Short words for compression in a study that looks for clot: "CFV  comp.", "POP  non-comp"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import DENIAL, Mention, as_finding
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.short_rows import CompressionWord

_SIGNS: Final = (":", ",", ".", "-", "–", "|", ";", "&", "+", "/", "and", "is", "are", "(", "all")
_COUNT: Final = re.compile("[x×]?[23]")
_NEXT: Final = 3  # tokens from the word to "reflux" in the next cell
_ASKS: Final = ("=", ":", "y", "n", "yes", "no")


def read_compression_words(marks: Marks, row: CompressionWord) -> Marks:
    """The same marks with "comp" as a compression, where the report can mean nothing else.

    It looks for clot and never speaks of valves or reflux; and the word stands behind a vein. Or
    the word is a cell of a deep vein beside another that tells of reflux.
    """
    used = [t for t in marks.tokens if t.norm == row.term or t.norm in row.opposites]
    clot = bool(used) and looks_for_clot(marks, row)
    used = used if clot else [token for token in used if _is_beside_reflux(marks, token)]
    added = [_read_word(marks, token, row) for token in used]
    if not added or (clot and not _are_answers(marks, added, row)):
        return marks
    taken = {i for m in added for i in range(m.first, m.last + 1)}
    kept = [m for m in marks.mentions if taken.isdisjoint(range(m.first, m.last + 1))]
    return replace(marks, mentions=sorted([*kept, *added], key=lambda m: m.first))


def _are_answers(marks: Marks, words: Sequence[Mention], row: CompressionWord) -> bool:
    """Whether all such words of a report answer, of deep veins where it has the word in full."""
    if not all(_is_answer(marks, word, row) for word in words):
        return False
    return marks.norms.isdisjoint(row.spelled) or all(_is_of_deep(marks, word) for word in words)


def looks_for_clot(marks: Marks, row: CompressionWord) -> bool:
    """Whether a report looks for clot, and speaks neither of valves nor of reflux."""
    return not marks.norms.isdisjoint(row.told) and marks.norms.isdisjoint(row.never)


def _is_beside_reflux(marks: Marks, token: Token) -> bool:
    """Whether a cell of a deep vein holds the word, and one behind it tells of reflux.

    As in "RT CFV      comp   no reflux": then it is not competent that is meant.
    """
    behind = marks.tokens[token.index + 1 : token.index + 1 + _NEXT]
    cell = "  " in token.gap and bool(behind) and "  " in behind[0].gap
    told = any(word.norm == "reflux" for word in behind if "\n" not in word.gap)
    return cell and told and _is_of_deep(marks, Mention(token.index, token.index, DENIAL))


def _is_of_deep(marks: Marks, mention: Mention) -> bool:
    """Whether a word stands straight behind a deep vein: "R FV and CFV comp"."""
    place = marks.mention_over(mention.first - 1)
    vein = place.row("vein") if place is not None else None
    return vein is not None and vein.system == "deep"


def _read_word(marks: Marks, token: Token, row: CompressionWord) -> Mention:
    """What a word says with the one before it: "comp", "non-comp", "part. comp"."""
    first, value = token.index, "none" if token.norm in row.opposites else "full"
    start = first - 1
    while start > 0 and marks.tokens[start].text in ("-", "."):
        start -= 1
    before = marks.tokens[start] if start >= 0 and "\n" not in marks.tokens[first].gap else None
    for said, words in row.before.items():
        if before is not None and before.norm in words:
            first, value = start, said
    return Mention(first, token.index, as_finding("compressibility", value))


def _is_answer(marks: Marks, mention: Mention, row: CompressionWord) -> bool:
    """Whether a word stands behind a place, a sign or another such word, and asks for nothing."""
    if mention.first == 0 or "\n" in marks.tokens[mention.first].gap:
        return False
    before = marks.tokens[mention.first - 1]
    place = marks.mention_over(before.index)
    placed = place is not None and place.meaning.is_place
    beside = before.norm == row.term or before.norm in row.opposites
    after = marks.tokens[mention.last + 1 : mention.last + 2]
    asks = bool(after) and "\n" not in after[0].gap and after[0].norm in _ASKS
    counted = _COUNT.fullmatch(before.text) is not None  # "PTV x2 comp"
    return (placed or beside or counted or before.norm in _SIGNS) and not asks
