"""Where a fact stands: as JSON, as cells, and as the id of its observation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from ultrasound.domain import (
    Caliper,
    ContentItem,
    HeaderElement,
    Observation,
    Origin,
    Reviewer,
    Support,
    TextSpan,
)

ID_LENGTH = 16


def write_origin(origin: Origin) -> dict[str, object]:
    """A place as the object that the contract's lines hold."""
    if isinstance(origin, TextSpan):
        return {
            "kind": "text",
            "part": origin.part,
            "start": origin.start,
            "end": origin.end,
            "quote": origin.quote,
        }
    if isinstance(origin, ContentItem):
        return {"kind": "sr", "path": origin.path, "code": origin.code, "quote": origin.quote}
    if isinstance(origin, HeaderElement):
        return {"kind": "header", "tag": origin.tag}
    if isinstance(origin, Caliper):
        return {"kind": "caliper", "image": origin.image, "path": origin.path}
    return {"kind": "reviewer", "row": origin.row}


def write_support(support: Sequence[Support]) -> list[dict[str, object]]:
    """What made a fact this leg, vein or level, each with its role."""
    return [{"role": item.role, **write_origin(item.origin)} for item in support]


def write_json(value: object) -> str:
    """Compact JSON, the same on every run."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def split_origin(origin: Origin) -> dict[str, object]:
    """A place as the ``source_…`` cells of the observations table."""
    cells: dict[str, object] = {
        "source_kind": write_origin(origin)["kind"],
        "source_part": None,
        "source_start": None,
        "source_end": None,
        "source_ref": None,
        "quote": quote_of(origin) or None,
    }
    if isinstance(origin, TextSpan):
        cells |= {
            "source_part": origin.part,
            "source_start": origin.start,
            "source_end": origin.end,
        }
    else:
        cells["source_ref"] = _refer(origin)
    return cells


def quote_of(origin: Origin) -> str:
    """The words of a place, empty where it has none."""
    return origin.quote if isinstance(origin, (TextSpan, ContentItem, HeaderElement)) else ""


def identify(observation: Observation, hashes: Mapping[str, str]) -> str:
    """The id of an observation: the same after moving the file or correcting the value.

    Args:
        observation: The fact.
        hashes: SHA-256 of each document, by its name.
    """
    place = observation.place
    parts = (
        hashes.get(observation.document, observation.document),
        place_key(observation.source),
        place.leg,
        place.vein,
        place.segment,
        place.item,
        observation.property,
    )
    text = write_json([None if part is None else str(part) for part in parts])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


class ObservationIds:
    """The ids of one study's observations, each worked out once.

    The observations must live as long as this does: they are known by their identity.
    """

    def __init__(self, hashes: Mapping[str, str]) -> None:
        self._hashes = hashes
        self._known: dict[int, str] = {}

    def find(self, observation: Observation) -> str:
        """The id of an observation."""
        key = id(observation)
        if key not in self._known:
            self._known[key] = identify(observation, self._hashes)
        return self._known[key]

    def join(self, observations: Iterable[Observation]) -> str | None:
        """The ids of observations in one cell, None for none."""
        return "; ".join(dict.fromkeys(self.find(o) for o in observations)) or None


def place_key(origin: Origin) -> str:
    """A place inside its document, for ids."""
    if isinstance(origin, TextSpan):
        return f"text {origin.part or ''} {origin.start} {origin.end}"
    return f"{write_origin(origin)['kind']} {_refer(origin)}"


def _refer(origin: Origin) -> str:
    if isinstance(origin, ContentItem):
        return origin.path
    if isinstance(origin, HeaderElement):
        return origin.tag
    if isinstance(origin, Caliper):
        return f"{origin.image} {origin.path}"
    if isinstance(origin, Reviewer):
        return origin.row
    return f"{origin.start}-{origin.end}"
