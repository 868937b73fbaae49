"""Damaged files are read, left aside or refused, and never raise."""

from __future__ import annotations

import pytest

from tools.fuzz import list_seeds, make_files, try_files
from ultrasound.knowledge import Knowledge


def test_damaged_files(knowledge: Knowledge) -> None:
    """No exception escapes, and nothing that pydicom refuses is used without a Problem."""
    tally = try_files(make_files(300, 1, list_seeds()), knowledge)
    assert tally.faults == []
    assert tally.fates["used"] > 50
    assert tally.fates["not used: truncated"] > 50


@pytest.mark.prove
def test_20_000_damaged_files(knowledge: Knowledge) -> None:
    """The same for very many, and what dsrdump refuses, where it is here."""
    tally = try_files(make_files(20_000, 2, list_seeds()), knowledge)
    assert tally.faults == []


def test_same_seed_gives_the_same_files() -> None:
    """A file at fault can be made again from its number."""
    seeds = list_seeds()
    assert list(make_files(20, 3, seeds)) == list(make_files(20, 3, seeds))
