"""Knowledge tables as phrases that are found in a report, longest first.

Phrases are matched over the folded words without white space, so that double blanks and line
breaks between the words of a term do not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ultrasound.extract.words.abbreviations import Dots
from ultrasound.extract.words.borders import find_borders, find_heads
from ultrasound.extract.words.colon_pairs import pair_by_colon
from ultrasound.extract.words.glued_sides import part_sides
from ultrasound.extract.words.plain_words import plain_words
from ultrasound.extract.words.shortened import part_shortened
from ultrasound.extract.words.spelling import Speller, is_skeleton
from ultrasound.extract.words.tokens import (
    Token,
    fold_term,
    join_broken_words,
    join_dotted,
    split_text,
)
from ultrasound.knowledge.schema_text import Cue, Finding, TextKnowledge
from ultrasound.knowledge.spellings import spell_out

_LIMITED: Final = 4096  # ways to write a phrase that means something only as written
# What can stand in a place phrase.
PLACE_KINDS: Final = frozenset(
    {"leg", "vein", "place", "inferred", "ambiguous", "level", "zone", "abbreviation"}
)


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
        self.exact = frozenset(c.exact for c in self.concepts if c.exact)
        self.is_place = not PLACE_KINDS.isdisjoint(self.rows)

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

    def row(self, kind: str, *others: str) -> Any:
        """The table row of the first concept of one of these kinds, None where there is none."""
        rows = self.meaning.rows  # as Meaning.row, without a further call
        if not others:
            return rows.get(kind)
        for own in rows:
            if own == kind or own in others:
                return rows[own]
        return None

    def cue(self, *kinds: str) -> bool:
        """Whether it is a cue of one of these kinds."""
        return not self.meaning.cues.isdisjoint(kinds)


def as_finding(name: str, value: str, denied: str | None = None) -> Meaning:
    """What a code or word means that is a finding only where it stands."""
    row = Finding(property=name, value=value, denied=denied, kind="word", terms=())
    return Meaning([Concept("finding", row)])


DENIAL: Final = Meaning([Concept("cue", Cue(kind="negation", terms=()))])  # "no", where none is


class Lexicon:
    """All phrases of the knowledge tables, compiled for one vocabulary."""

    def __init__(self, knowledge: TextKnowledge, vocab: Vocab) -> None:
        self.vocab = vocab
        self._concepts: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
        for concept, term in _iterate_terms(knowledge):
            exact = term[1:] if term.startswith("=") else None
            words = _without_dots(fold_term(exact or term))
            self._concepts[words].append(Concept(concept.kind, concept.row, exact))
        self._add_built(knowledge)
        self._dots = Dots(knowledge)
        letters = (word for words in self._concepts for word in words)
        self.known = {word for word in letters if word.replace("'", "").isalpha()}  # "isn't" too
        self.known |= {word for word in plain_words(knowledge) if word.isalpha() and len(word) > 1}
        self._lengths = {
            fold_term(term)[-1]
            for unit in knowledge.units.unit
            if unit.kind == "length"
            for term in unit.terms
        }
        kinds = {words: {c.kind for c in concepts} for words, concepts in self._concepts.items()}
        self._veins = {w[0] for w in kinds if len(w) == 1 and kinds[w] & {"vein", "place"}}
        self._shortened = {row.term: row.words for row in knowledge.veins.shortened}
        self._speller = Speller(self.known, kinds, knowledge.veins.unknown.nouns)
        self._meanings: dict[int, Meaning] = {}
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        # phrases that mean the same share it, so that what is kept by meanings serves them all
        shared: dict[tuple[tuple[str, int, str | None], ...], Meaning] = {}
        for words, concepts in self._concepts.items():
            key, own = " ".join(words), tuple((c.kind, id(c.row), c.exact) for c in concepts)
            self._matcher.add(key, [Doc(vocab, words=list(words))])
            self._meanings[vocab.strings[key]] = shared.setdefault(own, Meaning(concepts))
        self._limit = lru_cache(maxsize=_LIMITED)(self._limit_meaning)
        self._limited = {key for key, meaning in self._meanings.items() if _is_limited(meaning)}

    def _add_built(self, knowledge: TextKnowledge) -> None:
        """Add the phrases that are built of words with several spellings."""
        for row in knowledge.veins.vein:  # a name of its own row goes before a built one
            for name in spell_out(row.patterns, knowledge.veins.words):
                self._concepts.setdefault(fold_term(name), [Concept("vein", row)])
        for place in knowledge.veins.place:
            for name in spell_out(place.patterns, knowledge.veins.words):
                self._concepts.setdefault(fold_term(name), [Concept("place", place)])
        for kind, built, forms in (
            ("leg", knowledge.cues.leg, knowledge.cues.words),
            ("cue", knowledge.cues.cue, knowledge.cues.words),
            ("finding", knowledge.findings.finding, knowledge.findings.words),
        ):
            for word in built:
                for name in spell_out(word.patterns, forms):
                    self._concepts[fold_term(name)].append(Concept(kind, word))

    def read_tokens(self, text: str) -> list[Token]:
        """The words of a text, broken ones put together."""
        return self.join_tokens(split_text(text))

    def join_tokens(self, pieces: list[Token]) -> list[Token]:
        """The pieces of a text, broken words put together, legs taken off their veins."""
        joined = join_broken_words(join_dotted(pieces, self.known), self.known)
        joined = part_shortened(joined, self._shortened)
        return pair_by_colon(part_sides(joined, self.known, self._veins))

    def find_mentions(self, tokens: list[Token]) -> list[Mention]:
        """The phrases of a token list from left to right; of overlapping ones the longest."""
        if not tokens:
            return []
        known = self.known
        kept = self._dots.drop(tokens)  # "prof. fem. vein" is "prof fem vein"
        norms: list[str] = []
        corrected: set[int] = set()
        for token in kept:
            norm = token.norm
            if norm not in known and token.kind == "word":
                norm = self._correct(token)
                if norm != token.norm:
                    corrected.add(token.index)
            norms.append(norm)
        doc = Doc(self.vocab, words=norms)
        found: list[Mention] = []
        for key, low, high in self._matcher(doc):
            meaning = self._meanings[key]
            start, end = kept[low].index, kept[high - 1].index + 1
            if key in self._limited:
                written = _written(tokens, start, end)
                behind_length = start > 0 and tokens[start - 1].norm in self._lengths
                meaning = self._limit(meaning, written, behind_length)
            if meaning.concepts:
                misspelt = bool(corrected) and not corrected.isdisjoint(range(start, end))
                found.append(Mention(start, end - 1, meaning, misspelt))
        spans = [(mention.first, mention.last) for mention in found]
        return _keep_longest(found, find_borders(tokens) | find_heads(tokens, spans))

    @staticmethod
    def _limit_meaning(meaning: Meaning, written: str, behind_length: bool) -> Meaning:
        """What a phrase means where it stands: as it is written, and behind what."""
        return Meaning(
            c
            for c in meaning.concepts
            if c.exact in (None, written) and (behind_length or not _is_distance(c))
        )

    def _correct(self, token: Token) -> str:
        if token.text[1:].isupper() and is_skeleton(token.text.lower()):
            return token.norm
        return self._speller.correct(token.text.lower(), token.norm) or token.norm


def _without_dots(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a term without the full stops of its abbreviations."""
    return tuple(word for word in words if word != ".") or words


def _is_distance(concept: Concept) -> bool:
    return concept.kind == "cue" and concept.row.kind in ("distance", "direction")


def _is_limited(meaning: Meaning) -> bool:  # to one way of writing, or to stand after a length
    return any(c.exact is not None or _is_distance(c) for c in meaning.concepts)


def _written(tokens: list[Token], start: int, end: int) -> str:
    """Tokens as they are written; most phrases are one word."""
    if end == start + 1:
        return tokens[start].text
    return tokens[start].text + "".join(t.gap + t.text for t in tokens[start + 1 : end])


def _keep_longest(mentions: list[Mention], borders: frozenset[int]) -> list[Mention]:
    """Of mentions that overlap the longest, from left to right; none goes on over a border."""
    kept: list[Mention] = []
    rivals: list[Mention] = []
    end = -1
    for mention in sorted(mentions, key=_first):
        first, last = mention.first, mention.last
        if last > first and not borders.isdisjoint(range(first + 1, last + 1)):
            continue
        if first > end:
            kept += _choose(rivals)
            rivals = []
        rivals.append(mention)
        end = max(end, last)
    return kept + _choose(rivals)


def _choose(rivals: list[Mention]) -> list[Mention]:
    """The mentions of a stretch that are kept; one alone is."""
    if len(rivals) <= 1:
        return rivals
    taken: set[int] = set()
    kept: list[Mention] = []
    for mention in sorted(rivals, key=_rank):
        span = range(mention.first, mention.last + 1)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.first)


def _first(mention: Mention) -> int:
    return mention.first


def _rank(mention: Mention) -> tuple[int, bool, int]:
    """Longest first; of equal ones a vein or denial ("side branch" in "left side branch")."""
    first = mention.row("vein") is not None or mention.cue("negation")
    return mention.first - mention.last, not first, mention.first


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
