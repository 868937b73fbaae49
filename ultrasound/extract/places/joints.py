"""What joins the places of a phrase, and where behind a comma a clause of two veins begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED
from ultrasound.extract.places.ahead import CONJUNCTIONS
from ultrasound.extract.places.group_words import BETWEEN
from ultrasound.extract.places.meanings import names_of
from ultrasound.extract.places.places import FILLERS, is_place
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_AND: Final = ("and", "&")
_BETWEEN: Final = ("again", "paired")  # "and again at the knee", "one of the paired veins"
_COUNTED_OF: Final = 2  # elements of "of the" before "two"
_THAT: Final = ("that", "this", "the", "same")
_LIMBS: Final = ("leg", "limb", "side", "extremity")
_LED: Final = 3  # elements from "from" to its place
_NEXT: Final = 4  # elements from a conjunction to its place
_OWN: Final = 6  # elements from a vein to the level in "varicosities in the calf"
_MEETING: Final = 6  # elements from a level to "joins" in "at the knee a large tributary joins"


def joint_at(elements: Sequence[Element], position: int) -> str | None:
    """What a word between two places does there, None where the phrase ends before it."""
    element = elements[position]
    if isinstance(element, Token):
        if element.norm in CONJUNCTIONS:
            return "filler" if _joins_sides(elements, position) else element.norm
        filler = element.norm in FILLERS or element.norm in _BETWEEN
        return "filler" if filler and "\n\n" not in element.gap else None
    if isinstance(element, Mention):
        if element.cue("range") and not element.cue("led_range"):
            return "extends" if element.cue("extends") else "range"
        if element.cue("joint"):
            return "and"
        if element.cue("count") and _is_one_of(elements, position):
            return "filler"
        if element.cue("location", "from"):
            return "from" if element.cue("from") else "filler"
    return None


def _is_one_of(elements: Sequence[Element], position: int) -> bool:
    """Whether a count tells how many there are: "one of the two posterior tibial veins"."""
    led = elements[max(0, position - _COUNTED_OF) : position]
    return [e.norm for e in led if isinstance(e, Token)] == ["of", "the"]


def _joins_sides(elements: Sequence[Element], position: int) -> bool:
    """Whether a conjunction joins two sides of one place: "in the posterior and medial calf"."""
    word = elements[position]
    if not isinstance(word, Token) or word.norm not in (*_AND, "/", "or"):
        return False
    around = (elements[position - 1 : position], elements[position + 1 : position + 2])
    return all(len(e) == 1 and isinstance(e[0], Mention) and _is_side(e[0]) for e in around)


def opens_meeting(elements: Sequence[Element], position: int) -> bool:
    """Whether the level at a position opens a clause in which two veins meet.

    As in "competent, at mid calf a large tributary joins it", "…, at mid calf it gives off a vein".
    """
    named = False
    for element in elements[position + 1 : position + 1 + _MEETING]:
        if isinstance(element, Mention):
            if element.cue("joins", "gives"):
                return named
            branch = getattr(element.row("vein"), "code", None) in COUNTED
            if not (branch or element.cue("location") or element.row("level", "zone")):
                return False
            named = named or branch
        elif isinstance(element, Number):
            continue
        elif element.kind != "word" or element.norm in _AND:
            return False
        elif element.norm == "receive":
            return named
        else:
            named = named or element.norm == "it"
    return False


def _opens_branch(run: Sequence[Mention | str], elements: Sequence[Element], position: int) -> bool:
    """Whether varices and their level follow a level: "in the thigh, and varices in the calf"."""
    levels = (item for item in run if isinstance(item, Mention))
    vein, *behind = elements[position : position + _OWN]
    if any(item.row("vein", "place") for item in levels) or not _finds_branch(vein):
        return False
    led = bool(behind) and _leads_place(behind[0])
    level = next((e for e in behind[1:] if not _leads_place(e)), None)
    return led and isinstance(level, Mention) and bool(level.row("level", "zone"))


def _finds_branch(element: Element) -> bool:
    """Whether a name says itself what was found: "varicosities"."""
    return isinstance(element, Mention) and names_of(element.meaning).anatomy is not None


def _leads_place(element: Element) -> bool:
    """Whether a word leads to a place: "in", "at the", "of the medial"."""
    if isinstance(element, Token):
        return element.norm in FILLERS
    return isinstance(element, Mention) and element.cue("location") and not is_place(element)


def end_of_relative(elements: Sequence[Element], position: int) -> int | None:
    """What follows a relative clause between commas: "the calf portion, which is patent, refluxes".

    None where none begins at the position, or a list may go on behind it.
    """
    words = [e.norm if isinstance(e, Token) else "" for e in elements[position:]]
    if words[:2] != [",", "which"] or "," not in words[2:]:
        return None
    behind = words.index(",", 2) + 1
    return None if words[behind : behind + 1] in ([], ["and"], ["or"]) else position + behind


def end_of_leg(elements: Sequence[Element], position: int) -> int | None:
    """What follows the leg that was spoken of: "the deep veins of that leg were patent"."""
    words = [e.norm if isinstance(e, Token) else "" for e in elements[position : position + 4]]
    limb = next((at for at, word in enumerate(words) if word in _LIMBS), 0)
    led = words[:1] == ["of"] and limb > 1 and all(word in _THAT for word in words[1:limb])
    return position + limb + 1 if led else None


def _is_side(mention: Mention) -> bool:
    """Whether a word only tells a side of a leg: "medial"."""
    return mention.cue("location") and not is_place(mention)


def opens_subject(elements: Sequence[Element], index: int) -> bool:
    """Whether a comma and an article stand before a place: "…, the left CFV, FV and POPV are"."""
    before = [e.norm if isinstance(e, Token) else "" for e in elements[max(0, index - 2) : index]]
    return before == [",", "the"]


def leads_number(elements: Sequence[Element], position: int) -> bool:
    """Whether a "for" and a number follow a place: "and the SSV for 1.4 s"."""
    word, *behind = elements[position : position + 2]
    led = isinstance(word, Token) and word.norm == "for"
    return led and bool(behind) and isinstance(behind[0], Number)


def joins_place(elements: Sequence[Element], position: int) -> bool:
    """Whether a place stands behind a conjunction, its article or preposition at most between."""
    rest = elements[position + 1 : position + _NEXT]
    behind = next((e for e in rest if not (isinstance(e, Token) and e.norm in BETWEEN)), None)
    return isinstance(behind, Mention) and is_place(behind)


def is_led(elements: Sequence[Element], index: int) -> bool:
    """Whether a source opens a phrase: "recurrence from the AASV"."""
    for element in reversed(elements[max(0, index - _LED) : index]):
        if isinstance(element, Mention):
            return element.cue("from", "joins", "course")
        if not (isinstance(element, Token) and element.norm in FILLERS):
            return False
    return False


def leaves_level(
    run: Sequence[Mention | str], elements: Sequence[Element], start: int, position: int
) -> bool:
    """Whether the level of what was spoken of ends before another vein at a position."""
    own = _is_own_level(elements, start, elements[position])
    return own or _opens_branch(run, elements, position)


def _is_own_level(elements: Sequence[Element], start: int, element: Element) -> bool:
    """Whether a phrase begins with the level of what was spoken of, and another vein follows."""
    its = elements[start - 1] if start else None
    led = isinstance(its, Token) and its.norm in ("its", "their", "it")
    return led and isinstance(element, Mention) and element.row("vein", "place") is not None
