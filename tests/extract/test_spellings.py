"""Names of veins in all their spellings: built of words, shortened, with full stops or without."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.extract.marked import facts_of, read_text
from ultrasound.domain import Temporality
from ultrasound.errors import KnowledgeError
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge import load_knowledge
from ultrasound.knowledge.spellings import spell_out
from ultrasound.knowledge.vein_rows import Vein

KNOWLEDGE = load_knowledge()
VEINS = KNOWLEDGE.text.veins
BUILT = [row for row in VEINS.vein if row.patterns]
FEW = 40  # spellings of a vein that are read in a sentence


@pytest.mark.parametrize("row", BUILT, ids=[row.code for row in BUILT])
def test_spellings_of_a_vein_are_read_as_it(row: Vein) -> None:
    """A spread of all spellings, each in a sentence with a side and a size, names this vein."""
    names = list(dict.fromkeys(spell_out(row.patterns, VEINS.words)))
    step = max(1, len(names) // FEW)
    for name in names[::step]:
        for written in (name, _with_stops(name)):
            found = read_text(f"Right {written}: 4.4 mm.", KNOWLEDGE)
            facts = {fact[:2] for fact in facts_of(found, Temporality.CURRENT)}
            assert facts == {("R", row.code)}, written


def _with_stops(name: str) -> str:
    """A name with a full stop behind each short word."""
    return " ".join(
        f"{word}." if word in ("ant", "acc", "saph", "v") else word for word in name.split()
    )


def test_no_spelling_means_two_veins() -> None:
    """Patterns of different veins never give the same words, and none takes another vein's name."""
    veins: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in VEINS.vein:
        for name in (*row.terms, *spell_out(row.patterns, VEINS.words)):
            veins[fold_term(name.removeprefix("="))].add(row.code)
    assert {words: codes for words, codes in veins.items() if len(codes) > 1} == {}


def test_a_slot_without_forms_is_refused() -> None:
    """A pattern with a word that the table does not spell is an error that names it."""
    with pytest.raises(KnowledgeError, match="middling"):
        list(spell_out(["{middling} {vein}"], VEINS.words))


def test_a_full_stop_that_ends_a_sentence_joins_no_name() -> None:
    """Words on both sides of a sentence's end are no name of one vein."""
    found = read_text("Right GSV competent, deep. Femoral vein 9 mm on the right.", KNOWLEDGE)
    assert ("R", "DFV") not in {fact[:2] for fact in facts_of(found, Temporality.CURRENT)}
