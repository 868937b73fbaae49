"""Knowledge tables as phrases that are found in a report, longest first.

Phrases are matched over the folded words without white space, so that double blanks and line
breaks between the words of a term do not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Protocol

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ultrasound.extract.tokens import Token, fold_term, join_broken_words, split_text
from ultrasound.knowledge.schema_text import TextKnowledge

_MIDDLE_WORD: Final = 5  # shorter words are never corrected
_LONG_WORD: Final = 7
_TWO_EDITS: Final = 9
_SPELLINGS: Final = 50_000  # unknown words that are remembered


class _Termed(Protocol):
    """A table row that gives its words."""

    @property
    def terms(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Concept:
    """What a phrase means: its kind, its table row, and whether it must be written as given."""

    kind: str
    row: Any
    exact: str | None = None


class Meaning:
    """All that a phrase can mean, made ready once for every place at which it stands."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self.rows: dict[str, Any] = {}
        for concept in self.concepts:
            self.rows.setdefault(concept.kind, concept.row)
        self.cues = frozenset(c.row.kind for c in self.concepts if c.kind == "cue")

    def row(self, *kinds: str) -> Any:
        """The table row of the first concept of one of these kinds, None where there is none."""
        for kind in self.rows:
            if kind in kinds:
                return self.rows[kind]
        return None


@dataclass(slots=True)
class Mention:
    """A phrase in a report: tokens ``first`` to ``last`` inclusive, and what it can mean."""

    first: int
    last: int
    meaning: Meaning
    misspelt: bool = False

    def row(self, *kinds: str) -> Any:
        """The table row of the first concept of one of these kinds, None where there is none."""
        rows = self.meaning.rows  # as Meaning.row, without a further call
        for kind in rows:
            if kind in kinds:
                return rows[kind]
        return None

    def cue(self, *kinds: str) -> bool:
        """Whether it is a cue of one of these kinds."""
        return not self.meaning.cues.isdisjoint(kinds)


class Lexicon:
    """All phrases of the knowledge tables, compiled for one vocabulary."""

    def __init__(self, knowledge: TextKnowledge, vocab: Vocab) -> None:
        self.vocab = vocab
        self._concepts: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
        for concept, term in _iterate_terms(knowledge):
            exact = term[1:] if term.startswith("=") else None
            words = fold_term(exact or term)
            self._concepts[words].append(Concept(concept.kind, concept.row, exact))
        self.known = {word for words in self._concepts for word in words if word.isalpha()}
        self._terms = frozenset(self.known)
        self.known |= {word for word in _plain_words(knowledge) if word.isalpha() and len(word) > 1}
        self._lengths = {
            fold_term(term)[-1]
            for unit in knowledge.units.unit
            if unit.kind == "length"
            for term in unit.terms
        }
        self._alike: dict[tuple[str, int], list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for word in self.known:
            self._alike[word[0], len(word)].append((word, frozenset(word)))
        self._spell = lru_cache(maxsize=_SPELLINGS)(self._find_spelling)
        self._meanings: dict[int, Meaning] = {}
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        for words, concepts in self._concepts.items():
            key = " ".join(words)
            self._matcher.add(key, [Doc(vocab, words=list(words))])
            self._meanings[vocab.strings[key]] = Meaning(concepts)
        self._limited = {key for key, meaning in self._meanings.items() if _is_limited(meaning)}

    def read_tokens(self, text: str) -> list[Token]:
        """The words of a text, broken ones put together."""
        return self.join_tokens(split_text(text))

    def join_tokens(self, pieces: list[Token]) -> list[Token]:
        """The pieces of a text, broken words put together."""
        return join_broken_words(pieces, self.known)

    def find_mentions(self, tokens: list[Token]) -> list[Mention]:
        """The phrases of a token list from left to right; of overlapping ones the longest."""
        if not tokens:
            return []
        known = self.known
        norms = [
            t.norm if t.norm in known or t.kind != "word" else self._correct(t) for t in tokens
        ]
        doc = Doc(self.vocab, words=norms)
        found: list[Mention] = []
        for key, start, end in self._matcher(doc):
            meaning = self._meanings[key]
            if key in self._limited:
                meaning = self._limit(meaning, tokens, start, end)
            if meaning.concepts:
                misspelt = any(norms[i] != tokens[i].norm for i in range(start, end))
                found.append(Mention(start, end - 1, meaning, misspelt))
        return _keep_longest(found)

    def _limit(self, meaning: Meaning, tokens: list[Token], start: int, end: int) -> Meaning:
        """What a phrase means where it stands: as it is written, and behind what."""
        written = tokens[start].text + "".join(t.gap + t.text for t in tokens[start + 1 : end])
        behind_length = start > 0 and tokens[start - 1].norm in self._lengths
        return Meaning(
            c
            for c in meaning.concepts
            if c.exact in (None, written) and (behind_length or not _is_distance(c))
        )

    def _correct(self, token: Token) -> str:
        if len(token.text) < _MIDDLE_WORD:
            return token.norm
        return self._spell(token.text.lower(), token.norm) or token.norm

    def _find_spelling(self, written: str, norm: str) -> str | None:
        # "saphenuos" has lost an ending that it does not have
        return self._nearest(written) or self._nearest(norm)

    def _begin_alike(self, word: str, allowed: int, shortest: int) -> Iterator[str]:
        """The known words that begin alike, as far as letters that one lacks leave them near."""
        letters = frozenset(word)
        for length in range(max(shortest, len(word) - allowed), len(word) + allowed + 1):
            for known, others in self._alike.get((word[0], length), ()):
                if len(letters - others) <= allowed and len(others - letters) <= allowed:
                    yield known

    def _nearest_middle(self, word: str) -> str | None:
        """The one known word of which a word of five or six letters is a slip.

        Letters swapped, doubled or left out, never one for another: "angle" is not "ankle".
        """
        near = [
            known
            for known in self._begin_alike(word, 1, _MIDDLE_WORD - 1)
            if (len(known) != len(word) or sorted(known) == sorted(word))
            and count_edits(word, known, 1) == 1
        ]
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


def _is_distance(concept: Concept) -> bool:
    return concept.kind == "cue" and concept.row.kind in ("distance", "direction")


def _is_limited(meaning: Meaning) -> bool:
    """Whether a phrase means something only where it is written in one way, or after a length."""
    return any(c.exact is not None or _is_distance(c) for c in meaning.concepts)


def _keep_longest(mentions: list[Mention]) -> list[Mention]:
    taken: set[int] = set()
    kept: list[Mention] = []
    for mention in sorted(mentions, key=_rank):
        span = range(mention.first, mention.last + 1)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.first)


def _rank(mention: Mention) -> tuple[int, bool, int]:
    """Longest first; of equal ones a vein ("side branch" in "left side branch"), then the left."""
    return mention.first - mention.last, mention.row("vein") is None, mention.first


def _iterate_terms(knowledge: TextKnowledge) -> Iterator[tuple[Concept, str]]:
    rows: list[tuple[str, tuple[Any, ...]]] = [
        ("vein", knowledge.veins.vein),
        ("place", knowledge.veins.place),
        ("inferred", knowledge.veins.inferred),
        ("level", knowledge.segments.level),
        ("zone", knowledge.segments.zone),
        ("finding", knowledge.findings.finding),
        ("age", knowledge.findings.age),
        ("leg", knowledge.cues.leg),
        ("cue", knowledge.cues.cue),
    ]
    for kind, table in rows:
        for row in table:
            for term in row.terms:
                yield Concept(kind, row), term
    for words in knowledge.cues.leg:
        for term in words.exact:
            yield Concept("leg", words), "=" + term
    for row in knowledge.veins.ambiguous:
        yield Concept("ambiguous", row), row.term
    for row in knowledge.segments.abbreviation:
        yield Concept("abbreviation", row), row.term


def _plain_words(knowledge: TextKnowledge) -> Iterator[str]:
    tables: list[_Termed] = [
        *knowledge.sections.section,
        *knowledge.sections.title,
        *knowledge.sections.title_beside,
        *knowledge.units.unit,
        *knowledge.units.comparator,
        *knowledge.context.fact,
        *knowledge.findings.spelling,
    ]
    for row in tables:
        for term in row.terms:
            yield from fold_term(term)
