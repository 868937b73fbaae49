"""Remarks set between commas that only say where a vein runs or is met.

As in "from the SFJ, where the anterior accessory vein joins it, to the calf", and in "The SSV,
which runs next to the sural nerve, refluxes". What stands about them is read as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.places import FILLERS
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

RELATIVES: Final = frozenset({"where", "which"})
_WHERE, _AND, _COMMA, _TO = "where", "and", ",", "to"
_LEADS: Final = frozenset(
    {"by", "via", "at", "near", "beside", "into", "from", "to", "through", "behind"}
)
_BREAKS: Final = frozenset({";", ".", ":", "(", ")", "but", "whereas", "while"})
_FILLED: Final = frozenset({"filled", "fed", "drained", "supplied", "refilled", "empty", "drain"})
_OPENING, _REACH = 2, 9  # elements of "through which", and to its participle
_COURSE: Final = ("joins", "gives", "course")
_TELLING: Final = ("negation", "prior", "uncertain", "threshold", "except", "remainder", "distance")
_VERBS: Final = frozenset({"is", "was", "has", "had", "show", "measure", "are", "were", "have"})


def drop_remarks(elements: Sequence[Element]) -> tuple[list[Element], list[Span]]:
    """The elements without such remarks, and the veins that these name."""
    kept: list[Element] = []
    veins: list[Span] = []
    index = 0
    while index < len(elements):
        if (last := _end_of_source(elements, index)) is not None:
            veins += _veins_in(elements[index : last + 1])
            index = last + 1
            continue
        opens = _word(elements[index]) == _COMMA
        end = _end_of_remark(elements, index, opens=_opens(kept)) if opens else None
        if end is None:
            kept.append(elements[index])
            index += 1
            continue
        veins += _veins_in(elements[index:end])
        # "3 mm at the SPJ, which lies …, and 2 mm at …", "The GSV, apart from …, which lies …, is"
        lists = _word(elements[end + 1]) == _AND or _is_inside(kept)
        index = end if lists else end + 1
    return kept, veins


def _is_inside(before: Sequence[Element]) -> bool:
    """Whether a comma stands before a remark in its part of the sentence."""
    words = [_word(e) for e in before]
    ends = [at for at, word in enumerate(words) if word in _BREAKS]
    return _COMMA in words[(ends[-1] if ends else 0) :]


def _opens(before: Sequence[Element]) -> bool:
    """Whether nothing but a vein was named: what follows the remark is its verb."""
    mentions = [e for e in before if isinstance(e, Mention)]
    said = any(isinstance(e, Number) for e in before) or any(e.row("finding") for e in mentions)
    breaks = any(_word(e) in (*_BREAKS, _COMMA) for e in before)
    return bool(mentions) and _is_vein(mentions[-1]) and not (said or breaks)


def _veins_in(inner: Sequence[Element]) -> list[Span]:
    return [(e.first, e.last) for e in inner if isinstance(e, Mention) and _is_vein(e)]


def _end_of_source(elements: Sequence[Element], index: int) -> int | None:
    """The last word of what tells which branch is meant: "through which the GSV is filled"."""
    first, words = elements[index], [_word(e) for e in elements[index : index + 2]]
    led = words[0] in _LEADS or (isinstance(first, Mention) and first.cue("range", "joins", "from"))
    if words[1:] != ["which"] or not led:
        return None
    for at in range(index + _OPENING, min(len(elements), index + _REACH)):
        element = elements[at]
        if isinstance(element, Number) or _word(element) in (*_BREAKS, _COMMA):
            return None
        joins = isinstance(element, Mention) and bool(element.cue(*_COURSE))
        if joins or _word(element) in _FILLED:
            inner = elements[index + _OPENING : at]
            return at if _veins_in(inner) and not _tells(inner) else None
    return None


def _end_of_remark(elements: Sequence[Element], index: int, *, opens: bool) -> int | None:
    """Where the comma stands that ends a remark which begins behind a comma."""
    words = [_word(e) for e in elements[index + 1 : index + 3]]
    if len(words) > 1 and words[1] == "which" and words[0] in _LEADS:
        relative, start = ("which" if opens else _WHERE), index + 3
    elif words[:1] and words[0] in RELATIVES:
        relative, start = words[0], index + 2
    else:
        return None
    for end in range(start, len(elements) - 1):
        word = _word(elements[end])
        if word in _BREAKS:
            return None
        if word == _COMMA:
            inner = elements[start:end]
            whole = _is_mere(inner) and _goes_on(elements, end + 1, relative)
            return end if whole else None
    return None


def _is_mere(inner: Sequence[Element]) -> bool:
    """Whether words tell a course and nothing else: no finding, no size, no denial."""
    mentions = [e for e in inner if isinstance(e, Mention)]
    return not _tells(inner) and any(e.cue(*_COURSE) for e in mentions)


def _tells(inner: Sequence[Element]) -> bool:
    """Whether words find, measure or deny something, or name a leg."""
    if any(isinstance(e, Number) for e in inner):
        return True
    mentions = [e for e in inner if isinstance(e, Mention)]
    return any(e.row("finding", "leg") is not None or e.cue(*_TELLING) for e in mentions)


def _goes_on(elements: Sequence[Element], start: int, relative: str) -> bool:
    """Whether the words behind a remark go on with what stood before it.

    Behind "where" with the end of a range, or a list; behind "which" with a verb too.
    """
    words = [e for e in elements[start : start + 3] if _word(e) not in (*FILLERS, "then")]
    first = words[0] if words else None
    if first is None:
        return False
    if _word(first) == _AND:
        return len(words) > 1 and isinstance(words[1], Number)
    ranged = isinstance(first, Mention) and bool(first.cue("range"))
    if ranged or _word(first) == _TO or relative == _WHERE:
        return ranged or _word(first) == _TO
    row = first.row("finding") if isinstance(first, Mention) else None
    return _word(first) in _VERBS or (row is not None and row.kind == "word")


def _is_vein(mention: Mention) -> bool:
    return mention.row("vein", "place", "inferred", "ambiguous") is not None


def _word(element: Element) -> str:
    return element.norm if isinstance(element, Token) else ""
