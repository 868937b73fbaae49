"""The manner of a report: units, names, order, line breaks, slips of the keyboard."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

_LEAST_PART: Final = 4
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Noise:
    """How one report is written; the defaults are the plainest manner.

    ``names`` is ``short``, ``full`` or ``old``; ``mixed`` takes another synonym at each mention.
    ``order`` is ``down`` (groin to ankle), ``up`` or ``shuffled``. ``width`` is where prose is
    wrapped (0: not at all), ``hyphenated`` parts words there. ``words`` is the least length.
    """

    time_unit: str = "s"
    size_unit: str = "mm"
    decimal_comma: bool = False
    thousands: bool = False
    glued: bool = False
    names: str = "short"
    mixed: bool = False
    order: str = "down"
    width: int = 0
    hyphenated: bool = False
    typos: int = 0
    header: bool = False
    technique: bool = False
    threshold: bool = False
    closing: bool = False
    repeats: bool = False
    cell_units: bool = False
    time_first: bool = False
    words: int = 0


def happens(rng: Random, percent: int) -> bool:
    """Whether something happens that does so this often."""
    return rng.randrange(_HUNDRED) < percent


def wrap(text: str, noise: Noise) -> str:
    """A paragraph over several lines, as wide as the manner asks."""
    if not noise.width:
        return text
    lines = textwrap.wrap(text, noise.width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(_hyphenate(lines)) if noise.hyphenated else "\n".join(lines)


def _hyphenate(lines: list[str]) -> Iterable[str]:
    """Take the first syllables of a long word back to the line before, with a hyphen."""
    for index, line in enumerate(lines[1:], 1):
        word = re.match(r"[a-z]+", line)
        if word and len(word.group()) >= 2 * _LEAST_PART + 1:
            lines[index - 1] += f" {line[:_LEAST_PART]}-"
            lines[index] = line[_LEAST_PART:]
    return lines


def misspell(text: str, words: Iterable[str], count: int, rng: Random) -> str:
    """Put slips into some of the long words of a text.

    Args:
        text: what was written.
        words: the words in which a slip may happen.
        count: how many slips.
        rng: where chance comes from.
    """
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    found = list(pattern.finditer(text))
    for match in sorted(rng.sample(found, min(count, len(found))), key=lambda m: -m.start()):
        text = text[: match.start()] + _slip(match.group(), rng) + text[match.end() :]
    return text


def _slip(word: str, rng: Random) -> str:
    """One letter lost, doubled, or exchanged with its neighbour; never among the first three."""
    at = rng.randrange(3, len(word) - 2)
    kind = rng.choice(("lost", "doubled", "exchanged"))
    if kind == "lost":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
