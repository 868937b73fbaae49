"""Lists on one line, each behind its name with a unit: "Diameter (mm): SFJ 8, PT 6. Reflux (s): …".

Each begins a line of its own; a unit in words, "Reflux in seconds:", stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ultrasound.extract.lines.edits import Edit, line_spans
from ultrasound.extract.lines.patterns import UNIT

_WORDED: Final = re.compile(
    r"(?<=\w)[ ]in[ ]"
    r"(?:(?P<s>seconds|secs?|s)|(?P<ms>milliseconds|msecs?|ms)|(?P<mm>mm)|(?P<cm>cm))"
    r"(?=[ ]?:[ ]?\D)",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    rf"(?:^[ \t]*|(?P<gap>(?<=[.;,])[ ]+))[A-Za-z]+(?:[ ][A-Za-z]+){{0,3}}"
    rf"[ ]?(?:[(\[](?:{UNIT})[)\]]|\bin[ ](?:{UNIT}|milliseconds))[ ]?:",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w/]|[.,]\d)")
_FEWEST: Final = 2  # numbers of a list, and lists of a line


def find_unit_heads(text: str) -> list[Edit]:
    """The gaps before such lists as ends of lines, and the units in words."""
    edits = [Edit(*m.span(), f" ({m.lastgroup})") for m in _WORDED.finditer(text)]
    for span in line_spans(text):
        if text.find(":", *span) != text.rfind(":", *span):
            edits += _part(text, span)
    return edits


def _part(text: str, span: tuple[int, int]) -> Iterator[Edit]:
    heads = list(_HEAD.finditer(text, *span))
    ends = [*(head.start() for head in heads[1:]), span[1]]
    counts = (len(_NUMBER.findall(text, h.end(), end)) for h, end in zip(heads, ends, strict=True))
    if len(heads) < _FEWEST or min(counts) < _FEWEST:
        return
    for _, head in pairwise(heads):
        yield Edit(*head.span("gap"), "\n")
