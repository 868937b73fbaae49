"""Numbers that are no quantity: dates, clock times, ratios, and digits of a code or a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.tokens import Token

DASHES: Final = ("-", "–", "—", "−")
SIGN_CODES: Final = frozenset("+-–−±*✓✔✗✘•○●")  # signs that codes of tables are made of
_DATE_SIGNS: Final = ("/", ":", ".")
_BEFORE_ITEM: Final = (":", ";", ",", ".")
_LENGTHS: Final = ("mm", "cm", "ms", "sec", "s")
_DAY: Final = 31
_MONTHS: Final = 12
_YEAR_DIGITS: Final = 4
_DAY_DIGITS: Final = 2
_PAIR: Final = 3  # tokens of "10:30" or "3/4"
_TRIPLE: Final = 5  # tokens of "3/4/2024" or "2024-04-03"


def count_date(tokens: Sequence[Token], index: int) -> int:
    """How many tokens a date, a clock time or a ratio takes from here, 0 for none."""
    run = tokens[index : index + _TRIPLE]
    return _count_signed(run) or _count_dashed(run)


def _count_signed(run: Sequence[Token]) -> int:
    """The length of "10:30", "3/4/2024" or "3.4."; 0 for "3/4 mm" and what is no date."""
    if (
        len(run) < _PAIR
        or run[1].text not in _DATE_SIGNS
        or run[2].kind != "number"
        or run[1].gap
        or run[2].gap
    ):
        return 0
    if run[1].text == ":":
        return _PAIR
    if not (run[0].text.isdigit() and run[2].text.isdigit() and int(run[0].text) <= _DAY):
        return 0
    if int(run[0].text) <= _MONTHS and run[1].text == "/" and is_year(run[2].text):
        return _PAIR
    if len(run) == _TRIPLE and run[3].text == run[1].text and run[4].kind == "number":
        return _TRIPLE
    two_days = (
        int(run[2].text) <= _DAY
        and len(run[0].text) <= _DAY_DIGITS
        and len(run[2].text) <= _DAY_DIGITS
    )
    unit_follows = len(run) > _PAIR and run[_PAIR].norm in _LENGTHS
    return _PAIR if two_days and not unit_follows else 0


def is_year(digits: str) -> bool:
    """Whether digits are a year of these centuries."""
    return len(digits) == _YEAR_DIGITS and digits[:2] in ("19", "20")


def _count_dashed(run: Sequence[Token]) -> int:
    """The length of "2024-04-03", 0 for anything else."""
    if len(run) < _TRIPLE or not run[2].kind == run[4].kind == "number":
        return 0
    dashed = all(run[i].text in DASHES and not run[i].gap and not run[i + 1].gap for i in (1, 3))
    return _TRIPLE if dashed else 0


def is_dashed_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a dash is glued to the end of a token, as in "2-3-b": then it is no range."""
    after = index + 1
    return after < len(tokens) and tokens[after].text in DASHES and not tokens[after].gap


def is_part_of_code(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number is glued to letters, their dash or a "#": "C4b", "VL-20881", "#2"."""
    if is_list_number(tokens, index):
        return True
    if index == 0 or tokens[index].gap:
        return False
    before = tokens[index - 1]
    if before.kind == "word" or (before.text == "#" and tokens[index].text.isdigit()):
        return True  # "#1 mid calf 4.4 mm" counts
    return (
        before.text in ("-", "#")
        and index > 1
        and not before.gap
        and tokens[index - 2].kind == "word"
    )


def is_list_number(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number counts the items of a list: "Perforators: 1) Dodd 3.8 mm; 2) Boyd"."""
    closes = tokens[index + 1 : index + 2]
    if not closes or closes[0].text != ")" or closes[0].gap or not tokens[index].text.isdigit():
        return False
    starts = index == 0 or tokens[index - 1].text in _BEFORE_ITEM or "\n" in tokens[index].gap
    return starts and len(tokens[index].text) <= _DAY_DIGITS


def is_letter_code(tokens: Sequence[Token], index: int) -> bool:
    """Whether a capital letter stands before: in "C3s" a class follows it, not seconds."""
    before = tokens[index - 1].text
    return len(before) == 1 and before.isupper()
