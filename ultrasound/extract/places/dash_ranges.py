"""Signs between two places that make a stretch of them: "SFJ-knee", "prox thigh > knee"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.places.group_words import is_end
from ultrasound.extract.places.meanings import names_of, spot_of
from ultrasound.extract.places.spots import LONG_ZONES, Spot
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_RANGE: Final = 3  # its two ends and the sign
_ONWARD: Final = ">"  # "prox thigh > knee"


def is_dash_range(elements: Sequence[Element]) -> bool:
    """Whether a sign parts the ends of a stretch: "SFJ-knee", "upper thigh-mid calf", "CFV-POPV".

    ``elements`` begin before the sign. In "mid-calf" it parts the words of one place.
    """
    if len(elements) < _RANGE:
        return False
    before, dash, after, *behind = elements
    signs = (*DASHES, _ONWARD)
    if not isinstance(dash, Token) or dash.text not in signs or "\n" in dash.gap:
        return False
    if not isinstance(before, Mention) or not isinstance(after, Mention):
        return False
    start, end = _spot_at(before), _spot_at(after)
    if start is None or end is None:
        return not dash.gap and start is end is None and is_end(before) and is_end(after)
    zone = _spot_at(behind[0]) if behind and isinstance(behind[0], Mention) else None
    if _is_level(end) and zone and zone.zone and not zone.level:
        end = Spot(end.level, zone.zone)
    if dash.text == _ONWARD and end.level is None and end.zone in LONG_ZONES:
        return False  # "varicosities calf > thigh" says where most are
    one_place = (_is_level(start) and _is_zone(end)) or (_is_zone(start) and _is_level(end))
    return start != end and not one_place


def _spot_at(mention: Mention) -> Spot | None:
    """The level or junction that a mention names."""
    spot, code = spot_of(mention.meaning), names_of(mention.meaning).code
    return spot or (Spot(code=code) if code else None)


def _is_level(spot: Spot) -> bool:
    """Whether it is a level of no zone: "mid"."""
    return spot.level is not None and spot.zone is None


def _is_zone(spot: Spot) -> bool:
    """Whether it is a zone of no level: "calf"."""
    return spot.zone is not None and spot.level is None
