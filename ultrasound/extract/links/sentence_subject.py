"""The trunk that a sentence opens with, as what "it" means in the next one.

As in "The GSV is incompetent, filled by a tributary. It measures 3.8 mm", "The GSV is joined by the
AASV in the mid thigh. It is incompetent to the knee", "GSV is dilated with varicosities in the
calf. Maximum diameter is 7 mm". Nothing was found of the vein that was named last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.focus import are_perforators, are_several, is_branch
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.thread import Linked
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_IT, _THIS = "it", "this"
_SIZE: Final = ("diameter", "calibre", "caliber", "size", "width")
_MAXIMUM: Final = ("maximum", "max", "maximal", "mean", "average", "the", "its")
_ARTICLE: Final = 3  # tokens back to the "a" of "a large anterior accessory vein"
_LED: Final = 1  # tokens before the subject: "The GSV"


def take_subject(
    chunks: Sequence[Chunk], linked: Linked, opened: tuple[Site, ...]
) -> tuple[tuple[Site, ...], bool]:
    """The trunk that a sentence opens with, where it ends with another vein of which it is silent.

    And whether something was found of the trunk.
    """
    group = chunks[0].groups[0] if chunks and chunks[0].groups else None
    if group is None or group in chunks[0].passing or group.first - chunks[0].first > _LED:
        return (), False
    sites = compose(group, tuple(site.only_leg() for site in opened[:1]))
    if len(sites) != 1 or not are_trunks(sites) or sites[0].spot.code or not linked.focus:
        return (), False  # no junction goes on as "it": "The SFJ feeds the AASV. It …"
    found = {site.vein for a in linked.assignments if _finds(a) for site in a.sites}
    last = {site.vein for site in linked.focus}
    silent = found.isdisjoint(last) and sites[0].vein not in last and None not in last
    same = {site.legs for site in linked.focus} == {sites[0].legs}
    return ((sites[0].without_spot(),) if silent and same else ()), sites[0].vein in found


def mean_subject(
    state: State, marks: Marks, chunks: Sequence[Chunk], groups: Sequence[PlaceGroup]
) -> tuple[Site, ...]:
    """The trunk that "it" means, or of which a bare size is told, else nothing."""
    if not chunks or any(group.has_vein or group.has_leg for group in groups):
        return ()
    words = [token.norm for token in marks.tokens[chunks[0].first : chunks[0].first + 2]]
    if words[0] == _THIS:
        branch = state.is_on_branch() and not are_several(marks, state.focus)
        passed = tuple(dict.fromkeys(site.without_spot() for site in state.trunk))
        return passed if branch and _ranges(groups) else ()
    if not state.subject:
        return ()
    several = are_several(marks, state.focus)
    if words[0] == _IT:
        met = are_trunks(state.focus) and _is_first_met(marks, state.focus)
        means = several or (not met and _means_it(state, chunks, groups))
        return state.subject if means else ()
    sized = words[0] in _SIZE or (words[0] in _MAXIMUM and words[-1] in _SIZE)
    return state.subject if sized and several else ()


def _is_first_met(marks: Marks, sites: Sequence[Site]) -> bool:
    """Whether a vein was new in the sentence: "the GSV joins an accessory vein. It is 5 mm"."""
    at = sites[-1].vein_at
    before = marks.tokens[max(0, at[0] - _ARTICLE) : at[0]] if at else ()
    return any(token.norm in ("a", "an") for token in before)


def _means_it(state: State, chunks: Sequence[Chunk], groups: Sequence[PlaceGroup]) -> bool:
    """Whether "it" is the trunk and no branch: a number alone may be that of either."""
    if not is_branch(state.focus) or _ranges(groups):
        return True
    if state.subject_found and not are_perforators(state.focus):
        return True
    stated = [p for chunk in chunks for p in chunk.predicates]
    reflux = any(p.finding is not None and p.finding.property == "reflux" for p in stated)
    return reflux and not any(p.numbers for p in stated)


def _ranges(groups: Sequence[PlaceGroup]) -> bool:
    """Whether a range is told, which no branch has."""
    return any(part.until is not None for group in groups for part in group.parts)


def _finds(a: Assignment) -> bool:
    """Whether something is found, apart from the name of varicosities."""
    finding = a.predicate.finding
    if a.number is not None:
        return not a.dropped
    named = finding is not None and finding.kind != "label" and finding.property != "anatomy"
    return named and not a.dropped
