"""Short statements in the wordings and punctuations of speech, with what they say.

Two statements of one vein, of two veins, or of both legs, with a comma, a joint or nothing between
them. A case is drawn from its number alone: the same number is the same case.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final

TABLE: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("spoken_battery.toml").read_text("utf-8")
)
WORDINGS: Final = [(fact, words) for fact, all_ in TABLE["says"].items() for words in all_]
VEINS: Final[dict[str, str]] = TABLE["veins"]
Fact = tuple[str, ...]  # leg, vein, segment, property, value


@dataclass(frozen=True)
class Spoken:
    """A text of speech and the facts that it states: leg, vein, segment, property, value."""

    text: str
    facts: frozenset[Fact]


def draw_spoken(number: int) -> Spoken:
    """The case of a number."""
    random = Random(number)
    build = random.choice(("one vein", "two veins", "two legs"))
    first, second = random.sample(list(VEINS), 2)
    while VEINS[first] == VEINS[second]:
        first, second = random.sample(list(VEINS), 2)
    one, other = random.sample(WORDINGS, 2)
    while build == "one vein" and not _go_together(one[0], other[0]):
        one, other = random.sample(WORDINGS, 2)
    joint = random.choice(TABLE["joints"][build])
    says = [_fact("R", first, one[0])]
    if build == "one vein":
        text = f"Right {first} {one[1]}{joint}{other[1]}."
        says.append(_fact("R", first, other[0]))
    elif build == "two veins":
        text = f"Right {first} {one[1]}{joint}{second} {other[1]}."
        says.append(_fact("R", second, other[0]))
    else:
        text = f"Right {first} {one[1]}{joint}{first} {other[1]}."
        says.append(_fact("L", first, other[0]))
    return Spoken(text, frozenset(says))


def draw_denials() -> list[Spoken]:
    """Every denial of a verb or adjective, with and without its apostrophe."""
    cases = []
    for group in TABLE["denials"]:
        for denial, (word, fact) in product(group["words"], group["denies"].items()):
            text = f"The right POPV {denial} {word}."
            cases.append(Spoken(text, frozenset([_fact("R", "POPV", fact)])))
    return cases


def _fact(leg: str, vein: str, fact: str) -> Fact:
    name, value = fact.split()
    return leg, VEINS[vein], "-", name, value


def _go_together(one: str, other: str) -> bool:
    """Whether two facts of one vein are different and do not contradict each other."""
    kinds = {fact.split()[0] for fact in (one, other)}
    return len(kinds) > 1 and [one, other] not in TABLE["apart"] + [
        pair[::-1] for pair in TABLE["apart"]
    ]
