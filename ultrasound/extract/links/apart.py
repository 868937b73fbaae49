"""Places that are set against others: "unlike the right", "more than in the left", "except X, …".

Set apart before the finding that they are measured by is said, they wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.distribute import assign
from ultrasound.extract.links.echo import last_finding, say_again
from ultrasound.extract.links.exception import exclude, has_opposite, oppose
from ultrasound.extract.links.focus import opens_with_denial
from ultrasound.extract.links.thread import Apart, Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_VERBS: Final = ("is", "was", "are", "were", "show", "has", "have", "remain")
_UNLIKE: Final = "unlike"
_COMPARED: Final = frozenset({("compared", "with"), ("compared", "to"), ("comparison", "with")})
_JOINTS: Final = frozenset({"and", "but"})
_THAN: Final = "than"
_BRACKETS: Final = ("(", "[")
_ADDING: Final = ("which", "with", "where", "when", "(", "[")  # they go on about the place


def set_apart(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Take places that are only set against others; False where the clause does something else."""
    if chunk.predicates or not groups:
        within = bool(groups) and _tell_within(thread, chunk, groups)
        return within or _repeats_excepted(thread, chunk)
    said = last_finding(thread)
    if chunk.separator == _THAN:
        _compare(thread, chunk, groups)
        return True
    unlike = _opens_with(chunk, _UNLIKE)
    # "Unlike on the other side, the GSV is incompetent": what the other is like stands elsewhere
    if _is_compared(thread, chunk) or (unlike and chunk.separator == "start"):
        chunk.passing += groups
        return True
    if not unlike and said is not None and not _leads_on(thread, chunk):
        return False
    if unlike and said is not None:
        _set_unlike(thread, chunk, said, _sites_of(groups, said.sites))
        return True
    excepts = chunk.separator == "except"
    if _is_denied_ahead(thread, chunk):  # "the GSV, but not the SSV, is incompetent"
        thread.apart.append(Apart(chunk, tuple(groups), thread.focus, excepts=False))
        return True
    if not (unlike or excepts or _opens_with_contrast(chunk)):
        return False
    thread.apart.append(Apart(chunk, tuple(groups), thread.focus, excepts=excepts))
    thread.focus = _sites_of(groups, thread.focus)  # "except the SSV, which refluxes, …"
    return True


def _is_denied_ahead(thread: Thread, chunk: Chunk) -> bool:
    """Whether a place is denied what is found of the subject before it."""
    follower = thread.follower(thread.position_of(chunk))
    verb = follower is not None and follower.separator == "," and _opens_verb(thread, follower)
    subject = any(site.vein for site in thread.focus) and bool(thread.mentioned)
    return chunk.separator == "but" and opens_with_denial(chunk) and subject and verb


def _repeats_excepted(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause only says of an exception what follows from it.

    As in "Other than at the mid calf, where it is competent, the SSV refluxes throughout".
    """
    at = thread.position_of(chunk)
    before, follower = thread.chunks[at - 1], thread.follower(at)
    if not thread.apart or thread.apart[-1].chunk is not before or follower is None:
        return False
    own, later = (
        [p for p in c.predicates if p.finding is not None and p.finding.property == "reflux"]
        for c in (chunk, follower)
    )
    alone = bool(own) and own == chunk.predicates and not any(p.numbers for p in own)
    values = {p.value for p in own}
    opposite = bool(later) and values.isdisjoint({p.value for p in later})
    relative = chunk.separator in ("which", "where") and not chunk.groups
    if not (relative and alone and opposite and thread.apart[-1].excepts):
        return False
    chunk.dismissed, chunk.dismissed_by = "unspecific", (own[0].first, own[0].last)
    return True


def _tell_within(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Say what is found of a part that is set apart, and let the verb go on with the vein.

    As in "The GSV, apart from a short incompetent segment at the knee, is competent".
    """
    follower = thread.follower(thread.position_of(chunk))
    goes_on = follower is not None and follower.separator == "," and not follower.groups
    verb = goes_on and follower is not None and _opens_verb(thread, follower)
    vein = any(site.vein for site in thread.focus) and last_finding(thread) is None
    levels = all(is_only_level(group) for group in groups)
    if chunk.separator != "except" or not (verb and vein and levels):
        return False
    sites = _sites_of(groups, thread.focus)
    for predicate in chunk.predicates:
        assign(thread, predicate, sites, chunk, explicit=True)
    thread.apart.append(Apart(chunk, tuple(groups), thread.focus, excepts=True))
    thread.focus = sites
    return True


def _opens_verb(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause begins with the verb of a vein: ", is competent"."""
    return bool(chunk.predicates) and thread.marks.tokens[chunk.first].norm in _VERBS


def _set_unlike(thread: Thread, chunk: Chunk, said: Assignment, sites: tuple[Site, ...]) -> None:
    """Say the opposite of places "unlike" those of a finding, or let what follows tell of them."""
    if _adds(thread, chunk):  # "unlike the right, which is competent throughout"
        thread.focus = tuple(site.without_spot() for site in sites)
    elif has_opposite(said.predicate):
        oppose(thread, said, sites, chunk)


def _adds(thread: Thread, chunk: Chunk) -> bool:
    """Whether what a place is like is told behind it."""
    follower = thread.follower(thread.position_of(chunk))
    return follower is not None and follower.separator in _ADDING and bool(follower.predicates)


def _is_compared(thread: Thread, chunk: Chunk) -> bool:
    """Whether places are only what others are held against: "compared with the right, …"."""
    around = [t.norm for t in thread.marks.tokens[max(0, chunk.first - 2) : chunk.first + 2]]
    pairs = set(pairwise(around))
    return not chunk.predicates and not pairs.isdisjoint(_COMPARED)


def _leads_on(thread: Thread, chunk: Chunk) -> bool:
    """Whether an exception stands before its finding: "and, except the SSV, competent"."""
    follower = thread.follower(thread.position_of(chunk))
    if chunk.separator != "except" or follower is None or follower.groups:
        return False
    cue = thread.marks.mention_over(chunk.first - 1)
    first = chunk.first if cue is None else cue.first
    before = thread.marks.tokens[max(0, first - 2) : first]
    words = [t.norm for t in before if t.text != ","][-1:]
    return bool(follower.predicates) and not _JOINTS.isdisjoint(words)


def resume(thread: Thread, chunk: Chunk) -> None:
    """Speak again of what was spoken of before the places that wait."""
    if not thread.apart or chunk.separator in _ADDING:
        return
    if chunk.separator == ";":
        thread.apart = []
        return
    before = thread.apart[0].focus
    if any(site.vein for site in before):  # else the vein of the places that wait is meant
        thread.focus = before
    else:
        thread.focus = tuple(site.without_spot() for site in thread.focus)


def settle_apart(thread: Thread, chunk: Chunk) -> None:
    """Give the places that wait the opposite of what a clause finds."""
    if not thread.apart or chunk.separator in _ADDING:
        return
    for said in [a for a in thread.result if a.chunk is chunk and has_opposite(a.predicate)]:
        for apart in thread.apart:
            sites = _sites_of(apart.groups, said.sites)
            if apart.excepts:
                exclude(thread, said, sites, apart.chunk)
            else:
                oppose(thread, said, sites, apart.chunk)


def _compare(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> None:
    """Say of a place what is said to be more of another: "more reflux in the left than here"."""
    before, said = thread.focus, last_finding(thread)
    sites = _sites_of(groups, before)
    at = thread.position_of(chunk)
    present = said is not None and said.predicate.value == "present"
    if said is not None and present and said.chunk is thread.chunks[at - 1]:
        say_again(thread, said, said.predicate, sites, chunk)
        return
    thread.mention(sites)
    thread.several = [before, sites]
    follower = thread.follower(at)
    if follower is not None and follower.separator in _BRACKETS:
        thread.focus = sites  # "wider than the left one (5.2 mm)"


def _sites_of(groups: Sequence[PlaceGroup], focus: Sequence[Site]) -> tuple[Site, ...]:
    return tuple(site for group in groups for site in compose(group, focus))


def _opens_with(chunk: Chunk, word: str) -> bool:
    first = chunk.elements[0]
    return isinstance(first, Token) and first.norm == word


def _opens_with_contrast(chunk: Chunk) -> bool:
    first = chunk.elements[0]
    return isinstance(first, Mention) and first.cue("contrast")
