"""Varicose veins that a patient came with: the reason for an exam, and not what it found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of
from ultrasound.extract.clauses.exam_dates import YEAR
from ultrasound.extract.clauses.kin import treats
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_HAD: Final = "had"
_AFTER: Final = ("after", "following", "post")
_DATING: Final = ("(", ",", "[")  # before a year
_BESIDE_YEAR: Final = ("in", "of", ".")
_ABOUT: Final = "re"
_SINCE: Final = ("since", "for", "x", "over")
_LASTING: Final = 3  # elements of "varicose veins since 2011"


def dismiss_complaints(chunks: Sequence[Chunk]) -> None:
    """Dismiss the varicose veins of a sentence that tells why somebody came.

    As in "Thank you for referring this lady with varicose veins of the right leg". What is
    measured, found or treated in such a sentence is not meant.
    """
    _dismiss_subject(chunks)
    _dismiss_felt(chunks)
    _dismiss_others(chunks)
    if chunks and (lasting := _lasts(chunks[0])) is not None:
        chunks[0].dismissed, chunks[0].dismissed_by = "history", lasting
    cues = [cue for chunk in chunks for cue in chunk.cues("complaint")]
    after = cues[0].last if cues else 0
    before = (g for chunk in chunks for g in chunk.groups if g.last < after)
    patient = not any(group.has_vein for group in before)  # no vein is "referred for ablation"
    for chunk in chunks if cues and patient else ():
        named = [g for g in chunk.groups if any(part.anatomy for part in g.parts)]
        others = [g for g in chunk.groups if g.has_vein and g not in named]
        said = others or any(p.last > after and not _tells_age(p) for p in chunk.predicates)
        if named and named[0].first > after and not said and chunk.dismissed is None:
            chunk.dismissed, chunk.dismissed_by = "history", (cues[0].first, cues[0].last)


def _dismiss_subject(chunks: Sequence[Chunk]) -> None:
    """Dismiss what a letter is about: "Re: varicose veins, left leg". A treatment was done."""
    about = len(chunks) > 1 and chunks[0].words == [_ABOUT] and chunks[1].separator == ":"
    for chunk in chunks[1:] if about else ():
        if chunk.dismissed is None and not treats(chunk):
            chunk.dismissed, chunk.dismissed_by = "question", (chunks[0].first, chunks[0].last)


def _tells_age(predicate: Predicate) -> bool:
    """Whether it only says how long they are there: "C/O varicose veins since 6 yrs"."""
    plain = bool(predicate.numbers) and predicate.finding is None
    return plain and all(n.unit is not None and n.unit.kind == "other" for n in predicate.numbers)


def _dismiss_felt(chunks: Sequence[Chunk]) -> None:
    """Dismiss the varicose veins of a sentence that tells what a patient feels, and no finding.

    As in "L leg VVs and ankle eczema, aching by evening".
    """
    cues = [cue for chunk in chunks for cue in chunk.cues("symptom")]
    if not cues:
        return
    parts = [part for chunk in chunks for group in chunk.groups for part in group.parts]
    found = any(p.finding or _measures(p) for chunk in chunks for p in chunk.predicates)
    if found or any(part.vein and not part.anatomy for part in parts):
        return
    for chunk in chunks:
        if chunk.dismissed is None:
            chunk.dismissed, chunk.dismissed_by = "history", (cues[0].first, cues[0].last)


def _measures(predicate: Predicate) -> bool:
    """Whether a number measures something: not the age of "a nurse of 55"."""
    return any(n.unit is not None and n.unit.kind != "other" for n in predicate.numbers)


def _dismiss_others(chunks: Sequence[Chunk]) -> None:
    """Dismiss what is said of patients at large: "some patients sleep better after ablation"."""
    others: Span | None = None
    for chunk in chunks:
        for cue in chunk.cues("others"):
            others = others or (cue.first, cue.last)
        if others is not None and chunk.dismissed is None:
            chunk.dismissed, chunk.dismissed_by = "unspecific", others


def _lasts(chunk: Chunk) -> Span | None:
    """The words of a clause that opens with how long varicose veins are there, None for others.

    As in "Varicose veins since 2011", "Varicose veins for 10 years, aching" and "VV 4 yrs".
    """
    named, since, long = (*chunk.elements[:_LASTING], None, None, None)[:_LASTING]
    if isinstance(since, Number) and since.unit is not None:
        since, long = None, since
    if not isinstance(named, PlaceGroup) or not all(part.anatomy for part in named.parts):
        return None
    told = since is None or (isinstance(since, Token) and since.norm in _SINCE)
    if not told or len(chunk.groups) > 1:
        return None
    year = isinstance(long, Token) and long.kind == "number"
    years = isinstance(long, Number) and (long.unit is None or long.unit.kind == "other")
    found = any(p.finding for p in chunk.predicates)
    return (
        (named.first, end_of(long)) if long is not None and (year or years) and not found else None
    )


def year_of(chunk: Chunk) -> Span | None:
    """The year in which somebody had something: "he had a DVT in 2011", "DVT of the L leg 2016".

    Or what it came after: "DVT after a knee replacement in 2011".
    """
    if "current" in chunk.kinds:
        return None
    behind = {predicate.last + 1 for predicate in chunk.predicates if predicate.finding}
    named = [p.last for p in chunk.predicates if p.finding and p.finding.kind == "noun"]
    behind |= {group.last + 1 for group in chunk.groups if named and named[0] < group.first}
    told = _HAD in chunk.norms or (named and not chunk.norms.isdisjoint(_AFTER))
    for element in chunk.elements:
        if not isinstance(element, Number | Token):
            continue
        text = element.low if isinstance(element, Number) else element.text
        at = element.first if isinstance(element, Number) else element.index
        if YEAR.fullmatch(text) and (told or at in behind):
            return at, at
    return None


def dismiss_dated(chunks: Sequence[Chunk]) -> None:
    """Dismiss a clot of which the next clause gives only the year: "SVT of the GSV, 2016"."""
    for chunk, dated in pairwise(chunks):
        found = [p for p in chunk.predicates if p.finding and p.finding.kind != "label"]
        clots = bool(found) and all(
            p.finding and p.finding.property == "thrombus" and p.negated is None for p in found
        )
        year = _only_year(dated) if clots and dated.separator in _DATING else None
        if year is not None and chunk.dismissed is None and "current" not in chunk.kinds:
            chunk.dismissed, chunk.dismissed_by = "history", year


def _only_year(chunk: Chunk) -> Span | None:
    """The year that a clause holds, and nothing else."""
    words = [e for e in chunk.elements if not (isinstance(e, Token) and e.norm in _BESIDE_YEAR)]
    last = words[0] if len(words) == 1 else None
    if isinstance(last, Number):
        year = last.unit is None and YEAR.fullmatch(last.low) is not None
        return (last.first, last.last) if year else None
    if isinstance(last, Token) and YEAR.fullmatch(last.text):
        return last.index, last.index
    return None
