"""A sentence or table at which the program fails goes to a person, and loses no report."""

from __future__ import annotations

import pytest

from tests.extract.marked import facts_of, read_fact, read_text
from ultrasound.domain import Temporality, TextSpan
from ultrasound.extract import guarded
from ultrasound.extract.links.link import SentenceLinker
from ultrasound.extract.tables.reader import TableReader
from ultrasound.knowledge import Knowledge, load_knowledge

SENTENCES = "VENOUS DUPLEX, RIGHT LEG\n\nThe GSV is competent. The SSV refluxes. The FV is patent."
TABLE = """VENOUS DUPLEX, RIGHT LEG

| Vein | Reflux (s) |
| GSV | 1.2 |
| SSV | 0.8 |

CFV patent."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


@pytest.fixture
def tolerant(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As in use: what fails is shown to a person, and not raised."""
    monkeypatch.setattr(guarded, "RAISES", [])
    return monkeypatch


def _fail_at(word: str, patch: pytest.MonkeyPatch) -> None:
    link = SentenceLinker.link

    def fail(linker: SentenceLinker) -> object:
        thread = linker._thread  # noqa: SLF001 - the failure is planted inside
        spans = [thread.marks.words(chunk.first, chunk.last) for chunk in thread.chunks]
        if any(word in span for span in spans):
            raise ZeroDivisionError
        return link(linker)

    patch.setattr(SentenceLinker, "link", fail)


def test_a_sentence_that_fails_loses_itself_only(
    knowledge: Knowledge, tolerant: pytest.MonkeyPatch
) -> None:
    """The sentences around it are read, and its words are an item of high severity."""
    _fail_at("SSV", tolerant)
    found = read_text(SENTENCES, knowledge)
    assert facts_of(found, Temporality.CURRENT) == {
        read_fact("R GSV - reflux absent"),
        read_fact("R FV - patency patent"),
    }
    failed = [item for item in found.review if item.code == "program_failed"]
    quotes = [span.quote for item in failed for span in item.origins if isinstance(span, TextSpan)]
    assert quotes == ["The SSV refluxes."]
    assert failed[0].severity == "high"


def test_a_table_that_fails_loses_itself_only(
    knowledge: Knowledge, tolerant: pytest.MonkeyPatch
) -> None:
    """What stands behind it is read."""

    def fail(*_args: object) -> object:
        raise IndexError

    tolerant.setattr(TableReader, "read_table", fail)
    found = read_text(TABLE, knowledge)
    assert facts_of(found, Temporality.CURRENT) == {read_fact("R CFV - patency patent")}
    assert "program_failed" in {item.code for item in found.review}


def test_the_tests_fail_where_the_program_does(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is hidden from the developers."""
    _fail_at("SSV", monkeypatch)
    with pytest.raises(ZeroDivisionError):
        read_text(SENTENCES, knowledge)
