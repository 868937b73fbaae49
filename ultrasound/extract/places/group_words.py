"""What single words of a sentence say for its place phrases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.places.ahead import RANGES
from ultrasound.extract.places.meanings import names_of
from ultrasound.extract.places.places import FILLERS, is_place
from ultrasound.extract.words.marks import Element, first_of
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Cue, Finding

_NEXT_PLACE: Final = 3
_JOINED: Final = 2  # the conjunction and what it joins
_AND: Final = ("and", "&")
_RANGES: Final = frozenset({"range", "extends"})
BETWEEN: Final = frozenset(
    {
        *("is", "are", "was", "were", "does", "do", "did", "has", "have", "had", "remain"),
        *("show", "showed", "contain", "demonstrate", "appear", "measure", "also", "it", "i", "we"),
        *(":", ".", "vein", "the", "of", "in", "at", "on", "part", "portion", "segment", "section"),
        *("that", "side"),
    }
)
ALIKE: Final = ("and", "&")  # before a further place: "…, CFV and popliteal reflux"
_TO: Final = Meaning([Concept("cue", Cue(kind="range", terms=()))])
_LIGHT: Final = ("trunk", "only", "just")  # before "to"
_SAYING: Final = ("negation", "spared", "none", "negative", "positive", "unremarkable")
OWN: Final = ("only", "being")  # behind a place: "…, the left being the larger at 7.7 mm"
_NOT_THERE: Final = ("absent", "not_visualized")
_DOWN_TO: Final = ("stripped", "harvested")


def sets_apart(element: Element) -> bool:
    """Whether a sentence opens with a place that is set apart: its subject follows a comma."""
    if isinstance(element, Token):
        return element.norm in ("unlike", "compared")
    return isinstance(element, Mention) and element.cue("except", "contrast")


def join_between(elements: Sequence[Element]) -> Sequence[Element]:
    """The same, with "to" for the "and" of "between the groin and the knee".

    Not where branches are told of, which lie somewhere between.
    """
    joined = list(elements)
    for index, element in enumerate(elements):
        if not isinstance(element, Mention) or not element.cue("between"):
            continue
        end = next_place(elements, index)
        while end is not None and is_end(elements[end]) and next_place(elements, end) == end + 1:
            end += 1
        if end is None or end + 1 >= len(elements) or not is_end(elements[end]):
            continue
        word, place = elements[end + 1], next_place(elements, end + 1)
        joint = isinstance(word, Token) and word.norm in _AND
        if joint and place and is_end(elements[place]) and not _is_branch(elements, index):
            at = first_of(word)
            joined[end + 1] = Mention(at, at, _TO)
    return joined


def opens_clause(elements: Sequence[Element], index: int) -> bool:
    """Whether a comma stands before a place: "CFV competent, FV and POPV incompetent".

    Or an "and" behind a comma or a finding: "the SSV refluxes and the GSV and AASV are competent";
    or "with", before a trunk: "SFJ incompetence with GSV and SSV reflux".
    """
    element, at = elements[index], index
    while at and is_text(elements[at - 1], "the"):
        at -= 1
    if at == 0 or is_text(elements[at - 1], ","):
        return at > 0
    if _joins_clause(elements[:at]):
        return True
    veins = names_of(element.meaning).veins if isinstance(element, Mention) else ()
    trunks = bool(veins) and not set(veins) & set(COUNTED)
    return trunks and is_text(elements[at - 1], "with")


def _joins_clause(before: Sequence[Element]) -> bool:
    """Whether what stands before a place ends with an "and" that joins no places."""
    if len(before) < _JOINED or not (is_text(before[-1], "and") or is_text(before[-1], "but")):
        return False
    last = before[-_JOINED]
    return is_text(last, ",") or (isinstance(last, Mention) and states(last))


def says_own(mention: Mention, *follows: Element, absent: bool = False) -> bool:
    """Whether a word behind a place says something of it: a finding, or "on the right there is".

    So does "is present" behind what is ``absent``: "absent to the knee, the calf part is present".
    """
    if absent and mention.cue("affirmation_after"):
        return True
    there = any(is_text(e, "is") or is_text(e, "are") for e in follows) and mention.cue("here")
    return there or mention.row("finding") is not None or mention.cue(*_SAYING)


def opens_junction(
    run: Sequence[Mention | str], elements: Sequence[Element], position: int
) -> bool:
    """Whether the junction of a trunk is the subject behind it: "SSV, the SPJ is 3 mm"."""
    element, *rest = elements[position : position + 2]
    last = next((item for item in reversed(run) if isinstance(item, Mention)), None)
    if (
        last is None
        or not isinstance(element, Mention)
        or not is_text(elements[position - 1], "the")
    ):
        return False
    trunk, junction = names_of(last.meaning), names_of(element.meaning)
    same = bool(trunk.veins) and trunk.veins == junction.veins and junction.code is not None
    return same and trunk.code is None and any(is_text(e, "is") for e in rest)


def _is_branch(elements: Sequence[Element], index: int) -> bool:
    """Whether the vein that is named last before an element is one of many."""
    veins = (e.row("vein") for e in reversed(elements[:index]) if isinstance(e, Mention))
    return getattr(next((row for row in veins if row), None), "code", None) in COUNTED


def is_end(element: Element) -> bool:
    """Whether a place can end a stretch of a vein: a level, a junction, a deep vein."""
    if not isinstance(element, Mention):
        return False
    vein = element.row("vein")
    deep = vein is not None and vein.code not in GROUPS and vein.system == "deep"
    return deep or element.row("level", "zone", "place") is not None


def is_new_vein(run: Sequence[Mention | str], element: Element, *, told: bool) -> bool:
    """Whether a vein is named behind a system: "turning to the superficial system, the SFJ".

    Or a branch behind how far its trunk is incompetent: "to the prox calf, side branch"; or one
    leg behind both, of which an answer only is ``told`` so far: "DVT: none in both legs, the left
    GSV refluxes".
    """
    legs = [m.row("leg") for m in run if isinstance(m, Mention)]
    if not told and all(row and len(row.legs) > 1 for row in legs) and leg_of(element):
        return True
    named = [m.row("vein") for m in run if isinstance(m, Mention) and m.row("vein", "place")]
    row = element.row("vein", "place") if isinstance(element, Mention) else None
    if run[0] in RANGES and not named:
        return getattr(row, "code", "") in COUNTED
    if row is None or not named or named[-1] is None:
        return False
    return named[-1].code in GROUPS and getattr(row, "code", "") not in (*GROUPS, *COUNTED)


def leg_of(element: Element) -> tuple[str, ...]:
    """The one leg that a mention names."""
    row = element.row("leg") if isinstance(element, Mention) else None
    return tuple(row.legs) if row is not None and len(row.legs) == 1 else ()


def is_level_open(run: Sequence[Mention | str], element: Element) -> bool:
    """Whether a level waits for the zone of the one joined to it: "in the mid and distal calf"."""
    places = [item for item in run if isinstance(item, Mention)]
    last = places[-1] if places else None
    if last is None or last.row("level") is None or last.row("zone", "place", "vein", "inferred"):
        return False
    return isinstance(element, Mention) and element.row("level") is not None


def legs_of(element: Element) -> tuple[str, ...]:
    """The leg, or both legs, that a mention names."""
    row = element.row("leg") if isinstance(element, Mention) else None
    return () if row is None else tuple(row.legs)


def is_denied_side(
    run: Sequence[Mention | str], element: Element, answers: Sequence[Element]
) -> bool:
    """Whether the other leg is answered alone: "R SFJ to knee, L none"."""
    leg = leg_of(element)
    sides = {leg_of(item) for item in run if isinstance(item, Mention) and leg_of(item)}
    none = any(isinstance(a, Mention) and a.cue("none", "negative") for a in answers)
    return none and bool(leg) and bool(sides) and leg not in sides


def _is_other_leg(
    run: Sequence[Mention | str], element: Element, follows: Sequence[Element]
) -> bool:
    """Whether a place of the other leg stands behind a leg: "no DVT left leg, right varices"."""
    places = [item for item in run if isinstance(item, Mention)]
    legs = all(item.row("leg") and len(item.meaning.rows) == 1 for item in places)
    leg, sides = leg_of(element), {leg_of(item) for item in places}
    named = any(isinstance(e, Mention) and is_place(e) and not e.row("leg") for e in follows)
    apart = any(item.last > item.first for item in places)  # and not "right, left SFJ competent"
    return legs and apart and bool(leg) and leg not in sides and all(sides) and named


def opens_other(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    element: Element,
    answers: Sequence[Element],
) -> bool:
    """Whether what stands behind a comma is no part of the list before it.

    A source ("…, from the SFJ"), or a leg with a word of its own: "…, and left vulval varices".
    """
    if "," not in words:
        return False
    if words[0] == "," and _is_other_leg(run, element, answers):
        return True
    if words[0] == "," and _is_one_of_both(run, words, element, answers):
        return True
    follows = answers[0] if answers else None
    word = isinstance(follows, Token) and follows.text.isalpha() and follows.norm not in FILLERS
    return words[-1] == "from" or ("and" in words and word and bool(leg_of(element)))


def _is_one_of_both(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    element: Element,
    answers: Sequence[Element],
) -> bool:
    """Whether one leg behind both is told of apart: "both legs, right GSV", "…, the left 5 mm"."""
    places = [item for item in run if isinstance(item, Mention)]
    if not leg_of(element) or len(legs_of(places[-1])) == 1 or not legs_of(places[-1]):
        return False
    alone = not any(isinstance(answer, Mention) and is_place(answer) for answer in answers)
    return alone or (len(words) == len(places) == 1)


def states(mention: Mention) -> bool:
    """Whether a word finds something, or answers what is asked of its place."""
    finding = mention.row("finding")
    return mention.cue("negative", "positive") if finding is None else finding.kind != "label"


def says_absent(element: Element) -> bool:
    """Whether a word says that a vein is not there, or was not seen."""
    finding = element.row("finding") if isinstance(element, Mention) else None
    return finding is not None and finding.value in _NOT_THERE and finding.property == "anatomy"


def leads_down(finding: Finding) -> bool:
    """Whether a range can follow a word straight: "refluxes to the knee", "stripped to the knee".

    What is done to a vein otherwise names it so: "foam to the calf".
    """
    return finding.property != "treatment" or finding.value in _DOWN_TO


def next_place(elements: Sequence[Element], index: int) -> int | None:
    """The position of the place that stands close behind an element."""
    for position in range(index + 1, min(index + 1 + _NEXT_PLACE, len(elements))):
        element = elements[position]
        if isinstance(element, Mention) and is_place(element):
            return position
        if not (isinstance(element, Token) and element.norm in FILLERS):
            return None
    return None


def is_light(element: Element | None) -> bool:
    """Whether an element only stands before the end of a range: a time, "just" before "to"."""
    unit = element.unit if isinstance(element, Number) else None
    timed = unit is not None and unit.kind == "time"
    return timed or any(is_text(element, word) for word in _LIGHT)


def is_text(element: Element | None, text: str) -> bool:
    """Whether an element is that sign."""
    return isinstance(element, Token) and element.text == text
