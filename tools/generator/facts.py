"""The table of facts that a report is written from, in the codes of docs/contract.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

Cells = tuple[str, ...]
RIGHT: Final = "right"
LEFT: Final = "left"
OTHER: Final = {RIGHT: LEFT, LEFT: RIGHT}
WORDS: Final = ("reflux", "compressibility", "thrombus", "patency", "anatomy")
GROUPS: Final = ("DEEP", "SUPERFICIAL", "PERF")
SEGMENTS: Final[dict[str, tuple[str, ...]]] = {
    "GSV": (
        "sfj",
        "proximal_thigh",
        "mid_thigh",
        "distal_thigh",
        "knee",
        "proximal_calf",
        "mid_calf",
        "distal_calf",
    ),
    "SSV": ("spj", "proximal_calf", "mid_calf", "distal_calf"),
}
DEEP: Final = ("CFV", "FV", "DFV", "POPV", "PTV", "PRV", "GAV")
PERFORATORS: Final = ("TPV", "CPV")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in ms or mm, with the bound or the range that the report gives."""

    value: Decimal
    comparator: str = "="
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What one report says of one place in one leg."""

    leg: str
    vein: str
    segment: str | None = None
    diameter: Measure | None = None
    reflux_time: Measure | None = None
    reflux: str | None = None
    compressibility: str | None = None
    thrombus: str | None = None
    patency: str | None = None
    anatomy: str | None = None

    @property
    def place(self) -> tuple[str, str | None]:
        """The vein and the segment."""
        return self.vein, self.segment

    @property
    def system(self) -> str:
        """The heading that a report by systems puts this place under."""
        if self.vein in DEEP or self.vein == "DEEP":
            return "deep"
        return "perforators" if self.vein in (*PERFORATORS, "PERF") else "superficial"

    def words(self) -> dict[str, str]:
        """The properties that are words, in the order in which they are said."""
        return {name: value for name in WORDS if (value := getattr(self, name)) is not None}

    def without(self, *names: str) -> Site:
        """The place without some of its properties."""
        left: dict[str, Any] = dict.fromkeys(names)
        return replace(self, **left)

    def says_something(self) -> bool:
        """Whether any property is left."""
        return bool(self.words()) or self.diameter is not None or self.reflux_time is not None

    def cells(self) -> Iterator[Cells]:
        """The facts as the rows of a gold file, comparator and upper end always written."""
        frame = (self.leg[0].upper(), self.vein, self.segment or "-")
        for name in ("diameter", "reflux_time"):
            measure: Measure | None = getattr(self, name)
            if measure is not None:
                upper = "-" if measure.upper is None else write_plain(measure.upper)
                yield (*frame, name, write_plain(measure.value), measure.comparator, upper)
        for name, value in self.words().items():
            yield (*frame, name, value, "=", "-")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report is to say, place by place."""

    sites: tuple[Site, ...]

    @property
    def legs(self) -> tuple[str, ...]:
        """The legs in the order in which they appear."""
        return tuple(dict.fromkeys(site.leg for site in self.sites))

    def cells(self) -> frozenset[Cells]:
        """The facts as the rows of a gold file."""
        return frozenset(cells for site in self.sites for cells in site.cells())

    def of(self, leg: str) -> Facts:
        """The facts about one leg."""
        return Facts(tuple(site for site in self.sites if site.leg == leg))

    def swapped(self) -> Facts:
        """The same facts with right and left exchanged."""
        return Facts(tuple(replace(site, leg=OTHER[site.leg]) for site in self.sites))


def swap_cells(cells: Iterable[Cells]) -> frozenset[Cells]:
    """The rows of a gold file with right and left exchanged."""
    swapped = {"R": "L", "L": "R", "-": "-"}
    return frozenset((swapped[row[0]], *row[1:]) for row in cells)


def write_plain(value: Decimal) -> str:
    """A number in its shortest form."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
