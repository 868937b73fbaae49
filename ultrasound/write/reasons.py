"""What a fact says and why it was read so, in one line of words: the same wherever it is shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ultrasound.domain import (
    Assertion,
    Caliper,
    ContentItem,
    ContentNode,
    Context,
    Document,
    HeaderElement,
    Observation,
    Origin,
    Quantity,
    Reviewer,
    Temporality,
    TextPart,
    TextSpan,
)
from ultrasound.numerals import write_bounds


def describe_fact(observation: Observation) -> str:
    """A fact in one line: leg, vein, segment, property, value, its words, every doubt about it."""
    doubts = list_doubts(observation)
    tail = f"  [{', '.join(doubts)}]" if doubts else ""
    return f"{name_fact(observation)}  {quote_words(observation.source)}{tail}"


def name_fact(observation: Observation) -> str:
    """What a fact says, in codes with spaces."""
    place = observation.place
    vein = place.vein if place.item is None else f"{place.vein} {place.item}"
    words = [str(place.leg or "leg not said"), vein, place.segment or "", observation.property]
    fact = " ".join(word for word in words if word).replace("_", " ")
    return f"{fact} = {write_value(observation)}"


def write_value(observation: Observation) -> str:
    """A fact's value with its bound and unit, or its code with spaces."""
    value = observation.value
    shown = f"{write_bounds(value)} {value.unit}" if isinstance(value, Quantity) else value
    return shown.replace("_", " ")


def list_doubts(observation: Observation) -> list[str]:
    """What makes a fact less than a plain statement of this exam, its flags last."""
    doubts = []
    if observation.count > 1:
        doubts.append(f"{observation.count} veins")
    if observation.temporality is Temporality.PRIOR:
        doubts.append("earlier exam")
    if observation.assertion is Assertion.UNCERTAIN:
        doubts.append("uncertain")
    return [*doubts, *observation.flags]


def describe_context(context: Context) -> str:
    """A fact of the exam in one line."""
    leg = f"{context.leg} " if context.leg else ""
    unsure = " (uncertain)" if context.assertion is Assertion.UNCERTAIN else ""
    return f"{leg}{context.fact.replace('_', ' ')}: {context.value}{unsure}"


def describe_node(node: ContentNode) -> str:
    """An item of a structured report: its name, value and unit."""
    name = node.name.meaning or node.name.value if node.name else node.kind
    value = node.value if node.code is None else node.code.meaning or node.code.value
    unit = f" {node.unit.value}" if node.unit else ""
    return name if value is None else f"{name}: {value}{unit}"


def walk_tree(node: ContentNode) -> Iterator[ContentNode]:
    """An item and all below it, in the order of the report."""
    yield node
    for child in node.children:
        yield from walk_tree(child)


def quote_words(origin: Origin) -> str:
    """The words of a place in quotation marks, or what stands for them."""
    if isinstance(origin, HeaderElement):
        return origin.tag
    if isinstance(origin, Caliper):
        return "measured on an image"
    if isinstance(origin, Reviewer):
        return "a reviewer's decision"
    return f'"{" ".join(origin.quote.split())}"'


class LineNumbers:
    """On which line of its text a span begins; lines count from 1."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._starts = {
            (document.name, part.part): _list_starts(part)
            for document in documents
            for part in document.texts
        }

    def find(self, span: TextSpan) -> int | None:
        """The span's line, None where its text is not among the documents."""
        starts = self._starts.get((span.document, span.part))
        return None if starts is None else bisect_right(starts, span.start)


def _list_starts(part: TextPart) -> list[int]:
    starts, position = [], part.offset
    for line in part.text.splitlines(keepends=True):
        starts.append(position)
        position += len(line)
    return starts


def list_reasons(observation: Observation, lines: LineNumbers) -> list[str]:
    """The words outside the fact's own that made it what it is, each role with its places."""
    roles: dict[str, dict[str, None]] = {}
    for support in observation.support:
        where = _locate(support.origin, observation.source, lines)
        roles.setdefault(support.role, {})[f"{quote_words(support.origin)}{where}"] = None
    return [f"{role}: {', '.join(places)}" for role, places in roles.items()]


def _locate(origin: Origin, source: Origin, lines: LineNumbers) -> str:
    """Where a reason stands, as far as that is not plain from the fact's own place."""
    if isinstance(origin, ContentItem):
        where = f"item {origin.path}"
    elif isinstance(origin, TextSpan) and (line := lines.find(origin)) is not None:
        other = origin.part != getattr(source, "part", None)
        where = f"line {line} of {origin.part}" if other else f"line {line}"
    else:
        return ""
    far = origin.document != getattr(source, "document", None)
    return f" ({where} in {origin.document})" if far else f" ({where})"
