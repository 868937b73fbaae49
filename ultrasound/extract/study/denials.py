"""Whether a word of a report's history is denied."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from ultrasound.extract.words.marks import Marks

# words in their folded form, so "denies" is "deny"
_NEGATIONS: Final = ("no", "not", "without", "deny", "nor", "repeat", "rather", "same")
_STRICT: Final = ("no", "not", "without", "deny", "denied", "never", "nor", "neither", "negative")
_TURNS: Final = ("but", "however", "has", "with", "complain", "and")
_REACH: Final = 3  # words from a negation to what it denies


def is_denied(marks: Marks, index: int, first: int) -> bool:
    """Whether a negation stands up to three words before in the clause, as in "no ulcer"."""
    for position in range(index - 1, max(first, index - _REACH) - 1, -1):
        token = marks.tokens[position]
        if token.text in (",", ";", "."):
            return False
        if token.norm in _NEGATIONS:
            return True
    return False


def is_denied_from_afar(marks: Marks, index: int, first: int, between: Container[str]) -> bool:
    """Whether a negation farther off denies a word, through such words only or in a list.

    A comma alone ends a denial; a list that an "or" closes goes on behind it: "denies ulcers,
    cramps or restless legs".
    """
    closed, commas, plain = False, False, True
    for position in range(index - 1, first - 1, -1):
        token = marks.tokens[position]
        if token.norm in _STRICT:
            return plain or closed or (commas and _is_closed_behind(marks, index))
        plain = plain and token.norm in between
        if token.text in (";", ".", ":") or (token.norm in _TURNS and not plain):
            return False
        closed = closed or token.norm in ("or", "nor")
        commas = commas or token.text == ","
    return False


def _is_closed_behind(marks: Marks, index: int) -> bool:
    """Whether an "or" follows in the same sentence, so that the list goes on behind the word."""
    for token in marks.tokens[index:]:
        if token.text in (";", ".", ":") or token.norm in _TURNS:
            return False
        if token.norm in ("or", "nor"):
            return True
    return False
