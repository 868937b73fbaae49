"""Names built of words that each have several spellings: "{great} {saphenous} {vein}"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from ultrasound.errors import KnowledgeError

_SLOT: Final = re.compile(r"\{(\w+)\}")


def slots_of(pattern: str) -> list[str]:
    """The names of the slots of a pattern, each once."""
    return list(dict.fromkeys(_SLOT.findall(pattern)))


def spell_out(patterns: Sequence[str], words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every spelling of some patterns; an empty form leaves its word out.

    Args:
        patterns: Names with slots in braces, as "{great} {saphenous} {vein}".
        words: The forms of each slot.

    Raises:
        KnowledgeError: A slot has no forms.
    """
    for pattern in patterns:
        pieces = _SLOT.split(pattern)  # text and slot in turn
        unknown = sorted(set(pieces[1::2]) - set(words))
        if unknown:
            raise KnowledgeError(f"{pattern!r}: no [words] {unknown[0]!r}")
        for forms in product(*(words[name] for name in pieces[1::2])):
            whole = "".join(
                piece if index % 2 == 0 else forms[index // 2] for index, piece in enumerate(pieces)
            )
            yield " ".join(whole.split())
