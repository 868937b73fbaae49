"""Lists of terms as patterns."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ultrasound.knowledge.terms import ANY_WORDS, join_terms

GAP = r"[\s-]+"
LETTERS = "ab1*. "
TERMS = st.lists(st.text(LETTERS, min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=8)


def join_plainly(terms: list[str]) -> str:
    """The same alternatives, each written out."""
    return "|".join(write_out(t) for t in sorted(set(terms), key=lambda t: (-len(t), t)))


def write_out(term: str) -> str:
    """One term as a pattern."""
    head, dots, tail = term.partition(" ... ")
    words = GAP.join(re.escape(word).replace(r"\*", r"\w*") for word in head.split())
    return rf"{words}{GAP}{ANY_WORDS}{write_out(tail)}" if dots else words


@given(TERMS, st.text("abAB1. -", max_size=20))
def test_shared_beginnings_change_no_match(terms: list[str], text: str) -> None:
    """Terms whose beginnings are put together match what the plain alternatives match."""
    shared, plain = (
        [match.span() for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]
        for pattern in (join_terms(terms, GAP), join_plainly(terms))
    )
    assert shared == plain
