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
from ultrasound.domain import (
    Assertion,
    Caliper,
    ContentItem,
    ContentNode,
    Context,
    Document,
    Extraction,
    FileEntry,
    HeaderElement,
    Observation,
    Origin,
    Quantity,
    Temporality,
    TextPart,
    TextSpan,
)
from ultrasound.knowledge import Knowledge
from ultrasound.numerals import write_bounds
from ultrasound.pipeline import extract_document
from ultrasound.read import read_file

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
        for node in _walk(document.tree):
            yield (node.path, 0, 1), ShownLine("line", f"{node.path:>9} | {_show_node(node)}")


def _walk(node: ContentNode) -> Iterator[ContentNode]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _show_node(node: ContentNode) -> str:
    name = node.name.meaning or node.name.value if node.name else node.kind
    value = node.value if node.code is None else node.code.meaning or node.code.value
    unit = f" {node.unit.value}" if node.unit else ""
    depth = "  " * node.path.count(".")
    return f"{depth}{name}" if value is None else f"{depth}{name}: {value}{unit}"


def _stands_in(anchor: _Anchor | None, stretch: Stretch) -> bool:
    part, start, end = stretch
    return anchor is not None and anchor.part == part and start <= anchor.start < end


def _list_notes(
    document: Document, extraction: Extraction
) -> Iterator[tuple[_Anchor | None, list[ShownLine]]]:
    starts = {part.part: _line_starts(part) for part in document.texts}
    for context in extraction.context:
        yield _anchor(context.source), [ShownLine("fact", _INDENT + _show_context(context))]
    for observation in extraction.observations:
        lines = [ShownLine("fact", f"{_INDENT}{describe_fact(observation)}")]
        why = "; ".join(_list_reasons(observation, starts))
        if why:
            lines.append(ShownLine("why", f"{_DEEPER}{why}"))
        yield _anchor(observation.source), lines
    for dismissal in extraction.dismissals:
        text = f"{_INDENT}left out ({dismissal.rule}): {_quote(dismissal.origin)}"
        yield _anchor(dismissal.origin), [ShownLine("left_out", text)]
    for item in extraction.review:
        text = f"{_INDENT}to decide ({item.code}, {item.severity}): {item.message}"
        first = item.origins[0] if item.origins else None
        yield _anchor(first), [ShownLine("review", text)]


def _line_starts(part: TextPart) -> list[int]:
    starts, position = [], part.offset
    for line in part.text.splitlines(keepends=True):
        starts.append(position)
        position += len(line)
    return starts


def _anchor(origin: Origin | None) -> _Anchor | None:
    if isinstance(origin, TextSpan):
        return _Anchor(origin.part, origin.start)
    if isinstance(origin, ContentItem):
        return _Anchor(origin.path)
    return None


def _show_context(context: Context) -> str:
    leg = f"{context.leg} " if context.leg else ""
    unsure = " (uncertain)" if context.assertion is Assertion.UNCERTAIN else ""
    return f"{leg}{context.fact.replace('_', ' ')}: {context.value}{unsure}"


def describe_fact(observation: Observation) -> str:
    """A fact in one line: leg, vein, segment, property, value, and every doubt about it."""
    place = observation.place
    vein = place.vein if place.item is None else f"{place.vein} {place.item}"
    words = [str(place.leg or "leg not said"), vein, place.segment or "", observation.property]
    value = observation.value
    shown = f"{write_bounds(value)} {value.unit}" if isinstance(value, Quantity) else value
    doubts = [*observation.flags]
    if observation.assertion is Assertion.UNCERTAIN:
        doubts.insert(0, "uncertain")
    if observation.temporality is Temporality.PRIOR:
        doubts.insert(0, "earlier exam")
    if observation.count > 1:
        doubts.insert(0, f"{observation.count} veins")
    tail = f"  [{', '.join(doubts)}]" if doubts else ""
    fact = " ".join(word for word in words if word).replace("_", " ")
    return f"{fact} = {shown.replace('_', ' ')}  {_quote(observation.source)}{tail}"


def _list_reasons(observation: Observation, starts: dict[str | None, list[int]]) -> Iterator[str]:
    """The words outside the fact's own that made it what it is, each role with its places."""
    roles: dict[str, dict[str, None]] = {}
    for support in observation.support:
        origin, where = support.origin, ""
        if isinstance(origin, TextSpan) and origin.part in starts:
            line = sum(start <= origin.start for start in starts[origin.part])
            other = origin.part != getattr(observation.source, "part", None)
            where = f" (line {line} of {origin.part})" if other else f" (line {line})"
        elif isinstance(origin, ContentItem):
            where = f" (item {origin.path})"
        roles.setdefault(support.role, {})[f"{_quote(origin)}{where}"] = None
    yield from (f"{role}: {', '.join(places)}" for role, places in roles.items())


def _quote(origin: Origin) -> str:
    if isinstance(origin, HeaderElement):
        return origin.tag
    if isinstance(origin, Caliper):
        return "measured on an image"
    words = origin.quote if isinstance(origin, TextSpan | ContentItem) else ""
    return f'"{" ".join(words.split())}"'
