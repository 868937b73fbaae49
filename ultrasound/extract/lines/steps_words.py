"""The steps that put the words of a report in order: dictation, turns of phrase, legs, reaches."""

from __future__ import annotations

from ultrasound.extract.lines.appositions import AppositionReader
from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.bracketed_sides import BracketedSideReader
from ultrasound.extract.lines.edits import Find
from ultrasound.extract.lines.ehit_classes import find_classes
from ultrasound.extract.lines.fronted_levels import FrontedLevelReader
from ultrasound.extract.lines.glued import GlueReader
from ultrasound.extract.lines.leading_sides import find_leading_sides
from ultrasound.extract.lines.line_noise import find_noise
from ultrasound.extract.lines.numbered_branches import find_numbered_branches
from ultrasound.extract.lines.prefixed import PrefixReader
from ultrasound.extract.lines.same_sides import SameSideReader
from ultrasound.extract.lines.second_names import SecondNameReader
from ultrasound.extract.lines.sentence_gaps import SentenceGapReader
from ultrasound.extract.lines.sided_reaches import SidedReachReader
from ultrasound.extract.lines.small_letters import SmallLetterReader
from ultrasound.extract.lines.spoken_heads import find_spoken_heads
from ultrasound.extract.lines.spoken_numbers import SpokenNumberReader
from ultrasound.extract.lines.spoken_signs import SpokenSignReader
from ultrasound.extract.lines.taken_back import TakenBackReader
from ultrasound.extract.lines.told_extents import find_told_extents
from ultrasound.extract.lines.turns import TurnReader
from ultrasound.extract.lines.two_languages import TongueReader
from ultrasound.extract.lines.two_legs import TwoLegReader
from ultrasound.knowledge.schema_text import TextKnowledge


def list_reaches(asked: AskedWords) -> tuple[Find, ...]:
    """How far a finding goes, and where it is."""
    return (
        find_told_extents,
        find_numbered_branches,
        find_leading_sides,
        FrontedLevelReader(asked).find_edits,
    )


def list_said(knowledge: TextKnowledge) -> tuple[Find, ...]:
    """What was dictated, and turns of phrase."""
    return (
        SpokenNumberReader(knowledge).find_edits,
        TakenBackReader(knowledge).find_edits,
        SpokenSignReader(knowledge).find_edits,
        find_spoken_heads,
        TurnReader(knowledge).find_edits,
    )


def list_sides(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """Which leg is meant."""
    return (
        SmallLetterReader(asked).find_edits,
        TwoLegReader(asked).find_edits,
        BracketedSideReader(knowledge).find_edits,
        SidedReachReader(knowledge).find_edits,
        SameSideReader(knowledge).find_edits,
    )


def list_words(knowledge: TextKnowledge) -> tuple[Find, ...]:
    """Names and the noise between them."""
    return (
        find_classes,
        SecondNameReader(knowledge).find_edits,
        AppositionReader(knowledge).find_edits,
        PrefixReader(knowledge).find_edits,
        find_noise,
    )


def list_values(knowledge: TextKnowledge) -> tuple[Find, ...]:
    """What is derived, and gaps between sentences."""
    return (SentenceGapReader(knowledge).find_edits,)


def list_spelt(knowledge: TextKnowledge) -> tuple[Find, ...]:
    """What was glued together, and what stands there in two languages."""
    return (
        GlueReader(knowledge).find_edits,
        TongueReader(knowledge).find_edits,
    )
