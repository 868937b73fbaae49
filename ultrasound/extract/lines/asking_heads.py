"""Lines that only name a thrombosis and so head what is found of it: "[DVT]", "11. Thrombus"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.headings import Head
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks

_SIGNS: Final = frozenset("=*#~-–—_|[](){}<>•+.:")
_SYSTEM: Final = "DEEP"  # a thrombus that names no vein is one of the deep veins


def read_asking(marks: Marks, line: Line) -> Head | None:
    """The heading of a line that names a thrombosis, and holds neither a word nor a full stop."""
    named = marks.mentions_in(line.first, line.last)
    row = named[0].row("finding") if len(named) == 1 else None
    if row is None or (row.property, row.kind) != ("thrombus", "noun"):
        return None
    mention = named[0]
    if marks.tokens[line.last - 1].text == ".":
        return None
    beside = [*range(line.first, mention.first), *range(mention.last + 1, line.last)]
    if not all(_is_sign(marks, index, mention) for index in beside):
        return None
    veins = (row.vein or _SYSTEM).split(",")
    parts = tuple(Part(vein=vein, vein_at=mention) for vein in veins)
    group = PlaceGroup(mention.first, mention.last, parts)
    return Head(None, group, (), None, line.last, True, asks=row.property)


def _is_sign(marks: Marks, index: int, mention: Mention) -> bool:
    """Whether a token is a sign, or the number of a heading before its name."""
    token = marks.tokens[index]
    counts = token.kind == "number" and index < mention.first
    return counts or all(sign in _SIGNS for sign in token.text)
