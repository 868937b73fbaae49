"""Wordings that a pattern tells, read as plainer words: "reflux, absent below" as "no reflux"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, Find
from ultrasound.extract.lines.level_words import names_level, parts_of, says_where
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.schema_wordings import Name, Stage, Wording


class WordingReader:
    """Makes steps of the rows of the table."""

    def __init__(self, knowledge: TextKnowledge, asked: AskedWords) -> None:
        self._table = knowledge.wordings
        self._known = _list_known(knowledge)
        self._is: Mapping[Name, Callable[[str], bool]] = {
            "place": asked.is_place,
            "where": lambda words: all(says_where(asked, part) for part in parts_of(words)),
            "level": lambda words: names_level(asked, words),
            "vein": asked.names_vein,
        }

    def list_steps(self, stage: Stage) -> tuple[Find, ...]:
        """The steps of a stage, in the order of the table."""
        return tuple(map(self._step, (r for r in self._table.wording if r.stage == stage)))

    def _step(self, row: Wording) -> Find:
        pattern, told, never = (
            row.compile(self._table.fill(each, self._known))
            for each in (row.pattern, row.told, row.never)
        )

        def find_edits(text: str) -> list[Edit]:
            if not told.search(text) or (row.never and never.search(text)):
                return []
            found = [m for m in pattern.finditer(text) if self._is_named(m, row)]
            enough = len(found) >= row.fewest
            return [edit for match in found for edit in _read(match, row)] if enough else []

        return find_edits

    def _is_named(self, found: re.Match[str], row: Wording) -> bool:
        named = ((found[group], self._is[name]) for group, name in row.names.items())
        return all(not words or is_name(words) for words, is_name in named)


def _read(found: re.Match[str], row: Wording) -> Iterator[Edit]:
    """The groups that were found, as the words that they are read as."""
    groups = found.groupdict("")
    said = groups | {name.capitalize(): words.capitalize() for name, words in groups.items()}
    for group, words in row.read.items():
        if found[group] is not None:
            width = len(found[group]) if row.wide else 0
            yield Edit(*found.span(group), words.format_map(said).ljust(width))


def _list_known(knowledge: TextKnowledge) -> dict[str, str]:
    """The slots that the other tables fill."""
    findings, columns = knowledge.findings.finding, knowledge.columns.column
    refluxes = [r for r in findings if (r.property, r.value) == ("reflux", "present")]
    words = {
        "right_leg": leg_terms(knowledge, "right"),
        "left_leg": leg_terms(knowledge, "left"),
        "other_leg": leg_terms(knowledge, "other"),
        "unit": (term for unit in knowledge.units.unit for term in unit.terms),
        "derivation": (t for c in knowledge.cues.cue if c.kind == "derivation" for t in c.terms),
        "refluxing": (t for r in refluxes if r.kind == "word" for t in r.terms if t.isalpha()),
        "depth": (t for column in columns if column.property == "depth" for t in column.terms),
    }
    return {slot: any_of(terms) for slot, terms in words.items()}
