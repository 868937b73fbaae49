"""The many ways in which reports head the findings of a leg."""

from __future__ import annotations

import pytest

from tests.extract.marked import facts_of, read_text
from ultrasound.domain import Temporality
from ultrasound.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
# {S} RIGHT, {t} Right, {s} right, {A} R
HEADINGS = """{S} LEG|{t} leg|{t}:|{t} lower extremity:|{t} Lower Limb|{A}LE:|{A}t leg:
{A}T LEG|{t} side|{t} limb findings:|1. {t} leg|1) {t} leg:|**{t} leg**
## {t} leg|{t} leg (standing):|Findings {s} leg:|On the {s}:|{t} LE
{t} leg venous duplex|FINDINGS - {S}|{t}-sided findings|= {S} LEG =
--- {t} leg ---|[{S}]|({S})|The {s} leg:|Leg: {s}|Side: {t}|{t} Leg -|a) {t} leg
{t} Lower Extremity Reflux Study|Duplex {s} leg:|{t} leg.|{A}. LEG
{A} lower limb|{A} side:|{S} LOWER EXTREMITY VENOUS FINDINGS
{t} leg, deep and superficial veins|{t} leg results|{t} (symptomatic side)
{t} leg - limited exam"""
FORMS = [form for line in HEADINGS.splitlines() for form in line.split("|")]
LIST = "GSV: {} mm, incompetent.\nSSV 3 mm, competent."
PROSE = "The GSV is incompetent and measures {} mm. The SSV is competent, 3 mm."


def head(form: str, side: str) -> str:
    """A heading of one side."""
    return form.format(S=side.upper(), t=side.capitalize(), s=side, A=side[0].upper())


@pytest.mark.parametrize("body", [LIST, PROSE], ids=["list", "prose"])
@pytest.mark.parametrize("form", FORMS)
def test_heading_holds_for_its_leg(form: str, body: str) -> None:
    """Below each of two headings the findings are of its leg, whatever the title says."""
    text = (
        f"Venous duplex of both legs\n\n{head(form, 'right')}\n{body.format(4.4)}\n\n"
        f"{head(form, 'left')}\n{body.format(5.5)}\n"
    )
    facts = facts_of(read_text(text, KNOWLEDGE), Temporality.CURRENT)
    said = {(fact[0], fact[1], fact[3], fact[4]) for fact in facts}
    assert said == {
        (leg, vein, name, value)
        for leg, size in (("R", "4.4"), ("L", "5.5"))
        for vein, name, value in (
            ("GSV", "diameter", size),
            ("GSV", "reflux", "present"),
            ("SSV", "diameter", "3"),
            ("SSV", "reflux", "absent"),
        )
    }


def test_no_number_is_that_of_both_legs_by_the_title() -> None:
    """A size under a title of both legs, with no leg of its own, goes to a person."""
    found = read_text("Venous duplex of both legs\n\nThe GSV measures 4.4 mm.", KNOWLEDGE)
    assert [obs.place.leg for obs in found.observations] == [None]
    assert [item.code for item in found.review] == ["leg_missing"]
