"""Questions of a form whose answer follows on the same line: "GSV reflux? Yes", "DVT? R no, L yes".

The sign of such a question parts what is asked from its answer as a colon does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.box_signs import starts_box
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.tokens import Token

ANSWERS: Final = ("y", "yes", "n", "no", "pos", "neg", "+", "-ve", "+ve", "nt", "nd")
_WORDS: Final = ("none", "nil", "positive", "negative", "present", "absent")
REPLIES: Final = (*ANSWERS, *_WORDS)  # of one leg among others
_MORE: Final = (*_WORDS, "not")
_SAID: Final = frozenset({*ANSWERS, *_MORE})
_SIDES: Final = ("r", "l", "rt", "lt", "right", "left", "bilateral", "(", ")", ":", "-", "=")
_LEGS: Final = _SIDES[:6]
LABELS: Final = (":", "-", "=")  # between a leg and its answer
_LABELLED: Final = 3  # tokens of "right: no"
_OF_LEGS: Final = frozenset(
    {"in", "on", "either", "each", "leg", "limb", "side", "the", "any"}
    | {"bilateral", "bilaterally", "bilat"}
)
_ASKING: Final = (*DASHES, ":", "?", "]", "☒", "☐", "☑", "□", "■", ")")
_REACH: Final = 4  # tokens from the sign over a side to the answer


def is_answered(tokens: Sequence[Token], index: int) -> bool:
    """Whether the sign of a question stands at a token, and its answer behind it on its line."""
    if tokens[index].text != "?" or index + 1 >= len(tokens) or not tokens[index + 1].gap:
        return False
    for position in range(index + 1, min(len(tokens), index + 1 + _REACH)):
        token = tokens[position]
        if "\n" in token.gap:
            return False
        if token.norm in ANSWERS or token.norm in _MORE or starts_box(tokens, position):
            return True
        if token.norm not in _SIDES:
            return False
    return False


def answers_for_legs(tokens: Sequence[Token], index: int) -> bool:
    """Whether an answer stands at a token, and nothing but its legs behind it on its line.

    As in "DVT      none in either leg", where it belongs to the word before the gap.
    """
    if tokens[index].norm not in REPLIES:
        return False
    rest = []
    for token in tokens[index + 1 : index + 1 + _REACH]:
        if "\n" in token.gap or token.text == ".":
            break
        rest.append(token.norm)
    return bool(rest) and all(word in _SIDES or word in _OF_LEGS for word in rest)


def is_replied(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sign stands behind a token, and an answer behind that: "clot seen: no"."""
    if index + 2 >= len(tokens):
        return False
    sign, reply = tokens[index + 1], tokens[index + 2]
    if is_answered(tokens, index + 1):
        return True
    said = reply.norm in REPLIES or starts_box(tokens, index + 2)
    return sign.text in (":", "=", "-", "–") and bool(reply.gap) and said and "\n" not in reply.gap


def ends_answer(tokens: Sequence[Token], index: int) -> bool:
    """Whether an answer stands at a token, straight behind what asks for it."""
    if index == 0 or tokens[index].norm not in _SAID:
        return False
    return tokens[index - 1].text in _ASKING


def parts_sides(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether a full stop only parts the answers for two legs: "DVT - Right: none. Left: none".

    Args:
        tokens: The report's.
        index: The full stop.
        first: The first token of its sentence, where something must be asked before the leg.
    """
    begin = index - _LABELLED
    if first >= begin or tokens[begin].norm not in _LEGS or index + _LABELLED > len(tokens):
        return False
    before, after = tokens[begin:index], tokens[index + 1 : index + _LABELLED]
    labels = after[0].norm in _LEGS
    return labels and before[2].norm in REPLIES and before[1].text == after[1].text in LABELS


def is_side(token: Token) -> bool:
    """Whether a leg may begin at a token, by its word or a bracket."""
    return token.norm in _SIDES


def begins_other_side(tokens: Sequence[Token], index: int) -> bool:
    """Whether an answer ends at a token, and a leg stands behind it."""
    follows = tokens[index + 1 : index + 2]
    return tokens[index].norm in REPLIES and bool(follows) and follows[0].norm in _SIDES
