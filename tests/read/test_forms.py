"""Files that hold no report are known by their form, and what could hold one is a failure."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.read.conftest import ReadBytes
from ultrasound.write.columns import TABLES

SHEETS = ("Legs", "Segments", "Observations", "Review", "Files", "About")
OBSERVATION = json.dumps({"type": "observation", "document": "a.txt", "vein": "GSV"})
PROBLEM = json.dumps({"type": "problem", "path": "b.txt"})
GOLD = "# by hand\nR\tGSV\tsfj\treflux_time\t2300\n?L\tSSV\t-\treflux\tabsent\n!review\tR\tGSV\n"
REPORT = "Left leg venous duplex: GSV incompetent, 2.3 s. SSV competent."


def make_workbook(*sheets: str) -> bytes:
    """A file with the parts of a workbook that name its sheets."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        names = "".join(f'<sheet name="{name}" sheetId="1"/>' for name in sheets)
        archive.writestr("xl/workbook.xml", f"<workbook><sheets>{names}</sheets></workbook>")
    return target.getvalue()


def make_archive() -> bytes:
    """A zip archive with a report in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("report.txt", REPORT)
    return target.getvalue()


LISTED = {
    "empty": (b"", "x.txt", "clutter", "empty"),
    "only_blanks": (b" \r\n\t\n", "x.txt", "clutter", "empty"),
    "finder": (b"\0\0\0\x01Bud1\0\0", ".DS_Store", "clutter", "clutter"),
    "apple_double": (b"\0\x05\x16\x07\0\x02\0\0Mac OS X", "._x", "clutter", "clutter"),
    "thumbnails": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a/Thumbs.db", "clutter", "clutter"),
    "desktop": (b"[.ShellClassInfo]\r\nIconFile=x\r\n", "desktop.ini", "clutter", "clutter"),
    "office_lock": (b"\x05User" + b"\0" * 40, "a/~$report.docx", "clutter", "clutter"),
    "gold": (GOLD.encode(), "x.gold.tsv", "annotation", "annotation"),
    "gold_by_form": (GOLD.encode(), "renamed.txt", "annotation", "annotation"),
    "gold_without_rows": (b"# nothing to find\n", "x.gold.tsv", "annotation", "annotation"),
    "expected": (f"{OBSERVATION}\n".encode(), "x.expected.jsonl", "annotation", "annotation"),
    "lines": (f"{OBSERVATION}\n{PROBLEM}\n".encode(), "observations.jsonl", "output", "output"),
    "workbook": (make_workbook(*SHEETS, "Criteria"), "evidence.xlsx", "output", "output"),
    "month": (make_workbook("Legs", "Review", "Files", "About"), "x.xlsx", "output", "output"),
    "run_file": (b'{"program": "x", "finished": false}', "run.json", "output", "output"),
    "parquet": (b"PAR1....study..sop_instance_uid..PAR1", "x.parquet", "output", "output"),
    "table": (
        b"study,patient_id,patient_name,birth_date,exam_date,leg\ns1,1,A,,,right\n",
        "legs.csv",
        "output",
        "output",
    ),
}


@pytest.mark.parametrize(("data", "name", "kind", "code"), LISTED.values(), ids=LISTED)
def test_listed_and_no_failure(
    data: bytes, name: str, kind: str, code: str, read_bytes: ReadBytes
) -> None:
    """Clutter, annotations and own outputs are listed, are not read, and are no failure."""
    outcome = read_bytes(data, name)
    entry = outcome.entry
    assert (entry.kind, entry.code, entry.used, entry.failed) == (kind, code, False, False)
    assert entry.reason
    assert entry.sha256 is not None
    assert (outcome.documents, outcome.problems) == ((), ())


@pytest.mark.parametrize("table", TABLES)
def test_own_tables_are_known(table: str, read_bytes: ReadBytes) -> None:
    """Each table that this program writes is known by its header, as CSV and as Parquet."""
    names = [column.name for column in TABLES[table]]
    packed = b"PAR1" + " ".join(names).encode() + b"PAR1"
    for data in (",".join(names).encode() + b"\n", packed):
        assert read_bytes(data, "x").entry.kind == "output"


REFUSED = {
    "archive": (make_archive(), "x.zip", "archive"),
    "other_workbook": (make_workbook("Sheet1"), "x.xlsx", "office_file"),
    "other_parquet": (b"PAR1....something..PAR1", "x.parquet", "table_file"),
    "old_word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "x.doc", "office_file"),
    "rtf": (b"{\\rtf1 Left leg venous duplex}", "x.rtf", "rtf"),
    "png": (b"\x89PNG\r\n\x1a\n....", "x.png", "picture"),
    "jpeg": (b"\xff\xd8\xff\xe0....", "x.jpg", "picture"),
    "web_page": (b"<!DOCTYPE html><p>GSV competent</p>", "x.html", "web_page"),
    "xml": (b'<?xml version="1.0"?><r>GSV competent</r>', "x.xml", "web_page"),
    "hl7": (b"MSH|^~\\&|RIS|\rOBX|1|TX|||GSV competent\r", "x.hl7", "message"),
    "program": (b"\x7fELF\x02\x01" + bytes(range(200)), "x", "unknown"),
    "zeros": (b"\0" * 4096, "x.dcm", "truncated"),
    "pdf_broken": (b"%PDF-1.7\nnothing more", "x.pdf", "broken"),
}


@pytest.mark.parametrize(("data", "name", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, name: str, code: str, read_bytes: ReadBytes) -> None:
    """What is broken, unknown or could hold a report is a failure with a Problem and its reason."""
    outcome = read_bytes(data, name)
    assert (outcome.entry.code, outcome.entry.used, outcome.entry.failed) == (code, False, True)
    (problem,) = outcome.problems
    assert (problem.path, problem.stage, problem.code) == (name, "read", code)
    assert problem.message == outcome.entry.reason
    assert outcome.documents == ()


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        f"# {REPORT}",
        "R\tGSV\tSFJ\t7.1 mm\t2.3 s\nL\tGSV\tSFJ\t4.0 mm\tnone\n",
        '{\n"right GSV": "incompetent, 2.3 s"}\nLeft leg venous duplex: GSV competent.',
        "BMI 31. Left leg venous duplex: GSV incompetent, 2.3 s, 7 mm.",
        "MSH vein clinic. Left leg venous duplex: GSV incompetent, 2.3 s.",
    ],
    ids=["plain", "hash_sign", "rows_by_leg", "braces", "begins_with_bm", "begins_with_msh"],
)
def test_reports_that_look_like_something_else(text: str, read_bytes: ReadBytes) -> None:
    """A report whose first signs are those of another file is read as a report."""
    assert read_bytes(text.encode(), "x").entry.used
