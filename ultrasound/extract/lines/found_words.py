"""Whether the words of a line find something, so that it is no title."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_SAYING: Final = ("affirmation_after", "denial_after", "negation", "uncertain", "normal", "none")
_NAMES: Final = ("vein", "place", "inferred", "finding")
_STATES: Final = ("compressibility", "patency", "anatomy")
_SOUGHT: Final = "dvt"  # what an exam without a name of its own is asked for


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


def ends_as_title(marks: Marks, first: int, last: int, names: Container[str]) -> bool:
    """Whether words end with the name of an exam and say nothing: "DVT and reflux study (ward)"."""
    bracket = (i for i in range(first, last) if marks.tokens[i].text == "(")
    end = next(bracket, last)
    mentions = marks.mentions_in(first, last)
    said = any(m.row("vein", "place", "inferred", "leg") or states_vein(m) for m in mentions)
    said = said or any(m.cue(*_SAYING) for m in mentions) or bool(marks.numbers_in(first, end))
    last_word = marks.mention_over(end - 1) if end > first else None
    found = last_word is not None and last_word.row("finding") is not None  # "Right: no reflux"
    return end > first and marks.tokens[end - 1].norm in names and not (said or found)


def names_only_leg(marks: Marks, line: Line) -> bool:
    """Whether a first line is a leg and what it was examined for, no more: "Right leg DVT"."""
    if line.first > 0 or line.last >= len(marks.tokens):
        return False
    legs = {
        i
        for m in marks.mentions_in(0, line.last)
        if m.row("leg")
        for i in range(m.first, m.last + 1)
    }
    others = [marks.tokens[i].norm for i in range(line.last) if i not in legs]
    return bool(legs) and others == [_SOUGHT]
