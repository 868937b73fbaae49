"""A study's rows become a report in the usual order, and nothing else gets into it.

Indication, comparison, technique, findings of each leg, impression, what is not stated, what a
physician decided, what is to be checked. What was not examined is named so, and never as normal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ultrasound.domain import Leg
from ultrasound.write.report.findings import LegFindings, write_legless
from ultrasound.write.report.impression import (
    write_criteria,
    write_decisions,
    write_impression,
    write_missing,
    write_review,
)
from ultrasound.write.report.rows import (
    THROMBUS,
    Row,
    Sourced,
    StudyRows,
    counts,
    join_refs,
    split_list,
)
from ultrasound.write.report.tree import Block, Fields, Heading, Report, Statement
from ultrasound.write.report.words import Words, join_named, load_words, quote

_LEGS = tuple(str(leg) for leg in Leg)
_IDENTITY = ("patient_name", "patient_id", "birth_date", "exam_date", "accession")
_OWNER = ("patient_name", "patient_id", "exam_date")
_QUOTED = ("limitation", "criterion_stated", "rls_wording", "contributor", "exam_title")
_RESTLESS_LEGS = ("rls_wording", "contributor")
_TECHNIQUE = ("position", "provocation", "limitation", "criterion_stated")
_ALWAYS = ("indication", "comparison_date", "position", "provocation", "limitation")
_COLUMNS = {"indication": "indications", "limitation": "limitations"}
_SEPARATOR = " · "


def compose_report(rows: Mapping[str, Sequence[Row]]) -> Report:
    """Put the report of one study together.

    Args:
        rows: The rows of the study by table, as ``result_rows`` gives them.
    """
    study, words = StudyRows(rows), load_words()
    identity = _tell_identity(study, words)
    blocks: list[Block] = [
        *_tell_attention(study, words),
        Fields((*identity.values(), *_tell_document(study, words))),
        Heading(words.report.sections["indication"]),
        Fields(tuple(_tell_indication(study, words))),
        Heading(words.report.sections["comparison"]),
        Fields((*_tell_facts(study, words, ("comparison_date",)), *_tell_others(study, words))),
        Heading(words.report.sections["technique"]),
        Fields(tuple(_tell_facts(study, words, _TECHNIQUE))),
        *(block for leg in _LEGS for block in LegFindings(study, words, leg).write()),
        *write_legless(study, words),
        Heading(words.report.sections["impression"]),
        *(block for leg in _LEGS for block in write_impression(study, words, leg)),
        *write_criteria(study, words),
        *write_missing(study, words),
        *write_decisions(study, words),
        *write_review(study, words),
    ]
    note = Statement(words.report.intended_use, kind="fixed", strong=True)
    return Report(words.report.title, _name_owner(identity, study), tuple(blocks), note)


def _name_owner(identity: Mapping[str, Statement], rows: StudyRows) -> Statement:
    """Whose report it is, in one line."""
    named = [identity[name] for name in _OWNER if identity[name].kind == "found"]
    text = _SEPARATOR.join((*(said.text for said in named), str(rows.study["study"])))
    return Statement(text, tuple(dict.fromkeys(ref for said in named for ref in said.basis)))


def _tell_attention(rows: StudyRows, words: Words) -> Iterator[Statement]:
    """What must not wait, first of all."""
    review = rows.open_review()
    for code, text in words.display.attention.items():
        asked = [item for item in review if item[1]["code"] == code]
        legs = [leg for leg, row in rows.legs.items() if code in split_list(row["attention"])]
        proof = [rows.proof(leg, *THROMBUS) for leg in legs]
        basis = (*join_refs(asked), *(ref for refs in proof for ref in refs))
        if asked or legs:
            both = any(row["leg"] is None for _, row in asked)
            named = "" if both else join_named(f"{leg} leg" for leg in legs)
            where = f": {named}" if named else ""
            yield Statement(f"{text}{where}", basis, strong=True)


def _tell_identity(rows: StudyRows, words: Words) -> dict[str, Statement]:
    """Whose exam it is: as the tables have it, else as the documents write it."""
    leg = next(iter(rows.legs.values()), None)
    told = {}
    for name in _IDENTITY:
        found = rows.facts(name)
        value = rows.study.get(name) if leg is None else leg[name]
        as_written = join_named(quote(row["value"]) for _, row in found)
        label = words.label(name)
        if value or as_written:
            told[name] = Statement(str(value or as_written), join_refs(found), label=label)
        else:
            told[name] = Statement(words.report.not_stated, kind="silent", label=label)
    return told


def _tell_document(rows: StudyRows, words: Words) -> Iterator[Statement]:
    """The exam as its report is titled, and the documents that it was read from."""
    yield from _tell_facts(rows, words, ("exam_title", "report_status"))
    sources: dict[str, list[str]] = {}
    for ref, row in (*rows.observations.items(), *rows.numbered("context")):
        sources.setdefault(str(row["document"]), []).append(ref)
    basis = tuple(ref for refs in sources.values() for ref in refs)
    if sources:
        yield Statement(join_named(sources), basis, label=words.label("read_from"))
    yield Statement(str(rows.study["study"]), basis, label=words.label("study"))


def _tell_facts(rows: StudyRows, words: Words, names: Iterable[str]) -> Iterator[Statement]:
    """The facts of each name in one statement; the usual ones are named where they are missing."""
    for name in names:
        found = rows.facts(name)
        label = words.label(_COLUMNS.get(name, name))
        if found:
            text = "; ".join(_tell_legs(found, words, name in _QUOTED))
            yield Statement(text, join_refs(found), label=label)
        elif name in _ALWAYS:
            yield Statement(words.report.not_stated, kind="silent", label=label)


def _tell_legs(found: list[Sourced], words: Words, quoted: bool) -> Iterator[str]:
    """The values of a fact: those of no leg first, then leg by leg."""
    for leg in (None, *_LEGS):
        values = []
        for _, row in found:
            if row["leg"] == leg:
                value = quote(row["value"]) if quoted else words.say(row["value"])
                sure = row["assertion"] != "uncertain"
                values.append(value if sure else f"{value} ({words.report.uncertain})")
        if values:
            yield f"{leg} leg: {join_named(values)}" if leg else join_named(values)


def _tell_indication(rows: StudyRows, words: Words) -> Iterator[Statement]:
    """Why the exam was made; what may contribute to restless legs only where these are named."""
    yield from _tell_facts(rows, words, ("indication",))
    if rows.facts("rls_wording"):
        yield from _tell_facts(rows, words, _RESTLESS_LEGS)


def _tell_others(rows: StudyRows, words: Words) -> Iterator[Statement]:
    """What is told of an earlier exam or by another method, and counts for no leg."""
    earlier, other = [], []
    for ref, row in rows.observations.items():
        if not counts(row):
            continue
        if row["temporality"] == "prior":
            earlier.append((ref, row))
        elif "other_method" in split_list(row["flags"]):
            other.append((ref, row))
    for name, found in (("earlier", earlier), ("other_method", other)):
        if found:
            text = "; ".join(dict.fromkeys(words.tell_observation(row) for _, row in found))
            yield Statement(text, join_refs(found), label=words.label(name))
