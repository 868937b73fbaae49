"""Lines that name an exam: the report's title, and that of a second study below it."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.lines import begins
from ultrasound.extract.lines.headings import Head, HeadReader
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.lines.leg_heads import TITLE_LINES
from ultrasound.extract.lines.legend_tails import drop_legend
from ultrasound.extract.reading import Reading
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks


class Titles:
    """Finds the titles among the lines of one report."""

    def __init__(
        self, heads: HeadReader, marks: Marks, lines: Sequence[Line], explained: frozenset[int]
    ) -> None:
        self._titles, self._marks, self._lines = heads.titles, marks, lines
        self._explained = explained

    def is_title(self, index: int, head: Head | None, state: State, reading: Reading) -> bool:
        """Whether a line with some heading names an exam, at the top or of another leg below."""
        if self._names_other(index, state, reading):
            return True
        if index >= TITLE_LINES or state.section not in (None, "identity"):
            return False
        if state.vein or (state.legs and not self._lines[index].blank_before):
            return False  # under a heading a line reports
        line = self._lines[index]
        named = self._gives_reason(line, head) or begins.may_entitle(head)
        named |= reading.opens and (begins.heads_both(head) or self._is_own(line, head, state))
        return named and self._titles.is_title(
            self._marks, drop_legend(self._marks, line, self._explained)
        )

    def _is_own(self, line: Line, head: Head | None, state: State) -> bool:
        """Whether a heading of one leg is the title that the leg was taken from."""
        if head is None or not head.alone or head.group is None or state.title_at is None:
            return False
        own = line.first <= state.title_at[0] < line.last and head.legs == state.title_legs
        return own and self._titles.entitles(self._marks, line, head.group)

    def _gives_reason(self, line: Line, head: Head | None) -> bool:
        """Whether an exam's leg heads a line, and only the reason stands behind it."""
        if head is None or head.alone or head.group is None:
            return False
        return self._titles.gives_reason(self._marks, line, head.rest)

    def _names_other(self, index: int, state: State, reading: Reading) -> bool:
        """Whether a line below what was found is the name of an exam of the other leg."""
        if reading.opens or len(state.title_legs) != 1:
            return False
        line = self._lines[index]
        legs, _ = self._marks.legs_in(line.first, line.last)
        other = len(legs) == 1 and legs != state.title_legs
        return other and self._titles.names_study(self._marks, line)

    def begin_study(self, index: int, state: State, reading: Reading) -> None:
        """Put the one leg in force that the title of a further study names."""
        legs, at = self._marks.legs_in(self._lines[index].first, self._lines[index].last)
        if len(legs) == 1 and not reading.opens:
            concluded = any(section == "impression" for section, _, _ in reading.sections)
            state.begin_study(legs, at, concluded=concluded)
