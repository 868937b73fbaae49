"""The vein map shows every row of a leg once, with its status, and says what is not known."""

from __future__ import annotations

import io
import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from tests.write.map_legs import LEGS, map_rows, swap_sides
from ultrasound.knowledge.schema_drawing import load_vein_map
from ultrasound.write.drawing.course import Course
from ultrasound.write.drawing.marks import name_mark
from ultrasound.write.drawing.page import Page
from ultrasound.write.drawing.pen import Pen
from ultrasound.write.drawing.signs import Signs
from ultrasound.write.vein_map import draw_map, write_png, write_svg

TABLE = load_vein_map()
STATUSES = [look.code for look in TABLE.status]
SVG = "{http://www.w3.org/2000/svg}"
Row = dict[str, object]
PLACES = [
    (vein, segment)
    for vein in [*(v for veins in TABLE.veins.values() for v in veins), *TABLE.perforators,
                 *TABLE.groups, *TABLE.varicose, *TABLE.pelvic]
    for segment in (None, *TABLE.short)
]  # fmt: skip


def make_row(place: tuple[str, str | None], status: str, **cells: object) -> Row:
    """A row of the table segments."""
    row: Row = {"leg": "right", "vein": place[0], "segment": place[1], "item": None}
    return {**row, "status": status, "flags": None, **cells}


ROWS = st.lists(
    st.builds(
        make_row,
        st.sampled_from(PLACES),
        st.sampled_from(STATUSES),
        item=st.sampled_from([None, None, 1, 2]),
        reflux_time_ms=st.sampled_from([None, 800.0, 12500.0]),
        reflux_time_comparator=st.sampled_from(["=", ">", "~"]),
        diameter_mm=st.sampled_from([None, 4.2, 12.4]),
        thrombus=st.sampled_from([None, None, "acute", "chronic", "absent"]),
        location=st.sampled_from([None, "Boyd", "17 cm", "lateral", "<b>&\"'$x$\x0b\u202e😀"]),
        flags=st.sampled_from([None, "from_vein", "uncertain_thrombus"]),
        treatment=st.sampled_from([None, "thermal_ablation"]),
    ),
    max_size=60,
    unique_by=name_mark,
)


def draw(rows: list[Row], **leg: object) -> Page:
    """The map of these rows of one leg."""
    return draw_map([{"leg": rows[0]["leg"] if rows else "right", **leg}], rows)


def elements_of(svg: bytes) -> dict[str, list[ET.Element]]:
    """The elements of an SVG by their id."""
    found: dict[str, list[ET.Element]] = {}
    for element in ET.fromstring(svg).iter():
        if name := element.get("id"):
            found.setdefault(name, []).append(element)
    return found


def missing_rows(rows: list[Row], svg: bytes) -> list[str]:
    """Rows that are not exactly one element with their status and a title."""
    elements = elements_of(svg)
    wrong = []
    for row in rows:
        found = elements.get(name_mark(row), [])
        classes = (found[0].get("class") or "").split() if found else []
        titles = found[0].findall(f"{SVG}title") if found else []
        if len(found) != 1 or row["status"] not in classes or len(titles) != 1:
            wrong.append(name_mark(row))
    return wrong


def overlapping(page: Page) -> list[tuple[str, str]]:
    """The labels of a page that lie on each other."""
    return [
        (a.label.mark, b.label.mark)
        for a, b in combinations(page.labels, 2)
        if all(a.bounds[n] < b.bounds[n + 2] - 1e-6 for n in (0, 1))
        and all(b.bounds[n] < a.bounds[n + 2] - 1e-6 for n in (0, 1))
    ]


@pytest.mark.parametrize("name", LEGS)
def test_every_row_of_a_typical_leg_is_drawn_once(name: str) -> None:
    """Each row of segments is one element, with its status as a class and its facts as title."""
    rows = map_rows(LEGS[name])
    page = draw_map(rows["legs"], rows["segments"])
    assert missing_rows(rows["segments"], write_svg(page)) == []
    assert overlapping(page) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ROWS)
def test_every_row_of_any_leg_is_drawn_once(rows: list[Row]) -> None:
    """So it is for any rows whatever, and no two labels or ids meet."""
    page = draw(rows)
    svg = write_svg(page)
    assert missing_rows(rows, svg) == []
    assert overlapping(page) == []
    assert [name for name, found in elements_of(svg).items() if len(found) > 1] == []


def test_a_row_that_is_missing_is_found() -> None:
    """The check can fail: a row that was not drawn, and one with another status."""
    rows = [make_row(("GSV", "knee"), "refluxing")]
    svg = write_svg(draw(rows))
    assert missing_rows([make_row(("GSV", "sfj"), "refluxing")], svg) == ["right-GSV-sfj"]
    assert missing_rows([make_row(("GSV", "knee"), "competent")], svg) == ["right-GSV-knee"]


def test_the_title_tells_place_status_and_numbers() -> None:
    """What a pointer shows is the whole row."""
    row = make_row(
        ("GSV", "mid_thigh"), "refluxing", reflux_time_ms=3000.0, reflux_time_comparator=">",
        diameter_mm=8.1, thrombus="acute",
    )  # fmt: skip
    title = elements_of(write_svg(draw([row])))["right-GSV-mid_thigh"][0].find(f"{SVG}title")
    assert title is not None
    assert title.text == "Right GSV, mid thigh: refluxing, > 3 s, 8.1 mm, acute thrombus"


@pytest.mark.parametrize("name", ["GSV axial, refluxing perforator", "Everything refluxes"])
def test_the_other_leg_is_the_mirror_image(name: str) -> None:
    """The same facts of the other leg are drawn mirrored, and labelled alike."""
    lines = []
    for facts in (LEGS[name], swap_sides(LEGS[name])):
        rows = map_rows(facts)
        found = elements_of(write_svg(draw_map(rows["legs"], rows["segments"])))
        lines.append({key.partition("-")[2]: first_point(each[0]) for key, each in found.items()
                      if re.match("(right|left)-GSV-", key)})  # fmt: skip
    right, left = lines
    assert right.keys() == left.keys()
    frame = 66.0
    for key, (x, y) in right.items():
        assert left[key] == pytest.approx((2 * frame + 100 - x, y), abs=1e-3)


def first_point(element: ET.Element) -> tuple[float, float]:
    """Where the first line of an element begins."""
    path = next(element.iter(f"{SVG}path"))
    numbers = re.findall(r"-?[\d.]+", path.get("d", ""))
    return float(numbers[0]), float(numbers[1])


def test_the_same_rows_give_the_same_bytes() -> None:
    """Drawn again, neither file differs."""
    rows = map_rows(LEGS["Chronic change with deep reflux"])
    pages = [draw_map(rows["legs"], rows["segments"]) for _ in range(2)]
    assert write_svg(pages[0]) == write_svg(pages[1])
    assert write_png(pages[0]) == write_png(pages[1])


def test_hostile_words_are_words() -> None:
    """Markup, formulas, control characters and signs that the font lacks are harmless."""
    words = "<script>alert(1)</script> & $\\frac{1}{2}$ \x00\x1b\u202e 😀 \ud800"
    row = make_row(("CPV", "mid_calf"), "refluxing", location=words)
    svg = write_svg(draw([row]))
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert b"<script" not in svg
    assert "alert(1)" in "".join(root.itertext())


def test_silence_is_printed_and_looks_unlike_competence() -> None:
    """A vein that nothing is said of is drawn with dots, and named under the picture."""
    svg = write_svg(draw([make_row(("GSV", "sfj"), "competent")]))
    elements = elements_of(svg)
    assert elements["right-SSV-mid_calf"][0].get("class") == "silence not_stated"
    text = "".join(elements["right-silence-0"][0].itertext()).strip()
    assert text.startswith("Reflux not stated: CFV, FV, DFV, POPV, TPT, PTV, PRV, GSV prox thigh")
    assert "perforators" in "".join(elements["right-silence-1"][0].itertext())


def test_a_statement_without_a_level_colours_no_line() -> None:
    """It stands at the vein's name, and the levels keep their dots."""
    svg = write_svg(draw([make_row(("GSV", None), "refluxing")]))
    elements = elements_of(svg)
    assert elements["right-GSV-vein"][0].get("class") == "segment badge refluxing"
    assert elements["right-GSV-knee"][0].get("class") == "silence not_stated"


def labels_of(*rows: Row) -> dict[str, tuple[str, ...]]:
    """The lines of each label of some rows, by its caption."""
    return {placed.label.caption: placed.label.lines for placed in draw(list(rows)).labels}


def test_one_label_for_what_one_statement_says() -> None:
    """Levels that a wider statement fills share a label; equal numbers of their own do not."""
    filled = [
        make_row(("GSV", level), "competent", diameter_mm=3.0, flags="from_vein")
        for level in ("proximal_calf", "mid_calf", "distal_calf")
    ]
    whole = make_row(("GSV", "calf"), "competent", diameter_mm=3.0)
    assert labels_of(whole, *filled) == {"GSV prox calf–dist calf": ("3 mm",)}
    own = [{**row, "flags": None} for row in filled]
    assert len(labels_of(*own)) == 3


def test_a_label_does_not_reach_over_a_level_that_nothing_is_said_of() -> None:
    """No thrombus above and below says nothing of what lies between."""
    rows = [make_row(("FV", at), "not_stated", thrombus="absent") for at in ("proximal", "distal")]
    assert {*labels_of(*rows)} == {"FV prox", "FV dist"}


def test_long_values_go_on_in_the_next_line() -> None:
    """No number is lost for want of room."""
    row = make_row(
        ("POPV", None), "refluxing", thrombus="chronic", treatment="thermal_ablation",
        reflux_time_ms=12500.0, reflux_time_upper_ms=13500.0, diameter_mm=12.4,
        diameter_upper_mm=13.5,
    )  # fmt: skip
    (lines,) = labels_of(row).values()
    assert lines == (
        "refluxing", "after thermal", "ablation", "chronic change", "12.5–13.5 s", "12.4–13.5 mm",
    )  # fmt: skip


def test_thrombus_is_a_second_mark() -> None:
    """A vein that refluxes and holds chronic change shows both."""
    row = make_row(("POPV", "mid"), "refluxing", thrombus="chronic")
    elements = elements_of(write_svg(draw([row])))
    assert elements["right-POPV-mid"][0].get("class") == "segment line refluxing thrombus-chronic"
    assert "right-POPV-mid-thrombus" in elements


def test_a_leg_looked_at_for_comparison_is_not_drawn() -> None:
    """One sentence stands for the picture; the rows are told in words."""
    rows = [make_row(("CFV", None), "competent")]
    page = draw(rows, examined="contralateral_only")
    svg = write_svg(page)
    assert missing_rows(rows, svg) == []
    assert "right-front-leg" not in elements_of(svg)
    assert "comparison only" in svg.decode()


def test_a_full_margin_says_that_more_is_in_the_table() -> None:
    """Labels that have no room are counted."""
    rows = [
        make_row((vein, level), "refluxing", item=item, reflux_time_ms=900.0, diameter_mm=4.0)
        for vein in ("GSV", "PASV")
        for level in TABLE.veins["front"][vein]
        for item in (1, 2, 3)
    ]
    page = draw(rows)
    assert overlapping(page) == []
    assert "more in the table" in write_svg(page).decode()


def test_ten_statuses_are_ten_pictures_in_grey() -> None:
    """Without colour, line and sign still tell each status from every other."""
    pictures = {status: sample(status) for status in STATUSES}
    alike = [
        (a, b) for a, b in combinations(pictures, 2) if difference(pictures[a], pictures[b]) < 0.2
    ]
    assert len(pictures) == 10
    assert alike == []


def difference(a: Image.Image, b: Image.Image) -> float:
    """How many points differ, as a share of the points that the fuller picture draws."""
    drawn = max(a.histogram()[0], b.histogram()[0])
    return ImageChops.difference(a, b).histogram()[255] / drawn


def sample(status: str) -> Image.Image:
    """A line of a status, stretched to the same darkest grey, so that only its form counts."""
    pen = Pen(40, 20)
    pen.open_group("sample")
    pen.box((0, 0), (40, 20), fill="#ffffff")
    Signs(pen, TABLE).line(Course(((2, 10), (14, 10), (26, 10), (38, 10))), status)
    with Image.open(io.BytesIO(write_png(Page(pen), 3))) as image:
        return image.convert("L").point(lambda grey: 0 if grey < 200 else 255)


def test_the_palette_keeps_each_colour() -> None:
    """The PNG shows the colours of the table themselves."""
    rows = map_rows(LEGS["Doubts: bounds, ranges, contradictions"])
    with Image.open(io.BytesIO(write_png(draw_map(rows["legs"], rows["segments"])))) as image:
        found = {colour for _, colour in image.convert("RGB").getcolors(256) or ()}
    looks = {look.code: look.colour for look in TABLE.status}
    shown = [looks[code] for code in ("cannot_say", "below_threshold", "competent", "refluxing")]
    shown += [TABLE.colours[name] for name in ("paper", "leg", "deep_band")]
    assert [code for code in shown if tuple(bytes.fromhex(code[1:])) not in found] == []
