"""A report line by line, with what was read from each line and why.

Below a line of the text stand the facts whose words it holds, each with what made it this leg,
vein or segment; what was deliberately left out, by which rule; and what a person has to decide.
Items of a structured report take the place of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ultrasound.config import Settings
from ultrasound.domain import ContentItem, Document, Extraction, FileEntry, Origin, TextSpan
from ultrasound.knowledge import Knowledge
from ultrasound.pipeline import extract_document
from ultrasound.read import read_file
from ultrasound.write.reasons import (
    LineNumbers,
    describe_context,
    describe_fact,
    describe_node,
    list_reasons,
    quote_words,
    walk_tree,
)

_INDENT: Final = " " * 8
_DEEPER: Final = " " * 12


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line to print; ``style`` is line, heading, fact, why, left_out or review."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a thing stands: a part of the document, and a position or an item in it."""

    part: str | None
    start: int = 0


def show_file(
    path: Path, knowledge: Knowledge, settings: Settings
) -> tuple[FileEntry, Iterator[ShownLine]]:
    """Read one file and lay out every document that it holds."""
    outcome = read_file(path, path.name, knowledge)

    def lay_out() -> Iterator[ShownLine]:
        for document in outcome.documents:
            yield from show_document(document, extract_document(document, knowledge, settings))

    return outcome.entry, lay_out()


def show_document(document: Document, extraction: Extraction) -> Iterator[ShownLine]:
    """Lay out one document with everything that was read from it."""
    exam = f", {document.exam.replace('_', ' ')}" if document.exam else ""
    yield ShownLine("heading", f"{document.name} ({document.kind}{exam})")
    notes = list(_list_notes(document, extraction))
    shown: set[int] = set()
    for anchors, line in _list_lines(document):
        if line is not None:
            yield line
        for number, (anchor, lines) in enumerate(notes):
            if number not in shown and _stands_in(anchor, anchors):
                shown.add(number)
                yield from lines
    rest = [lines for number, (_, lines) in enumerate(notes) if number not in shown]
    if rest:
        yield ShownLine("heading", "about the document as a whole")
    for lines in rest:
        yield from lines


Stretch = tuple[str | None, int, int]


def _list_lines(document: Document) -> Iterator[tuple[Stretch, ShownLine | None]]:
    """Each line with the stretch of the part that it covers."""
    for part in document.texts:
        if part.part is not None:
            title = f" {part.heading}" if part.heading else ""
            yield (part.part, -1, -1), ShownLine("heading", f"[{part.part}]{title}")
        start = part.offset
        for number, line in enumerate(part.text.splitlines(keepends=True), 1):
            end = start + len(line)
            shown = ShownLine("line", f"{number:5} | {line.rstrip()}")
            yield (part.part, start, end), shown
            start = end
    if document.tree is not None:
        for node in walk_tree(document.tree):
            depth = "  " * node.path.count(".")
            line = f"{node.path:>9} | {depth}{describe_node(node)}"
            yield (node.path, 0, 1), ShownLine("line", line)


def _stands_in(anchor: _Anchor | None, stretch: Stretch) -> bool:
    part, start, end = stretch
    return anchor is not None and anchor.part == part and start <= anchor.start < end


def _list_notes(
    document: Document, extraction: Extraction
) -> Iterator[tuple[_Anchor | None, list[ShownLine]]]:
    lines = LineNumbers([document])
    for context in extraction.context:
        yield _anchor(context.source), [ShownLine("fact", _INDENT + describe_context(context))]
    for observation in extraction.observations:
        shown = [ShownLine("fact", f"{_INDENT}{describe_fact(observation)}")]
        why = "; ".join(list_reasons(observation, lines))
        if why:
            shown.append(ShownLine("why", f"{_DEEPER}{why}"))
        yield _anchor(observation.source), shown
    for dismissal in extraction.dismissals:
        text = f"{_INDENT}left out ({dismissal.rule}): {quote_words(dismissal.origin)}"
        yield _anchor(dismissal.origin), [ShownLine("left_out", text)]
    for item in extraction.review:
        text = f"{_INDENT}to decide ({item.code}, {item.severity}): {item.message}"
        first = item.origins[0] if item.origins else None
        yield _anchor(first), [ShownLine("review", text)]


def _anchor(origin: Origin | None) -> _Anchor | None:
    if isinstance(origin, TextSpan):
        return _Anchor(origin.part, origin.start)
    if isinstance(origin, ContentItem):
        return _Anchor(origin.path)
    return None
