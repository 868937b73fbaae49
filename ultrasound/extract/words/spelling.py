"""Misspelt words, and words without their vowels: the one known word that is near enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Final

_NASALS: Final = {"m", "n"}
_SHORT_WORD: Final = 4  # shorter words are never corrected
_MIDDLE_WORD: Final = 5
_SKELETON: Final = 4  # letters of a word without its vowels
_VOWELS: Final = frozenset("aeiouy")
_LONG_WORD: Final = 7
_TWO_EDITS: Final = 9
_STATED: Final = ("vein", "place", "inferred", "level", "zone", "finding")
_PLACES: Final = ("zone", "level", "leg")
_VEIN: Final = ("saphenous",)
_SPELLINGS: Final = 50_000  # unknown words that are remembered


class Speller:
    """Corrects words to known ones; of several that are as near, to one of the phrases' words.

    Args:
        known: All known words.
        kinds: The phrases of the tables, and what each can be. What is stated of veins is also
            found without its vowels, and the words of a place where they have four letters.
        nouns: Further words of a place.
        others: Words of further phrases.
    """

    def __init__(
        self,
        known: Set[str],
        kinds: Mapping[tuple[str, ...], Set[str]],
        nouns: Iterable[str],
        others: Set[str],
    ) -> None:
        self._terms = {word for words in kinds for word in words if word.isalpha()}
        self._terms |= {word for word in others if word.isalpha()}
        stated = {w[0] for w, kind in kinds.items() if len(w) == 1 and not kind.isdisjoint(_STATED)}
        self._stated = frozenset(word for word in stated if not is_skeleton(word))
        places = [w for w, kind in kinds.items() if not kind.isdisjoint(_PLACES) or w[1:] == _VEIN]
        self._alike: dict[tuple[str, int], list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for word in known:
            self._alike[word[0], len(word)].append((word, frozenset(word)))
        self._short = dict(
            _slips_of({*nouns, *(word for words in places for word in words)}, known)
        )
        self.correct = lru_cache(maxsize=_SPELLINGS)(self._find_spelling)

    def _find_spelling(self, written: str, norm: str) -> str | None:
        if is_skeleton(written):
            return self._fill_skeleton(written) if len(written) >= _SKELETON else None
        if len(written) < _MIDDLE_WORD:
            return self._short.get(written)
        # "saphenuos" has lost an ending that it does not have
        return self._nearest(written) or self._nearest(norm)

    def _fill_skeleton(self, written: str) -> str | None:
        """The one word that is written without its vowels: "cmptnt", "rflx".

        Its first and last letters are kept, and the others are in order.
        """
        found = {
            word
            for word in self._stated
            if (word[0], word[-1]) == (written[0], written[-1])
            and len(word) > len(written)
            and _is_inside(written, word)
        }
        return found.pop() if len(found) == 1 else None

    def _begin_alike(self, word: str, allowed: int, shortest: int) -> Iterator[str]:
        """The known words that begin alike, as far as letters that one lacks leave them near."""
        letters = frozenset(word)
        for length in range(max(shortest, len(word) - allowed), len(word) + allowed + 1):
            for known, others in self._alike.get((word[0], length), ()):
                if len(letters - others) <= allowed and len(others - letters) <= allowed:
                    yield known

    def _nearest_middle(self, word: str) -> str | None:
        """The one known word of which a word of five or six letters is a slip.

        Letters swapped, doubled or left out, never one for another: "angle" is not "ankle". In six
        letters one vowel for another: "tibeal", "soleul"; m for n, neighbours on the keyboard.
        """
        near = [
            known
            for known in self._begin_alike(word, 1, _MIDDLE_WORD - 1)
            if len(known) != len(word)
            or sorted(known) == sorted(word)
            or (known in self._stated and _is_vowel(word, known))
            or (known in self._terms and _is_nasal(word, known))
        ]
        near = [known for known in near if count_edits(word, known, 1) == 1]
        near = [known for known in near if known in self._terms] if len(near) > 1 else near
        return near[0] if len(near) == 1 else None

    def _nearest(self, word: str) -> str | None:
        """The one known long word within one edit (two from nine letters), else None."""
        if len(word) < _LONG_WORD:
            return self._nearest_middle(word)
        allowed = 2 if len(word) >= _TWO_EDITS else 1
        best: dict[int, list[str]] = defaultdict(list)
        for known in self._begin_alike(word, allowed, _LONG_WORD):
            distance = count_edits(word, known, allowed)
            if distance <= allowed:
                best[distance].append(known)
        if not best:
            return None
        nearest = best[min(best)]
        if len(nearest) > 1:
            nearest = [known for known in nearest if known in self._terms] or nearest
        if len(nearest) > 1:  # a letter swapped or left out is likelier than one put in
            nearest = [known for known in nearest if len(known) >= len(word)]
        return nearest[0] if len(nearest) == 1 else None


def _slips_of(terms: Iterable[str], known: Set[str]) -> Iterator[tuple[str, str]]:
    """Words of four letters that are slips of one term: two letters swapped, or one not doubled."""
    slips: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        for index in range(len(term) - 1):
            one, other = term[index], term[index + 1]
            if len(term) == _SHORT_WORD and one != other:
                slips[term[:index] + other + one + term[index + 2 :]].add(term)
            elif len(term) == _SHORT_WORD + 1 and one == other:
                slips[term[:index] + term[index + 1 :]].add(term)
    return ((slip, of.pop()) for slip, of in slips.items() if len(of) == 1 and slip not in known)


def _is_vowel(word: str, known: str) -> bool:
    """Whether a word of six letters has one vowel in place of another."""
    other = [pair for pair in zip(word, known, strict=True) if pair[0] != pair[1]]
    return len(word) == _MIDDLE_WORD + 1 and len(other) == 1 and _VOWELS.issuperset(other[0])


def _is_nasal(word: str, known: str) -> bool:
    """Whether a word has an m in place of an n, or the other way: "commom"."""
    other = [set(pair) for pair in zip(word, known, strict=True) if pair[0] != pair[1]]
    return other == [_NASALS]


def is_skeleton(word: str) -> bool:
    """Whether a word has no vowel but its first letter."""
    return word.isalpha() and _VOWELS.isdisjoint(word[1:])


def _is_inside(letters: str, word: str) -> bool:
    """Whether the letters stand in a word in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def count_edits(left: str, right: str, limit: int) -> int:
    """Damerau-Levenshtein distance (letters swapped count once); above the limit: limit + 1."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
