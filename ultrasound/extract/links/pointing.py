"""The level that "there" points to, and the "there" that points nowhere: "There may be a …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.links.focus import is_branch
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

# beside the "there" of no place
_BEING: Final = frozenset(
    {"is", "are", "was", "were", "exist", "may", "might", "could", "must", "should", "can"}
    | {"seem", "appear", "has", "have", "remain"}
)
_ADVERBS: Final = frozenset({"also", "probably", "possibly", "perhap", "still", "again", "then"})


def is_being(after: Sequence[Token]) -> bool:
    """Whether the words behind "there" say only that something is: "may be", "probably is"."""
    verb = next((token.norm for token in after if token.norm not in _ADVERBS), "")
    return verb in _BEING


def points_to_end(thread: Thread, chunk: Chunk) -> bool:
    """Whether a clause points to the end of a range: "There it measures 4 mm".

    Or what is set off from it does: "to mid thigh (5 mm at this level)"; not "there is no flow".
    """
    return any(
        (cue.first == chunk.first or _closes(chunk, cue))
        and not is_being(thread.marks.tokens[cue.last + 1 : cue.last + 3])
        for cue in chunk.cues("here")
    )


def _closes(chunk: Chunk, cue: Mention) -> bool:
    """Whether "at this level" ends a clause in brackets or between commas."""
    return chunk.separator in ("(", ",") and cue.last > cue.first and cue.last >= chunk.last - 1


def find_here(thread: Thread, chunk: Chunk) -> Site | None:
    """The level of the trunk at which a clause says that a branch is: "joins it there"."""
    tokens = thread.marks.tokens
    around = (
        (tokens[cue.first - 1].norm if cue.first else "", tokens[cue.last + 1 : cue.last + 3])
        for cue in chunk.cues("here")
    )
    points = any(before not in _BEING and not is_being(after) for before, after in around)
    branch = any(part.vein in COUNTED for group in chunk.groups for part in group.parts)
    if not points or not branch or len(thread.focus) != 1 or is_branch(thread.focus):
        return None
    site = thread.focus[0]
    spot = site.until or site.spot
    return replace(site, vein=None, spot=spot, until=None) if site.has_spot else None
