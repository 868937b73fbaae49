"""Understanding one cell of a table: what a header says, and whether a cell is label or value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.prepare import prepare_elements
from ultrasound.extract.places.merged import unite_groups
from ultrasound.extract.places.phrases import find_groups
from ultrasound.extract.places.places import FILLERS, Part, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.header_meanings import (
    PROPERTY_OF,
    explain,
    find_meaning,
    is_strange,
    lead_of_code,
    measured_in,
    pad_parts,
    properties_of,
    provokes,
)
from ultrasound.extract.tables.table_cells import Cell, has_number, text_of
from ultrasound.extract.tables.table_distances import distances_in, tells_height
from ultrasound.extract.words.marks import Marks, read_once
from ultrasound.extract.words.number_reader import NumberReader
from ultrasound.extract.words.phrases import PhraseTable
from ultrasound.extract.words.sides import find_sides, sides_of
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge, Unit

_LONGEST_CODE: Final = 4  # letters of a header that a legend explains
_PAIRED: Final = frozenset({"diameter", "depth"})
_LABEL_WORDS: Final = 2  # words beside the place that a label may hold
_NUMBER_TOKENS: Final = 12  # a longer cell with a number is a sentence
_CODE_TOKENS: Final = 3  # a longer cell without one is a sentence


class HeaderReader:
    """Understands cells by the table of column words."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._terms = PhraseTable(
            {
                fold_term(term): column.property
                for column in knowledge.columns.column
                for term in column.terms
            }
        )
        self._numbers = NumberReader(knowledge)
        self.unit_words = frozenset(
            term.lower()
            for unit in knowledge.units.unit
            if unit.kind in PROPERTY_OF
            for term in unit.terms
        )
        self._firsts = self._terms.firsts | self._numbers.unit_words
        self._routes = tuple(route.veins for route in knowledge.veins.route)
        self._titles = {fold_term(t)[0] for row in knowledge.sections.title for t in row.terms}
        self.codes = tuple(knowledge.columns.code)
        self.groups = {t for words in knowledge.columns.group for t in words.terms}
        self.dittos = {t.lower() for words in knowledge.columns.ditto for t in words.terms}
        self.blanks = {t.lower() for words in knowledge.columns.blank for t in words.terms}

    def read_header(self, marks: Marks, cell: Cell) -> Column:
        """What a header cell says of its column."""
        explained = explain(marks, cell)
        if explained is not None:
            return replace(self.read_header(marks, explained), cell=cell)
        coded = lead_of_code(marks, cell)
        if coded is not None and (group := self.read_place(marks, coded[0])) is not None:
            side, at = marks.legs_in(coded[0].first, coded[0].last)
            place = None if is_only_leg(group) else group
            told = self.read_header(marks, coded[1])
            return replace(told, cell=cell, group=place, legs=side, leg_at=at)
        names, units = self.read_names(marks, cell)
        properties = pad_parts(marks, cell, properties_of(names), self._name_part)
        if not properties and tells_height(marks, cell):
            properties = ("height",)
        bare = not properties
        legs, leg_at = marks.legs_in(cell.first, cell.last)
        if legs and len(properties) > 1:  # "Right leg RT" names no rows
            properties = tuple(name for name in properties if name != "label")
        sided = find_sides(marks, cell.first, cell.last)
        if sided is not None:
            legs, leg_at = (), (sided.first, sided.last)
        return Column(
            cell,
            properties or measured_in(units),
            tuple(units),
            legs,
            leg_at,
            self.read_place(marks, cell),
            prior="prior" in names,
            current="current" in names,
            bare=bare,
            sides=() if sided is None else sides_of(marks, sided),
        )

    def _name_part(self, marks: Marks, cell: Cell) -> str:
        names = properties_of(self._read_words(marks, cell)[0])
        return names[0] if names else ""

    def read_properties(
        self, marks: Marks, cell: Cell
    ) -> tuple[tuple[str, ...], Sequence[tuple[Unit, Span]]]:
        """The properties and units that a header cell names, without its place."""
        names, units = self.read_names(marks, cell)
        if not properties_of(names) and tells_height(marks, cell):
            return ("height",), units
        return properties_of(names) or measured_in(units), units

    def names_column(self, marks: Marks, cell: Cell) -> bool:
        """Whether a header cell says what its column holds."""
        names, units = self.read_names(marks, cell)
        return bool(units) or bool(properties_of(names))

    def read_names(
        self, marks: Marks, cell: Cell
    ) -> tuple[Sequence[str], Sequence[tuple[Unit, Span]]]:
        """The column words and units of a header cell, or of what the report says it means."""
        explained = explain(marks, cell)
        if explained is not None:
            return self.read_names(marks, explained)
        names, units = self._read_words(marks, cell)
        longer = None if names or units else self._explain_name(marks, cell)
        return (names, units) if longer is None else self._read_words(marks, longer)

    def _explain_name(self, marks: Marks, cell: Cell) -> Cell | None:
        """The report's meaning of a header that names nothing by itself: "TH = thrombus"."""
        code = marks.tokens[cell.first].text
        if cell.size != 1 or not code.isupper() or len(code) > _LONGEST_CODE:
            return None
        return None if self.read_place(marks, cell) else find_meaning(marks, cell)

    @read_once
    def _read_words(self, marks: Marks, cell: Cell) -> tuple[list[str], list[tuple[Unit, Span]]]:
        """The column words and the units of a cell, from left to right."""
        names: list[str] = []
        units: list[tuple[Unit, Span]] = []
        index = cell.first
        while index < cell.last:
            if marks.tokens[index].norm not in self._firsts:
                index += 1
                continue
            found = self._find(marks, index, cell.last)
            if found is not None:
                names += [] if provokes(marks, index, names) else found[:1]
                index = found[1]
                continue
            paired = not _PAIRED.isdisjoint(names) and "velocity" not in names
            unit = self.unit_at(marks, index, cell.last)
            if unit is not None and unit[0].kind == "velocity" and paired:
                unit = self.unit_at(marks, index, cell.last, alone=True)  # "Size/reflux (cm/s)"
            if unit is not None:
                units.append((unit[0], (index, unit[1])))
                index = unit[1]
            index += 1
        return names, units

    def unit_at(
        self, marks: Marks, index: int, last: int, *, alone: bool = False
    ) -> tuple[Unit, int] | None:
        """The unit of something that columns hold at a token, with its last token.

        ``alone``: what the token is by itself, whatever follows.
        """
        tokens = marks.tokens[: index + 1] if alone else marks.tokens
        unit = self._numbers.unit_at(tokens, index)
        if unit is None or unit[1] >= last or unit[0].kind not in PROPERTY_OF:
            return None
        return unit

    def property_at(self, marks: Marks, index: int, last: int) -> str | None:
        """The column word that starts at a token and ends before ``last``."""
        found = self._find(marks, index, last)
        return None if found is None else found[0]

    def property_end(self, marks: Marks, index: int, last: int) -> int:
        """The token after the column word that starts at a token; the token itself without one."""
        found = self._find(marks, index, last)
        return index if found is None else found[1]

    def begins(self, word: str) -> bool:
        """Whether a column word or a unit can begin with a folded word."""
        return word in self._firsts

    def _find(self, marks: Marks, index: int, last: int) -> tuple[str, int] | None:
        """The column word at a token, with its end; "RT" may be the right leg, "d" a level."""
        found = self._terms.find(marks.tokens, index, last)
        if found is None:
            return None
        mention = marks.mention_at(index)
        if mention is None:
            return found
        place = mention.meaning.is_place and mention.last >= found[1]
        return None if place or mention.row("leg", "level") is not None else found

    @read_once
    def read_place(self, marks: Marks, cell: Cell) -> PlaceGroup | None:
        """The place phrase of a cell, None where it names none."""
        places = unite_groups(self.read_places(marks, cell))
        return places[0] if len(places) == 1 else None

    def read_places(self, marks: Marks, cell: Cell) -> list[PlaceGroup]:
        """The place phrases of a cell."""
        elements = prepare_elements(marks.elements(cell.first, cell.last), marks).elements
        groups, _ = find_groups(elements, self._routes)
        return [group for group in groups if isinstance(group, PlaceGroup)]

    @read_once
    def read_label(self, marks: Marks, cell: Cell) -> PlaceGroup | None:
        """The place of a label, else the veins of the finding that it asks for: "DVT"."""
        group = self.read_place(marks, cell)
        if group is not None and (group.has_vein or group.has_spot):
            return group
        named = 0 if group is None else group.last - group.first + 1
        for mention in marks.mentions_in(cell.first, cell.last):
            finding = mention.row("finding")
            if finding is None or finding.vein is None:
                continue
            size = sum(token.kind == "word" for token in marks.tokens[cell.first : cell.last])
            if size > named + mention.last - mention.first + 1:
                return group
            leg = Part() if group is None else group.parts[0]
            parts = [replace(leg, vein=v, vein_at=mention) for v in finding.vein.split(",")]
            return PlaceGroup(mention.first, mention.last, tuple(parts))
        return group

    @read_once
    def is_label(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell only names a place, or asks for a finding that names its vein."""
        group = self.read_label(marks, cell)
        if group is None:
            return False
        taken = {*range(group.first, group.last + 1), *distances_in(marks, cell.first, cell.last)}
        rest = [t for t in marks.tokens[cell.first : cell.last] if t.index not in taken]
        words = [t for t in rest if t.kind == "word" and t.norm not in FILLERS]
        return len(words) <= _LABEL_WORDS and not any(t.kind == "number" for t in rest)

    def names_exam(self, marks: Marks, column: Column) -> bool:
        """Whether a header without a unit names the exam: "DVT PROFORMA" measures nothing."""
        tokens = marks.tokens[column.cell.first : column.cell.last]
        return not column.units and any(token.norm in self._titles for token in tokens)

    def heads_leg(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell is the name of a leg alone: it holds for what stands below."""
        group = self.read_place(marks, cell) if self.is_label(marks, cell) else None
        return group is not None and group.has_leg and not group.has_vein and not group.has_spot

    def names_stranger(self, marks: Marks, cell: Cell, group: PlaceGroup | None) -> bool:
        """Whether a cell of a label holds a word that is neither its place nor known otherwise."""
        index = cell.first
        while index < cell.last:
            known = group is not None and group.first <= index <= group.last
            after = self.property_end(marks, index, cell.last)
            named = after > index or marks.tokens[index].norm in self.unit_words
            if not known and not named and is_strange(marks, marks.tokens[index]):
                return True
            index = max(index + 1, after)
        return False

    def is_value(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell could hold a value: a number, a code, or a blank."""
        slashes = sum(t.text == "/" for t in marks.tokens[cell.first : cell.last])
        dots = sum(t.text == "." for t in marks.tokens[cell.first : cell.last])  # "n.v."
        if cell.size <= _CODE_TOKENS + 2 * slashes + dots or text_of(marks, cell) in self.blanks:
            return True  # each slash has a code of its own behind it
        return cell.size <= _NUMBER_TOKENS and has_number(marks, cell)

    def is_filled(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell holds a value that is no blank."""
        return not self.is_blank(text_of(marks, cell)) and self.is_value(marks, cell)

    def is_blank(self, text: str) -> bool:
        """Whether a cell says nothing: "--", "-/-"."""
        return text in self.blanks or all(t.strip() in self.blanks for t in text.split("/"))

    @read_once
    def has_other_words(self, marks: Marks, cell: Cell) -> bool:
        """Whether a cell holds words beside those of headers: then it is a sentence."""
        index = cell.first
        while index < cell.last:
            found = self._terms.find(marks.tokens, index, cell.last)
            if found is None and self._is_other(marks, marks.tokens[index]):
                return True
            index = index + 1 if found is None else found[1]
        return False

    def _is_other(self, marks: Marks, token: Token) -> bool:
        """Whether a token is a word that names neither a leg nor a unit."""
        if token.kind != "word":
            return False
        mention = marks.mention_over(token.index)
        leg = mention is not None and mention.row("leg") is not None
        return not leg and self._numbers.unit_at(marks.tokens, token.index) is None
