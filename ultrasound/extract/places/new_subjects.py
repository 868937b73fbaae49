"""Veins that are no part of the list before them: something of their own is said of them.

As in "varicosities in the calf, GSV incompetent", "a tributary joins at the knee and the GSV is
incompetent to the ankle", "competent, at mid calf a large tributary joins it".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, GROUPS
from ultrasound.extract.places.ahead import RANGES
from ultrasound.extract.places.group_words import is_text
from ultrasound.extract.places.joints import opens_meeting
from ultrasound.extract.places.meanings import names_of
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_BRANCH: Final = "NSV"
_SINGULAR: Final = ("is", "was", "has", "remain", "become", "show", "measure", "refluxe")
_AND: Final = ("and", "&")
_BACK: Final = 8  # elements from "joins" to the "and" behind its place


def opens_subject_anew(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    elements: Sequence[Element],
    at: tuple[int, int],
    *,
    told: bool,
) -> bool:
    """Whether a vein behind a conjunction begins a clause of its own.

    Args:
        run: The places of the phrase so far.
        words: What stands between its last place and the vein.
        elements: The sentence.
        at: Where the phrase begins, and where the vein stands.
        told: Whether something was said before the phrase.
    """
    start, position = at
    if (told and opens_meeting(elements, position)) or _counts_other(run, words, elements, at):
        return True
    return (
        _follows_branch(run, words, elements, position)
        or _follows_meeting(words, elements, start, position)
        or (told and _has_own_range(run, words, elements, position))
    )


def _counts_other(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    elements: Sequence[Element],
    at: tuple[int, int],
) -> bool:
    """Whether there is one on the other leg: "none incompetent on the right, on the left one"."""
    start, position = at
    before = elements[start - 1] if start else None
    told = isinstance(before, Mention) and (before.cue("none") or before.row("finding"))
    legs = [item.row("leg") for item in run if isinstance(item, Mention)]
    element = elements[position]
    leg = element.row("leg") if isinstance(element, Mention) else None
    if not told or words[:1] != [","] or leg is None or not all(legs) or leg in legs:
        return False
    return any(is_text(e, "one") for e in elements[position - 1 : position + 2])


def _follows_branch(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    elements: Sequence[Element],
    position: int,
) -> bool:
    """Whether a trunk with its state stands behind a comma: "calf varices, GSV competent"."""
    branches = [item for item in run if isinstance(item, Mention) and item.row("vein", "place")]
    one = len(branches) == 1 and getattr(branches[0].row("vein"), "code", "") == _BRANCH
    if not one or words[:1] != [","] or any(word in _AND for word in words):
        return False
    behind = elements[position + 1 : position + 2]
    row = behind[0].row("finding") if behind and isinstance(behind[0], Mention) else None
    stated = row is not None and row.kind == "word"
    verb = bool(behind) and isinstance(behind[0], Token) and behind[0].norm in _SINGULAR
    return _is_trunk(elements[position]) and (stated or verb)


def _follows_meeting(
    words: Sequence[Mention | str], elements: Sequence[Element], start: int, position: int
) -> bool:
    """Whether one trunk is the subject behind "and the": "… joins at the knee and the GSV is"."""
    the, *behind = elements[position - 1 : position + 2]
    verb = isinstance(behind[-1], Token) and behind[-1].norm in _SINGULAR
    if not (verb and is_text(the, "the") and words[:1] and words[0] in _AND):
        return False
    before = elements[max(0, start - _BACK) : start]
    met = any(isinstance(e, Mention) and e.cue("joins", "gives") for e in before)
    return met and _is_trunk(elements[position])


def _has_own_range(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    elements: Sequence[Element],
    position: int,
) -> bool:
    """Whether a trunk has a range behind that of another: "to the knee and the SSV to mid calf"."""
    ranged = run[0] in RANGES and not any(
        isinstance(item, Mention) and item.row("vein", "place", "leg") for item in run
    )
    if not ranged or not words[:1] or words[0] not in (*_AND, ","):
        return False
    behind = elements[position + 1 : position + 2]
    to = bool(behind) and isinstance(behind[0], Mention) and behind[0].cue("range")
    return to and _is_trunk(elements[position])


def _is_trunk(element: Element) -> bool:
    """Whether a mention names one vein that is no branch and no group."""
    veins = names_of(element.meaning).veins if isinstance(element, Mention) else ()
    return len(veins) == 1 and veins[0] not in (*COUNTED, *GROUPS)
