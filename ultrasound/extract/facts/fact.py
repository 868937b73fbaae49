"""What a report's sentences give: facts, doubts about them, and what is deliberately none."""

from __future__ import annotations

from dataclasses import field
from typing import Final

from ultrasound.domain import Leg, Quantity
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.units import ReportUnits
from ultrasound.knowledge.schema_text import Unit
from ultrasound.value import value_type

PERFORATORS: Final = ("PERF", "TPV", "CPV")
SAPHENOUS: Final = ("GSV", "SSV", "AASV", "PASV", "GIAC")  # the trunks
GROUPS: Final = ("DEEP", "SUPERFICIAL", "CALF")
OF_ALL: Final = ("absent", "full", "patent")  # values that speak of all of a vein (rule 19)
EXPERIENCED: Final = ("thrombus", "anatomy")  # known without an exam too
COUNTED: Final = ("NSV", *PERFORATORS)  # a leg has several of them
COMPARED: Final = frozenset({"CFV", "EIV"})  # looked at on the other leg too, for comparison
SHALLOW: Final = (*SAPHENOUS, *COUNTED, "SUPERFICIAL")  # the superficial system and its veins
NO_TRUNKS: Final = (*GROUPS, *COUNTED)
UNNAMED: Final = (*GROUPS, "NSV")  # veins of no name of their own
HOLDERS: Final = (*GROUPS, "PERF")  # what has members

Around = tuple[Span, Span | None]
"""The words that name a vein, and those that name its leg."""


@value_type
class Fact:
    """One statement about one place, with the tokens that it rests on."""

    leg: Leg | None
    vein: str
    segment: str | None
    property: str
    value: Quantity | str
    source: Span
    cue: Span
    support: tuple[tuple[str, Span], ...] = ()
    flags: tuple[str, ...] = ()
    expanded: bool = False
    uncertain: bool = False
    prior: bool = False
    location: Span | None = None
    section: str | None = None
    item: int | None = None
    named: tuple[Span, ...] = ()
    passing_leg: bool = False  # of a system, its leg only the one last spoken of
    rest: bool = False  # but for members or levels that are named
    around: Around | None = None  # of a perforator: there stands its location
    implied: bool = False  # of a range, at the junction where it is only taken to start


@value_type
class Doubt:
    """Something of a sentence that becomes a review item."""

    code: str
    span: Span
    leg: Leg | None = None
    vein: str | None = None
    named: bool = False  # a place, of which nothing is said


Measure = tuple[str, Unit | None]
"""A property and the unit of the number that measures it."""


@value_type
class Pass:
    """Something of a sentence that is deliberately no fact, and the rule."""

    rule: str
    span: Span


@value_type
class Joined:
    """Words of a sentence that only name or lead up to what another statement says."""

    span: Span


@value_type
class Setting:
    """What a sentence stands in: its section, exam kind and the legs that were examined.

    ``passing_legs``: the legs are only those last spoken of; ``listed``: the properties that its
    list declares; ``row``: what the numbers on the line before measured, in their order, and
    ``row_at`` the last of them, ``row_pair`` what the two numbers of its rows measure; ``item`` is
    the label of the item that the sentence ends, ``label`` that of the line; ``asked`` is what the
    heading asks; ``crowded`` are bare numbers in cells side by side.
    """

    section: str | None
    exam: str | None
    exam_legs: tuple[Leg, ...]
    exam_leg_at: Span | None
    title_at: Span | None = None
    other_method: bool = False
    first: int = 0
    heading_legs: bool = False
    passing_legs: bool = False
    units: ReportUnits = field(default_factory=ReportUnits)
    listed: tuple[str, ...] = ()
    listed_units: tuple[tuple[Unit, Span] | None, ...] = ()
    row: tuple[Measure, ...] = ()
    row_at: int = -1
    row_pair: tuple[Measure, ...] = ()
    heading_vein: bool = False
    item: Span | None = None
    label: Span | None = None
    asked: str | None = None
    limbs: frozenset[int] = frozenset()
    crowded: frozenset[int] = frozenset()


Outcome = Fact | Doubt | Pass | Joined
