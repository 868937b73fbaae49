"""A line over a table that names the visits of its blocks: "TODAY      NOV 2022"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.lines.layout import Line
from ultrasound.extract.tables.columns import Column, settle_columns
from ultrasound.extract.tables.leg_columns import find_blocks
from ultrasound.extract.tables.table_cells import Cell, cut_cells, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks

_DATE: Final = re.compile(
    r"(?:\d{1,2}[ ./-])?(?:[a-z]{3,9}[. -]{1,2}|\d{1,2}[ ./-])?(?:(?:19|20)\d\d|(?<=[./-])\d\d)"
    r"|\d{1,2}[ .-]{1,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .-]{1,2}\d{1,2}"
)
_OF_EXAM: Final = re.compile(
    r"^(?:exam|examination|scan|study|visit|duplex) (?:(?:of|on) )?(?=.*\d)"
)
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_FEWEST: Final = 2


def read_visits(headers: HeaderReader, marks: Marks, line: Line) -> list[Column]:
    """The visits that the cells of a line name, where one of them is this visit; else nothing.

    Of dates alone the latest one is: "06/2022      05/2024".
    """
    cells = [cell for cell in cut_cells(marks, line) if not cell.is_empty]
    if len(cells) < _FEWEST:
        return []
    visits: list[Column] = []
    for cell in cells:
        named = headers.read_header(marks, cell)
        dated = _DATE.fullmatch(_date_of(marks, cell)) is not None
        told = named.prior or named.current
        if cell is cells[0] and not (told or dated):
            continue  # "DETAIL", over the labels
        if not dated and (not told or named.properties or named.legs):
            return []
        visits.append(replace(named, prior=named.prior or (dated and not named.current)))
    if len(visits) >= _FEWEST and not any(v.current for v in visits):
        latest = _find_latest([_date_of(marks, visit.cell) for visit in visits])
        visits = [
            replace(v, prior=at != latest, current=at == latest) for at, v in enumerate(visits)
        ]
    several = len(visits) >= _FEWEST and sum(v.current for v in visits) == 1
    return visits if several else []


def _date_of(marks: Marks, cell: Cell) -> str:
    """The text of a cell without the words before its date: "Exam of 12 May 2023"."""
    return _OF_EXAM.sub("", text_of(marks, cell))


def _find_latest(dates: Sequence[str]) -> int | None:
    """The place of the latest date, None where that is not certain."""
    keys = [_read_month(text) for text in dates]
    known = [key for key in keys if key is not None]
    if len(known) < len(dates) or len({year for year, _ in known}) < len(known):
        told = all(month for _, month in known) and len(set(known)) == len(known) == len(dates)
        return known.index(max(known)) if told else None
    return known.index(max(known))


def _read_month(text: str) -> tuple[int, int] | None:
    """The year and month of a date in letters or as "06/2022"; a month of 0 is not told."""
    year = re.search(r"(?:19|20)\d\d", text)
    if year is None:
        return None
    name = re.search(r"[a-z]{3,}", text)
    if name is not None:
        return int(year.group()), _MONTHS.find(name.group()[:3]) // 3 + 1
    short = re.fullmatch(r"(\d{1,2})[ ./-](?:19|20)\d\d", text)
    return int(year.group()), int(short.group(1)) if short else 0


def head_visits(
    headers: HeaderReader, marks: Marks, line: Line, visits: Sequence[Column]
) -> list[Column]:
    """The visits as columns of their own, whose cells are words: "TODAY      11 FEB".

    The leg and vein before them are those of all rows: "RIGHT GSV   Today   Previous".
    """
    return settle_columns([*_head_of(headers, marks, line, visits), *visits])


def _head_of(
    headers: HeaderReader, marks: Marks, line: Line, visits: Sequence[Column]
) -> list[Column]:
    """What stands before the visits of a line, as the header of the labels."""
    first = next(cell for cell in cut_cells(marks, line) if not cell.is_empty)
    if first.first >= visits[0].cell.first:
        return []
    named = headers.read_header(marks, first)
    return [replace(named, properties=("label",), units=(), bare=False)]


def share_visits(
    headers: HeaderReader,
    marks: Marks,
    line: Line,
    columns: list[Column],
    visits: Sequence[Column],
) -> list[Column]:
    """Columns with the visit over their block; none where whose they are cannot be told."""
    if not visits or not columns:
        return columns
    values = [c for c in columns if c.measures and not c.is_label]
    if len(values) % len(visits):
        return []
    shared = list(columns)
    for block, visit in zip(find_blocks(columns, len(visits)), visits, strict=True):
        for index in block:
            shared[index] = replace(shared[index], prior=visit.prior)
    head = _head_of(headers, marks, line, visits)
    if not head or not (head[0].legs or head[0].group):
        return shared
    own = [c for c in shared if not (c.is_label or c.cell.is_empty)]
    return settle_columns([*head, *own])
