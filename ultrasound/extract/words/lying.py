"""A vein that lies near the skin: "It becomes tortuous and superficial" names no system.

Nor does "superficial course in the thigh", "superficial to the fascia".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_WORD: Final = "superficial"
_VERBS: Final = frozenset({"become", "run", "turn", "is", "lie", "remain", "course"})
_JOINTS: Final = ("and", "more", "very", "quite", "&")
_ENDS: Final = frozenset({".", ",", ";", ")", "and", "in", "at", "below", "above", "from"})
_SHAPES: Final = frozenset({"course", "to", "position"})  # behind it
_REACH: Final = 5  # tokens from the verb to the word


def leave_lying(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions without such words."""
    if all(token.norm != _WORD for token in tokens):
        return mentions
    return [m for m in mentions if not _says_how_it_lies(m, mentions, tokens)]


def _says_how_it_lies(
    mention: Mention, mentions: Sequence[Mention], tokens: Sequence[Token]
) -> bool:
    """Whether the word alone stands with an adjective behind a verb, and no noun follows."""
    if mention.first != mention.last or tokens[mention.first].norm != _WORD:
        return False
    after = tokens[mention.last + 1 : mention.last + 2]
    if after and after[0].norm in _SHAPES:
        return True
    if after and after[0].norm not in _ENDS:
        return False
    before = tokens[max(0, mention.first - _REACH) : mention.first]
    joined = bool(before) and before[-1].norm in _JOINTS
    shape = any(m.last == mention.first - 2 and m.row("finding") is not None for m in mentions)
    return joined and shape and any(token.norm in _VERBS for token in before)
