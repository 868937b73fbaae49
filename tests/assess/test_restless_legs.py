"""Restless legs beside the veins: rows of samples, written by hand, and what makes no row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assess.legs import knowledge
from ultrasound.assess.restless_legs import find_restless_legs
from ultrasound.config import Settings
from ultrasound.domain import Context, Result, Study, TextSpan
from ultrasound.pipeline import process_study
from ultrasound.read import read_file
from ultrasound.write.rows import result_rows

SAMPLES = Path(__file__).parents[2] / "sample_reports"
TABLE = knowledge().text.restless
# sample: restless-legs words, criteria, contributors, and the criteria that it says nothing of
ROWS = {
    "fourteenth_hand/e04_restless_legs": (
        "“restless legs”",
        "evening “in the evening”; exclude “night cramps”",
        "iron “Ferritin 88”; dopaminergic “pramipexole 0.125 mg”",
        ["urge to move the legs", "begins or worsens at rest", "relieved by movement"],
    ),
    "thirteenth_hand/rls_workup_letter": (
        "“restless legs syndrome”",
        "evening “evenings”",
        "iron “Ferritin 38 ug/l”; dopaminergic “pramipexole 0.18 mg”",
        ["urge to move the legs", "begins or worsens at rest", "relieved by movement"],
    ),
    "seventh_hand/g404_restless_legs": (
        "“Restless legs”",
        "sensations “creeping sensations”; movement “eased by walking”; exclude “Night cramps”",
        (
            "dopaminergic “Pramipexole 0.25 mg nocte”; iron “Ferritin 48 ng/mL”; "
            "iron “oral iron started”; pregnancy “Two pregnancies”"
        ),
        [
            "urge to move the legs",
            "begins or worsens at rest",
            "only or worse in the evening or night",
        ],
    ),
    "prose_by_leg/after_stripping_long": (
        "“urge to move the legs”",
        (
            "urge “irresistible urge to move the legs”; evening “on going to bed”; "
            "exclude “swelling”; exclude “cramps”"
        ),
        "dopaminergic “ropinirole 0.5 mg”; pregnancy “Three pregnancies”",
        ["begins or worsens at rest", "relieved by movement"],
    ),
}
CAUSES = ("due to", "because", "caused by", "explains", "secondary")


def read_sample(name: str) -> Result:
    """A sample, carried through every stage."""
    documents = read_file(SAMPLES / f"{name}.txt", f"{name}.txt", knowledge()).documents
    return process_study(Study("study-1", tuple(documents)), knowledge(), Settings())


@pytest.mark.parametrize("name", ROWS)
def test_row_of_a_sample(name: str) -> None:
    """The row quotes the report, puts each leg's sentence beside it, and names no cause."""
    result = read_sample(name)
    (row,) = result_rows(result)["rls"]
    words, criteria, contributors, missing = ROWS[name]
    assert row["rls_words"] == words
    assert row["criteria_words"] == criteria
    assert row["contributors"] == contributors
    for leg in result.legs:
        assert row[f"{leg.leg}_evidence"] == leg.sentence
    note = str(row["note"])
    assert "coexist" in note
    assert f"criteria: {', '.join(missing)}." in note
    assert not [cause for cause in CAUSES if cause in note]


@pytest.mark.parametrize(
    "name",
    ["segment_matrix/size_and_time_matrix", "key_value_levels/both_legs_levels"],
)
def test_a_reader_who_weighs_a_cause_names_no_indication(name: str) -> None:
    """Restless legs in an impression, or in the findings, are no reason of the exam: no row."""
    assert result_rows(read_sample(name))["rls"] == []


def make_fact(fact: str, value: str, section: str, kind: str | None = None) -> Context:
    """A context fact whose words are its value."""
    source = TextSpan("r.txt", None, 0, len(value), value)
    return Context(None, fact, value, source, "r.txt", section=section, kind=kind)


NAMED = make_fact("indication", "restless_legs", "history")


def test_without_the_name_no_row() -> None:
    """Contributors and swelling alone make nobody's legs restless."""
    facts = [
        make_fact("contributor", "ferritin 9", "history", "iron"),
        make_fact("indication", "swelling", "indication"),
    ]
    assert find_restless_legs(facts, TABLE) is None


def test_advice_is_no_contributor() -> None:
    """What an opinion or a recommendation says of iron is advice."""
    facts = [
        NAMED,
        make_fact("contributor", "ferritin above 75", "impression", "iron"),
        make_fact("contributor", "iron infusion", "recommendation", "iron"),
        make_fact("contributor", "ferritin 9", "history", "iron"),
    ]
    found = find_restless_legs(facts, TABLE)
    assert found is not None
    assert found.contributors == (("iron", "“ferritin 9”"),)


def test_all_criteria_leave_none_missing() -> None:
    """Where each criterion has words, the note says of none that it is not stated."""
    facts = [NAMED, *(make_fact("rls_wording", c.code, "history", c.code) for c in TABLE.criterion)]
    found = find_restless_legs(facts, TABLE)
    assert found is not None
    assert [code for code, _ in found.criteria] == [c.code for c in TABLE.criterion]
    assert "Not stated" not in found.note
    assert TABLE.note in found.note
