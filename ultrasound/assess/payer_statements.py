"""Conditions of payers on what a report states of the patient, the exam and the deep veins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ultrasound.assess.ceap import find_obstructed, is_unobstructed
from ultrasound.assess.facts import matching
from ultrasound.assess.payer_case import NOTHING, Answer, Case, cannot_say, decide
from ultrasound.assess.thrombus import find_thrombus, judge_thrombus
from ultrasound.domain import Assertion, Context, Verdict
from ultrasound.knowledge.schema_payers import Condition

_BLOCKED = ("acute", "subacute", "present")
_UNTOLD = ("chronic", "cannot_say", "no_acute")
# The classes before the letters of E, A and P: "C1,4a,s" holds 1 and 4.
_CLASSES = re.compile(r"C[0-6][abc]?r?(?:\s?,\s?[0-6][abc]?r?)*")


def judge_ceap_class(case: Case, condition: Condition) -> Answer:
    """The clinical class that the report states for the leg."""
    assert condition.ceap is not None
    asked = f"clinical class C{condition.ceap} or above"
    stated = _of_leg(c for c in case.view.facts.context if c.fact == "ceap_stated")
    classes = [match.group() for c in stated if (match := _CLASSES.match(c.value))]
    if not classes:
        return cannot_say(NOTHING, asked, "no clinical class is stated")
    found = f"{'; '.join(dict.fromkeys(c.value for c in stated))}, as stated"
    if not _is_of_leg(case, stated):
        return cannot_say(found, asked, "not said of which leg")
    highest = {max(int(digit) for digit in re.findall("[0-6]", text)) for text in classes}
    reached = {number >= condition.ceap for number in highest}
    if len(reached) > 1:
        return cannot_say(found, asked, "the report states classes on both sides")
    words = (found, asked, f"C{condition.ceap} or above")
    verdict = Verdict.MET if reached == {True} else Verdict.NOT_MET
    return replace(decide(verdict, words, None, ()), context=tuple(stated))


def judge_symptom(case: Case, condition: Condition) -> Answer:
    """A symptom that the report states; that none is stated decides nothing."""
    listed = ", ".join(fact.replace("_", " ") for fact in condition.facts)
    asked = f"one of: {listed}"
    facts = (c for c in case.view.facts.context if c.fact == "indication")
    told = _of_leg(c for c in facts if c.value in condition.facts)
    if not told:
        return cannot_say(NOTHING, asked, "no such symptom is stated")
    found = ", ".join(dict.fromkeys(c.value.replace("_", " ") for c in told))
    if not _is_of_leg(case, told):
        return cannot_say(found, asked, "not said of which leg")
    words = (found, asked, "a symptom")
    return replace(decide(Verdict.MET, words, None, ()), context=tuple(told))


def judge_deep_obstruction(case: Case, _: Condition) -> Answer:
    """No thrombus and no occlusion in the deep veins of the leg."""
    view, asked, short = case.view, "no obstruction of the deep veins", "no obstruction"
    code = judge_thrombus(view, "deep")
    deep = set(view.anatomy.veins_of("deep"))
    blocked = [o for s in find_obstructed(view) if s.vein in deep for o in s.observations]
    proof = find_thrombus(view, "deep")
    found = f"thrombus of the deep veins: {view.tables.display.thrombus.get(code, code)}"
    if blocked:
        return decide(Verdict.NOT_MET, ("obstructed deep vein", asked, short), None, blocked)
    if code in _BLOCKED:
        return decide(Verdict.NOT_MET, (found, asked, short), None, proof)
    if code in _UNTOLD:
        answer = cannot_say(found, asked, "this does not tell of obstruction")
        return replace(answer, observations=tuple(proof))
    if code == "absent":
        return decide(Verdict.MET, (found, asked, short), None, proof)
    if is_unobstructed(view, code):
        full = matching(view.facts.observations, "compressibility", "full")
        words = ("deep veins fully compressible", asked, short)
        return decide(Verdict.MET, words, None, full)
    return cannot_say(found, asked, "not enough is stated of the deep veins")


def judge_conservative_therapy(_: Case, condition: Condition) -> Answer:
    """Conservative therapy, which no duplex report documents."""
    asked = f"conservative therapy for {condition.months} months"
    return cannot_say(NOTHING, asked, "no date of conservative therapy in a duplex report")


def judge_exam_age(case: Case, condition: Condition) -> Answer:
    """The age of the exam, which depends on the day of a request."""
    asked = f"exam at most {condition.months} months old"
    if case.exam.date is None:
        return cannot_say(NOTHING, asked, "the date of the exam is not known")
    return cannot_say(f"exam of {case.exam.date}", asked, "depends on the day of the request")


def _of_leg(stated: Iterable[Context]) -> list[Context]:
    """What is affirmed: of the leg itself, or else of both legs or of none by name."""
    sure = [c for c in stated if c.assertion is Assertion.AFFIRMED]
    return [c for c in sure if c.leg is not None] or sure


def _is_of_leg(case: Case, stated: Iterable[Context]) -> bool:
    """Whether statements are of this leg: they name it, or the exam is of no other."""
    return case.exam.alone or all(c.leg is not None for c in stated)
