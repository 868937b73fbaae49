"""An item of two sentences, of which the second speaks of the vein that labels it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.lines.layout import Sentence
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

_CLOSED: Final = 2  # sentences of an item that the second one ends
_LABEL: Final = 6  # tokens of its label with the colon
DASHES: Final = ("-", "–", "—")


def closes_item(marks: Marks, sentences: Sequence[Sentence], position: int) -> Span | None:
    """The label of the item that a sentence ends: "SSV: 1.9 mm at mid calf. No reflux."."""
    if position != 1 or len(sentences) != _CLOSED:
        return None
    first = sentences[0].first
    ends = [t.index for t in marks.tokens[first : first + _LABEL] if _ends_label(marks, t)]
    return (first, ends[0]) if ends else None


def _ends_label(marks: Marks, token: Token) -> bool:
    """Whether it is the colon of a label, or its dash: "SSV - 1.9 mm"."""
    apart = bool(token.gap) and any(t.gap for t in marks.tokens[token.index + 1 :][:1])
    return token.text == ":" or (token.text in DASHES and apart)
