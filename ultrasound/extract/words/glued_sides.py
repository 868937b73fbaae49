"""A letter of a leg that is glued to a vein's abbreviation: "RCFV", "LtGSV", "LPOPV"."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.tokens import Token, fold_word

_GLUED: Final = re.compile(r"(RT|LT|[RL]t|[RL])((?:[A-Z]{3,5}|FV)s?)")


def part_sides(tokens: list[Token], known: Container[str], veins: Container[str]) -> list[Token]:
    """Take the letter off, where the whole is no name of its own ("LSV") and the rest is one."""
    parted: list[Token] = []
    for token in tokens:
        pieces = _pieces_of(token, known, veins) or (token,)
        for piece in pieces:
            index = len(parted)
            parted.append(piece if piece.index == index else replace(piece, index=index))
    return parted if len(parted) > len(tokens) else tokens


def _pieces_of(token: Token, known: Container[str], veins: Container[str]) -> tuple[Token, ...]:
    """The leg and the vein that a word is put together of; nothing where it is one word."""
    glued = _GLUED.fullmatch(token.text) if token.kind == "word" else None
    if glued is None or token.norm in known or token.joined:
        return ()
    side, vein = glued.groups()
    if fold_word(vein) not in veins:
        return ()
    border = token.start + len(side)
    first = replace(token, text=side, norm=fold_word(side), end=border)
    return first, replace(token, text=vein, norm=fold_word(vein), start=border, gap="")
