"""The other leg named as a limb behind several veins: it is no one of them that is meant.

As in "Left leg varicose tributaries, GSV competent. Right leg competent" and in "calf varicosities
on the left fed by the SSV; right leg clear": of what veins this is said, nobody can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.clot import is_headed, leave_vein
from ultrasound.extract.links.thread import Phrase, Thread
from ultrasound.extract.places.places import PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site

_LIMBS: Final = frozenset({"leg", "limb", "extremity", "rle", "lle"})


def leave_vein_of_limb(thread: Thread, chunk: Chunk, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases of a clause that opens a sentence on the other leg, without the vein before."""
    opens = chunk is thread.chunks[0] and not any(p.numbers for p in chunk.predicates)
    if not opens or len(phrases) != 1 or is_headed(thread):
        return phrases
    group, sites = phrases[0]
    return [(group, of_limb(thread, [group], sites))]


def of_limb(
    thread: Thread, groups: Sequence[PlaceGroup], sites: tuple[Site, ...]
) -> tuple[Site, ...]:
    """Sites without their vein, where a limb alone is named and others were told of the other."""
    words = {t.norm for g in groups for t in thread.marks.tokens[g.first : g.last + 1]}
    if words.isdisjoint(_LIMBS) or not all(map(is_only_leg, groups)):
        return sites
    own = {leg for site in sites for leg in site.legs}
    told = [*thread.mentioned, *(site for place in thread.earlier for site in place)]
    others = {site.vein for site in told if site.vein and own.isdisjoint(site.legs)}
    spoken = {leg for site in thread.focus for leg in site.legs}
    several = bool(others - {site.vein for site in sites})
    return leave_vein(sites) if several and own.isdisjoint(spoken) else sites
