"""Reading the rows of a table: the label says where, the header says what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.clauses import ClauseCutter
from ultrasound.extract.clauses.gates import gate_sentence
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.questions import REPLIES
from ultrasound.extract.facts.account import Accountant, Said
from ultrasound.extract.facts.fact import COUNTED, Doubt, Outcome, Setting
from ultrasound.extract.facts.maker import FactMaker
from ultrasound.extract.facts.placing import name_leg, name_vein
from ultrasound.extract.lines.boxes import drop_unticked, has_boxes
from ultrasound.extract.lines.layout import Line, Sentence
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.links.link import SentenceLinker
from ultrasound.extract.places.divide import Divider
from ultrasound.extract.places.sites import Site
from ultrasound.extract.tables.absent_cells import settle_absent
from ultrasound.extract.tables.asides import find_about
from ultrasound.extract.tables.atoms import unit_kinds
from ultrasound.extract.tables.carried_labels import carry_labels
from ultrasound.extract.tables.cell_context import CellContext, read_numbers, tell_listed
from ultrasound.extract.tables.columns import Column
from ultrasound.extract.tables.ditto_cells import repeat_above
from ultrasound.extract.tables.grid import TableFinder
from ultrasound.extract.tables.headed_rows import leave_header_vein
from ultrasound.extract.tables.interrupted import InterruptedReader
from ultrasound.extract.tables.numbered_cells import DUE, read_numbered
from ultrasound.extract.tables.over_lines import sites_under
from ultrasound.extract.tables.piece_cells import part_code, read_pieces
from ultrasound.extract.tables.row_ages import tell_age
from ultrasound.extract.tables.table_cells import Cell, cell_of, cut_words, text_of
from ultrasound.extract.tables.table_distances import tells_distance
from ultrasound.extract.tables.table_pieces import divide_cell, part_sides
from ultrasound.extract.tables.table_places import (
    is_compared,
    keep_leg,
    names_leg_aside,
    own_first,
    place_in_cell,
    place_in_column,
    row_sites,
    tell_unread,
)
from ultrasound.extract.tables.table_rows import Row, Table
from ultrasound.extract.tables.table_values import decode_all, decode_cell, leads_thrombus
from ultrasound.extract.tables.ticked_cells import TickReader
from ultrasound.extract.tables.told_cells import (
    find_varicose,
    free_remark,
    name_asked,
    read_told,
    tell_by_label,
)
from ultrasound.extract.tables.unit_cells import take_units
from ultrasound.extract.words.legend import Legend
from ultrasound.extract.words.legend_columns import ColumnCodes
from ultrasound.extract.words.marks import Marks, first_of, last_of
from ultrasound.knowledge.schema_text import CellCode, TextKnowledge

Sites = tuple[Site, ...]
_NONE: Final = ("compressibility", "none")  # beside perforators "none" says that there are none


class TableReader:
    """Finds and reads the tables of a report."""

    def __init__(
        self,
        knowledge: TextKnowledge,
        divider: Divider,
        clauses: ClauseCutter,
        accountant: Accountant,
    ) -> None:
        self._finder = TableFinder(knowledge)
        self.headers = self._finder.headers
        self._whole = InterruptedReader(self.headers, self._finder.find_tables)
        self._accountant = accountant
        self._divider, self._units = divider, divider.knowledge.units
        self._clauses = clauses
        self._codes: list[CellCode] = list(knowledge.columns.code)
        self._dittos = {t.lower() for words in knowledge.columns.ditto for t in words.terms}
        coded = {term.lower() for code in self._codes for term in code.terms}
        self._atoms = frozenset(t for t in coded | self.headers.blanks if "/" in t.strip("/"))

    def find_tables(self, marks: Marks, lines: Sequence[Line]) -> dict[int, Table]:
        """Tables by the index of their first line."""
        return find_about(self._whole.find_tables, marks, lines)

    def find_last_leg(self, marks: Marks, table: Table, lines: Sequence[Line]) -> int | None:
        """The line of the last row that is only the name of a leg; None where no row is."""
        alone = {row.labels[0].first for row in table.rows if row.labels and not row.cells}
        named = (index for index in range(table.start, table.end) if lines[index].first in alone)
        legs = [i for i in named if self.headers.heads_leg(marks, cell_of(lines[i]))]
        return legs[-1] if legs else None

    def read_table(
        self,
        marks: Marks,
        table: Table,
        base: tuple[Site, ...],
        setting: Setting,
        legend: Legend,
    ) -> Iterator[Outcome]:
        """The facts of a table; ``base`` is what stands over it."""
        base = sites_under(table.over, base)
        (legs, leg_at), focus = (base[0].legs, base[0].leg_at) if base else ((), None), base
        setting = tell_listed(marks, table, setting, self._codes)
        pairs = [pair for row in table.rows for pair in row.cells]
        numbered = ColumnCodes(marks, self.headers, self._codes, pairs)
        ticks = TickReader(marks, pairs, self._codes, legend)
        most = max(len(row.cells) for row in table.rows)
        rows = settle_absent(self.headers, marks, repeat_above(marks, table.rows, self._dittos))
        rows = take_units(self.headers, marks, carry_labels(self.headers, marks, rows))
        rows = leave_header_vein(self.headers, marks, rows)
        for row in (free_remark(marks, row, most, self._codes) for row in rows):
            # the label of a row is said by its cells too, and so is the leg over them
            sided = setting.heading_legs or any(column.legs for column, _ in row.cells)
            own = replace(setting, first=own_first(marks, row), heading_legs=sided)
            maker = FactMaker(self._divider, own)
            context = CellContext(marks, own, legend, maker, self._units, numbered, ticks)
            if row.prose is not None:
                yield from self._read_remark(context, row.prose, base, focus)
                continue
            if not row.labels:
                yield Doubt("unread", (row.cells[0][1].first, row.cells[0][1].last - 1))
                continue
            sites = self._place_row(marks, row, base, focus)
            read = () if row.unread else self._read_row(context, row, sites)
            outcomes = tell_age(context, row, list(read), self._codes)
            outcomes += find_varicose(context, sites, outcomes)
            yield from outcomes or tell_unread(self.headers, marks, row, sites)
            # a row without a vein is of that above; so is its leg, in a cell or under no heading
            aside = setting.heading_legs and names_leg_aside(self.headers, marks, row)
            focus = tuple(replace(s, legs=legs, leg_at=leg_at) for s in sites) if aside else sites
            focus = base if is_compared(setting, sites) else focus

    def _place_row(self, marks: Marks, row: Row, base: Sites, above: Sites) -> Sites:
        """The places of a row; one with a height, or a heading, is not of the vein ``above``."""
        height = tells_distance(marks, row.labels[0].first, row.labels[0].last)
        over = base if height else above
        return row_sites(self.headers, marks, row, keep_leg(base, above) if row.fresh else over)

    def _read_remark(
        self, context: CellContext, cell: Cell, base: Sites, above: Sites
    ) -> Iterator[Outcome]:
        """A line in words among rows; what names no place is of the row ``above`` it."""
        named = self.headers.read_places(context.marks, cell)
        yield from self._read_prose(context, cell, base if named else above)

    def _read_row(
        self, context: CellContext, row: Row, sites: tuple[Site, ...]
    ) -> Iterator[Outcome]:
        label: Column | None = None
        known = context, sites
        for headed, cell in row.cells:
            column = tell_by_label(self.headers, context.marks, row, headed)
            context, sites = self._forget_leg(*known, row) if column.leg_unknown else known
            told = list(read_told(context, column, cell, sites))
            if told:
                yield from told
                continue
            if not column.properties or "value" in column.properties:
                # a label that names what it measures ("GSV diameter") says it for its row
                label = label or self.headers.read_header(context.marks, row.labels[-1])
                if column.legs and self._leads(context, row.labels[-1], cell, label):
                    placed = place_in_column(sites, column)
                    yield from self._read_prose(context, cell, placed, lead=row.labels[-1])
                    continue
                listed = () if column.is_strange else context.setting.listed
                asked = name_asked(context.marks, row.labels[-1], label.properties)
                named = asked or listed
                if named:
                    units = label.units or column.units or context.declared_units
                    own = replace(column, properties=named, units=units)
                    yield from self._read_cell(context, own, cell, sites)
                    continue
            yield from self._read_cell(context, column, cell, sites)

    def _forget_leg(
        self, context: CellContext, sites: Sites, row: Row
    ) -> tuple[CellContext, Sites]:
        """What a cell is read in whose leg is not known: no leg but that of its own label."""
        setting = replace(context.setting, exam_legs=(), exam_leg_at=None)
        doubted = replace(context, setting=setting, maker=FactMaker(self._divider, setting))
        return doubted, row.drop_legs(sites)

    def _leads(self, context: CellContext, label: Cell, cell: Cell, column: Column) -> bool:
        """Whether a label finds what the words of a cell place: "Incompetent perforators"."""
        marks, text = context.marks, text_of(context.marks, cell)
        if not text or self.headers.is_blank(text):
            return False
        if decode_cell(text, column.properties, context.legend, self._codes) is not None:
            return False
        found = (m.row("finding", "vein") for m in marks.mentions_in(label.first, label.last))
        finds = any(getattr(r, "kind", "") == "word" or getattr(r, "anatomy", None) for r in found)
        sized = "length" in unit_kinds(marks, cell)  # "Incompetent perforators    3.6 mm"
        counted = sized or (cell.size == 1 and text.isdigit() and not column.units)
        finds = finds or leads_thrombus(text, column.properties, self._codes)
        return finds and (counted or self.headers.read_place(marks, cell) is not None)

    def _read_cell(
        self, context: CellContext, column: Column, cell: Cell, sites: tuple[Site, ...]
    ) -> Iterator[Outcome]:
        """The sides of a cell about its slashes, where the header names as many; else all of it."""
        marks = context.marks
        parts = part_sides(marks, cell, column, self._atoms)
        if not parts and self.headers.is_filled(marks, cell):
            yield Doubt("unread", (cell.first, cell.last - 1), vein=name_vein(sites))
        for own, part in parts:
            for narrowed, side in divide_cell(marks, part, own, self._atoms) or [(own, part)]:
                for told, piece in part_code(self.headers, context, narrowed, side):
                    yield from self._read_side(context, told, piece, sites)

    def _read_side(
        self, context: CellContext, column: Column, cell: Cell, sites: tuple[Site, ...]
    ) -> Iterator[Outcome]:
        """A cell as a code, else as numbers, else as prose."""
        text = text_of(context.marks, cell)
        if not text or (self.headers.is_blank(text) and text not in context.legend):
            return
        elements = context.marks.elements(cell.first, cell.last)
        if has_boxes(elements):
            kept = drop_unticked(elements, context.marks).elements
            if not kept:
                yield context.ticks.leave(cell, sites)
                return
            elements = kept
            text = context.marks.words(first_of(kept[0]), last_of(kept[-1])).lower()
        placed = place_in_column(sites, column)
        placed = place_in_cell(self.headers, context.marks, cell, column, placed)
        chunk = Chunk("start", 0, 0, elements)
        if column.prior:
            chunk.prior = (column.cell.first, column.cell.last - 1)
        outcomes = list(self._read_code(context, column, text, chunk, placed))
        outcomes = outcomes or list(
            read_pieces(self.headers, self._codes, context, (column, cell), placed)
        )
        if not outcomes and "comment" not in column.properties:  # remarks are sentences
            outcomes = list(read_numbers(context, column, chunk, placed))
            for words in cut_words(context.marks, cell) if outcomes else ():
                outcomes += self._read_prose(context, words, placed, prior=chunk.prior)
        outcomes = outcomes or list(self._read_prose(context, cell, placed, prior=chunk.prior))
        placed_by = column.legs or (
            column.group and (column.group.has_vein or column.group.has_spot)
        )
        other = text in REPLIES and self.headers.has_other_words(context.marks, column.cell)
        due = not DUE.isdisjoint(column.properties) or (
            placed_by and not column.properties and not other  # a yes to what nothing knows
        )
        if not outcomes and not column.prior and due:
            span = (chunk.first, chunk.last)
            outcomes = [Doubt("unread", span, name_leg(placed), name_vein(placed))]
        yield from outcomes

    def _read_code(
        self, context: CellContext, column: Column, text: str, chunk: Chunk, sites: tuple[Site, ...]
    ) -> Iterator[Outcome]:
        codes = context.numbered.find(column)
        if codes is not None and (text in codes or text.isdigit()):
            yield from read_numbered(context.maker, column, chunk, sites, codes, text)
            return
        for found in decode_all(text, column.asked, context.legend, self._codes):
            denied = found == ("compressibility", text) == _NONE
            denied = denied and all(s.vein in COUNTED for s in sites)
            says = ("reflux", "absent") if denied else found
            predicate = Predicate(chunk.first, chunk.last)
            yield from context.maker.state(Assignment(predicate, sites, chunk, True), *says)

    def _read_prose(
        self,
        context: CellContext,
        cell: Cell,
        sites: tuple[Site, ...],
        *,
        prior: tuple[int, int] | None = None,
        lead: Cell | None = None,
    ) -> Iterator[Outcome]:
        """A cell in words: read as a sentence about the row's place, behind its label or alone."""
        marks, sentence = context.marks, Sentence(cell.first, cell.last)
        chunks, left = self._clauses.cut_sentence(marks, sentence, context.legend)
        if lead is not None and chunks:
            over = Sentence(lead.first, lead.last)
            before, _ = self._clauses.cut_sentence(marks, over, context.legend)
            chunks[0].separator = ":"
            chunks = [*before, *chunks]
        for chunk in chunks:
            chunk.prior = chunk.prior or prior
        yield from left
        yield from gate_sentence(chunks)
        linked = SentenceLinker(chunks, marks, sites).link()
        made = list(context.maker.make(linked.assignments))
        yield from made
        yield from self._accountant.account([Said(chunks, [*left, *made], sites)], past=False)
