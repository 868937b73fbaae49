"""Whether an observation stands on its words: the check that every sample has to pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ultrasound.domain import LONGEST_QUOTE, Observation, Quantity, TextSpan

_NUMBER = re.compile(r"\d*[.,]?\d+(?:[.,]\d+)*")
_SCALES = (1, 10, 100, 1000)


def find_ungrounded(obs: Observation, texts: Mapping[str | None, str]) -> Iterator[str]:
    """What is wrong with the places of an observation; nothing where all is well.

    Args:
        obs: an observation of free text.
        texts: the stored texts by their part.
    """
    for span in (obs.source, *(support.origin for support in obs.support)):
        if not isinstance(span, TextSpan):
            continue
        if texts[span.part][span.start : span.end] != span.quote:
            yield "the quote does not stand at its place"
        if len(span.quote) > LONGEST_QUOTE:
            yield "the quote is too long"
    if not isinstance(obs.value, Quantity) or not isinstance(obs.source, TextSpan):
        return
    if not _holds(obs.source.quote, float(obs.value.value)):
        yield "the quote lacks its number"


def _holds(quote: str, value: float) -> bool:
    readings = {
        float(word.replace(mark, by))
        for word in _NUMBER.findall(quote)
        for mark, by in ((",", "."), (",", ""))
        if word.replace(mark, by).count(".") <= 1
    }
    return any(abs(number * scale - value) < 1e-3 for number in readings for scale in _SCALES)
