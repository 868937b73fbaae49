"""A laboratory's own words: added to the shipped ones, with the same checks."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.extract.marked import facts_of, read_fact, read_text
from tests.extract.structured_reports import EXAM, GSV, list_facts
from tests.read.dicom_objects import RIGHT, container, findings, number, report, write_bytes
from ultrasound.config import Settings
from ultrasound.domain import Document, Temporality
from ultrasound.errors import KnowledgeError
from ultrasound.extract import extract_observations
from ultrasound.knowledge import load_knowledge
from ultrasound.read.dicom import read_object

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
        ('[[quantity]]\nproperty = "reflux_time"\ncodes = ["RT-01"]', "no code as"),
        ('[[quantity]]\nproperty = "depth"\ncodes = ["G-0364|SNM3"]', "a meaning already"),
        ('[[quantity]]\nproperty = "colour"\ncodes = ["RT-01|99X"]', "quantity.0.property"),
    ],
    ids=[
        "unknown vein",
        "a name that is taken",
        "unknown key",
        "no TOML",
        "no code",
        "a code that is taken",
        "unknown property",
    ],
)
def test_wrong_files_are_refused_with_their_place(tmp_path: Path, text: str, message: str) -> None:
    """The error names the file and what is wrong in it."""
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_knowledge(write(tmp_path, text))
    assert str(caught.value).startswith("lab.toml")


def test_own_codes_of_a_scanner(tmp_path: Path) -> None:
    """A measurement under a private code is read once the laboratory has named the code."""
    private = ("RT-01", "99VENDOR", "Calc 7")
    data = write_bytes(
        report(EXAM, "report", findings(RIGHT, container(GSV, number(private, "2.3", "s"))))
    )
    tree = read_object(io.BytesIO(data), len(data), load_knowledge().dicom).tree
    document = Document("sr.dcm", "0" * 64, "sr", tree=tree)
    unknown = extract_observations(document, load_knowledge(), Settings())
    assert not unknown.observations
    assert ["(RT-01, 99VENDOR, Calc 7)" in item.message for item in unknown.review] == [True]
    lab = write(tmp_path, '[[quantity]]\nproperty = "reflux_time"\ncodes = ["RT-01|99vendor"]')
    found = extract_observations(document, load_knowledge(lab), Settings())
    assert list_facts(found) == ["R GSV - reflux_time 2300 ms"]
    assert not found.review
