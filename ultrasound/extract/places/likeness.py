"""Where a report says that one leg is as the other: "Left: same as right, but the SSV holds"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element, Marks, first_of, make_legs
from ultrasound.extract.words.mentions import Mention
from ultrasound.value import value_type

_SAME: Final = ("same", "identical", "ditto")
_AS: Final = "as"
_TOPIC: Final = ("to", "for")
_SIMILAR: Final = ("similar", "comparable", "mirror", "resemble", "like")
_ALIKE: Final = ("similar", "comparable")
_NOUNS: Final = ("finding", "appearance", "picture", "result", "pattern")
_OTHERS: Final = ("as", "to", "with", "on", "in", "of")
_LINKS: Final = ("as", "to", "with", "on", "for", "in", "the", "of", "that", "those", *_NOUNS)
_LEADS: Final = (":", "-", "–", "is", "are", "be", "the", "show", "has", "have", "exactly", *_NOUNS)
_ABOVE: Final = "above"
_ENDS: Final = (".", ";", ",")
_EXCEPTING: Final = (
    *("but", "except", "excepting", "apart", "save", "bar", "barring", "though", "although"),
    *("only", "aside", "other", "with", "however", "yet"),
)
_GROUP_OF: Final = {"DEEP": "deep", "SUPERFICIAL": "superficial"}
_COMPARING: Final = ("as", "to", "with")
_NEAR: Final = 5  # tokens from the word to its leg
_LIKE: Final = frozenset((*_SAME, _AS, *_SIMILAR))


@value_type
class Likeness:
    """A leg that is as the other, the words that say so, and the system that is meant.

    ``compared``: they end with the name of the other leg; ``loose``: it is only similar.
    """

    leg: Leg
    at: Span
    system: str | None
    compared: bool = False
    loose: bool = False


def find_likenesses(marks: Marks) -> Iterator[Likeness]:
    """The likenesses of a report, from left to right."""
    if marks.norms.isdisjoint(_LIKE):
        return
    for leg in marks.mentions:
        like = _read_likeness(marks, leg)
        if like is not None:
            yield like


def drop_compared(elements: Sequence[Element], marks: Marks) -> list[Element]:
    """Leave "as right" out of "Left: as right, but the SSV holds": nothing is found of that leg."""
    if marks.norms.isdisjoint(_LIKE):
        return list(elements)
    left: set[int] = set()
    for element in elements:
        like = _read_likeness(marks, element) if isinstance(element, Mention) else None
        if like is not None and like.compared:
            left.update(range(like.at[0], like.at[1] + 1))
    return [e for e in elements if first_of(e) not in left]


def _read_likeness(marks: Marks, leg: Mention) -> Likeness | None:
    row = leg.row("leg")
    if row is None or len(row.legs) != 1 or "other" in row.legs:
        return None
    side = make_legs(row.legs)[0]
    return _read_source(marks, leg, side) or _read_target(marks, leg, side)


def _read_source(marks: Marks, leg: Mention, side: Leg) -> Likeness | None:
    """The leg that is as another: "Left: same as right", "the same on the left"."""
    if not _ends(marks, leg.last + 1):
        return None
    for start in range(leg.first - 1, max(-1, leg.first - _NEAR), -1):
        word = marks.tokens[start].norm
        topic = word == _AS and marks.tokens[start + 1].norm in _TOPIC
        if topic and marks.tokens[max(0, start - 1)].text != ":":
            return None  # "As to the left leg, …"
        if word in _LIKE and _is_led(marks, start):
            between = {token.norm for token in marks.tokens[start : leg.first]}
            loose = word in _SIMILAR
            # else it is "the same on the right"
            source = loose or topic or not between.isdisjoint(_COMPARING)
            of = side.other if source else side
            return Likeness(of, (start, leg.last), None, compared=source, loose=loose)
        if word not in _LINKS:
            return None
    return None


def _read_target(marks: Marks, leg: Mention, side: Leg) -> Likeness | None:
    """The leg of "left leg: same deep findings", "Left: identical", "the left is similar"."""
    index = leg.last + 1
    while index < len(marks.tokens) and marks.tokens[index].norm in _LEADS:
        index += 1
    if index >= len(marks.tokens):
        return None
    if marks.tokens[index].norm in _ALIKE:
        follows = marks.tokens[index + 1 : index + 2]
        last = index + bool(follows and follows[0].norm in _NOUNS)
        return Likeness(side, (index, last), None, loose=True) if _ends(marks, last + 1) else None
    labelled = marks.tokens[index - 1].norm in _LEADS
    if labelled and (above := _find_above(marks, index)) is not None:
        return Likeness(side, (index, above), None)
    if marks.tokens[index].norm not in _SAME:
        return None
    system, last = _read_system(marks, index + 1)
    noun = last < len(marks.tokens) and marks.tokens[last].norm in _NOUNS
    if not noun and (system is not None or not _ends(marks, last)):
        return None
    if noun and any(t.norm in _OTHERS for t in marks.tokens[last + 1 : last + 2]):
        return None  # "same findings as in 2019"
    return Likeness(side, (index, last if noun else index), system)


def _find_above(marks: Marks, index: int) -> int | None:
    """Where "as above" or "same as above" ends that begins at a token."""
    words = [token.norm for token in marks.tokens[index : index + 3]]
    if words[:1] and words[0] in _SAME:
        index, words = index + 1, words[1:]
    ends = words[:2] == [_AS, _ABOVE] and _ends(marks, index + 2)
    return index + 1 if ends else None


def _read_system(marks: Marks, index: int) -> tuple[str | None, int]:
    """The system that is named at a token, and the token behind it."""
    mention = marks.mention_at(index)
    row = mention.row("vein") if mention is not None else None
    code = getattr(row, "code", None)
    if mention is not None and code in GROUPS:
        return _GROUP_OF.get(code), mention.last + 1
    word = marks.tokens[index].norm if index < len(marks.tokens) else ""
    return (word, index + 1) if word in _GROUP_OF.values() else (None, index)


def _is_led(marks: Marks, index: int) -> bool:
    """Whether nothing but a leg and light words stands before a token in its sentence."""
    while index and "\n" not in marks.tokens[index].gap:
        before = marks.mention_over(index - 1)
        leg = before if before is not None and before.row("leg") is not None else None
        if marks.tokens[index - 1].text in (".", ";"):
            return True
        if leg is None and marks.tokens[index - 1].norm not in _LEADS:
            return False
        index = index - 1 if leg is None else leg.first
    return True


def _ends(marks: Marks, index: int) -> bool:
    """Whether a sentence or line ends before a token, or an exception follows."""
    if index >= len(marks.tokens):
        return True
    token = marks.tokens[index]
    return token.text in _ENDS or token.norm in _EXCEPTING or "\n" in token.gap
