"""Lines of an export, whose cells a sign parts with no blank behind it: "R,GSV,SFJ,6.4,1830"."""

from __future__ import annotations

import re
from typing import Final

SEMICOLON: Final = re.compile(";")
COMMA: Final = re.compile(",")
FEWEST: Final = 2  # signs in a line
_NO_EXPORT: Final = re.compile(r",\s|\s{2}|[\t|]")
_QUOTED: Final = re.compile(r'(?<![^,;])"[^"\n]*"(?=[,;]|$)')
_REMARK: Final = re.compile(r"\s*#")
_DIGIT: Final = re.compile(r"\d")
_LINES: Final = 3  # with as many commas and no blank behind one


def find_exported(text: str, border: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where lines stand that a sign alone parts, as often in each, the first one without a number.

    A line alone may be a sentence, and commas in numbers part nothing. Beside such lines there may
    be others with one sign: "SSV,mid calf" over "R reflux [s],0.6".
    """
    found = _find_runs(text, border, single=False)
    return sorted([*found, *_find_runs(text, border, single=True)]) if found else []


def _find_runs(text: str, border: re.Pattern[str], *, single: bool) -> list[tuple[int, int]]:
    """Where at least three lines stand below each other with as many signs: one, or several."""
    found: list[tuple[int, int]] = []
    run, counted, position = 0, 0, 0
    begin = 0
    for raw in [*text.splitlines(keepends=True), ""]:
        if run and _REMARK.match(raw):
            position += len(raw)
            continue
        bare = blank_quoted(raw.rstrip())
        prose = border is COMMA and _NO_EXPORT.search(bare.strip())
        count = 0 if prose else bare.count(border.pattern)
        if count != counted or not count or (count < FEWEST) is not single:
            if run >= _LINES and not _DIGIT.search(text[begin : text.find("\n", begin)]):
                found.append((begin, position))
            run, counted, begin = 0, count, position
        run += 1
        position += len(raw)
    return found


def blank_quoted(raw: str) -> str:
    """A line whose quoted cells are blotted out, as long as it was: signs in them part nothing."""
    return _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), raw)
