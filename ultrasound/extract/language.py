"""The spaCy pipeline: its components and their order, as one list (spaCy's door).

A report goes through the tokenizer and these components; each leaves its results on the Doc, the
last one the outcomes that :mod:`ultrasound.extract` turns into domain types. Nothing of spaCy
leaves this folder.
"""

from __future__ import annotations

from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ultrasound.extract.lexicon import Lexicon
from ultrasound.extract.marks import Marks
from ultrasound.extract.names import settle_names
from ultrasound.extract.quantities import NumberReader
from ultrasound.extract.report import ReportReader
from ultrasound.extract.tokens import ReportTokenizer
from ultrasound.knowledge import hash_tables
from ultrasound.knowledge.schema_text import TextKnowledge, load_text

COMPONENTS: Final = ("venous_lexicon", "venous_quantities", "venous_names", "venous_report")
_SHOWN: Final = ("vein", "finding", "leg")


class LexiconComponent:
    """Finds the phrases of the knowledge tables."""

    def __init__(self, nlp: Language, knowledge: TextKnowledge) -> None:
        self._lexicon = Lexicon(knowledge, nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        """Leave the tokens and mentions on the Doc."""
        tokens = self._lexicon.read_tokens(doc.text)
        doc.user_data["marks"] = Marks(doc.text, tokens, self._lexicon.find_mentions(tokens), [])
        return doc


class QuantityComponent:
    """Finds numbers with their bounds and units."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._reader = NumberReader(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Leave the numbers on the Doc."""
        marks: Marks = doc.user_data["marks"]
        marks.numbers = self._reader.find_numbers(marks.tokens)
        return doc


class NameComponent:
    """Settles names that mean different veins in different reports."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, doc: Doc) -> Doc:
        """Settle the mentions and show them as span groups."""
        marks: Marks = doc.user_data["marks"]
        lsv = doc.user_data.get("lsv")
        marks.mentions = settle_names(
            marks.mentions, marks.numbers, marks.tokens, self._knowledge, lsv=lsv
        )
        return doc


class ReportComponent:
    """Reads the report: layout, headings, clauses, places and findings, tied together."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._reader = ReportReader(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Leave the reading on the Doc."""
        marks: Marks = doc.user_data["marks"]
        doc.user_data["reading"] = self._reader.read(marks, doc.user_data.get("exam"))
        return doc


def register(knowledge: TextKnowledge | None = None) -> None:
    """Make the components known to spaCy; the tables are read where none are given."""


@Language.factory("venous_lexicon", default_config={"knowledge_hash": None})
def make_lexicon(nlp: Language, name: str, knowledge_hash: str | None) -> LexiconComponent:
    """The component as spaCy's configuration names it; refuses a stale knowledge hash."""
    return LexiconComponent(nlp, _tables(knowledge_hash))


@Language.factory("venous_quantities")
def make_quantities(nlp: Language, name: str) -> QuantityComponent:
    """The component as spaCy's configuration names it."""
    return QuantityComponent(_tables(None))


@Language.factory("venous_names")
def make_names(nlp: Language, name: str) -> NameComponent:
    """The component as spaCy's configuration names it."""
    return NameComponent(_tables(None))


@Language.factory("venous_report")
def make_report(nlp: Language, name: str) -> ReportComponent:
    """The component as spaCy's configuration names it."""
    return ReportComponent(_tables(None))


def _tables(expected: str | None) -> TextKnowledge:
    if expected is not None and expected != hash_tables():
        raise ValueError(
            "the saved pipeline was built from other knowledge tables: build it anew with `make model`"
        )
    return load_text()


def make_language(knowledge: TextKnowledge | None = None) -> Language:
    """The pipeline of this package; with tables of its own where a laboratory adds to them."""
    nlp = spacy.blank("en")
    nlp.tokenizer = ReportTokenizer(nlp.vocab)
    tables = knowledge or load_text()
    for name, component in (
        ("venous_lexicon", LexiconComponent(nlp, tables)),
        ("venous_quantities", QuantityComponent(tables)),
        ("venous_names", NameComponent(tables)),
        ("venous_report", ReportComponent(tables)),
    ):
        nlp._components.append((name, component))
    return nlp
