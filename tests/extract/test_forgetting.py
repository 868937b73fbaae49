"""What the reader keeps from one report to the next changes nothing in what it reads."""

from __future__ import annotations

import pytest

import ultrasound.extract as reader
from tests.extract.marked import read_text
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
TEXTS = (
    "VENOUS DUPLEX, LEFT LEG\nFindings: the GSV at the knee is 5.5 mm and refluxes for 2.2 s.",
    "VENOUS DUPLEX, RIGHT LEG\nReferred by Dr. Abelard.\nThe SSV is saphenuos; no thrombus.",
)


def test_forgotten_words_change_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is read alike before and after the words of reports were forgotten."""
    monkeypatch.setattr(reader, "_FORGOTTEN_AFTER", 2)
    first = [read_text(text, KNOWLEDGE) for text in TEXTS]
    for _ in range(3):
        assert [read_text(text, KNOWLEDGE) for text in TEXTS] == first


def test_spelling_hangs_on_the_word_alone() -> None:
    """What a misspelt word is taken for does not hang on the reports that were read before."""
    text = "VENOUS DUPLEX, LEFT LEG\nThe great {} vein is incompetent."
    alone = read_text(text.format("saphenuos"), KNOWLEDGE)
    read_text(text.format("saphenuo"), KNOWLEDGE)
    assert read_text(text.format("saphenuos"), KNOWLEDGE) == alone
