"""Abbreviations of a finding and its vein: "IPV" for an incompetent perforator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.tokens import Token, fold_word

_BRACKETS: Final = ("(", "[")
_EQUAL: Final = "="  # "IPV = incompetent perforating vein"


def part_shortened(tokens: list[Token], words: Mapping[str, tuple[str, str]]) -> list[Token]:
    """Take each such abbreviation for its two words, where these do not stand beside it."""
    if not any(token.text in words for token in tokens):
        return tokens
    parted: list[Token] = []
    for token in tokens:
        for piece in _pieces_of(token, tokens, words):
            parted.append(replace(piece, index=len(parted)))
    return parted


def _pieces_of(
    token: Token, tokens: Sequence[Token], words: Mapping[str, tuple[str, str]]
) -> tuple[Token, ...]:
    meant = words.get(token.text)
    if meant is None or token.joined or _is_told(token, tokens, meant[0]):
        return (token,)
    border = token.start + 1
    first = replace(token, text=token.text[:1], norm=fold_word(meant[0]), end=border)
    rest = replace(token, text=token.text[1:], norm=fold_word(meant[1]), start=border, gap="")
    return first, rest


def _is_told(token: Token, tokens: Sequence[Token], finding: str) -> bool:
    """Whether the finding stands before it, or it only stands for words that do."""
    before = tokens[token.index - 1] if token.index else None
    after = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
    told = before is not None and (before.text in _BRACKETS or before.norm == fold_word(finding))
    return told or (after is not None and after.text == _EQUAL)
