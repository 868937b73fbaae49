"""The vein map: each leg from the front and from behind, as SVG or PNG.

Drawn from the rows of the tables ``legs`` and ``segments`` of one study; docs/users.md shows how to
read it. Every row of ``segments`` is one element of the SVG, with its place and status as title.
The same rows give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree as ET

import matplotlib as mpl
from PIL import Image

from ultrasound.knowledge.schema_criteria import CriteriaSet, DisplayTable, load_display
from ultrasound.knowledge.schema_drawing import load_vein_map
from ultrasound.write.drawing.marks import LegPlan, plan_leg, plan_notes
from ultrasound.write.drawing.page import Heading, Page, PageDrawer
from ultrasound.write.drawing.pen import FAMILY

Row = Mapping[str, object]
COMPARISON_ONLY = "contralateral_only"
PIXELS_PER_UNIT = 2.05
_COLOURS, _LIGHT = 256, 480
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_COUNTED = re.compile(r"(?:figure|patch|text|axes|line2d)_\d+$")
_SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "vein-map",
    "svg.id": None,
    "text.hinting": "none",
}


def draw_map(
    legs: Sequence[Row], segments: Sequence[Row], criteria: CriteriaSet | None = None
) -> Page:
    """Draw some legs of one study on one page.

    Args:
        legs: Rows of the table ``legs``, all of one study.
        segments: The study's rows of the table ``segments``.
        criteria: The set that judged, for the limits in the heading.
    """
    table, display = load_vein_map(), load_display()
    plans: list[LegPlan] = []
    sentences: dict[str, str] = {}
    for row in sorted(legs, key=lambda row: str(row["leg"]), reverse=True):
        leg = str(row["leg"])
        own = [segment for segment in segments if segment["leg"] == leg]
        if row.get("examined") == COMPARISON_ONLY:
            sentences[leg] = "Looked at for comparison only, not drawn."
            plans.append(plan_notes(leg, own))
        else:
            plans.append(plan_leg(leg, own, table))
    heading = _write_heading(legs, display, criteria)
    with mpl.rc_context(_SETTINGS):
        return PageDrawer(table, display).draw(plans, heading, sentences)


def write_svg(page: Page) -> bytes:
    """The page as SVG, each row's element with its id, classes and title."""
    stream = io.BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with mpl.rc_context(_SETTINGS):
        page.pen.figure.savefig(stream, format="svg", metadata=nothing)
    return _tidy(stream.getvalue(), page)


def write_png(page: Page, pixels_per_unit: float = PIXELS_PER_UNIT) -> bytes:
    """The page as PNG with a small palette, which its few colours need no more than."""
    drawn, written = io.BytesIO(), io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        page.pen.figure.savefig(drawn, format="png", dpi=72 * pixels_per_unit)
    with Image.open(drawn) as image:
        few = image.convert("RGB").quantize(palette=make_palette(), dither=Image.Dither.NONE)
        few.save(written, "png", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=1)
def make_palette() -> Image.Image:
    """The colours of the map and their edges on each ground: none is changed for another."""
    table = load_vein_map()
    inks = {*table.colours.values(), *(look.colour for look in table.status)}
    dark = sorted(ink for ink in inks if sum(_rgb(ink)) < _LIGHT)
    grounds = [table.colours[name] for name in ("paper", "leg", "deep_band")]
    colours = dict.fromkeys(_rgb(ink) for ink in sorted(inks, reverse=True))
    colours |= dict.fromkeys(
        tuple(
            round(a * share + b * (1 - share)) for a, b in zip(_rgb(ink), _rgb(ground), strict=True)
        )
        for share in (0.5, 0.75, 0.25)
        for ink in dark
        for ground in grounds
    )
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in list(colours)[:_COLOURS] for part in colour])
    return palette


def _rgb(code: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(code.removeprefix("#")))


def _write_heading(
    legs: Sequence[Row], display: DisplayTable, criteria: CriteriaSet | None
) -> Heading:
    sides = sorted({str(row["leg"]) for row in legs}, reverse=True)
    title = f"{' and '.join(sides)} leg{'s' if len(sides) > 1 else ''}".capitalize()
    row = legs[0]
    examined = {str(row.get("examined")) for row in legs} - {"full"}
    parts = ["Venous duplex", str(row.get("exam_date") or "date not stated")]
    parts.append(
        str(row.get("position") or "position not stated").replace("_", " ").replace("; ", ", ")
    )
    parts += sorted(display.examined.get(code, code) for code in examined)
    limits = () if criteria is None else (f"{criteria.title}: {write_limits(criteria)}",)
    return Heading(title, (" · ".join(parts), *limits))


def write_limits(criteria: CriteriaSet) -> str:
    """The reflux limits of a set: colour means nothing without them."""
    limits = (
        f"{limit.id.removeprefix('reflux_').replace('_', ' ')} "
        f"{limit.test.replace('>=', '≥')} {limit.ms / 1000:f} s"
        f"{'' if limit.verified else ' (not verified)'}"
        for limit in criteria.limits
    )
    return ", ".join(limits)


def _tidy(drawn: bytes, page: Page) -> bytes:
    """The SVG with titles, and without what would change a page that it is put into."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(drawn)
    for child in list(root):
        if child.tag == f"{{{_SVG}}}metadata" or _is_style(child):
            root.remove(child)
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")
    root.set("role", "group")
    root.set("aria-label", page.name)
    for element in root.iter():
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        name = element.get("id", "")
        if _COUNTED.match(name):
            del element.attrib["id"]
        if "style" in element.attrib:
            style = element.attrib["style"]
            element.set("style", style.replace(f"'{FAMILY}'", f"'{FAMILY}', Verdana, sans-serif"))
        if name in page.titles:
            element.set("class", page.classes[name])
            title = ET.Element(f"{{{_SVG}}}title")
            title.text = "".join(c if c.isprintable() else " " for c in page.titles[name])
            element.insert(0, title)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _is_style(element: ET.Element) -> bool:
    """Whether an element holds the style sheet that matplotlib gives to every element."""
    return element.tag == f"{{{_SVG}}}defs" and element.find(f"{{{_SVG}}}style") is not None
