"""What one workbook holds: columns hidden where nothing is in them, links to maps, few sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.write.excel.reading import DISPLAY
from ultrasound.write.excel.contents import Contents
from ultrasound.write.excel.sheets import LAYOUTS


@pytest.mark.parametrize("table", LAYOUTS)
def test_empty_columns_are_hidden_but_those_that_a_person_fills_in(table: str) -> None:
    """A column without any value is hidden with its arrow; what is open to a reviewer never is."""
    layout = LAYOUTS[table](DISPLAY)
    shown = Contents().lay_out(layout, {"study"})
    hidden = {column.name for column in shown.columns if column.hidden}
    meant = {column.name for column in layout.columns if column.hidden}
    names = {column.name for column in layout.columns}
    open_to_reviewers = names if table in {"segments", "review"} else set()
    owner = {"patient_id", "exam_date"}
    assert hidden - meant == (names - {"study"} - open_to_reviewers | (names & owner)) - meant
    whole = Contents().lay_out(layout, names)
    assert whole == layout


def test_a_short_workbook_has_no_arrows() -> None:
    """Without facts in the file no column leads to them, and the same columns stay in sight."""
    layout = LAYOUTS["legs"](DISPLAY)
    names = {column.name for column in layout.columns}
    short = Contents(short=True).lay_out(layout, names)
    assert [c.name for c in short.columns] == [c.name for c in layout.columns if not c.arrow]
    for part in ("frozen", "printed"):
        kept = [c.name for c in layout.columns[: getattr(layout, part)] if not c.arrow]
        assert [c.name for c in short.columns[: getattr(short, part)]] == kept


def test_maps_stand_beside_the_leg(tmp_path: Path) -> None:
    """The column of maps is the last of those in sight, in Legs alone."""
    contents = Contents(maps=tmp_path)
    names = {column.name for column in LAYOUTS["legs"](DISPLAY).columns}
    legs = contents.lay_out(LAYOUTS["legs"](DISPLAY), names)
    assert legs.columns[legs.frozen - 1].head == "Map"
    review = LAYOUTS["review"](DISPLAY)
    assert contents.lay_out(review, {c.name for c in review.columns}) == review


def test_link_to_a_map(tmp_path: Path) -> None:
    """The path is relative to the workbook, safe in a link, and there only with the map."""
    maps = tmp_path / "my results" / "maps"
    maps.mkdir(parents=True)
    (maps / "abc.svg").write_text("map", encoding="utf-8")
    contents = Contents(maps=maps)
    beside = contents.link_map("abc", maps.parent / "evidence.xlsx")
    above = contents.link_map("abc", tmp_path / "x.xlsx")
    assert beside is not None
    assert above is not None
    assert (beside.path, above.path) == ("maps/abc.svg", "my%20results/maps/abc.svg")
    assert contents.link_map("none", tmp_path / "x.xlsx") is None
    assert Contents().link_map("abc", tmp_path / "x.xlsx") is None


def test_no_link_across_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no relative path leads to the map there is no link, and no failure."""

    def fail(*_: object) -> str:
        raise ValueError

    (tmp_path / "abc.svg").write_text("map", encoding="utf-8")
    monkeypatch.setattr("os.path.relpath", fail)
    assert Contents(maps=tmp_path).link_map("abc", tmp_path / "x.xlsx") is None
