"""Two blanks behind a full stop, which else would part columns: "… of 2.2 s.  The SSV is"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.abbreviations import list_abbreviations
from ultrasound.extract.words.tokens import fold_word
from ultrasound.knowledge.schema_text import TextKnowledge

_LINE: Final = re.compile(r"^[ ]*(?P<told>\S[^\r\n]*\.[ ]{2}[A-Z][^\r\n]*)", re.MULTILINE)
_GAP: Final = re.compile(r"[ ]{2,}(?=\S)")
_TWO: Final = "  "
_LAST: Final = re.compile(r"(?P<word>[^\W_]+)[)\]]?\.$")
_SENTENCE: Final = 4  # words


class SentenceGapReader:
    """Finds the second blanks between the sentences that a line begins with."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._abbreviations = list_abbreviations(knowledge)

    def find_edits(self, text: str) -> list[Edit]:
        """The second blanks; one behind an abbreviation stays, for there it ends the sentence."""
        return [edit for line in _LINE.finditer(text) for edit in self._find(text, line)]

    def _find(self, text: str, line: re.Match[str]) -> Iterator[Edit]:
        begin = line.start("told")
        for gap in _GAP.finditer(text, begin, line.end()):
            if gap.group() != _TWO or not text[gap.end()].isupper():
                return
            last = _LAST.search(text, begin, gap.start())
            if last is None or len(text[begin : gap.start()].split()) < _SENTENCE:
                return
            word = last["word"].lower()
            if self._abbreviations.isdisjoint((word, fold_word(word))):
                yield Edit(gap.end() - 1, gap.end())
            begin = gap.end()
