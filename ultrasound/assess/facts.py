"""What counts for one leg: its current facts by this method, place by place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ultrasound.assess.calipers import Bench
from ultrasound.domain import (
    SET_ASIDE,
    Assertion,
    Caliper,
    ContentItem,
    Context,
    HeaderElement,
    Leg,
    Observation,
    Quantity,
    Reviewer,
    Temporality,
    TextSpan,
)

MACHINE = ("sr", "header", "caliper")
PlaceKey = tuple[str, str | None, int | None]


@dataclass(frozen=True)
class LegFacts:
    """The facts of one leg.

    ``shared`` are those of veins that belong to no leg (the IVC); ``has_dicom`` tells whether
    DICOM measured or stated anything in this study; ``bench`` measures times on its images.
    """

    leg: Leg
    observations: tuple[Observation, ...]
    shared: tuple[Observation, ...]
    context: tuple[Context, ...]
    places: Mapping[PlaceKey, tuple[Observation, ...]]
    has_dicom: bool
    bench: Bench = field(default_factory=Bench)

    def about(self, veins: Iterable[str], properties: Iterable[str] = ()) -> list[Observation]:
        """Facts of these veins, shared ones included; no properties: all of them."""
        wanted, named = set(veins), set(properties)
        return [
            o
            for o in (*self.observations, *self.shared)
            if o.place.vein in wanted and (not named or o.property in named)
        ]

    def context_values(self, fact: str) -> tuple[str, ...]:
        """What the report says of that fact for this leg or for both, each value once."""
        return tuple(dict.fromkeys(_tell(c) for c in self.context if c.fact == fact))


def select_facts(
    observations: Iterable[Observation],
    context: Iterable[Context],
    leg: Leg,
    bench: Bench | None = None,
) -> LegFacts:
    """The facts that count for a leg: none of an earlier exam and none by another method."""
    current = sorted((o for o in observations if counts(o)), key=source_key)
    own = tuple(o for o in current if o.place.leg is leg)
    places: dict[PlaceKey, list[Observation]] = {}
    for o in own:
        places.setdefault((o.place.vein, o.place.segment, o.place.item), []).append(o)
    return LegFacts(
        leg=leg,
        observations=own,
        shared=tuple(o for o in current if o.place.leg is None and o.place.vein == "IVC"),
        context=tuple(c for c in context if c.leg in (leg, None)),
        places={key: tuple(facts) for key, facts in places.items()},
        has_dicom=any(source_kind(o) in MACHINE or is_repeated(o) for o in current),
        bench=bench or Bench(),
    )


def counts(observation: Observation) -> bool:
    """Whether a fact is of this exam and of duplex ultrasound, and no physician set it aside."""
    out = ("other_method", *SET_ASIDE)
    return observation.temporality is Temporality.CURRENT and not any(
        flag in observation.flags for flag in out
    )


def is_sure(observation: Observation) -> bool:
    """Whether the source affirms the fact."""
    return observation.assertion is Assertion.AFFIRMED


def matching(
    observations: Iterable[Observation], prop: str, *values: str, sure: bool = True
) -> list[Observation]:
    """Coded facts of a property with one of these values, affirmed ones unless ``sure`` is off."""
    return [
        o
        for o in observations
        if o.property == prop and o.value in values and (is_sure(o) or not sure)
    ]


def measured(observations: Iterable[Observation], prop: str) -> list[Observation]:
    """Facts of a property that hold a measured value."""
    return [o for o in observations if o.property == prop and isinstance(o.value, Quantity)]


def source_kind(observation: Observation) -> str:
    """The kind of source: ``text``, ``sr``, ``header``, ``caliper`` or ``reviewer``."""
    return _KINDS[type(observation.source)]


def is_repeated(observation: Observation) -> bool:
    """Whether the scanner's own report says the same as a fact of the text."""
    repeats = (item.origin for item in observation.support if item.role == "repeat")
    return any(_KINDS[type(origin)] in MACHINE for origin in repeats)


def source_rank(observation: Observation) -> int:
    """Which source leads: a physician's correction, the signed text, then DICOM."""
    return {"reviewer": 0, "text": 1}.get(source_kind(observation), 2)


def source_key(observation: Observation) -> tuple[str | int, ...]:
    """Sorts facts by where they stand, then by what they say, so that input order never matters."""
    place, value = observation.place, observation.value
    return (
        source_rank(observation),
        observation.document,
        *_WHERE[type(observation.source)](observation.source),
        place.vein,
        place.segment or "",
        place.item or 0,
        observation.property,
        str(value.value) if isinstance(value, Quantity) else value,
    )


def by_source(observations: Sequence[Observation]) -> list[list[Observation]]:
    """Facts split by the source that leads: reviewer, text, DICOM; empty ones left out."""
    parts = [[o for o in observations if source_rank(o) == rank] for rank in range(3)]
    return [part for part in parts if part]


def _tell(context: Context) -> str:
    """A fact's value, or its words where the value says no more than that it is stated."""
    source = context.source
    if context.value == "stated" and isinstance(source, TextSpan):
        return " ".join(source.quote.split())
    return context.value


_KINDS = {
    TextSpan: "text",
    ContentItem: "sr",
    HeaderElement: "header",
    Caliper: "caliper",
    Reviewer: "reviewer",
}
_WHERE: dict[type, Callable[..., tuple[str, int, int]]] = {
    TextSpan: lambda source: (source.part or "", source.start, source.end),
    ContentItem: lambda source: (source.path, 0, 0),
    HeaderElement: lambda source: (source.tag, 0, 0),
    Caliper: lambda source: (f"{source.image} {source.path}", 0, 0),
    Reviewer: lambda source: (source.row, 0, 0),
}
