"""Rows of codes: the grounds, the words of the sources, and no more of them than can be read."""

from __future__ import annotations

from dataclasses import replace

from tests.assess.legs import parse_context, parse_facts
from ultrasound.domain import CodeCandidate, Leg
from ultrasound.write.code_rows import code_row
from ultrasound.write.origins import ObservationIds

LEVELS = ("sfj", "proximal_thigh", "mid_thigh", "distal_thigh", "knee", "mid_calf", "distal_calf")
FACTS = tuple(parse_facts("; ".join(f"R GSV {level} reflux present" for level in LEVELS)))
CANDIDATE = CodeCandidate(Leg.RIGHT, "I87.2", "ICD-10-CM", "t", "reflux (GSV)", FACTS[:2])
IDS = ObservationIds({"report.txt": "a" * 64})


def test_because_quotes_the_sources() -> None:
    """The reason is followed by the words of the indication and of the facts."""
    row = code_row(replace(CANDIDATE, context=tuple(parse_context("R indication pain"))), "s", IDS)
    assert row["because"] == (
        'reflux (GSV): "x"; "R GSV sfj reflux present"; "R GSV proximal_thigh reflux present"'
    )
    assert row["observations"] == IDS.join(FACTS[:2])


def test_many_quotes_are_counted() -> None:
    """Beyond five quotes the rest is a number; each fact keeps its id."""
    row = code_row(replace(CANDIDATE, observations=FACTS), "s", IDS)
    assert str(row["because"]).endswith('"R GSV knee reflux present" and 2 more')
    assert str(row["observations"]).count("; ") == len(FACTS) - 1


def test_without_facts_the_reason_stands_alone() -> None:
    """A procedure rests on the extent of the exam alone."""
    row = code_row(replace(CANDIDATE, observations=(), leg=None), "s", IDS)
    assert (row["because"], row["leg"], row["observations"]) == ("reflux (GSV)", None, None)
