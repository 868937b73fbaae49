"""Knowledge tables as phrases that are found in a report, longest first.

Phrases are matched over the folded words without white space, so that double blanks and line
breaks between the words of a term do not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ultrasound.extract.words.abbreviations import Dots
from ultrasound.extract.words.borders import find_borders, find_heads
from ultrasound.extract.words.built_names import ONCE, BuiltNames
from ultrasound.extract.words.colon_pairs import pair_by_colon
from ultrasound.extract.words.glued_sides import part_sides
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.plain_words import plain_words
from ultrasound.extract.words.shortened import part_shortened
from ultrasound.extract.words.spelling import Speller, is_skeleton
from ultrasound.extract.words.thirds import join_thirds, level_words
from ultrasound.extract.words.tokens import (
    Token,
    fold_term,
    join_broken_words,
    join_dotted,
    split_text,
)
from ultrasound.knowledge.schema_text import TextKnowledge

_LIMITED: Final = 4096  # ways to write a phrase that means something only as written
_BRACKET: Final = 4  # tokens of "(4.2 mm)"

Span = tuple[int, int]


class Lexicon:
    """All phrases of the knowledge tables, compiled for one vocabulary."""

    def __init__(self, knowledge: TextKnowledge, vocab: Vocab) -> None:
        self.vocab = vocab
        self._concepts: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
        for concept, term in _iterate_terms(knowledge):
            exact = term[1:] if term.startswith("=") else None
            words = _without_dots(fold_term(exact or term))
            self._concepts[words].append(Concept(concept.kind, concept.row, exact))
        self._built = BuiltNames(knowledge)
        self._dots = Dots(knowledge)
        letters = {word for words in self._concepts for word in words} | self._built.words
        self.known = {word for word in letters if word.replace("'", "").isalpha()}  # "isn't" too
        self.known |= {word for word in plain_words(knowledge) if word.isalpha() and len(word) > 1}
        self._levels = level_words(knowledge)
        self._lengths = {
            fold_term(term)[-1]
            for unit in knowledge.units.unit
            if unit.kind == "length"
            for term in unit.terms
        }
        kinds = self._list_kinds()
        self._veins = {w[0] for w in kinds if len(w) == 1 and kinds[w] & {"vein", "place"}}
        self._shortened = {row.term: row.words for row in knowledge.veins.shortened}
        nouns = {*knowledge.veins.unknown.nouns, *self._built.leg_words}
        self._speller = Speller(self.known, kinds, nouns, self._built.words)
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._phrases: dict[int, tuple[Concept, ...]] = {}
        for words, concepts in self._concepts.items():
            key = " ".join(words)
            self._matcher.add(key, [Doc(vocab, words=list(words))])
            self._phrases[vocab.strings[key]] = tuple(concepts)
        # phrases that mean the same share it, so that what is kept by meanings serves them all
        self._meanings: dict[tuple[tuple[str, int, str | None], ...], Meaning] = {}
        self._limit = lru_cache(maxsize=_LIMITED)(self._limit_meaning)

    def _list_kinds(self) -> dict[tuple[str, ...], set[str]]:
        """The phrases of the tables, of built ones the short ones, and what each can be."""
        kinds = {words: {c.kind for c in concepts} for words, concepts in self._concepts.items()}
        for words, concepts in self._built.write_short():
            own = self._join_concepts(tuple(self._concepts.get(words, ())), concepts)
            kinds.setdefault(words, set()).update(c.kind for c in own)
        return kinds

    @staticmethod
    def _join_concepts(
        written: tuple[Concept, ...], built: tuple[Concept, ...]
    ) -> tuple[Concept, ...]:
        """What a phrase can mean: a name of its own row goes before a built one."""
        if not written:
            return built
        return (*written, *(c for c in built if c.kind not in ONCE))

    def read_tokens(self, text: str) -> list[Token]:
        """The words of a text, broken ones put together."""
        return self.join_tokens(split_text(text))

    def join_tokens(self, pieces: list[Token]) -> list[Token]:
        """The pieces of a text, broken words put together, legs taken off their veins."""
        whole = join_thirds(join_dotted(pieces, self.known), self._levels)
        joined = join_broken_words(whole, self.known)
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
        found: list[Mention] = []
        for (low, high), concepts in self._find_phrases(norms):
            meaning = self._mean(concepts)
            start, end = kept[low].index, kept[high - 1].index + 1
            if meaning.is_limited:
                written = _written(tokens, start, end)
                behind_length = tokens[_end_before(tokens, start)].norm in self._lengths
                meaning = self._limit(meaning, written, behind_length)
            if meaning.concepts:
                misspelt = bool(corrected) and not corrected.isdisjoint(range(start, end))
                found.append(Mention(start, end - 1, meaning, misspelt))
        spans = [(mention.first, mention.last) for mention in found]
        return _keep_longest(found, find_borders(tokens) | find_heads(tokens, spans))

    def _find_phrases(self, norms: list[str]) -> Iterator[tuple[Span, tuple[Concept, ...]]]:
        """The phrases among folded words, half-open, and what each can mean."""
        built = {(low, high): concepts for low, high, concepts in self._built.find(norms)}
        for key, low, high in self._matcher(Doc(self.vocab, words=norms)):
            written, also = self._phrases[key], built.pop((low, high), ())
            yield (low, high), self._join_concepts(written, also) if also else written
        yield from built.items()

    def _mean(self, concepts: tuple[Concept, ...]) -> Meaning:
        """The meaning of all phrases that can mean the same."""
        key = tuple((c.kind, id(c.row), c.exact) for c in concepts)
        if key not in self._meanings:
            self._meanings[key] = Meaning(concepts)
        return self._meanings[key]

    @staticmethod
    def _limit_meaning(meaning: Meaning, written: str, behind_length: bool) -> Meaning:
        """What a phrase means where it stands: as it is written, and behind what."""
        return Meaning(
            c
            for c in meaning.concepts
            if c.exact in (None, written) and (behind_length or not c.is_distance)
        )

    def _correct(self, token: Token) -> str:
        if token.text[1:].isupper() and is_skeleton(token.text.lower()):
            return token.norm
        return self._speller.correct(token.text.lower(), token.norm) or token.norm


def _without_dots(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a term without the full stops of its abbreviations."""
    return tuple(word for word in words if word != ".") or words


def _written(tokens: list[Token], start: int, end: int) -> str:
    """Tokens as they are written; most phrases are one word."""
    if end == start + 1:
        return tokens[start].text
    return tokens[start].text + "".join(t.gap + t.text for t in tokens[start + 1 : end])


def _end_before(tokens: list[Token], start: int) -> int:
    """The token before a phrase, before a size in brackets: "13 cm (4.2 mm) from the heel"."""
    opens = start - _BRACKET
    bracketed = opens > 0 and (tokens[opens].text, tokens[start - 1].text) == ("(", ")")
    return max(0, opens - 1 if bracketed else start - 1)


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
