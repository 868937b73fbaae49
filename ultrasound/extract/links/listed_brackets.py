"""Items of a list, each with a bracket, of which one verb speaks."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site

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


def _is_after_list(thread: Thread, chunk: Chunk) -> bool:
    """Whether a plural verb stands after the last item: "(4 mm) are", "were treated and are"."""
    before = thread.chunks[thread.position_of(chunk) - 1]
    words = {t.norm for t in thread.marks.tokens[before.first : before.last + 1]}
    spoken = chunk.separator == "and" and not words.isdisjoint(_PLURAL_VERBS[:2])
    branches = {site.vein in COUNTED for site in thread.mentioned}
    return (chunk.separator == ")" or spoken) and len(branches) == 1
