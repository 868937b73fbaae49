"""What stands between the words of prose and is no part of it.

Numbers of lines, heads of fax pages, and the second blank behind a full stop, which else parts
columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NUMBERED: Final = re.compile(r"[ \t]*(\d{1,3})(?:[:|.)](?=\s)|(?=[ \t]|$))[ \t]*")
_OPEN: Final = re.compile(
    r"(?:[^\W\d_]-|,|(?<!\w)(?:the|a|an|of|in|at|to|and|or|with|from|for|by|is|are|was|which|that"
    r"|has|left|right))[ \t]*$",
    re.IGNORECASE,
)
_FEWEST: Final = 3  # lines that count on from one
_PAGE: Final = re.compile(r"\b(?:page|pg?)\b[ .]*\d{1,3}\s*(?:/|of)\s*\d{1,3}\b", re.IGNORECASE)
_TWO: Final = "  "
_GAP: Final = re.compile(r"[ ]{2,}(?=\S)")
_STOP: Final = re.compile(r"[^\W_][)\]]?\.$")
_SENTENCE: Final = 4  # words
_ENDS: Final = (".", "!", "?", ":", ";", "|")


def find_noise(text: str) -> list[Edit]:
    """The numbers of lines, the heads of pages and the second blanks that are not of the report."""
    lines = _split(text)
    blanks = _find_blanks(text, lines) if ".  " in text else ()
    return [*_find_numbers(text, lines), *_find_pages(text, lines), *blanks]


def _split(text: str) -> list[tuple[int, int]]:
    """Where each line starts, and where the next one does."""
    lines, position = [], 0
    for raw in text.splitlines(keepends=True):
        lines.append((position, position + len(raw)))
        position += len(raw)
    return lines


def _find_numbers(text: str, lines: Sequence[tuple[int, int]]) -> Iterable[Edit]:
    """The numbers that count lines, not items: one of the lines breaks off inside a sentence."""
    run: list[re.Match[str]] = []
    for start, end in [*lines, (len(text), len(text))]:
        found = _NUMBERED.match(text, start, end)
        counts = found is not None and (not run or int(found[1]) == int(run[-1][1]) + 1)
        if not counts and (start == end or text[start:end].strip()):
            yield from _clear(text, run)
            run = []
        if found is not None:
            run.append(found)


def _clear(text: str, run: Sequence[re.Match[str]]) -> Iterable[Edit]:
    if len(run) < _FEWEST or not any(_is_open(text, number.end()) for number in run[:-1]):
        return ()
    return [Edit(number.start(), number.end()) for number in run]


def _is_open(text: str, start: int) -> bool:
    """Whether the line from here on ends with a word or a sign after which another must follow."""
    end = text.find("\n", start)
    return _OPEN.search(text[start : len(text) if end < 0 else end]) is not None


def _find_pages(text: str, lines: Sequence[tuple[int, int]]) -> Iterable[Edit]:
    """The lines that count a page where a sentence goes on in small letters below them."""
    for index, (start, end) in enumerate(lines[1:-1], 1):
        if _PAGE.search(text, start, end) is None:
            continue
        above, below = text[slice(*lines[index - 1])].rstrip(), text[end:].lstrip(" \t")
        if above and not above.endswith(_ENDS) and below[:1].islower():
            yield Edit(start, end)


def _find_blanks(text: str, lines: Sequence[tuple[int, int]]) -> Iterable[Edit]:
    """The second blank between two sentences at the start of a line: "… of 2.2 s.  The SSV is"."""
    for start, end in lines:
        raw = text[start:end]
        begin = start + len(raw) - len(raw.lstrip(" "))
        for gap in _GAP.finditer(text, begin, end):
            told = text[begin : gap.start()]
            ends = len(told.split()) >= _SENTENCE and _STOP.search(told) is not None
            if not (ends and gap.group() == _TWO and text[gap.end()].isupper()):
                break
            yield Edit(gap.end() - 1, gap.end())
            begin = gap.end()
