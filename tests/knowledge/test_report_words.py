"""The words of the text report fit the codes that they are for."""

from __future__ import annotations

from ultrasound.knowledge import load_knowledge
from ultrasound.knowledge.schema_report import load_report_words
from ultrasound.write.about import INTENDED_USE

WORDS = load_report_words()


def test_each_vein_has_one_place_in_the_table_of_findings() -> None:
    """No vein is lost, none stands twice, and the named ones are those of the band."""
    veins = [vein for band in WORDS.band for vein in band.veins]
    assert sorted(veins) == sorted(load_knowledge().text.vein_rows)
    assert all({*band.expected} <= {*band.veins} for band in WORDS.band)


def test_bands_hold_the_veins_of_their_system() -> None:
    """Deep and pelvic veins, superficial veins and perforators do not mix."""
    systems = {code: row.system for code, row in load_knowledge().text.vein_rows.items()}
    found = [{systems[vein] for vein in band.veins} for band in WORDS.band]
    assert found == [{"deep", "pelvic"}, *([{"superficial"}] * 3), {"perforator"}]


def test_each_table_has_its_columns() -> None:
    """As many headers as a line has cells."""
    columns = WORDS.columns
    headers = (columns.findings, columns.criteria, columns.decisions, columns.review)
    assert [len(header) for header in headers] == [6, 4, 4, 4]


def test_the_intended_use_is_that_of_the_workbook() -> None:
    """One sentence says it everywhere."""
    assert WORDS.intended_use == INTENDED_USE
