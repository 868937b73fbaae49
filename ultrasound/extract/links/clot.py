"""The clot that a sentence takes up again: "The thrombus is acute", "The clot ends 2 cm below"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, GROUPS, SAPHENOUS
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.calf_clot import place_in_calf
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

OBSTRUCTED: Final = (
    ("compressibility", "none"),
    ("compressibility", "partial"),
    ("patency", "occluded"),
    ("flow", "absent"),
    ("flow", "reduced"),
)
_REOPENED: Final = ("patency", "recanalized")
_MOVING: Final = frozenset({"extend", "reach", "spread", "grow", "propagate", "extending"})
_LISTING: Final = (",", "-")  # before the place of a thrombosis
_DISEASE: Final = "thrombosis"
_LIMBS: Final = ("leg", "limb", "extremity", "rle", "lle")
_LABELS: Final = (":", "-")
_ANEW: Final = ("start", "no")  # a clause that is a sentence of its own
_VALVES: Final = frozenset({"reflux", "reflux_time", "diameter"})
_DISTANCE: Final = "distance"
_DEFINITE: Final = ("the", "this", "that")


def find_clot(assignments: Sequence[Assignment]) -> tuple[Site, ...]:
    """Where a sentence says that there is a clot today."""
    sites: list[Site] = []
    for a in assignments:
        finding = a.predicate.finding
        clot = finding is not None and finding.property == "thrombus"
        clot = clot and a.predicate.value != "absent"
        if clot and a.predicate.negated is None and not (a.dropped or a.chunk.prior):
            sites += a.sites
    return tuple(dict.fromkeys(sites))


def take_clot(assignments: Sequence[Assignment], before: tuple[Site, ...]) -> tuple[Site, ...]:
    """Where the clot is of which a sentence tells; one told of ``before`` it may only measure.

    As in "acute thrombus from mid thigh to knee. Length of clot 14 cm": it finds no other one.
    """
    known = list(before)
    for a in assignments:
        told = {(site.vein, site.legs) for site in known}
        again = {(site.vein, site.legs) for site in a.sites} <= told and _is_measured(a)
        if again or _is_far(a):
            noun = a.predicate
            a.dropped = True
            a.chunk.dismissed, a.chunk.dismissed_by = "unspecific", (noun.first, noun.last)
        known += find_clot([a])
    return find_clot(assignments) or before


def _is_measured(a: Assignment) -> bool:
    """Whether a clause with no place of a clot tells how long it is, or where it ends."""
    noun = a.predicate.finding
    if noun is None or (noun.property, noun.kind) != ("thrombus", "noun"):
        return False
    short = bool(a.chunk.cues("short_of")) and not a.explicit
    if a.chunk.groups and not short:
        return False
    others = [p.finding for p in a.chunk.predicates if p.finding is not None and p.finding != noun]
    lengths = any(finding.property == "length" for finding in others)
    ends = short or bool(a.chunk.cues("extent"))
    plain = a.predicate.value == "present" and not a.chunk.uncertain
    return plain and (lengths or ends) and all(f.kind == "label" for f in others)


def _is_far(a: Assignment) -> bool:
    """Whether a clause tells how far a clot is from a junction: "Distance of clot to SFJ: 9 cm"."""
    noun = a.predicate.finding
    if noun is None or (noun.property, noun.kind) != ("thrombus", "noun") or not a.sites:
        return False
    far = any(p.finding and p.finding.value == _DISTANCE for p in a.chunk.predicates)
    return far and all((site.until or site.spot).code for site in a.sites)


def age_of_clot(assignments: Sequence[Assignment], before: str | None) -> str | None:
    """How old the clot is of which a sentence tells, else the one told of ``before``."""
    told = [a.predicate for a in assignments if find_clot([a])]
    return told[-1].age if told else before


def resume_clot(state: State, marks: Marks, chunks: Sequence[Chunk]) -> tuple[Site, ...]:
    """Where "the thrombus" is that a sentence begins with: where one was told of this leg.

    Wherever it goes on to, it is as old: "acute thrombus of the POPV. It extends into the FV".
    """
    start = chunks[0].first if chunks else len(marks.tokens)
    if start + 1 >= len(marks.tokens):
        return ()
    mention = marks.mention_at(start + 1)
    finding = mention.row("finding") if mention is not None else None
    noun = finding is not None and finding.property == "thrombus" and finding.kind == "noun"
    if not noun or marks.tokens[start].norm not in _DEFINITE:
        return ()
    legs = {leg for site in state.leg_sites() for leg in site.legs}
    spoken = {leg for site in state.clot for leg in site.legs}
    if legs and not spoken <= legs:
        return ()
    for predicate in chunks[0].predicates[:1]:
        predicate.age = predicate.age or state.clot_age
    return state.clot


def settle_clot(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """The places of a clot, where words that name a leg or the calf alone take no vein along."""
    return _leave_vein_of_leg(thread, chunk, place_in_calf(thread, chunk, phrases))


def _leave_vein_of_leg(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases without the vein of one leg where a clot is denied of a whole leg, or of both.

    As in "Post-thrombotic change of the left popliteal vein. No fresh thrombosis on either side".
    So is a disease that is told of a leg: "Right CFV patent. Acute DVT left leg".
    """
    told = [p for p in chunk.predicates if p.finding is not None]
    found = [p.finding for p in told if p.finding]
    clot = bool(found) and all((f.property, f.kind) == ("thrombus", "noun") for f in found)
    if not clot or len(phrases) != 1 or chunk.separator not in _ANEW:
        return phrases
    group, sites = phrases[0]
    if not is_only_leg(group) or not {site.vein for site in sites}.isdisjoint(GROUPS):
        return phrases
    denied = all(p.negated is not None for p in told)
    if not denied:
        anew = _names_disease(thread, chunk) and not is_headed(thread)
        return [(group, leave_vein(sites))] if anew else phrases
    if _denies_of_leg(thread, group):
        return [(group, leave_vein(sites))]
    legs = {leg for part in group.parts for leg in part.legs}
    spoken = {leg for site in thread.focus for leg in site.legs}
    veins = {site.vein for site in thread.focus}
    apart = spoken.isdisjoint(legs) and not is_headed(thread)  # "Left FV clot. Right side no clot"
    if len(spoken) != 1 or not (spoken < legs or apart) or not veins - {None}:
        return phrases
    return [(group, leave_vein(sites))]


def _names_disease(thread: Thread, chunk: Chunk) -> bool:
    """Whether a sentence begins with a thrombosis by its name, told of no vein before."""
    diseases = [p for p in chunk.predicates if p.finding is not None and p.finding.vein]
    return chunk is thread.chunks[0] and len(diseases) == len(chunk.predicates)


def _denies_of_leg(thread: Thread, group: PlaceGroup) -> bool:
    """Whether a sentence that denies clot names a leg as such: "No new thrombus in the left leg".

    Of a side the vein before may be meant, and so is one that heads its line.
    """
    words = {token.norm for token in thread.marks.tokens[group.first : group.last + 1]}
    return not words.isdisjoint(_LIMBS) and not is_headed(thread)


def is_of_clot(clot: Predicate, later: Chunk) -> bool:
    """Whether what goes with a clot is its state in a vein: "DVT with recanalisation of the FV"."""
    finding = clot.finding
    noun = finding is not None and (finding.property, finding.kind) == ("thrombus", "noun")
    said = [(p.finding.property, p.value) for p in later.predicates if p.finding is not None]
    states = len(said) == len(later.predicates) == 1 and said[0] in (*OBSTRUCTED, _REOPENED)
    named = len(later.groups) == 1 and later.groups[0].has_vein
    return noun and clot.negated is None and states and named


def place_clot(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Give a thrombosis that named no place the one behind it: "Phlebitis, right calf varices"."""
    before = thread.chunks[thread.position_of(chunk) - 1]
    if chunk.separator not in _LISTING or before.groups or not groups[0].has_vein:
        return
    for a in thread.result:
        finding = a.predicate.finding
        loose = a.chunk is before and not a.explicit and a.predicate.negated is None
        if loose and finding is not None and finding.vein and finding.property == "thrombus":
            one = {site.legs for site in a.sites if len(site.legs) == 1}
            legs = tuple(s.only_leg() for s in a.sites if s.legs in one) if len(one) == 1 else ()
            a.sites, a.explicit = compose(groups[0], legs), True


def denies_all(thread: Thread, predicate: Predicate, chunk: Chunk, ahead: Sequence[Site]) -> bool:
    """Whether a sentence denies thrombosis with no place: "POPV competent. No thrombosis".

    The disease is that of the leg, and not of the vein before, unless that one heads its line:
    "Popliteal vein: compressible. No thrombosis". So is a clot behind sentences on several veins,
    and what goes on with the denial where no place follows (``ahead``).
    """
    finding, tokens = predicate.finding, thread.marks.tokens
    if chunk.groups or finding is None:
        return False
    if chunk is not thread.chunks[0]:
        return not ahead and _goes_on(thread, predicate)
    words = {token.norm for token in tokens[predicate.first : predicate.last + 1]}
    if (finding.property, predicate.value) != ("thrombus", "absent"):
        return False
    if _DISEASE not in words and not _follows_several(thread, chunk):
        return False
    return not is_headed(thread) and not any(site.vein in COUNTED for site in thread.focus)


def _goes_on(thread: Thread, predicate: Predicate) -> bool:
    """Whether a denial goes on that was one of all: the reflux of "POPV patent. No DVT or reflux".

    Which vein it is denied of, is not said.
    """
    last = thread.result[-1] if thread.result else None
    if last is None or predicate.negated is None or last.predicate.negated != predicate.negated:
        return False
    first = last.chunk is thread.chunks[0] and not last.chunk.groups
    disease = last.predicate.finding is not None and last.predicate.finding.vein is not None
    apart = disease and not is_headed(thread)
    return first and (apart or all(site.vein is None for site in last.sites))


def is_headed(thread: Thread) -> bool:
    """Whether the vein in focus is a heading, or the label of its line."""
    tokens = thread.marks.tokens
    named = [s.vein_at[1] + 1 for s in thread.focus if s.vein_at is not None]
    behind = [token for first in named for token in tokens[first : first + 1]]
    return any(token.text in _LABELS or "\n" in token.gap for token in behind)


def _follows_several(thread: Thread, chunk: Chunk) -> bool:
    """Whether sentences of its line spoke of other deep veins: "CFV ok. FV ok. No clot"."""
    tokens, start = thread.marks.tokens, chunk.first
    while start and "\n" not in tokens[start].gap:
        start -= 1
    before = thread.marks.mentions_in(start, chunk.first)
    if _follows_valves(thread, chunk, before):
        return True
    findings = [m.row("finding") for m in before]
    if any(finding is not None and finding.property == "thrombus" for finding in findings):
        return False  # each vein has its own: "CFV compresses. No clot. POPV compresses. No clot"
    rows = [m.row("vein") for m in before]
    deep = {row.code for row in rows if row is not None and row.system == "deep"}
    spoken = {site.vein for site in thread.focus}
    return bool(spoken) and spoken < deep - set(GROUPS)


def _follows_valves(thread: Thread, chunk: Chunk, before: Sequence[Mention]) -> bool:
    """Whether only valves and size were told of the saphenous vein before, and deep veins of all.

    As in "CFV and POPV compressible. The GSV is competent and 5 mm. No acute thrombus".
    """
    spoken = {site.vein for site in thread.focus}
    firsts = [site.vein_at[0] for site in thread.focus if site.vein_at is not None]
    rows = [m.row("vein") for m in before]
    deep = any(row is not None and row.system == "deep" for row in rows)
    if not deep or not firsts or not spoken <= {*SAPHENOUS}:
        return False
    told = [m.row("finding") for m in thread.marks.mentions_in(max(firsts), chunk.first)]
    names = {row.property for row in told if row is not None}
    return "reflux" in names and names <= _VALVES


def leave_vein(sites: Sequence[Site]) -> tuple[Site, ...]:
    """The legs of some sites."""
    return tuple(dict.fromkeys(site.only_leg() for site in sites))


def fills_stretch(thread: Thread, predicate: Predicate) -> bool:
    """Whether it is what a clot does to all of the stretch that it fills.

    As in "thrombus from the mid thigh to the knee, where the vein does not compress"; of one that
    "extends" there only the end is spoken of.
    """
    finding = predicate.finding
    said = (finding.property if finding else None, predicate.value)
    reach = tuple(site for a in thread.result[-1:] for site in a.sites if _is_clot(a))
    stretch = all(s.spot and s.until and not (s.extends or s.open_start) for s in reach)
    if not stretch or not reach or not _MOVING.isdisjoint(thread.result[-1].chunk.norms):
        return False
    return said in OBSTRUCTED and reach == thread.focus


def _is_clot(a: Assignment) -> bool:
    finding = a.predicate.finding
    return finding is not None and finding.property == "thrombus" and a.predicate.value != "absent"
