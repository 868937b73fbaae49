"""The page says what the report says, marks all that was read, and is safe and still."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.write.page.pages import HOSTILE, NAMES, make_page, parse, read_sample, read_text
from tests.write.studies import make_result, make_review
from ultrasound.domain import Result, Reviewer, TextPart, TextSpan
from ultrasound.knowledge.schema_criteria import load_display
from ultrasound.knowledge.schema_drawing import load_page_look, load_vein_map
from ultrasound.write.page.notes import take_notes
from ultrasound.write.page.spots import Spots
from ultrasound.write.rows import result_rows

TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4", "span", "b",
    "bdi", "nav", "a", "main", "section", "ul", "ol", "li", "p", "article", "small", "div", "i",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "aria-label", "href", "id",
    "tabindex", "data-tip", "data-n", "style",
}  # fmt: skip


def texts_of(result: Result) -> list[TextPart]:
    """The texts of a study."""
    return [part for document in result.study.documents for part in document.texts]


@pytest.mark.parametrize("name", NAMES)
def test_report_stands_as_it_is(name: str) -> None:
    """Each text of the study is on the page, exactly and once."""
    result = read_sample(name)
    found = parse(make_page(result))
    assert sorted(found.texts) == sorted(part.text for part in texts_of(result))


@pytest.mark.parametrize("name", NAMES)
def test_everything_read_is_marked_with_its_words(name: str) -> None:
    """Each word span of each fact, doubt and dismissal is marked once, as it was quoted."""
    result = read_sample(name)
    notes = take_notes(result, result_rows(result), load_display())
    spots = Spots(result.study.documents, notes)
    found = parse(make_page(result))
    spans = 0
    for note in notes:
        for number, origin in enumerate(note.origins):
            assert found.ids[note.anchor(number)] == 1
            assert spots.find(origin).code in found.behind[note.anchor(number)].split()
        for origin in (*note.origins, *note.supports):
            if isinstance(origin, TextSpan):
                spans += 1
                assert "".join(found.marked[spots.find(origin).code]) == origin.quote
    assert spans or name == "dicom/us_images"


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere_and_ids_are_single(name: str) -> None:
    """No link of the page is dead or leaves it, and no id is there twice."""
    found = parse(make_page(read_sample(name)))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert set(found.ids.values()) == {1}


@pytest.mark.parametrize("name", NAMES)
def test_workbook_ids_are_on_the_page(name: str) -> None:
    """The id of each row of the observations table leads to its words and to its entry."""
    result = read_sample(name)
    found = parse(make_page(result))
    for row in result_rows(result)["observations"]:
        assert found.ids[f"o-{row['id']}"] == found.ids[f"e-o-{row['id']}"] == 1


def test_words_of_a_later_report_of_a_file_are_found() -> None:
    """Positions count in the stored text, of which a second report is only a part."""
    text = "VENOUS DUPLEX\nThe right GSV is incompetent, reflux 2.8 s.\n"
    result = read_text(text, offset=500)
    (span,) = {o.source for o in result.observations if o.property == "reflux_time"}
    assert isinstance(span, TextSpan)
    assert span.start > 500
    found = parse(make_page(result))
    assert found.texts == [text]
    assert "Elsewhere" not in make_page(result).decode()


def test_what_stands_in_no_text_is_named() -> None:
    """Words of a document that is not shown, and a reviewer's row, have their place too."""
    result = make_result(1, review=[make_review("conflict")])
    first, second, *_ = result.observations
    strange = replace(first, source=TextSpan("gone.txt", None, 7, 11, "lost"), document="gone.txt")
    result = replace(result, observations=(strange, replace(second, source=Reviewer("row-9"))))
    page = make_page(result)
    found = parse(page)
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert all(found.ids[f"o-{row['id']}"] == 1 for row in result_rows(result)["observations"])
    told = page.decode()
    assert "text from character 7: lost" in told
    assert "decision row-9 of a reviewer" in told


def test_items_of_a_tree_stand_with_their_path() -> None:
    """A fact of a structured report leads to its item, beside the item's path."""
    page = make_page(read_sample("dicom/sr_measured")).decode()
    item = re.search(r'<span class="path">1\.2\.3\.1</span>(.*?)</li>', page, re.DOTALL)
    assert item is not None
    assert 'id="o-' in item[1]
    assert "Reflux Time: 2.8 s" in item[1]
    assert "(0010,0020) S-1002" in page


def test_hostile_text_is_only_text() -> None:
    """Markup, control characters, directions and long lines of a report stay its words."""
    result = read_text(HOSTILE)
    assert result.observations
    page = make_page(result)
    found = parse(page)
    assert found.texts == [HOSTILE]
    assert found.tags <= TAGS
    assert found.attributes <= ATTRIBUTES
    assert b"\r" not in page
    assert b"<JANE>" not in page


def test_what_html_cannot_hold_is_shown() -> None:
    """NUL and halves of surrogate pairs become pictures, and nothing else changes."""
    found = parse(make_page(read_text("The right GSV refluxes.\0 \ud800 end")))
    assert found.texts == ["The right GSV refluxes.␀ \ufffd end"]


def test_page_allows_nothing_but_its_style() -> None:
    """The policy forbids scripts, pictures, connections, forms; there is no script and no URL."""
    page = make_page(read_sample(NAMES[0])).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = {rule.strip() for rule in policy[1].split(";")}
    assert rules == {
        "default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'",
    }  # fmt: skip
    assert "<script" not in page
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", page)


def test_title_names_no_patient() -> None:
    """What a browser keeps in its history is the exam's date alone."""
    page = make_page(read_sample(NAMES[0])).decode()
    assert re.findall("<title>(.*?)</title>", page) == ["Venous duplex evidence, 2026-02-03"]


def test_same_study_gives_the_same_bytes() -> None:
    """A page written twice is the same."""
    assert make_page(read_text(HOSTILE)) == make_page(read_text(HOSTILE))


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(ink), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_black_on_white() -> None:
    """The measure itself: 21 at most, 1 at least."""
    assert round(contrast("#000000", "#FFFFFF"), 3) == 21
    assert contrast("#7D7D7D", "#7D7D7D") == 1


def test_words_are_readable_on_every_ground() -> None:
    """Each ink has 4.5 : 1 on each ground it stands on, each line under words 3 : 1."""
    drawn, look = load_vein_map(), load_page_look()
    values = [status for table in look.value.values() for status in table.values()]
    used = {*look.verdict.values(), *look.severity.values(), *values}
    inks = {status.code: status.colour for status in drawn.status if status.code in used}
    assert set(inks) == used
    paper, text = drawn.colours["paper"], drawn.colours["text"]
    grounds = (paper, look.chosen.ground, drawn.colours["leg"])
    for ink in (*inks.values(), text, drawn.colours["caption"]):
        assert min(contrast(ink, ground) for ground in grounds) >= 4.5, ink
    for ground in (*(m.ground for m in look.mark), look.chosen.support, drawn.colours["deep_band"]):
        assert contrast(text, ground) >= 4.5
    for mark in look.mark:
        assert min(contrast(mark.line, mark.ground), contrast(mark.line, paper)) >= 3


def test_marks_differ_without_colour() -> None:
    """No two kinds of mark have the same line."""
    styles = [mark.style for mark in load_page_look().mark]
    assert len(set(styles)) == len(styles)
