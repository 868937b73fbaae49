"""The form of drawing/vein_map.toml: where veins are drawn, and how each status looks."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from ultrasound.knowledge.tables import Row, load_table

Point = tuple[float, float]
Curve = tuple[Point, ...]
View = Literal["front", "back"]
Side = Literal["medial", "lateral"]


class Outline(Row):
    """The contour of a leg in one view, and the lines within it."""

    body: Curve
    details: tuple[Curve, ...]


class Continues(Row):
    """An arrowhead where a vein's course goes on in the other view."""

    view: View
    at: Point
    direction: Point
    text: str = ""
    text_at: Point = (0, 0)


class Site(Row):
    """Where a perforator is drawn, and the words of a location that name the site."""

    view: View
    vein: str
    segment: str
    caption: str
    at: Point
    stems: Curve = ()
    words: tuple[str, ...] = ()
    side: Literal["lateral", "posterior", "anterior"] | None = None


class LabelRules(Row):
    """Where labels stand."""

    medial: tuple[str, ...]
    edge: dict[Side, float]
    range: Point


class StatusLook(Row):
    """How a status is drawn."""

    code: str
    colour: str
    width: float
    label: str


class ThrombusLook(Row):
    """A thrombus mark, by its words in the legend."""

    code: str
    label: str


class VeinMapTable(Row):
    """drawing/vein_map.toml."""

    always: tuple[str, ...]
    deep: tuple[str, ...]
    from_below: tuple[str, ...]
    unplaced_to: str
    groups: tuple[str, ...]
    perforators: tuple[str, ...]
    varicose: tuple[str, ...]
    mirrored: dict[str, tuple[View, ...]]
    levels: dict[str, Point]
    zones: dict[str, tuple[str, ...]]
    outline: dict[View, Outline]
    veins: dict[View, dict[str, dict[str, Curve]]]
    continues: tuple[Continues, ...]
    site: dict[str, Site]
    site_by_level: dict[str, dict[str, tuple[str, ...]]]
    cluster: dict[View, dict[str, Point]]
    cluster_beside_pasv: dict[str, Point]
    cluster_by_zone: dict[str, str]
    pelvic: dict[str, Point]
    names: dict[View, dict[str, tuple[float, ...]]]
    names_if_needed: dict[str, tuple[float, ...]]
    names_beside_pasv: dict[str, tuple[float, ...]]
    labels: LabelRules
    weights: dict[str, float]
    short: dict[str, str]
    thrombus_words: dict[str, str]
    status: tuple[StatusLook, ...]
    thrombus: tuple[ThrombusLook, ...]
    colours: dict[str, str]

    def view_of(self, vein: str) -> View | None:
        """The view that a vein is drawn in; None for what has no course of its own."""
        return next((view for view, veins in self.veins.items() if vein in veins), None)


@lru_cache(maxsize=1)
def load_vein_map() -> VeinMapTable:
    """Load the table."""
    return load_table("drawing/vein_map.toml", VeinMapTable)


class MarkLook(Row):
    """How one kind of mark looks in a report's text: its ground, and the line under the words."""

    code: Literal["review", "decided", "fact", "context", "left_out", "support"]
    label: str
    ground: str
    line: str
    style: Literal["wavy", "solid", "double", "dotted", "dashed", "solid overline"]


class ChosenLook(Row):
    """The grounds of what a link led to, and of the words that support it."""

    ground: str
    support: str


class PageTable(Row):
    """drawing/page.toml."""

    mark: tuple[MarkLook, ...]
    chosen: ChosenLook
    verdict: dict[str, str]
    severity: dict[str, str]
    value: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def load_page_look() -> PageTable:
    """Load the table."""
    return load_table("drawing/page.toml", PageTable)
