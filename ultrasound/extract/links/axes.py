"""Two axes of a vein that are told apart: "AP 4.7 mm, transverse 4.4 mm" is one diameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number

_AXES: Final = {
    **dict.fromkeys(("ap", "anteroposterior", "sagittal"), "deep"),
    **dict.fromkeys(("transverse", "transv", "trans", "tr", "coronal"), "wide"),
}
_NEAR: Final = 6  # tokens from the word of an axis to its number: "AP diameter at knee 4.7 mm"


def merge_axes(marks: Marks, assignments: Sequence[Assignment]) -> None:
    """Keep the larger of two axes of one vein and place, which stands for both."""
    sized = [a for a in assignments if not a.dropped and _is_length(a.number)]
    for one, other in pairwise(sized):
        if one.number is None or other.number is None or not _are_one_place(one, other):
            continue
        axes = {_axis_of(marks, one.number, 0), _axis_of(marks, other.number, one.number.last + 1)}
        if None in axes or len(axes) == 1:
            continue
        one.dropped = True
        other.sites = one.sites if _are_placed(one.sites) else other.sites
        other.number = _join(one.number, other.number)
        other.explicit = one.explicit or other.explicit


def _is_length(number: Number | None) -> bool:
    return number is not None and number.unit is not None and number.unit.kind == "length"


def _are_placed(sites: Sequence[Site]) -> bool:
    return any(site.has_spot for site in sites)


def _are_one_place(one: Assignment, other: Assignment) -> bool:
    """Whether two numbers are of one vein, and no more than one of them has a level of its own."""
    named = [{(site.legs, site.vein) for site in a.sites} for a in (one, other)]
    spots = [{(site.spot, site.until) for site in a.sites} for a in (one, other)]
    open_end = not (_are_placed(one.sites) and _are_placed(other.sites))
    return bool(one.sites) and named[0] == named[1] and (open_end or spots[0] == spots[1])


def _axis_of(marks: Marks, number: Number, start: int) -> str | None:
    """The axis that a word before a number names, or one in brackets behind it."""
    before = marks.tokens[max(start, number.first - _NEAR) : number.first]
    behind = marks.tokens[number.last + 1 : number.last + 3]
    words = [t.text.lower() for t in reversed(before)]
    if behind and behind[0].text == "(":
        words.insert(0, behind[-1].text.lower())
    return next((_AXES[word] for word in words if word in _AXES), None)


def _join(one: Number, other: Number) -> Number:
    """The larger of two numbers, over the words of both."""
    sizes = [n.amounts(n.unit)[0] if n.unit else 0 for n in (one, other)]
    larger = one if sizes[0] > sizes[1] else other
    return replace(larger, first=min(one.first, other.first), last=max(one.last, other.last))
