"""What goes on into the next vein lies in both: a thrombus, a reflux of the junction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, place_in
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.leading import is_article
from ultrasound.extract.links.passing import is_entering
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_TRUNKS: Final = {"sfj": "GSV", "spj": "SSV"}
_BESIDE: Final = ("which", ",", "and", ")")
_ONWARD: Final = frozenset(
    {"continue", "continuing", "extend", "extending", "persist", "persisting", "run", "running"}
    | {"carry", "carrying", "proceed", "proceeding", "track", "tracking"}
)


def is_known(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause names a vein only as what is entered, and another one is spoken of."""
    entered = any(group in chunk.asides for group in chunk.groups) if chunk.asides else False
    return entered and is_entering(chunk.elements) and any(site.vein for site in thread.focus)


def name_last(thread: Thread, chunk: Chunk, phrases: Sequence[Phrase]) -> None:
    """Put in focus what a clause named last, but for what it only enters."""
    met = _is_met_first(chunk)
    spoken = [sites for group, sites in phrases if met or group not in chunk.asides]
    if spoken or not is_known(thread, chunk):
        thread.focus = spoken[-1] if spoken else phrases[-1][1]
    for _, sites in phrases:
        thread.mention(sites)


def _is_met_first(chunk: Chunk) -> bool:
    """Whether the trunk that branches meet is spoken of first: "arise from an incompetent AASV"."""
    *branches, trunk = chunk.groups
    at = place_in(chunk, trunk)
    article = chunk.elements[at - 2] if at > 1 else None
    of_branches = all(part.vein in COUNTED for group in branches for part in group.parts)
    met = trunk in chunk.asides and article is not None and is_article(article)
    return met and bool(branches) and of_branches and not any(p.spot.code for p in trunk.parts)


def extend_into(thread: Thread, chunk: Chunk) -> None:
    """Say a thrombus of the vein that it extends into too, or deny it there; a reflux likewise."""
    if not chunk.predicates and chunk.groups:
        _lead_down(thread, chunk)
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


def _lead_down(thread: Thread, chunk: Chunk) -> None:
    """Say the reflux of a junction of the trunk in which it goes on.

    As in "reflux at the SFJ (3.2 s) which continues in the thigh portion of the GSV".
    """
    said = next((a for a in reversed(thread.result) if a.predicate.finding is not None), None)
    group = chunk.groups[-1]
    if said is None or not (_is_junction_reflux(said) and _opens_onward(chunk)):
        return
    legs = tuple(site.only_leg() for site in said.sites)
    sites = tuple(map(_end_of, compose(group, legs)))
    trunks = {_TRUNKS.get(site.spot.code or "") for site in said.sites}
    finding = said.predicate.finding
    if finding is None or trunks != {site.vein for site in sites} or None in trunks:
        return
    stated = finding.model_copy(update={"kind": "word"})  # whatever time the junction has
    predicate = replace(said.predicate, finding=stated)
    thread.result.append(
        replace(said, predicate=predicate, sites=sites, chunk=chunk, explicit=True)
    )


def _end_of(site: Site) -> Site:
    """Where something only extends to: "extending into the proximal GSV"."""
    ends = site.extends and site.until is not None and not site.spot
    return (
        replace(site, spot=site.until or site.spot, until=None, open_start=False) if ends else site
    )


def _is_junction_reflux(a: Assignment) -> bool:
    """Whether a noun says that a junction refluxes, and is not denied."""
    finding = a.predicate.finding
    noun = finding is not None and (finding.property, finding.kind) == ("reflux", "noun")
    there = a.predicate.negated is None and not a.dropped
    placed = all(site.spot.code is not None and not site.until for site in a.sites)
    return noun and there and bool(a.sites) and placed


def _opens_onward(chunk: Chunk) -> bool:
    """Whether a clause begins with a verb of going on, and nothing else leads to its place."""
    verb = chunk.elements[0]
    led = isinstance(verb, Token) and verb.norm in _ONWARD
    led |= isinstance(verb, Mention) and verb.cue("gives") and verb.first == chunk.first
    led |= isinstance(verb, PlaceGroup) and all(part.extends for part in verb.parts)
    return (
        led and chunk.separator in _BESIDE and not chunk.cues("continues", "negation", "not_into")
    )
