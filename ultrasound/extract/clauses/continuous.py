"""A clot that "is continuous" from one vein into the next: nothing is said of the flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

CONTINUOUS: Final = "continuous"
_GOES_ON: Final = ("thrombus", "reflux")
_IS: Final = ("is", "are", "was", "were", "be", "appear")


def drop_continuous(elements: Sequence[Element]) -> list[Element]:
    """Leave the word out behind a clot or reflux: "Thrombus is continuous through the CFV"."""
    kept: list[Element] = []
    for element in elements:
        if not (_says_continuous(element) and _is_subject(kept)):
            kept.append(element)
    return kept


def _says_continuous(element: Element) -> bool:
    row = element.row("finding") if isinstance(element, Mention) else None
    single = isinstance(element, Mention) and element.first == element.last
    return single and row is not None and (row.property, row.value) == ("flow", CONTINUOUS)


def _is_subject(before: Sequence[Element]) -> bool:
    """Whether a clot or reflux stands before it, and at most a verb between."""
    near = list(before[-2:])
    if near and isinstance(near[-1], Token) and near[-1].norm in _IS:
        near.pop()
    last = near[-1] if near else None
    row = last.row("finding") if isinstance(last, Mention) else None
    return row is not None and row.kind == "noun" and row.property in _GOES_ON
