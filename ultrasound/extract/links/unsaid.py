"""Clauses that have no finding of their own, and yet say one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.another import say_of_another
from ultrasound.extract.links.denied_things import denies_thing
from ultrasound.extract.links.echo import echo, foretell
from ultrasound.extract.links.former import say_not_there
from ultrasound.extract.links.gapping import say_of_then
from ultrasound.extract.links.it_and import say_of_trunk
from ultrasound.extract.links.presence import deny_presence
from ultrasound.extract.links.reversal import say_reversed
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup

_BRACKETED: Final = 2  # clauses: a place, and what stands in the bracket behind it
_TAKING: Final = (deny_presence, say_of_then, say_of_another, say_reversed, say_of_trunk)


def say_unsaid(thread: Thread, index: int, chunk: Chunk, groups: Sequence[PlaceGroup]) -> bool:
    """Take such a clause; False where it is none."""
    said = any(take(thread, chunk, groups) for take in _TAKING)
    said = said or denies_thing(thread, chunk, groups)
    if said or say_not_there(thread, chunk):
        return True
    foretold = bool(groups) and foretell(thread, index, chunk, groups)
    return foretold or echo(thread, chunk, groups or _named_before_bracket(thread, index))


def _named_before_bracket(thread: Thread, index: int) -> Sequence[PlaceGroup]:
    """The place that stands alone before a bracket: "…; the AASV (3 mm) is not"."""
    if index < _BRACKETED or thread.chunks[index].separator != ")":
        return ()
    named, inner = thread.chunks[index - 2 : index]
    alone = inner.separator == "(" and not inner.groups and not named.predicates
    return named.groups if alone and len(named.groups) == 1 else ()
