"""Headings, titles and the words that end no sentence: sections.toml."""

from __future__ import annotations

from ultrasound.knowledge.short_rows import Shortening, Words
from ultrasound.knowledge.tables import Row


class Section(Row):
    """Headings that open a section."""

    section: str
    terms: tuple[str, ...]


class SectionTable(Row):
    """sections.toml."""

    section: tuple[Section, ...]
    title: tuple[Words, ...]
    title_beside: tuple[Words, ...]
    title_with: tuple[Words, ...]
    title_aside: tuple[Words, ...]
    subject: tuple[Words, ...]
    writer: tuple[Words, ...]
    inline: tuple[Words, ...]
    abbreviation: tuple[Shortening, ...]
    foreign: tuple[Words, ...]
    course: tuple[Words, ...]
    course_beside: tuple[Words, ...]
    no_branch: tuple[Words, ...]
