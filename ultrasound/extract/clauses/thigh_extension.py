"""The trunks between which a Giacomini vein runs: "a Giacomini vein from the GSV to the SSV"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_VEIN: Final = "GIAC"
_ENDS: Final = {"GSV", "SSV"}
_WAY: Final = ("the", "a", "an", "vein")

_Elements = Sequence[Element | PlaceGroup]


def leave_ends(elements: _Elements, marks: Marks) -> _Elements:
    """Leave out both ends of its way; one with an adjective stays: "from the incompetent GSV"."""
    kept: list[Element | PlaceGroup] = []
    named = False
    for element in elements:
        if not isinstance(element, PlaceGroup):
            kept.append(element)
            continue
        veins = [part.vein for part in element.parts]
        if _VEIN in veins and _are_ends(element, veins.index(_VEIN) + 1, marks):
            parts = element.parts[: veins.index(_VEIN) + 1]
            kept.append(replace(element, parts=parts))
        elif named and _are_ends(element, 0, marks) and (led := _how_led(kept)):
            kept += [replace(element, parts=element.parts[:1])] if led == "adjective" else []
        else:
            kept.append(element)
        named = named or _VEIN in veins
    return kept


def _are_ends(group: PlaceGroup, start: int, marks: Marks) -> bool:
    """Whether the parts from one on are the two trunks with "to" between them."""
    parts = group.parts[start:]
    if {part.vein for part in parts} != _ENDS or len(parts) != len(_ENDS):
        return False
    one, other = (part.vein_at for part in parts)
    if one is None or other is None or any(part.has_spot and part.until for part in parts):
        return False
    return any(token.norm == "to" for token in marks.tokens[one.last + 1 : other.first])


def _how_led(before: _Elements) -> str:
    """Whether "from" leads to them straight or over an adjective; empty where it does not."""
    how = "straight"
    for element in reversed(before):
        if isinstance(element, Mention) and element.cue("from"):
            return how
        if isinstance(element, Mention) and element.row("finding") is not None:
            how = "adjective"
        elif not isinstance(element, Token) or element.norm not in _WAY:
            return ""
    return ""
