"""Random tables in many builds: how many are read exactly, and how rarely a value is misplaced."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import pytest

from tests.extract.marked import Fact, facts_of, read_text
from tests.extract.table_battery import WORDS, Drawer, Drawn
from ultrasound.domain import Temporality
from ultrasound.knowledge import load_knowledge

TABLES: Final = 280
LEAST_EXACT: Final = 0.85
MOST_WRONG: Final = 0.01  # facts read that no table states, of those that they state
LEAST_OF_LAYOUT: Final = 0.6

Read = tuple[Drawn, frozenset[Fact]]


@pytest.fixture(scope="module")
def read_tables() -> list[Read]:
    """The tables with what is read of them."""
    knowledge = load_knowledge()
    tables = [Drawer(number).draw() for number in range(TABLES)]
    return [(t, facts_of(read_text(t.text, knowledge), Temporality.CURRENT)) for t in tables]


def test_most_tables_are_read_exactly(read_tables: list[Read]) -> None:
    """All facts of a table and no other, in most of the builds."""
    exact = sum(table.facts == facts for table, facts in read_tables)
    assert exact >= LEAST_EXACT * TABLES


def test_hardly_a_value_is_misplaced(read_tables: list[Read]) -> None:
    """What is read from a table stands in it, at that place of that leg."""
    stated = sum(len(table.facts) for table, _ in read_tables)
    wrong = sum(len(facts - table.facts) for table, facts in read_tables)
    assert wrong <= MOST_WRONG * stated


def test_no_layout_is_left_behind(read_tables: list[Read]) -> None:
    """Each layout is mostly read exactly."""
    exact = defaultdict(list)
    for table, facts in read_tables:
        exact[table.build["layout"]].append(table.facts == facts)
    assert exact.keys() == set(WORDS["layouts"])
    assert all(sum(e) >= LEAST_OF_LAYOUT * len(e) for e in exact.values())
