"""Varicose veins as findings, and the levels of branches (rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.links.varicose_cells import is_affirmed, is_label_cell
from ultrasound.extract.places.places import FILLERS, PlaceGroup
from ultrasound.extract.places.sites import Site, Span, compose

_VARICOSE: Final = "varicose"
_BRANCH: Final = "NSV"
_SIZE: Final = "diameter"
_ELSEWHERE: Final = frozenset({"joins", "from", "enters"})  # where they meet another vein
_SERVICES: Final = frozenset(
    {
        *("duplex", "mapping", "clinic", "scan", "study", "mdt", "surgery", "protocol", "service"),
        *("ultrasound", "assessment", "exam", "examination", "operation", "team", "worksheet"),
    }
)
_OBJECT: Final = ("of", "to", "in", "into", "for")  # from a treatment to what it was done to
_AUXILIARIES: Final = ("is", "are", "was", "were", "been", "have", "has", "had", "previously")
_DONE: Final = ("treated", "injected", "avulsed", "removed", "excised", "foamed", "sclerosed")
_MORE: Final = frozenset({"more", "other", "others", "further", "some"})
_MORE_OF: Final = frozenset({*_MORE, "them", "these", "one", "ones", "also", "back"})
_VERB: Final = 5  # tokens from the name to "have previously been treated"


def note_varicosities(thread: Thread, chunk: Chunk, sites: Sequence[Site]) -> None:
    """Varicose veins that a clause names are a finding of anatomy (rule 11)."""
    named = [site for site in sites if site.anatomy is not None and site.vein_at is not None]
    compound = [s.vein_at for s in named if s.vein_at and _heads_compound(thread, s.vein_at)]
    named = [s for s in named if s.vein_at and s.vein_at not in compound]
    named = [s for s in named if s.vein_at and not _is_treated(thread, chunk, s.vein_at)]
    chunk.passing += [g for g in chunk.groups if any(g.first <= at[0] <= g.last for at in compound)]
    if not named or is_label_cell(thread, chunk):
        return
    cues = chunk.cues("negation", "weak_negation")
    if chunk.denied or any(
        cue.first < site.vein_at[0] for site in named if site.vein_at for cue in cues
    ):
        return
    denied = _deny_after(thread, chunk)
    own = {(m.vein_at.first, m.vein_at.last) for g in chunk.groups for m in g.parts if m.vein_at}
    for site in named:
        if site.vein_at is not None and site.vein_at in own:
            predicate = Predicate(*site.vein_at, anatomy=site.anatomy, negated=denied)
            thread.result.append(Assignment(predicate, (site,), chunk, True))


def leave_varicosities(thread: Thread) -> None:
    """Leave varicosities, which are a finding, without the adjective of the perforators before.

    As in "incompetent perforators and superficial varicosities".
    """
    for a in thread.result:
        kept = tuple(site for site in a.sites if site.anatomy is None)
        first = a.sites[0].vein_at if a.sites else None
        led = first is not None and a.predicate.last + 1 == first[0]
        if led and kept[:1] == a.sites[:1] and kept[0].vein in PERFORATORS:
            a.sites = kept


def _heads_compound(thread: Thread, at: Span) -> bool:
    """Whether it only names a service or examination: "varicose vein duplex"."""
    behind = thread.marks.tokens[at[1] + 1 : at[1] + 2]
    return any(token.norm in _SERVICES for token in behind)


def _is_treated(thread: Thread, chunk: Chunk, at: Span) -> bool:
    """Whether they only are what was treated: "avulsions of varicosities", "… were injected"."""
    group = next((g for g in chunk.groups if g.first <= at[0] <= g.last), None)
    treated = [p for p in chunk.predicates if p.finding and p.finding.property == "treatment"]
    if group is None or any(p not in treated and _is_said(p) for p in chunk.predicates):
        return False
    tokens = thread.marks.tokens
    behind = [token.norm for token in tokens[group.last + 1 : group.last + _VERB]]
    done = [word for word in behind if word not in _AUXILIARIES]
    if behind[:1] and behind[0] in _AUXILIARIES and done and done[0] in _DONE:
        return True
    before = [p for p in treated if p.last < group.first]
    if not before or any(before[-1].last < g.first < group.first for g in chunk.groups):
        return False  # "laser of the GSV with residual varicosities"
    return tokens[before[-1].last + 1].norm in _OBJECT and before[-1].last + 1 < group.last


def _is_said(predicate: Predicate) -> bool:
    """Whether it says something: a year alone does not."""
    return predicate.finding is not None or any(n.unit for n in predicate.numbers)


def complete_varicosities(thread: Thread) -> None:
    """Say varicose of each place at which the same varicosities are measured.

    As in "varicosities of the left thigh up to 7 mm, of the right calf up to 4 mm".
    """
    told = [a for a in thread.result if a.predicate.anatomy == _VARICOSE and not a.dropped]
    told += _say_headed(thread, told)
    placed = [(a, s) for a in told for s in a.sites if s.has_spot and not a.predicate.negated]
    if not placed:
        return
    said = {(s.vein, s.legs, s.spot, s.until) for _, s in placed}
    for a in [a for a in thread.result if a.number and a.number.unit and not a.dropped]:
        for site in a.sites:
            place = (site.vein, site.legs, site.spot, site.until)
            like = [b for b, s in placed if s.vein_at == site.vein_at]
            if like and site.has_spot and place not in said:
                said.add(place)
                thread.result.append(replace(like[0], sites=(site,), chunk=a.chunk))


def _say_headed(thread: Thread, told: Sequence[Assignment]) -> list[Assignment]:
    """Varicosities of a heading or label that are only measured: "Varicosities   R: calf 5 mm"."""
    said = {(s.legs, s.spot) for a in told for s in a.sites}
    found = {s.vein_at for a in told for s in a.sites}
    headed: list[Assignment] = []
    for a in thread.result:
        measured = a.number is not None and a.number.unit is not None and not a.dropped
        for site in a.sites if measured else ():
            at = site.vein_at
            over = at is not None and at not in found and at[1] < a.chunk.first
            new = site.has_spot and (site.legs, site.spot) not in said
            if at is not None and over and new and _names(thread, at):
                said.add((site.legs, site.spot))
                predicate = Predicate(*at, anatomy=_VARICOSE)
                headed.append(Assignment(predicate, (site,), a.chunk, True))
    thread.result += headed
    return headed


def _names(thread: Thread, at: Span) -> bool:
    """Whether words name varicosities, and no other branches."""
    mention = thread.marks.mention_at(at[0])
    row = mention.row("vein") if mention is not None else None
    return row is not None and row.anatomy == _VARICOSE


def list_varicosities(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Places alone under a heading or behind a label of varicosities are where those lie.

    As in "Varicosities: right medial thigh and calf; left posterior calf".
    """
    veins = {part.vein for group in groups for part in group.parts} - {None}
    named = _headed(thread, chunk)
    if not named or not veins <= {_BRANCH} or not _ELSEWHERE.isdisjoint(chunk.kinds):
        return
    found = [p.finding for c in thread.chunks for p in c.predicates if p.finding is not None]
    if any(f.property != _SIZE for f in found) or _is_denied(thread, chunk):
        return
    alone = all(isinstance(element, PlaceGroup) for element in chunk.elements)
    for group in groups:
        there = is_affirmed(thread, chunk, group)
        sites = tuple(site for site in compose(group, named) if site.has_spot or there)
        told = sites and (alone or group.has_spot)  # not the leg of "Right leg not treated."
        if told and not any(part.anatomy for part in group.parts):
            predicate = Predicate(group.first, group.last, anatomy=_VARICOSE)
            thread.result.append(Assignment(predicate, sites, chunk, True))
            if not there:
                _drop_label(thread, sites)


def add_more(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Say where more of the varicosities lie: "…, and more of them on the back of the thigh"."""
    said = [a for a in thread.result if a.predicate.anatomy == _VARICOSE and not a.dropped]
    placed = all(g.has_spot and not g.has_vein for g in groups) and not chunk.cues("negation")
    if not said or said[-1] is not thread.result[-1] or not placed:
        return
    words = [word for word in chunk.words if word not in FILLERS]
    if not words or words[0] not in _MORE or not _MORE_OF.issuperset(words):
        return
    for group in groups:
        told = Predicate(group.first, group.last, anatomy=_VARICOSE)
        thread.result.append(Assignment(told, compose(group, said[-1].sites), chunk, True))


def _drop_label(thread: Thread, sites: Sequence[Site]) -> None:
    """Leave out what a label says with no place: "Varicosities: present, medial calf"."""
    legs = {leg for site in sites for leg in site.legs}
    for a in thread.result:
        bare = a.predicate.anatomy == _VARICOSE and not any(site.has_spot for site in a.sites)
        named = {site.vein_at for site in a.sites} <= {site.vein_at for site in sites}
        if bare and named and {leg for site in a.sites for leg in site.legs} <= legs:
            a.dropped = True


def _is_denied(thread: Thread, chunk: Chunk) -> bool:
    """Whether a place of a list is answered with a denial, or not: "calf: none", "left: ___"."""
    follower = thread.follower(thread.position_of(chunk))
    told = [chunk, *([follower] if follower is not None and not follower.groups else [])]
    cues = ("negation", "negative", "denial_after", "template_blank")
    return any(c.cues(*cues) or any(p.none_word for p in c.predicates) for c in told)


def _headed(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The varicosities that a heading names over a clause, or the label of its own sentence."""
    labels = {site.vein_at for site in thread.focus}
    label = labels.pop() if len(labels) == 1 else None
    mention = thread.marks.mention_over(label[0]) if label else None
    row = mention.row("vein") if mention else None
    if label is None or row is None or row.anatomy is None:
        return ()
    before = thread.chunks[: thread.position_of(chunk) + 1]
    behind = [c for c in before if c.first > label[1]]
    if behind != before and (not behind or behind[0].separator != ":" or behind[0] is chunk):
        return ()
    return thread.focus


def place_varicosities(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give varicosities the level after their colon: "Varicosities: lateral calf".

    Where they are named again behind it with their level, the label says nothing of its own.
    """
    _lead_level(thread, chunk, groups)
    _place_branches(thread, chunk, groups)
    if _is_named_again(thread, chunk, groups):
        thread.result[-1].dropped = True
        return
    if chunk.separator != ":" or not groups or groups[0].has_vein or not groups[0].has_spot:
        return
    for a in thread.result[-1:]:
        if a.predicate.anatomy is not None and not any(site.has_spot for site in a.sites):
            a.sites = compose(groups[0], a.sites)


def _place_branches(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give branches the level that they run over: "tributaries which run down the thigh"."""
    if chunk.separator != "which" or chunk.predicates or not thread.result:
        return
    elsewhere = (chunk.cues("joins") and "runs" not in chunk.kinds) or "from" in chunk.words
    placed = groups and groups[0].has_spot and not any(g.has_vein or g.has_leg for g in groups)
    if elsewhere or not placed:
        return
    named = {site.vein_at for site in thread.result[-1].sites if site.vein == "NSV"}
    for a in thread.result:
        bare = a.sites and all(s.vein_at in named and not s.has_spot for s in a.sites)
        if bare and not a.dropped:
            a.sites = compose(groups[0], a.sites)


def _is_named_again(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Whether varicosities that a label names are named again: "VARICOSITIES: varices of …"."""
    said = thread.result[-1] if thread.result else None
    if chunk.separator != ":" or not groups or said is None or said.predicate.anatomy is None:
        return False
    labels = len(thread.result) == 1 and not any(site.has_spot for site in said.sites)
    return labels and any(part.anatomy and part.has_spot for part in groups[0].parts)


def _deny_after(thread: Thread, chunk: Chunk) -> Span | None:
    """The denial behind the name, which answers it: "Varicosities: none", "varices absent"."""
    follower = thread.follower(thread.position_of(chunk))
    for answer in (chunk, follower):
        if answer is None or (answer is follower and not _is_answer(answer)):
            continue
        if any(p.negated and p.finding and p.finding.kind == "label" for p in answer.predicates):
            continue  # "(not measured)"
        stated = [p for p in answer.predicates if p.finding is None or p.finding.kind != "label"]
        stated = [p for p in stated if p.finding is None or p.finding.property != "treatment"]
        denials = [(p.first, p.last) for p in stated if p.none_word]
        denials += [(c.first, c.last) for c in answer.cues("denial_after", "negative")]
        if answer is follower:
            denials += [(c.first, c.last) for c in answer.cues("negation")]
        if denials and all(p.finding is None or p.finding.property == "anatomy" for p in stated):
            answer.predicates = [p for p in answer.predicates if p not in stated]
            return denials[0]
    return None


def _is_answer(chunk: Chunk) -> bool:
    """Whether a clause can answer the name before it, for itself or for one place of it."""
    if any(g.has_vein for g in chunk.groups) or chunk.cues("course"):
        return False  # "varicosities, source not visualised"
    return chunk.separator in (":", "-", "(") or (chunk.separator == "," and not chunk.groups)


def _lead_level(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Let a level before a colon be that of a branch behind it: "Calf: varicosities, medial"."""
    index = thread.position_of(chunk) if chunk.separator == ":" else 0
    leading = thread.chunks[index - 1] if index else None
    if leading is None or leading.predicates or len(leading.groups) != 1:
        return
    level = leading.groups[0]
    parts = [part for group in groups for part in group.parts]
    branches = all(part.vein in COUNTED and not part.has_spot for part in parts if part.vein)
    if level.has_vein or not level.has_spot or not branches or not any(p.vein for p in parts):
        return
    thread.focus = tuple(replace(site, vein=None, vein_at=None) for site in thread.focus)
