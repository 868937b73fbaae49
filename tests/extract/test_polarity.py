"""What is denied is never found: every subject with every denial, in words and in forms."""

from __future__ import annotations

from itertools import product

import pytest

from tests.extract.marked import read_text
from ultrasound.domain import Assertion, Leg
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
FOUND = ("present", "varicose", "chronic", "acute")  # values that affirm
SUBJECTS = [
    "Reflux in the GSV",
    "GSV reflux",
    "GSV incompetence",
    "Incompetence of the SSV",
    "Thrombus in the CFV",
    "DVT of the femoral vein",
    "Incompetent perforators",
    "Incompetent calf perforating veins",
    "Refluxing tributaries",
    "Junctional reflux at the SFJ",
    "Deep venous reflux",
    "Post-thrombotic change in the popliteal vein",
    "Incompetent gastrocnemius veins",
    "Perforator incompetence",
]
DENIALS = [
    *("is absent", "absent", "was not seen", "not demonstrated", "could not be demonstrated"),
    *("not identified", "was not elicited", "not evident", "is not present", "not apparent"),
    *("was excluded", "is ruled out", "was looked for and not found", "is no longer seen"),
    *("was not found on either side", "was not provoked", "is nowhere seen", "is unlikely"),
    *(": none", ": no", ": nil", ": negative", ": absent", ": not seen", ": not detected"),
]
LABELS = [
    *("GSV reflux", "Reflux GSV", "Reflux at SFJ", "CFV thrombus", "Thrombus in popliteal vein"),
    *("DVT", "Deep reflux", "Incompetent perforators", "Reflux in SSV", "Varicose veins"),
]
ANSWERS = [
    *("no", "N", "absent", "negative", "none", "nil", "not seen", "false", "not detected"),
    *("none seen", "[ ]", "0", "-", "___"),
]
SEPARATORS = (": ", "   ", ": .... ", " = ", "? ", "\t", "|", " | ")


def find_affirmed(text: str) -> list[str]:
    """The values of a text that affirm a finding without doubt."""
    found = read_text(f"RIGHT LEG VENOUS DUPLEX\n\n{text}\n", KNOWLEDGE)
    sure = (obs for obs in found.observations if obs.assertion is not Assertion.UNCERTAIN)
    return [str(obs.value) for obs in sure if str(obs.value) in FOUND]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_denied_subject_is_not_found(subject: str) -> None:
    """In a sentence, the denial behind its subject or behind a colon."""
    texts = [f"{subject}{'' if denial[0] == ':' else ' '}{denial}." for denial in DENIALS]
    assert {text: got for text in texts if (got := find_affirmed(text))} == {}


@pytest.mark.parametrize("label", LABELS)
def test_a_denied_label_is_not_found(label: str) -> None:
    """In a form, whatever parts the label from its answer; nor is one without an answer."""
    texts = [f"{label}{sign}{answer}" for sign, answer in product(SEPARATORS, ANSWERS)]
    assert {text: got for text in texts if (got := find_affirmed(text))} == {}


@pytest.mark.parametrize("label", LABELS)
def test_an_affirmed_label_is_found(label: str) -> None:
    """The check above does not hold because nothing is read."""
    for sign in SEPARATORS:
        assert find_affirmed(f"{label}{sign}yes"), sign


LEGS = [
    *(
        "{l}: R {y}, L {n}",
        "{l}: right {y}, left {n}",
        "{l}   R: {y}   L: {n}",
        "{l} (R/L): {y}/{n}",
    ),
    *(
        "{l} R/L: {y} / {n}",
        "{l} R {y} L {n}",
        "{l} - right: {y}, left: {n}",
        "{l}: {y} (R), {n} (L)",
    ),
    *("{l}: {y} right, {n} left", "{l}: Right = {y}; Left = {n}", "{l}:   R [{y}]   L [{n}]"),
    *("{l} | R: {y} | L: {n}", "            Right      Left\n{l}    {y}      {n}"),
    "| | Right | Left |\n|---|---|---|\n| {l} | {y} | {n} |",
    *("\tRight\tLeft\n{l}\t{y}\t{n}", "{l}: R={y} L={n}", "{l}\n  Right: {y}\n  Left: {n}"),
    *("{l}:\n- right: {y}\n- left: {n}", "Right {l}: {y}\nLeft {l}: {n}", "R {l} {y}. L {l} {n}."),
    *("RIGHT\n{l}: {y}\nLEFT\n{l}: {n}", "{l} right: {y}\n{l} left: {n}"),
    "{l} (right): {y}; {l} (left): {n}",
]
PAIRS = [("yes", "no"), ("Y", "N"), ("present", "absent"), ("pos", "neg"), ("present", "none")]
OF_LEGS = ["GSV reflux", "Reflux in the SSV", "CFV thrombus", "Popliteal reflux", "DVT"]


@pytest.mark.parametrize("form", LEGS)
def test_each_leg_has_its_own_answer(form: str) -> None:
    """What is there on the right and not on the left is never read the other way."""
    wrong = {}
    for label, (yes, no) in product(OF_LEGS, PAIRS):
        text = form.format(l=label, y=yes, n=no)
        found = read_text(f"VENOUS DUPLEX OF BOTH LEGS\n\n{text}\n", KNOWLEDGE)
        got = {(obs.place.leg, str(obs.value)) for obs in found.observations}
        if (Leg.RIGHT, "absent") in got or (Leg.LEFT, "present") in got:
            wrong[text] = got
    assert wrong == {}
