"""Whether the words of a line find something, so that it is no title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks

_NAMES: Final = ("vein", "place", "inferred", "finding")
_STATES: Final = ("compressibility", "patency", "anatomy")


def only_complains(marks: Marks, first: int, last: int) -> bool:
    """Whether some tokens (half-open) find nothing, and name no other veins than varicose ones."""
    rows = [m.row(*_NAMES) for m in marks.mentions_in(first, last)]
    return all(row is None or getattr(row, "anatomy", None) is not None for row in rows)


def states_vein(mention: Mention) -> bool:
    """Whether a mention says what state a vein is in."""
    finding = mention.row("finding")
    if finding is None or finding.kind != "word":
        return False
    return finding.property in _STATES or finding.value == "not_assessed"


def finds(mentions: Sequence[Mention]) -> bool:
    """Whether a line names a vein of its own and a finding: then it is no title."""
    veins = [row for m in mentions if (row := m.row("vein", "place", "inferred")) is not None]
    single = [row for row in veins if getattr(row, "code", None) not in ("DEEP", "SUPERFICIAL")]
    return bool(single) and any(m.row("finding") is not None for m in mentions)
