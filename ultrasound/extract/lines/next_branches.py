"""A branch behind a vein with its zone in a list: "reflux: GSV thigh, mid calf perforator"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit, replace_groups

_NEXT: Final = re.compile(
    r"\b(?:thigh|calf)(?P<comma>,[ ])"
    r"(?=(?:prox(?:imal)?|mid|dist(?:al)?|upper|lower)[ ](?:thigh|calf)[ ]perf)",
    re.IGNORECASE,
)


def find_next_branches(text: str) -> list[Edit]:
    """The comma before such a branch as "and": its level is none of the zone before it."""
    return list(replace_groups(text, _NEXT, {"comma": " and "}))
