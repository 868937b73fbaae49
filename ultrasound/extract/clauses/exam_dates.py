"""Dates of earlier exams in a clause: "In 2024 it was still closed", "scan of 12/2023"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

MONTHS: Final = frozenset(
    {
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
_EXAM_WORDS: Final = frozenset(
    {"exam", "study", "scan", "duplex", "examination", "report", "visit", "venography", "venogram"}
)
_PERIODS: Final = ("day", "week", "month", "year")
_CHECKS: Final = _EXAM_WORDS | {"check", "review", "ultrasound", "follow"}
_OPENS: Final = 3  # "At the 1"
_CHECK: Final = 6  # tokens of "1-week post-ablation scan"
_WAS: Final = frozenset({"was", "were", "had"})
_PERFORMED: Final = frozenset({"performed", "scanned", "examined", "dated", "done"})
_NOW_TOLD: Final = frozenset({"shows", "demonstrates", "reveals", "confirms"})
PRESENT: Final = ("is", "are", "has", "show", "remain", "today", "now")
_BEFORE_DATE: Final = ("in", "of", "on", "from")
WORD_AGO: Final = "ago"
LAST: Final = frozenset({"spring", "summer", "autumn", "fall", "winter", "month", "week"})
_MAY: Final = "may"
# every word of a date that the functions below can find
_TIME_WORDS: Final = MONTHS | LAST | {WORD_AGO, _MAY}
WITHIN: Final = ("in", "during")
_LONG_AGO: Final = ("year", "month")  # no report dates its own exam by these alone
_SIGN_AND_NUMBER: Final = 2
YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MONTH_YEAR: Final = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d")
_DAY_MONTH: Final = re.compile(r"\d{1,4}(?:\.\d{1,2}){2}|\d{1,2}\.\d{1,2}\.\d{4}")


def names_time(marks: Marks, first: int, last: int) -> bool:
    """Whether one of the tokens ``first`` to ``last`` may be of a date: most clauses have none."""
    key = ("times", 0, 0)
    if key not in marks.known:
        marks.known[key] = [
            token.index
            for token in marks.tokens
            if token.norm in _TIME_WORDS or (token.kind == "number" and _may_date(marks, token))
        ]
    times: list[int] = marks.known[key]
    position = bisect_left(times, first)
    return position < len(times) and times[position] <= last


def _may_date(marks: Marks, token: Token) -> bool:
    """Whether a number may be of a date."""
    slash = marks.tokens[token.index + 1 : token.index + 2]
    dotted = token.text.count(".") > 1 or _MONTH_YEAR.fullmatch(token.text) is not None
    parted = dotted or (bool(slash) and slash[0].text == "/")
    parted = parted or _names_check(marks.tokens[token.index + 1 : token.index + _CHECK])
    return parted or YEAR.fullmatch(token.text) is not None


def read_dated(tokens: Sequence[Token]) -> Span | None:
    """The date of an earlier exam, with the word before it."""
    if (check := _find_check(tokens)) is not None:
        return check
    dates = list(find_dates(tokens))
    words = [token.norm for token in tokens] if dates else []
    # "scanned on 12/03/2024" may be this exam, as may what the scan of a day "shows"
    performed = not _PERFORMED.isdisjoint(words)
    performed |= any(token.text.lower() in _NOW_TOLD for token in tokens)
    exam = not _EXAM_WORDS.isdisjoint(words)
    for position, kind in dates:
        before = [t.norm for t in tokens[max(0, position - 2) : position] if t.norm != "the"]
        led = bool(before) and before[-1] in _BEFORE_DATE
        if performed and (kind not in _LONG_AGO or before[-1:] != [WITHIN[0]]):
            continue
        opens = position <= 1 and not any(word in PRESENT for word in words)
        past = kind == "short" and before[-1:] == ["on"] and not _WAS.isdisjoint(words)
        known = kind in ("month", "day") or exam or opens or performed or past
        if (led and known) or (exam and "on" in words):
            return tokens[max(0, position - 1)].index, tokens[position].index
    return None


def find_dates(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The dates of a clause: where they begin, and whether they name a year, a month or a day."""
    for position, token in enumerate(tokens):
        if token.kind == "number":
            kind = _kind_of(tokens, position)
            if kind is not None:
                yield position, kind
        elif token.text[0].isupper() and _is_month(tokens, position):
            yield position, "month"


def _kind_of(tokens: Sequence[Token], position: int) -> str | None:
    """What a number begins: a date whole or "short" ("11/02"), a month, a year, or none."""
    text, after = tokens[position].text, tokens[position + 1 : position + 3]
    if _DAY_MONTH.fullmatch(text):
        return "day"
    if _MONTH_YEAR.fullmatch(text):
        return "month"
    if _is_slashed(tokens[max(0, position - 1) :][:2]):
        return None  # the month of "12/05/2023", the year of "12/2023"
    if text.isdigit() and _is_slashed(after):
        whole = YEAR.fullmatch(after[1].text) or _is_slashed(tokens[position + 3 :][:2])
        return "day" if whole else "short"
    return "year" if YEAR.fullmatch(text) else None


def _find_check(tokens: Sequence[Token]) -> Span | None:
    """The opening that tells of an exam after a treatment: "At the 1-week scan it was closed"."""
    words = [token.norm for token in tokens]
    for position, token in enumerate(tokens[:_OPENS]):
        if token.kind == "number" and _names_check(tokens[position + 1 : position + _CHECK]):
            today = any(word in PRESENT for word in words)
            return None if today or _WAS.isdisjoint(words) else (tokens[0].index, token.index)
    return None


def _names_check(behind: Sequence[Token]) -> bool:
    """Whether a number counts the time to an exam: "the 1-week scan", "at 6 weeks' review"."""
    words = [token.norm for token in behind if token.kind == "word"]
    return len(words) > 1 and words[0] in _PERIODS and not _CHECKS.isdisjoint(words[1:])


def _is_month(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word is a month; "May" is one before its year or behind "in"."""
    norm = tokens[position].norm
    year = any(YEAR.fullmatch(token.text) for token in tokens[position + 1 : position + 2])
    led = position > 0 and tokens[position - 1].norm in WITHIN
    return norm in MONTHS or (norm == _MAY and (year or led))


def _is_slashed(after: Sequence[Token]) -> bool:
    """Whether a slash and a number follow straight: "04/2022", "03/14"; a dash makes a range."""
    if len(after) < _SIGN_AND_NUMBER or after[0].text != "/":
        return False
    return after[1].kind == "number" and not after[0].gap and not after[1].gap
