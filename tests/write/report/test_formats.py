"""Both formats say what the tree says, in the same bytes each time, whatever a report holds."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from tests.write.report.reading import list_texts, read_docx, read_md
from tests.write.report.samples import read_samples
from tests.write.studies import AXIAL, make_result, make_review
from ultrasound.domain import Context, Result, SegmentEvidence, TextSpan
from ultrasound.errors import ConfigError
from ultrasound.write.report.compose import compose_report
from ultrasound.write.report.docx import render_docx
from ultrasound.write.report.formats import FORMATS, check_formats, render_report
from ultrasound.write.report.md import escape, render_md
from ultrasound.write.rows import result_rows

HOSTILE = {
    "markup": "# h | a|b <b>bold</b> <script>x</script> *i* _u_ `c` [l](u) ![i](u) ~~s~~ &lt; $x$",
    "link": "see http://example.org and www.example.org or mail a@example.org",
    "start": "- item",
    "number": "1. item",
    "setext": "=== \n---\n> quote\n    code",
    "table": "| a |\n| --- |\n| b |",
    "backslash": "\\| \\\\ \\*",
    "control": "a\x00b\x07c\x1bd\x0be\x0cf\x7fg\x85h\u2028i",
    "surrogate": "x\ud800y\ufffez",
    "order": "\u202eleft\u202c \u2067right\u2069",
    "hebrew": "שלום 12 left",
    "emoji": "👩‍⚕️ 𝔘",
    "formula": '=HYPERLINK("http://x")',
    "long": "x" * 39_999 + "|",
    "blank": "  \n\t ",
}


def spoil(text: str) -> Result:
    """A study in which a hostile text stands wherever a report's own words can."""
    review = [replace(make_review("unread", text), suggestion=text)]
    result = make_result(1, AXIAL, review)
    source = TextSpan("r", None, 0, len(text), text)
    facts = ("limitation", "exam_title", "criterion_stated", "indication", "accession")
    context = tuple(Context(None, fact, text, source, "r") for fact in facts)
    places = tuple(replace(o, place=replace(o.place, location=text)) for o in result.observations)
    lost = tuple(replace(o, place=replace(o.place, leg=None), source=source) for o in places[:1])
    study = replace(result.study, patient_name=text, patient_id=text)
    segments = tuple(
        replace(leg, segments=tuple(_spoil_cells(s, text) for s in leg.segments))
        for leg in result.legs
    )
    return replace(
        result, study=study, context=context, observations=(*result.observations, *lost),
        legs=segments,
    )  # fmt: skip


def _spoil_cells(segment: SegmentEvidence, text: str) -> SegmentEvidence:
    return replace(segment, cells={**segment.cells, "location": text})


@pytest.mark.parametrize("folder", ["fixed_width_table", "prose_by_leg", "dicom"])
def test_both_formats_say_the_same(folder: str) -> None:
    """Read back, each holds every text of the tree, in its order, and nothing else."""
    for rows in read_samples(folder).values():
        report = compose_report(rows)
        texts = list_texts(report)
        assert read_md(render_md(report)) == texts
        assert read_docx(render_docx(report)) == texts


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_shown_and_do_nothing(text: str) -> None:
    """They stand in both formats as in the tree: no markup, no break, nothing turned around."""
    report = compose_report(result_rows(spoil(text)))
    texts = list_texts(report)
    assert read_md(render_md(report)) == texts
    assert read_docx(render_docx(report)) == texts
    assert all(text.isprintable() or "\u2068" in text for text in texts)
    assert not re.search("[\u202a-\u202e\u2066\u2067]", "".join(texts))


def test_words_that_run_to_the_left_are_kept_apart() -> None:
    """They end where they end, so that a number beside them stays where it is."""
    texts = list_texts(compose_report(result_rows(spoil(HOSTILE["hebrew"]))))
    shown = [text for text in texts if "שלום" in text]
    assert shown
    assert all(text.count("\u2068") == text.count("\u2069") > 0 for text in shown)


def test_long_words_are_whole() -> None:
    """A text of 40,000 characters is cut in neither format."""
    report = compose_report(result_rows(spoil(HOSTILE["long"])))
    assert HOSTILE["long"] in " ".join(read_docx(render_docx(report)))


def test_an_address_is_no_link() -> None:
    """Neither a scheme nor www. nor an at sign is left for a reader to make a link of."""
    assert escape(HOSTILE["link"]) == (
        r"see http\://example.org and www\.example.org or mail a\@example.org"
    )


def test_same_bytes_each_time() -> None:
    """Two reports of one study are the same file, without a time of the day in it."""
    rows = result_rows(make_result(1))
    first, second = render_report(rows, FORMATS), render_report(rows, FORMATS)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first["docx"])) as word:
        assert {entry.date_time for entry in word.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    properties = Document(io.BytesIO(first["docx"])).core_properties
    assert properties.created is not None
    assert properties.created.year == 2000
    assert properties.author == properties.last_modified_by == "venous-ultrasound"


def test_each_page_names_its_owner_and_what_it_is_not() -> None:
    """Loose pages can be told apart."""
    report = compose_report(result_rows(make_result(1)))
    section = Document(io.BytesIO(render_docx(report))).sections[0]
    assert section.header.paragraphs[0].text == "Doe^Jane · P-899 · 2026-03-02 · study-001"
    assert section.footer.paragraphs[0].text.startswith(report.note.text)


def test_a_format_that_is_not_there_is_refused() -> None:
    """The message names those that are."""
    with pytest.raises(ConfigError, match="format 'pdf' is not known; choose one of docx, md"):
        check_formats(["md", "pdf"])
