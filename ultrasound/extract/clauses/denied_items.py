"""Items of a denied list that are more than one word: "no DVT, deep reflux or varicose veins".

An item names things, with the veins, ages and words that belong to them, and says nothing else of
them. A list with "or" is denied as a whole, whatever its items are; so is one that a closing
denial ends, "DVT and EHIT excluded", whose items before are bare names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import NORMAL, Denial, is_thing
from ultrasound.extract.clauses.statements import VERBS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Marks

_OR: Final = ("or", "nor")
_JOINTS: Final = (*_OR, "and", "&", "/", "+")
_MOST: Final = 4  # words of an item beside its thing: "residual", "in the"
_HARMLESS: Final = frozenset({"affirmation_after", "grade", "neutral", "now", "current", "treated"})
_ARTICLES: Final = ("any", "a", "an", "the", ".")


def is_item(chunk: Chunk, marks: Marks) -> bool:
    """Whether a clause is an item of a list, and no statement of its own."""
    if not chunk.kinds <= _HARMLESS or len(chunk.words) > _MOST:
        return False
    if not chunk.norms.isdisjoint(VERBS):
        return False
    things = [p for p in chunk.predicates if _is_named(p, chunk, marks) and not p.answered]
    return len(things) == len(chunk.predicates) and (bool(things) or _names_varices(chunk))


def _is_named(predicate: Predicate, chunk: Chunk, marks: Marks) -> bool:
    """Whether it names a thing, or is the adjective before a vein: "incompetent perforators"."""
    finding = predicate.finding
    if is_thing(predicate, marks):
        return True
    ill = finding is not None and finding.kind == "word" and finding.value not in NORMAL
    return ill and any(group.first == predicate.last + 1 for group in chunk.groups)


def _names_varices(chunk: Chunk) -> bool:
    """Whether a clause names varicose veins, which are a finding by their name."""
    return any(part.anatomy for group in chunk.groups for part in group.parts)


def note_denied(chunk: Chunk, carried: Denial | None, marks: Marks) -> None:
    """Note what denies the varicose veins of a clause: the denial of its list, or its own."""
    if not _names_varices(chunk):
        return
    if not chunk.predicates:
        chunk.denied = carried or _own_denial(chunk)
    elif carried is not None and any(_joins_veins(group, marks) for group in chunk.groups):
        chunk.denied = carried


def _own_denial(chunk: Chunk) -> Denial | None:
    """The denial that a clause opens with, before the varicose veins that it names."""
    first = chunk.cues("negation", "weak_negation")[:1]
    at = next((g.first for g in chunk.groups if any(p.anatomy for p in g.parts)), None)
    if not first or at is None or first[0].first > at:
        return None
    return (first[0].first, first[0].last), first[0].cue("weak_negation")


def ends_with_or(chunks: Sequence[Chunk], index: int, marks: Marks) -> bool:
    """Whether an item is followed by others of which the last stands behind an "or"."""
    if not is_item(chunks[index], marks):
        return False
    if any(_joins_veins(group, marks) for group in chunks[index].groups):
        return True  # "no DVT, varicosities or deep reflux"
    for chunk in chunks[index + 1 :]:
        if chunk.separator in _OR:
            return is_item(chunk, marks)
        if chunk.separator != "," or not (is_item(chunk, marks) or is_unknown_item(chunk)):
            return False
    return False


def _joins_veins(group: PlaceGroup, marks: Marks) -> bool:
    """Whether an "or" stands between the veins of a phrase, and not between its levels."""
    words = [token.norm for token in marks.tokens[group.first : group.last + 1]]
    veins = {part.vein for part in group.parts} - {None}
    return len(veins) > 1 and not set(_OR).isdisjoint(words)


def is_unknown_item(chunk: Chunk) -> bool:
    """Whether a clause is a few words of which none is known, or names what is no vein."""
    known = chunk.predicates or chunk.groups or not chunk.kinds <= {"other_structure"}
    return not known and len(chunk.words) < _MOST


def deny_named_before(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Deny the bare names before one that is denied behind itself: "DVT and EHIT not seen"."""
    for index, chunk in enumerate(chunks[1:], 1):
        things = [p for p in chunk.predicates if is_thing(p, marks) and p.negated is not None]
        denial = things[0].negated if len(things) == 1 else None
        named = any(group.first < (things[0].first if things else 0) for group in chunk.groups)
        if denial is None or named or denial[0] <= _end_of_name(things[0], marks):
            continue
        at = index
        while at and chunks[at - 1].clause == chunk.clause:
            joined = chunks[at].separator in (_JOINTS if at == index else (*_JOINTS, ","))
            name = _bare_name(chunks[at - 1], marks)
            if name is None or not joined:
                break
            name.negated, at = denial, at - 1


def _end_of_name(thing: Predicate, marks: Marks) -> int:
    """The last token of a name, without the answer that it has taken in: "EHIT: negative"."""
    named = marks.mention_at(thing.first)
    return thing.first if named is None else named.last


def _bare_name(chunk: Chunk, marks: Marks) -> Predicate | None:
    """The thing that a clause names with no further word, of which nothing is said."""
    only = chunk.predicates[0] if len(chunk.predicates) == 1 else None
    if only is None or chunk.groups or chunk.cued or not chunk.norms.issubset(_ARTICLES):
        return None
    said = only.negated is not None or only.affirmed or only.answered
    return None if said or not is_thing(only, marks) else only
