"""The sample reports: every observation stands on its words, and its place has a support."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.extract.grounding import find_ungrounded
from tests.extract.marked import facts_of, read_kept, read_text
from tests.kept import extract_kept
from ultrasound.config import Settings
from ultrasound.domain import Document, Extraction, Observation, Temporality, TextSpan
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.read import read_file
from ultrasound.read.text import decode_text

SAMPLES = Path(__file__).parents[2] / "sample_reports"
FILES = sorted(
    path
    for path in SAMPLES.rglob("*")
    if path.is_file()
    and not path.name.endswith((".gold.tsv", ".md"))
    and "not_ours" not in path.parts
)

TEXTS = [path for path in FILES if path.suffix == ".txt"]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


def stored_texts(path: Path, document: Document) -> dict[str | None, str]:
    """The texts that offsets count in: the whole file, decoded once, or a container's parts."""
    if document.kind == "text":
        return {None: decode_text(path.read_bytes())}
    return {part.part: part.text for part in document.texts}


def read_sample(path: Path, knowledge: Knowledge) -> list[tuple[Document, Extraction]]:
    """The documents of a sample with what is read from each."""
    outcome = read_file(path, path.relative_to(SAMPLES).as_posix(), knowledge)
    return [
        (document, extract_kept(document, knowledge, Settings())) for document in outcome.documents
    ]


@pytest.mark.parametrize("path", FILES, ids=[p.relative_to(SAMPLES).as_posix() for p in FILES])
def test_every_observation_stands_on_its_words(path: Path, knowledge: Knowledge) -> None:
    """Quotes stand at their places, are short, and hold the number as written."""
    for document, extraction in read_sample(path, knowledge):
        texts = stored_texts(path, document)
        for obs in extraction.observations:
            assert list(find_ungrounded(obs, texts)) == []


@pytest.mark.parametrize("path", FILES, ids=[p.relative_to(SAMPLES).as_posix() for p in FILES])
def test_no_leg_or_vein_without_its_words(path: Path, knowledge: Knowledge) -> None:
    """What lies outside the quote and decided the leg or the vein is in the support."""
    for document, extraction in read_sample(path, knowledge):
        if document.kind in ("sr", "us_image"):
            continue
        for obs in extraction.observations:
            roles = Counter(support.role for support in obs.support)
            assert isinstance(obs.source, TextSpan)
            words = obs.source.quote.lower()
            named = any(
                side in words for side in ("right", "left", "rt", "lt", "r", "l", "b", "leg")
            )
            assert obs.place.leg is None or roles["leg"] or named


def sample_observation(knowledge: Knowledge) -> tuple[Observation, dict[str | None, str]]:
    """A measured observation of a sample, with its texts."""
    documents = read_sample(SAMPLES / "prose_by_leg" / "heel_heights_dodd.txt", knowledge)
    document, extraction = documents[0]
    obs = next(o for o in extraction.observations if o.property == "diameter")
    return obs, {part.part: part.text for part in document.texts}


@pytest.mark.parametrize("fault", ["shifted", "too long", "number"])
def test_planted_bad_quotes_are_caught(fault: str, knowledge: Knowledge) -> None:
    """A shifted quote, one that is too long and one without its number are each seen."""
    obs, texts = sample_observation(knowledge)
    span = obs.source
    assert isinstance(span, TextSpan)
    text = texts[span.part]
    if fault == "shifted":
        bad = replace(span, start=span.start + 1, end=span.end + 1)
        expected = "the quote does not stand at its place"
    elif fault == "too long":
        bad = replace(span, start=0, end=400, quote=text[:400])
        expected = "the quote is too long"
    else:
        bad = replace(span, start=0, end=6, quote=text[:6])
        expected = "the quote lacks its number"
    assert list(find_ungrounded(obs, texts)) == []
    assert expected in list(find_ungrounded(replace(obs, source=bad), texts))


RELAID: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "indented": lambda text: re.sub(r"(?m)^(?=.)", "  ", text),
    "indented below the title": lambda text: re.sub(r"(?m)(?<=\n)(?=.)", "  ", text),
    "blanks at line ends": lambda text: text.replace("\n", "   \n"),
    "hard blanks": lambda text: re.sub(r"(\d) (mm|cm|s|sec|ms)\b", "\\1\u00a0\\2", text),
}


def facts_in(text: str, knowledge: Knowledge) -> frozenset[tuple[str, ...]]:
    """The facts of today that a text gives."""
    return facts_of(read_text(text, knowledge), Temporality.CURRENT)


def changed_by(ways: Iterable[str], path: Path, knowledge: Knowledge) -> list[str]:
    """The ways of copying that change a fact of a sample."""
    text = decode_text(path.read_bytes()).replace("\r\n", "\n")
    facts = facts_of(read_kept(text, knowledge), Temporality.CURRENT)
    copies = {way: RELAID[way](text) for way in ways}
    return [
        way for way, copy in copies.items() if copy != text and facts_in(copy, knowledge) != facts
    ]


@pytest.mark.parametrize("turn", range(len(TEXTS)), ids=[path.stem for path in TEXTS])
def test_what_a_copy_changes_changes_no_fact(turn: int, knowledge: Knowledge) -> None:
    """Line ends, indentation, blanks at line ends and hard blanks leave the facts as they are.

    Each sample is copied in one of the ways, which take turns; `make prove` takes all of them.
    """
    way = list(RELAID)[turn % len(RELAID)]
    assert changed_by([way], TEXTS[turn], knowledge) == []


@pytest.mark.prove
@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_no_way_of_copying_changes_a_fact(path: Path, knowledge: Knowledge) -> None:
    """Each sample is copied in all of the ways."""
    assert changed_by(RELAID, path, knowledge) == []
