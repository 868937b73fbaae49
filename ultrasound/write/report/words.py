"""The words of a report for the codes of the rows: those of the workbook wherever it has any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ultrasound.knowledge.schema_criteria import DisplayTable, load_display
from ultrasound.knowledge.schema_report import ReportTable, load_report_words
from ultrasound.write.columns import TABLES
from ultrasound.write.drawing.words import write_diameter, write_measure, write_time
from ultrasound.write.report.rows import Row, Sourced, split_list
from ultrasound.write.report.tree import Kind

_HEADERS = {column.name: column.header for column in (*TABLES["legs"], *TABLES["segments"])}
_STATED = ("compressibility", "patency", "flow", "anatomy", "treatment", "treatment_result")
_WORDED = ("thrombus", "treatment")
_QUIET_FLAGS = ("from_vein", "acute_only")
_OPEN_STATUS = "not_stated"
_DIFFERS = "differs"
_COMPARED = ("reflux_time_vs_dicom", "diameter_vs_dicom", "findings_vs_dicom")


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of words, and what is made of them."""

    display: DisplayTable
    report: ReportTable

    def say(self, code: object) -> str:
        """A code in words."""
        text = str(code)
        return self.report.words.get(text, text.replace("_", " "))

    def say_value(self, prop: object, code: str) -> str:
        """The value of a coded property in words."""
        if prop == "thrombus" and code in self.display.thrombus:
            return self.display.thrombus[code]
        if prop in _WORDED and code in self.display.values:
            return self.display.values[code]
        return self.say(code)

    def label(self, name: str) -> str:
        """What stands before a statement: its own label, or the header of that column."""
        return self.report.labels.get(name) or _HEADERS[name]

    def name_vein(self, row: Row, count: int = 1) -> str:
        """A vein, with its number among several, or how many veins one statement speaks of."""
        name = self.display.veins.get(str(row["vein"]), str(row["vein"]))
        item = f" {row['item']:g}" if isinstance(row["item"], int | float) else ""
        return f"{count} × {name}" if count > 1 else f"{name}{item}"

    def name_level(self, code: object) -> str:
        """A level."""
        return self.display.segments.get(str(code), str(code))

    def name_place(self, row: Row) -> str:
        """A vein and its level: "GSV mid thigh"."""
        level = f" {self.name_level(row['segment'])}" if row["segment"] else ""
        return f"{self.name_vein(row)}{level}"

    def tell_thrombus(self, row: Row) -> str:
        """What is stated of a thrombus at a place, every code of it."""
        flags, codes = split_list(row["flags"]), split_list(row["thrombus"])
        acute_only = "acute_only" in flags
        codes = tuple("no_acute" if c == "absent" and acute_only else c for c in codes)
        return ", ".join(self.say_value("thrombus", code) for code in codes)

    def tell_findings(self, row: Row) -> str:
        """Everything else that is stated at a place, then what is doubtful about it."""
        parts = [f"thrombus: {told}"] if (told := self.tell_thrombus(row)) else []
        parts += [
            f"{_HEADERS[name].lower()}: {self._say_values(name, row[name])}"
            for name in _STATED
            if row[name]
        ]
        depth = write_measure(row["depth_mm"], "mm", "=", None)
        parts += [f"depth: {depth}"] if depth else []
        parts += [
            f"{_HEADERS[name]}: {self.say(row[name])}"
            for name in _COMPARED
            if row[name] == _DIFFERS
        ]
        doubts = [self.say(f) for f in split_list(row["flags"]) if f not in _QUIET_FLAGS]
        return "; ".join([*parts, *([f"[{', '.join(doubts)}]"] if doubts else [])])

    def _say_values(self, name: str, cell: object) -> str:
        return ", ".join(self.say_value(name, code) for code in split_list(cell))

    def tell_place(self, row: Row, count: int) -> tuple[str, ...]:
        """A place as the cells of a line: vein, level, status, time, diameter, other findings."""
        level = self.name_level(row["segment"]) if row["segment"] else ""
        where = quote(row["location"]) if row["location"] else ""
        return (
            self.name_vein(row, count),
            ", ".join(part for part in (level, where) if part),
            self.display.name_status(str(row["status"])),
            write_time(row),
            write_diameter(row),
            self.tell_findings(row),
        )

    def name_deciders(self, decisions: Iterable[Sourced]) -> str:
        """Who made a fact what it is, empty where it was read."""
        named = join_named(str(row["initials"]) for _, row in decisions)
        return f"[{self.report.decided_by} {named}]" if named else ""

    def tell_observation(self, row: Row) -> str:
        """One observation: leg, place, property and value, with its doubts."""
        leg = f"{row['leg']} " if row["leg"] else ""
        measured = write_measure(row["value_number"], row["unit"], row["comparator"], row["upper"])
        value = measured or self.say_value(row["property"], str(row["value_code"]))
        doubts = [self.say(flag) for flag in split_list(row["flags"])]
        doubts += [self.report.uncertain] if row["assertion"] == "uncertain" else []
        tail = f" [{', '.join(doubts)}]" if doubts else ""
        return f"{leg}{self.name_place(row)}: {self.say(row['property'])} {value}{tail}"


def load_words() -> Words:
    """All words of the report."""
    return Words(load_display(), load_report_words())


def quote(text: object) -> str:
    """The report's own words."""
    return f"“{text}”"


def join_named(words: Iterable[str]) -> str:
    """Words in a list, each once."""
    return ", ".join(dict.fromkeys(words))


def kind_of(code: object) -> Kind:
    """Whether a status or an answer says that nothing is stated."""
    return "silent" if code in (None, _OPEN_STATUS) else "found"
