"""Drawing on a page with matplotlib: groups with an id, curves, circles and texts.

One unit of the page is one point of the figure. The font ships with matplotlib, so that texts have
the same widths everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Literal, TypedDict, Unpack

import matplotlib as mpl
from matplotlib.artist import Artist, allow_rasterization
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from ultrasound.knowledge.schema_drawing import Curve, Point

FAMILY = "DejaVu Sans"
Strokes = Sequence[Sequence[Point]]
Align = Literal["left", "center", "right"]
Cap = Literal["butt", "round"]


class Style(TypedDict, total=False):
    """How a shape looks; widths and dashes in units, ``None`` for nothing there."""

    colour: str | None
    width: float
    fill: str | None
    dashes: tuple[float, float] | None
    ends: Cap


class Lettering(TypedDict, total=False):
    """How a line of text stands."""

    bold: bool
    align: Align
    angle: float


class Group(Artist):
    """Shapes that belong together, one element of the picture with an id of its own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.set_gid(name)
        self.shapes: list[Artist] = []

    @allow_rasterization  # type: ignore[untyped-decorator]
    def draw(self, renderer: RendererBase) -> None:
        """Draw all shapes inside a group element."""
        renderer.open_group("group", self.get_gid())
        for shape in self.shapes:
            shape.draw(renderer)
        renderer.close_group("group")


class Pen:
    """Draws on a page of a size in units, x to the right and y down."""

    def __init__(self, width: float, height: float) -> None:
        self.size = width, height
        self.figure = Figure(figsize=(width / 72, height / 72), facecolor="none")
        flip = Affine2D().scale(1, -1).translate(0, height).scale(1 / 72)
        self._units = flip + self.figure.dpi_scale_trans
        self._group: Group | None = None

    def open_group(self, name: str) -> None:
        """What is drawn from now on belongs to this element."""
        self._group = Group(name)
        self.figure.add_artist(self._group)

    def curve(self, curve: Curve, **style: Unpack[Style]) -> None:
        """Draw a Bezier curve, a point and then two controls and a point for each piece."""
        codes = [Path.MOVETO, *[Path.CURVE4] * (len(curve) - 1)]
        self._add(Path(list(curve), codes), style)

    def strokes(self, strokes: Strokes, **style: Unpack[Style]) -> None:
        """Draw several lines of straight pieces as one shape."""
        points = [point for stroke in strokes for point in stroke]
        if not points:
            return
        codes = [
            Path.LINETO if number else Path.MOVETO
            for stroke in strokes
            for number in range(len(stroke))
        ]
        self._add(Path(points, codes), style)

    def circles(self, centres: Iterable[Point], radius: float, **style: Unpack[Style]) -> None:
        """Draw circles of one radius as one shape."""
        self._add(Path.make_compound_path(*[Path.circle(c, radius) for c in centres]), style)

    def box(self, corner: Point, size: Point, **style: Unpack[Style]) -> None:
        """Draw a rectangle."""
        (x, y), (w, h) = corner, size
        self.strokes([[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]], **style)

    def text(
        self, at: Point, words: str, size: float, colour: str, **style: Unpack[Lettering]
    ) -> None:
        """Write one line; ``at`` is on its base line, or its middle where it is centred."""
        align = style.get("align", "left")
        shape = Text(
            *at,
            show_text(words),
            color=colour,
            fontproperties=_font(size, bold=style.get("bold", False)),
            parse_math=False,
            horizontalalignment=align,
            rotation=style.get("angle", 0),
            rotation_mode="anchor",
            verticalalignment="center_baseline" if align == "center" else "baseline",
        )
        self._take(shape)

    def _add(self, path: Path, style: Style) -> None:
        colour, width = style.get("colour"), style.get("width", 1.0)
        dashes = style.get("dashes")
        shape = PathPatch(
            path,
            edgecolor="none" if colour is None else colour,
            facecolor=style.get("fill") or "none",
            linewidth=width if colour is not None else 0,
            linestyle="-" if dashes is None else (0, tuple(d / width for d in dashes)),
            capstyle=style.get("ends", "butt"),
            joinstyle="round",
            snap=False,
        )
        self._take(shape)

    def _take(self, shape: Artist) -> None:
        if self._group is None:
            raise RuntimeError("open_group comes first")
        shape.set_figure(self.figure)
        shape.set_transform(self._units)
        self._group.shapes.append(shape)


@lru_cache(maxsize=64)
def _font(size: float, *, bold: bool) -> FontProperties:
    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = FilePath(mpl.get_data_path(), "fonts", "ttf", file)
    weight = "bold" if bold else "normal"
    return FontProperties(family=[FAMILY], weight=weight, fname=str(path), size=size)


def show_text(words: str) -> str:
    """The text with a box for each character that the font lacks or that no page can hold."""
    known = _known_characters()
    return "".join(sign if ord(sign) in known and sign.isprintable() else "□" for sign in words)


@lru_cache(maxsize=1)
def _known_characters() -> frozenset[int]:
    fonts = (get_font(str(_font(5, bold=bold).get_file())) for bold in (False, True))
    return frozenset.intersection(*(frozenset(font.get_charmap()) for font in fonts))


@lru_cache(maxsize=4096)
def measure_text(words: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in units."""
    width, _, _ = text_to_path.get_text_width_height_descent(
        show_text(words), _font(size, bold=bold), ismath=False
    )
    return float(width)


def fit_text(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut with a mark where it is wider than the room."""
    if measure_text(words, size, bold=bold) <= room:
        return words
    kept = words
    while kept and measure_text(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
