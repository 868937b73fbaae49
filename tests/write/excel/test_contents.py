"""What one workbook holds: columns hidden where nothing is in them, few sheets."""

from __future__ import annotations

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
