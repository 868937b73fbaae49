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
    terms = list(terms)
    return re.compile(rf"{_ahead(terms)}(?<![^\W\d_])(?:{_join(terms)})(?![^\W\d_])", re.IGNORECASE)


def _ahead(terms: Iterable[str]) -> str:
    """A look at the next letter: most places of a text are left by it at once."""
    firsts = {term[:1].lower() for term in terms}
    return f"(?=[{''.join(sorted(firsts))}])" if "".join(firsts).isalnum() else ""


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


def join_terms(terms: Iterable[str], gap: str) -> str:
    """Alternatives, the longest first, with ``gap`` between the words of one; see above for ``*``.

    What several begin with is written once, so that a place where none stands is left quickly.
    """
    longest_first = sorted(set(terms), key=lambda term: (-len(term), term))
    return _share_beginnings([_split_term(term, gap) for term in longest_first])


def _join(terms: Iterable[str]) -> str:
    return join_terms(terms, r"[\s-]+")


def _split_term(term: str, gap: str) -> list[str]:
    """A term as the patterns of its single characters and gaps."""
    head, dots, tail = term.partition(" ... ")
    pieces: list[str] = []
    for word in head.split():
        pieces += [gap] if pieces else []
        pieces += [r"\w*" if char == "*" else re.escape(char) for char in word]
    return [*pieces, gap + ANY_WORDS, *_split_term(tail, gap)] if dots else pieces


def _share_beginnings(alternatives: list[list[str]]) -> str:
    """One pattern that tries the alternatives in their order.

    Those that begin with the same letter or digit are put together: no other one can match at its
    place. An alternative that begins otherwise keeps what stands before it from what follows.
    """
    groups: list[tuple[str, list[list[str]]]] = []
    open_groups: dict[str, list[list[str]]] = {}
    for first, *rest in (pieces or [""] for pieces in alternatives):
        letter = first.lower()
        if letter in open_groups:
            open_groups[letter].append(rest)
            continue
        group = [rest]
        groups.append((first, group))
        if first.isalnum():
            open_groups[letter] = group
        else:
            open_groups.clear()
    return "|".join(first + _follow(group) for first, group in groups)


def _follow(rests: list[list[str]]) -> str:
    if len(rests) == 1:
        return "".join(rests[0])
    return f"(?:{_share_beginnings(rests)})"
