"""A report that says itself that it names the wrong leg: "Laterality error: the LEFT was scanned".

What it said before is of the leg that the correction names, or of none where it does not tell; a
person decides. Where it speaks of a single vein, the facts stay and that vein goes to a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.facts.fact import COMPARED, Doubt, Fact, Outcome
from ultrasound.extract.lines.layout import STOPS, Line
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks, make_legs
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_CUE: Final = "side_error"
_WRONGLY: Final = frozenset({"erroneously", "incorrectly", "mistakenly", "wrongly"})
_REACH: Final = 5  # words from a leg to what is said of it
_TRUE: Final = frozenset(
    {"be", "is", "was", "to", "correct", "corrected", "actually", "read", "say", "state", "of"}
    | {"concern", "concerns", "really", "fact", "examined", "scanned", "imaged", "studied"}
)
_FALSE: Final = frozenset(
    {"not", "instead", "than", "erroneously", "incorrectly", "mistakenly", "wrongly", "stated"}
    | {"labelled", "labeled", "recorded", "described", "reported", "marked", "entered", "says"}
    | {"dictated", "states", "said", "typed", "given", "listed", "wrong", "incorrect"}
)
_ASKING: Final = frozenset({"should", "error", "mistake", *_WRONGLY})
_READ: Final = ("read", "say", "state")
_NAMES: Final = ("vein", "place", "inferred", "level", "zone", "finding")
_QUOTES: Final = ('"', "'", "“", "”", "‘", "’")
_NEAR: Final = 3
_CLAUSE: Final = (",", ";", ":", "(", ")", "and", "but")


def correct_sides(
    outcomes: Sequence[Outcome], marks: Marks, lines: Sequence[Line]
) -> list[Outcome]:
    """The outcomes as corrections of the side leave them."""
    kept, done = list(outcomes), 0
    for cue in _find_cues(marks):
        passage = _passage(marks, lines, cue)
        if passage[0] >= done:
            kept, done = _correct(kept, marks, passage, (cue.first, cue.last)), passage[1]
    return kept


def _correct(kept: list[Outcome], marks: Marks, passage: Span, said: Span) -> list[Outcome]:
    """The outcomes as one correction leaves them."""
    first, last = passage
    before = [o for o in kept if isinstance(o, Fact) and o.leg and _leg_at(o) < first]
    veins = {getattr(row, "code", "") for row in _veins(marks, first, last)}
    if veins:
        meant = {(o.leg, o.vein) for o in before if o.vein in veins}
        return [*kept, *(Doubt("leg_conflict", said, *place) for place in sorted(meant, key=str))]
    kept = [*kept, Doubt("leg_conflict", said)]
    true = _find_true(marks, first, last)
    named = {o.leg for o in before if o.vein not in COMPARED}
    if true is not None and named <= {true[0]}:
        return kept
    if true is None and not any(o.cue[0] < first for o in before):
        return kept  # at the top the report may be corrected already
    moved = true if true is not None and named == {true[0].other} else None
    return [_move(o, moved, said) if o in before else o for o in kept]


def _find_cues(marks: Marks) -> Iterator[Mention]:
    """The words that tell of a wrong side: those of the tables, a leg that "should read" so."""
    if not (_ASKING & marks.norms or any(m.cue(_CUE) for m in marks.mentions)):
        return
    for mention in marks.mentions:
        row = mention.row("leg")
        if mention.cue(_CUE) or (
            row is not None and len(row.legs) == 1 and _corrects(marks, mention)
        ):
            yield mention


def _corrects(marks: Marks, leg: Mention) -> bool:
    """Whether a leg alone "should read" so, or was "erroneously stated", "stated in error"."""
    before = [
        t.norm for t in marks.tokens[max(0, leg.first - _NEAR) : leg.first] if t.kind == "word"
    ]
    behind = [t for t in marks.tokens[leg.last + 1 : leg.last + 1 + _NEAR] if t.text not in _QUOTES]
    after = marks.mention_at(behind[0].index) if behind else None
    if after is not None and after.row(*_NAMES) is not None:
        return False
    should = before[-2:-1] == ["should"] and before[-1] in _READ
    should |= before[-3:] == ["should", "have", "read"]
    in_error = tuple(t.norm for t in behind[:2]) in (("in", "error"), ("by", "mistake"))
    return should or in_error or not _WRONGLY.isdisjoint(before)


def _leg_at(fact: Fact) -> int:
    """Where a fact's leg is told."""
    return next((at[0] for role, at in fact.support if role == "leg"), fact.cue[0])


def _move(fact: Outcome, true: tuple[Leg, Span] | None, said: Span) -> Outcome:
    """A fact of the leg that a correction names, of none where it names none."""
    if not isinstance(fact, Fact) or (true is not None and fact.leg is true[0]):
        return fact
    leg, at = true if true is not None else (None, said)
    return replace(
        fact, leg=leg, support=(("leg", at), *(s for s in fact.support if s[0] != "leg"))
    )


def _passage(marks: Marks, lines: Sequence[Line], cue: Mention) -> Span:
    """The sentence of a cue and the rest of its paragraph (half-open)."""
    start = max((line.first for line in lines if line.first <= cue.first), default=0)
    ends = (line.first for line in lines if line.first > cue.last and line.blank_before)
    stops = [i for i in range(start, cue.first) if marks.tokens[i].text in STOPS]
    return (stops[-1] + 1 if stops else start), next(ends, len(marks.tokens))


def _veins(marks: Marks, first: int, last: int) -> Iterator[object]:
    """The veins that the sentence of a correction names."""
    end = next((i for i in range(first, last) if marks.tokens[i].text in STOPS), last)
    for mention in marks.mentions_in(first, end):
        if (row := mention.row("vein", "place", "inferred")) is not None:
            yield row


def _find_true(marks: Marks, first: int, last: int) -> tuple[Leg, Span] | None:
    """The leg that a correction names as the one examined, and its words; None where it is open."""
    told: dict[Leg, Span] = {}
    for mention in marks.mentions_in(first, last):
        row = mention.row("leg")
        legs = () if row is None else make_legs(row.legs)
        right = _is_true(marks, mention, first, last) if len(legs) == 1 else None
        if right is not None:
            told.setdefault(legs[0] if right else legs[0].other, (mention.first, mention.last))
    return next(iter(told.items())) if len(told) == 1 else None


def _is_true(marks: Marks, leg: Mention, first: int, last: int) -> bool | None:
    """Whether a leg is called the right or the wrong one; None where nothing tells."""
    behind = _cut(marks.tokens[leg.last + 1 : min(last, leg.last + 1 + _REACH)])
    before = _cut(marks.tokens[max(first, leg.first - _REACH) : leg.first][::-1])
    if "not" in behind or not _FALSE.isdisjoint(behind):
        return False
    nearest = next((word for word in before if word in _FALSE or word in _TRUE), None)
    if nearest is None:
        return True if not _TRUE.isdisjoint(behind) else None
    if nearest in ("of", "to", "as") and not _FALSE.isdisjoint(before):
        return False  # "instead of the right"
    return nearest not in _FALSE


def _cut(tokens: Sequence[Token]) -> list[str]:
    """The words up to the end of their clause, as written: "says" is not "say"."""
    words = [token.text.lower() for token in tokens]
    end = next((i for i, w in enumerate(words) if w in _CLAUSE or w in STOPS), len(words))
    return words[:end]
