"""Facts that a report says again, and those that another of its facts makes void."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, SAPHENOUS, SHALLOW, Fact
from ultrasound.extract.links.assignment import Assignment

_CLOSED: Final = ("closed", "ehit_1", "ehit_2", "ehit_3", "ehit_4")
_MADE_VOID: Final = ("patency", "flow", "compressibility", "thrombus")
_ABLATION: Final = "ablation"
_KIND_OF: Final = "_ablation"  # how the values of its kinds end
_PARTLY: Final = "partly occluded"  # of which a treated vein is open; void_closed calls it occluded
_OPENED: Final = "recanalized"
_EXPECTED: Final = "expected"
_UNTREATED: Final = {"open": "patent", "closed": "occluded", "recanalized": "recanalized"}
_RESULTS: Final = {
    ("patency", "occluded"): "closed",
    ("patency", _PARTLY): "open",
    ("patency", "recanalized"): "recanalized",
    ("compressibility", "none"): "closed",
    ("flow", "absent"): "closed",
}


def name_result(a: Assignment, name: str, value: str) -> tuple[str, str]:
    """What is found in a vein: closure of one that is called treated is the treatment's result."""
    if a.predicate.finding is not None and a.predicate.finding.partial:
        value = _PARTLY
    if a.chunk.cues("treated") and (name, value) in _RESULTS:
        return "treatment_result", _RESULTS[name, value]
    if (name, value) == ("thrombus", "present") and _is_clotted_shut(a):
        return "treatment_result", "closed"
    return name, value


def _is_clotted_shut(a: Assignment) -> bool:
    """Whether a treated vein is thrombosed, which closes it: "the ablated GSV is thrombosed".

    A thrombus in it is another thing, unless it was expected.
    """
    finding, chunk = a.predicate.finding, a.chunk
    expected = _EXPECTED in chunk.norms
    shut = expected or (finding is not None and finding.kind == "word")
    treatments = [p for p in chunk.predicates if p.finding and p.finding.property == "treatment"]
    called = any(p.last + 1 == group.first for p in treatments for group in chunk.groups)
    treated = bool(chunk.cues("treated")) or called or (expected and bool(treatments))
    return shut and treated and all(site.vein in SHALLOW for site in a.sites)


def name_open(facts: Sequence[Fact]) -> list[Fact]:
    """A vein that "is open", of which no treatment is told, is patent.

    So is what is told of a deep one: "the femoral vein has not reopened" is occluded.
    """
    treated = {
        _vein_of(f)
        for f in facts
        if f.property == "treatment"
        or (f.property == "treatment_result" and f.value != "open" and f.vein in SHALLOW)
    }
    return [
        replace(f, property="patency", value=_UNTREATED[str(f.value)])
        if f.property == "treatment_result"
        and (f.value == "open" or (f.vein not in SHALLOW and f.value in _UNTREATED))
        and treated.isdisjoint((_vein_of(f), (f.leg, None), (None, f.vein)))
        else f
        for f in facts
    ]


def name_kind(facts: Sequence[Fact]) -> list[Fact]:
    """An ablation whose kind is told elsewhere is that one: "s/p RFA … after prior ablation"."""
    kinds: dict[tuple[object, ...], set[object]] = {}
    for f in facts:
        if f.property == "treatment" and str(f.value).endswith(_KIND_OF):
            kinds.setdefault((f.leg, f.segment, *_vein_of(f)), set()).add(f.value)
    told = {place: found.pop() for place, found in kinds.items() if len(found) == 1}
    return [
        replace(f, value=str(told.get((f.leg, f.segment, *_vein_of(f)), _ABLATION)))
        if (f.property, f.value) == ("treatment", _ABLATION)
        else f
        for f in facts
    ]


def _vein_of(fact: Fact) -> tuple[object, ...]:
    """The vein of a fact; of branches those with a level, or those without."""
    several = fact.vein in COUNTED
    return (fact.leg, fact.vein, *([fact.segment is None] if several else ()))


def join_repeats(facts: Iterable[Fact]) -> list[Fact]:
    """The same fact said again becomes a ``repeat`` of the first."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = (
            fact.leg,
            fact.vein,
            fact.segment,
            fact.item,
            fact.property,
            fact.value,
            fact.prior,
        )
        old = kept.get(key)
        if old is None:
            kept[key] = fact
        elif old.source != fact.source:
            kept[key] = replace(
                old,
                support=(*old.support, ("repeat", fact.source)),
                flags=tuple(dict.fromkeys((*old.flags, *fact.flags))),
                uncertain=old.uncertain and fact.uncertain,
            )
    return list(kept.values())


def void_closed(facts: Sequence[Fact]) -> list[Fact]:
    """A treated segment that is closed is that alone, on the day of which it is told (rule 15).

    A vein with a result was treated: "closed in the thigh. At the knee it has recanalised".
    """
    treated = {(f.leg, f.vein) for f in facts if _closes_vein(f)}
    ended = {(f.leg, f.vein) for f in facts if f.property == "treatment_result"}
    told = [
        replace(f, property="treatment_result", value=_RESULTS[f.property, f.value])
        if isinstance(f.value, str)
        and (f.property, f.value) in _RESULTS
        and (f.leg, f.vein) in (treated | ended if _tells_of_treated(f) else treated)
        else f
        for f in facts
    ]
    told = [replace(f, value="occluded") if f.value == _PARTLY else f for f in told]
    closed = {
        (f.leg, f.vein, f.segment, f.prior)
        for f in told
        if f.property == "treatment_result" and f.value in _CLOSED
    }
    return [
        f
        for f in told
        if f.property not in _MADE_VOID or (f.leg, f.vein, f.segment, f.prior) not in closed
    ]


def _tells_of_treated(fact: Fact) -> bool:
    """Whether it is the result of a treatment where another one is told: no flow, recanalised."""
    return fact.value == _OPENED or (fact.property, fact.vein in SHALLOW) == ("flow", True)


def _closes_vein(fact: Fact) -> bool:
    """Whether a fact is a treatment that is meant to close the vein."""
    if fact.property != "treatment":
        return False
    unsaid = fact.value == "unspecified" and fact.vein in SAPHENOUS  # "the previously treated GSV"
    ablated = not fact.prior and "ablation" in str(fact.value)
    return fact.value == "sclerotherapy" or unsaid or ablated
