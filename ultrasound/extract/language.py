"""The spaCy pipeline: its components and their order, as one list (spaCy's door).

A report goes through the tokenizer and these components; each leaves its results in the Doc's
``user_data``, the last one the reading that :mod:`ultrasound.extract` turns into domain types.
Nothing of spaCy leaves this folder.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ultrasound.errors import KnowledgeError
from ultrasound.extract.clauses.remembering import find_bracketed
from ultrasound.extract.report import ReportReader
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.areas import read_areas
from ultrasound.extract.words.arrows import mark_arrows
from ultrasound.extract.words.box_answers import read_box_answers
from ultrasound.extract.words.compression_degrees import read_compression_degrees
from ultrasound.extract.words.compression_words import read_compression_words
from ultrasound.extract.words.field_answers import read_field_answers
from ultrasound.extract.words.holding import read_holding
from ultrasound.extract.words.labelled_lines import read_labelled_lines
from ultrasound.extract.words.legend_marks import apply_legend
from ultrasound.extract.words.letters import read_letters
from ultrasound.extract.words.level_letters import read_level_letters
from ultrasound.extract.words.lexicon import Lexicon
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.names import settle_names
from ultrasound.extract.words.noughts import read_noughts
from ultrasound.extract.words.number_reader import NumberReader
from ultrasound.extract.words.short_words import read_short_words
from ultrasound.extract.words.tokens import Token, fold_term, split_text
from ultrasound.knowledge import hash_tables
from ultrasound.knowledge.schema_text import TextKnowledge, load_text

COMPONENTS: Final = ("venous_lexicon", "venous_quantities", "venous_names", "venous_report")
_TABLES: dict[str, TextKnowledge] = {}


class LexiconComponent:
    """Finds the phrases of the knowledge tables."""

    def __init__(self, nlp: Language, knowledge: TextKnowledge) -> None:
        self._lexicon = Lexicon(knowledge, nlp.vocab)
        terms = (fold_term(term) for unit in knowledge.units.unit for term in unit.terms)
        self._units = frozenset(words[0] for words in terms if len(words) == 1)

    def __call__(self, doc: Doc) -> Doc:
        """Leave the tokens and mentions on the Doc."""
        split: tuple[str, list[Token]] | None = doc.user_data.get("split")
        text, pieces = split or (doc.text, split_text(doc.text))
        tokens = mark_arrows(self._lexicon.join_tokens(pieces), self._units)
        mentions = self._lexicon.find_mentions(tokens)
        doc.user_data["marks"] = Marks(text, tokens, mentions, numbers=[])
        return doc


class QuantityComponent:
    """Finds numbers with their bounds and units."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._reader = NumberReader(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Leave the numbers on the Doc."""
        marks: Marks = doc.user_data["marks"]
        numbers = self._reader.find_numbers(marks.tokens)
        doc.user_data["marks"] = replace(marks, numbers=numbers)
        return doc


class NameComponent:
    """Settles names that mean different veins in different reports."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._knowledge = knowledge
        self._headers = HeaderReader(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Settle the mentions; ``user_data["lsv"]`` is the laboratory's reading of LSV."""
        marks: Marks = doc.user_data["marks"]
        mentions = settle_names(
            marks.mentions,
            marks.numbers,
            marks.tokens,
            self._knowledge,
            lsv=doc.user_data.get("lsv"),
        )
        marks = read_noughts(replace(marks, mentions=mentions))
        marks = read_areas(marks, self._knowledge.veins.areas)
        marks = read_short_words(marks, self._knowledge.findings.short)
        marks = read_compression_words(marks, self._knowledge.findings.compressing)
        marks = read_compression_degrees(marks, self._knowledge.findings.degree)
        marks = read_box_answers(marks, self._headers)
        marks = read_field_answers(marks, self._headers)
        findings = self._knowledge.findings
        marks = read_holding(marks, findings.holding, doc.user_data.get("exam"))
        marks = read_level_letters(marks, self._knowledge.segments.level)
        marks = read_letters(marks, findings.letter, findings.compressing)
        marks = read_labelled_lines(marks, self._knowledge.columns.code)
        marks = apply_legend(marks, self._headers)
        bracketed = find_bracketed(marks)
        # marks that stay the same keep what was read of them
        doc.user_data["marks"] = replace(marks, bracketed=bracketed) if bracketed else marks
        return doc


class ReportComponent:
    """Reads the report: layout, headings, clauses, places and findings, tied together."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._reader = ReportReader(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Leave the reading on the Doc; ``user_data["exam"]`` is the kind of exam."""
        marks: Marks = doc.user_data["marks"]
        doc.user_data["reading"] = self._reader.read(marks, doc.user_data.get("exam"))
        return doc


@Language.factory("venous_lexicon", default_config={"knowledge_hash": None})
def make_lexicon(
    nlp: Language,
    name: str,  # noqa: ARG001 - spaCy hands it to every factory by this name
    knowledge_hash: str | None,
) -> LexiconComponent:
    """The component as spaCy's configuration names it."""
    return LexiconComponent(nlp, _find_tables(knowledge_hash))


@Language.factory("venous_quantities", default_config={"knowledge_hash": None})
def make_quantities(
    nlp: Language,  # noqa: ARG001 - spaCy hands it to every factory by this name
    name: str,  # noqa: ARG001 - likewise
    knowledge_hash: str | None,
) -> QuantityComponent:
    """The component as spaCy's configuration names it."""
    return QuantityComponent(_find_tables(knowledge_hash))


@Language.factory("venous_names", default_config={"knowledge_hash": None})
def make_names(
    nlp: Language,  # noqa: ARG001 - spaCy hands it to every factory by this name
    name: str,  # noqa: ARG001 - likewise
    knowledge_hash: str | None,
) -> NameComponent:
    """The component as spaCy's configuration names it."""
    return NameComponent(_find_tables(knowledge_hash))


@Language.factory("venous_report", default_config={"knowledge_hash": None})
def make_report(
    nlp: Language,  # noqa: ARG001 - spaCy hands it to every factory by this name
    name: str,  # noqa: ARG001 - likewise
    knowledge_hash: str | None,
) -> ReportComponent:
    """The component as spaCy's configuration names it."""
    return ReportComponent(_find_tables(knowledge_hash))


def _find_tables(knowledge_hash: str | None) -> TextKnowledge:
    """The tables of a hash: those of a laboratory that were given, else those that ship.

    Raises:
        KnowledgeError: A saved pipeline was built from other tables than those that ship.
    """
    if knowledge_hash in _TABLES:
        return _TABLES[knowledge_hash]
    shipped = hash_tables()
    if knowledge_hash not in (None, shipped):
        raise KnowledgeError(
            "the saved pipeline was built from other knowledge tables; build it with `make model`"
        )
    return _TABLES.setdefault(shipped, load_text())


def make_language(knowledge: TextKnowledge, knowledge_hash: str) -> Language:
    """The pipeline over these tables; ``knowledge_hash`` is the one of ``Knowledge.hash``."""
    _TABLES[knowledge_hash] = knowledge
    config = {"nlp": {"tokenizer": {"@tokenizers": "venous_duplex.ReportTokenizer.v1"}}}
    nlp = spacy.blank("en", config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"knowledge_hash": knowledge_hash})
    return nlp
