"""A perforator with its other name in brackets: "above knee perforator (Dodd)" is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import PERFORATORS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.tokens import Token

Placed = list[Element | PlaceGroup]
_BRACKETED: Final = 4  # a name, and another one in brackets
_PAIR: Final = 2
_OF_LEG: Final = "PERF"
_IN_ZONE: Final = {"thigh": "TPV", "calf": "CPV"}


def join_eponyms(elements: Placed) -> Placed:
    """The elements of a sentence, each name in brackets put into the perforator before it."""
    result: Placed = []
    index = 0
    while index < len(elements):
        alone = not any(isinstance(e, PlaceGroup) and e.has_vein for e in result)
        joined = _join(elements[index : index + _BRACKETED], alone=alone)
        result.append(joined or elements[index])
        index += _BRACKETED if joined is not None else 1
    return result


def _join(run: Placed, *, alone: bool) -> PlaceGroup | None:
    """A perforator and its name behind it as one place; a level said in words goes before.

    Args:
        run: A place, and a bracket behind it.
        alone: Whether no vein is named before: "below knee (Boyd)" of a list of perforators.
    """
    if len(run) < _BRACKETED:
        return None
    outer, opening, inner, closing = run
    if not (isinstance(outer, PlaceGroup) and isinstance(inner, PlaceGroup)):
        return None
    if not (isinstance(opening, Token) and isinstance(closing, Token)):
        return None
    if (opening.text, closing.text) != ("(", ")") or len(outer.parts) + len(inner.parts) != _PAIR:
        return None
    said, name = outer.parts[0], inner.parts[0]
    if alone and said.vein is None and _IN_ZONE.get(said.spot.zone or "") == name.vein:
        said = replace(said, vein=name.vein, vein_at=name.vein_at)
    if not {said.vein, name.vein} <= set(PERFORATORS) or name.legs or not name.spot:
        return None
    vein = name.vein if said.vein == _OF_LEG else said.vein
    part = replace(said, vein=vein)
    if said.spot.level is None and said.until is None:  # "above knee" is all of the thigh
        part = replace(part, spot=name.spot, spot_at=name.spot_at)
    return PlaceGroup(outer.first, closing.index, (part,))
