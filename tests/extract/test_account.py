"""Accounting: a measured number or a finding that is not understood is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.accounting import find_loose
from tests.extract.marked import facts_of, read_text
from ultrasound.domain import Origin, Temporality, TextSpan
from ultrasound.extract.clauses.clauses import ClauseCutter
from ultrasound.extract.facts.account import Accountant
from ultrasound.extract.language import make_language
from ultrasound.extract.lines.headings import HeadReader
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.reading import Reading
from ultrasound.extract.tables.reader import TableReader
from ultrasound.extract.words.marks import Marks
from ultrasound.knowledge import load_knowledge
from ultrasound.read.text import decode_text

SAMPLES = Path(__file__).parents[2] / "sample_reports"
KNOWLEDGE = load_knowledge()
LANGUAGE = make_language(KNOWLEDGE.text, KNOWLEDGE.hash)
HEADS = HeadReader(KNOWLEDGE.text)
TABLES = TableReader(
    KNOWLEDGE.text,
    Divider(KNOWLEDGE.text),
    ClauseCutter(KNOWLEDGE.text),
    Accountant(KNOWLEDGE.text),
)
TEXTS = [
    path
    for path in sorted(SAMPLES.rglob("*.txt"))
    if "not_ours" not in path.relative_to(SAMPLES).parts
]
FEWEST_PLANTED = 50


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("VENOUS DUPLEX, LEFT LEG\nFindings: 5.5 mm, 2.2 s.", "5.5 mm"),
        ("VENOUS DUPLEX, LEFT LEG\nFindings: refluxing.", "refluxing"),
    ],
    ids=["numbers without a vein", "a finding without a vein"],
)
def test_what_has_no_vein_goes_to_review(text: str, words: str) -> None:
    """A statement that no vein takes is shown with its words."""
    found = read_text(text, KNOWLEDGE)
    assert facts_of(found, Temporality.CURRENT) == frozenset()
    quotes = [
        origin.quote
        for item in found.review
        for origin in item.origins
        if isinstance(origin, TextSpan)
    ]
    assert any(words in quote for quote in quotes)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Reflux is defined as more than 0.5 s in the GSV.", "threshold"),
        ("Recommend ablation of the right GSV.", "plan"),
        ("Rule out reflux in the left GSV.", "question"),
        ("Right GSV 31 cm long.", "distance"),
        ("A Baker cyst in the right popliteal fossa, 31 x 12 mm.", "other_structure"),
        ("Right GSV competent. Stockings 20-30 mmHg.", "drug_or_pressure"),
        ("Left GSV: [ ] competent [X] incompetent", "template_blank"),
    ],
)
def test_what_is_no_finding_is_dismissed_by_its_rule(text: str, rule: str) -> None:
    """A threshold, a plan and the like are dismissed with the words that say so."""
    found = read_text(text, KNOWLEDGE)
    assert rule in {item.rule for item in found.dismissals}
    for item in found.dismissals:
        assert isinstance(item.origin, TextSpan)
        assert text[item.origin.start : item.origin.end] == item.origin.quote


HOSTS = sorted(
    path
    for folder in ("prose_by_leg", "prose_by_system", "second_hand", "third_hand", "fourth_hand")
    for path in (SAMPLES / folder).glob("*.txt")
)
PLANTED = (Path(__file__).parent / "planted.txt").read_text("utf-8").splitlines()


def read_marks(text: str) -> tuple[Marks, Reading]:
    """What the pipeline finds in a text before it becomes observations."""
    doc = LANGUAGE.make_doc(text)
    doc.user_data["exam"] = "insufficiency"
    doc = LANGUAGE(doc)
    return doc.user_data["marks"], doc.user_data["reading"]


@pytest.mark.parametrize("path", TEXTS, ids=[p.relative_to(SAMPLES).as_posix() for p in TEXTS])
def test_nothing_in_a_sample_is_unaccounted_for(path: Path) -> None:
    """Every vein, finding and measured number ends in a fact, a dismissal or a review item."""
    marks, reading = read_marks(decode_text(path.read_bytes()))
    assert find_loose(marks, reading, HEADS, TABLES) == []


@pytest.mark.parametrize("clause", PLANTED)
def test_a_planted_unknown_goes_to_review(clause: str) -> None:
    """An unknown vein, finding or number in a sample is shown to a person, and never dismissed."""
    host = HOSTS[PLANTED.index(clause) % len(HOSTS)]
    text = decode_text(host.read_bytes()).rstrip() + f"\n\nFINDINGS\n{clause}\n"
    start = text.index(clause)
    found = read_text(text, KNOWLEDGE)

    def touches(origin: Origin) -> bool:
        return isinstance(origin, TextSpan) and origin.end > start

    assert any(touches(origin) for item in found.review for origin in item.origins)
    assert not any(touches(item.origin) for item in found.dismissals)


def test_there_are_fifty_planted_clauses() -> None:
    """The planted clauses are as many as docs/accuracy.md says."""
    assert len(set(PLANTED)) == FEWEST_PLANTED


def test_a_statement_taken_out_of_the_reading_is_seen() -> None:
    """The count is not empty by itself: without its facts a sentence is loose."""
    marks, reading = read_marks("VENOUS DUPLEX, LEFT LEG\nFindings: the GSV refluxes for 2.2 s.")
    assert find_loose(marks, reading, HEADS, TABLES) == []
    reading.outcomes.clear()
    assert [loose.quote for loose in find_loose(marks, reading, HEADS, TABLES)] == [
        "GSV",
        "refluxes",
        "2.2 s",
    ]
