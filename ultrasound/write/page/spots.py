"""The places of a study's documents that something was read from, each with its notes.

A place that several notes share is one spot. The page numbers spots of facts in reading order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ultrasound.domain import (
    Caliper,
    ContentItem,
    Document,
    HeaderElement,
    Origin,
    Reviewer,
    TextPart,
    TextSpan,
)
from ultrasound.knowledge.schema_drawing import load_page_look
from ultrasound.write.page.notes import Note
from ultrasound.write.reasons import walk_tree

SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text, an item of a tree, or (``other``) anything that is neither."""

    kind: str
    document: str
    part: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Spot:
    """One place with the notes whose words it holds, by their anchors; ``code`` is its class.

    ``number`` is given when the page comes to it, and only where it holds a fact.
    """

    code: str
    place: Place
    origin: Origin
    notes: dict[str, Note] = field(default_factory=dict)
    number: int | None = None

    @property
    def look(self) -> str:
        """Which kind of mark it is: the first of the table that it holds a note of."""
        kinds = {note.kind for note in self.notes.values()} or {SUPPORT}
        return next(look.code for look in load_page_look().mark if look.code in kinds)


class Spots:
    """All spots of a study."""

    def __init__(self, documents: Sequence[Document], notes: Iterable[Note]) -> None:
        self._names = {document.name for document in documents}
        self._texts = {(d.name, part.part): part for d in documents for part in d.texts}
        self._items = {
            (d.name, node.path) for d in documents if d.tree for node in walk_tree(d.tree)
        }
        self._spots: dict[Place, Spot] = {}
        self._groups: dict[tuple[str, str, str], list[Spot]] = {}
        self._numbered = 0
        for note in notes:
            for number, origin in enumerate(note.origins):
                self._take(origin).notes[note.anchor(number)] = note
            for origin in note.supports:
                self._take(origin)

    def find(self, origin: Origin) -> Spot:
        """The spot of a place that a note names."""
        return self._spots[self._locate(origin)]

    def in_text(self, document: str, part: TextPart) -> list[Spot]:
        """The spots of a text, in reading order, the longer before the shorter."""
        found = self._groups.get(("text", document, part.part or ""), [])
        return sorted(found, key=lambda spot: (spot.place.start, -spot.place.end))

    def at_item(self, document: str, path: str) -> Spot | None:
        """The spot of an item of a tree."""
        return self._spots.get(Place("item", document, path))

    def elsewhere(self, document: str) -> list[Spot]:
        """The spots of a document that are neither in its texts nor in its tree."""
        found = self._groups.get(("other", document, ""), [])
        return sorted(found, key=lambda spot: spot.place.part)

    def number(self, spot: Spot) -> None:
        """Give a spot of facts the next number."""
        if spot.number is None and any(note.kind == "fact" for note in spot.notes.values()):
            self._numbered += 1
            spot.number = self._numbered

    def __iter__(self) -> Iterator[Spot]:
        return iter(self._spots.values())

    def _take(self, origin: Origin) -> Spot:
        place = self._locate(origin)
        if place not in self._spots:
            spot = Spot(f"s{len(self._spots) + 1}", place, origin)
            self._spots[place] = spot
            part = place.part if place.kind == "text" else ""
            self._groups.setdefault((place.kind, place.document, part), []).append(spot)
        return self._spots[place]

    def _locate(self, origin: Origin) -> Place:
        """Where an origin stands on the page."""
        if isinstance(origin, TextSpan):
            part = self._texts.get((origin.document, origin.part))
            if part is not None and _holds(part, origin):
                start, end = origin.start - part.offset, origin.end - part.offset
                return Place("text", origin.document, origin.part or "", start, end)
        if (
            isinstance(origin, (ContentItem, Caliper))
            and (origin.document, origin.path) in self._items
        ):
            return Place("item", origin.document, origin.path)
        document = "" if isinstance(origin, Reviewer) else origin.document
        shown = document if document in self._names else ""
        return Place("other", shown, name_elsewhere(origin))


def _holds(part: TextPart, span: TextSpan) -> bool:
    start, end = span.start - part.offset, span.end - part.offset
    return start >= 0 and part.text[start:end] == span.quote


def name_elsewhere(origin: Origin) -> str:
    """What a place is called that is neither in a text nor in a tree of the page."""
    if isinstance(origin, HeaderElement):
        return f"{origin.tag} {origin.quote}".rstrip()
    if isinstance(origin, Caliper):
        return f"points {origin.path} on image {origin.image}"
    if isinstance(origin, ContentItem):
        return f"item {origin.path}: {origin.quote}"
    if isinstance(origin, TextSpan):
        return f"{origin.part or 'text'} from character {origin.start}: {origin.quote}"
    return f"decision {origin.row} of a reviewer"
