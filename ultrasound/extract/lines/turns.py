"""Turns of phrase that are read as plainer words: "Nor is there any reflux" as "No reflux"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.turn_states import NUMBER, Parts, States
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.schema_turns import Turn
from ultrasound.knowledge.spellings import slots_of, spell_out
from ultrasound.value import value_type

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_EMPTY_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_STOPS: Final = ".;:!?•"


@value_type
class _Word:
    """A word or a sign in small letters, and where it stands."""

    text: str
    start: int
    end: int


class TurnReader:
    """Finds the turns of the table, of several that begin at a word the longest."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        states = States()
        self._edges: dict[Turn, tuple[frozenset[str], frozenset[str]]] = {}
        words = knowledge.turns.words
        for turn in knowledge.turns.turn:
            self._edges[turn] = (_spell(turn.behind, words), _spell(turn.before, words))
            for parts, read in _ways_of(turn, words):
                states.add(parts, turn, read)
        self._root = states.root()

    def find_edits(self, text: str) -> list[Edit]:
        """The stretches that are read as other words."""
        said = [_Word(m.group().lower().replace("’", "'"), *m.span()) for m in _WORD.finditer(text)]
        edits, at = list[Edit](), 0
        while at < len(said):
            end, read = self._match(text, said, at)
            if read is not None:
                start = said[at].start
                words = _like(read, text[start])
                glued = (
                    words[:1].isalnum() and text[start - 1 : start].isalnum()
                )  # behind it a sign
                edits.append(Edit(start, said[end - 1].end, " " * glued + words))
            at = max(end, at + 1)
        return edits

    def _match(self, text: str, said: Sequence[_Word], at: int) -> tuple[int, str | None]:
        """The word behind the longest turn that begins at a word, and what the turn is read as."""
        node, index = self._root, at
        best: tuple[int, str | None] = at, None
        while index < len(said) and (follows := node.step(said[index].text)) is not None:
            if index > at and _EMPTY_LINE.search(text, said[index - 1].end, said[index].start):
                break
            node, index = follows, index + 1
            fitting = (read for t, read in node.turns if self._fits(t, text, said, (at, index)))
            read = next(fitting, None)
            best = best if read is None else (index, read)
        return best

    def _fits(self, turn: Turn, text: str, said: Sequence[_Word], span: tuple[int, int]) -> bool:
        """Whether a turn stands where its words have this meaning."""
        first, last = span
        behind, before = self._edges[turn]
        led = said[first - 1] if first else None
        opens = led is None or led.text in _STOPS or "\n" in text[led.end : said[first].start]
        follows = said[last].text if last < len(said) else ""
        return (
            (opens or not turn.opens)
            and (not behind or (led is not None and led.text in behind))
            and (not before or follows in before or (follows.isdigit() and NUMBER in before))
        )


def _ways_of(turn: Turn, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[Parts, str]]:
    """The patterns of a turn with the words that it is read as, which may repeat its slots."""
    slots = slots_of(turn.read)
    for forms in product(*(words.get(slot, ()) for slot in slots)):
        bound = {**words, **{slot: (form,) for slot, form in zip(slots, forms, strict=True)}}
        read = next(spell_out([turn.read], bound))
        for pattern in turn.patterns:
            yield [_forms_of(part, bound) for part in pattern.split()], read


def _forms_of(part: str, words: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """What can stand for a part of a pattern between blanks, each form as its words."""
    return [_WORD.findall(form.lower()) for form in spell_out([part], words)]


def _spell(patterns: Sequence[str], words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(way.lower() for way in spell_out(patterns, words))


def _like(words: str, first: str) -> str:
    """The words with a capital letter where what they stand for has one."""
    return words[:1].upper() + words[1:] if first.isupper() else words
