"""The leg that a form names is the one that was chosen; where none was, no leg is read."""

from __future__ import annotations

import pytest

from tests.extract.marked import read_text
from ultrasound.knowledge import Knowledge, load_knowledge

BODY = "\nVenous reflux scan, standing.\nSFJ: incompetent, 2.1 s, 8.1 mm\n"
LEFT = (
    "Leg:  [ ] Right   [x] Left",
    "CLINIC SHEET      Leg:  [ ] Right   [x] Left",
    "CLINIC SHEET      Side:  R [ ]   L [x]   Both [ ]",
    "Leg scanned: ( ) R  (x) L",
    "Leg:  ☐ Right  ☒ Left",
    "Leg:  ___ Right  _X_ Left",
    "Leg:  Right ___  Left _X_",
    "Leg: ○ right ◉ left",
    "[ ] RLE   [x] LLE",
    "Leg: R / L   (circled: L)",
    "Leg: Right / Left / Both  [Left circled]",
    "Leg: R / (L)",
    "Leg: *L*  R",
    "Leg: ~~right~~ / left",
    "Study: reflux duplex, {right/left/both:left} leg",
    "Study: reflux duplex, <right/left:left> leg",
    "Study: reflux duplex, [right|left|both -> left] leg",
    "Side: {Laterality:left}",
)
UNDECIDED = (
    "Leg:  [ ] Right   [ ] Left",
    "Leg:  [x] Right   [x] Left",
    "Leg: R / L",
    "Leg: R / L (circle one)",
    "Study: reflux duplex, {right/left/both} leg",
    "Study: reflux duplex, {right/left/both:20225} leg",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The shipped tables."""
    return load_knowledge()


@pytest.mark.parametrize("head", LEFT)
def test_chosen_leg_is_read(head: str, knowledge: Knowledge) -> None:
    """All observations are of the leg that was chosen, and mirrored heads give the other one."""
    for text, leg in ((head, "left"), (_mirror(head), "right")):
        found = read_text(text + BODY, knowledge)
        assert {o.place.leg for o in found.observations} == {leg}, text


@pytest.mark.parametrize("head", UNDECIDED)
def test_leg_that_was_not_chosen_is_asked_for(head: str, knowledge: Knowledge) -> None:
    """Where no leg or more than one was chosen a person decides, or both are meant."""
    found = read_text(head + BODY, knowledge)
    legs = {o.place.leg for o in found.observations}
    assert legs == {None}, head
    assert "leg_missing" in {item.code for item in found.review}


@pytest.mark.parametrize("said", ["not scanned", "SSV competent"])
def test_label_of_the_other_leg_is_that_leg(said: str, knowledge: Knowledge) -> None:
    """What is said behind the other leg's label is never said of the leg of the title."""
    text = f"RIGHT LEG VENOUS REFLUX\nSFJ incompetent.\nContralateral limb: {said}"
    legs = {(o.place.vein, o.place.leg) for o in read_text(text, knowledge).observations}
    assert ("GSV", "right") in legs
    assert {leg for vein, leg in legs if vein != "GSV"} == {"left"}


def _mirror(text: str) -> str:
    pairs = {"left": "right", "Left": "Right", "L": "R", "LLE": "RLE"}
    pairs |= {other: one for one, other in pairs.items()}
    words = []
    word = ""
    for sign in f"{text} ":
        if sign.isalpha():
            word += sign
        else:
            words += [pairs.get(word, word), sign]
            word = ""
    return "".join(words)[:-1]
