"""The signs of tick boxes: "[x]", "( )", "☐"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.tokens import Token

_TICKS: Final = ("x", "✓", "✔", "✗", "√", "v", "•", "●", "*")
_EMPTY_BOXES: Final = ("☐", "□")
_FULL_BOXES: Final = ("☒", "☑", "■")
BOX_STARTS: Final = frozenset({*_EMPTY_BOXES, *_FULL_BOXES, "[", "("})
_BRACKETS: Final = (("[", "]"), ("(", ")"))
_PAIR: Final = 2  # tokens of "[ ]"
_TICKED: Final = 3  # tokens of "[x]"


def starts_box(tokens: Sequence[Token], index: int) -> bool:
    """Whether a box stands at a token."""
    return box_of([token.text.lower() for token in tokens[index : index + _TICKED]])[1] > 0


def box_of(words: Sequence[str]) -> tuple[bool, int]:
    """Whether the box that opens these words is ticked, and how many it takes: 0 for none."""
    if words[:1] and words[0] in (*_EMPTY_BOXES, *_FULL_BOXES):
        return words[0] in _FULL_BOXES, 1
    if tuple(words[:_PAIR]) in _BRACKETS:
        return False, _PAIR
    ticked = len(words) == _TICKED and words[1] in _TICKS and (words[0], words[2]) in _BRACKETS
    return ticked, _TICKED if ticked else 0


def offers(tokens: Sequence[Token]) -> bool:
    """Whether boxes of a line stand before words: "[ ] none   [x] incompetent: medial calf"."""
    for index in range(len(tokens)):
        words = [token.text.lower() for token in tokens[index : index + _TICKED]]
        behind = index + box_of(words)[1]
        if index < behind < len(tokens) and tokens[behind].kind == "word":
            return tokens[behind].gap in ("", " ")
    return False


def box_ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether a box stands straight before a token."""
    sizes = (1, _PAIR, _TICKED)
    return any(index >= size and _takes(tokens, index - size) == size for size in sizes)


def _takes(tokens: Sequence[Token], index: int) -> int:
    return box_of([token.text.lower() for token in tokens[index : index + _TICKED]])[1]
