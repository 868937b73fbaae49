"""What of a clause states something, and what denies after a statement."""

from __future__ import annotations

from collections.abc import Sequence

from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.quantities import Number


def starts_denial(element: Mention, current: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a denial after a statement begins its own: "… all compress no dvt"."""
    return (
        element.last == element.first
        and element.cue("negation")
        and not element.cue("company")
        and any(is_statement(e) for e in current)
        and not any(isinstance(e, Mention) and e.cue("negation", "none") for e in current)
    )


def is_finding(element: Element | PlaceGroup) -> bool:
    """Whether an element states something or names a finding."""
    row = element.row("finding") if isinstance(element, Mention) else None
    return is_statement(element) or (row is not None and row.kind == "noun")


def is_statement(element: Element | PlaceGroup) -> bool:
    """Whether an element is a number or a finding in words."""
    if isinstance(element, Number):
        return True
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.kind == "word"
