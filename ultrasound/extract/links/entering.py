"""A thrombus that goes on into another vein: it lies in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.passing import is_entering
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.sites import compose


def is_known(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause names a vein only as what is entered, and another one is spoken of."""
    entered = any(group in chunk.asides for group in chunk.groups) if chunk.asides else False
    return entered and is_entering(chunk.elements) and any(site.vein for site in thread.focus)


def name_last(thread: Thread, chunk: Chunk, phrases: Sequence[Phrase]) -> None:
    """Put in focus what a clause named last, but for what it only enters."""
    spoken = [sites for group, sites in phrases if group not in chunk.asides]
    if spoken or not is_known(thread, chunk):
        thread.focus = spoken[-1] if spoken else phrases[-1][1]
    for _, sites in phrases:
        thread.mention(sites)


def extend_into(thread: Thread, chunk: Chunk) -> None:
    """Say a thrombus of the vein that it extends into too, or deny it there."""
    entered = bool(chunk.asides) and is_entering(chunk.elements)
    if not entered or chunk.cues("not_into", "short_of"):
        return
    said = [a for a in thread.result if _is_thrombus(a)]
    other = any(p.finding and p.finding.property != "thrombus" for p in chunk.predicates)
    if not said or other:
        return  # "no glue reaches into the CFV"
    last, group = said[-1], chunk.asides[-1]
    sites = compose(group, last.sites or thread.focus)
    veins = {site.vein for site in sites}
    if last.chunk is chunk and veins <= {site.vein for site in last.sites}:
        return
    denials = [c for c in chunk.cues("negation", "weak_negation") if c.first < group.first]
    negated = (denials[-1].first, denials[-1].last) if denials else None
    if last.chunk is chunk and negated != last.predicate.negated:
        return
    predicate = replace(last.predicate, negated=negated)
    thread.result.append(replace(last, predicate=predicate, sites=sites, chunk=chunk))


def _is_thrombus(a: Assignment) -> bool:
    finding = a.predicate.finding
    return finding is not None and finding.property == "thrombus" and not a.dropped
