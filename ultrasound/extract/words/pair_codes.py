"""Codes that are the second of a pair which the report declares: the Y of "CFV 410/Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention, as_finding

_ASKED: Final = "compressibility"
_SLASH: Final = "/"
_LONGEST: Final = 2  # letters of a code


def read_pair_codes(marks: Marks, headers: HeaderReader) -> Iterator[Mention]:
    """The codes of compression behind a number and a slash, where a line declares such pairs."""
    slashes = [index for index in marks.where(_SLASH) if index]
    if not any(_declares(marks, headers, index) for index in slashes):
        return
    for slash in slashes:
        before, code = marks.tokens[slash - 1], marks.tokens[slash + 1 : slash + 2]
        if before.kind != "number" or not code or code[0].gap or marks.tokens[slash].gap:
            continue
        if code[0].kind != "word" or len(code[0].text) > _LONGEST:
            continue
        says = find_code(code[0].text.lower(), (_ASKED,), headers.codes)
        if says is not None:
            yield Mention(slash + 1, slash + 1, as_finding(*says))


def _declares(marks: Marks, headers: HeaderReader, slash: int) -> bool:
    """Whether compression is named behind a slash, and a unit in brackets before it."""
    before = marks.tokens[slash - 1]
    named = headers.property_at(marks, slash + 1, len(marks.tokens)) == _ASKED
    return named and before.text == ")" and not marks.has_digits(max(0, slash - 3), slash)
