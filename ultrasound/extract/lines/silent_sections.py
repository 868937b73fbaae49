"""Sections that state nothing of the exam that is read, but for what it left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.places.places import is_only_leg

SILENT: Final = ("technique", "recommendation", "identity")
_TECHNIQUE: Final = "technique"
_UNTESTED: Final = "not_assessed"
_REFLUX: Final = "reflux"


def is_silent(section: str | None, chunks: Sequence[Chunk]) -> bool:
    """Whether a sentence of a section states nothing.

    "Technique: graded compression. Reflux testing is not part of this exam" says what was left out,
    "Plan: rescan in a week. Left not scanned" as well.
    """
    if section not in SILENT or any(map(_leaves_out_leg, chunks)):
        return False
    return section != _TECHNIQUE or not any(map(_leaves_out, chunks))


def _leaves_out_leg(chunk: Chunk) -> bool:
    """Whether a clause says that a leg was not scanned, and no more."""
    untested = [p.finding is not None and p.finding.value == _UNTESTED for p in chunk.predicates]
    return bool(untested and chunk.groups) and all(untested) and all(map(is_only_leg, chunk.groups))


def _leaves_out(chunk: Chunk) -> bool:
    """Whether a clause says of reflux that it was not tested, and names no place."""
    found = [p.finding for p in chunk.predicates if p.finding is not None]
    untested = any(finding.value == _UNTESTED for finding in found)
    named = any(group.has_vein or group.has_spot for group in chunk.groups)
    return untested and not named and any(finding.property == _REFLUX for finding in found)
