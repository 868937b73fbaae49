"""Branches of muscular veins, which their label names: "Gastrocnemius veins: one branch …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup

_MUSCULAR: Final = ("GAV", "SOV")
_BRANCH: Final = "NSV"


def mean_muscular(thread: Thread, chunk: Chunk, groups: Sequence[PlaceGroup]) -> list[PlaceGroup]:
    """The places of a clause behind a colon, with the muscular vein for a branch of it.

    As in "Left gastrocnemius veins: one medial branch is distended". Varicosities are none of it.
    """
    at = thread.position_of(chunk)
    label = thread.chunks[at - 1] if at > 0 and chunk.separator == ":" else None
    named = [part for group in label.groups for part in group.parts] if label else []
    if label is None or label.predicates or not groups or len({p.vein for p in named}) != 1:
        return list(groups)
    vein, at_name = named[0].vein, named[0].vein_at
    parts = groups[0].parts
    if vein not in _MUSCULAR or any(p.vein != _BRANCH or p.anatomy or p.spot for p in parts):
        return list(groups)
    chunk.passing.append(groups[0])
    own = tuple(replace(part, vein=vein, vein_at=at_name) for part in parts)
    return [replace(groups[0], parts=own), *groups[1:]]
