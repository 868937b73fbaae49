"""How the veins are divided: levels and zones as the segment codes of a vein."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.places.spots import LONG_ZONES, Spot
from ultrasound.knowledge.schema_text import TextKnowledge

_VARICOSE: Final = "NSV"
_NAMED_PERFORATORS: Final = ("TPV", "CPV")
_BRANCH: Final = "NSV"
_OF_CALF: Final = tuple(("calf", level) for level in ("proximal", "mid", "distal"))
_BEYOND: Final = {
    **dict.fromkeys(("CFV", "FV", "DFV"), _OF_CALF),
    "POPV": (("thigh", "proximal"), ("thigh", "mid")),
}  # levels that a deep vein does not reach


class Divider:
    """Turns spots into the segment codes of a vein."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self.knowledge = knowledge

    def name_vein(self, vein: str, spot: Spot) -> str:
        """A perforator's code by its level: TPV above the knee, CPV at and below it.

        The deep veins of the calf are a group of their own.

        A level that follows a name is another's: "Dodd and mid calf perforators".
        """
        zone = spot.zone or (spot.code or "").rpartition("_")[2]
        if vein == "DEEP":  # "the deep veins below the knee"
            return "CALF" if zone == "calf" else vein
        if vein not in ("PERF", *_NAMED_PERFORATORS):
            return vein
        if zone in ("thigh", "junction"):
            return "TPV"
        return "CPV" if zone in ("calf", "knee") else vein

    def code_segment(self, vein: str, spot: Spot) -> tuple[str | None, bool]:
        """The segment code of a spot in a vein, and whether its zone was inferred."""
        if spot.code:
            return spot.code, False
        row = self.knowledge.vein_rows.get(vein)
        loose = vein == "PERF" and spot.zone is None  # "distal third": of the thigh or the calf
        if not spot or row is None or loose:
            return None, False
        if spot.zone == "whole":
            return "whole", False
        if row.scale == "deep":
            return _code_deep(vein, spot), False
        scale = self.knowledge.segments.scale[row.scale]
        if not scale.order:
            return None, False
        if vein in _NAMED_PERFORATORS and (spot.zone == "junction" or spot.level is None):
            return _code_perforator(spot), False
        if spot.zone == "junction":
            return scale.order[0], False
        return _code_superficial(spot, scale.order, scale.bare)

    def expand(self, vein: str, start: Spot, end: Spot) -> tuple[str, ...] | None:
        """All segments of a vein from one spot to another, None where an end is not known.

        A tributary begins at no junction of its own: "via a tributary to the calf".
        """
        order = self.knowledge.order_of(vein)
        if not order or (vein == _BRANCH and not start):
            return None
        low = self._edge(vein, start, order, upper=True)
        high = self._edge(vein, end, order, upper=False)
        if low is None or high is None:
            return None
        if low > high:  # "from the ankle to the knee": told from below
            low = self._edge(vein, end, order, upper=True)
            high = self._edge(vein, start, order, upper=False)
            if low is None or high is None or low > high:
                return None
        return order[low : high + 1]

    def _edge(self, vein: str, spot: Spot, order: tuple[str, ...], *, upper: bool) -> int | None:
        """The position of the segment in which a range starts (``upper``) or ends."""
        if not spot:  # varicosities have no junction to begin at
            return 0 if upper and vein != _VARICOSE else None
        code, _ = self.code_segment(vein, spot)
        if code in order:
            return order.index(code)
        if code in LONG_ZONES and spot.zone != "junction":
            inside = [index for index, name in enumerate(order) if name.endswith(str(code))]
            return (inside[0] if upper else inside[-1]) if inside else None
        starts = spot.zone == "junction" or (spot.zone == "knee" and order[0] == "spj")
        return 0 if starts else None


def _code_deep(vein: str, spot: Spot) -> str | None:
    """The third of a deep vein; none where the level is one of another vein's course."""
    if (spot.zone, spot.level) in _BEYOND.get(vein, ()):
        return None  # "from the CFV to the mid calf"
    if spot.level is not None:
        return spot.level
    if spot.zone == "junction" and vein == "DFV":
        return "proximal"
    if vein == "POPV":
        return {"thigh": "proximal", "calf": "distal"}.get(spot.zone or "")
    return None


def _code_perforator(spot: Spot) -> str | None:
    """A perforator that has only a zone: its name says thigh or calf already."""
    return {"junction": "proximal_thigh", "knee": "knee"}.get(spot.zone or "")


def _code_superficial(spot: Spot, order: tuple[str, ...], bare: str) -> tuple[str | None, bool]:
    if spot.zone is None:
        return f"{spot.level}_{bare}", True
    code = f"{spot.level}_{spot.zone}" if spot.level and spot.zone != "knee" else spot.zone
    known = code in order or code in LONG_ZONES
    return (code if known else None), False
