"""The leg that a report calls by what brought the patient: "on the symptomatic side"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import ContextWords

_OTHER = "other"
_INDICATION: Final = "indication"
_BLANK_LINE: Final = 2  # line ends
# reasons that are a finding too, or that name none of what is felt or seen
_FOUND: Final = ("varicose_veins", "dvt_suspected", "superficial_thrombophlebitis")
_STAGES: Final = ("pre_procedure", "post_procedure", "pelvic_congestion")
_STOPS: Final = (".", ";", "?", "!")
_CLAUSES: Final = (*_STOPS, ",", ":")


def settle_index_legs(
    mentions: Sequence[Mention], tokens: Sequence[Token], context: Iterable[ContextWords]
) -> Sequence[Mention]:
    """The mentions with such words as the leg of the complaint, else the one leg named before them.

    Where both legs were named before, and none or both in a complaint, the words say no side.
    """
    if not any(mention.cue("index_leg") for mention in mentions):
        return mentions
    felt = {
        term
        for row in context
        if row.fact == _INDICATION and row.value not in (*_FOUND, *_STAGES)
        for term in row.terms
    }
    return list(_settle(mentions, tokens, felt))


def _settle(
    mentions: Sequence[Mention], tokens: Sequence[Token], felt: Set[str]
) -> Iterable[Mention]:
    # by the clause of a complaint, by its sentence, by all that was said
    named: tuple[dict[str, Meaning], ...] = ({}, {}, {})
    for mention in mentions:
        row = mention.row("leg")
        if row is not None and len(row.legs) == 1 and row.legs[0] != _OTHER:
            meaning = Meaning([Concept("leg", row)])
            for legs, stops in zip(named, (_CLAUSES, _STOPS, None), strict=True):
                if stops is None or _is_in_complaint(mention, tokens, felt, stops):
                    legs.setdefault(row.legs[0], meaning)
        if row is None and mention.cue("index_leg"):
            known = [meaning for legs in named if len(legs) == 1 for meaning in legs.values()]
            yield replace(mention, meaning=known[0]) if known else mention
        else:
            yield mention


def _is_in_complaint(
    mention: Mention, tokens: Sequence[Token], felt: Set[str], stops: Sequence[str]
) -> bool:
    """Whether its sentence names what a patient feels or shows: "painful left calf"."""
    first, last = mention.first, mention.last
    while first and not _parts(tokens, first, stops):
        first -= 1
    while last + 1 < len(tokens) and not _parts(tokens, last + 1, stops):
        last += 1
    return any(token.norm in felt for token in tokens[first : last + 1])


def _parts(tokens: Sequence[Token], index: int, stops: Sequence[str]) -> bool:
    """Whether a sentence or clause begins with a token."""
    return tokens[index - 1].text in stops or tokens[index].gap.count("\n") >= _BLANK_LINE
