"""Accounting: a measured number or a finding that is not understood is never lost."""

from __future__ import annotations

import pytest

from tests.extract.marked import facts_of, read_text
from ultrasound.domain import Temporality, TextSpan
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()


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
