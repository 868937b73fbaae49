"""Codes that number the fields of a form: "C5  SFJ reflux", "3.1.2 SSV", "5  SSV competent".

One is known by those about it: a code begins a line, and counts on from the one before.
"""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = re.compile(
    r"[ \t]*((?:[A-Z]|\d{1,2}\.|[A-Z]\d{0,2}\.)(?:\d{1,2}\.)*)(\d{1,2})[.):]?[ \t]+(?=[A-Z])"
)
_BARE: Final = re.compile(r"[ \t]*()(\d{1,2})[ ]{2,}(?=[A-Z])")
_FEWEST: Final = 3  # codes in a row, each one more than the one before


def find_item_numbers(text: str) -> dict[int, int]:
    """Where the codes of a form end, by the first character of their line."""
    runs: dict[str, list[tuple[int, int, int]]] = {}
    known: dict[int, int] = {}
    position = 0
    for raw in text.splitlines(keepends=True):
        found = _CODE.match(raw) or _BARE.match(raw)
        if found is not None:
            run = runs.setdefault(found[1], [])
            number = int(found[2])
            if run and number != run[-1][0] + 1:
                run.clear()
            run.append((number, position, position + found.end()))
            if len(run) >= _FEWEST:
                known.update((start, end) for _, start, end in run)
        position += len(raw)
    return known


_LABEL: Final = re.compile(r"[ \t]*([A-Z]{1,2})(\d{1,2})[.):]?[ \t]+(?=[a-z])")


def find_item_labels(text: str) -> dict[int, int]:
    """Where the labels of listed branches end: "T1 anterior thigh", and "T2 medial calf" below.

    By the first character of their line; a label counts on from the line before.
    """
    known: dict[int, int] = {}
    position, before = 0, None
    for raw in text.splitlines(keepends=True):
        found = _LABEL.match(raw)
        item = None if found is None else (found[1], int(found[2]), position, found.end())
        if item is not None and before is not None and (before[0], before[1] + 1) == item[:2]:
            known.update((start, start + length) for _, _, start, length in (before, item))
        before = item
        position += len(raw)
    return known
