"""Headers with one blank between the names of columns, on one line or drawn out over several."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.lines.declared import BESIDE
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.sides import find_sides, sides_of
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import Unit

_SIGNS: Final = frozenset({*"()[],.:;/|?-–—", "and", "&"})
_LABEL: Final = "label"
_COMMENT: Final = "comment"
_STRANGE: Final = 3  # words that nothing knows, before or behind the names of values
_FEWEST: Final = 2  # columns of values beside such words
_PLACES: Final = ("leg", "vein", "place", "level", "zone")
_ONE_CODE: Final = 2  # tokens of a bracket of one letter, as of a unit


@dataclass
class _Draft:
    """A column while its header is read."""

    first: int
    last: int
    properties: list[str]
    units: list[tuple[Unit, Span]] = field(default_factory=list)
    legs: tuple[Leg, ...] = ()
    leg_at: Span | None = None
    sides: Mention | None = None

    def wants(self, unit: Unit) -> bool:
        """Whether a unit is of something that it measures and has no unit for."""
        kinds = [KIND_OF[name] for name in self.properties if name in KIND_OF]
        return len(self.units) < len(kinds) and unit.kind in kinds

    def finish(self, marks: Marks) -> Column:
        """The column."""
        cell = Cell(self.first, self.last, 0, 0)
        column = Column(cell, tuple(self.properties), tuple(self.units), self.legs, self.leg_at)
        if self.sides is None:
            return column
        at = (self.sides.first, self.sides.last)
        return replace(column, sides=sides_of(marks, self.sides), leg_at=at)


@dataclass
class _Run:
    """What a header has named so far; ``late``: units behind all names; ``sides``: before theirs.

    ``parted``: it names legs about a slash, and so is a header though other words stand in it.
    """

    drafts: list[_Draft] = field(default_factory=list)
    late: list[tuple[Unit, Span]] = field(default_factory=list)
    leg: tuple[tuple[Leg, ...], Span] | None = None
    sides: Mention | None = None
    base: PlaceGroup | None = None
    parted: bool = False
    before: list[int] = field(default_factory=list)  # words that nothing knows: of the labels
    behind: list[int] = field(default_factory=list)  # and of remarks

    def pass_over(self, index: int) -> None:
        """A word that nothing knows."""
        (self.behind if self.drafts else self.before).append(index)

    def is_headed(self) -> bool:
        """Whether a vein over the labels stands before names of which one has a unit."""
        return self.base is None or any(draft.units for draft in self.drafts)

    def name_strange(self) -> bool:
        """Make columns of the labels and the remarks of strange words; whether they can be that."""
        if not self.before and not self.behind:
            return True
        values = [d for d in self.drafts if not {_LABEL, _COMMENT}.intersection(d.properties)]
        few = max(len(self.before), len(self.behind)) <= _STRANGE
        if not few or len(values) < _FEWEST or not any(d.units for d in values):
            return False
        if self.behind and self.behind[0] < values[-1].last:
            return False
        if self.before and self.drafts[0] in values:
            self.drafts.insert(0, _Draft(self.before[0], self.before[-1] + 1, [_LABEL]))
        if self.behind and self.drafts[-1] in values:
            self.drafts.append(_Draft(self.behind[0], self.behind[-1] + 1, [_COMMENT]))
        return True

    def name(self, name: str, span: Span, *, joined: bool) -> None:
        """A further name: of a column of its own, or of the one before behind a slash."""
        first, last = span
        before = self.drafts[-1] if self.drafts else None
        if before is not None and before.properties == [name] and before.last == first:
            before.last = last  # "AP diam"
            return
        if joined and self.drafts:
            if self.drafts[-1].properties != [_LABEL] or name != _LABEL:
                self.drafts[-1].properties.append(name)
            self.drafts[-1].last = last
        else:
            self.drafts.append(_Draft(first, last, [name]))
        if self.leg is not None and name != _LABEL:
            self.drafts[-1].legs, self.drafts[-1].leg_at = self.leg
            self.leg = None
        if self.sides and name != _LABEL:
            self.drafts[-1].sides, self.sides = self.sides, None

    def part(self, sides: Mention) -> None:
        """Legs about a slash: of the column before them, or of the next one."""
        before = self.drafts[-1] if self.drafts else None
        if before is None or before.properties == [_LABEL] or before.sides:
            self.sides = sides
        else:
            before.sides = sides

    def share_sides(self) -> bool:
        """Give all columns the legs that only one names; whether they fit."""
        values = [draft for draft in self.drafts if draft.properties != [_LABEL]]
        named = [draft.sides for draft in values if draft.sides]
        if len(named) == 1 < len(values):
            for draft in values:
                draft.sides = named[0]
        return not self.sides and (not named or all(draft.sides for draft in values))

    def measure(self, unit: Unit, span: Span) -> None:
        """A further unit: of the name before it, or in a row behind all names."""
        if self.drafts and self.drafts[-1].wants(unit):
            self.drafts[-1].units.append((unit, span))
        else:
            self.late.append((unit, span))


class SpacedHeaderReader:
    """Reads a run of tokens as the names of columns, their units and their legs."""

    def __init__(self, headers: HeaderReader) -> None:
        self._headers = headers

    def read_header(
        self, marks: Marks, first: int, last: int, over: Mention | None = None
    ) -> list[Column]:
        """The columns that tokens name; none where they hold any other word or a number.

        ``over`` are legs about a slash that a line over them names for all values.
        """
        parted = over or find_sides(marks, first, last)
        run = _Run(parted=parted is not None)
        index = first
        while index < last:
            end = self._read_token(marks, index, last, run)
            if end is None and not _is_strange(marks, index, first):
                return []
            if end is None:
                run.pass_over(index)
            index = end or index + 1
        if over is not None and run.drafts:
            run.drafts[-1].sides = run.drafts[-1].sides or over
        fits = run.leg is None and run.share_sides() and _hand_out(run.drafts, run.late)
        fits = fits and run.name_strange() and (run.parted or run.is_headed())
        columns = [draft.finish(marks) for draft in run.drafts] if fits else []
        return [replace(column, base=run.base) for column in columns]

    def _read_token(self, marks: Marks, index: int, last: int, run: _Run) -> int | None:
        """Read what starts at a token; the token behind it, None for a word of another kind."""
        token = marks.tokens[index]
        if self._headers.begins(token.norm):
            end = self._read_name(marks, index, last, run)
            if end is not None:
                return end
        mention = marks.mention_at(index)
        if mention is not None and sides_of(marks, mention):
            run.part(mention)
            return mention.last + 1
        found = _leg_at(marks, index)
        if found is not None:
            run.leg = found
            return found[1][1] + 1
        heads = run.parted or not (run.drafts or run.before)
        if heads and mention is not None and mention.row("vein", "place") is not None:
            place = Cell(index, mention.last + 1, 0, 0)
            run.base = self._headers.read_place(marks, place)
            return mention.last + 1
        both = mention is not None and mention.row("leg") is not None
        passed = token.text in _SIGNS or (run.parted and (both or token.norm in BESIDE))
        if token.text == "(" and run.parted:
            return _behind_codes(marks, index, last)
        return index + 1 if passed else None

    def _read_name(self, marks: Marks, index: int, last: int, run: _Run) -> int | None:
        """Read a column word or a unit; the token behind it, None for any other word."""
        end = self._headers.property_end(marks, index, last)
        if end > index:
            name = self._headers.property_at(marks, index, last) or ""
            run.name(name, (index, end), joined=marks.tokens[index - 1].text == "/")
            return end
        unit = self._headers.unit_at(marks, index, last)
        if unit is None:
            return None
        run.measure(unit[0], (index, unit[1]))
        return unit[1] + 1


def _is_strange(marks: Marks, index: int, first: int) -> bool:
    """Whether a token may be the name of labels or remarks in words that nothing knows."""
    token, mention = marks.tokens[index], marks.mention_over(index)
    placed = mention is not None and mention.row(*_PLACES) is not None
    same_line = index == first or "\n" not in token.gap
    return token.kind == "word" and not placed and same_line


def _behind_codes(marks: Marks, index: int, last: int) -> int:
    """The token behind a bracket that only lists codes, "(Y/P/N)"; else the one in it."""
    inner = index + 1
    while inner < last and (marks.tokens[inner].text == "/" or len(marks.tokens[inner].text) == 1):
        if marks.tokens[inner].text == ")" and inner > index + _ONE_CODE:
            return inner + 1
        inner += 1
    return index + 1


def _leg_at(marks: Marks, index: int) -> tuple[tuple[Leg, ...], Span] | None:
    mention = marks.mention_at(index)
    row = mention.row("leg") if mention is not None else None
    if mention is None or row is None or len(row.legs) != 1 or row.legs == ("other",):
        return None
    return (Leg(row.legs[0]),), (mention.first, mention.last)


def _hand_out(drafts: list[_Draft], late: list[tuple[Unit, Span]]) -> bool:
    """Give the columns the units that stand in a row behind their names; whether they fit."""
    for unit in late:
        draft = next((d for d in drafts if d.wants(unit[0])), None)
        if draft is None:
            return False
        draft.units.append(unit)
    for draft in drafts:  # "diameter, depth (mm)"
        shared = [u for other in drafts for u in other.units if draft.wants(u[0])]
        if not draft.units and len(shared) == 1:
            draft.units = shared
    return True
