"""Sheets: the same rows are read alike, whatever parts their cells."""

from __future__ import annotations

import pytest

from tests.extract.marked import Fact, facts_of, read_text
from ultrasound.domain import Temporality
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.sheet_align import align
from ultrasound.extract.tables.sheet_column import SheetColumn
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.knowledge import load_knowledge

_KNOWLEDGE = load_knowledge()
_TITLE = "VENOUS DUPLEX OF BOTH LEGS\n\n"
_ROWS = (
    ("Vein", "Right mm", "Right s", "Left mm", "Left s"),
    ("SFJ", "8.1", "2.4", "5.2", "none"),
    ("GSV mid thigh", "6.3", "1.9", "4.0", "0.3"),
    ("SSV mid calf", "2.4", "none", "4.4", "1.2"),
)
_FACTS = {
    "R GSV sfj diameter 8.1",
    "R GSV sfj reflux_time 2400",
    "L GSV sfj diameter 5.2",
    "L GSV sfj reflux absent",
    "R GSV mid_thigh diameter 6.3",
    "R GSV mid_thigh reflux_time 1900",
    "L GSV mid_thigh diameter 4",
    "L GSV mid_thigh reflux_time 300",
    "R SSV mid_calf diameter 2.4",
    "R SSV mid_calf reflux absent",
    "L SSV mid_calf diameter 4.4",
    "L SSV mid_calf reflux_time 1200",
}


def _read(text: str) -> set[str]:
    found: frozenset[Fact] = facts_of(read_text(_TITLE + text, _KNOWLEDGE), Temporality.CURRENT)
    return {" ".join(fact[:5]) for fact in found}


def _spaced(width: int) -> str:
    return "\n".join("".join(cell.ljust(width) for cell in row).rstrip() for row in _ROWS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_spaced(16), id="gaps"),
        pytest.param(_spaced(22), id="wide gaps"),
        pytest.param("\n".join("\t".join(row) for row in _ROWS), id="tabs"),
        pytest.param("\n".join(" | ".join(row) for row in _ROWS), id="pipes"),
        pytest.param("\n".join(f"| {' | '.join(row)} |" for row in _ROWS), id="framed pipes"),
        pytest.param("\n".join(";".join(row) for row in _ROWS), id="semicolons"),
        pytest.param(
            "\n".join(f"| {line.ljust(84)} |" for line in _spaced(16).split("\n")), id="a box"
        ),
    ],
)
def test_rows_are_read_alike_whatever_parts_them(text: str) -> None:
    """Gaps, tabs, pipes, semicolons and a frame about the rows change nothing."""
    assert _read(text) == _FACTS


def test_columns_may_be_exchanged() -> None:
    """The header says what a column holds, wherever it stands."""
    turned = [(row[0], *row[3:], *row[1:3]) for row in _ROWS]
    assert _read("\n".join("\t".join(row) for row in turned)) == _FACTS


def test_legs_may_stand_over_the_columns() -> None:
    """A line of legs over the header is shared by the columns below."""
    head = ["                RIGHT           LEFT", "                mm      s       mm      s"]
    body = [row[0].ljust(16) + "".join(cell.ljust(8) for cell in row[1:]) for row in _ROWS[1:]]
    assert _read("\n".join(head + body)) == _FACTS


def test_labels_may_stand_in_the_middle() -> None:
    """Values before and behind a label are its own."""
    order = (1, 2, 0, 3, 4)
    lines = ["".join(row[i].ljust(16) for i in order) for row in _ROWS]
    assert _read("\n".join(lines)) == _FACTS


@pytest.mark.parametrize("sign", [":", " =", " ->", ""])
def test_an_outline_places_its_values(sign: str) -> None:
    """Legs and veins on lines of their own hold for the values below."""
    lines: list[str] = []
    for leg, first in (("RIGHT", 1), ("LEFT", 3)):
        lines.append(leg)
        for row in _ROWS[1:]:
            lines += [f"  {row[0]}", f"    Diam{sign} {row[first]} mm"]
            time = row[first + 1]
            lines.append(f"    Reflux{sign} {time}{'' if time == 'none' else ' s'}")
    found = {fact for fact in _read("\n".join(lines)) if "reflux present" not in fact}
    assert found == _FACTS


def test_keys_place_their_values() -> None:
    """A key names place and property of its answer."""
    lines = ["UNITS: diameter mm / reflux s"]
    for leg, first in (("RIGHT", 1), ("LEFT", 3)):
        lines.append(f"[{leg}]")
        for row in _ROWS[1:]:
            key = row[0].replace(" mid ", ".mid_")
            lines += [f"{key}.diameter = {row[first]}", f"{key}.reflux = {row[first + 1]}"]
    assert _read("\n".join(lines)) == _FACTS


def test_a_value_on_each_line_with_its_unit_in_a_column() -> None:
    """A row may name what it measures and in which unit."""
    lines = ["Side;Vein;Parameter;Value;Unit"]
    for row in _ROWS[1:]:
        for leg, first in (("R", 1), ("L", 3)):
            lines.append(f"{leg};{row[0]};Diameter;{row[first]};mm")
            lines.append(f"{leg};{row[0]};Reflux Time;{row[first + 1]};s")
    assert _read("\n".join(lines)) == _FACTS


def _columns(*lefts: int) -> list[SheetColumn]:
    return [SheetColumn(Column(Cell(0, 0, left, left + 4))) for left in lefts]


def test_cells_stand_under_the_nearest_columns_in_order() -> None:
    """Each cell has a column of its own, as near as can be."""
    columns = _columns(10, 20, 30, 40)
    cells = [Cell(0, 0, 21, 24), Cell(0, 0, 41, 43)]
    assert align(cells, columns) == (columns[1], columns[3])


def test_a_cell_far_from_all_columns_has_none() -> None:
    """Nothing is guessed."""
    assert align([Cell(0, 0, 70, 74)], _columns(10, 20)) is None


def test_more_cells_than_columns_have_none() -> None:
    """Nothing is left out."""
    cells = [Cell(0, 0, left, left + 2) for left in (10, 14, 20)]
    assert align(cells, _columns(10, 20)) is None
