"""The steps that put the words of a report in order: dictation, turns of phrase, legs, reaches."""

from __future__ import annotations

from ultrasound.extract.lines.appositions import AppositionReader
from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.bracketed_sides import BracketedSideReader
from ultrasound.extract.lines.branch_places import BranchPlaceReader
from ultrasound.extract.lines.clot_lengths import find_clot_lengths
from ultrasound.extract.lines.compared_legs import ComparedLegReader
from ultrasound.extract.lines.compared_sides import ComparedSideReader
from ultrasound.extract.lines.denied_brackets import find_denied_brackets
from ultrasound.extract.lines.derived import DerivedReader
from ultrasound.extract.lines.edits import Find
from ultrasound.extract.lines.ehit_classes import find_classes
from ultrasound.extract.lines.extent_lengths import find_extent_lengths
from ultrasound.extract.lines.fronted_levels import FrontedLevelReader
from ultrasound.extract.lines.glued import GlueReader
from ultrasound.extract.lines.known_findings import find_known_findings
from ultrasound.extract.lines.leading_sides import find_leading_sides
from ultrasound.extract.lines.left_out_states import find_left_out_states
from ultrasound.extract.lines.line_noise import find_noise
from ultrasound.extract.lines.named_numbers import find_named_numbers
from ultrasound.extract.lines.negative_values import find_negative_values
from ultrasound.extract.lines.next_branches import find_next_branches
from ultrasound.extract.lines.numbered_branches import find_numbered_branches
from ultrasound.extract.lines.opening_words import find_opening_words
from ultrasound.extract.lines.other_leg import OtherLegReader
from ultrasound.extract.lines.prefixed import PrefixReader
from ultrasound.extract.lines.reflux_ends import find_reflux_ends
from ultrasound.extract.lines.same_sides import SameSideReader
from ultrasound.extract.lines.second_names import SecondNameReader
from ultrasound.extract.lines.sentence_gaps import SentenceGapReader
from ultrasound.extract.lines.sided_reaches import SidedReachReader
from ultrasound.extract.lines.sides_of_knee import find_sides_of_knee
from ultrasound.extract.lines.skin_depths import find_skin_depths
from ultrasound.extract.lines.small_letters import SmallLetterReader
from ultrasound.extract.lines.spoken_heads import find_spoken_heads
from ultrasound.extract.lines.spoken_numbers import SpokenNumberReader
from ultrasound.extract.lines.spoken_signs import SpokenSignReader
from ultrasound.extract.lines.taken_back import TakenBackReader
from ultrasound.extract.lines.there_is_no import find_there_is_no
from ultrasound.extract.lines.thirds_of_zones import find_thirds
from ultrasound.extract.lines.told_extents import find_told_extents
from ultrasound.extract.lines.turns import TurnReader
from ultrasound.extract.lines.two_extents import TwoExtentReader
from ultrasound.extract.lines.two_languages import TongueReader
from ultrasound.extract.lines.two_legs import TwoLegReader
from ultrasound.knowledge.schema_text import TextKnowledge


def list_reaches(asked: AskedWords) -> tuple[Find, ...]:
    """How far a finding goes, and where it is."""
    return (
        find_there_is_no,
        find_told_extents,
        find_clot_lengths,
        find_extent_lengths,
        find_named_numbers,
        find_numbered_branches,
        find_denied_brackets,
        find_opening_words,
        find_leading_sides,
        find_negative_values,
        find_reflux_ends,
        find_thirds,
        find_sides_of_knee,
        find_skin_depths,
        find_next_branches,
        FrontedLevelReader(asked).find_edits,
        BranchPlaceReader(asked).find_edits,
    )


def list_said(knowledge: TextKnowledge) -> tuple[Find, ...]:
    """What was dictated, and turns of phrase."""
    return (
        SpokenNumberReader(knowledge).find_edits,
        TakenBackReader(knowledge).find_edits,
        SpokenSignReader(knowledge).find_edits,
        find_spoken_heads,
        TurnReader(knowledge).find_edits,
        find_known_findings,
        find_left_out_states,
    )


def list_sides(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """Which leg is meant."""
    return (
        SmallLetterReader(asked).find_edits,
        ComparedSideReader(asked).find_edits,
        TwoExtentReader(asked).find_edits,
        TwoLegReader(asked).find_edits,
        OtherLegReader(knowledge).find_edits,
        BracketedSideReader(knowledge).find_edits,
        SidedReachReader(knowledge).find_edits,
        ComparedLegReader(knowledge).find_edits,
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
    return (
        DerivedReader(knowledge).find_edits,
        SentenceGapReader(knowledge).find_edits,
    )


def list_spelt(knowledge: TextKnowledge) -> tuple[Find, ...]:
    """What was glued together, and what stands there in two languages."""
    return (
        GlueReader(knowledge).find_edits,
        TongueReader(knowledge).find_edits,
    )
