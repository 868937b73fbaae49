"""What a text is: a report of leg veins, another document, another language, or none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.domain import EXAM_KINDS
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.read.kind import is_about_leg_veins, tell_kind

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("kind_cases.toml").read_text(encoding="utf-8")
)["case"]
CODES = ("not_venous_leg", "language", "no_report")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_kind_of_text(case: dict[str, Any], knowledge: Knowledge) -> None:
    """Each invented text is told as what it is marked to be, with a reason where it is not ours."""
    kind = tell_kind(case["text"], knowledge.documents)
    assert (kind.exam or kind.code) == case["kind"]
    assert (kind.reason is None) == (kind.exam is not None)


def test_cases_are_two_sided() -> None:
    """The texts hold enough of ours and of the others, of each kind and code, ids once each."""
    kinds = [case["kind"] for case in CASES]
    assert set(kinds) == {*EXAM_KINDS, *CODES}
    assert sum(kind in EXAM_KINDS for kind in kinds) >= 20
    assert sum(kind in CODES for kind in kinds) >= 20
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_line_ends_change_nothing(case: dict[str, Any], knowledge: Knowledge) -> None:
    """A text with the line ends of another system is the same kind of text."""
    kind = tell_kind(case["text"].replace("\n", "\r\n"), knowledge.documents)
    assert (kind.exam or kind.code) == case["kind"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("RT LE VENOUS REFLUX\nGSV PROX THIGH", True),
        ("CAROTID DUPLEX", False),
        ("UPPER EXTREMITY VENOUS RIGHT", False),
        ("ULTRASOUND", None),
        ("", None),
    ],
    ids=["leg_veins", "carotid", "arm", "unspecific", "nothing"],
)
def test_descriptions(words: str, expected: bool | None, knowledge: Knowledge) -> None:
    """A few words of a header say leg veins, another part of the body, or nothing."""
    assert is_about_leg_veins(words, knowledge.documents) is expected


@given(st.text(max_size=400))
def test_any_text_is_told(text: str) -> None:
    """No text raises, and the answer is a kind or a code and never both."""
    kind = tell_kind(text, load_cached().documents)
    assert (kind.exam in EXAM_KINDS) != (kind.code in CODES)


def load_cached() -> Knowledge:
    """The tables, loaded once: hypothesis does not mix with fixtures of a function."""
    if not KNOWN:
        KNOWN.append(load_knowledge())
    return KNOWN[0]


KNOWN: list[Knowledge] = []
