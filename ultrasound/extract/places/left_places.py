"""Where a place phrase ends: at a perforator, and before the branch that something comes from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from ultrasound.extract.facts.fact import COUNTED, PERFORATORS, SAPHENOUS
from ultrasound.extract.places.group_words import is_text
from ultrasound.extract.places.meanings import names_of
from ultrasound.extract.places.places import is_place
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention

_RANGES: Final = frozenset({"range", "extends"})
_BEHIND: Final = 3  # elements in which a range goes on


def leaves_perforator(
    run: Sequence[Mention | str],
    words: Sequence[Mention | str],
    between: Sequence[Element],
    ahead: Sequence[Element],
) -> bool:
    """Whether a range goes on behind a perforator, which has none: "Hunter, down to the ankle".

    Or a branch is the source of what is told: "to the knee, from a medial calf tributary".

    Args:
        run: The phrase so far.
        words: What stands between it and the next place.
        between: The elements of these.
        ahead: The next place, and all behind it.
    """
    element = ahead[0]
    led = "from" in words or "extends" in words  # "ends at a mid calf perforator"
    if not isinstance(element, Mention) or (
        led and any(is_text(e, "a") or is_text(e, "an") for e in between)
    ):
        return True
    if "from" in words and (_is_source(ahead) or _fills_from(run, ahead)):
        return True
    if _RANGES.isdisjoint(words) or element.row("vein", "place") is not None:
        return False
    last = next((item for item in reversed(run) if isinstance(item, Mention)), None)
    codes = names_of(last.meaning).veins if last is not None else ()
    return bool(codes) and set(codes) <= set(PERFORATORS)


def names_source(
    run: Sequence[Mention | str], words: Sequence[Mention | str], ahead: Sequence[Element]
) -> bool:
    """Whether a trunk is what a place without a vein is filled from: "VVs: L calf from SSV".

    Args:
        run: The phrase so far.
        words: What stands between it and the next place.
        ahead: The next place, and all behind it.
    """
    if "from" not in words or not isinstance(ahead[0], Mention):
        return False
    named = [names_of(item.meaning) for item in run if isinstance(item, Mention)]
    placed = any(isinstance(item, Mention) and item.row("zone") for item in run)
    row = ahead[0].row("vein")
    places = [*takewhile(_is_place_word, ahead)]
    after = ahead[len(places)] if len(places) < len(ahead) else None
    ranged = isinstance(after, Mention) and after.cue("range")
    trunk = row is not None and row.code in SAPHENOUS and len(places) == 1
    return placed and trunk and not ranged and not any(name.veins for name in named)


def _is_source(ahead: Sequence[Element]) -> bool:
    """Whether a place is that of a branch, and begins no range: "from medial calf tributary"."""
    places = [*takewhile(_is_place_word, ahead)]
    after = ahead[len(places)] if len(places) < len(ahead) else None
    veins = [row.code for e in places if isinstance(e, Mention) and (row := e.row("vein"))]
    ranged = isinstance(after, Mention) and after.cue("range")
    return bool(veins) and veins[-1] in COUNTED and not ranged


def _is_place_word(element: Element) -> bool:
    return isinstance(element, Mention) and (is_place(element) or element.cue("location"))


def _is_at_level(behind: Sequence[Element]) -> bool:
    """Whether a level is told straight behind a trunk: "at the knee"."""
    for element in behind[:_BEHIND]:
        if isinstance(element, Mention):
            return element.row("zone", "level") is not None
        if not is_text(element, "at") and not is_text(element, "the"):
            return False
    return False


def _fills_from(run: Sequence[Mention | str], elements: Sequence[Element]) -> bool:
    """Whether varicosities come from the groin, and do not lie there: "VVs from groin vessels".

    Or from a trunk, at a level: "calf VVs from GSV at knee". A range that begins there is where
    they lie.
    """
    first = elements[0] if isinstance(elements[0], Mention) else None
    zone, vein = (first.row("zone"), first.row("vein")) if first is not None else (None, None)
    trunk = vein is not None and vein.code in SAPHENOUS and _is_at_level(elements[1:])
    if not trunk and (zone is None or zone.zone != "junction"):
        return False
    behind = [e for e in elements[1 : 1 + _BEHIND] if isinstance(e, Mention)]
    ends = next((later for e, later in pairwise(behind) if e.cue("range")), None)
    ranged = ends is not None and ends.row("vein") is None  # "groin vessels -> AASV" is none
    names = [names_of(item.meaning) for item in run if isinstance(item, Mention)]
    veins = [name for name in names if name.veins]
    return bool(veins) and veins[-1].anatomy is not None and not ranged
