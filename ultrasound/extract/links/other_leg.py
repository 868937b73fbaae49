"""What a bracket tells of the other leg holds up to its end.

As in "The right GSV measures 6.1 mm (left 4.2 mm) and refluxes".
"""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.placing import name_leg
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.places.sites import Site


class Brackets:
    """Remembers what was spoken of before each bracket of a sentence."""

    def __init__(self, thread: Thread) -> None:
        self._thread = thread
        self._before: tuple[Site, ...] = ()
        self._inner: list[Chunk] = []

    def pass_chunk(self, chunk: Chunk | None) -> None:
        """Note the clause that comes next, None at the end; leave a bracket of the other leg."""
        if chunk is not None and chunk.depth:
            if not self._inner:
                self._before = self._thread.focus
            self._inner.append(chunk)
            return
        ends = chunk is None or not chunk.predicates
        if self._inner and (
            self._is_of_other_leg(self._thread.focus) or (ends and self._is_both())
        ):
            self._thread.focus = self._before
        self._inner = []

    def _is_of_other_leg(self, now: Sequence[Site]) -> bool:
        groups = [group for chunk in self._inner for group in chunk.groups]
        told = any(chunk.predicates for chunk in self._inner)
        if not told or not groups or not all(map(is_only_leg, groups)):
            return False
        return name_leg(self._before) not in (None, name_leg(now))

    def _is_both(self) -> bool:
        """Whether each of both legs is told of: "bilateral reflux (right 5 mm, left 6 mm). SSV"."""
        named = {leg for c in self._inner for g in c.groups for p in g.parts for leg in p.legs}
        return len(named) > 1 and named == {leg for site in self._before for leg in site.legs}
