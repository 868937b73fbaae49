"""What is said of a rest that no word names: "the remainder is competent", "competent below this".

The contract makes no observation of it (rule 9): the rest of a vein is no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, start_of
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import GROUPS, PERFORATORS
from ultrasound.extract.places.directions import REFERRING
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.places.spots import LONG_ZONES
from ultrasound.extract.words.marks import Element
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_SEVERAL = (*GROUPS, "NSV", *PERFORATORS)  # "the remaining deep veins" are a group again
_UNDIVIDED: Final = ("IVC", "CIV", "EIV", "IIV", "CFV")  # "more proximally the CIV" is no rest
_BEYOND: Final = 2  # elements of "below mid-thigh"
_BRANCHES: Final = ("NSV", *PERFORATORS)
_GOING_ON: Final = (",", "and", "with", "without", ":", "(")
_THE: Final = "the"
_THEN: Final = "then"
_BECOMING: Final = frozenset({"become", "turn", "is"})
_JUNCTIONS: Final = ("sfj", "spj")
_REST: Final = "rest"  # "rest competent", and not "at rest"
_SIDES: Final = frozenset({"below", "beneath", "underneath", "above", "beyond"})


def dismiss_remainders(chunks: Sequence[Chunk]) -> None:
    """Dismiss the clauses that speak of a rest, and what goes on with one of them."""
    rest: Chunk | None = None
    placed = any(group.has_spot for chunk in chunks for group in chunk.groups)
    for chunk, after in zip_longest(chunks, chunks[1:]):
        heads = (
            after is not None and after.separator == ":" and any(g.has_vein for g in chunk.groups)
        )
        if chunk.dismissed is not None or heads or _lies_below_junction(chunks, chunk):
            continue  # "Lower down the GSV is slim: knee 2.7 mm"
        cue = _find_cue(chunk, placed=placed) or _find_then(chunks, chunk)
        rests = cue is not None and chunk.separator != "which" and _names_none(chunk)
        cue = cue if rests else _find_beyond(chunk)
        if cue is not None:
            chunk.dismissed, chunk.dismissed_by = "unspecific", cue
            rest = chunk
            _dismiss_listed(chunks, chunk)
        elif rest is not None and _goes_on(rest, chunk):
            chunk.dismissed, chunk.dismissed_by = rest.dismissed, rest.dismissed_by
        else:
            rest = None


def _find_cue(chunk: Chunk, *, placed: bool) -> Span | None:
    """The words that mean a rest: "elsewhere", or the last one of "and competent below"."""
    for cue in chunk.cues("remainder"):
        if not _says_where_treated(chunk, cue):
            return cue.first, cue.last
    said = list(chunk.elements)
    if isinstance(said[0], Token) and said[0].norm == _REST:
        return said[0].index, said[0].index
    while said and isinstance(said[-1], Token) and said[-1].kind == "sign":
        said.pop()
    end = said.pop() if said else None
    if _refers(chunk, said, placed=placed) or (said and isinstance(said[-1], Number)):
        return None  # "another perforator is seen 18 cm above"
    if isinstance(end, Token) and end.norm in _SIDES:
        return end.index, end.index
    if isinstance(end, Mention) and end.cue("direction") and end.first == end.last:
        return end.first, end.last
    return None


def _lies_below_junction(chunks: Sequence[Chunk], chunk: Chunk) -> bool:
    """Whether a trunk is told of below its junction, which is all of it: "SFJ ligated; GSV …".

    As in "SFJ ligated; the GSV is patent below".
    """
    before = [p for c in chunks if c.first < chunk.first for group in c.groups for p in group.parts]
    own = [part for group in chunk.groups for part in group.parts]
    trunks = {part.vein for part in own if part.vein and not part.has_spot}
    return (
        bool(before and own and trunks)
        and all(part.spot.code in _JUNCTIONS and part.vein in trunks for part in before)
        and not chunk.cues("remainder")
    )


def _find_then(chunks: Sequence[Chunk], chunk: Chunk) -> Span | None:
    """The "then" behind how far a vein is competent: "competent until the knee, then refluxing"."""
    if chunk.groups or not turns_there(chunks, chunk):
        return None
    return chunk.first - 1, chunk.first - 1


def turns_there(chunks: Sequence[Chunk], chunk: Chunk) -> bool:
    """Whether it tells what a vein turns to behind the range of the clause before.

    As in "competent until the knee, then refluxing", "to the knee, where it becomes competent".
    """
    at = next(i for i, other in enumerate(chunks) if other is chunk)
    if at and chunk.separator == "and" and not chunks[at - 1].predicates:
        at -= 1  # "where it becomes small and competent"
    turn, before = chunks[at], chunks[at - 1] if at else None
    turns = turn.separator == _THEN or (
        turn.separator == "where" and not turn.norms.isdisjoint(_BECOMING)
    )
    if before is None or not turns or not chunk.predicates:
        return False
    ranged = any(part.until is not None for group in before.groups for part in group.parts)
    told, own = ({p.value for p in c.predicates if _is_reflux(p)} for c in (before, chunk))
    opposed = len(told) == len(own) == 1 and told != own
    return ranged and opposed and all(_is_reflux(p) for p in chunk.predicates)


def _is_reflux(predicate: Predicate) -> bool:
    return predicate.finding is not None and predicate.finding.property == "reflux"


def _refers(chunk: Chunk, before: Sequence[Element | PlaceGroup], *, placed: bool) -> bool:
    """Whether a direction means the report's own words: "not mentioned above", "as shown above".

    A word of seeing alone does so only where no level is named: "left SSV reflux is shown above".
    """
    *rest, word = before or (None,)
    if isinstance(word, Token):
        return word.norm in REFERRING
    if not isinstance(word, Mention) or not word.cue("affirmation_after"):
        return False
    lead = rest[-1] if rest else None
    named = any(part.vein and part.legs for group in chunk.groups for part in group.parts)
    led = isinstance(lead, Token) and lead.norm in REFERRING
    return led or (named and not placed and "negation" not in chunk.kinds)


def _says_where_treated(chunk: Chunk, cue: Mention) -> bool:
    """Whether a vein was treated in another place: "right GSV EVLA 2021 elsewhere"."""
    found = [p for p in chunk.predicates if p.finding is not None]
    treats = all(p.finding and p.finding.property == "treatment" for p in found)
    return bool(found) and treats and found[-1].last < cue.first


def _find_beyond(chunk: Chunk) -> Span | None:
    """The words of "below mid thigh: no reflux": what lies beyond a level of a zone."""
    opening = [e for e in chunk.elements if not (isinstance(e, Token) and e.norm == _THE)]
    if len(opening) < _BEYOND:
        return None
    side, level = opening[:_BEYOND]
    word = isinstance(side, Token) and side.norm in _SIDES
    word |= isinstance(side, Mention) and side.cue("direction")
    if not word or not isinstance(level, PlaceGroup) or not _opens_with_level(level):
        return None
    if any(part.vein in _BRANCHES for group in chunk.groups for part in group.parts):
        return None  # "below the mid calf lies a perforator"
    part = level.parts[0]
    inside = len(level.parts) == 1 and part.until is None and part.spot.level is not None
    return (start_of(side), level.last) if inside and part.spot.zone in LONG_ZONES else None


def _opens_with_level(group: PlaceGroup) -> bool:
    """Whether a phrase is a level, or begins with one: "below mid calf the right SSV is absent"."""
    part = group.parts[0]
    at = part.spot_at[0].first if part.spot_at else None
    names = [mention.first for mention in (part.vein_at, part.leg_at) if mention is not None]
    return at is not None and all(at < name for name in names)


def _names_none(chunk: Chunk) -> bool:
    """Whether a clause names no level, and no group of veins ("otherwise no DVT" is of one)."""
    if any(p.finding is not None and p.finding.vein for p in chunk.predicates):
        return False
    parts = [part for group in chunk.groups for part in group.parts]
    return not any(part.has_spot or part.vein in (*_SEVERAL, *_UNDIVIDED) for part in parts)


def _goes_on(rest: Chunk, chunk: Chunk) -> bool:
    """Whether a clause says more of the rest: "below this the GSV is small and competent"."""
    if chunk.clause != rest.clause or chunk.separator not in _GOING_ON:
        return False
    said = bool(rest.predicates)
    return _names_none(chunk) and not (said and any(g.has_vein for g in chunk.groups))


def _dismiss_listed(chunks: Sequence[Chunk], rest: Chunk) -> None:
    """Dismiss the states of a list that ends with a rest: "patent and competent above this"."""
    at = next(i for i, chunk in enumerate(chunks) if chunk is rest)
    if rest.groups or not rest.predicates:
        return
    after = rest
    for chunk in reversed(chunks[:at]):
        bare = chunk.predicates and not chunk.groups and chunk.clause == rest.clause
        if after.separator not in (",", "and") or not bare or chunk.dismissed is not None:
            return
        if any(p.numbers for p in chunk.predicates) or chunk.separator in ("start", ":"):
            return
        chunk.dismissed, chunk.dismissed_by = rest.dismissed, rest.dismissed_by
        after = chunk
