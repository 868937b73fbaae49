"""The workbook: made from the parts, row by row, with every value linked to its evidence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from ultrasound.domain import SET_ASIDE, SEVERITIES
from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.write.excel.about import write_about
from ultrasound.write.excel.beside import StudyFiles
from ultrasound.write.excel.contents import Contents
from ultrasound.write.excel.criteria_sheet import layout_criteria
from ultrasound.write.excel.layout import SheetLayout
from ultrasound.write.excel.links import FACTS, ObservationRows, Target, resolve_leg
from ultrasound.write.excel.order import Row, StudyOrder
from ultrasound.write.excel.report import Exam, write_report
from ultrasound.write.excel.sheet_trends import layout_trends
from ultrasound.write.excel.sheets import (
    layout_files,
    layout_images,
    layout_legs,
    layout_observations,
    layout_restless,
    layout_segments,
)
from ultrasound.write.excel.sheets_proven import layout_codes, layout_completeness
from ultrasound.write.excel.sheets_review import layout_corrections, layout_review
from ultrasound.write.excel.stream import Marks, SheetStream
from ultrasound.write.fixed_zip import FIXED_TIME, fix_times
from ultrasound.write.parquet import MARKER, count_rows, list_filled, read_table

_STATE = ("reflux_time", "reflux", "treatment_result", "anatomy")
_MEASURED = {"reflux_time_ms": "reflux_time", "diameter_mm": "diameter"}
# A decision of which nothing was found has no exam.
_NOBODY: Row = {"patient_id": None, "exam_date": None}
LegKey = tuple[str, str]


def write_workbook(
    parts: Path, path: Path, about: Mapping[str, str], contents: Contents | None = None
) -> None:
    """Write the workbook and put it in place once it is whole.

    Only the rows of some studies, and one row number per study, leg and review item, are held.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "ultrasound"
    book.properties.title = "Venous duplex evidence"
    book.properties.created = FIXED_TIME
    contents = contents or Contents()
    maker = _WorkbookMaker(parts, book, contents, path)
    if contents.reports:
        maker.write_reports()
    maker.write_legs()
    if not contents.short:
        maker.write_segments()
        maker.write_observations()
    maker.write_review()
    if not contents.short:
        maker.write_corrections()
        for layout in (layout_criteria, layout_completeness, layout_codes):
            maker.write_proven(layout(maker.display))
        maker.write_restless()
        maker.write_trends()
        maker.write_images()
    maker.write_files()
    write_about(book, about, maker.display)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        unfinished = Path(folder) / "workbook.xlsx"
        book.save(unfinished)
        fix_times(unfinished, path)


class _WorkbookMaker:
    """Writes the sheets of one workbook, each in one pass over the studies."""

    def __init__(self, parts: Path, book: Workbook, contents: Contents, path: Path) -> None:
        self.parts = parts
        self.book = book
        self.contents = contents
        self.files = StudyFiles(contents.results or path.parent, path)
        self.display = load_display()
        self.order = StudyOrder(parts)
        self.first_observation = self.order.find_first_rows(self.order.count("observations"))
        self.leg_rows = {key: row for row, key in enumerate(self._ordered_legs())}
        self.review_rows = self._place_review()

    def write_reports(self) -> None:
        """One page for each exam, the latest first."""
        layout = layout_legs(self.display)
        found = self.order.read_studies(("legs", "review"), self.order.studies[::-1])
        for number, (study, tables) in enumerate(found, 1):
            owner = tables["legs"][0] if tables["legs"] else self.order.own({"study": study})
            legs = sorted(tables["legs"], key=lambda row: str(row["leg"]), reverse=True)
            exam = Exam(owner, legs, tables["review"], self.contents.pictures.get(study))
            write_report(self.book, number, exam, layout, self.display)

    def write_legs(self) -> None:
        """Legs with an acute thrombus or a doubtful identity first, then by patient and date."""
        stream = self._open_sheet(layout_legs(self.display))
        before = None
        for study, row, links in self._legs_with_links():
            found = {**self._link_leg(study, row, links), **self.files.find("legs", study)}
            stream.write(row, found, Marks(first=study != before))
            before = study

    def write_segments(self) -> None:
        """Each place under its leg; rows that follow from the whole vein are folded."""
        stream = self._open_sheet(layout_segments(self.display))
        before = None
        for study, tables in self.order.read_studies(("segments", "observations"), columns=FACTS):
            found = self._observations(study, tables["observations"])
            for row in tables["segments"]:
                links = self._link_segment(study, row, found)
                leg = (study, row["leg"])
                own = found.is_stated(row["observations"], row["segment"])
                folded = _is_from_vein(row) and not own
                stream.write(row, links, Marks(first=leg != before, folded=folded))
                before = leg

    def write_observations(self) -> None:
        """Each fact, in the order that the links of the other sheets count on."""
        stream = self._open_sheet(layout_observations(self.display))
        before = None
        for row in self.order.read("observations"):
            leg = (str(row["study"]), str(row["leg"]))
            marks = Marks(first=leg != before, muted=not _counts(row))
            page = self.files.find("observations", row["study"], f"o-{row['id']}")
            stream.write(self.order.own(row), {"leg": self._to_leg(leg), **page}, marks)
            before = leg

    def write_review(self) -> None:
        """Worst first, each linked to its leg."""
        stream = self._open_sheet(layout_review(self.display))
        for row in self._ordered_review():
            leg = (str(row["study"]), str(row["leg"]))
            page = self.files.find_review(row)
            stream.write(self.order.own(row), {"leg": self._to_leg(leg), **page})

    def write_corrections(self) -> None:
        """Each decision of a physician; no sheet where there is none."""
        if not count_rows(self.parts, "corrections"):
            return
        stream = self._open_sheet(layout_corrections(self.display))
        for row in read_table(self.parts, "corrections"):
            leg = (str(row["study"]), str(row["leg"]))
            stream.write({**_NOBODY, **self.order.own(row)}, {"leg": self._to_leg(leg)})

    def write_proven(self, layout: SheetLayout) -> None:
        """Rows that rest on facts, linked to the first of them; no sheet where there are none."""
        if not count_rows(self.parts, layout.table):
            return
        stream = self._open_sheet(layout)
        table, linked = layout.table, {c.name for c in layout.columns if c.link} - {"leg"}
        before = None
        for study, tables in self.order.read_studies((table, "observations"), columns=FACTS):
            found = self._observations(study, tables["observations"])
            for row in tables[table]:
                leg = (study, str(row["leg"]))
                proof = found.find(row["observations"])
                links = {**dict.fromkeys(linked, proof), "leg": self._to_leg(leg)}
                stream.write(self.order.own(row), links, Marks(first=leg != before))
                before = leg

    def write_restless(self) -> None:
        """Each exam that names restless legs; no sheet where there is none."""
        if not count_rows(self.parts, "rls"):
            return
        stream = self._open_sheet(layout_restless(self.display))
        for study, tables in self.order.read_studies(("rls", "observations"), columns=FACTS):
            found = self._observations(study, tables["observations"])
            for row in tables["rls"]:
                links: dict[str, Target | None] = {}
                for leg in ("right", "left"):
                    links[f"{leg}_evidence"] = self._to_leg((study, leg))
                    links[f"{leg}_observations"] = found.find(row[f"{leg}_observations"])
                stream.write(row, links, Marks(first=True))

    def write_trends(self) -> None:
        """Patients with several exams, each value with its exam; no sheet where there is none."""
        if not count_rows(self.parts, "trends"):
            return
        stream = self._open_sheet(layout_trends(self.display))
        before = None
        for row in read_table(self.parts, "trends"):
            leg = (row["patient_id"], row["patient_issuer"], row["leg"])
            links = {
                f"{when}_value": self._to_leg((str(row[f"{when}_study"]), str(row["leg"])))
                for when in ("first", "previous", "last")
            }
            steady = row["change"] == row["change_since_previous"] == "unchanged"
            folded = steady and _is_from_vein(row)
            marks = Marks(leg != before, folded=folded, muted=steady)
            stream.write(row, links, marks)
            before = leg

    def write_images(self) -> None:
        """Each ultrasound image; no sheet where there is none."""
        if not count_rows(self.parts, "images"):
            return
        stream = self._open_sheet(layout_images(self.display))
        for row in self.order.read("images"):
            leg = (str(row["study"]), str(row["leg"]))
            stream.write(self.order.own(row), {"leg": self._to_leg(leg)})

    def write_files(self) -> None:
        """Each input, those that were not used first."""
        stream = self._open_sheet(layout_files(self.display))
        for used in (False, True):
            for row in read_table(self.parts, "files"):
                if bool(row["used"]) is used:
                    stream.write(row)

    def _open_sheet(self, layout: SheetLayout) -> SheetStream:
        filled = list_filled(self.parts, layout.table) | list_filled(self.parts, MARKER)
        shown = self.files.lay_out(self.contents.lay_out(layout, filled))
        return SheetStream(self.book, shown, count_rows(self.parts, layout.table))

    def _ordered_legs(self) -> Iterator[LegKey]:
        """First the rows that need attention, then all others, right before left."""
        for studies, wanted in ((self.order.urgent, True), (self.order.studies, False)):
            for row in self.order.read("legs", studies, ("study", "leg", "attention")):
                if (row["attention"] is not None) is wanted:
                    yield str(row["study"]), str(row["leg"])

    def _legs_with_links(self) -> Iterator[tuple[str, Row, dict[str, Target | None]]]:
        """Each row of Legs with where its cells lead to; nowhere where there are no facts."""
        short = self.contents.short
        tables = ("legs",) if short else ("legs", "_links", "observations")
        for studies, wanted in ((self.order.urgent, True), (self.order.studies, False)):
            for study, found in self.order.read_studies(tables, studies, FACTS):
                rows = self._observations(study, found.get("observations", ()))
                for row in found["legs"]:
                    if (row["attention"] is not None) is wanted:
                        yield study, row, resolve_leg(row, found.get("_links", ()), rows)

    def _ordered_review(self, columns: Sequence[str] | None = None) -> Iterator[Row]:
        for severity in SEVERITIES:
            rows = self.order.read("review", columns=columns)
            yield from (row for row in rows if row["severity"] == severity)

    def _place_review(self) -> dict[str, int]:
        """The row of the worst review item of each study."""
        rows: dict[str, int] = {}
        for number, row in enumerate(self._ordered_review(("study", "severity"))):
            rows.setdefault(str(row["study"]), number)
        return rows

    def _observations(self, study: str, rows: Sequence[Row]) -> ObservationRows:
        return ObservationRows(self.first_observation[study], rows)

    def _to_leg(self, leg: LegKey) -> Target | None:
        row = self.leg_rows.get(leg)
        return None if row is None else Target("Legs", row, 2, "To the row of this leg")

    def _link_leg(
        self, study: str, row: Row, links: dict[str, Target | None]
    ) -> dict[str, Target | None]:
        review = self.review_rows.get(study)
        if review is not None and row["review_items"]:
            links["review_items"] = Target("Review", review, 1, "To the review items of this exam")
        return links

    def _link_segment(
        self, study: str, row: Row, found: ObservationRows
    ) -> dict[str, Target | None]:
        links: dict[str, Target | None] = {"leg": self._to_leg((study, str(row["leg"])))}
        ids = row["observations"]
        links["status"] = found.find(ids, _STATE)
        for column, prop in _MEASURED.items():
            links[column] = found.find(ids, (prop,), row[column])
        return links


def _counts(row: Row) -> bool:
    """Whether a fact counts: not of an earlier exam, by another method, or set aside."""
    flags = str(row["flags"] or "").split("; ")
    out = ("other_method", *SET_ASIDE)
    return row["temporality"] == "current" and not any(flag in flags for flag in out)


def _is_from_vein(row: Row) -> bool:
    """Whether a statement about the whole vein speaks for the level of a row."""
    return row["segment"] is not None and "from_vein" in str(row["flags"] or "").split("; ")
