"""What is stated of one leg: its systems, each place in a table, thrombus and treatment."""

from __future__ import annotations

from collections.abc import Iterator

from ultrasound.knowledge.schema_report import Band
from ultrasound.write.report.rows import (
    SYSTEMS,
    THROMBUS,
    Row,
    StudyRows,
    counts,
    join_refs,
    refer,
    split_list,
)
from ultrasound.write.report.tree import Block, Fields, Heading, Line, Statement, Table
from ultrasound.write.report.words import Words, join_named, kind_of, quote

_LENGTHS = ("thrombus_length_mm", "distance_to_junction_mm")
_ALARMS = ("ACUTE",)
_STRONG = ("refluxing", "cannot_say")
_WIDTHS = (3.2, 3.0, 2.5, 1.9, 2.1, 4.3)


class LegFindings:
    """The findings of one leg as blocks."""

    def __init__(self, rows: StudyRows, words: Words, leg: str) -> None:
        self._rows = rows
        self._words = words
        self._leg = leg

    def write(self) -> Iterator[Block]:
        """The section of the leg; it says so where nothing is stated."""
        words = self._words.report
        yield Heading(words.sections[self._leg])
        row = self._rows.legs.get(self._leg)
        if row is None:
            yield Statement(words.no_leg_row, kind="silent")
            return
        examined = self._words.display.examined
        code = str(row["examined"])
        proof = self._rows.proof(self._leg, "sentence")
        extent = Statement(examined.get(code, code), proof, label=self._words.label("examined"))
        yield Fields((extent, *(self._tell_system(row, name) for name in SYSTEMS)))
        yield Table(words.columns.findings, tuple(self._list_lines(row)), _WIDTHS)
        yield Fields((*self._tell_thrombus(row), self._tell_treatment()))

    def _tell_system(self, row: Row, name: str) -> Statement:
        code = str(row[name])
        text = self._words.display.systems.get(code, code)
        proof = self._rows.proof(self._leg, name)
        return Statement(text, proof, kind_of(code), self._words.label(name))

    def _list_lines(self, leg: Row) -> Iterator[Line | str]:
        for band in self._words.report.band:
            yield band.title
            yield from self._list_band(band, leg)

    def _list_band(self, band: Band, leg: Row) -> Iterator[Line]:
        segments = self._rows.segments(self._leg)
        told = [row for vein in band.veins for row in segments if row["vein"] == vein]
        yield from (self._write_line(row) for row in told)
        named = {row["vein"] for row in told}
        levelled = {row["vein"] for row in told if row["segment"]}
        display, missing = self._words.display, self._words.report.not_stated
        for vein in (v for v in band.veins if v in levelled):
            silent = split_list(leg.get(f"{vein.lower()}_not_stated"))
            if silent:
                levels = join_named(display.segments[level] for level in silent)
                yield Line((display.veins[vein], levels, missing, "", "", ""), kind="silent")
        quiet = [display.veins[vein] for vein in band.expected if vein not in named]
        if not told and not band.expected:
            quiet = [band.title]
        if quiet:
            yield Line((join_named(quiet), "", missing, "", "", ""), kind="silent")

    def _write_line(self, row: Row) -> Line:
        proof = refer(row["observations"])
        numbers = [self._rows.observations[ref]["count"] for ref in proof]
        count = max((number for number in numbers if isinstance(number, int)), default=1)
        *place, findings = self._words.tell_place(row, count)
        thrombus = self._words.tell_thrombus(row)
        strong = row["status"] in _STRONG or any(word in thrombus for word in _ALARMS)
        decisions = self._rows.decisions(proof)
        told = "; ".join(filter(None, (findings, self._words.name_deciders(decisions))))
        return Line((*place, told), (*proof, *join_refs(decisions)), strong=strong)

    def _tell_thrombus(self, row: Row) -> Iterator[Statement]:
        in_part = any(place["thrombus"] for place in self._rows.segments(self._leg))
        for name in THROMBUS:
            code = str(row[name])
            text = self._words.display.thrombus.get(code, code)
            if in_part and kind_of(code) == "silent":
                text = self._words.report.not_as_whole
            label = self._words.label(name)
            proof = self._rows.proof(self._leg, name)
            yield Statement(text, proof, kind_of(code), label, code == "acute")
        yield from tell_lengths(self._rows, self._words, self._leg)

    def _tell_treatment(self) -> Statement:
        label = self._words.label("treatments")
        treated = [row for row in self._rows.segments(self._leg) if row["treatment"]]
        if not treated:
            return Statement(self._words.report.not_stated, kind="silent", label=label)
        told = {self._words.name_place(row): self._tell_result(row) for row in treated}
        proof = tuple(dict.fromkeys(ref for row in treated for ref in refer(row["observations"])))
        text = "; ".join(f"{place}: {result}" for place, result in told.items())
        return Statement(text, proof, label=label)

    def _tell_result(self, row: Row) -> str:
        doubt = "uncertain_treatment" in split_list(row["flags"])
        told = join_named(
            self._words.say_value(name, code)
            for name in ("treatment", "treatment_result")
            for code in split_list(row[name])
        )
        return f"{told} ({self._words.report.uncertain})" if doubt else told


def tell_lengths(rows: StudyRows, words: Words, leg: str | None) -> Iterator[Statement]:
    """How long a thrombus is and how far from a junction; ``leg`` None: told without a leg."""
    for name in _LENGTHS:
        found = [fact for fact in rows.facts(name) if fact[1]["leg"] == leg]
        if found:
            text = join_named(f"{row['value']} mm" for _, row in found)
            yield Statement(text, join_refs(found), label=words.label(name))


def write_legless(rows: StudyRows, words: Words) -> Iterator[Block]:
    """What is stated without a leg; no section where there is nothing."""
    found = [
        (ref, row)
        for ref, row in rows.observations.items()
        if row["leg"] is None and row["temporality"] == "current" and counts(row)
    ]
    statements = [_tell_legless(ref, row, rows, words) for ref, row in found]
    lengths = tuple(tell_lengths(rows, words, None))
    if statements or lengths:
        yield Heading(words.report.sections["no_leg"])
        yield from statements
    if lengths:
        yield Fields(lengths)


def _tell_legless(ref: str, row: Row, rows: StudyRows, words: Words) -> Statement:
    decisions = rows.decisions([ref])
    source = quote(row["quote"]) if row["quote"] else words.name_deciders(decisions)
    text = " ".join(filter(None, (words.tell_observation(row), source)))
    return Statement(text, (ref, *join_refs(decisions)))
