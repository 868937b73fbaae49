"""Items of a list, each with a bracket, of which one verb speaks."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site

_JOINTS: Final = ("and", "&", ",")
_VERBS: Final = ("are", "were")
_PLURAL_VERBS: Final = ("are", "were", "have", "both", "all")


def list_before_bracket(thread: Thread, predicate: Predicate, chunk: Chunk) -> tuple[Site, ...]:
    """All items of a list with brackets: "a Boyd (3 mm) and a Dodd (4 mm) are incompetent"."""
    plural = thread.marks.tokens[chunk.first].norm in _PLURAL_VERBS
    if not plural or predicate.finding is None or chunk.groups or not _is_after_list(thread, chunk):
        return ()
    listed: list[Site] = []
    colon = False
    for before in reversed(thread.chunks[: thread.position_of(chunk)]):
        found = any(p.finding and p.finding.kind != "label" for p in before.predicates)
        if found or before.separator == ";" or colon:
            break
        colon = before.separator == ":"
        own = [part.vein_at for group in before.groups for part in group.parts if part.vein_at]
        spans = {(mention.first, mention.last) for mention in own}
        listed[:0] = [site for site in thread.mentioned if site.vein_at in spans]
    sites = tuple(dict.fromkeys(listed))
    return sites if len(sites) > 1 else ()


def share_with_listed(thread: Thread) -> None:
    """Say what is said of the last item of such a list of the items before it too.

    As in "The GSV (7 mm) and the SSV are competent", "the thigh (7 mm) and the knee are closed".
    """
    for index, chunk in enumerate(thread.chunks):
        listed = _items_before(thread, index) if _ends_list(thread, chunk) else []
        for a in thread.result if listed else ():
            goes_on = not a.chunk.groups and a.chunk.first > chunk.last
            said = a.predicate.finding is not None and a.number is None and not a.dropped
            if said and (a.chunk is chunk or (goes_on and a.chunk.clause == chunk.clause)):
                a.sites = tuple(dict.fromkeys((*listed, *a.sites)))


def _ends_list(thread: Thread, chunk: Chunk) -> bool:
    """Whether a plural verb stands behind the only item of a clause: "and the SSV are"."""
    if chunk.separator not in _JOINTS or len(chunk.groups) != 1 or len(chunk.groups[0].parts) != 1:
        return False
    at = chunk.groups[0].last + 1
    return at <= chunk.last and thread.marks.tokens[at].norm in _VERBS


def _items_before(thread: Thread, index: int) -> list[Site]:
    """The places whose numbers stand in the brackets of a list, nothing else being said of them."""
    items: list[Site] = []
    while index > 1 and thread.chunks[index].separator in _JOINTS:
        bracket, item = thread.chunks[index - 1], thread.chunks[index - 2]
        measured = [a for a in thread.result if a.chunk is bracket]
        alone = bool(item.groups) and not item.predicates and all(a.number for a in measured)
        if bracket.separator != "(" or not measured or not alone:
            return []
        items[:0] = [site for a in measured for site in a.sites]
        index -= 2
    return items


def _is_after_list(thread: Thread, chunk: Chunk) -> bool:
    """Whether a plural verb stands after the last item: "(4 mm) are", "were treated and are"."""
    before = thread.chunks[thread.position_of(chunk) - 1]
    words = {t.norm for t in thread.marks.tokens[before.first : before.last + 1]}
    spoken = chunk.separator == "and" and not words.isdisjoint(_PLURAL_VERBS[:2])
    branches = {site.vein in COUNTED for site in thread.mentioned}
    return (chunk.separator == ")" or spoken) and len(branches) == 1
