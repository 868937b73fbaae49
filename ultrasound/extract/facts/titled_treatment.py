"""Closure of a trunk where the report opens with a treatment: "Post EVLA scan … GSV occluded".

A title or an indication that names the treatment and no vein says that the trunks of the report
are looked at after it. What is occluded is closed by it then, unless a treatment is told of
another vein of the leg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import SAPHENOUS, Fact, Outcome
from ultrasound.extract.words.marks import Marks

_CLOSING: Final = ("ablation", "thermal_ablation", "nonthermal_ablation", "sclerotherapy")
_RESULTS: Final = {"occluded": "closed", "recanalized": "recanalized"}
_AFTER: Final = frozenset({"post", "after", "following", "s/p", "status"})
_BEFORE: Final = 3  # tokens from "post" to the treatment
_TREATMENT, _PATENCY = "treatment", "patency"


def close_titled(outcomes: Sequence[Outcome], marks: Marks) -> list[Outcome]:
    """The outcomes, with what is occluded as the result of the treatment above it."""
    facts = [o for o in outcomes if isinstance(o, Fact)]
    first = min((f.cue[0] for f in facts), default=0)
    if not facts or not _opens_with_treatment(marks, first):
        return list(outcomes)
    treated = {f.leg for f in facts if f.property == _TREATMENT}
    return [
        replace(o, property="treatment_result", value=_RESULTS[str(o.value)])
        if isinstance(o, Fact)
        and (o.property, o.vein in SAPHENOUS) == (_PATENCY, True)
        and o.value in _RESULTS
        and o.leg not in treated
        else o
        for o in outcomes
    ]


def _opens_with_treatment(marks: Marks, first: int) -> bool:
    """Whether a treatment that was done is named before the first fact."""
    for mention in marks.mentions_in(0, first):
        row = mention.row("finding")
        if row is None or row.property != _TREATMENT or row.value not in _CLOSING:
            continue
        led = marks.tokens[max(0, mention.first - _BEFORE) : mention.first]
        line = [t for t in led if "\n" not in t.gap or t is led[0]]
        if any(token.norm in _AFTER for token in line):
            return True
    return False
