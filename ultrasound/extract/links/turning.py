"""The leg of an exam's own label, and one that a sentence turns to: "Left leg scanned too"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COMPARED
from ultrasound.extract.lines.exam_sides import EXAMINED, TURNING, leave_asides, name_sides
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import Part, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, Span, compose, make_site
from ultrasound.extract.state import State
from ultrasound.extract.words.marks import Marks

_ELSEWHEN: Final = frozenset(
    {
        "requested",
        "booked",
        "arranged",
        "planned",
        "due",
        "advised",
        "recommended",
        "will",
        "should",
    }
    | {"before", "previously", "until", "if", "would", "unless", "needs", "pending", "ago", "later"}
    | {"next", "tomorrow", "yesterday", "last", "see", "await", "awaiting", "separately"}
)
_ONLY: Final = frozenset({"only", "limited", "unilateral"})
_CUES: Final = ("negation", "prior", "history", "plan", "question", "weak_negation", "versus")
# before a leg that opens a sentence
_LEADING: Final = frozenset(
    {"in", "on", "the", "for", "of", "examination", "exam", "scan", "evaluation", "assessment"}
)
_REASONS: Final = ("plan", "question", "history")
_SECTIONS: Final = (None, "findings")
_BEFORE_EXAM: Final = ("history", "indication", "comparison")
_LONGEST_LABEL: Final = 5  # tokens of the label of a leg


def take_side(state: State, marks: Marks, first: int, line: Line, asides: Container[str]) -> None:
    """Take the exam's side from the value of its label: "Side: LEFT", "[x] right [ ] left".

    Where several legs are named or ticked, all of them were examined, but for those named in
    passing by words that are ``asides``.
    """
    named = leave_asides(marks, name_sides(marks, first, line.last), line.last, asides)
    legs = [leg for leg, _ in named]
    state.title_at = named[0][1] if named else state.title_at
    if len(legs) == 1:  # as a heading does, for what stands below
        state.legs, state.leg_at, state.leg_depth = (legs[0],), state.title_at, line.depth
        state.vein, state.focus = (), ()
        state.sticky.leave()
    if legs:
        state.title_legs = tuple(dict.fromkeys(legs))
        state.sticky.both = len(state.title_legs) > 1


def turn_leg(state: State, marks: Marks, chunks: Sequence[Chunk]) -> None:
    """Put a leg in force of which a sentence says that it was examined too.

    As in "Addendum: the left leg was also scanned. SFJ competent.", under the other one's title.
    """
    in_force = state.legs or state.title_legs
    if state.section not in _SECTIONS or not chunks:
        return
    if len(in_force) != 1:
        _limit_legs(state, marks, chunks)
        return
    turning = marks.tokens[chunks[0].first].norm in TURNING  # "Turning to the left leg, the SFJ …"
    opening = chunks[:1] if turning else _part_of_leg(chunks)
    parts = [part for chunk in opening for group in chunk.groups for part in group.parts]
    if not parts or len(parts[0].legs) != 1 or parts[0].legs == in_force:
        return
    if turning or (len(parts) == 1 and _tells_of_exam(marks, opening)):
        state.turn(parts[0].legs, make_site(parts[0]).leg_at)


def _limit_legs(state: State, marks: Marks, chunks: Sequence[Chunk]) -> None:
    """Speak of one leg, where only it was examined: "Only the left leg was examined today"."""
    words = {t.norm for t in marks.tokens[chunks[0].first : chunks[-1].last + 1]}
    parts = [part for chunk in chunks for group in chunk.groups for part in group.parts]
    told = len(parts) == 1 and len(parts[0].legs) == 1 and not parts[0].vein
    limited = not words.isdisjoint(_ONLY) and bool(words & EXAMINED) and not words & _ELSEWHEN
    if told and limited and len(state.title_legs) > 1 and not state.legs:
        state.title_legs, state.title_at = parts[0].legs, make_site(parts[0]).leg_at
        state.sticky.leave()


def note_opening(state: State, marks: Marks, chunks: Sequence[Chunk], *, continued: bool) -> None:
    """Keep the leg with which a paragraph opens, until a sentence of it names another one."""
    parts = [part for chunk in chunks for group in chunk.groups for part in group.parts]
    first = parts[0].leg_at if parts else None
    label = state.section not in _BEFORE_EXAM and _is_label(marks, chunks, parts)
    state.past = any(map(_tells_past, chunks))
    state.announced = label or (bool(chunks) and _tells_of_exam(marks, _part_of_leg(chunks)))
    opens = first is not None and (label or _opens_with(marks, (first.first, first.last)))
    if opens and chunks and len(parts[0].legs) == 1 and first and first.first >= chunks[0].first:
        state.opened = parts[0].legs
    elif not continued or any(part.legs not in ((), state.opened) for part in parts):
        state.opened = ()


def _tells_past(chunk: Chunk) -> bool:
    """Whether a clause tells of an earlier exam or treatment: "Previous right EVLA"."""
    found = [p.finding for p in chunk.predicates if p.finding is not None]
    return bool(chunk.prior or chunk.cues("prior")) or any(f.property == "treatment" for f in found)


def _is_label(marks: Marks, chunks: Sequence[Chunk], parts: Sequence[Part]) -> bool:
    """Whether a line is a leg's label of a form of its own: "RT LL", "Index leg (left)"."""
    plain = not any(c.predicates or c.dismissed or c.prior for c in chunks) and len(parts) == 1
    leg_at = parts[0].leg_at if parts else None
    if not plain or parts[0].vein or leg_at is None:
        return False
    words = marks.tokens[chunks[0].first : chunks[-1].last + 1]
    opens = leg_at.first == chunks[0].first or len(words) <= _LONGEST_LABEL
    capitals = all(word.text.isupper() for word in words if word.kind == "word")
    return (opens and words[-1].text != ".") or (capitals and len(words) <= _LONGEST_LABEL)


def stay_on_leg(state: State, marks: Marks, groups: Sequence[PlaceGroup]) -> tuple[Site, ...]:
    """The leg that the sentences before opened with, for one that names another vein of it.

    As in "In the left leg the GSV refluxes. The SSV is competent.", whatever leg heads it; where
    only the groin was looked at, as for comparison, the leg in force is spoken of again.
    """
    named = bool(groups) and groups[0].has_vein and not groups[0].has_leg
    last = state.focus[-1] if state.focus else None
    if not named or state.then or last is None or len(last.legs) != 1 or last.leg_at is None:
        return ()
    veins = {site.vein for site in state.focus}
    treated = {site.vein for site in state.treated if site.legs == last.legs}
    stays = state.opened == last.legs
    passed = COMPARED if stays else COMPARED | treated
    led = len(state.title_legs) != 1 and state.legs not in ((), last.legs)
    led = led and _begins_line(marks, last.leg_at)
    if None in veins or veins <= passed or not (stays or led or _opens_with(marks, last.leg_at)):
        return ()
    return (last.only_leg(),)


def _begins_line(marks: Marks, leg_at: Span) -> bool:
    """Whether a leg is the first word of its line: "Left GSV: competent. SSV: …"."""
    return leg_at[0] == 0 or "\n" in marks.tokens[leg_at[0]].gap


def _opens_with(marks: Marks, leg_at: Span) -> bool:
    """Whether a leg opens its sentence, and no vein stands straight behind it: "On the left, …"."""
    first, last = leg_at
    behind = marks.mention_at(last + 1)
    if first == last or (behind is not None and behind.row("vein", "place") is not None):
        return False
    while first and marks.tokens[first - 1].norm in _LEADING:
        first -= 1
    return first == 0 or "\n" in marks.tokens[first].gap or marks.tokens[first - 1].text == "."


def _part_of_leg(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """The clauses about the first place, between colons: "Addendum, same day: the left leg …"."""
    place = next((i for i, chunk in enumerate(chunks) if chunk.groups), 0)
    colons = [i for i, chunk in enumerate(chunks) if i and chunk.separator == ":"]
    start = max((i for i in colons if i <= place), default=0)
    return chunks[start : min((i for i in colons if i > place), default=len(chunks))]


def _tells_of_exam(marks: Marks, chunks: Sequence[Chunk]) -> bool:
    """Whether clauses only say that a leg was examined, today and not at another time."""
    words = {t.norm for c in chunks for t in marks.tokens[c.first : c.last + 1]}
    plain = all(
        all(is_only_leg(group) for group in chunk.groups)
        and not (chunk.predicates or chunk.prior or chunk.dismissed or chunk.cues(*_CUES))
        for chunk in chunks
    )
    return plain and bool(words & EXAMINED) and not words & _ELSEWHEN


def find_reason_leg(
    state: State, chunks: Sequence[Chunk], groups: Sequence[PlaceGroup], *, continued: bool
) -> tuple[Site, ...]:
    """The leg that a sentence names which says only why or when it is examined, as a heading would.

    As in "Three-month DVT follow-up, left leg. The femoral vein …"; under a leg that a heading or
    the title names, and behind a sentence about one, none.
    """
    parts = [part for group in groups for part in group.parts]
    legs = {leg for part in parts for leg in part.legs}
    told = any(chunk.dismissed not in _REASONS for chunk in chunks)
    veins = {part.vein for part in parts}  # "Known varicose veins, left leg"
    if len(legs) != 1 or told or not veins <= {None, "NSV"}:
        return ()
    spoken = {leg for site in (state.focus if continued else ()) for leg in site.legs}
    if 1 in (len(state.legs), len(state.title_legs), len(spoken)):
        return ()
    sites = (site for group in groups for site in compose(group, ()))
    return tuple(site.only_leg() for site in sites if site.legs)[:1]
