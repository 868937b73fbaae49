"""Rows of what the sources hold: observations, context, review items, images, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from ultrasound.domain import (
    CaliperCheck,
    Context,
    FileEntry,
    ImageEvidence,
    Observation,
    Quantity,
    Region,
    Support,
)
from ultrasound.numerals import write_number
from ultrasound.write.origins import (
    ObservationIds,
    quote_of,
    split_origin,
    write_json,
    write_origin,
    write_support,
)

Row = dict[str, object]
_REGION_KINDS = {1: "2D", 2: "M-mode", 3: "spectral", 4: "waveform", 5: "graphics"}
_SECONDS = 4


def join_list(values: Iterable[object]) -> str | None:
    """A list in one cell, None for an empty one."""
    return "; ".join(str(value) for value in values) or None


def observation_row(observation: Observation, study: str, ids: ObservationIds) -> Row:
    """One row of the observations table."""
    place, value = observation.place, observation.value
    quantity = value if isinstance(value, Quantity) else None
    return {
        "id": ids.find(observation),
        "study": study,
        "document": observation.document,
        "leg": place.leg,
        "vein": place.vein,
        "segment": place.segment,
        "item": place.item,
        "count": observation.count,
        "property": observation.property,
        "value_number": None if quantity is None else quantity.value,
        "value_code": value if quantity is None else None,
        "comparator": "=" if quantity is None else quantity.comparator,
        "upper": None if quantity is None else quantity.upper,
        "unit": None if quantity is None else quantity.unit,
        "assertion": observation.assertion,
        "temporality": observation.temporality,
        "derivation": observation.derivation,
        "location": place.location,
        "section": observation.section,
        "expanded": observation.expanded,
        "flags": join_list(observation.flags),
        **split_origin(observation.source),
        "support": write_json(write_support(observation.support)) if observation.support else None,
    }


def context_row(context: Context, study: str) -> Row:
    """One row of the context table."""
    return {
        "study": study,
        "document": context.document,
        "leg": context.leg,
        "fact": context.fact,
        "value": context.value,
        "assertion": context.assertion,
        "section": context.section,
        "source": write_json(write_origin(context.source)),
    }


def image_row(image: ImageEvidence, study: str) -> Row:
    """One row of the images table."""
    header, place = image.header, image.place
    regions = header.regions
    return {
        "study": study,
        "sop_instance_uid": header.sop_instance_uid,
        "leg": place.leg,
        "vein": place.vein,
        "segment": place.segment,
        "frames": header.frames,
        "regions": join_list(dict.fromkeys(_name_region(region) for region in regions)),
        "seconds_per_pixel": _first(abs(r.delta_x) for r in regions if r.units_x == _SECONDS),
        "doppler_angle": _first(r.doppler_angle for r in regions if r.doppler_angle is not None),
        "calipers": join_list(_tell_check(o, check) for o, check in image.checks),
        "document": image.document,
        "place_from": join_list(dict.fromkeys(_tell_support(item) for item in place.support)),
        "sweep_s": _first(_sweep(r) for r in regions if r.units_x == _SECONDS),
        "frame_ms": _to_decimal(header.frame_ms),
        "transducer_khz": _first(r.transducer_khz for r in regions if r.transducer_khz is not None),
        "manufacturer": header.manufacturer,
        "model": header.model,
    }


def _tell_support(support: Support) -> str:
    """A header element and its words: what made the image one of this leg, vein or level."""
    origin = support.origin
    return f"{split_origin(origin)['source_ref']} {quote_of(origin)}".strip()


def _tell_check(observation: Observation, check: CaliperCheck) -> str:
    place, value = observation.place, observation.value
    where = " ".join(str(word) for word in (place.leg, place.vein, place.segment) if word)
    stated = f" {write_number(value.value)} {value.unit}" if isinstance(value, Quantity) else ""
    verdict = check.verdict.replace("_", " ")
    return f"{where} {observation.property}{stated}: {verdict} ({check.reason})".replace("_", " ")


def _sweep(region: Region) -> float:
    """Seconds over the whole width of a region with a time axis."""
    return (region.max_x - region.min_x + 1) * abs(region.delta_x)


def file_row(entry: FileEntry) -> Row:
    """One row of the files table."""
    return {
        "path": entry.path,
        "sha256": entry.sha256,
        "hash_scope": entry.hash_scope,
        "kind": entry.kind,
        "study": entry.study,
        "joined_by": entry.joined_by,
        "used": entry.used,
        "code": entry.code,
        "reason": entry.reason,
    }


def sort_key(
    observation: Observation, veins: Mapping[str, int], segments: Mapping[str, int]
) -> tuple[str | int, ...]:
    """Orders observations by leg (right first), vein, level and place in the source."""
    place = observation.place
    cells = split_origin(observation.source)
    start = cells["source_start"]
    return (
        {"right": 0, "left": 1}.get(place.leg or "", 2),
        veins.get(place.vein, len(veins)),
        -1 if place.segment is None else segments.get(place.segment, len(segments)),
        place.item or 0,
        observation.property,
        observation.document,
        str(cells["source_kind"]),
        str(cells["source_part"] or cells["source_ref"] or ""),
        start if isinstance(start, int) else 0,
        _value_key(observation),
    )


def _value_key(observation: Observation) -> str:
    value = observation.value
    return f"{value.value:020.6f}" if isinstance(value, Quantity) else value


def _name_region(region: Region) -> str:
    return _REGION_KINDS.get(region.spatial_format, f"format {region.spatial_format}")


def _first(values: Iterable[float | None]) -> Decimal | None:
    return _to_decimal(next(iter(values), None))


def _to_decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
