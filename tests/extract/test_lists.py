"""Random facts written as lists and forms in several builds are all read back, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

import pytest

from tests.extract.marked import facts_of, read_text
from ultrasound.domain import Temporality
from ultrasound.knowledge import load_knowledge

KNOWLEDGE: Final = load_knowledge()
SEEDS: Final = range(12)
LEVELS: Final = {
    "sfj": ("SFJ", "Saphenofemoral junction", "Sapheno-femoral junction"),
    "proximal_thigh": ("PT", "Proximal thigh", "Upper thigh"),
    "mid_thigh": ("MT", "Mid thigh", "Mid-thigh"),
    "distal_thigh": ("DT", "Distal thigh", "Lower thigh"),
    "knee": ("K", "Knee", "At the knee"),
    "proximal_calf": ("PC", "Proximal calf", "Upper calf"),
    "mid_calf": ("MC", "Mid calf", "Mid-calf"),
    "distal_calf": ("DC", "Distal calf", "Ankle"),
}
VEINS: Final = {
    "GSV": ("GSV", "Great saphenous vein", "Long saphenous vein", "gsv"),
    "SSV": ("SSV", "Small saphenous vein", "Short saphenous vein", "ssv"),
}
LEGS: Final = {"R": ("Right", "RIGHT", "Rt"), "L": ("Left", "LEFT", "Lt")}
Fact = tuple[str, ...]
Value = tuple[str, str]  # a diameter in mm, and a time in s or a word for none
Level = tuple[str, str, str, Value]  # a leg, a vein, a segment, and what was measured there


class Hand:
    """How one report is written: its words, and what is measured in it."""

    def __init__(self, seed: str) -> None:
        self.rng = Random(seed)
        self.legs = self.rng.randrange(3)
        self.long = self.rng.choice((1, 2))
        self.bullet = self.rng.choice(("- ", "• ", "* ", ""))
        self.veins = {vein: self.rng.choice(names) for vein, names in VEINS.items()}
        self.none = self.rng.choice(("none", "neg", "nil"))

    def levels(self, leg: str, vein: str) -> list[Level]:
        """Some levels of a vein, each with a diameter and a time or none."""
        names = list(LEVELS) if vein == "GSV" else list(LEVELS)[5:]
        chosen = sorted(self.rng.sample(names, self.rng.randint(2, len(names))), key=names.index)
        return [(leg, vein, segment, self.value()) for segment in chosen]

    def value(self) -> Value:
        """A diameter, and a time or none."""
        diameter = f"{self.rng.randint(16, 89) / 10:.1f}"
        refluxes = self.rng.random() < 0.6
        return diameter, f"{self.rng.randint(3, 49) / 10:.1f}" if refluxes else self.none

    def timed(self, value: Value) -> str:
        """The time of a value with its unit."""
        return value[1] if value[1] == self.none else f"{value[1]} s"


def expected(levels: list[Level], second: str = "reflux_time") -> Iterator[Fact]:
    """What levels say; ``second`` is what the second number of each measures."""
    for leg, vein, segment, (diameter, other) in levels:
        yield leg, vein, segment, "diameter", _plain(diameter)
        if second == "depth":
            yield leg, vein, segment, "depth", other
        elif other.isalpha():
            yield leg, vein, segment, "reflux", "absent"
        else:
            yield leg, vein, segment, "reflux_time", _plain(str(round(float(other) * 1000)))


def _plain(number: str) -> str:
    return number.removesuffix(".0")


def _pairs(hand: Hand) -> Iterator[tuple[str, str, list[Level]]]:
    for leg in LEGS:
        for vein in VEINS:
            yield leg, vein, hand.levels(leg, vein)


def write_shorthand(hand: Hand) -> tuple[str, set[Fact]]:
    """A worksheet with a vein on each line, its pairs declared in the title."""
    title = hand.rng.choice(("entries = s / mm", "reflux/diam, s/mm", "reflux s / size mm"))
    lines, facts = ["VENOUS REFLUX WORKSHEET", title, ""], set[Fact]()
    joint = hand.rng.choice(("   ", "; "))
    for leg, vein, levels in _pairs(hand):
        if vein == "GSV":
            lines.append(LEGS[leg][hand.legs])
        cells = [f"{LEVELS[segment][0]} {t}/{d}" for _, _, segment, (d, t) in levels]
        lines.append(f" {vein.lower()}   {joint.join(cells)}")
        facts.update(expected(levels))
    return "\n".join(lines), facts


def write_headed(hand: Hand) -> tuple[str, set[Fact]]:
    """Levels under headings that declare a diameter and a depth."""
    declared = hand.rng.choice((", diameter/depth, mm", " (diam/depth mm)", ": size/depth in mm"))
    lines, facts = ["VEIN MAPPING", ""], set[Fact]()
    for leg, vein, levels in _pairs(hand):
        deep = [(*level[:3], (level[3][0], str(hand.rng.randint(32, 99)))) for level in levels]
        lines.append(f"{LEGS[leg][hand.legs]} {hand.veins[vein]}{declared}")
        lines += [
            f"{hand.bullet}{LEVELS[segment][hand.long]} {d}/{depth}"
            for _, _, segment, (d, depth) in deep
        ]
        lines.append("")
        facts.update(expected(deep, "depth"))
    return "\n".join(lines), facts


def write_legs_aside(hand: Hand) -> tuple[str, set[Fact]]:
    """Bullets under veins, both legs on each, their names in brackets before or behind."""
    lines, facts = ["Lower limb venous duplex", ""], set[Fact]()
    joint, behind = hand.rng.choice((", ", " with ", " / ")), hand.rng.random() < 0.5
    for number, vein in enumerate(VEINS, 1):
        lines.append(f"{number}) {VEINS[vein][1]}")
        for _, _, segment, right in hand.levels("R", vein):
            both: list[Level] = [("R", vein, segment, right), ("L", vein, segment, hand.value())]
            parts = [(leg, f"{v[0]} mm{joint}{hand.timed(v)}") for leg, _, _, v in both]
            cells = [f"{said} ({leg})" if behind else f"({leg}) {said}" for leg, said in parts]
            lines.append(f"{hand.bullet}{LEVELS[segment][hand.long]}: {'; '.join(cells)}")
            facts.update(expected(both))
    return "\n".join(lines), facts


def write_nested(hand: Hand) -> tuple[str, set[Fact]]:
    """A list of levels under each vein, under each leg."""
    lines, facts = ["VENOUS DUPLEX", ""], set[Fact]()
    joint = hand.rng.choice((", ", " / ", "   "))
    for leg, vein, levels in _pairs(hand):
        if vein == "GSV":
            lines.append(f"{LEGS[leg][hand.legs]} leg:")
        lines.append(hand.veins[vein])
        lines += [
            f"  {hand.bullet or '- '}{LEVELS[segment][hand.long]}: {v[0]} mm{joint}{hand.timed(v)}"
            for _, _, segment, v in levels
        ]
        facts.update(expected(levels))
    return "\n".join(lines), facts


def write_questions(hand: Hand) -> tuple[str, set[Fact]]:
    """A form of questions with one answer for each leg."""
    asked = hand.rng.choice(("{} reflux?", "{} reflux:", "Reflux in the {}?", "Reflux in the {}:"))
    form = hand.rng.choice((" R: {}, L: {}", " R {}   L {}", " {} (right), {} (left)"))
    yes, no = hand.rng.choice((("yes", "no"), ("Y", "N"), ("Yes", "No")))
    lines, facts = ["PROFORMA", ""], set[Fact]()
    for name, vein, segment in (("SFJ", "GSV", "sfj"), ("GSV", "GSV", "-"), ("SSV", "SSV", "-")):
        said = [hand.rng.random() < 0.5 for _ in LEGS]
        lines.append(asked.format(name) + form.format(*(yes if s else no for s in said)))
        for leg, present in zip(LEGS, said, strict=True):
            facts.add((leg, vein, segment, "reflux", "present" if present else "absent"))
    return "\n".join(lines), facts


WRITERS: Final[tuple[Callable[[Hand], tuple[str, set[Fact]]], ...]] = (
    write_shorthand,
    write_headed,
    write_legs_aside,
    write_nested,
    write_questions,
)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_a_list_is_read_back(write: Callable[[Hand], tuple[str, set[Fact]]], seed: int) -> None:
    """All facts of a list, with leg, vein and level, and no other."""
    text, facts = write(Hand(f"{write.__name__} {seed}"))
    found = facts_of(read_text(text, KNOWLEDGE), Temporality.CURRENT)
    assert {fact[:5] for fact in found} == facts, text
