"""Where the words of a text lead in the patterns of a table, worked out as texts need it.

The patterns of turns of phrase stand for tens of thousands of ways to say them: written out, they
would take a second to load. Each pattern is a chain of states, with a way through for each form of
a slot, and what several patterns have in common is found when a text first goes that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ultrasound.knowledge.schema_turns import Turn

NUMBER: Final = "#"  # in a pattern: a number
Parts = Sequence[Sequence[Sequence[str]]]  # of a pattern: the forms of each part, as words


class States:
    """The states of all patterns; those of one position of a text are a ``Node``."""

    def __init__(self) -> None:
        self._edges: list[dict[str, list[int]]] = []
        self._skips: list[list[int]] = []  # where a form of no word leads
        self._ends: dict[int, tuple[Turn, str]] = {}
        self._nodes: dict[tuple[int, ...], Node] = {}
        self._starts: list[int] = []

    def add(self, parts: Parts, turn: Turn, read: str) -> None:
        """Add a pattern, with its turn and what it is read as."""
        start = at = self._state()
        for forms in parts:
            behind = self._state()
            for words in forms:
                self._chain(at, words, behind)
            at = behind
        self._starts.append(start)
        self._ends[at] = (turn, read)

    def _state(self) -> int:
        self._edges.append({})
        self._skips.append([])
        return len(self._edges) - 1

    def _chain(self, first: int, words: Sequence[str], last: int) -> None:
        if not words:
            self._skips[first].append(last)
            return
        at = first
        for word in words[:-1]:
            at, before = self._state(), at
            self._edges[before].setdefault(word, []).append(at)
        self._edges[at].setdefault(words[-1], []).append(last)

    def root(self) -> Node:
        """Where each pattern begins."""
        return self.node(self._starts)

    def node(self, states: Iterable[int]) -> Node:
        """The node of some states and of those that they reach without a word."""
        reached, new = set[int](), list(states)
        while new:
            state = new.pop()
            if state not in reached:
                reached.add(state)
                new += self._skips[state]
        key = tuple(sorted(reached))
        if key not in self._nodes:
            after: dict[str, list[int]] = {}
            for state in key:
                for word, ends in self._edges[state].items():
                    after.setdefault(word, []).extend(ends)
            turns = [self._ends[state] for state in key if state in self._ends]
            self._nodes[key] = Node(self, turns, after)
        return self._nodes[key]


@dataclass(slots=True)
class Node:
    """Where the words read so far lead: the turns that end here, as read, and the words behind."""

    states: States
    turns: list[tuple[Turn, str]]
    after: dict[str, list[int]]
    known: dict[str, Node] = field(default_factory=dict)

    def step(self, word: str) -> Node | None:
        """Where a word leads on, a number where a pattern has one."""
        if word not in self.after:
            if not word.isdigit() or NUMBER not in self.after:
                return None
            word = NUMBER
        if word not in self.known:
            self.known[word] = self.states.node(self.after[word])
        return self.known[word]
