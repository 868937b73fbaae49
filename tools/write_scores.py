"""The part of docs/criteria.md on patterns, CEAP, VSDS, checklist, restless legs and codes."""

from __future__ import annotations

from collections.abc import Iterator

from tools.page_tables import say_verified, write_table
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_codes import CodeTable
from ultrasound.knowledge.schema_criteria import CriteriaKnowledge
from ultrasound.knowledge.schema_restless import RestlessTable
from ultrasound.knowledge.schema_scores import Sourced


def render_scores(knowledge: Knowledge) -> Iterator[str]:
    """The sections, each with its source, edition, and whether it is verified."""
    tables = knowledge.criteria
    yield from _render_patterns(tables)
    yield from _render_ceap(tables)
    yield from _render_vsds(tables)
    yield from _render_checklist(tables)
    yield from _render_restless(knowledge.text.restless)
    yield from _render_codes(knowledge.codes)


def _head(title: str, source: Sourced) -> str:
    told = say_verified(verified=source.verified)
    note = f" {source.note}" if source.note else ""
    return f"## {title}\n\n{source.reference}. Edition: {source.edition}. Verified: {told}.{note}\n"


def _render_patterns(tables: CriteriaKnowledge) -> Iterator[str]:
    yield "## Patterns of reflux\n"
    yield write_table(
        ("pattern", "means", "source", "edition", "verified", "note"),
        (
            (
                f"`{p.code}`",
                p.means,
                p.reference,
                p.edition,
                say_verified(verified=p.verified),
                p.note,
            )
            for p in tables.rules.pattern
        ),
    )


def _render_ceap(tables: CriteriaKnowledge) -> Iterator[str]:
    yield _head("CEAP", tables.ceap)
    yield (
        "C and E are quoted as a report states them, never derived. A lists every place with\n"
        "reflux or obstruction; An and Pn only where all three systems were examined and clear.\n"
    )
    yield write_table(
        ("code", "of", "levels", "mapped by this project"),
        (
            (f"`{row.code}`", row.vein, ", ".join(row.segments), "yes" if row.mapped else "")
            for row in tables.ceap.code
        ),
    )


def _render_vsds(tables: CriteriaKnowledge) -> Iterator[str]:
    yield _head("VSDS", tables.vsds)
    yield write_table(
        ("part", "veins", "reflux", "obstruction"),
        (
            (
                row.code,
                ", ".join(row.veins),
                "" if row.reflux is None else str(row.reflux),
                "" if row.obstruction is None else str(row.obstruction),
            )
            for row in tables.vsds.component
        ),
    )


def _render_checklist(tables: CriteriaKnowledge) -> Iterator[str]:
    yield _head("Completeness", tables.checklist)
    yield write_table(
        ("item", "asks for", "tier", "asked by", "where reflux was tested only"),
        (
            (
                f"`{item.code}`",
                item.name,
                item.tier,
                ", ".join(item.asked_by) or "this project",
                "yes" if item.reflux else "",
            )
            for item in tables.checklist.item
        ),
    )


def _render_restless(table: RestlessTable) -> Iterator[str]:
    told = say_verified(verified=table.verified)
    yield (
        f"## Restless legs\n\n{table.reference}. Edition: {table.edition}. Verified: {told}.\n"
        "The criteria are looked for in the words of the report; none is judged.\n"
    )
    yield write_table(
        ("criterion", "asks for", "its lack is told"),
        ((f"`{row.code}`", row.name, "no" if row.optional else "yes") for row in table.criterion),
    )


def _render_codes(table: CodeTable) -> Iterator[str]:
    yield "## Codes\n\nCandidates for a person, only with `--codes`.\n"
    yield write_table(
        ("system", "source", "edition", "verified"),
        ((s.code, s.reference, s.edition, say_verified(verified=s.verified)) for s in table.system),
    )
    yield write_table(
        ("stands for", "right", "left", "both", "rests on", "unless"),
        (
            (
                row.title,
                row.right,
                row.left,
                row.both,
                " and ".join(table.ground[name].words for name in row.when),
                " or ".join(table.ground[name].words for name in row.unless),
            )
            for row in table.candidate
        ),
    )
