"""The text of a report as it is read: what copying it added is left out, what it lost put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ultrasound.extract.lines.answer_columns import AnswerColumnReader
from ultrasound.extract.lines.answered_lists import AnsweredListReader
from ultrasound.extract.lines.answered_pairs import AnsweredPairReader
from ultrasound.extract.lines.appositions import AppositionReader
from ultrasound.extract.lines.asked_cells import AskedCellReader
from ultrasound.extract.lines.asked_codes import AskedCodeReader
from ultrasound.extract.lines.asked_legs import AskedLegReader
from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.box_cells import BoxCellReader
from ultrasound.extract.lines.bracketed_sides import BracketedSideReader
from ultrasound.extract.lines.branch_fields import BranchFieldReader
from ultrasound.extract.lines.branch_rows import find_branch_rows
from ultrasound.extract.lines.centre_heads import CentreHeadReader, CentreLineReader
from ultrasound.extract.lines.closing_sides import ClosingSideReader
from ultrasound.extract.lines.closing_units import find_closing_units
from ultrasound.extract.lines.compared_legs import ComparedLegReader
from ultrasound.extract.lines.compression_pairs import CompressionPairReader
from ultrasound.extract.lines.corner_cells import find_corner_cells
from ultrasound.extract.lines.counted_cells import CountedCellReader
from ultrasound.extract.lines.course_fields import CourseFieldReader
from ultrasound.extract.lines.crossed_lines import CrossReader
from ultrasound.extract.lines.denied_signs import find_denied_signs
from ultrasound.extract.lines.denied_times import find_denied_times
from ultrasound.extract.lines.derived import DerivedReader
from ultrasound.extract.lines.distance_rows import DistanceRowReader
from ultrasound.extract.lines.edits import Edit, Rewritten, apply_edits
from ultrasound.extract.lines.ehit_classes import find_classes
from ultrasound.extract.lines.field_gaps import find_field_gaps
from ultrasound.extract.lines.field_keys import FieldKeyReader
from ultrasound.extract.lines.field_records import find_field_records
from ultrasound.extract.lines.footnotes import find_footnotes
from ultrasound.extract.lines.glued import GlueReader
from ultrasound.extract.lines.head_notes import find_head_notes
from ultrasound.extract.lines.inline_heads import InlineHeadReader
from ultrasound.extract.lines.leaders import LeaderReader
from ultrasound.extract.lines.leg_cells import find_leg_cells
from ultrasound.extract.lines.leg_matrix import LegMatrixReader
from ultrasound.extract.lines.leg_subheads import find_leg_subheads
from ultrasound.extract.lines.legend_codes import LegendCodeReader
from ultrasound.extract.lines.level_lists import LevelListReader
from ultrasound.extract.lines.line_noise import find_noise
from ultrasound.extract.lines.line_tags import find_line_tags
from ultrasound.extract.lines.listed_meanings import ListedMeaningReader
from ultrasound.extract.lines.listed_options import find_listed_options
from ultrasound.extract.lines.map_heads import find_map_heads
from ultrasound.extract.lines.measure_letters import find_letters
from ultrasound.extract.lines.named_disease import NamedDiseaseReader
from ultrasound.extract.lines.nested_fields import NestedFieldReader
from ultrasound.extract.lines.numbered_lines import NumberedLineReader
from ultrasound.extract.lines.other_leg import OtherLegReader
from ultrasound.extract.lines.paired_codes import find_paired_codes
from ultrasound.extract.lines.paired_lists import find_paired_lists
from ultrasound.extract.lines.picked import PickReader
from ultrasound.extract.lines.place_heads import PlaceHeadReader
from ultrasound.extract.lines.polarity_heads import PolarityHeadReader
from ultrasound.extract.lines.prefixed import PrefixReader
from ultrasound.extract.lines.property_heads import PropertyHeadReader
from ultrasound.extract.lines.question_lines import find_questions
from ultrasound.extract.lines.quoted_cells import find_quoted
from ultrasound.extract.lines.record_heads import RecordHeadReader
from ultrasound.extract.lines.reflux_boxes import find_reflux_boxes
from ultrasound.extract.lines.reflux_ends import find_reflux_ends
from ultrasound.extract.lines.row_counts import find_row_counts
from ultrasound.extract.lines.same_sides import SameSideReader
from ultrasound.extract.lines.sentence_gaps import SentenceGapReader
from ultrasound.extract.lines.sided_fields import SidedFieldReader
from ultrasound.extract.lines.sided_lines import SidedLineReader
from ultrasound.extract.lines.sided_reaches import SidedReachReader
from ultrasound.extract.lines.sided_values import SidedValueReader
from ultrasound.extract.lines.sign_lists import SignListReader
from ultrasound.extract.lines.small_letters import SmallLetterReader
from ultrasound.extract.lines.spoken_heads import find_spoken_heads
from ultrasound.extract.lines.spoken_numbers import SpokenNumberReader
from ultrasound.extract.lines.spoken_signs import SpokenSignReader
from ultrasound.extract.lines.stacked_lists import find_stacked_lists
from ultrasound.extract.lines.system_fields import find_system_fields
from ultrasound.extract.lines.system_findings import find_system_findings
from ultrasound.extract.lines.taken_back import TakenBackReader
from ultrasound.extract.lines.there_is_no import find_there_is_no
from ultrasound.extract.lines.thirds_of_zones import find_thirds
from ultrasound.extract.lines.ticked_questions import TickedQuestionReader
from ultrasound.extract.lines.ticked_rows import TickedRowReader
from ultrasound.extract.lines.ticked_sides import drop_other_sides, write_boxes
from ultrasound.extract.lines.told_extents import find_told_extents
from ultrasound.extract.lines.told_sites import ToldSiteReader
from ultrasound.extract.lines.treatment_lines import find_treatment_lines
from ultrasound.extract.lines.trunk_rows import TrunkRowReader
from ultrasound.extract.lines.turns import TurnReader
from ultrasound.extract.lines.two_languages import TongueReader
from ultrasound.extract.lines.unanswered import find_unanswered
from ultrasound.extract.lines.unfolding import Unfolder
from ultrasound.extract.lines.unit_lists import UnitListReader
from ultrasound.knowledge.schema_text import TextKnowledge

Find = Callable[[str], Sequence[Edit]]

_PARTING: Final = " \t\r\n/;,:|"

# what heads lines and lists, before anything else is read of them
_TOPS: Final = (
    find_leg_subheads,
    find_row_counts,
    find_leg_cells,
    find_unanswered,
    find_line_tags,
    find_corner_cells,
    find_map_heads,
    find_system_findings,
    find_stacked_lists,
)


class Restorer:
    """Rewrites the text of a report step by step."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._unfolder = Unfolder(knowledge.cues.leg)
        self._glue = GlueReader(knowledge)
        self._tongues = TongueReader(knowledge)
        self._picks = PickReader(knowledge)
        self._other_leg = OtherLegReader(knowledge)
        self._appositions = AppositionReader(knowledge)
        self._prefixed = PrefixReader(knowledge)
        self._same = SameSideReader(knowledge)
        self._bracketed = BracketedSideReader(knowledge)
        self._sided = SidedValueReader(knowledge)
        self._reaches, self._compared = SidedReachReader(knowledge), ComparedLegReader(knowledge)
        asked = AskedWords(knowledge)
        self._box_cells = BoxCellReader(knowledge, asked)
        self._asked_legs, self._asked = AskedLegReader(asked), AskedCellReader(asked)
        self._letters = SmallLetterReader(asked)
        self._columns = AnswerColumnReader(asked)
        self._legend = LegendCodeReader(knowledge)
        self._name_fields(knowledge, asked)
        self._fields = SidedFieldReader(knowledge)
        self._matrix, self._sign_lists = LegMatrixReader(asked), SignListReader(asked)
        self._records = RecordHeadReader(knowledge)
        self._pairs, self._units = AnsweredPairReader(asked), UnitListReader(knowledge, asked)
        self._meanings = ListedMeaningReader(knowledge, asked)
        self._ticked, self._ticked_rows = TickedQuestionReader(asked), TickedRowReader(asked)
        self._sided_lines = SidedLineReader(knowledge, asked)
        self._sites = ToldSiteReader(knowledge)
        self._leaders = LeaderReader(knowledge)
        self._closing = ClosingSideReader(knowledge)
        self._spoken = SpokenNumberReader(knowledge)
        self._signs = SpokenSignReader(knowledge)
        self._taken_back = TakenBackReader(knowledge)
        self._turns = TurnReader(knowledge)

    def _name_fields(self, knowledge: TextKnowledge, asked: AskedWords) -> None:
        """What reads the fields of forms that stand in lists or below one another."""
        self._heads = PropertyHeadReader(knowledge, asked)
        self._diseases = NamedDiseaseReader(asked)
        self._nested = NestedFieldReader(knowledge, asked)
        self._place_heads = PlaceHeadReader(asked)
        self._levels = LevelListReader(knowledge, asked)
        self._lists = AnsweredListReader(knowledge, asked)
        self._courses = CourseFieldReader(knowledge, asked)
        self._branches = BranchFieldReader(knowledge)
        self._distances = DistanceRowReader(knowledge)
        self._counts = CountedCellReader(knowledge)
        self._crosses, self._codes = CrossReader(asked), AskedCodeReader(asked)
        self._numbered = NumberedLineReader(knowledge, asked)
        self._polarities = PolarityHeadReader(knowledge, asked)
        self._compression = CompressionPairReader(knowledge, asked)
        self._derived = DerivedReader(knowledge)
        self._gaps = SentenceGapReader(knowledge)
        self._keys = FieldKeyReader(knowledge, asked)
        self._trunks = TrunkRowReader(asked)
        self._centres = CentreHeadReader(asked)
        self._centre_lines = CentreLineReader()
        self._inline = InlineHeadReader(knowledge)

    def _forms(self) -> tuple[Find, ...]:
        """What reads the boxes, options, codes and fields of forms, in this order."""
        return (
            self._crosses.find_edits,
            self._codes.find_edits,
            self._numbered.find_edits,
            find_reflux_boxes,
            self._picks.find_edits,
            write_boxes,
            self._ticked_rows.find_sided,
            drop_other_sides,
            self._box_cells.find_edits,
            self._ticked.find_edits,
            find_listed_options,
            self._ticked_rows.find_rest,
            self._columns.find_edits,
            find_paired_codes,
            self._legend.find_edits,
            self._pairs.find_edits,
            self._matrix.find_edits,
            self._sign_lists.find_edits,
            self._records.find_edits,
            self._units.find_edits,
            self._sided_lines.find_edits,
            self._fields.find_edits,
            self._diseases.find_edits,
            self._heads.find_edits,
            self._nested.find_edits,
            self._place_heads.find_edits,
            self._levels.find_edits,
            find_branch_rows,
            find_system_fields,
            find_treatment_lines,
            self._polarities.find_edits,
            self._lists.find_edits,
            find_field_records,
            self._compression.find_edits,
            find_denied_times,
            find_denied_signs,
        )

    def _rows(self) -> tuple[Find, ...]:
        """What reads the rows of tables and lists."""
        return (
            find_closing_units,
            find_quoted,
            self._trunks.find_edits,
            self._distances.find_edits,
            self._counts.find_edits,
            self._centre_lines.find_edits,
            self._centres.find_edits,
            find_letters,
            find_paired_lists,
            self._sided.find_edits,
        )

    def restore(self, text: str) -> Restored:
        """The text as it is read."""
        restored = Restored(text)
        cells = (
            self._asked_legs.find_edits,
            self._asked.find_edits,
            self._leaders.find_edits,
            self._closing.find_edits,
            find_questions,
        )
        sides = (
            self._letters.find_edits,
            self._other_leg.find_edits,
            self._bracketed.find_edits,
            self._reaches.find_edits,
            self._compared.find_edits,
            self._same.find_edits,
        )
        words = (find_classes, self._appositions.find_edits, self._prefixed.find_edits, find_noise)
        reaches = (find_there_is_no, find_told_extents, find_reflux_ends, find_thirds)
        values = (self._derived.find_edits, self._gaps.find_edits)
        said = (
            self._spoken.find_edits,
            self._taken_back.find_edits,
            self._signs.find_edits,
            find_spoken_heads,
            self._turns.find_edits,
        )
        fields = (self._courses.find_edits, self._branches.find_edits)
        meanings, keys = self._meanings.find_edits, self._keys.find_edits
        notes = (meanings, keys, find_footnotes, find_head_notes)
        heads = (*_TOPS, *fields, self._inline.find_edits, *notes)
        forms = (*self._forms(), self._sites.find_edits, *cells, *sides, *words, *reaches)
        spelt = (self._glue.find_edits, self._tongues.find_edits)
        for find in (*said, *heads, *forms, *values, *self._rows(), *spelt):
            restored.take(apply_edits(restored.text, find(restored.text)))
        restored.take(self._unfolder.unfold(restored.text))
        restored.take(apply_edits(restored.text, find_field_gaps(restored.text)))
        return restored


class Restored:
    """A text after the steps taken so far, and the way back."""

    def __init__(self, text: str) -> None:
        self.text = self._report = text
        self._steps: list[Rewritten] = []

    def take(self, step: Rewritten | None) -> None:
        """Go on with the text that a step made, if it made one."""
        if step is not None:
            self._steps.append(step)
            self.text = step.text

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text that is read stands in the report."""
        for step in reversed(self._steps):
            start, end = step.locate(start, end)
        said = self._report[start:end]
        bare = said.strip(_PARTING)
        if not bare or not self._steps:
            return start, end
        start += said.index(bare)  # no sign that parts it from what stands before
        return start, start + len(bare)
