"""Labels that name a level, and those that only say where: no "dilated", which vein names hold.

As the level of "mid thigh: 6 mm", and the places of "Reflux: yes, thigh and calf".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.words.tokens import fold_term

_LEVELS: Final = frozenset(
    {"sfj", "spj", "junction", "groin", "thigh", "knee", "calf", "ankle", "leg", "shin", "gaiter"}
    | {"prox", "proximal", "mid", "middle", "dist", "distal", "upper", "lower", "ak", "bk", "third"}
    | {"pt", "mt", "dt", "pc", "mc", "dc", "midthigh", "midcalf"}
)
_SHAPES: Final = frozenset(
    {"dilated", "tortuous", "enlarged", "unaffected", "asymptomatic", "ulcerated", "sclerosed"}
    | {"foamed", "injected", "is", "may", "non", "new", "full", "examined", "uninvolved", "sound"}
)
_JOINT: Final = re.compile(r"[,/]|[ ]and[ ]")


def says_where(words: AskedWords, name: str) -> bool:
    """Whether all words of a name say where, and none how a vein is."""
    return words.is_place(name) and _SHAPES.isdisjoint(fold_term(name))


def names_level(words: AskedWords, name: str) -> bool:
    """Whether a name only says where, and a level among it."""
    return says_where(words, name) and not _LEVELS.isdisjoint(fold_term(name))


def parts_of(where: str) -> list[str]:
    """The places of a list."""
    return [part.strip() for part in _JOINT.split(where) if part.strip()]
