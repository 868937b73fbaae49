"""The leg and vein that a line over a table names for its rows: "GSV mapping, right leg"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.facts.fact import UNNAMED
from ultrasound.extract.lines.layout import Line
from ultrasound.extract.places.places import Part, PlaceGroup
from ultrasound.extract.places.sites import Site, compose
from ultrasound.extract.tables.table_cells import cell_of, cut_cells
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_LONGEST: Final = 16  # tokens; a longer line is a sentence
_LINES: Final = 3  # over a table; the nearer ones name no place
_SAYS: Final = (
    "none", "negative", "positive", "negation", "denial_after", "affirmation_after", "normal",
    "free", "spared", "template_blank", "except", "remainder", "uncertain", "prior", "plan",
    "question",
)  # fmt: skip
_HEADS: Final = ("findings", "side")  # sections whose label may stand before a caption


class OverLineReader:
    """Reads the caption over a table."""

    def __init__(self, headers: HeaderReader, knowledge: TextKnowledge) -> None:
        self._headers = headers
        sections = knowledge.sections
        self._labels = frozenset(
            tuple(fold_term(term))
            for section in sections.section
            if section.section not in _HEADS
            for term in section.terms
        )
        self._sizes = frozenset(map(len, self._labels))
        titles = (*sections.title, *sections.title_beside)
        self._titles = frozenset(fold_term(term)[0] for words in titles for term in words.terms)

    def read_over(
        self, marks: Marks, lines: Sequence[Line], begin: int, index: int
    ) -> PlaceGroup | None:
        """What the lines from ``begin`` straight over a table name; the nearest place counts."""
        for position in range(index - 1, max(begin - 1, index - 1 - _LINES), -1):
            line = lines[position]
            if position < index - 1 and lines[position + 1].blank_before:
                return None
            if self._is_labelled(marks, line):
                return None
            if any(m.row("leg", "vein", "place") for m in marks.mentions_in(line.first, line.last)):
                return self._read_caption(marks, line)
        return None

    def _is_labelled(self, marks: Marks, line: Line) -> bool:
        """Whether a line is of a section, which speaks of something else: "Indication: left"."""
        words = [token.norm for token in marks.tokens[line.first : line.last]]
        return any(tuple(words[:size]) in self._labels for size in self._sizes)

    def _read_caption(self, marks: Marks, line: Line) -> PlaceGroup | None:
        """The one leg and the one vein of a line that finds nothing."""
        ends = marks.tokens[line.last - 1].text in (".", ";", ",", "?")
        if ends or line.bullet or line.last - line.first > _LONGEST:
            return None
        if len([c for c in cut_cells(marks, line) if not c.is_empty]) != 1:
            return None
        mentions = marks.mentions_in(line.first, line.last)
        words = {token.norm for token in marks.tokens[line.first : line.last]}
        titled = not words.isdisjoint(self._titles)
        if any(m.cue(*_SAYS) or _finds(m, titled=titled) for m in mentions):
            return None
        return _unite(self._headers.read_places(marks, cell_of(line)))


def _finds(mention: Mention, *, titled: bool) -> bool:
    """Whether a word of a line finds something: no noun of a title, and no second trunk."""
    finding = mention.row("finding")
    if finding is None or finding.property == "diameter":
        return False
    if finding.property == "treatment":
        return not titled
    return bool(finding.kind == "word" and finding.value != "duplicated")


def _unite(groups: Sequence[PlaceGroup]) -> PlaceGroup | None:
    """One place of all that are named: "GSV mapping, right leg"; None where several are."""
    parts = [part for group in groups for part in group.parts]
    legs = {part.legs for part in parts if part.legs}
    veins = {part.vein for part in parts if part.vein}
    if any(part.ambiguous for part in parts) or len(legs) > 1 or len(veins) > 1:
        return None
    sided = next((part for part in parts if len(part.legs) == 1), Part())
    named = next((part for part in parts if part.vein and part.vein not in UNNAMED), Part())
    if not sided.legs and not named.vein:
        return None
    part = Part(
        sided.legs, named.vein, inferred=named.inferred, leg_at=sided.leg_at, vein_at=named.vein_at
    )
    return PlaceGroup(groups[0].first, groups[-1].last, (part,))


def sites_under(over: PlaceGroup | None, base: tuple[Site, ...]) -> tuple[Site, ...]:
    """What stands over a table, with what its caption names, where the headings say less."""
    if over is None:
        return base
    part = over.parts[0]
    if part.vein in {site.vein for site in base}:
        part = replace(part, vein=None, vein_at=None)  # the heading may name its level too
    return compose(replace(over, parts=(part,)), base)
