"""The text of a report as it is read: what copying it added is left out, what it lost put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines import steps_forms as forms
from ultrasound.extract.lines import steps_words as words
from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Find, Rewritten, apply_edits
from ultrasound.extract.lines.paired_heads import PairedHeadReader
from ultrasound.extract.lines.told_sites import ToldSiteReader
from ultrasound.extract.lines.unfolding import Unfolder
from ultrasound.extract.lines.wordings import WordingReader
from ultrasound.knowledge.schema_text import TextKnowledge

_PARTING: Final = r"[\s/;,:|]*"  # signs that part what is said from what stands beside it
_SAID: Final = re.compile(
    rf"{_PARTING}(?:\.{{3,}}{_PARTING})?(?P<said>[^\s/;,:|](?:.*[^\s/;,:|])?){_PARTING}", re.DOTALL
)


class Restorer:
    """Rewrites the text of a report step by step, each step on what the one before made of it."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        asked = AskedWords(knowledge)
        of = (knowledge, asked)
        self._unfolder = Unfolder(knowledge.cues.leg)
        list_wordings = WordingReader(*of).list_steps
        self._steps: tuple[Find, ...] = (
            *words.list_said(knowledge),
            PairedHeadReader(asked).find_edits,  # before its pairs are taken for unanswered
            *list_wordings("first"),
            *forms.list_heads(*of),
            *forms.list_boxes(*of),
            *forms.list_fields(*of),
            *list_wordings("forms"),
            ToldSiteReader(knowledge).find_edits,
            *forms.list_cells(*of),
            *words.list_sides(*of),
            *words.list_words(knowledge),
            *list_wordings("sentences"),
            *words.list_reaches(asked),
            *words.list_values(knowledge),
            *forms.list_rows(*of),
            *words.list_spelt(knowledge),
        )
        self._last = list_wordings("last")

    def restore(self, text: str) -> Restored:
        """The text as it is read."""
        restored = Restored(text)
        restored.edit(self._steps)
        restored.take(self._unfolder.unfold(restored.text))
        restored.edit(self._last)
        return restored


class Restored:
    """A text after the steps taken so far, and the way back."""

    def __init__(self, text: str) -> None:
        self.text = self._report = text
        self._steps: list[Rewritten] = []

    def edit(self, steps: Sequence[Find]) -> None:
        """Go on with what some steps, one after the other, make of the text."""
        for find in steps:
            self.take(apply_edits(self.text, find(self.text)))

    def take(self, step: Rewritten | None) -> None:
        """Go on with the text that a step made, if it made one."""
        if step is not None:
            self._steps.append(step)
            self.text = step.text

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text that is read stands in the report."""
        for step in reversed(self._steps):
            start, end = step.locate(start, end)
        said = _SAID.fullmatch(self._report, start, end)
        return said.span("said") if said and self._steps else (start, end)
