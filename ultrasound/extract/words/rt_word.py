"""RT: the reflux time or the right leg, decided by what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from ultrasound.extract.words.mentions import Meaning, Mention
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_BEFORE_TIME: Final = (":", "=", "of", "is", "was")
_BEFORE_UNIT: Final = ("in", "(", "[", ",", "/", "_")
_TIME_UNITS: Final = ("s", "sec", "ms", "msec", "second")
_TIMED: Final = ("reflux_time", "competence", "incompetence", "valve_status")
_CLOSES: Final = (")", "]", ".", ",", "/")  # ends of the name of a column before it
_LISTED: Final = (",", ";")  # before one of the measures of a place
_SIDE_WORDS: Final = ("l", "r", "lt", "rt", "left", "right")
_WIDE: Final = "  "
_BORDERS: Final = frozenset("|;")
_OF_SEVERAL: Final = {"maximum", "derivation"}  # cues of one time among several: "longest"
_NOUGHTS: Final = ("none", "nil", "neg", "negative")  # answers in the place of a time
_BELOW: Final = 2  # lines of the first rows of a table; a heading may come first
_SUMS: Final = ("total", "overall", "shortest", "min", "minimum")


class RtSettler:
    """Decides the words of one report that can be either."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        numbers: Sequence[Number],
        tokens: Sequence[Token],
        knowledge: TextKnowledge,
    ) -> None:
        self._numbers, self._tokens = numbers, tokens
        found = [m for m in mentions if _is_rt(m)]
        places = [m for m in mentions if m.row("vein", "place", "level", "zone")] if found else []
        self._before, self._behind = {m.first for m in places}, {m.last for m in places}
        self._chosen = {m.last for m in mentions if not _OF_SEVERAL.isdisjoint(m.meaning.cues)}
        self._untested = {m.first for m in mentions if _is_untested(m)} if found else set()
        self._sides = any(token.norm == "lt" for token in tokens)
        behind = {m.first: m for m in mentions} if found else {}
        told = any(_is_explained(m, behind.get(m.last + 2), tokens) for m in found)
        self._times = told or any(_has_unit(tokens, m.last + 1) for m in found)
        self._timed = any(self._has_time(m.last + 1) for m in found)
        self._headers = _find_headers(found, tokens, knowledge, told=told, sides=self._sides)
        self._rows = _find_rows(found, tokens)

    def settle(self, mention: Mention) -> Mention:
        """A mention with one of its two meanings; any other as it is."""
        if not _is_rt(mention):
            return mention
        wanted = "finding" if self._is_time(mention) else "leg"
        kept = (c for c in mention.meaning.concepts if c.kind == wanted)
        return replace(mention, meaning=Meaning(kept))

    def _is_time(self, mention: Mention) -> bool:
        """Whether a number, a unit or a blank follows, or the report usually means a time."""
        tokens = self._tokens
        if mention.first in self._rows or _is_mirrored(tokens, mention):
            return False
        if self._is_chosen(mention) or _heads_side(tokens, mention):
            return True
        if mention.first in self._headers or (not self._sides and self._is_usual(mention)):
            return True
        after = mention.last + 1
        while after < len(tokens) and tokens[after].norm in _BEFORE_TIME:
            after += 1
        follows = next((n for n in self._numbers if n.first <= after <= n.last), None)
        blank = after < len(tokens) and tokens[after].text in ("_", "*")
        timed = follows is not None and (follows.unit is None or follows.unit.kind == "time")
        blank = blank or self._is_nought(mention, after)
        return _has_unit(tokens, mention.last + 1) or timed or blank

    def _has_time(self, index: int) -> bool:
        """Whether a number with a unit of time begins at a token."""
        follows = next((n for n in self._numbers if n.first == index), None)
        return follows is not None and follows.unit is not None and follows.unit.kind == "time"

    def _is_nought(self, mention: Mention, index: int) -> bool:
        """Whether "RT none" ends a line below "RT 0.4 s": no leg opens it, none is LT."""
        tokens = self._tokens
        first, last = _line_around(tokens, mention)
        alone = index < last and _is_border(tokens, index + 1)
        told = self._timed and not self._sides and mention.first > first
        return told and alone and tokens[index].norm in _NOUGHTS

    def _is_chosen(self, mention: Mention) -> bool:
        """Whether one among several is meant: "Longest RT", but not "max RT GSV diameter"."""
        index = mention.first - 1
        if index >= 0 and self._tokens[index].text == ".":
            index -= 1
        if index < 0 or _is_border(self._tokens, mention.first):
            return False
        after = mention.last + 1
        placed = after in self._before and not _is_border(self._tokens, after)
        chosen = index in self._chosen or self._tokens[index].norm in _SUMS
        return chosen and not placed

    def _is_usual(self, mention: Mention) -> bool:
        """Whether it is asked for after a place, or the report gives it a unit elsewhere."""
        asks = self._tokens[mention.last + 1 : mention.last + 2]
        if mention.last + 1 in self._untested and self._tokens[mention.first - 1].text in _LISTED:
            return True  # "compressible, RT not done"
        asked = mention.first - 1 in self._behind and bool(asks) and asks[0].text in (":", "=")
        beside = mention.last + 1 in self._before and not self._is_left_blank(mention)
        return asked or (self._times and not beside)

    def _is_left_blank(self, mention: Mention) -> bool:
        """Whether the line ends behind it, as the last of its measures: "dia 0.40, RT"."""
        first, last = _line_around(self._tokens, mention)
        return mention.first > first and last == mention.last + 1


def _is_rt(mention: Mention) -> bool:
    rows = mention.meaning.rows
    return "leg" in rows and "finding" in rows


def _is_untested(mention: Mention) -> bool:
    row = mention.row("finding")
    return row is not None and row.value == "not_assessed"


def _is_explained(mention: Mention, meaning: Mention | None, tokens: Sequence[Token]) -> bool:
    """Whether the report says so: "RT = reflux time"."""
    row = meaning.row("finding") if meaning is not None else None
    return (
        row is not None and row.property == "reflux_time" and tokens[mention.last + 1].text == "="
    )


def _has_unit(tokens: Sequence[Token], index: int) -> bool:
    """Whether a unit of time stands at a token, in brackets or behind "in" at most."""
    if index < len(tokens) and tokens[index].norm in _BEFORE_UNIT:
        index += 1
    unit = tokens[index : index + 1]
    after = tokens[index + 1 : index + 2]
    short = bool(after) and after[0].text == "/" and not after[0].gap  # "RT s/p ablation"
    return bool(unit) and unit[0].norm in _TIME_UNITS and "\n" not in unit[0].gap and not short


def _find_headers(
    found: Sequence[Mention],
    tokens: Sequence[Token],
    knowledge: TextKnowledge,
    *,
    told: bool,
    sides: bool,
) -> frozenset[int]:
    """Where it heads a column: alone in its cell, beside a diameter's column and no time's.

    Beside one of times too, where the report is ``told`` what it means; beside that of the names
    of its rows alone, where no LT is one of the ``sides`` and numbers stand below it.
    """
    columns = _column_words(knowledge)
    headers = []
    for mention in found:
        first, last = _line_around(tokens, mention)
        close = _is_close_header(tokens, mention, first, last, columns)
        if not close and not (
            _is_border(tokens, mention.first) and _is_border(tokens, mention.last + 1)
        ):
            continue
        heads = [
            known[0]
            for index in range(first, last)
            if tokens[index].norm != "rt"
            and (close or _is_border(tokens, index))
            and (known := columns.find(tokens, index, last)) is not None
        ]
        left = any(t.norm in ("lt", "left") for t in tokens[mention.last : last])
        twice = sum(t.norm == "rt" for t in tokens[first:last]) > 1  # a leg heads one column
        named = set(heads) == {"label"} and not sides and _has_number_below(tokens, last)
        asked = "diameter" in heads or twice or named
        if asked and not left and (told or not set(heads) & set(_TIMED)):
            headers.append(mention.first)
    return frozenset(headers)


def _find_rows(found: Sequence[Mention], tokens: Sequence[Token]) -> frozenset[int]:
    """Where it begins a line as "LT" begins another, with the same word behind: "RT msec   410".

    Or where a number stands behind both, or both stand alone on their lines.
    """
    opens = [t for t in tokens[:-1] if t.index == 0 or "\n" in t.gap]
    behind = {t.index: tokens[t.index + 1] for t in opens if t.norm in ("lt", "rt")}
    words = {
        index: "" if "\n" in t.gap else "0" if t.kind == "number" else t.norm
        for index, t in behind.items()
    }
    lefts = {word for index, word in words.items() if tokens[index].norm == "lt"}
    return frozenset(m.first for m in found if words.get(m.first) in lefts)


def _is_mirrored(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the word before it in its cell stands before "LT" in another: "Max RT   Max LT"."""
    if _is_border(tokens, mention.first):
        return False
    before = tokens[mention.first - 1].norm
    first, last = _line_around(tokens, mention)
    return any(
        tokens[index].norm == "lt"
        and tokens[index - 1].norm == before
        and not _is_border(tokens, index)
        and _is_border(tokens, index + 1)
        for index in range(first + 1, last)
    )


def _heads_side(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a leg stands beside it in its cell as it does beside another header: "Diam L   RT L".

    Then the other word is the leg.
    """
    side = mention.last + 1
    if not _is_side(tokens, mention.first, side):
        return False
    first, last = _line_around(tokens, mention)
    return any(
        tokens[index].norm == tokens[side].norm
        and tokens[index - 1].norm != "rt"
        and not _is_border(tokens, index)
        and _is_border(tokens, index + 1)
        for index in range(first + 1, last)
        if index != side
    )


def _is_side(tokens: Sequence[Token], first: int, side: int) -> bool:
    """Whether a cell is one word and a leg behind it."""
    alone = side < len(tokens) and _is_border(tokens, first) and _is_border(tokens, side + 1)
    return alone and not _is_border(tokens, side) and tokens[side].norm in _SIDE_WORDS


def _is_close_header(
    tokens: Sequence[Token], mention: Mention, first: int, last: int, columns: PhraseTable[str]
) -> bool:
    """Whether it stands among the names of columns with one blank between: "Vein Diam RT Notes"."""
    around = (mention.first - 1, mention.last + 1)
    if mention.first == first or any(t.kind == "number" for t in tokens[first:last]):
        return False
    before = tokens[around[0]]
    named = before.text in _CLOSES or columns.find(tokens, before.index, mention.first) is not None
    ends = _is_border(tokens, around[1]) or tokens[around[1]].text in _BEFORE_UNIT
    return named and (ends or columns.find(tokens, around[1], last) is not None)


@lru_cache(maxsize=4)
def _column_words(knowledge: TextKnowledge) -> PhraseTable[str]:
    """What the words that head columns name."""
    named = {fold_term(t): c.property for c in knowledge.columns.column for t in c.terms}
    return PhraseTable(named)


def _has_number_below(tokens: Sequence[Token], end: int) -> bool:
    """Whether a number ends one of the two lines below the line that ends at a token."""
    lines = 0
    for token in tokens[end:]:
        lines += "\n" in token.gap
        if lines > _BELOW:
            break
        if token.kind == "number" and _is_border(tokens, token.index + 1):
            return True
    return False


def _line_around(tokens: Sequence[Token], mention: Mention) -> tuple[int, int]:
    """The tokens (half-open) of the line that a mention stands on."""
    first, last = mention.first, mention.last + 1
    while first > 0 and "\n" not in tokens[first].gap:
        first -= 1
    while last < len(tokens) and "\n" not in tokens[last].gap:
        last += 1
    return first, last


def _is_border(tokens: Sequence[Token], index: int) -> bool:
    """Whether a cell of a table ends before a token."""
    if index in (0, len(tokens)):
        return True
    gap = tokens[index].gap
    wide = _WIDE in gap or "\t" in gap or "\n" in gap
    return wide or not _BORDERS.isdisjoint((tokens[index].text, tokens[index - 1].text))
