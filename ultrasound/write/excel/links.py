"""Where a cell's evidence stands: the rows of the other sheets that cells lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.hyperlink import Hyperlink

from ultrasound.write.excel.text import LONGEST_TIP, MOST_LINKS, MOST_ROWS, clean_text, name_sheet

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Target:
    """A row of a table (0 is its first), what the link shows, and the table's sheet."""

    title: str
    row: int
    header_rows: int
    tip: str = ""

    def make_link(self, with_tip: bool = True) -> Hyperlink:
        """The link to the row, on whichever sheet of the table it stands."""
        number, row = divmod(self.row, MOST_ROWS - self.header_rows)
        sheet = name_sheet(self.title, number + 1)
        return Hyperlink(
            ref="A1",
            location=f"'{sheet}'!A{row + self.header_rows + 1}",
            tooltip=clean_text(self.tip, LONGEST_TIP) if self.tip and with_tip else None,
        )


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file beside the workbook, by its relative path, and a place in it."""

    path: str
    tip: str = ""
    place: str | None = None

    def make_link(self, with_tip: bool = True) -> Hyperlink:
        """The link to the file."""
        tip = self.tip if with_tip else None
        return Hyperlink(ref="A1", target=self.path, location=self.place, tooltip=tip)


class ObservationRows:
    """The rows of the observations of one study, by their ids."""

    def __init__(self, first: int, rows: Sequence[Row], title: str = "Observations") -> None:
        self._title = title
        self._places: dict[str, tuple[int, Row]] = {}
        for offset, row in enumerate(rows):
            self._places.setdefault(str(row["id"]), (first + offset, row))

    def find(self, ids: object, props: Sequence[str] = (), value: object = None) -> Target | None:
        """One of these observations: of these properties and value, of these, or the first."""
        listed = [self._places[i] for i in str(ids or "").split("; ") if i in self._places]
        if not listed:
            return None
        fits = [found for found in listed if found[1]["property"] in props]
        exact = [found for found in fits if value in (found[1]["value_number"], found[1]["upper"])]
        row, observation = (exact or fits or listed)[0]
        return Target(self._title, row, 1, describe(observation))


def describe(observation: Row) -> str:
    """What a link to an observation shows: the words, and where they stand."""
    quote, document = observation["quote"], observation["document"]
    start, ref = observation["source_start"], observation["source_ref"]
    place = f"from character {start}" if start is not None else str(ref or "")
    words = f"“{quote}” " if quote else ""
    return f"{words}({document}, {place})"


class LinkBudget:
    """How many links the rows of a sheet may have, so that Excel's limit holds."""

    def __init__(self, rows: int) -> None:
        self._left = MOST_LINKS
        self.per_row = max(1, MOST_LINKS // max(rows, 1))

    def take(self, used_in_row: int) -> bool:
        """Whether one more link fits; if so it counts."""
        if used_in_row >= self.per_row or self._left == 0:
            return False
        self._left -= 1
        return True
