"""What a line declares for the bare numbers behind it: "Diameters (mm):", "reflux (s) / size (mm)".

A declaration is a part of a line that holds nothing but names of properties, each with its unit, or
several in the order of their values. One before a list holds to the end of its paragraph; one that
ends its line holds for the lines that follow, until another declaration or a section heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.extract.lines.declared import Pair, only_declares, read_pair, start_of_names
from ultrasound.extract.lines.layout import Sentence
from ultrasound.extract.lines.scoped_pairs import only_names_units, read_scoped
from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.header_meanings import PROPERTY_OF
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.units import KIND_OF
from ultrasound.knowledge.schema_text import TextKnowledge, Unit

_ORDERED: Final = (*KIND_OF, "compressibility")
_ENDS: Final = (":", ";", ".", ",", "=", "then")
DEEP: Final = ("depth",)  # a length that has no other name is a diameter
_TOLD: Final = ("=", "/", ";")  # what the values of a list are, in words
_PAIR: Final = 2
_WIDE: Final = "  "
_BEFORE_CODES: Final = (",", ";")


@dataclass(frozen=True, slots=True)
class Listed:
    """The properties that bare numbers have, in the order of a pair; ``lasts`` beyond its line.

    Where a ``vein`` is named, they hold for it alone.
    """

    properties: tuple[str, ...]
    lasts: bool
    units: tuple[tuple[Unit, Span] | None, ...] = ()
    vein: str | None = None


class ListedReader:
    """Finds declarations by the words of table headers."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._headers = HeaderReader(knowledge)

    def declares(self, marks: Marks, first: int, last: int) -> bool:
        """Whether some tokens only declare what bare numbers are."""
        only = first < last and only_declares(self._headers, marks, first, last)
        return only and self.read_listed(marks, first, last) is not None

    def start_of_names(self, marks: Marks, first: int, last: int) -> int | None:
        """The first token of the names and units of a line without numbers."""
        if marks.has_digits(first, last):
            return None
        return start_of_names(self._headers, marks, first, last)

    def read_scoped(self, marks: Marks, first: int, last: int) -> dict[str | None, Listed]:
        """What a line declares for each of several veins, or systems of them."""
        found = dict(read_scoped(self._headers, marks, first, last))
        return {scope: _list_pair(pair) for scope, pair in found.items()}

    def only_names_units(self, marks: Marks, sentence: Sentence) -> bool:
        """Whether a sentence only says how values are written: "reflux (ms) / compression"."""
        return only_names_units(self._headers, marks, sentence.first, sentence.last)

    def _heads_columns(self, marks: Marks, parts: Sequence[tuple[int, int]]) -> bool:
        """Whether parts are heads of columns of which one is not known: "OUTC   DIAM_MM   RT_MS".

        What stands under them measures several things, and no one of them declares it.
        """
        apart = [Cell(*part, 0, 0) for part in parts[1:] if _is_apart(marks, part)]
        if not any(self._headers.has_other_words(marks, cell) for cell in apart):
            return False
        heads = [Cell(*parts[0], 0, 0), *apart]
        measured = sum(bool(self._headers.read_properties(marks, cell)[0]) for cell in heads)
        told = any(t.text in _TOLD for t in marks.tokens[parts[0][0] : parts[-1][1]])
        return measured > 1 and not told

    def _lists_units(self, marks: Marks, parts: Sequence[tuple[int, int]]) -> bool:
        """Whether parts are units alone, of several things: "Units: mm, ms" orders no values."""
        units = [self._headers.unit_at(marks, first, end) for first, end in parts]
        alone = [
            u[0].kind for u, part in zip(units, parts, strict=True) if u and u[1] + 1 == part[1]
        ]
        return len(set(alone)) > 1

    def read_listed(self, marks: Marks, first: int, last: int) -> Listed | None:
        """The declaration among the tokens ``first`` up to ``last``, None where there is none."""
        pair = self._read_pair(marks, first, last)
        if pair is not None:
            return _list_pair(pair)
        parts = list(_cut_parts(marks, first, last))
        if self._heads_columns(marks, parts) or self._lists_units(marks, parts):
            return None
        bare: list[str] = []
        for part in parts:
            listed = self._read_part(marks, part, first, last)
            if isinstance(listed, Listed):
                return listed
            bare = [] if listed is None else [*bare, *listed]
        # without units it tells the order: "Lists below = level: diameter, reflux"
        if len(set(bare)) <= 1 or marks.has_digits(first, last):
            return None  # "R: compressible; L: compressible" orders nothing
        return Listed(tuple(bare), lasts=True)

    def _read_pair(self, marks: Marks, first: int, last: int) -> Pair | None:
        """The pair that a line declares, or what stands in its brackets, or one of its parts."""
        spans = [(first, last)]
        for bracket in _brackets(marks, first, last):
            spans += [bracket, *_sentences(marks, *bracket)]
        read = (
            read_pair(self._headers, marks, *span)
            for span in (*spans, *_sentences(marks, first, last))
        )
        return next((pair for pair in read if pair is not None), None)

    def _read_part(
        self, marks: Marks, part: tuple[int, int], first: int, last: int
    ) -> Listed | list[str] | None:
        """The declaration of a part, else the bare names in it; None where it says more."""
        begin, end = part
        start = _behind_places(marks, begin, end)
        cell = Cell(start, end, 0, 0)
        whole = part == (first, last)  # two of them are units: "Diam in mm, RT in ms"
        pieces = _cut_at_in(marks, cell) if whole or _labels(marks, end) else [cell]
        if any(self._headers.has_other_words(marks, piece) for piece in pieces):
            return None
        properties, units = self._headers.read_properties(marks, cell)
        named = tuple(name for name in properties if name in KIND_OF)
        if start > begin and not properties and _labels(marks, end):
            named = tuple(PROPERTY_OF[unit.kind] for unit, _ in units)  # "LEFT GSV (mm): 6.0"
        signs = (begin - 1, end) if units and units[-1][1][1] == end - 1 else (begin - 1,)
        defines = any(first <= i < last and marks.tokens[i].text == "=" for i in signs)
        if defines and len(named) != _PAIR:
            return []  # of a letter, or of lengths: "T = mm", "(cm = from the sole)"
        lasts = not marks.numbers_in(end, last)
        if named and len(named) == len(units):
            return Listed(named, lasts=lasts, units=tuple(units))
        if named == DEEP and _labels(marks, end) and marks.number_at(end + 1) is None:
            vein = _vein_in(marks, begin, start)
            return Listed(named, lasts, (None,), vein)  # "GSV depth: mid thigh 9 mm"
        return None if start > begin else [name for name in properties if name in _ORDERED]


def _list_pair(pair: Pair) -> Listed:
    return Listed(pair.properties, lasts=True, units=tuple(unit for _, unit in pair.parts))


def _brackets(marks: Marks, first: int, last: int) -> Iterator[tuple[int, int]]:
    """What stands in each bracket of a line: "Both legs (mm/s)", "sheet (mm/ms)   standing"."""
    opening: int | None = None
    for token in marks.tokens[first:last]:
        if token.text == "(":
            opening = token.index + 1
        elif token.text == ")" and opening is not None:
            yield opening, token.index
            opening = None


def _sentences(marks: Marks, first: int, last: int) -> Iterator[tuple[int, int]]:
    """What full stops before a gap part: "Both legs. Pairs are time (sec) / diameter (mm).".

    And what stands before the codes of a legend: "time (s) / diameter (mm), then C = competent".
    """
    start = first
    for index in range(first + 1, last):
        if marks.tokens[index - 1].text == "." and marks.tokens[index].gap:
            yield start, index
            start = index
        elif marks.tokens[index - 1].text in _BEFORE_CODES and _explains(marks, index):
            yield start, index - 1
            return
    yield start, last


def _explains(marks: Marks, index: int) -> bool:
    """Whether a code and its meaning stand behind a sign: ", then I = incompetent"."""
    code = index + (marks.tokens[index].norm == "then")
    sign = marks.tokens[code + 1 : code + 2]
    return bool(sign) and sign[0].text == "="


def _is_apart(marks: Marks, part: tuple[int, int]) -> bool:
    """Whether a wide gap stands before a part."""
    return _WIDE in marks.tokens[part[0]].gap


def _behind_places(marks: Marks, first: int, last: int) -> int:
    """The token behind the leg and vein that a part begins with: "LEFT GSV diameter (mm)"."""
    index = first
    while index < last and (mention := marks.mention_at(index)) is not None:
        if mention.row("leg", "vein", "inferred") is None:
            break
        index = mention.last + 1
    return index if index < last else first


def _vein_in(marks: Marks, first: int, last: int) -> str | None:
    """The vein that some tokens name."""
    rows = (m.row("vein") for m in marks.mentions_in(first, last))
    return next((row.code for row in rows if row is not None), None)


def _cut_at_in(marks: Marks, cell: Cell) -> list[Cell]:
    """What stands before and behind the word of "diameters in mm"."""
    inside = range(cell.first + 1, cell.last - 1)
    at = next((i for i in inside if marks.tokens[i].norm == "in"), None)
    if at is None:
        return [cell]
    return [Cell(cell.first, at, 0, 0), Cell(at + 1, cell.last, 0, 0)]


def _labels(marks: Marks, index: int) -> bool:
    """Whether a colon stands at an index."""
    return marks.tokens[index : index + 1] != [] and marks.tokens[index].text == ":"


def _abbreviates(marks: Marks, index: int) -> bool:
    """Whether it is the stop of "Diam. (mm)"."""
    after = marks.tokens[index + 1 : index + 2]
    return marks.tokens[index].text == "." and bool(after) and after[0].text == "("


def _cut_parts(marks: Marks, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The parts of a line between signs and wide gaps, as far as no number stands before them."""
    start = first
    for index in range(first, last):
        token = marks.tokens[index]
        if token.kind == "number":
            return
        if index > start and _WIDE in token.gap:
            yield start, index
            start = index
        if token.text in _ENDS and not _abbreviates(marks, index):
            if index > start:
                yield start, index
            start = index + 1
    if start < last:
        yield start, last
