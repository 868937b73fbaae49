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
"""

from __future__ import annotations

from pathlib import Path

from ultrasound.errors import KnowledgeError
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


def add_lab_words(text: TextKnowledge, path: Path) -> TextKnowledge:
    """The shipped tables with a laboratory's words added.

    Raises:
        KnowledgeError: The file is not well formed, a vein is not known, or a name already means
            another vein; the message names the file and the key.
    """
    table = load_file(path, LabTable)
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
