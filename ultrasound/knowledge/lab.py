"""A laboratory's own words: one TOML file that adds to the shipped tables.

::

    [[vein]]                       # further names of a vein that the tables know
    code = "SSV"
    terms = ["calf saphenous"]

    [[finding]]                    # rows in the form of findings.toml
    property = "reflux"
    value = "present"
    denied = "absent"
    kind = "word"
    terms = ["valve failure"]

    [[cue]]                        # rows in the form of cues.toml
    kind = "plan"
    rule = "plan"
    terms = ["for the vein board"]

    [[quantity]]                   # codes of a scanner's own, as "value|scheme"
    property = "reflux_time"       # or diameter, depth, velocity
    codes = ["RT-01|99VENDOR"]
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ultrasound.domain import Code
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge.schema_dicom import DicomKnowledge, QuantityRow
from ultrasound.knowledge.schema_text import Cue, Finding, TextKnowledge
from ultrasound.knowledge.tables import Row, load_file
from ultrasound.knowledge.vein_rows import Vein


class VeinNames(Row):
    """Further names of a vein."""

    code: str
    terms: tuple[str, ...]


class LabTable(Row):
    """The file of a laboratory."""

    vein: tuple[VeinNames, ...] = ()
    finding: tuple[Finding, ...] = ()
    cue: tuple[Cue, ...] = ()
    quantity: tuple[QuantityRow, ...] = ()


def load_lab(path: Path) -> LabTable:
    """Load a laboratory's file; raises KnowledgeError where it is not well formed."""
    return load_file(path, LabTable)


def add_lab_codes(dicom: DicomKnowledge, table: LabTable, path: Path) -> DicomKnowledge:
    """The shipped codes with a laboratory's added; the scheme may have any of its names.

    Raises:
        KnowledgeError: A code is none, or already has a meaning.
    """
    added = dict(dicom.quantities)
    for index, row in enumerate(table.quantity):
        for code in row.codes:
            value, bar, scheme = code.partition("|")
            key = dicom.key(Code(value, scheme))
            if not (value.strip() and bar and scheme.strip()) or dicom.knows(key):
                raise KnowledgeError(
                    f"{path.name}: quantity.{index}.codes: {code!r} is no code as "
                    '"value|scheme", or has a meaning already'
                )
            added[key] = row.property
    return replace(dicom, quantities=added)


def add_lab_words(text: TextKnowledge, table: LabTable, path: Path) -> TextKnowledge:
    """The shipped tables with a laboratory's words added.

    Raises:
        KnowledgeError: A vein is not known, or a name already means another vein; the message
            names the file and the key.
    """
    known = {_fold(term): row.code for row in text.veins.vein for term in row.terms}
    added: list[Vein] = []
    for index, names in enumerate(table.vein):
        row = text.vein_rows.get(names.code)
        if row is None:
            raise KnowledgeError(f"{path.name}: vein.{index}.code: no vein {names.code!r}")
        for term in names.terms:
            other = known.get(_fold(term), names.code)
            if other != names.code:
                raise KnowledgeError(
                    f"{path.name}: vein.{index}.terms: {term!r} already means {other}"
                )
        added.append(row.model_copy(update={"terms": names.terms, "anatomy": None}))
    return text.replace_tables(
        veins=text.veins.model_copy(update={"vein": (*text.veins.vein, *added)}),
        findings=text.findings.model_copy(
            update={"finding": (*text.findings.finding, *table.finding)}
        ),
        cues=text.cues.model_copy(update={"cue": (*text.cues.cue, *table.cue)}),
    )


def _fold(term: str) -> str:
    return " ".join(term.removeprefix("=").lower().split())
