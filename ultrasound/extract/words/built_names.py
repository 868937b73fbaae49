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
_SHORT: Final = 2  # words of a name that is written out
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
        self._forms: dict[str, list[Words]] = {}  # of each slot
        self._slots: dict[str, list[tuple[str, Words]]] = {}  # by the first word that fills them
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
            if norm not in self._slots and norm not in self.root.ways:
                continue
            ends: dict[int, list[tuple[int, Concept]]] = {}
            reached = [(self.root, low)]
            while reached:
                node, high = reached.pop()
                if node.ends:
                    ends.setdefault(high, []).extend(node.ends)
                reached += self._follow(node, norms, high)
            for end in sorted(ends):
                yield low, end, _in_order(ends[end])

    def write_short(self) -> Iterator[tuple[Words, tuple[Concept, ...]]]:
        """The names of one or two words, written out."""
        open_names: list[tuple[Words, _Node]] = [((), self.root)]
        while open_names:
            name, node = open_names.pop()
            if node.ends:
                yield name, _in_order(node.ends)
            for way, below in node.ways.items():
                longer = (name + form for form in self._forms.get(way, [(way,)]))
                open_names += [(words, below) for words in longer if len(words) <= _SHORT]

    def _follow(self, node: _Node, norms: Sequence[str], at: int) -> Iterator[tuple[_Node, int]]:
        """Where the word at a position leads, and where the next one stands."""
        if at == len(norms):
            return
        if norms[at] in node.ways:
            yield node.ways[norms[at]], at + 1
        for slot, rest in self._slots.get(norms[at], ()):
            end = at + 1 + len(rest)
            if slot in node.ways and tuple(norms[at + 1 : end]) == rest:
                yield node.ways[slot], end

    def _add(
        self, pattern: str, words: Mapping[str, Sequence[str]], end: tuple[int, Concept]
    ) -> None:
        """Put the names of a pattern into the tree."""
        pieces = [self._read_piece(piece, words) for piece in _PIECE.findall(pattern)]
        told = {w for ways in pieces for way in ways for w in self._words_of(way)}
        self.words |= told
        if end[1].kind == "leg":
            self.leg_words |= told
        for ways in product(*pieces):
            node = self.root
            for way in (way for piece in ways for way in piece):
                node = node.ways.setdefault(way, _Node())
            if end not in node.ends:
                node.ends.append(end)

    def _words_of(self, ways: Words) -> Iterator[str]:
        for way in ways:
            yield from (word for form in self._forms.get(way, [(way,)]) for word in form)

    def _read_piece(self, piece: str, words: Mapping[str, Sequence[str]]) -> list[Words]:
        """The ways to write a piece of a pattern: a slot for all that fills it, or nothing."""
        forms = list(dict.fromkeys(fold_term(form) for form in spell_out([piece], words)))
        if not _SLOT.fullmatch(piece):
            return forms
        slot = f"{piece}{id(words)}"
        if slot not in self._forms:
            self._forms[slot] = [form for form in forms if form]
            for first, *rest in self._forms[slot]:
                self._slots.setdefault(first, []).append((slot, tuple(rest)))
        return [(slot,), ()] if () in forms else [(slot,)]


def _in_order(ends: Sequence[tuple[int, Concept]]) -> tuple[Concept, ...]:
    """What ends at one place, as the tables have it; of veins and places the first."""
    found = [concept for _, concept in sorted(ends, key=lambda end: end[0])]
    named = [concept for concept in found if concept.kind in ONCE]
    return (*named[:1], *(concept for concept in found if concept.kind not in ONCE))
