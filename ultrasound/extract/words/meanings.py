"""What the words behind a code of a legend mean: "compressible, no thrombus"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.words.cell_codes import Says
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

SAYS: Final = ("word", "noun")
RESULTS: Final = {"recanalized": "recanalized", "patent": "open", "occluded": "closed"}
_PARTS: Final = (",", "and", "with", "but", "+", "&")
_DENIED: Final = {  # what a bare denial says where the legend says this
    ("reflux", "present"): ("reflux", "absent"),
    ("reflux", "absent"): ("reflux", "present"),
    ("compressibility", "full"): ("compressibility", "none"),
    ("thrombus", "present"): ("thrombus", "absent"),
}
_DENIALS: Final = ("does not", "do not", "did not", "no", "not")
_ENDS: Final = (";", ".", ")", "=", ":", "(")


def line_of(marks: Marks, index: int) -> tuple[int, int]:
    """The tokens of the line of a token, half-open."""
    first, last = index, index + 1
    while first and "\n" not in marks.tokens[first].gap:
        first -= 1
    while last < len(marks.tokens) and "\n" not in marks.tokens[last].gap:
        last += 1
    return first, last


def is_denial(marks: Marks, first: int, last: int) -> bool:
    """Whether a meaning is a denial and no more: "does not", "no"."""
    return first < last and marks.words(first, last - 1).lower() in _DENIALS


def deny(says: Says | None) -> tuple[Says, ...]:
    """What a bare denial says beside a code that says something."""
    denied = _DENIED.get(says) if says is not None else None
    return () if denied is None else (denied,)


def end_of_meaning(marks: Marks, first: int) -> int:
    """The token behind a meaning: at a stop, a gap, or the code that is explained next."""
    index = first
    while index < len(marks.tokens):
        token = marks.tokens[index]
        if index > first and (token.text in _ENDS or "  " in token.gap or "\n" in token.gap):
            break
        index += 1
    if index < len(marks.tokens) and marks.tokens[index].text == "=":
        index -= 1
    while index > first and marks.tokens[index - 1].text == ",":
        index -= 1
    return index


def read_meanings(marks: Marks, first: int, last: int, behind: int = 0) -> tuple[Says, ...]:
    """What the parts of a meaning say, of each property once; nothing where it names a place.

    Up to ``behind`` goes what brackets add: "occluded (after RFA)" is a result of treatment.
    """
    inside = marks.mentions_in(first, last)
    if any(is_place(m) and not is_group(m) for m in inside):
        return ()
    found: dict[str, str] = {}
    for begin, end in _cut_parts(marks, first, last):
        says = _read_part(marks, begin, end)
        if says is not None:
            found.setdefault(*says)
    told = marks.mentions_in(first, max(last, behind))
    if any(row.property == "treatment" for m in told if (row := m.row("finding"))):
        said = [row for m in inside if (row := m.row("finding"))]
        result = next((r.value for r in said if r.property == "treatment_result"), None)
        state = next((RESULTS.get(r.value) for r in said if r.property == "patency"), None)
        if result or state:
            return (("treatment_result", result or state or ""),)
    return tuple(found.items())


def _cut_parts(marks: Marks, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for index in range(first, last):
        known = marks.mention_over(index)
        if marks.tokens[index].norm in _PARTS and (known is None or known.row("finding") is None):
            yield start, index
            start = index + 1
    yield start, last


def _read_part(marks: Marks, first: int, last: int) -> Says | None:
    """The last finding of a part, denied where a denial stands before; a number measures."""
    inside = marks.mentions_in(first, last)
    if any(n.first > first for n in marks.numbers_in(first, last)):
        return None
    rows = [(m, row) for m in inside if (row := m.row("finding")) and row.kind in SAYS]
    if not rows:
        doubted = any(m.cue("uncertain") for m in inside)
        return ("reflux", "indeterminate") if doubted else None
    mention, row = rows[-1]
    denied = any(m.cue("negation") and m.last < mention.first for m in inside)
    value = row.denied if denied else row.value
    return None if value is None else (row.property, value)


def is_place(mention: Mention) -> bool:
    """Whether a mention names a vein or a level."""
    return mention.row("vein", "place", "level", "zone") is not None


def is_group(mention: Mention) -> bool:
    """Whether a mention names a system of veins: "no reflux in deep or superficial veins"."""
    return getattr(mention.row("vein", "place"), "code", None) in (*GROUPS, *COUNTED)
