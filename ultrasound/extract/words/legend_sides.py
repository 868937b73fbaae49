"""The codes that a report gives the legs: "re = right, li = left", "D = right / S = left"."""

from __future__ import annotations

from typing import Final

from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import is_place, line_of
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token
from ultrasound.value import value_type

_LEGS: Final = 2  # both are explained, or no code is one
_LONGEST: Final = 5
_BORDERS: Final = (",", ";", "|", ":")


@value_type
class SideCode:
    """The token of a code where it is explained, and the word for the leg that it means."""

    at: int
    meaning: Mention


def find_side_codes(marks: Marks) -> list[SideCode]:
    """The codes of both legs; none where the report explains but one, or none."""
    key = ("codes of legs", 0, 0)
    if key not in marks.known:
        found = [code for sign in marks.where("=") if (code := _read_code(marks, sign))]
        legs = {legs for code in found for legs in _legs_of(code.meaning)}
        codes = {marks.tokens[code.at].text.lower() for code in found}
        marks.known[key] = found if len(legs) == len(codes) == len(found) == _LEGS else []
    codes_of_legs: list[SideCode] = marks.known[key]
    return codes_of_legs


def is_side_of_vein(marks: Marks, index: int) -> bool:
    """Whether a leg has a value of the vein that its line names: "POPV: R: compressible"."""
    mention = marks.mention_at(index)
    if mention is None or mention.row("leg") is None:
        return False
    return any(is_place(m) for m in marks.mentions_in(line_of(marks, index)[0], index))


def mark_sides(marks: Marks) -> list[Mention]:
    """The legs that the codes of a report name, wherever it uses them."""
    meant = {marks.tokens[c.at].text.lower(): c.meaning.meaning for c in find_side_codes(marks)}
    if not meant:
        return []
    return [
        Mention(token.index, token.index, meant[token.text.lower()])
        for token in marks.tokens
        if token.text.lower() in meant and _is_used(marks, token)
    ]


def _read_code(marks: Marks, sign: int) -> SideCode | None:
    """The code before a sign of equality, where one leg stands behind it and no more."""
    meaning = marks.mention_at(sign + 1)
    if not sign or meaning is None or len(_legs_of(meaning)) != 1:
        return None
    code = marks.tokens[sign - 1]
    known = marks.mention_over(code.index)
    sided = known is not None and _legs_of(known) == _legs_of(meaning)
    if code.kind != "word" or len(code.text) > _LONGEST or sided:
        return None  # "R = right" is known
    return SideCode(code.index, meaning)


def _legs_of(mention: Mention) -> tuple[str, ...]:
    row = mention.row("leg")
    return () if row is None else tuple(row.legs)


def _is_used(marks: Marks, token: Token) -> bool:
    """Whether a token is a code here: one letter is so only as all of a cell."""
    after = marks.tokens[token.index + 1 : token.index + 2]
    if after and after[0].text == "=":
        return False
    mention = marks.mention_over(token.index)
    if mention is not None and mention.last > mention.first:
        return False
    if len(token.text) > 1:
        return True
    before = marks.tokens[token.index - 1].text if token.index else ""
    opens = not token.index or _is_wide(token) or before in _BORDERS
    return opens and (not after or _is_wide(after[0]) or after[0].text in _BORDERS)


def _is_wide(token: Token) -> bool:
    return any(gap in token.gap for gap in ("\n", "\t", "  "))
