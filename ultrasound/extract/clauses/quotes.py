"""Quotation marks about a name, a colon and an answer, as in exports: "dvt": "no"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.tokens import Token

_QUOTES: Final = ('"', "“", "”", "'", "‘")
_COLON: Final = ":"


def drop_quotes(elements: list[Element], marks: Marks) -> list[Element]:
    """The elements of a sentence without the quotation marks beside its colons."""
    if _COLON not in marks.text or not any(sign in marks.text for sign in _QUOTES):
        return elements
    return [e for e in elements if not _is_quote(e, marks)]


def _is_quote(element: Element, marks: Marks) -> bool:
    if not isinstance(element, Token) or element.text not in _QUOTES:
        return False
    beside = marks.tokens[max(0, element.index - 1) : element.index + 2]
    return any(token.text == _COLON for token in beside)
