"""Several measures with one level behind the last: "6.7 mm / 2.4 s at mid thigh; 5.1 mm / …".

As in "6 mm and incompetent (2.1 s) at mid thigh, 4 mm and competent at mid calf".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.links.thread import Thread
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import compose
from ultrasound.extract.words.quantities import Number

_SIGNS: Final = (",", ";", ":")


@dataclass
class _Item:
    """Clauses that name no level, and the one behind them whose level closes the item."""

    loose: list[Chunk] = field(default_factory=list)
    last: Chunk | None = None
    level: PlaceGroup | None = None

    @property
    def kinds(self) -> list[str]:
        """What its numbers are."""
        chunks = [*self.loose, *([] if self.last is None else [self.last])]
        return [number.unit.kind for number in _numbers(chunks) if number.unit]

    @property
    def joined(self) -> bool:
        """Whether a sign or an "and" before a time makes one of it, whatever else is said."""
        parts = [*self.loose[1:], *([] if self.last is None else [self.last])]
        signs = [chunk.separator for chunk in parts if chunk.predicates]
        last = [] if self.last is None else self.last.predicates
        noun = any(p.finding is not None and p.finding.kind == "noun" for p in last)
        timed = self.kinds[-1:] == ["time"] and not noun  # "7 mm and reflux of 2 s at the knee"
        return signs == ["/"] or (signs == ["and"] and timed)

    @property
    def listed(self) -> bool:
        """Whether it can be one of several: a size beside a time, or "4 mm and competent"."""
        parts = [*self.loose[1:], *([] if self.last is None else [self.last])]
        anded = any(chunk.separator == "and" for chunk in parts)
        return "time" in self.kinds or anded

    @property
    def names_vein(self) -> bool:
        """Whether a vein is named in it."""
        return any(group.has_vein for chunk in self.loose for group in chunk.groups)


def place_by_closing_level(thread: Thread) -> None:
    """Give the measures of such items the level that closes them."""
    if not any(number.unit for number in _numbers(thread.chunks)):
        return
    items = list(_find_items(thread))
    several = len(items) > 1 and not any(item.names_vein for item in items[1:])
    for item in items:
        if item.level is None or not (item.joined or (several and item.listed)):
            continue
        for a in thread.result:
            own = any(a.chunk is chunk for chunk in item.loose)
            if own and (a.number is not None or a.predicate.finding is not None):
                a.sites = compose(item.level, tuple(site.without_spot() for site in a.sites))


def _find_items(thread: Thread) -> Iterator[_Item]:
    """The items of a sentence, none where a level stands before its measure."""
    item = _Item()
    for chunk in thread.chunks:
        if chunk.separator == ";" or any(g.has_vein and not g.has_spot for g in chunk.groups):
            item = _Item()
        level = next((group for group in chunk.groups if group.has_spot), None)
        if level is None:
            if chunk.predicates and chunk.dismissed is None:
                item.loose.append(chunk)
            continue
        item.last, item.level = chunk, level
        if not _closes(thread, chunk, level):
            return
        kinds = item.kinds
        sized = any(n.unit for n in _numbers(item.loose))
        if not sized or len(set(kinds)) < len(kinds) or not _says_more(item):
            return
        yield item
        item = _Item()


def _closes(thread: Thread, chunk: Chunk, level: PlaceGroup) -> bool:
    """Whether a clause ends in one level: "1.3 s knee", or is one without a comma before it."""
    parts = level.parts
    single = len(parts) == 1 and parts[0].until is None and not parts[0].legs
    if not single or sum(group.has_spot for group in chunk.groups) > 1:
        return False
    if chunk.predicates:
        return level.first > max(p.last for p in chunk.predicates)
    return thread.marks.tokens[level.first - 1].text not in _SIGNS


def _says_more(item: _Item) -> bool:
    """Whether two statements stand in it."""
    chunks = [*item.loose, *([] if item.last is None else [item.last])]
    return sum(bool(chunk.predicates) for chunk in chunks) > 1


def _numbers(chunks: Sequence[Chunk]) -> list[Number]:
    return [number for chunk in chunks for p in chunk.predicates for number in p.numbers]
