"""Areas of the body before varicosities that they share: "vulval and posterior thigh varices".

An area that has no level is itself a varicosity there, so that it is not lost beside one that has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.knowledge.vein_rows import Vein

_JOINTS: Final = ("and", "&", ",", "/", "or", "in", "the")
_REACH: Final = 9  # tokens from the area to the varicosities
_VARICOSE: Final = "varicose"


def read_areas(marks: Marks, areas: Sequence[str]) -> Marks:
    """The same marks with each such area as the varicosities that it shares with others."""
    if marks.norms.isdisjoint(areas):
        return marks
    added = [m for t in marks.tokens if t.norm in areas and (m := _share(marks, t.index, areas))]
    if not added:
        return marks
    return replace(marks, mentions=sorted([*marks.mentions, *added], key=lambda m: m.first))


def _share(marks: Marks, area: int, areas: Sequence[str]) -> Mention | None:
    """The area at a token as varicosities, where a level stands between it and their name."""
    if marks.mention_over(area) is not None:
        return None
    index, levels, joined = area + 1, False, False
    while index < min(area + _REACH, len(marks.tokens)):
        mention, word = marks.mention_at(index), marks.tokens[index].norm
        if mention is None:
            if word not in (*_JOINTS, *areas):
                return None
            joined |= word in _JOINTS
            index += 1
            continue
        vein = mention.row("vein")
        if vein is not None:
            shared = levels and joined and isinstance(vein, Vein) and vein.anatomy == _VARICOSE
            return Mention(area, area, mention.meaning) if shared else None
        if not (mention.row("level", "zone") or mention.cue("location")):
            return None
        levels |= mention.row("level", "zone") is not None
        index = mention.last + 1
    return None
