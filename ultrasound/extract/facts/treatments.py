"""Treatments and their results: the vein, the level and the junction that they are told of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import end_of
from ultrasound.extract.facts.fact import COUNTED, SHALLOW, Outcome, Pass
from ultrasound.extract.facts.placing import Placer
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.places.spots import Spot
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_JUNCTIONS: Final = {"GSV": "sfj", "SSV": "spj", "AASV": "sfj"}
_TRUNK_AT: Final = {"sfj": "GSV", "spj": "SSV"}
_OF_SUPERFICIAL: Final = frozenset(
    {"thermal_ablation", "nonthermal_ablation", "ablation", "sclerotherapy", "stripped"}
    | {"phlebectomy"}
)
_OF_TRUNKS: Final = ("thermal_ablation", "nonthermal_ablation", "ablation")
_TAKEN_OUT: Final = ("stripped", "harvested")
_IT: Final = "it"
_AFTER: Final = ("after", "following", "since", "post")
_STENTED: Final = "stented"
_OF_THE: Final = 2  # words before a stent that was told of
_IN: Final = ("of", "in", "within", "through", "at", "across")
_COLON: Final = 2  # tokens from a place before a colon to what follows
_TRUNKS: Final = {"POPV": "SSV"}  # into which deep vein a trunk ends; the others: of the GSV


def read_treatment(
    placer: Placer, a: Assignment, finding: Finding, span: Span, label_at: int
) -> Iterator[Outcome]:
    """A treatment has the level that stands behind it, and a vein by its own name.

    What was taken out is the level of its row: "GSV BK | harvested".
    """
    again = finding.value == _STENTED and _goes_back(a)
    if again or a.predicate.negated or _is_left_undone(a):
        yield Pass("unspecific", span)
        if not (again or a.predicate.negated):
            yield from (Pass("unspecific", site.vein_at) for site in a.sites if site.vein_at)
        return
    own = any(g.has_spot and (_stands_behind(g, a) or _is_treated(g, a)) for g in a.chunk.groups)
    own = own or a.placed or _is_led(placer, a) or _is_reach(a)
    own = own or (finding.value == "harvested" and _is_of_row(a, label_at))
    tied = finding.value == "ligated" and all(_junction_of(s) for s in a.sites)  # "SFJ: ligated"
    sites = a.sites if own or tied else tuple(dict.fromkeys(_whole(s) for s in a.sites))
    if tied:
        sites = tuple(dict.fromkeys(_of_trunk(site) for site in sites))
    if not a.explicit or _is_when(a):
        sites = tuple(dict.fromkeys(_leave_other(site, finding.value) for site in sites))
    if finding.value == "stripped":
        sites = _stripped(a, sites, span)
        if not sites:
            return
    if finding.vein and not (a.explicit and any(_is_told(s, finding) for s in sites)):
        sites = tuple(_at_finding(s, finding, span) for s in (sites or (Site(),)))
    yield from placer.code(replace(a, sites=sites), "treatment", finding.value, span)


def _goes_back(a: Assignment) -> bool:
    """Whether a stent is one that was told of: "stenosis of the stent", "flow in the stent"."""
    before = [e for e in a.chunk.elements if end_of(e) < a.predicate.first][-_OF_THE:]
    led = [e.norm for e in before if isinstance(e, Token)]
    return not a.explicit and len(led) == _OF_THE and led[0] in _IN and led[1] == "the"


def _of_trunk(site: Site) -> Site:
    """What was tied at a junction is its trunk: "neovessels at the ligated junction"."""
    code = _junction_of(site) or ""
    trunk = _TRUNK_AT.get(code)
    if trunk is None or site.vein not in COUNTED:
        return site
    spot, flags = Spot(code=code), ("vein_inferred",)
    return replace(site, vein=trunk, vein_at=None, spot=spot, anatomy=None, flags=flags)


def _junction_of(site: Site) -> str | None:
    """The code of its place; of a branch "the junction" is the one in the groin."""
    groin = site.vein in COUNTED and site.spot.zone == "junction"
    return "sfj" if groin else site.spot.code


def _is_of_row(a: Assignment, label_at: int) -> bool:
    """Whether a statement fills a cell, and the label of its row names the level."""
    levels = [at for site in a.sites for at in site.spot_at]
    cell = not a.chunk.groups and label_at < a.chunk.first
    return cell and bool(levels) and all(at[0] >= label_at for at in levels)


def _is_left_undone(a: Assignment) -> bool:
    """Whether what stands behind a treatment says that it was not done: "RFA was declined"."""
    return any(
        p.first > a.predicate.last and p.finding is not None and p.finding.value == "not_assessed"
        for p in a.chunk.predicates
    )


def _stripped(a: Assignment, sites: Sequence[Site], span: Span) -> tuple[Site, ...]:
    """The trunks that were stripped: where no vein is named the GSV; none of mere branches."""
    trunks = tuple(s for s in sites if s.vein != "NSV")
    if any(s.vein for s in trunks):
        return trunks
    if not trunks and sites:
        if any(part.vein for group in a.chunk.groups for part in group.parts):
            return ()
        trunks = tuple(replace(s.without_spot(), anatomy=None) for s in sites)
    return tuple(
        replace(s, vein="GSV", vein_at=span, flags=("vein_inferred",)) for s in trunks or (Site(),)
    )


def _leave_other(site: Site, treatment: str) -> Site:
    """A leg without a vein that was spoken of and is not treated so.

    As in "deep veins patent. Previous EVLA", "varicose veins of the right leg, previous EVLA".
    """
    deep = site.vein is not None and site.vein not in SHALLOW
    varicose = site.vein == "NSV" and site.anatomy == "varicose"
    other = (deep and treatment in _OF_SUPERFICIAL) or (varicose and treatment in _OF_TRUNKS)
    other = other or (treatment == _STENTED and site.vein in SHALLOW)
    return site.only_leg() if other else site


def _is_when(a: Assignment) -> bool:
    """Whether a treatment only says when its clause holds: "CFV patent after EVLA"."""
    before = [e for e in a.chunk.elements if end_of(e) < a.predicate.first]
    if before and isinstance(before[-1], Token) and before[-1].text == "-":
        before = before[:-1]  # "post-EVLA"
    before = before[-1:]
    led = isinstance(before[-1], Token) and before[-1].norm in _AFTER if before else False
    posterior = any(cue in before for cue in a.chunk.cues("location"))  # "post" is "posterior" too
    named = any(group.first > a.predicate.last for group in a.chunk.groups)
    return (led or posterior) and not named


def _whole(site: Site) -> Site:
    """A trunk without its level; a branch is another one at each level."""
    return site if site.vein in COUNTED else site.without_spot()


def of_taken_out(a: Assignment, everything: Sequence[Assignment]) -> Assignment:
    """What is not there any more is what was taken out: "left stripped and no longer present"."""
    gone = a.predicate.finding is not None and a.predicate.finding.property == "anatomy"
    if not gone or a.predicate.value != "absent" or a.chunk.groups:
        return a
    before = [b for b in everything if b.chunk.clause == a.chunk.clause and _is_taken(b)]
    if not any(b.predicate.last < a.predicate.first for b in before):
        return a
    return replace(a, sites=tuple(dict.fromkeys(_whole(site) for site in a.sites)))


def _is_taken(a: Assignment) -> bool:
    """Whether a vein was taken out, with no level said."""
    finding, groups = a.predicate.finding, a.chunk.groups
    taken = finding is not None and finding.value in _TAKEN_OUT
    return taken and not any(group.has_spot for group in groups)


def at_junction(a: Assignment, span: Span) -> Assignment:
    """The class of a heat-induced thrombus is told of the junction of the treated trunk."""
    if a.explicit and any(site.spot for site in a.sites if site.vein in _JUNCTIONS):
        return a
    sites = []
    for site in a.sites or (Site(),):
        trunk = site.vein if site.vein in _JUNCTIONS else _TRUNKS.get(site.vein or "", "GSV")
        spot, at = Spot(code=_JUNCTIONS[trunk]), site.vein_at if trunk == site.vein else span
        sites.append(replace(site, vein=trunk, vein_at=at, spot=spot, until=None))
    return replace(a, sites=tuple(dict.fromkeys(sites)))


def _stands_behind(group: PlaceGroup, a: Assignment) -> bool:
    """Whether a level stands behind a treatment, and is no other finding's.

    As in "harvested below the knee", and not in "following RFA the GSV is closed in the thigh".
    """
    if group.last <= a.predicate.first:
        return False
    at = min((m.first for part in group.parts for m in part.spot_at), default=group.first)
    return not any(
        a.predicate.last < p.first < at and p.finding is not None and p.finding.kind == "word"
        for p in a.chunk.predicates
    )


def _is_led(placer: Placer, a: Assignment) -> bool:
    """Whether a level alone stands before the colon of a treatment: "thigh: harvested"."""
    if a.chunk.separator != ":" or a.predicate.first != a.chunk.first:
        return False
    ends = a.chunk.first - _COLON
    if not any(at[1] == ends for site in a.sites for at in site.spot_at):
        return False
    return not any(site.vein_at and placer.says(site.vein_at) for site in a.sites)


def _is_reach(a: Assignment) -> bool:
    """Whether a range of levels stands behind a treatment, set off: "EVLA (1470 nm) from …".

    A range behind another finding is that one's: "following EVLA the GSV is closed from …".
    """
    starts = [at[0] for site in a.sites for at in site.spot_at if site.until is not None]
    if not starts or any(site.until is None for site in a.sites):
        return False
    return min(starts) > a.predicate.last and not any(
        a.predicate.last < p.first < min(starts) and p.finding is not None
        for p in a.chunk.predicates
    )


def _is_treated(group: PlaceGroup, a: Assignment) -> bool:
    """Whether a vein with its level is what was treated: "thigh GSV harvested", "SFJ ligated"."""
    if group.last == a.predicate.first - 1 and not group.has_vein:
        return True  # "calf avulsions"
    if _leads(group, a):
        return True
    first = all(p.first >= a.predicate.first for p in a.chunk.predicates)
    bounded = not any(part.until for part in group.parts)
    return group.has_vein and first and bounded and group.last < a.predicate.first


def _leads(group: PlaceGroup, a: Assignment) -> bool:
    """Whether a level leads what was done to the vein: "above the knee it was stripped"."""
    if group.has_vein or group.has_leg or len(a.chunk.groups) > 1:
        return False
    words = [e for e in a.chunk.elements if isinstance(e, Token) and e.index < a.predicate.first]
    behind = [e.norm for e in words if e.index > group.last]
    found = [p for p in a.chunk.predicates if p.finding is not None]
    return len(found) == 1 and behind[:1] == [_IT]


def _at_finding(site: Site, finding: Finding, span: Span) -> Site:
    """A site with the vein, and the segment where there is one, that a finding's name holds."""
    own = finding.segment and site.vein in _JUNCTIONS  # "high tie of the SSV" is the SPJ's
    placed = site if own else replace(site, vein=finding.vein, vein_at=span)
    if not finding.segment:
        return placed
    code = _JUNCTIONS.get(placed.vein or "", finding.segment)
    return replace(placed, spot=Spot(code=code), until=None)


def _is_told(site: Site, finding: Finding) -> bool:
    """Whether a clause itself names the vein, and the level, that a finding's name holds."""
    return site.vein == finding.vein and (not finding.segment or site.has_spot)
