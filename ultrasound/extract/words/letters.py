"""Letters for compression in a report that does not explain them: "CFV C", "POP P", "PTV NC"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.compression_words import looks_for_clot
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention, as_finding
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.short_rows import CompressionWord, LetterFinding

_FEWEST: Final = 3  # letters behind veins that make a way of writing
_WITH: Final = ("with", "w", "w/")
_EXPLAINS: Final = ("=", ":", "/")  # a letter beside these is explained, asked for, or half of one


def read_letters(
    marks: Marks, rows: Sequence[LetterFinding], compressing: CompressionWord
) -> Marks:
    """The same marks with the letters as findings, where the report's own use tells what they mean.

    A ``telling`` one has to stand among them: "P" can only be a partial compression, "C" can be
    compressible or competent. Where the report looks for clot, one of ``clot`` says enough.
    """
    letters = {row.letter: row for row in rows}
    used = [t for t in marks.tokens if t.text in letters and _stands_behind_vein(marks, t)]
    told = len(used) >= _FEWEST and any(letters[token.text].telling for token in used)
    clear = told or any(letters[token.text].clot for token in used)
    if not clear or _is_explained(marks.tokens, letters):
        return marks
    if not told and not looks_for_clot(marks, compressing):
        return marks
    added = [_mention(token, letters[token.text]) for token in used]
    return replace(marks, mentions=sorted([*marks.mentions, *added], key=lambda m: m.first))


def _stands_behind_vein(marks: Marks, token: Token) -> bool:
    """Whether a letter stands behind a place, and a sign, a number or nothing behind it.

    Or behind the comma of an item that began with one: "MC - thrombosed, NC, chronic".
    """
    if token.index == 0 or "\n" in token.gap or marks.mention_over(token.index) is not None:
        return False
    before = marks.tokens[token.index - 1]
    place = marks.mention_over(before.index)
    placed = place is not None and place.meaning.is_place
    listed = before.text == "," and len(token.text) > 1
    after = marks.tokens[token.index + 1 : token.index + 2]
    ends = not after or "\n" in after[0].gap or after[0].kind != "word" or after[0].norm in _WITH
    asked = bool(after) and after[0].text in _EXPLAINS
    return (placed or listed) and ends and not asked


def _is_explained(tokens: Sequence[Token], letters: Mapping[str, LetterFinding]) -> bool:
    """Whether the report says itself what a letter stands for: then that holds."""
    return any(
        token.text in letters and tokens[token.index + 1].text == "="
        for token in tokens[: len(tokens) - 1]
    )


def _mention(token: Token, row: LetterFinding) -> Mention:
    return Mention(token.index, token.index, as_finding(row.property, row.value))
