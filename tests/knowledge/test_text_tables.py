"""The tables of the report language: each name is found, and means one vein that has a code."""

from __future__ import annotations

import tomllib
from collections import defaultdict

import pytest
from pydicom.sr.codedict import codes
from spacy.vocab import Vocab

from ultrasound.errors import KnowledgeError
from ultrasound.extract.words.lexicon import Lexicon
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import load_text
from ultrasound.knowledge.schema_turns import TurnTable
from ultrasound.knowledge.schema_wordings import WordingTable
from ultrasound.knowledge.tables import parse_table, table_bytes
from ultrasound.knowledge.vein_rows import Vein

TEXT = load_text()
LEXICON = Lexicon(TEXT, Vocab())
CARRIERS = ("The left {} was examined.", "R {} 4 mm", "{}: competent")
NAMES = [(row, term) for row in TEXT.veins.vein for term in row.terms]


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize(("row", "term"), NAMES, ids=[f"{r.code}-{t}" for r, t in NAMES])
def test_each_name_of_a_vein_is_found_whole(row: Vein, term: str, carrier: str) -> None:
    """A name in a sentence is found as one phrase that means its vein."""
    written = term.removeprefix("=")
    text = carrier.format(written)
    tokens = LEXICON.read_tokens(text)
    start = text.index(written)
    found = [
        mention.row("vein").code
        for mention in LEXICON.find_mentions(tokens)
        if mention.row("vein") is not None
        and tokens[mention.first].start <= start
        and tokens[mention.last].end >= start + len(written)
    ]
    assert found == [row.code]


def test_each_name_means_one_vein() -> None:
    """No name stands for two veins; those that do are in the table of ambiguous names."""
    meanings = defaultdict(set)
    for row, term in NAMES:
        meanings[fold_term(term.removeprefix("="))].add(row.code)
    assert {words: veins for words, veins in meanings.items() if len(veins) > 1} == {}


@pytest.mark.parametrize(
    "row", [row for row in TEXT.veins.vein if row.sct], ids=lambda row: row.code
)
def test_codes_of_veins_are_in_dicoms_tables(row: Vein) -> None:
    """A SNOMED CT code of a vein stands in the tables that DICOM publishes."""
    known = {code.value for name in codes.SCT.dir() for code in [getattr(codes.SCT, name)]}
    assert row.sct in known


def test_each_scale_is_used_and_each_vein_has_one() -> None:
    """Every vein is divided by a scale that exists, and no scale is left over."""
    assert {row.scale for row in TEXT.veins.vein} == set(TEXT.segments.scale)


def test_a_turn_reads_only_slots_that_each_pattern_says() -> None:
    """What a turn is read as repeats what was said: a slot that a pattern has not is refused."""
    told = 'words = {side = ["right"]}\n[[turn]]\nread = "the {side}"\npatterns = ["on the side"]\n'
    with pytest.raises(KnowledgeError, match="slot"):
        parse_table(told.encode(), "turns.toml", TurnTable)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("pattern = '(?P<word>absent)'\nread.words = ''", "no group 'words'"),
        ("pattern = '(?P<word>absent'\nread.word = ''", "no pattern"),
        ("pattern = '(?P<word>absent)'\nread.word = '{level}'", "no group 'level'"),
    ],
)
def test_a_wording_reads_only_groups_of_its_pattern(row: str, message: str) -> None:
    """A pattern that is none, or that has not what it is read by, is refused."""
    told = f"words = {{}}\n[[wording]]\nstage = 'first'\n{row}\n"
    with pytest.raises(KnowledgeError, match=message):
        parse_table(told.encode(), "wordings.toml", WordingTable)


@pytest.mark.parametrize("name", ["turns.toml", "wordings.toml"])
def test_each_slot_of_patterns_is_used(name: str) -> None:
    """Words of a slot that no pattern holds any more are dead."""
    text = table_bytes(name).decode()
    assert [slot for slot in tomllib.loads(text)["words"] if f"{{{slot}}}" not in text] == []


def test_a_wording_has_words_for_each_slot() -> None:
    """A slot holds those above it, and one without words is refused."""
    table = WordingTable(words={"leg": "left", "its": "{leg}[ ]"}, wording=())
    assert table.fill("{its}vein{2,}", {}) == "(?:(?:left)[ ])vein{2,}"
    with pytest.raises(KnowledgeError, match="no \\[words\\] 'side'"):
        table.fill("{side}", {"leg": "left"})
