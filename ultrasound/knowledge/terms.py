"""Lists of terms become patterns: how a knowledge table's words are found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ultrasound.errors import KnowledgeError

Pattern = re.Pattern[str]
ANY_WORDS: Final = r"(?:\w+[\s-]+){0,4}?"
# A label begins a line, or a column of it, and its value ends there.
COLUMN: Final = r"(?:^[ \t]?|(?<=\s\s)|(?<=\t)|(?<=\|)[ \t]?)"
VALUE: Final = r"[ \t]{0,20}[:=][ \t]{0,40}(?P<value>[^\s:][^\n\r|]*?)(?=\s\s|\t|\||$)"


def compile_terms(terms: Iterable[str]) -> Pattern:
    """One pattern that finds any of the terms as a word of its own, the longest first.

    A space stands for white space or hyphens, ``*`` for further letters, ``...`` for up to four
    words.
    """
    return re.compile(rf"(?<![^\W\d_])(?:{_join(terms)})(?![^\W\d_])", re.IGNORECASE)


def compile_label(labels: Iterable[str]) -> Pattern:
    """A label at the beginning of a line or column, with its ``value`` after a colon."""
    return re.compile(f"{COLUMN}(?:{_join(labels)}){VALUE}", re.IGNORECASE)


def compile_heading(words: Iterable[str]) -> Pattern:
    """A line that begins with one of the words."""
    return re.compile(rf"^[\s\W\d]*(?:{_join(words)})\b", re.IGNORECASE)


def compile_alternatives(patterns: Iterable[str], table: str) -> Pattern:
    """Patterns that a table holds, as one; raises KnowledgeError that names the table."""
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    except re.error as error:
        raise KnowledgeError(f"{table}: not a pattern: {error}") from error


def _join(terms: Iterable[str]) -> str:
    longest_first = sorted(set(terms), key=lambda term: (-len(term), term))
    return "|".join(_term(term) for term in longest_first)


def _term(term: str) -> str:
    head, gap, tail = term.partition(" ... ")
    words = r"[\s-]+".join(re.escape(word).replace(r"\*", r"\w*") for word in head.split())
    return rf"{words}[\s-]+{ANY_WORDS}{_term(tail)}" if gap else words
