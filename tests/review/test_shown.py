"""Evidence pages and text reports of a reviewed run: they follow the decisions and name them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.batch.test_over_time import LATEST, MIDDLE, OLDEST
from tests.review.booking import OpenBook
from tests.review.reviewed import FOLDERS, WHEN, bytes_of, pick, review, rows, run
from tests.review.test_over_time import write_inputs
from tests.write.page.pages import parse
from tests.write.report.samples import read_samples
from tests.write.report.tracing import Tracer
from ultrasound.batch.run import Job, run_batch
from ultrasound.knowledge import load_knowledge
from ultrasound.review.compare import compare_workbook
from ultrasound.review.trail import read_trail
from ultrasound.write.excel.stream import ARROW
from ultrasound.write.report.compose import compose_report

BY_CD = f"corrected from 7.4 mm to 4.1 mm by CD, {WHEN} (decided.xlsx, Segments!"


def page_of(folder: Path, study: object) -> str:
    """The evidence page of a study."""
    return (folder / "pages" / f"{study}.html").read_text("utf-8")


def report_of(folder: Path, study: object) -> str:
    """The text report of a study, without the backslashes of Markdown."""
    return (folder / "reports" / f"{study}.md").read_text("utf-8").replace("\\", "")


def entry_of(page: str, key: str) -> str:
    """The row of a page that a key leads to."""
    (found,) = re.findall(rf'<tr[^>]* id="e-{key}">.*?</tr>', page, re.DOTALL)
    return str(found)


def list_arrows(folder: Path, sheet: str) -> list[tuple[str, str, str]]:
    """The links of a sheet to pages: study, id of the row, and place."""
    found = []
    lines = load_workbook(folder / "evidence.xlsx")[sheet].iter_rows()
    heads = [cell.value for cell in next(lines)]
    for row in lines:
        for cell in row:
            if cell.hyperlink is not None and cell.hyperlink.target:
                assert cell.value == ARROW
                study = Path(cell.hyperlink.target).stem
                key = str(row[heads.index("Id")].value)
                found.append((study, key, str(cell.hyperlink.location)))
    return found


def test_a_review_writes_what_the_run_wrote(home: Path) -> None:
    """Maps, pages and reports in each format, of the same studies."""
    kept = [
        [name for name in bytes_of(home / folder) if "/" in name] for folder in ("out", "reviewed")
    ]
    assert kept[0] == kept[1]
    assert {name.partition("/")[0] for name in kept[0]} == {"maps", "pages", "reports"}
    assert {Path(name).suffix for name in kept[0]} == {".svg", ".html", ".docx", ".md"}


def test_a_review_writes_nothing_that_the_run_did_not(home: Path, tmp_path: Path) -> None:
    """A run without maps, pages and reports is reviewed without them."""
    run_batch(
        Job((home / "in" / "pipe_table",), tmp_path / "out", formats=("md",)),
        lambda *_: None,
        lambda _: None,
    )
    with OpenBook(tmp_path / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        book.write("Review", 2, Decision="accept", Initials="AB")
    review(tmp_path / "b.xlsx", tmp_path / "new", tmp_path / "out")
    folders = {name.rpartition("/")[0] for name in bytes_of(tmp_path / "new")}
    assert folders == {"", "reports"}
    assert {path.suffix for path in (tmp_path / "new" / "reports").iterdir()} == {".md"}


def test_arrows_are_no_edits(home: Path, tmp_path: Path) -> None:
    """A workbook with links to pages is read back as it was written, also where columns moved."""
    assert len(list_arrows(home / "out", "Review")) > 3
    with OpenBook(home / "out" / "evidence.xlsx", tmp_path / "b.xlsx") as book:
        for sheet in ("Observations", "Review"):
            book.sheet(sheet).insert_cols(3)
    for book_path in (home / "out" / "evidence.xlsx", tmp_path / "b.xlsx"):
        found = compare_workbook(book_path, home / "out")
        assert (found.edits, found.notices, found.errors) == ([], [], [])


@pytest.mark.parametrize("folder", ["out", "reviewed"])
def test_arrows_of_review_lead_to_their_item(home: Path, folder: str) -> None:
    """Each lands on the words and the entry of the item with the id of its row, decided or not."""
    arrows = list_arrows(home / folder, "Review")
    asked = [str(row["id"]) for row in rows(home / folder, "review")]
    assert sorted(key for _, key, _ in arrows) == sorted(asked)
    for study, key, place in arrows:
        assert place == f"q-{key}"
        ids = parse(page_of(home / folder, study).encode()).ids
        assert (ids[place], ids[f"e-{place}"]) == (1, 1)


def test_arrows_of_what_came_up_beside_another_exam(tmp_path: Path) -> None:
    """The page was made before: the arrow leads to the fact that the item is about."""
    run(tmp_path / "out", write_inputs(tmp_path / "in", OLDEST, MIDDLE, LATEST))
    item = pick(rows(tmp_path / "out", "review"), code="conflict")
    ((study, key, place),) = [
        arrow for arrow in list_arrows(tmp_path / "out", "Review") if arrow[1] == item["id"]
    ]
    assert (study, key[:5], place[:2]) == (item["study"], "late-", "o-")
    ids = parse(page_of(tmp_path / "out", study).encode()).ids
    assert (ids[place], ids[f"e-{place}"]) == (1, 1)


def test_pages_say_who_decided(home: Path) -> None:
    """The old fact and the reviewer's both say what was decided; no link of the page is dead."""
    trail = rows(home / "reviewed", "corrections")
    decision = pick(trail, initials="CD")
    page = page_of(home / "reviewed", decision["study"])
    own = pick(rows(home / "reviewed", "observations"), source_ref=decision["id"])
    for key in (decision["observation"], own["id"]):
        assert BY_CD in entry_of(page, f"o-{key}")
    assert "a reviewer&#39;s decision" in entry_of(page, f"o-{own['id']}")
    assert ">corrected<" in entry_of(page, f"o-{decision['observation']}")
    item = entry_of(
        page_of(home / "reviewed", pick(trail, value_to="1900 ms")["study"]),
        f"q-{pick(trail, value_to='1900 ms')['review']}",
    )
    assert "corrected from 1400 ms to 1900 ms by AB" in item
    assert "1900 ms accepted by AB" in item
    rejected = pick(trail, decision="reject")
    entry = entry_of(page_of(home / "reviewed", rejected["study"]), f"o-{rejected['observation']}")
    assert ["acute rejected by AB" in entry, "is-refluxing" in entry] == [True, False]
    for path in (home / "reviewed" / "pages").iterdir():
        found = parse(path.read_bytes())
        assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
        assert set(found.ids.values()) == {1}


def test_pages_part_what_is_decided_from_what_is_open(home: Path) -> None:
    """An item stands below the heading that its row in Review asks for, with its decision."""
    for row in rows(home / "reviewed", "review"):
        page = page_of(home / "reviewed", row["study"])
        entry = entry_of(page, f"q-{row['id']}")
        place = page.index(entry)
        heading = re.findall(r'<h2 id="([^"]*)"', page[:place])[-1]
        assert heading == ("review" if row["decision"] is None else "decided")
        assert (f"by AB, {WHEN}" in entry) is (row["decision"] is not None)


def test_reports_say_who_decided(home: Path) -> None:
    """Each decision has its line, the place names its reviewer, and no decided item is open."""
    for row in rows(home / "reviewed", "corrections"):
        text = report_of(home / "reviewed", row["study"])
        _, decided, asked = re.split("## (?:Decided|To be checked) by a physician", text)
        by = f"{row['initials']}, {WHEN} ({row['workbook']}, {row['cell']})"
        read = f"| {row['value_from'] or ''} |"
        (line,) = [line for line in decided.splitlines() if by in line and read in line]
        assert (str(row["value_to"]) in line) is (row["value_to"] is not None)
        assert "| **4.1 mm** | [decided by CD] |" in text or row["initials"] != "CD"
        assert ("No open item" in asked) is (row["decision"] != "reject")
    assert "Decided by" not in report_of(home / "out", row["study"])


def test_reports_with_decisions_rest_on_rows(home: Path) -> None:
    """Nothing is in them that is neither an observation nor a decision."""
    trail = read_trail(home / "reviewed" / "corrections.csv", load_knowledge())
    studies = read_samples(*FOLDERS, corrections=trail)
    assert sum(len(found["corrections"]) for found in studies.values()) == len(trail)
    for document, found in studies.items():
        assert Tracer(found).find_untraced(compose_report(found)) == [], document


def test_earlier_results_among_the_inputs_are_no_reports(home: Path, tmp_path: Path) -> None:
    """Every file of them is known as this program's own, so that nothing counts twice."""
    inputs = tuple(home / name for name in ("in", "out", "reviewed"))
    run_batch(Job(inputs, tmp_path / "out"), lambda *_: None, lambda _: None)
    found = rows(tmp_path / "out", "files")
    kinds = {row["kind"] for row in found if not str(row["path"]).startswith("in/")}
    assert kinds == {"output"}
    assert {row["path"] for row in found if row["used"]} == {
        f"in/{row['path']}" for row in rows(home / "out", "files") if row["used"]
    }
