"""The leg that a report calls by what brought the patient: "on the symptomatic side"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ultrasound.extract.words.lexicon import Concept, Meaning, Mention

_OTHER = "other"


def settle_index_legs(mentions: Sequence[Mention]) -> Iterable[Mention]:
    """The mentions with such words as the one leg that was named before them.

    Where both legs were named before, the words say nothing of the side.
    """
    if not any(mention.cue("index_leg") for mention in mentions):
        return mentions
    return list(_settle(mentions))


def _settle(mentions: Sequence[Mention]) -> Iterable[Mention]:
    named: dict[tuple[str, ...], Meaning] = {}
    for mention in mentions:
        row = mention.row("leg")
        if row is not None and len(row.legs) == 1 and row.legs != (_OTHER,):
            named.setdefault(tuple(row.legs), Meaning([Concept("leg", row)]))
        known = row is None and mention.cue("index_leg") and len(named) == 1
        yield replace(mention, meaning=next(iter(named.values()))) if known else mention
