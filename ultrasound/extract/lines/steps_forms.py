"""The steps that read forms and lists: headings, boxes, codes, fields and rows."""

from __future__ import annotations

from ultrasound.extract.lines.answer_columns import AnswerColumnReader
from ultrasound.extract.lines.answer_heads import AnswerHeadReader
from ultrasound.extract.lines.answered_lists import AnsweredListReader
from ultrasound.extract.lines.answered_pairs import AnsweredPairReader
from ultrasound.extract.lines.asked_cells import AskedCellReader
from ultrasound.extract.lines.asked_codes import AskedCodeReader
from ultrasound.extract.lines.asked_legs import AskedLegReader
from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.box_cells import BoxCellReader
from ultrasound.extract.lines.box_places import BoxPlaceReader
from ultrasound.extract.lines.bracketed_answers import BracketedAnswerReader
from ultrasound.extract.lines.bracketed_levels import BracketedLevelReader
from ultrasound.extract.lines.branch_answers import BranchAnswerReader
from ultrasound.extract.lines.branch_fields import BranchFieldReader
from ultrasound.extract.lines.branch_rows import find_branch_rows
from ultrasound.extract.lines.centre_heads import CentreHeadReader, CentreLineReader
from ultrasound.extract.lines.closing_fields import ClosingFieldReader
from ultrasound.extract.lines.closing_sides import ClosingSideReader
from ultrasound.extract.lines.closing_units import find_closing_units
from ultrasound.extract.lines.compression_pairs import CompressionPairReader
from ultrasound.extract.lines.course_fields import CourseFieldReader
from ultrasound.extract.lines.crossed_answers import CrossedAnswerReader
from ultrasound.extract.lines.distance_rows import DistanceRowReader
from ultrasound.extract.lines.edits import Find
from ultrasound.extract.lines.field_keys import FieldKeyReader
from ultrasound.extract.lines.following_lists import FollowingListReader
from ultrasound.extract.lines.footnotes import find_footnotes
from ultrasound.extract.lines.inline_items import find_inline_items
from ultrasound.extract.lines.leader_pairs import LeaderPairReader
from ultrasound.extract.lines.leaders import LeaderReader
from ultrasound.extract.lines.leg_matrix import LegMatrixReader
from ultrasound.extract.lines.leg_subheads import find_leg_subheads
from ultrasound.extract.lines.legend_codes import LegendCodeReader
from ultrasound.extract.lines.level_lists import LevelListReader
from ultrasound.extract.lines.listed_meanings import ListedMeaningReader
from ultrasound.extract.lines.listed_options import find_listed_options
from ultrasound.extract.lines.named_disease import NamedDiseaseReader
from ultrasound.extract.lines.nested_fields import NestedFieldReader
from ultrasound.extract.lines.numbered_lines import NumberedLineReader
from ultrasound.extract.lines.paired_codes import find_paired_codes
from ultrasound.extract.lines.paired_lists import find_paired_lists
from ultrasound.extract.lines.picked import PickReader
from ultrasound.extract.lines.polarity_heads import PolarityHeadReader
from ultrasound.extract.lines.property_heads import PropertyHeadReader
from ultrasound.extract.lines.quoted_cells import find_quoted
from ultrasound.extract.lines.record_heads import RecordHeadReader
from ultrasound.extract.lines.row_counts import find_row_counts
from ultrasound.extract.lines.sided_fields import SidedFieldReader
from ultrasound.extract.lines.sided_lines import SidedLineReader
from ultrasound.extract.lines.sided_values import SidedValueReader
from ultrasound.extract.lines.sign_lists import SignListReader
from ultrasound.extract.lines.sign_pairs import find_sign_pairs
from ultrasound.extract.lines.slash_codes import SlashCodeReader
from ultrasound.extract.lines.stacked_lists import find_stacked_lists
from ultrasound.extract.lines.system_fields import find_system_fields
from ultrasound.extract.lines.system_findings import find_system_findings
from ultrasound.extract.lines.ticked_questions import TickedQuestionReader
from ultrasound.extract.lines.ticked_rows import TickedRowReader
from ultrasound.extract.lines.ticked_sides import drop_other_sides, write_boxes
from ultrasound.extract.lines.trunk_rows import TrunkRowReader
from ultrasound.extract.lines.unit_heads import find_unit_heads
from ultrasound.extract.lines.unit_keys import UnitKeyReader
from ultrasound.extract.lines.unit_lists import UnitListReader
from ultrasound.extract.lines.value_lists import ValueListReader
from ultrasound.knowledge.schema_text import TextKnowledge


def list_heads(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """What heads lines, lists and fields, before anything else is read of them."""
    return (
        LeaderPairReader(asked).find_edits,
        find_leg_subheads,
        find_row_counts,
        find_system_findings,
        find_stacked_lists,
        CourseFieldReader(knowledge, asked).find_edits,
        BranchFieldReader(knowledge).find_edits,
        BranchAnswerReader(asked).find_edits,
        find_inline_items,
        find_sign_pairs,
        ListedMeaningReader(knowledge, asked).find_edits,
        FieldKeyReader(knowledge, asked).find_edits,
        find_footnotes,
    )


def list_boxes(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """Boxes, options and what was picked of them."""
    ticked = TickedRowReader(asked)
    return (
        BracketedAnswerReader(asked).find_edits,
        BoxPlaceReader(asked).find_edits,
        AskedCodeReader(asked).find_edits,
        NumberedLineReader(knowledge, asked).find_edits,
        PickReader(knowledge).find_edits,
        write_boxes,
        ticked.find_sided,
        drop_other_sides,
        BoxCellReader(knowledge, asked).find_edits,
        TickedQuestionReader(asked).find_edits,
        find_listed_options,
        ticked.find_rest,
        AnswerColumnReader(asked).find_edits,
        CrossedAnswerReader(asked).find_edits,
    )


def list_fields(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """Codes, fields and the lists below a heading."""
    return (
        find_paired_codes,
        LegendCodeReader(knowledge).find_edits,
        SlashCodeReader(asked).find_edits,
        AnsweredPairReader(asked).find_edits,
        LegMatrixReader(asked).find_edits,
        SignListReader(asked).find_edits,
        RecordHeadReader(knowledge).find_edits,
        find_unit_heads,
        UnitKeyReader(knowledge, asked).find_edits,
        UnitListReader(knowledge, asked).find_edits,
        ValueListReader(asked).find_edits,
        SidedLineReader(knowledge, asked).find_edits,
        SidedFieldReader(knowledge).find_edits,
        NamedDiseaseReader(asked).find_edits,
        PropertyHeadReader(knowledge, asked).find_edits,
        ClosingFieldReader(asked).find_edits,
        AnswerHeadReader(asked).find_edits,
        BracketedLevelReader(asked).find_edits,
        NestedFieldReader(knowledge, asked).find_edits,
        LevelListReader(knowledge, asked).find_edits,
        find_branch_rows,
        find_system_fields,
        PolarityHeadReader(knowledge, asked).find_edits,
        FollowingListReader(asked).find_edits,
        AnsweredListReader(knowledge, asked).find_edits,
        CompressionPairReader(knowledge, asked).find_edits,
    )


def list_cells(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """Cells that ask and answer."""
    return (
        AskedLegReader(asked).find_edits,
        AskedCellReader(asked).find_edits,
        LeaderReader(knowledge).find_edits,
        ClosingSideReader(knowledge).find_edits,
    )


def list_rows(knowledge: TextKnowledge, asked: AskedWords) -> tuple[Find, ...]:
    """The rows of tables and lists."""
    return (
        find_closing_units,
        find_quoted,
        TrunkRowReader(asked).find_edits,
        DistanceRowReader(knowledge).find_edits,
        CentreLineReader().find_edits,
        CentreHeadReader(asked).find_edits,
        find_paired_lists,
        SidedValueReader(knowledge).find_edits,
    )
