"""Signs and codes that say a finding behind a place: "SFJ (+) 2.9 s", "GSV knee -", "SSV (C)"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.cell_codes import Says
from ultrasound.extract.words.codes import SIGN_CODES
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention, as_finding
from ultrasound.knowledge.schema_text import Cue

_CLOSING: Final = {")": "(", "]": "["}
_LONGEST: Final = 3  # tokens between the brackets of "(+++)"
_LETTERS: Final = 3  # of a word that is a code
_PLUS: Final = ("+", "++", "+++")
_MINUS: Final = ("-", "–", "−")
_ENDS: Final = (",", ";", ".")
_SAYING: Final = ("finding", "negation", "none")
_UNEXPLAINED: Final = {  # what signs in brackets say where no legend explains them
    **dict.fromkeys(_PLUS, Meaning([Concept("cue", Cue(kind="positive", terms=()))])),
    **dict.fromkeys(_MINUS, Meaning([Concept("cue", Cue(kind="negative", terms=()))])),
}


def open_bracket(marks: Marks, closes: int) -> int | None:
    """The token that opens the brackets about a code: "(+)", "[NS]"; None where it is none."""
    tokens = marks.tokens
    opening = _CLOSING.get(tokens[closes].text)
    if opening is None:
        return None
    for first in range(closes - 2, max(-1, closes - _LONGEST - 2), -1):
        if tokens[first].text == opening:
            return first if _is_inner(marks, first + 1, closes) else None
    return None


def _is_inner(marks: Marks, first: int, last: int) -> bool:
    inner = marks.tokens[first:last]
    if any(token.gap for token in inner):
        return False
    word = len(inner) == 1 and inner[0].kind == "word" and inner[0].text.isupper()
    return (word and len(inner[0].text) <= _LETTERS) or all(t.text in SIGN_CODES for t in inner)


def read_signs(marks: Marks, legend: Mapping[str, Says]) -> Iterator[Mention]:
    """The codes of a legend in brackets, its signs alone, and signs in brackets without one."""
    for closes in marks.where(*_CLOSING):
        opens = open_bracket(marks, closes)
        if opens is None or not _goes_on_line(marks, opens) or _is_explained(marks, closes + 1):
            continue
        text = marks.words(opens + 1, closes - 1)
        says = legend.get(marks.words(opens, closes).lower())
        if says is None and text[0] in SIGN_CODES:
            says = legend.get(text)
        if says is None and text.isalpha() and _is_behind_place(marks, opens, measured=True):
            says = legend.get(text.lower())
        if says is not None:
            yield Mention(opens, closes, as_finding(*says))
        elif text in _UNEXPLAINED and _is_behind_place(marks, opens, measured=False):
            yield Mention(opens, closes, _UNEXPLAINED[text])
    if any(code in legend for code in (*_PLUS, *_MINUS)):
        yield from _read_plain(marks, legend)


def _read_plain(marks: Marks, legend: Mapping[str, Says]) -> Iterator[Mention]:
    """The signs without brackets; a minus before anything else is a dash."""
    for first, last in _find_runs(marks):
        text = marks.words(first, last)
        says = legend.get(text)
        if says is None or not _is_behind_place(marks, first, measured=True):
            continue
        after = marks.tokens[last + 1 : last + 2]
        ends = not after or after[0].text in _ENDS or "\n" in after[0].gap
        if ends or (text in _PLUS and after[0].kind == "number" and after[0].gap):
            yield Mention(first, last, as_finding(*says))


def _find_runs(marks: Marks) -> Iterator[Span]:
    """The runs of plus signs, or one minus, behind a blank."""
    for first in marks.where("+", *_MINUS):
        if marks.tokens[first].gap != " ":
            continue
        last = first
        while marks.tokens[last + 1 : last + 2] and _goes_on(marks, last + 1):
            last += 1
        yield first, last


def _goes_on(marks: Marks, index: int) -> bool:
    return marks.tokens[index].text == "+" and not marks.tokens[index].gap


def _goes_on_line(marks: Marks, index: int) -> bool:
    """Whether anything stands before it in its line."""
    return index > 0 and "\n" not in marks.tokens[index].gap


def _is_explained(marks: Marks, behind: int) -> bool:
    """Whether what stands behind a code explains it."""
    follows = marks.tokens[behind : behind + 1]
    if not follows or "\n" in follows[0].gap:
        return False
    mention = marks.mention_at(behind)
    says = mention is not None and (mention.row("finding") or mention.cue(*_SAYING))
    return follows[0].text in ("=", ":") or bool(says)


def _is_behind_place(marks: Marks, index: int, *, measured: bool) -> bool:
    """Whether a place stands straight before, or a number with its unit, or the sign behind it."""
    at = index - 1
    if not _goes_on_line(marks, index) or at < 0:
        return False
    at -= int(marks.tokens[at].text == ":" and at > 0)
    before = marks.mention_over(at)
    if before is not None and before.meaning.is_place:
        return True
    number = marks.number_before(index)
    return measured and number is not None and number.last == at and number.unit is not None
