"""Tables: with pipes, with tabs, in columns of fixed width, and with the labels in the middle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tools.generator.facts import Site
from tools.generator.lists import heading, side
from tools.generator.phrases import capital
from tools.generator.voice import Voice, sort_sites

Row = list[str]
Draw = Callable[[Sequence[Row]], list[str]]
COLUMNS: Final = ("diameter", "reflux", "compressibility", "thrombus")
_GAP: Final = "   "
_LEGS: Final = ("right", "left")


def fit_table(site: Site) -> Site:
    """What a table can say: a time alone where there is a time, nothing else of a missing vein."""
    return replace(site, reflux=None) if site.reflux_time is not None else site


def split_table(site: Site) -> tuple[Site, Site]:
    """The part of a place that goes into cells, and the part that goes into the notes."""
    return replace(site, patency=None), Site(
        site.leg, site.vein, site.segment, patency=site.patency
    )


def draw_pipes(rows: Sequence[Row]) -> list[str]:
    """Rows with a bar around each cell, and a line under the header."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def draw_tabs(rows: Sequence[Row]) -> list[str]:
    """Rows with a tab between two cells."""
    return ["\t".join(row) for row in rows]


def draw_fixed(rows: Sequence[Row]) -> list[str]:
    """Rows in columns of fixed width, at least three blanks apart."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


class Table:
    """The columns of one report's tables, and the cells of a place under them."""

    def __init__(self, sites: Sequence[Site], voice: Voice) -> None:
        self._voice = voice
        self._units = voice.noise.cell_units
        self._empty = voice.pick(voice.words.cells["empty"])
        self.columns = [name for name in COLUMNS if any(_fills(site, name) for site in sites)]
        self._timed = not any(site.reflux is not None for site in sites)

    def header(self, name: str) -> str:
        """The header of a column, with the unit unless the cells have it."""
        columns, noise = self._voice.words.columns, self._voice.noise
        if name == "reflux":
            word = self._voice.pick(columns["reflux_time" if self._timed else "reflux"])
            unit = noise.time_unit
        else:
            word, unit = self._voice.pick(columns[name]), noise.size_unit
        if self._units or name not in ("diameter", "reflux"):
            return word
        return f"{word} ({unit})"

    def cells(self, site: Site | None) -> Row:
        """A place's cells; all empty where there is nothing."""
        row = [self._empty if site is None else self._cell(site, name) for name in self.columns]
        if site is not None and site.anatomy is not None:
            row[0] = self._voice.pick(self._voice.words.cells[f"anatomy_{site.anatomy}"])
        return row

    def _cell(self, site: Site, name: str) -> str:
        voice = self._voice
        if name == "diameter" and site.diameter is not None:
            return voice.size(site.diameter, bare=not self._units)
        if name == "reflux" and site.reflux_time is not None:
            return voice.time(site.reflux_time, bare=not self._units)
        word = site.words().get(name)
        return self._empty if word is None else voice.pick(voice.words.cells[f"{name}_{word}"])


def _fills(site: Site, name: str) -> bool:
    if name == "diameter":
        return site.diameter is not None or site.anatomy is not None
    if name == "reflux":
        return site.reflux_time is not None or site.reflux is not None
    return getattr(site, name) is not None


def write_table(sites: Sequence[Site], voice: Voice, draw: Draw) -> list[str]:
    """A table for each leg, one with a column of sides, or one with columns for each leg."""
    table = Table(sites, voice)
    form = voice.rng.choice((_in_blocks, _with_sides, _in_groups))
    return form(sites, voice, table, draw)


def _in_blocks(sites: Sequence[Site], voice: Voice, table: Table, draw: Draw) -> list[str]:
    lines: list[str] = []
    for leg in dict.fromkeys(site.leg for site in sites):
        group = sort_sites([s for s in sites if s.leg == leg], voice.noise.order, voice.rng)
        head = [voice.pick(voice.words.columns["place"]), *map(table.header, table.columns)]
        rows = [[capital(voice.label(site)), *table.cells(site)] for site in group]
        lines += [heading(leg, voice), *draw([head, *rows]), ""]
    return lines[:-1]


def _with_sides(sites: Sequence[Site], voice: Voice, table: Table, draw: Draw) -> list[str]:
    head = [
        voice.pick(voice.words.columns["place"]),
        voice.pick(voice.words.columns["side"]),
        *map(table.header, table.columns),
    ]
    ordered = sort_sites(list(sites), voice.noise.order, voice.rng)
    rows = [
        [capital(voice.label(site)), side(site.leg, voice), *table.cells(site)] for site in ordered
    ]
    return draw([head, *rows])


def _in_groups(sites: Sequence[Site], voice: Voice, table: Table, draw: Draw) -> list[str]:
    legs = [leg for leg in _LEGS if any(site.leg == leg for site in sites)]
    long = voice.rng.choice((1, 5))
    head = [voice.pick(voice.words.columns["place"])]
    for leg in legs:
        head += [f"{leg[:long].capitalize()} {table.header(name)}" for name in table.columns]
    rows = [head]
    for group in by_place(sites):
        row = [capital(voice.label(group[0]))]
        for leg in legs:
            row += table.cells(next((site for site in group if site.leg == leg), None))
        rows.append(row)
    return draw(rows)


def by_place(sites: Sequence[Site]) -> list[list[Site]]:
    """The places, each with what is said of it in one leg or in both."""
    places = dict.fromkeys(site.place for site in sites)
    return [[site for site in sites if site.place == place] for place in places]


def write_centre(sites: Sequence[Site], voice: Voice) -> list[str]:
    """The right leg's values before the vein's name, the left leg's behind it."""
    table = Table(sites, voice)
    middle = len(table.columns)
    headers = list(map(table.header, table.columns))
    rows = [[*headers, voice.pick(voice.words.columns["place"]), *headers]]
    for group in by_place(sites):
        found = {site.leg: site for site in group}
        cells = [table.cells(found.get(leg)) for leg in _LEGS]
        rows.append([*cells[0], capital(voice.label(group[0])), *cells[1]])
    lines = draw_fixed(rows)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    left = sum(widths[: middle + 1]) + len(_GAP) * (middle + 1)
    return ["RIGHT".ljust(left) + "LEFT", *lines]
