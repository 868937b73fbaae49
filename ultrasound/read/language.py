"""Whether a text is written in another language than English, by the words that it holds.

Worksheets of abbreviations have few common words of any language, and count as English; so does a
report that says each thing in two languages.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Final

from ultrasound.knowledge.schema_documents import DocumentKnowledge

WORD: Final = re.compile(r"[^\W\d_]+")
LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LETTER: Final = re.compile(r"[^\W\d_]")
FEW_WORDS: Final = 3


def find_language(text: str, knowledge: DocumentKnowledge) -> str | None:
    """The name of the language, None for English or where nothing speaks against it."""
    table = knowledge.language
    if _has_english_lines(text, table.own_lines, knowledge):
        return None
    letters = len(LETTER.findall(text))
    latin = len(LATIN.findall(text))
    if letters and latin < table.latin_share * letters:
        return "another script"
    words = _words_of(text)
    english = _count(words, knowledge.english)
    scores = [(_count(words, row.words), row.name) for row in knowledge.languages]
    most, name = max(scores, key=lambda pair: pair[0])
    return name if most >= table.least and most > table.ratio * english else None


def _words_of(text: str) -> Counter[str]:
    """The words in small letters; a capital alone is a code: "Y" is no Spanish "y"."""
    found = WORD.findall(text)
    return Counter(word.lower() for word in found if len(word) > 1 or word.islower())


def _count(words: Counter[str], known: frozenset[str]) -> int:
    return sum(number for word, number in words.items() if word in known)


def _has_english_lines(text: str, least: int, knowledge: DocumentKnowledge) -> bool:
    """Whether so many lines are English; most texts say so soon."""
    english = (line for line in text.splitlines() if _is_english(line, knowledge))
    return sum(1 for _ in islice(english, least)) >= least


def _is_english(line: str, knowledge: DocumentKnowledge) -> bool:
    words = _words_of(line)
    english = _count(words, knowledge.english)
    if english < FEW_WORDS:
        return False
    others = max(_count(words, row.words) for row in knowledge.languages)
    return english > 2 * others
