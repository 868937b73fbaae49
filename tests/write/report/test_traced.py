"""Nothing in a report that is not an observation or a fact of the report, or the lack of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.write.report.samples import SAMPLES, read_samples
from tests.write.report.tracing import Tracer
from tests.write.studies import ACUTE, make_result, make_review
from ultrasound.domain import Context, HeaderElement, Result
from ultrasound.write.report.compose import compose_report
from ultrasound.write.report.tree import Block, Fields, Line, Report, Statement, Table
from ultrasound.write.rows import result_rows

# A table, prose, thrombosis, treated veins, structured reports with and without a text.
FOLDERS = ("fixed_width_table", "prose_by_leg", "dvt_emergency", "post_procedure", "dicom")
STATEMENTS = 27_000


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_statement_rests_on_rows(folder: str) -> None:
    """Every number, vein, level, leg and status is in the rows that its statement names."""
    studies = read_samples(folder)
    assert studies
    for document, rows in studies.items():
        assert Tracer(rows).find_untraced(compose_report(rows)) == [], document


@pytest.mark.prove
def test_each_statement_of_all_samples_rests_on_rows() -> None:
    """The same of every sample report."""
    studies, said = read_samples(), 0
    for document, rows in studies.items():
        report = compose_report(rows)
        said += len(list(report.list_statements()))
        assert Tracer(rows).find_untraced(report) == [], document
    assert len(studies) > len(list(SAMPLES.glob("*")))
    assert said > STATEMENTS


def name_patient(result: Result) -> Result:
    """The study with the facts of the header that its identity comes from."""
    names = ("patient_name", "patient_id", "birth_date", "exam_date", "accession")
    context = tuple(
        Context(None, name, getattr(result.study, name), HeaderElement("r", "(0010,0010)"), "r")
        for name in names
    )
    return replace(result, context=(*result.context, *context))


@pytest.mark.parametrize("facts", [ACUTE, "R GSV sfj reflux_time 2900; L SSV - reflux absent"])
def test_constructed_studies_are_traced(facts: str) -> None:
    """So it is with facts that no sample holds, and with items that are open."""
    review = [make_review("identity_mismatch"), make_review("unread")]
    rows = result_rows(name_patient(make_result(1, facts, review)))
    assert Tracer(rows).find_untraced(compose_report(rows)) == []


def edit(report: Report, old: str, new: str, **changes: object) -> Report:
    """The report with one word of every statement that holds it changed, and other parts of it."""

    def swap(said: Statement | Line) -> Statement | Line:
        if isinstance(said, Line):
            if not any(old in cell for cell in said.cells):
                return said
            cells = tuple(cell.replace(old, new) for cell in said.cells)
            return replace(said, cells=cells, **changes)  # type: ignore[arg-type]
        if old not in said.text:
            return said
        return replace(said, text=said.text.replace(old, new), **changes)  # type: ignore[arg-type]

    return replace(report, blocks=tuple(_edit_block(block, swap) for block in report.blocks))


def _edit_block(block: Block, swap: Callable[[Statement | Line], object]) -> Block:
    if isinstance(block, Statement):
        return swap(block)  # type: ignore[return-value]
    if isinstance(block, Fields):
        return Fields(tuple(map(swap, block.statements)))  # type: ignore[arg-type]
    if isinstance(block, Table):
        lines = tuple(line if isinstance(line, str) else swap(line) for line in block.lines)
        return replace(block, lines=lines)  # type: ignore[arg-type]
    return block


FACTS = (
    "R GSV sfj reflux_time 2900; R GSV sfj diameter 8.1; R SSV - reflux absent;"
    "L SSV spj reflux_time 700; L CFV - thrombus absent"
)


@pytest.mark.parametrize(
    ("old", "new", "changes", "found"),
    [
        ("8.1 mm", "8.7 mm", {}, "number 8.7"),
        ("2.9 s", "2.8 s", {}, "number 2.8"),
        ("GSV", "AASV", {}, "vein AASV"),
        ("SFJ", "mid calf", {}, "level mid calf"),
        ("competent", "not visualised", {}, "claim 'not visualised'"),
        ("SSV reflux", "left SSV reflux, right SSV reflux", {}, "leg right"),
        ("not stated", "treated, closed", {"kind": "found"}, "rests on nothing"),
        ("2.9 s", "2.9 s", {"basis": ()}, "rests on nothing"),
        ("2.9 s", "2.9 s", {"basis": ("observations:0",)}, "rests on nothing"),
        ("refluxing", "not stated", {"kind": "silent"}, "GSV sfj is stated"),
        ("standing", "not stated", {"kind": "silent"}, "the fact is stated"),
        ("varicose", "no venous disease; varicose", {"kind": "fixed"}, "fixed words"),
    ],
)
def test_planted_statement_is_found(
    old: str, new: str, changes: dict[str, object], found: str
) -> None:
    """A word changed in a report, a basis taken away, a silence that is none: each is found."""
    rows = result_rows(name_patient(make_result(1, FACTS)))
    report = compose_report(rows)
    assert Tracer(rows).find_untraced(report) == []
    wrong = Tracer(rows).find_untraced(edit(report, old, new, **changes))
    assert [each for each in wrong if found in each]
