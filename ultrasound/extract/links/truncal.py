"""The reflux of trunks and junctions behind branches: "calf varicosities, no truncal reflux".

No branch has a trunk or a junction. It is that of the trunk which the sentence has named, else of
one that is not named.
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.resuming import are_trunks
from ultrasound.extract.links.thread import Thread

_OF_TRUNKS: Final = frozenset({"truncal", "junctional", "axial"})


def leave_branches(thread: Thread, chunk: Chunk) -> None:
    """Speak of the trunk, or of the leg alone, where a clause is of trunks and names no vein."""
    branches = bool(thread.focus) and all(site.vein in COUNTED for site in thread.focus)
    named = any(group.has_vein for group in chunk.groups)
    if not branches or named:
        return
    words = {t.text.lower() for t in thread.marks.tokens[chunk.first : chunk.last + 1]}
    if words.isdisjoint(_OF_TRUNKS):
        return
    legs = {site.legs for site in thread.focus}
    own = [s for s in thread.mentioned if are_trunks((s,)) and s.legs in legs]
    trunk = tuple(site.without_spot() for site in own[-1:])
    thread.focus = trunk or tuple(dict.fromkeys(site.only_leg() for site in thread.focus))
