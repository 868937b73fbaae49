"""What stands in and about the figures of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.tokens import Token

THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_NEGATIONS: Final = ("not", "never", "nor")


def is_negated(tokens: Sequence[Token], start: int) -> bool:
    """Whether a "not" stands straight before a bound: "did not exceed 0.8 s"."""
    return start > 0 and tokens[start - 1].norm in _NEGATIONS


def is_far(gap: str) -> bool:
    """White space that parts cells or paragraphs, not a number from its unit."""
    return "\t" in gap or ("  " in gap and "\n" not in gap) or gap.count("\n") > 1


def ends_line(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a unit is the last cell of its line, as behind a blank that was filled in."""
    follower = tokens[last + 1].gap if last + 1 < len(tokens) else "\n"
    return "\n" in follower and "\n" not in tokens[first].gap and "\t" not in tokens[first].gap


def begins_row(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a unit opens a line of cells: "s     3.0   2.8" below a row of other numbers."""
    follower = tokens[last + 1].gap if last + 1 < len(tokens) else ""
    return "\n" in tokens[first].gap and is_far(follower)


def is_plain(text: str) -> bool:
    """Whether figures are one number, with one sign for its decimals."""
    return text.count(".") + (text.count(",") > 0) <= 1 and (
        text.count(",") <= 1 or THOUSANDS.fullmatch(text) is not None
    )
