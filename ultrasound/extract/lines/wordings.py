"""Wordings that a pattern tells, read as plainer words: "reflux, absent below" as "no reflux"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit, Find
from ultrasound.extract.lines.level_words import names_level, parts_of, says_where
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.schema_wordings import Name, Stage, Wording

# sections inside of whose line a leg begins the findings
_SILENT: Final = ("indication", "history", "technique", "comparison")


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
            "trunk": lambda words: asked.names_vein(words) and not asked.ask_for_branches(words),
            "label": asked.ask,
            "finding": asked.tells,
        }

    def list_steps(self, stage: Stage) -> tuple[Find, ...]:
        """The steps of a stage, in the order of the table."""
        return tuple(map(self._step, (r for r in self._table.wording if r.stage == stage)))

    def _step(self, row: Wording) -> Find:
        pattern, within, told, never = (
            row.compile(self._table.fill(each, self._known))
            for each in (row.pattern, row.within, row.told, row.never)
        )

        def find_edits(text: str) -> list[Edit]:
            if not told.search(text) or never.search(text):
                return []
            found = [
                (match, said)
                for around in within.finditer(text)
                for match in pattern.finditer(text, *around.span())
                if self._is_named(said := around.groupdict("") | match.groupdict(""), row)
            ]
            enough = len(found) >= row.fewest
            return [edit for match in found for edit in _read(*match, row)] if enough else []

        return find_edits

    def _is_named(self, said: Mapping[str, str], row: Wording) -> bool:
        named = ((said[group], self._is[name]) for group, name in row.names.items())
        return all(not words or is_name(words) for words, is_name in named)


def _read(found: re.Match[str], said: Mapping[str, str], row: Wording) -> Iterator[Edit]:
    """The groups that were found, as the words that they are read as."""
    said = {**said, **{name.capitalize(): words.capitalize() for name, words in said.items()}}
    for group, words in row.read.items():
        if found[group] is not None:
            width = len(found[group]) if row.wide else 0
            yield Edit(*found.span(group), words.format_map(said).ljust(width))


def _list_known(knowledge: TextKnowledge) -> dict[str, str]:
    """The slots that the other tables fill."""
    findings, columns = knowledge.findings.finding, knowledge.columns.column
    refluxes = [r for r in findings if (r.property, r.value) == ("reflux", "present")]
    sections = knowledge.sections
    silent = (row for row in sections.section if row.section in _SILENT)
    words = {
        "inline_head": (term for row in sections.inline for term in row.terms),
        "silent_head": (term for row in silent for term in row.terms),
        "leg_head": leg_terms(knowledge, "right", "left", exact=False),
        "right_leg": leg_terms(knowledge, "right"),
        "left_leg": leg_terms(knowledge, "left"),
        "other_leg": leg_terms(knowledge, "other"),
        "unit": (term for unit in knowledge.units.unit for term in unit.terms),
        "derivation": (t for c in knowledge.cues.cue if c.kind == "derivation" for t in c.terms),
        "refluxing": (t for r in refluxes if r.kind == "word" for t in r.terms if t.isalpha()),
        "depth": (t for column in columns if column.property == "depth" for t in column.terms),
    }
    return {slot: any_of(terms, blank=r"[ \t]+") for slot, terms in words.items()}
