"""From a run of tokens to its clauses: boxes, distances, places and denials are settled first."""

from __future__ import annotations

from ultrasound.extract.clauses.ages import share_ages
from ultrasound.extract.clauses.answers import AnswerReader
from ultrasound.extract.clauses.assertion import judge_sentence
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.hindered import HindranceReader
from ultrasound.extract.clauses.mixed_ages import add_ages
from ultrasound.extract.clauses.notes import doubt_note
from ultrasound.extract.clauses.prepare import prepare_elements
from ultrasound.extract.clauses.range_distances import tell_distances
from ultrasound.extract.clauses.remarks import RELATIVES, drop_remarks
from ultrasound.extract.clauses.replies import say_counted
from ultrasound.extract.clauses.signed import read_signed
from ultrasound.extract.clauses.spared import read_spared
from ultrasound.extract.clauses.splitting import split_chunks
from ultrasound.extract.clauses.spreading import deny_spread
from ultrasound.extract.clauses.unassessed import leave_unassessed
from ultrasound.extract.clauses.unfound import deny_unfound
from ultrasound.extract.clauses.untested import UntestedReader
from ultrasound.extract.facts.fact import Doubt, Pass
from ultrasound.extract.lines.layout import Sentence
from ultrasound.extract.links.passing import mark_passing
from ultrasound.extract.places.limb_beside_vein import leave_limbs
from ultrasound.extract.places.phrases import find_groups
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.legend import Legend
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import TextKnowledge

_REFLUX, _THROMBOSIS = "insufficiency", "dvt"  # of EXAM_KINDS


class ClauseCutter:
    """Cuts sentences into clauses."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._routes = tuple(route.veins for route in knowledge.veins.route)
        self._untested = UntestedReader(knowledge)
        self._hindrances = HindranceReader(knowledge)
        self._answers = AnswerReader(knowledge.columns)

    def cut_sentence(
        self, marks: Marks, sentence: Sentence, legend: Legend, exam: str | None = None
    ) -> tuple[list[Chunk], list[Pass | Doubt]]:
        """The clauses of a sentence, judged; the options not ticked and the answers not read.

        ``exam`` is its kind, where signs alone may say what that looks for.
        """
        elements = self._untested.join(marks.elements(sentence.first, sentence.last), marks)
        ways: list[Span] = []
        if any(type(e) is Token and e.norm in RELATIVES for e in elements):
            elements, ways = drop_remarks(elements)
        prepared = prepare_elements(elements, marks)
        grouped, insets = find_groups(prepared.elements, self._routes)
        chunks = split_chunks(leave_limbs(grouped, marks), insets, marks)
        share_ages(chunks)
        mark_passing(chunks)
        answers = list(self._answers.read(chunks, marks, legend))
        if exam == _REFLUX:
            read_signed(chunks, marks)
        if exam == _THROMBOSIS:
            read_spared(chunks)
        judge_sentence(chunks, marks)
        add_ages(chunks, marks)
        leave_unassessed(chunks, marks)
        self._hindrances.read(chunks, marks)
        deny_unfound(chunks, marks)
        deny_spread(chunks)
        say_counted(chunks)
        left = [*(Pass("template_blank", span) for span in prepared.unticked), *answers]
        left += [Pass("unspecific", span) for span in ways]
        left += tell_distances(prepared.elements)
        return chunks, [*left, *doubt_note(chunks, marks)]
