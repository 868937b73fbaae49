"""A thrombus that goes on into no other vein: "no extension of clot into the CFV".

That vein is free of it. Into a deep vein nothing else than a clot extends, so that none has to be
named: "SSV closed. No extension into the popliteal vein".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.mentions import Mention
from ultrasound.knowledge.schema_text import Finding

_CLOT: Final = Finding(property="thrombus", value="present", denied="absent", kind="noun", terms=())
_INTO: Final = "into"
_STATES: Final = ("thrombus", "patency", "treatment_result", "compressibility", "ehit")
_DEEP: Final = frozenset({"CFV", "DFV", "FV", "POPV", "TPT", "PTV", "ATV", "PRV", "GAV", "SOV"})


def deny_spread(chunks: Sequence[Chunk]) -> None:
    """Deny a thrombus in the vein that it does not enter."""
    clot: Predicate | None = None
    for chunk in chunks:
        own = [p for p in chunk.predicates if p.finding and p.finding.property == "thrombus"]
        for cue in chunk.cues("no_spread", "not_into"):
            span = cue.first, cue.last
            behind = [g for g in chunk.groups if g.has_vein and g.first > cue.last]
            if not chunk.predicates:
                told = chunk is chunks[0] or any(
                    _tells_state(p) for c in chunks for p in c.predicates
                )
                own = _entering(clot, cue, behind if told and _enters(chunk, cue) else ())
            # "no extension of the GSV thrombus into the CFV" says first that there is one
            if own and own[0].first >= cue.first and behind and behind[0].first > own[0].last:
                own[0].negated, chunk.predicates = span, chunk.predicates or own
                chunk.asides = [group for group in chunk.asides if group not in behind]
                chunk.passing = [group for group in chunk.passing if group not in behind]
        clot = next((p for p in own if p.negated is None), clot)


def _tells_state(predicate: Predicate) -> bool:
    """Whether it tells that a vein is shut, and not what was done to it."""
    return predicate.finding is not None and predicate.finding.property in _STATES


def _enters(chunk: Chunk, cue: Mention) -> bool:
    """Whether it is said to go into a vein, and not merely past it: "no extension above the FV"."""
    return cue.cue("not_into") or _INTO in chunk.norms


def _entering(
    clot: Predicate | None, cue: Mention, behind: Sequence[PlaceGroup]
) -> list[Predicate]:
    """The clot that does not enter a vein, told of before or to be thought of."""
    if clot is not None and cue.cue("no_spread"):
        return [replace(clot, first=cue.first, last=cue.last, age=None)]
    veins = {part.vein for group in behind for part in group.parts}
    return [Predicate(cue.first, cue.last, _CLOT)] if veins and veins <= _DEEP else []
