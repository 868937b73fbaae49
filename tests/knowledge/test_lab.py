"""A laboratory's own words: added to the shipped ones, with the same checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.marked import facts_of, read_fact, read_text
from ultrasound.domain import Temporality
from ultrasound.errors import KnowledgeError
from ultrasound.knowledge import load_knowledge

WORDS = """
[[vein]]
code = "SSV"
terms = ["calf saphenous"]

[[finding]]
property = "reflux"
value = "present"
denied = "absent"
kind = "word"
terms = ["valve failure"]
"""


def write(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "lab.toml"
    path.write_text(text, "utf-8")
    return path


def test_own_words_are_read(tmp_path: Path) -> None:
    """A sentence in the laboratory's words says what the shipped words would say."""
    knowledge = load_knowledge(write(tmp_path, WORDS))
    found = read_text("The left calf saphenous shows valve failure.", knowledge)
    assert facts_of(found, Temporality.CURRENT) == {read_fact("L SSV - reflux present")}
    assert knowledge.hash != load_knowledge().hash


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[vein]]\ncode = "XYZ"\nterms = ["x"]', "no vein 'XYZ'"),
        ('[[vein]]\ncode = "SSV"\nterms = ["GSV"]', "'GSV' already means GSV"),
        ('[[vein]]\ncode = "SSV"\nwords = ["x"]', "vein.0"),
        ("[[vein", "not a TOML file"),
    ],
    ids=["unknown vein", "a name that is taken", "unknown key", "no TOML"],
)
def test_wrong_files_are_refused_with_their_place(tmp_path: Path, text: str, message: str) -> None:
    """The error names the file and what is wrong in it."""
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_knowledge(write(tmp_path, text))
    assert str(caught.value).startswith("lab.toml")
