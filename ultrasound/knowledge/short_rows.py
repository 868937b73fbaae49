"""Rows of short words that are findings only where the rest of a report lets them."""

from __future__ import annotations

from ultrasound.knowledge.tables import Row


class ShortFinding(Row):
    """A short word that is a finding only where the report uses these others beside it.

    One of ``against`` is its opposite; one of ``apart`` is the report's word for what it could
    mean else. Where the report has none of these, it says the word of the veins ``of``, and
    nowhere behind one of ``unless`` or in a sentence with another word of the same property.
    """

    term: str
    property: str
    value: str
    denied: str
    against: tuple[str, ...]
    apart: tuple[str, ...]
    of: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class HoldingWords(Row):
    """Everyday words that say that valves close, behind a vein in a report that speaks of reflux.

    Not in a sentence with one of ``unless``; with ``of_last`` only where valves were looked for
    last, and not a clot.
    """

    terms: tuple[str, ...]
    property: str
    value: str
    denied: str | None = None
    unless: tuple[str, ...] = ()
    of_last: bool = False


class CompressionWord(Row):
    """A short word of compression, where a report looks for clot and says nothing of valves.

    ``opposites`` deny it in one word; ``before``: what the words before it make of it. Where the
    report also writes one of ``spelled``, only deep veins are compressed by the short word.
    """

    term: str
    opposites: tuple[str, ...]
    before: dict[str, tuple[str, ...]]
    told: tuple[str, ...]
    never: tuple[str, ...]
    spelled: tuple[str, ...]


class CompressionDegree(Row):
    """Words behind one of ``nouns`` that tell how much of the compression is left."""

    nouns: tuple[str, ...]
    value: str
    terms: tuple[str, ...]


class LetterFinding(Row):
    """A letter behind a vein that is a finding where the report also uses a ``telling`` one.

    One of ``clot`` tells it where the report looks for clot and says nothing of valves.
    """

    letter: str
    property: str
    value: str
    telling: bool = False
    clot: bool = False


class Shortening(Row):
    """Words that a full stop shortens; those with ``numbers`` only before a number."""

    terms: tuple[str, ...]
    numbers: bool = False


class Words(Row):
    """A plain list of words."""

    terms: tuple[str, ...]
