"""What a copy repeats at the top of each page: no table and no sentence ends there."""

from __future__ import annotations

import re
from typing import Final

_PAGE: Final = re.compile(r"\bpage\s*(\d{1,2})\s*(?:/|of)\s*\d{1,2}\b", re.IGNORECASE)
_TOP: Final = 6  # lines of a report that may be the head of each of its pages


def find_page_heads(text: str) -> frozenset[int]:
    """Where the lines start that a further page repeats from the first one.

    Those are a line that counts the page ("Page 2 of 2") and says no more than such a line said
    before, and the lines about it that stand at the top of the report word by word. So are the
    lines that end the page before it, and the header of a table that goes on below it.
    """
    if len(_PAGE.findall(text)) == 0:
        return frozenset()  # most reports
    starts, lines = _split(text)
    top = {line for line in lines[:_TOP] if line}
    counted = {_uncounted(line) for line in lines if _page_of(line) == 1} | {""}
    heads: set[int] = set()
    for index, line in enumerate(lines):
        if _page_of(line) > 1 and _uncounted(line) in counted:
            heads.add(index)
            heads |= _goes_on(lines, index)
            for step in (-1, 1):
                beside = index + step
                while _TOP <= beside < len(lines) and lines[beside] in top:
                    heads.add(beside)
                    beside += step
    return frozenset(starts[index] for index in heads)


def _goes_on(lines: list[str], index: int) -> set[int]:
    """The count of the page before, and the header that a table repeats behind a page's count.

    The header is that of the block of lines which the page ends.
    """
    above, below = index - 1, index + 1
    counted: set[int] = set()
    while above > 0 and (not lines[above] or _page_of(lines[above])):
        counted |= {above} if lines[above] else set()
        above -= 1
    while below < len(lines) and not lines[below]:
        below += 1
    block = above
    while block > 0 and lines[block - 1]:
        block -= 1
    header: list[int] = []
    for line in lines[block : above + 1]:
        if below + len(header) >= len(lines) or line != lines[below + len(header)]:
            break
        header.append(below + len(header))
    return counted | set(header) if header else set()


def _split(text: str) -> tuple[list[int], list[str]]:
    """Where each line starts, and its words."""
    starts, position = [], 0
    raws = text.splitlines(keepends=True)
    for raw in raws:
        starts.append(position)
        position += len(raw)
    return starts, [" ".join(raw.split()) for raw in raws]


def _page_of(line: str) -> int:
    """The page that a line counts, 0 where it counts none."""
    found = _PAGE.search(line)
    return int(found[1]) if found else 0


def _uncounted(line: str) -> str:
    """What a line says beside its count of pages."""
    return " ".join(_PAGE.sub("", line).split())
