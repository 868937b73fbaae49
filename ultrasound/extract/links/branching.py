"""Branches that are named where a trunk takes its reflux from, or gives it to.

As in "the GSV picks up reflux from a vulval tributary and stays incompetent to the knee", "refluxes
to the mid thigh, where a perforator joins it": the size and the finding beside the branch are its
own, and what goes on behind it is the trunk's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, place_in, start_of
from ultrasound.extract.links.focus import are_perforators, is_branch
from ultrasound.extract.links.resuming import are_trunks, is_set_off
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.places.spots import is_long
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_REACH: Final = 7  # elements between "via" and the branch: "via a large refluxing medial tributary"
_LED_BY: Final = ("joins", "gives", "from")
_LED_BY_WORDS: Final = frozenset({"from", "via", "by", "through", "into", "off", "receive", "to"})
_WHERE, _FROM, _IT = "where", "from", "it"
_TRUNK: Final = "trunk"
_SUBJECT: Final = 4  # words: "and the main trunk"
_INNER: Final = ("which", "that", "(", "[", "with", "measuring", "whose")
_RELATIVES: Final = ("which", "that", "thats", "that's")
_GOING_ON: Final = ("start", ";", "and", "&", "but", "then", "while", "whereas", "where")
_VERBS: Final = frozenset(
    {"is", "was", "stays", "remains", "becomes", "refluxes", "leaks", "has", "shows", "measures"}
    | {"continues", "runs", "normalises", "normalizes", "tapers"}
)
_ADVERBS: Final = frozenset({"then", "thereafter", "again", "also", "still", "itself", "it"})
_LEADING: Final = frozenset(
    {"from", "at", "in", "the", "by", "on", "within", "over"} | {"below", "to"}
)


def note_branch(thread: Thread, chunk: Chunk, before: tuple[Site, ...]) -> None:
    """Keep the trunk of a clause that ends with a branch named in passing.

    Args:
        thread: The sentence; its ``stem`` is set, or ended.
        chunk: The clause that was linked.
        before: What was spoken of before the clause.
    """
    if not is_branch(thread.focus):
        thread.stem = ()
        return
    named = [group for group in chunk.groups if group.has_vein]
    if not named:
        _note_behind_bracket(thread, chunk)
        return
    trunk = _find_trunk(thread, chunk, before)
    legs = {site.legs for site in thread.focus}
    led = _is_led(chunk, named[-1]) or _joins_here(chunk, named[-1])
    same = bool(trunk) and {site.legs for site in trunk} <= legs
    told = any(group.has_spot for group in chunk.groups)
    thread.stem = _place(trunk, thread.focus, told=told) if led and same else ()
    said = {site.vein_at for a in thread.result for site in a.sites}
    plain = all(site.vein == "NSV" for site in thread.focus)  # a perforator is worth a question
    if thread.stem and plain and said.isdisjoint(site.vein_at for site in thread.focus):
        chunk.passing.append(named[-1])


def _note_behind_bracket(thread: Thread, chunk: Chunk) -> None:
    """Keep the trunk that a branch meets behind its bracket: "a perforator (4 mm) enters it"."""
    if chunk.separator != ")" or not (joins_it(chunk) or _enters_there(thread, chunk)):
        return
    legs = {site.legs for site in thread.focus}
    firsts = [site.vein_at for site in thread.focus if site.vein_at]
    own = [s for s in thread.mentioned if are_trunks((s,)) and s.vein_at and s.legs in legs]
    before = [s for s in own if firsts and s.vein_at and s.vein_at < firsts[0]]
    trunk = tuple(before[-1:]) or thread.opened[-1:]
    thread.stem = _place(trunk, thread.focus, told=False) if are_trunks(trunk) else ()


def _enters_there(thread: Thread, chunk: Chunk) -> bool:
    """Whether a branch is met where its trunk is: "where a perforator (4 mm, 2 s) enters"."""
    before = thread.chunks[: thread.position_of(chunk)]
    named = next((c for c in reversed(before) if c.groups), None)
    meets = bool(chunk.cues("joins", "gives")) and not chunk.groups
    return meets and named is not None and named.separator == _WHERE


def leave_branch(
    marks: Marks, stem: tuple[Site, ...], focus: Sequence[Site], chunk: Chunk, before: Chunk | None
) -> tuple[Site, ...]:
    """The trunk where a clause goes on with it behind a branch, else nothing.

    Args:
        marks: The words of the report.
        stem: The trunk of which the branch was named.
        focus: What is spoken of.
        chunk: The clause that is read next.
        before: The clause before it in its sentence.
    """
    if not stem or not is_branch(focus) or any(group.has_vein for group in chunk.groups):
        return ()
    if is_set_off(marks, chunk, before):
        return stem
    if chunk.separator in _INNER:
        return ()
    return stem if _leads_onward(marks, chunk) else _go_on(marks, stem, focus, chunk, before)


def find_stem(thread: Thread, index: int, chunk: Chunk) -> tuple[Site, ...]:
    """The trunk with which a clause of a sentence goes on behind a branch, else nothing."""
    before = thread.chunks[index - 1] if index else None
    stem = leave_branch(thread.marks, thread.stem, thread.focus, chunk, before)
    return stem or _leave_perforator(thread, chunk)


def _leave_perforator(thread: Thread, chunk: Chunk) -> tuple[Site, ...]:
    """The trunk that "it" is over a range, which no perforator has.

    As in "where a perforator, 5 mm, fills it, and from the mid thigh to the ankle it refluxes".
    """
    ranged = any(p.until is not None for group in chunk.groups for p in group.parts)
    spoken = _IT in chunk.norms and bool(chunk.predicates) and all(map(is_only_level, chunk.groups))
    if not (ranged and are_perforators(thread.focus) and spoken):
        return ()
    legs = {site.legs for site in thread.focus}
    own = [s for s in (*thread.opened, *thread.mentioned) if are_trunks((s,)) and s.legs in legs]
    return tuple(site.without_spot() for site in own[-1:])


def _go_on(
    marks: Marks, stem: tuple[Site, ...], focus: Sequence[Site], chunk: Chunk, before: Chunk | None
) -> tuple[Site, ...]:
    """The trunk where the words of a clause, which names no vein, go on with it."""
    inner = before is not None and _is_inner(marks, before)
    text = [token.text.lower() for token in marks.tokens[chunk.first : chunk.last + 1]]
    words = [word for word in text if word not in _ADVERBS]
    level = chunk.groups[0] if chunk.groups else None
    if _ends_range(chunk, level) and before is not None and before.separator in (_WHERE, ")", "("):
        return stem  # "from the knee, where a perforator enters, to the mid calf"
    if _TRUNK in words[:_SUBJECT]:  # "; the main trunk itself carries on to the ankle"
        return _with_level(stem, level, chunk)
    if words[:1] and words[0] in _VERBS and chunk.separator in ("and", ",", "but", "&", "then"):
        # "at the knee, where it fills from a tributary and refluxes"
        there = before is not None and before.separator == _WHERE and _IT in before.norms
        return () if inner else (stem if there else _with_level(stem, level, chunk))
    if level is None or not is_only_level(level):
        return stem if len(chunk.cues("here")) > 1 else ()
    ranged = any(part.until is not None and part.open_start for part in level.parts)
    if ranged and (chunk.predicates or _continues(level, before)):
        return stem
    if chunk.separator == ";" and _is_mere(before) and chunk.predicates:
        return _with_level(stem, level, chunk)  # "… a tributary; competent below the knee"
    if chunk.separator in _GOING_ON or (chunk.separator == "," and all(s.has_spot for s in focus)):
        return _with_level(stem, level, chunk) if _opens(marks, chunk, level) else ()
    return ()


def _ends_range(chunk: Chunk, level: PlaceGroup | None) -> bool:
    """Whether a clause is nothing but "to" and a level."""
    to = chunk.elements[0]
    leads = isinstance(to, Mention) and to.cue("range")
    only = level is not None and is_only_level(level) and not chunk.predicates
    return leads and only and chunk.separator in (",", ")")


def _leads_onward(marks: Marks, chunk: Chunk) -> bool:
    """Whether a clause goes on from the branch: "and from there on it refluxes"."""
    here = chunk.cues("here")
    return bool(here) and marks.tokens[here[0].first - 1].norm == _FROM


def _is_inner(marks: Marks, chunk: Chunk) -> bool:
    """Whether a clause says of its branch what it is: "which is 6 mm", "a branch thats 6 mm"."""
    named = [group.last for group in chunk.groups if group.has_vein]
    behind = marks.tokens[named[-1] : chunk.last + 1] if named else ()
    relative = any(t.text.lower() in _RELATIVES for t in behind)
    return relative or chunk.separator in _RELATIVES


def _continues(level: PlaceGroup, before: Chunk | None) -> bool:
    """Whether it goes on behind a mere branch: "where a tributary joins, and continues to …"."""
    return _is_mere(before) and any(part.extends for part in level.parts)


def _is_mere(chunk: Chunk | None) -> bool:
    """Whether a clause only says where a branch is met."""
    return chunk is not None and chunk.separator == _WHERE and not chunk.predicates


def _opens(marks: Marks, chunk: Chunk, level: PlaceGroup) -> bool:
    """Whether a clause begins with a level of which it says something."""
    led = [token.norm for token in marks.tokens[chunk.first : level.first]]
    said = bool(chunk.predicates) or _IT in chunk.norms  # "below the knee it is small, 2 mm"
    return said and all(word in _LEADING or word in _ADVERBS for word in led)


def _with_level(stem: tuple[Site, ...], level: PlaceGroup | None, chunk: Chunk) -> tuple[Site, ...]:
    """The trunk, at its level only where the clause goes on from there."""
    ranged = level is not None and any(part.open_start for part in level.parts)
    if ranged or chunk.cues("here"):
        return stem
    return tuple(dict.fromkeys(site.without_spot() for site in stem))


def _find_trunk(thread: Thread, chunk: Chunk, before: tuple[Site, ...]) -> tuple[Site, ...]:
    """The trunk that a clause speaks of before it names a branch."""
    first = next(group.first for group in reversed(chunk.groups) if group.has_vein)
    own = [s for s in thread.mentioned if are_trunks((s,)) and s.vein_at and s.vein_at[0] < first]
    last = chunk.first
    here = [site for site in own if site.vein_at and site.vein_at[0] >= last]
    if here:
        return (here[-1],)
    sites = [compose(group, before) for group in chunk.groups if group.last < first]
    named = [own for own in sites if are_trunks(own) and own[0].vein_at]
    if (
        named
    ):  # "The GSV receives a perforator at mid thigh and is incompetent": nothing else is said
        return named[-1][-1:]
    if are_trunks(before):
        return before
    return thread.stem if is_branch(before) else ()


def _place(trunk: tuple[Site, ...], branches: Sequence[Site], *, told: bool) -> tuple[Site, ...]:
    """The trunk where the branch leaves it: at the end of its range, its level, the branch's.

    Where the clause of the branch has ``told`` its level, it is this one before the trunk's own.
    """
    return tuple(_place_one(site, branches, told=told) for site in trunk)


def _place_one(site: Site, branches: Sequence[Site], *, told: bool) -> Site:
    if site.until is not None:
        return replace(site, spot=site.until, until=None, open_start=False, ended=True)
    own = branches[0] if len(branches) == 1 else site
    exact = told and bool(own.spot) and not is_long(own.spot, None)
    if own.until is not None or (site.spot and not exact):
        return site
    return replace(site, spot=own.spot, spot_at=own.spot_at)


def _is_led(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether "via", "fed by", "gives off" or the like leads to a branch."""
    position = place_in(chunk, group)
    for element in reversed(chunk.elements[max(0, position - _REACH) : position]):
        if isinstance(element, Mention) and element.cue(*_LED_BY):
            return True
        if isinstance(element, Token) and element.norm in _LED_BY_WORDS:
            return True
        if not _is_attribute(element):
            return False
    return False


def _is_attribute(element: Element | PlaceGroup) -> bool:
    """Whether it can stand between "via" and the branch: an article, adjective or size."""
    if isinstance(element, PlaceGroup):
        return not element.has_vein
    if isinstance(element, Mention):
        row = element.row("finding")
        return row is None or row.kind == "word"
    return not isinstance(element, Token) or element.norm in FILLERS or element.kind == "word"


def _joins_here(chunk: Chunk, group: PlaceGroup) -> bool:
    """Whether a branch meets the trunk: "where a perforator joins", "a tributary joins it"."""
    behind = any(cue.first > group.last for cue in chunk.cues("joins", "gives"))
    return behind and (chunk.separator in (_WHERE, "(") or joins_it(chunk))


def joins_it(chunk: Chunk) -> bool:
    """Whether what a clause names meets the vein that is spoken of: "a tributary joins it"."""
    cues = chunk.cues("joins", "gives")
    behind = [e for e in chunk.elements if cues and start_of(e) > cues[-1].last]
    return bool(behind) and isinstance(behind[0], Token) and behind[0].norm == _IT


def resume_beyond(thread: Thread, chunk: Chunk) -> bool:
    """Go on with the trunk behind a branch, where a clause only says "from there on it refluxes".

    That names no place and finds nothing, but what follows is the trunk's.
    """
    onward = [c for c in chunk.cues("remainder") if thread.marks.tokens[c.first].norm == _FROM]
    if not thread.stem or not onward or not is_branch(thread.focus):
        return False
    thread.focus, thread.stem = thread.stem, ()
    return True
