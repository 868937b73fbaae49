"""What a bracket tells of the other leg holds up to its end.

As in "The right GSV measures 6.1 mm (left 4.2 mm) and refluxes".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.domain import Leg
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
        both = self._tell_both(ends=chunk is None or not chunk.predicates)
        if both:
            self._thread.focus = tuple(replace(site, legs=both) for site in self._before)
        elif self._inner and self._is_of_other_leg(self._thread.focus):
            self._thread.focus = self._before
        self._inner = []

    def _is_of_other_leg(self, now: Sequence[Site]) -> bool:
        groups = [group for chunk in self._inner for group in chunk.groups]
        told = any(chunk.predicates for chunk in self._inner)
        if not told or not groups or not all(map(is_only_leg, groups)):
            return False
        return name_leg(self._before) not in (None, name_leg(now))

    def _tell_both(self, *, ends: bool) -> tuple[Leg, ...]:
        """Both legs where a bracket tells of each: "GSV (right 5 mm, left 6 mm): incompetent".

        Where something is said behind it (not ``ends``), the bracket holds measures of legs alone.
        """
        groups = [group for chunk in self._inner for group in chunk.groups]
        named = {leg for group in groups for part in group.parts for leg in part.legs}
        before = {leg for site in self._before for leg in site.legs}
        measures = all(c.predicates for c in self._inner) and all(map(is_only_leg, groups))
        known = before == named or (measures and not before)
        tells = len(named) > 1 and known and (ends or measures)
        return tuple(leg for leg in Leg if leg in named) if tells else ()
