"""The denial that a list carries from one clause to the next: "no thrombus, webs or reflux"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.denied_items import ends_with_or, is_unknown_item
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import Denial, is_noun, is_thing
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_OR: Final = ("or", "nor")
_OF: Final = "of"
_NO: Final = ("no", "nil")  # they open a term that denies by itself: "no reflux"


def find_carried(chunks: Sequence[Chunk], index: int, marks: Marks) -> Denial | None:
    """The denial that reaches a clause from those before it."""
    return _carry_denial(chunks, index, marks) or _open_denial(chunks, index, marks)


def _carry_denial(chunks: Sequence[Chunk], index: int, marks: Marks) -> Denial | None:
    """The negation that reaches over from the clauses before: "no thrombus, webs or reflux".

    A "nor" denies by itself: "is not dilated, nor does it reflux".
    """
    if index == 0:
        return None
    chunk, before = chunks[index], _item_before(chunks, index)
    own = ((chunk.first - 1, chunk.first - 1), False) if chunk.separator == "nor" else None
    negated = next((p for p in reversed(before.predicates) if _denial_of(p, marks)), None)
    denial = _denial_of(negated, marks) if negated is not None else before.denied
    if denial is None or chunk.clause != before.clause:
        return own
    plain = _is_bare_noun(chunk)
    noun = negated is not None and negated.finding is not None and is_noun(negated.finding)
    again = chunk.separator in _OR or _hangs_on(chunk, denial, marks)
    if again or (chunk.separator == "/" and noun and plain):
        return denial
    if chunk.separator == "," and plain and _list_ends_with_or(chunks, index, marks):
        return denial
    thing = negated is None or is_thing(negated, marks)
    opens = denial[0][0] <= (before.first if negated is None else negated.first) and thing
    if chunk.separator == "," and opens and ends_with_or(chunks, index, marks):
        return denial  # "no DVT, deep reflux or SVT"
    if chunk.separator == "/" and opens and _names_another(chunk, negated, marks):
        return denial  # "no DVT / SFJ incompetence / varicosities"
    shared = not before.groups and all(map(is_only_leg, chunk.groups))  # "DVT and SVT in both legs"
    if chunk.separator == "and" and noun and plain and (shared or not chunk.groups):
        return denial
    return None


def _item_before(chunks: Sequence[Chunk], index: int) -> Chunk:
    """The clause before, over items of a list that nothing knows: "no clot, stenosis or reflux"."""
    at = index - 1
    while at > 0 and _is_passed(chunks[at]):
        at -= 1
    return chunks[at]


def _is_passed(chunk: Chunk) -> bool:
    """Whether an item is no vein's: of words that nothing knows, or "/ Baker's cyst /"."""
    if chunk.separator == "/":
        return chunk.kinds == {"other_structure"} and not (chunk.predicates or chunk.groups)
    return is_unknown_item(chunk) and chunk.separator in (",", *_OR)


def _denial_of(predicate: Predicate, marks: Marks) -> Denial | None:
    """The denial of a finding, be it a part of its term as in "no reflux"."""
    finding = predicate.finding
    if finding is None or predicate.negated is not None:
        return (predicate.negated, predicate.weak) if finding and predicate.negated else None
    opens = finding.value == "absent" and marks.tokens[predicate.first].norm in _NO
    return ((predicate.first, predicate.first), False) if opens else None


def _is_bare_noun(chunk: Chunk) -> bool:
    first = chunk.elements[0]
    finding = first.row("finding") if isinstance(first, Mention) else None
    return (
        finding is not None
        and is_noun(finding)
        and not any(p.numbers or p.answered for p in chunk.predicates)
    )


def _hangs_on(chunk: Chunk, denial: Denial, marks: Marks) -> bool:
    """Whether an "of" goes back to the one that the denial ends with: "absence of X and of Y"."""
    joined = chunk.separator in ("and", ",")
    return joined and marks.tokens[chunk.first].norm == marks.tokens[denial[0][1]].norm == _OF


def _names_another(chunk: Chunk, negated: Predicate | None, marks: Marks) -> bool:
    """Whether a clause names another thing, or its place, and says no more of it."""
    things = all(is_thing(p, marks) and not p.numbers for p in chunk.predicates)
    same = [p for p in chunk.predicates if negated is not None and p.finding is negated.finding]
    return things and bool(chunk.groups or (chunk.predicates and not same))


def _list_ends_with_or(chunks: Sequence[Chunk], index: int, marks: Marks) -> bool:
    """Whether a list ends with "or", between its clauses or in its last: "DVT or SVT"."""
    last = chunks[index]
    if any(t.norm in _OR for t in marks.tokens[last.first : last.last + 1]):
        return True
    for chunk in chunks[index + 1 :]:
        if chunk.separator in (*_OR, "and"):
            return True
        if chunk.separator != ",":
            return False
    return False


def _open_denial(chunks: Sequence[Chunk], index: int, marks: Marks) -> Denial | None:
    """The denial of a list whose items before say nothing of a vein: "no swelling or DVT".

    "is not dilated, tortuous or incompetent" denies each of its adjectives.
    """
    if not _lists_on(chunks, index, marks):
        return None
    for chunk in reversed(chunks[:index]):
        if chunk.clause != chunks[index].clause:
            return None
        cues = [cue for cue in chunk.cued if _denies(marks, cue)]
        if cues:
            cue, said = cues[-1], [p for p in chunk.predicates if p.first > cues[-1].last]
            if cue.cue("neutral") and chunks[index].groups and chunks[index].separator == ",":
                return None  # "no interval change, chronic thrombus in the POPV or FV"
            return None if said else ((cue.first, cue.last), cue.cue("weak_negation"))
        if (
            chunk.separator != ","
            or chunk.groups
            or any(p.negated is None for p in chunk.predicates)
        ):
            return None
    return None


def _denies(marks: Marks, cue: Mention) -> bool:
    """Whether a word denies, or a phrase with a "no" that says nothing itself: "no change or …"."""
    neutral = cue.cue("neutral") and marks.tokens[cue.first].norm == "no"
    return neutral or cue.cue("negation", "weak_negation")


def _lists_on(chunks: Sequence[Chunk], index: int, marks: Marks) -> bool:
    """Whether a clause is the last item of a list with "or", or a word alone before it."""
    chunk = chunks[index]
    if chunk.separator in _OR:
        return True
    if chunk.separator != "," or not chunk.predicates:
        return False
    if ends_with_or(chunks, index, marks):
        return True  # "no cyst, deep reflux or DVT"
    rest = [e for e in chunk.elements if not (isinstance(e, Token) and e.text == ".")]
    if len(rest) != 1:
        return False
    if any(token.norm in _OR for token in marks.tokens[chunk.first : chunk.last + 1]):
        return True  # "no haematoma, DVT or SVT", which are one name
    later = next((c for c in chunks[index + 1 :] if c.separator != ","), None)
    return later is not None and later.separator in _OR
