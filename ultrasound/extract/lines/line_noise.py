"""What stands in a copy between the words of a sentence: numbers of lines, heads of fax pages."""

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
_ENDS: Final = (".", "!", "?", ":", ";", "|")


def find_noise(text: str) -> list[Edit]:
    """The numbers of lines and the heads of pages that are no words of the report."""
    lines = _split(text)
    return [*_find_numbers(text, lines), *_find_pages(text, lines)]


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
