"""Random facts as tables in the builds that laboratories use, with what they say.

A table is drawn from its number alone: the same number is the same table.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.extract.marked import Fact, shorten

WORDS: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("table_battery.toml").read_text("utf-8")
)
PLACES: Final = (
    *(("GSV", level) for level in ("sfj", "proximal_thigh", "mid_thigh", "distal_thigh", "knee")),
    *(("GSV", level) for level in ("proximal_calf", "mid_calf", "distal_calf")),
    *(("SSV", level) for level in ("spj", "proximal_calf", "mid_calf")),
    ("AASV", "proximal_thigh"),
    *(("CFV", "-"), ("FV", "proximal"), ("FV", "mid"), ("POPV", "-"), ("PTV", "-"), ("GAV", "-")),
)
MATRIX: Final = [place for place in PLACES if place[0] in ("GSV", "SSV")]
UNITS: Final = {"diameter": "mm", "reflux_time": "s", "depth": "mm"}
SAPHENOUS: Final = ("GSV", "SSV", "AASV")
Row = list[str]
Place = tuple[str, str]


@dataclass
class Drawn:
    """A table with its build, its text and its facts."""

    build: dict[str, str] = field(default_factory=dict)
    text: str = ""
    facts: set[Fact] = field(default_factory=set)


class Drawer:
    """Draws one table."""

    def __init__(self, number: int) -> None:
        self._rng = Random(number)
        pick = self._rng.choice
        self._layout: str = WORDS["layouts"][number % len(WORDS["layouts"])]
        self._names: list[str] = pick(WORDS["legs"])
        self._blank: str = pick(WORDS["blanks"])
        self._units: str = pick(WORDS["units"])
        self._properties: list[str] = pick(WORDS["properties"])
        self._cut: str = pick(WORDS["separators"])
        if self._layout in ("centre", "matrix") and self._cut == "single":
            self._cut = "fixed"
        if self._layout == "matrix":
            self._properties = [self._properties[0]]
        self._slash = self._layout == "legs" and pick([True, False])
        kinds = ("veins", "junctions", "levels", "heads")
        self._words = {k: {n: pick(w) for n, w in WORDS[k].items()} for k in kinds}
        self._none: str = pick(WORDS["none"])
        self._full: list[str] = pick(WORDS["full"])
        self._clot: list[str] = pick(WORDS["clot"])
        self._drawn = Drawn({"layout": self._layout, "cut": self._cut, "units": self._units})

    def draw(self) -> Drawn:
        """The table."""
        pool = MATRIX if self._layout == "matrix" else PLACES
        places = [place for place in pool if self._layout == "matrix" or self._rng.random() < 0.8]
        lines = getattr(self, f"_{self._layout}")(places)
        self._drawn.text = "\n".join(["Venous duplex, both legs", "", *lines, ""])
        return self._drawn

    # --- cells --------------------------------------------------------------------------------

    def _cells(self, leg: str, place: Place) -> Row:
        cells = [self._cell(leg, place, name) for name in self._properties]
        return ["/".join(cells)] if self._slash else cells

    def _cell(self, leg: str, place: Place, name: str) -> str:
        rng = self._rng
        if rng.random() < 0.08 or (name == "diameter" and place[0] not in SAPHENOUS):
            return self._blank if not self._slash else "-"
        if name == "compressibility":
            return self._code(leg, place, name, self._full, ("full", "partial", "none"))
        if name == "thrombus":
            return self._code(leg, place, name, self._clot, ("absent", "present"))
        if name == "reflux_time" and rng.random() < 0.4:
            self._note(leg, place, "reflux", "absent")
            return self._none
        value = {"depth": rng.randint(3, 25), "diameter": rng.randint(20, 99) / 10}.get(name)
        value = rng.randint(2, 60) / 10 if value is None else value
        number = value * 1000 if name == "reflux_time" else value
        self._note(leg, place, name, f"{number:.1f}" if number % 1 else f"{number:.0f}")
        return f"{value} {UNITS[name]}" if self._units == "cells" else str(value)

    def _code(
        self, leg: str, place: Place, name: str, codes: list[str], values: tuple[str, ...]
    ) -> str:
        index = self._rng.randrange(len(codes))
        self._note(leg, place, name, values[index])
        return codes[index]

    def _note(self, leg: str, place: Place, name: str, value: str) -> None:
        self._drawn.facts.add((leg, *place, name, shorten(value), "=", "-"))

    # --- labels and heads ---------------------------------------------------------------------

    def _label(self, place: Place) -> str:
        vein, level = place
        name = self._words["veins"][vein]
        if level in self._words["junctions"]:
            return str(self._words["junctions"][level])
        return str(name) if level == "-" else f"{name} {self._level(level)}"

    def _level(self, level: str) -> str:
        first, _, zone = level.partition("_")
        return f"{self._words['levels'].get(first, first)} {zone}".strip()

    def _heads(self, prefix: str = "") -> Row:
        heads = []
        for name in self._properties:
            unit = f" ({UNITS[name]})" if self._units == "head" and name in UNITS else ""
            heads.append(f"{prefix}{self._words['heads'][name]}{unit}")
        return ["/".join(heads)] if self._slash else heads

    def _under(self) -> Row:
        """The line of units below the heads; none where they stand elsewhere."""
        if self._units != "under" or self._slash:
            return []
        return [f"({UNITS[name]})" if name in UNITS else "" for name in self._properties]

    def _rows(self, places: list[Place], legs: str, heads: Row) -> list[Row]:
        rows = [["Vein", *heads]]
        if any(self._under()):
            rows.append(["", *self._under() * len(legs)])
        for place in places:
            row = [self._label(place)]
            for leg in legs:
                row += self._cells(leg, place)
            rows.append(row)
        return rows

    # --- layouts ------------------------------------------------------------------------------

    def _legs(self, places: list[Place]) -> list[str]:
        size = len(self._heads())
        rows = self._rows(places, "RL", self._heads() * 2)
        gaps = [""] * (size - 1)
        return self._join(rows, ["", self._names[0], *gaps, self._names[1], *gaps])

    def _prefixed(self, places: list[Place]) -> list[str]:
        heads = [*self._heads("R "), *self._heads("L ")]
        return self._join(self._rows(places, "RL", heads))

    def _blocks(self, places: list[Place]) -> list[str]:
        lines: list[str] = []
        for leg, name in zip("RL", self._names, strict=True):
            lines += [name, *self._join(self._rows(places, leg, self._heads())), ""]
        return lines

    def _sides(self, places: list[Place]) -> list[str]:
        right, left = (self._rows(places, leg, self._heads()) for leg in "RL")
        heads = 2 if any(self._under()) else 1
        rows = [["Side", *right[0]], *(["", *row] for row in right[1:heads])]
        rows += [["R", *row] for row in right[heads:]] + [["L", *row] for row in left[heads:]]
        return self._join(rows)

    def _centre(self, places: list[Place]) -> list[str]:
        heads = self._heads()
        rows = [[*heads, "Vein", *heads]]
        if any(self._under()):
            rows.append([*self._under(), "", *self._under()])
        rows += [
            [*self._cells("R", place), self._label(place), *self._cells("L", place)]
            for place in places
        ]
        gaps = [""] * len(heads)
        return self._join(rows, [self._names[0], *gaps, self._names[1], *gaps[1:]])

    def _matrix(self, places: list[Place]) -> list[str]:
        name = self._properties[0]
        unit = f" ({UNITS[name]})" if name in UNITS and self._units != "cells" else ""
        levels = list(dict.fromkeys(level for _, level in MATRIX if level[0] != "s"))
        rows = [["Level", "R GSV", "L GSV", "R SSV", "L SSV"]]
        for level in levels:
            row = [self._level(level)]
            for vein in ("GSV", "SSV"):
                known = (vein, level) in places
                row += [
                    self._cell(leg, (vein, level), name) if known else self._blank for leg in "RL"
                ]
            rows.append(row)
        return [f"{self._words['heads'][name]}{unit}", *self._join(rows)]

    def _drawn_out(self, places: list[Place]) -> list[str]:
        rows = self._rows(places, "RL", [*self._heads("R "), *self._heads("L ")])
        return [cell for row in rows for cell in row if cell]

    def _join(self, rows: list[Row], over: Row | None = None) -> list[str]:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        rows = [over, *rows] if over is not None else rows
        if self._cut == "single":
            return [" ".join(cell for cell in row if cell) for row in rows]
        if self._cut == "tabs":
            return ["\t".join(row).rstrip() for row in rows]
        if self._cut == "bars":
            return [" | ".join(row) for row in rows]
        if self._cut in ("pipes", "rules"):
            lines = [f"| {' | '.join(row)} |" for row in rows]
            return lines[:1] + ["|---" * len(widths) + "|"] * (self._cut == "rules") + lines[1:]
        widths = [max(w, len(c)) for w, c in zip(widths, over or [""] * len(widths), strict=True)]
        padded = ([c.ljust(w) for c, w in zip(row, widths, strict=True)] for row in rows)
        return ["   ".join(row).rstrip() for row in padded]
