"""What a "no" straight before a vein denies: the vein or branch, and not the state before it.

As in "GSV competent, no varicosities", "patent, without perforators", "competent but no SPJ": an
adjective is denied by "not" ("the AASV not") or with a verb ("no tributary is"), a noun by "no" as
well ("no reflux in the GSV, no SSV"). Nothing is found of varicosities so; that there are no
incompetent perforators is said by "no perforators" only where reflux stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import is_thing
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.echo import AUXILIARIES, INVOLVED, last_finding
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg

_NO: Final = frozenset({"no", "nil", "without", "w/o"})


def denies_thing(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a clause denies that there is a vein, behind a finding that it does not echo."""
    said = last_finding(thread)
    if said is None or not _leads(thread, chunk, groups):
        return False
    noun = _is_noun(thread, said.predicate)
    veins = {part.vein for group in groups for part in group.parts if part.vein}
    if not veins <= set(COUNTED):
        return not noun
    finding = said.predicate.finding
    reflux = finding is not None and finding.property == "reflux"
    refluxes = reflux and (noun or said.predicate.value == "present")
    return not (refluxes and veins <= set(PERFORATORS))


def _is_noun(thread: Thread, predicate: Predicate) -> bool:
    """Whether what was found is a thing, also with its denial: "no reflux"."""
    denied = thread.marks.tokens[predicate.first].norm in _NO
    return denied or is_thing(predicate, thread.marks)


def _leads(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether a "no" stands straight before the first of the places, and no verb behind them."""
    if chunk.predicates or not groups or is_only_leg(groups[0]):
        return False
    if any(word in (*AUXILIARIES, *INVOLVED) for word in chunk.words):
        return False  # "no tributary is", "without SFJ involvement"
    return any(
        cue.last + 1 == groups[0].first and thread.marks.words(cue.first, cue.last).lower() in _NO
        for cue in chunk.cues("negation")
    )
