"""What is needed to compare the documents of a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.domain import Observation, Quantity
from ultrasound.knowledge.schema_dicom import SlipRow

Exceeds = Callable[[str, Quantity], bool]
_SIGNED: Final = ("text", "text_sr", "pdf", "cda")
_MACHINE: Final = ("sr", "us_image", "presentation")
_ABNORMAL: Final = (
    ("reflux", "present"),
    ("thrombus", "present"),
    ("thrombus", "acute"),
    ("thrombus", "subacute"),
    ("thrombus", "chronic"),
    ("compressibility", "none"),
    ("compressibility", "partial"),
    ("patency", "occluded"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is needed to compare: the kind of each document, the groups, and the reflux limits.

    ``members`` maps a group code to its veins; ``exceeds`` tells whether a reflux time is over
    the limit of its vein; ``slips`` are the factors between two values that have a known cause.
    """

    kinds: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    exceeds: Exceeds
    slips: Sequence[SlipRow] = ()

    def is_signed(self, observation: Observation) -> bool:
        """Whether a fact stands in a report that a person signed."""
        return self.kinds.get(observation.document) in _SIGNED

    def is_machine(self, observation: Observation) -> bool:
        """Whether a fact was sent by a scanner."""
        return self.kinds.get(observation.document) in _MACHINE

    def are_tries(self, one: Observation, other: Observation) -> bool:
        """Whether both are marks on images: of one place there are as many as there are tries."""
        kinds = {self.kinds.get(o.document) for o in (one, other)}
        return kinds <= set(_MACHINE) and kinds != {"sr"}

    def name_source(self, observation: Observation) -> str:
        """What a message calls the document that states a fact."""
        if self.is_signed(observation):
            return "the report"
        sent = self.kinds.get(observation.document) == "sr"
        return "the structured report" if sent else "an image"

    def is_abnormal(self, observation: Observation) -> bool:
        """Whether a fact is one that a report should not leave out."""
        value = observation.value
        if isinstance(value, Quantity):
            timed = observation.property == "reflux_time"
            return timed and self.exceeds(observation.place.vein, value)
        return (observation.property, value) in _ABNORMAL
