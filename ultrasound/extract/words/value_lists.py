"""Several values of one kind about slashes or dashes: "10/7/6/5 mm", "9-7-6 mm", "2.1/1.9/1.1 s".

Without a unit behind the last of them they may be a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.number_signs import is_plain
from ultrasound.extract.words.quantities import read_number
from ultrasound.extract.words.tokens import Token

_FEWEST: Final = 3  # two about a dash are a range
_ALIKE: Final = 4  # how many times as large as the least one the largest is at most


def list_values(tokens: Sequence[Token], index: int) -> list[int]:
    """The tokens of such numbers from here, none where there is no such list."""
    if index and not tokens[index].gap and tokens[index - 1].text in ("/", *DASHES):
        return []
    found = [index]
    sign = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if sign != "/" and sign not in DASHES:
        return []
    at = index + 2
    while at < len(tokens) and tokens[at].kind == "number" and tokens[at - 1].text == sign:
        glued = not (tokens[at].gap or tokens[at - 1].gap)
        if not is_plain(tokens[at].text) or not (glued or sign == "/"):
            break
        found.append(at)
        at += 2
    return found if len(found) >= _FEWEST and _are_alike(tokens, found) else []


def _are_alike(tokens: Sequence[Token], found: Sequence[int]) -> bool:
    """Whether the values can be of one kind: those of "12/03/24" are a date."""
    if any(tokens[at].text[:1] == "0" and tokens[at].text.isdigit() for at in found):
        return False
    values = [read_number(tokens[at].text, None) for at in found]
    return min(values) > Decimal(0) and max(values) <= _ALIKE * min(values)
