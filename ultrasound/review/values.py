"""The value that a reviewer writes: "2.3 s", "> 4000 ms", "4 to 6 mm", "absent"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.knowledge import Knowledge

# The codes that a property can have (docs/contract.md).
CODES: Final = {
    "reflux": "present absent indeterminate not_assessed",
    "compressibility": "full partial none indeterminate not_assessed",
    "thrombus": "absent present acute subacute chronic indeterminate not_assessed",
    "patency": "patent occluded recanalized",
    "flow": "normal phasic continuous pulsatile absent reduced",
    "anatomy": "absent hypoplastic duplicated tortuous aneurysmal varicose not_visualized",
    "treatment": "thermal_ablation nonthermal_ablation sclerotherapy stripped ligated phlebectomy "
    "harvested stented ablation unspecified",
    "treatment_result": "closed open recanalized ehit_1 ehit_2 ehit_3 ehit_4",
}
UNITS: Final = {"reflux_time": "ms", "diameter": "mm", "depth": "mm", "velocity": "cm/s"}
PROPERTIES: Final = (*CODES, *UNITS)
LEG: Final = "leg"  # what a correction may state instead of a property: where the fact belongs
_SCALES: Final = {
    "ms": {"ms": 1, "msec": 1, "s": 1000, "sec": 1000},
    "mm": {"mm": 1, "cm": 10},
    "cm/s": {"cm/s": 1},
}
_SIGNS: Final = {"≥": ">=", "≤": "<=", "": "="}
_LONGEST: Final = 40
_NUMBER: Final = r"([0-9]+(?:[.,][0-9]+)?)"
_MEASURED: Final = re.compile(
    rf"(>=|<=|[<>=~≥≤]|)\s*{_NUMBER}(?:\s*(?:-|–|to)\s*{_NUMBER})?\s*(ms|msec|s|sec|mm|cm|cm/s)?",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"[0-9],[0-9]{3}(?![0-9])")


class ValueUnclearError(ValueError):
    """A value that does not parse; the message says what to write, and holds no word of it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as a reviewer states it; what is None is taken from the row."""

    property: str
    value: Quantity | str
    leg: Leg | None = None
    vein: str | None = None
    segment: str | None = None


def parse_value(prop: str, text: str, knowledge: Knowledge) -> Quantity | str:
    """A value of a property.

    Raises:
        ValueUnclearError: it is none.
    """
    if prop == LEG:
        if text.strip().casefold() not in tuple(Leg):
            raise ValueUnclearError("not a leg; write leg right or leg left")
        return text.strip().casefold()
    if prop in CODES:
        code = "_".join(text.casefold().split())
        codes = CODES[prop].split()
        if code not in codes:
            raise ValueUnclearError(f"not a value of {prop}; use one of {', '.join(codes)}")
        return code
    return _parse_quantity(prop, text.strip(), knowledge)


def _parse_quantity(prop: str, text: str, knowledge: Knowledge) -> Quantity:
    unit = UNITS[prop]
    units = " or ".join(_SCALES[unit])
    found = _MEASURED.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise ValueUnclearError(f"not a {prop}; write a number with its unit ({units})")
    if _THOUSANDS.search(text):
        raise ValueUnclearError("a comma that may mean thousands or a decimal; write a point")
    sign, low, high, written = found.groups()
    scale = _SCALES[unit].get((written or unit).casefold())
    if scale is None:
        raise ValueUnclearError(f"a {prop} is not in {written}; write {units}")
    value, upper = _number(low, scale), None if high is None else _number(high, scale)
    if written is None and not _is_plausible(prop, value, knowledge):
        raise ValueUnclearError(f"can hardly be meant in {unit}; write the unit ({units})")
    try:
        return Quantity(value, unit, _SIGNS.get(sign, sign), upper)
    except ValueError as error:
        raise ValueUnclearError(str(error)) from error


def _number(word: str, scale: int) -> Decimal:
    return Decimal(word.replace(",", ".")) * scale


def _is_plausible(prop: str, value: Decimal, knowledge: Knowledge) -> bool:
    limits = knowledge.text.units.find_limits(prop)
    return limits is None or limits.least <= value <= limits.most


def parse_statement(text: str, knowledge: Knowledge) -> Statement:
    """A fact in the form "right GSV knee reflux_time 900 ms"; the place may be left out.

    Raises:
        ValueUnclearError: it is none.
    """
    leg: Leg | None = None
    vein = segment = None
    words = text.split()
    veins = knowledge.text.vein_rows
    while words and words[0].casefold() not in PROPERTIES:
        word = words.pop(0)
        if word.casefold() in tuple(Leg) and leg is None:
            leg = Leg(word.casefold())
        elif word.upper() in veins and vein is None:
            vein = word.upper()
        elif segment is None:
            segment = word.casefold()
        else:
            words = []
    if len(words) <= 1:
        raise ValueUnclearError(
            f"not a fact; write a property and its value, such as reflux_time 900 ms; properties: "
            f"{', '.join(PROPERTIES)}"
        )
    prop = words[0].casefold()
    return Statement(prop, parse_value(prop, " ".join(words[1:]), knowledge), leg, vein, segment)


def check_place(
    leg: Leg | None, vein: str | None, segment: str | None, knowledge: Knowledge
) -> str:
    """The vein's code, once leg, vein and level are known to make a place.

    Raises:
        ValueUnclearError: they make none.
    """
    row = knowledge.text.vein_rows.get(vein or "")
    if vein is None or row is None:
        raise ValueUnclearError("no vein, or none of the vein codes; write it before the property")
    if leg is None and vein != "IVC":
        raise ValueUnclearError("no leg; write right or left before the vein")
    # Perforators and tributaries have the levels of the great saphenous vein.
    order = knowledge.text.order_of(vein) or knowledge.text.order_of("GSV")
    levels = (*order, "thigh", "calf", "whole")
    if segment is not None and segment not in levels:
        raise ValueUnclearError(f"not a level of {vein}; use one of {', '.join(levels)}")
    return vein
