"""Names built of words that have several spellings each, found without writing out every one.

"{great} {and} {small} {saphenous} {vein}" stands for eleven thousand names. They are kept as a tree
whose branches are words or slots of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

from ultrasound.extract.words.mentions import Concept
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.spellings import spell_out

_PIECE: Final = re.compile(r"[^\s,]+|,")
_SLOT: Final = re.compile(r"\{\w+\}")
ONCE: Final = ("vein", "place")  # a name of one is of no other, and no other word

Words = tuple[str, ...]
Found = tuple[int, int, tuple[Concept, ...]]


class _Node:
    """What may follow, and what ends here with its rank in the tables."""

    __slots__ = ("ends", "ways")

    def __init__(self) -> None:
        self.ways: dict[str, _Node] = {}
        self.ends: list[tuple[int, Concept]] = []


class BuiltNames:
    """The built names of the knowledge tables.

    ``words`` are all of their words, ``leg_words`` those of legs; ``root`` is the tree.
    """

    def __init__(self, knowledge: TextKnowledge) -> None:
        self.words: set[str] = set()
        self.leg_words: set[str] = set()
        self.root = _Node()
        self._slots: dict[str, list[str]] = {}  # those that a word may fill
        self._forms: dict[str, list[Words]] = {}
        veins, cues, findings = knowledge.veins, knowledge.cues, knowledge.findings
        tables: tuple[tuple[str, Sequence[Any], Mapping[str, Sequence[str]]], ...] = (
            ("vein", veins.vein, veins.words),
            ("place", veins.place, veins.words),
            ("leg", cues.leg, cues.words),
            ("cue", cues.cue, cues.words),
            ("finding", findings.finding, findings.words),
        )
        rank = 0
        for kind, rows, words in tables:
            for row in rows:
                concept = Concept(kind, row)
                for pattern in row.patterns:
                    self._add(pattern, words, (rank, concept))
                rank += 1

    def find(self, norms: Sequence[str]) -> Iterator[Found]:
        """Every built name among folded words: its first and end, and what it can mean."""
        for low, norm in enumerate(norms):
            nodes = self._follow([self.root], norm)
            high = low + 1
            ends: dict[int, list[tuple[int, Concept]]] = {}
            while nodes:
                reached = [end for node in nodes for end in node.ends]
                if reached:
                    ends[high] = reached
                nodes = self._follow(nodes, norms[high]) if high < len(norms) else []
                high += 1
            for end, reached in ends.items():
                yield low, end, _in_order(reached)

    def write_short(self) -> Iterator[tuple[Words, tuple[Concept, ...]]]:
        """The names of one or two words, written out."""
        for first, node in self._branches(self.root):
            if node.ends:
                yield (first,), _in_order(node.ends)
            for second, below in self._branches(node):
                if below.ends:
                    yield (first, second), _in_order(below.ends)

    def _branches(self, node: _Node) -> Iterator[tuple[str, _Node]]:
        for way, below in node.ways.items():
            for word, *_ in self._forms.get(way, [(way,)]):
                yield word, below

    def _follow(self, nodes: Sequence[_Node], norm: str) -> list[_Node]:
        ways = (norm, *self._slots.get(norm, ()))
        return [node.ways[way] for node in nodes for way in ways if way in node.ways]

    def _add(
        self, pattern: str, words: Mapping[str, Sequence[str]], end: tuple[int, Concept]
    ) -> None:
        """Put the names of a pattern into the tree."""
        pieces = [self._read_piece(piece, words) for piece in _PIECE.findall(pattern)]
        kind = end[1].kind
        for ways in product(*pieces):
            node = self.root
            for way in (way for piece in ways for way in piece):
                node = node.ways.setdefault(way, _Node())
                told = {word for form in self._forms.get(way, [(way,)]) for word in form}
                self.words |= told
                if kind == "leg":
                    self.leg_words |= told
            if end not in node.ends:
                node.ends.append(end)

    def _read_piece(self, piece: str, words: Mapping[str, Sequence[str]]) -> list[Words]:
        """The ways to write a piece of a pattern: a slot for all words that alone fill it."""
        forms = list(dict.fromkeys(fold_term(form) for form in spell_out([piece], words)))
        if not _SLOT.fullmatch(piece):
            return forms
        alone: list[Words] = [form for form in forms if len(form) == 1]
        slot = f"{piece}{id(words)}"
        if slot not in self._forms:
            self._forms[slot] = alone
            for word, *_ in alone:
                self._slots.setdefault(word, []).append(slot)
        return [*([(slot,)] if alone else []), *(form for form in forms if len(form) != 1)]


def _in_order(ends: Sequence[tuple[int, Concept]]) -> tuple[Concept, ...]:
    """What ends at one place, as the tables have it; of veins and places the first."""
    found = [concept for _, concept in sorted(ends, key=lambda end: end[0])]
    named = [concept for concept in found if concept.kind in ONCE]
    return (*named[:1], *(concept for concept in found if concept.kind not in ONCE))
