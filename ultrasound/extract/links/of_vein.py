"""Sentences without a place that speak of a vein and not of its level that was named last.

Behind sizes at several levels ("SFJ 8 mm, mid thigh 6 mm, knee 4 mm. Incompetent, 2.1 s."), behind
the one level of a labelled item at which only its size or shape is told ("GSV: 8 mm at the SFJ.
Incompetent."), and a time behind a level that has no reflux ("No reflux in the calf. Reflux time
2.1 s."): it is of some place that is not named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.links.assignment import Assignment, is_time
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_STATED: Final = ("reflux", "reflux_time", "thrombus", "compressibility", "patency")
_SHAPED: Final = ("anatomy", "diameter")
_LEVELS: Final = ("level", "zone", "place")
_POINTED: Final = ("the", "this", "that")
_POINTING: Final = ("here", "same_places", "levels")


def speaks_of_vein(state: State, marks: Marks, chunks: Sequence[Chunk]) -> bool:
    """Whether a sentence that goes on speaks of the vein in focus, at no level of it."""
    veins = {site.vein for site in state.focus}
    if len(veins) != 1 or not veins.isdisjoint((None, *COUNTED, *GROUPS)) or not chunks:
        return False
    placed = all(site.has_spot for site in state.focus)
    if not placed or chunks[0].groups or _points(chunks):
        return False
    if all(site in state.spared for site in state.focus) and _tells_reflux(state, chunks[0]):
        return True
    measured = len(state.measured) > 1 and not state.timed
    measured |= _only_shaped(state, marks, chunks[0].first)
    pointed = marks.tokens[chunks[0].first].norm in _POINTED  # "The reflux then leaves …"
    return measured and not pointed and _states(chunks[0])


def note_spared(state: State, assignments: Sequence[Assignment], *, continued: bool) -> None:
    """Keep the levels without reflux, and whether others have some, while a paragraph goes on."""
    if not continued:
        state.spared, state.refluxes = (), False
    told = [a for a in assignments if _is_of_reflux(a.predicate) and not a.dropped]
    spared = [a for a in told if a.predicate.value == "absent"]
    spared += [a for a in assignments if told and a.predicate.none_word]  # "none in the calf"
    state.spared += tuple(site for a in spared for site in a.sites if site.has_spot)
    state.refluxes |= any(a.predicate.value == "present" for a in told)
    state.timed = any(map(is_time, assignments))


def _points(chunks: Sequence[Chunk]) -> bool:
    """Whether words point to a level; the "there" of "there is" opens a sentence."""
    pointed = [cue for chunk in chunks for cue in chunk.cues(*_POINTING)]
    return any(cue.first > chunks[0].first for cue in pointed)


def _tells_reflux(state: State, chunk: Chunk) -> bool:
    """Whether a clause tells the time of a reflux; or a size, where another level has reflux."""
    said = [p.finding.property for p in chunk.predicates if p.finding is not None]
    reflux = any(_is_of_reflux(p) and p.value != "absent" for p in chunk.predicates)
    units = [n.unit for p in chunk.predicates for n in p.numbers if n.unit is not None]
    reflux &= any(unit.kind == "time" for unit in units)  # "The preterminal valve is incompetent"
    return reflux or (state.refluxes and said[:1] == ["diameter"])


def _is_of_reflux(predicate: Predicate) -> bool:
    finding = predicate.finding
    return finding is not None and finding.property in ("reflux", "reflux_time")


def _states(chunk: Chunk) -> bool:
    """Whether a clause says what is found of a vein, and no further size."""
    said = [p.finding.property for p in chunk.predicates if p.finding is not None]
    sized = [n for p in chunk.predicates for n in p.numbers if n.unit and n.unit.kind == "length"]
    return not sized and bool(said) and set(said) <= set(_STATED)


def _only_shaped(state: State, marks: Marks, first: int) -> bool:
    """Whether the other sentence of an item tells no more than a size or the shape of a vein."""
    if state.closing is None or not all(site.vein for site in state.line):
        return False
    first_of_label, start = state.closing
    label = marks.mentions_in(first_of_label, start)
    if any(m.row(*_LEVELS) for m in label) or not any(m.row("vein") for m in label):
        return False  # "SFJ: 8 mm. Incompetent.", "GSV mid thigh: 4 mm. Incompetent."
    numbers = marks.numbers_in(start, first)
    rows = [m.row("finding") for m in marks.mentions_in(start, first)]
    found = [row.property for row in rows if row is not None]
    sized = all(n.unit is not None and n.unit.kind == "length" for n in numbers)
    words = [t for t in marks.tokens[start:first] if marks.mention_over(t.index) is None]
    told = numbers or found or any(t.kind == "word" for t in words)  # "superficial course in …"
    return bool(told) and sized and set(found) <= set(_SHAPED)
