"""Built names are found as if each were written out, without writing them out."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from ultrasound.extract.words.built_names import BuiltNames
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge import load_knowledge
from ultrasound.knowledge.spellings import spell_out

TEXT = load_knowledge().text
BUILT = BuiltNames(TEXT)
ROWS: list[tuple[Any, Any]] = [
    *((row, TEXT.veins.words) for row in (*TEXT.veins.vein, *TEXT.veins.place)),
    *((row, TEXT.cues.words) for row in (*TEXT.cues.leg, *TEXT.cues.cue)),
    *((row, TEXT.findings.words) for row in TEXT.findings.finding),
]
PATTERNS = [(row, pattern, words) for row, words in ROWS for pattern in row.patterns]
SPREAD = 37  # every so many of the spellings


@pytest.mark.parametrize(
    ("row", "pattern", "words"), PATTERNS, ids=[pattern for _, pattern, _ in PATTERNS]
)
def test_a_name_is_found_whole_and_means_its_row(row: Any, pattern: str, words: Any) -> None:
    """Between other words, over its own words and no more."""
    for name in islice(spell_out([pattern], words), 0, None, SPREAD):
        own = fold_term(name)
        found = {(a, b): c for a, b, c in BUILT.find(["left", *own, "quietly"])}
        assert any(concept.row is row for concept in found[1, 1 + len(own)]), name


@pytest.mark.parametrize("words", ["great and saphenous", "common popliteal", "deep, and femoral"])
def test_what_no_pattern_builds_is_not_found(words: str) -> None:
    """Words of slots in an order that no pattern has are no name as a whole."""
    own = fold_term(words)
    assert (0, len(own)) not in {(low, high) for low, high, _ in BUILT.find(own)}


def test_names_of_one_or_two_words_are_written_out() -> None:
    """The short ones, each with what it means."""
    short = dict(BUILT.write_short())
    assert {c.row.code for c in short["greater", "saphenous"] if c.kind == "vein"} == {"GSV"}
    assert all(len(words) <= 2 for words in short)


def test_the_tree_is_smaller_than_its_names() -> None:
    """A pattern of six words with several spellings each costs as many steps, not their product."""
    names = sum(1 for _, pattern, words in PATTERNS for _ in spell_out([pattern], words))
    steps, open_ones = 0, [BUILT.root]
    while open_ones:
        node = open_ones.pop()
        steps += len(node.ways)
        open_ones += node.ways.values()
    assert steps < names / 100
