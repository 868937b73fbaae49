"""What the table of dictation holds: spoken signs, and words that take back what was said."""

from __future__ import annotations

from ultrasound.knowledge.tables import Row


class SpokenSign(Row):
    """A sign and the words that are spoken for it; ``sure``: a text with them was dictated."""

    sign: str
    terms: tuple[str, ...]
    sure: bool = False


class NoSign(Row):
    """Words straight before or behind which the name of a sign is a word like any other."""

    before: tuple[str, ...]
    behind: tuple[str, ...]


class TakenBack(Row):
    """Words that take back what was just said."""

    terms: tuple[str, ...]


class DictationTable(Row):
    """dictation.toml."""

    sign: tuple[SpokenSign, ...]
    no_sign: NoSign
    taken_back: TakenBack
