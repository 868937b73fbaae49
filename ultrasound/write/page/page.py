"""One study as one HTML file, which needs no network and no script.

The report stands on the left with everything that was read from it marked, and beside it what was
read and why. ``#o-`` and the id of an observation lead to its words. docs/users.md shows how to
read the page. The same result gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ultrasound.domain import Result
from ultrasound.knowledge.schema_criteria import DisplayTable, load_display
from ultrasound.knowledge.schema_drawing import load_page_look
from ultrasound.write.about import INTENDED_USE
from ultrasound.write.page.entries import EntryMaker
from ultrasound.write.page.notes import take_notes
from ultrasound.write.page.sheets import lay_out
from ultrasound.write.page.spots import Spots
from ultrasound.write.page.style import write_style, write_targets

Row = Mapping[str, object]
_XML_HEAD = re.compile(r"<\?xml[^>]*\?>\s*|<!DOCTYPE[^>]*>\s*")
# What HTML cannot hold: NUL and halves of surrogate pairs become their pictures; a carriage return
# has to be written as a reference, or a browser reads a line feed in its place.
_UNHELD = {0: "␀", 0x0D: "&#13;", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def write_page(result: Result, rows: Mapping[str, Sequence[Row]], svg: bytes | None) -> bytes:
    """The page of a study.

    Args:
        result: the study, assessed.
        rows: its rows by table.
        svg: its vein map, None where there is none.
    """
    display = load_display()
    notes = take_notes(result, rows, display)
    spots = Spots(result.study.documents, notes)
    sheets = lay_out(result.study.documents, spots)
    maker = EntryMaker(notes, spots, rows, display)
    html = _load_template().render(
        study=result.study,
        identity=_list_identity(result),
        style=write_style(),
        targets=write_targets(notes, spots),
        marks=load_page_look().mark,
        intended_use=INTENDED_USE,
        sheets=sheets,
        legs=[_show_leg(row, display) for row in rows["legs"]],
        review=maker.list_review(),
        decided=maker.list_decided(),
        facts=maker.list_facts(),
        verdicts=maker.list_verdicts(),
        sources=_list_sources(rows["criteria"]),
        context=maker.list_context(),
        left_out=maker.list_left_out(),
        images=rows["images"],
        map=_XML_HEAD.sub("", svg.decode("utf-8")) if svg else None,
        map_failed=bool(result.legs),
        problems=result.problems,
    )
    return html.translate(_UNHELD).encode("utf-8")


@lru_cache(maxsize=1)
def _load_template() -> Template:
    loader = PackageLoader("ultrasound.write.page", "")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page.html.j2")


def _list_identity(result: Result) -> list[tuple[str, str | None]]:
    study = result.study
    return [
        ("Patient", study.patient_name),
        ("ID", study.patient_id),
        ("Born", study.birth_date),
        ("Exam", study.exam_date),
        ("Accession", study.accession),
    ]


def _show_leg(row: Row, display: DisplayTable) -> dict[str, object]:
    """A leg's row with its attention codes in words."""
    codes = str(row["attention"] or "").split("; ")
    words = [display.attention.get(code, code) for code in codes if code]
    return {**row, "attention": words}


def _list_sources(criteria: Sequence[Row]) -> list[str]:
    """The publications that the answers rest on, each once."""
    found = (f"{row['reference']}. Edition: {row['edition']}." for row in criteria)
    return list(dict.fromkeys(found))
