"""A study's documents as the page shows them: texts in pieces, trees item by item, the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ultrasound.domain import ContentNode, Document, TextPart
from ultrasound.write.page.pieces import Piece, cut_text, measure_columns
from ultrasound.write.page.spots import Spot, Spots, name_elsewhere
from ultrasound.write.reasons import describe_node, walk_tree

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One text of a document; ``width``: the characters that its tables take."""

    title: str
    pieces: tuple[Piece, ...]
    width: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a structured report, or a place elsewhere; ``text`` holds its narrative."""

    path: str
    depth: int
    piece: Piece
    text: TextBlock | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document."""

    name: str
    kind: str
    texts: tuple[TextBlock, ...]
    items: tuple[ItemLine, ...]
    elsewhere: tuple[ItemLine, ...]


def lay_out(documents: Sequence[Document], spots: Spots) -> list[Sheet]:
    """Each document with its marks, reports in words first; facts are numbered in this order."""
    ordered = sorted(documents, key=lambda d: (not d.texts, d.tree is not None))
    sheets = [_lay_out_document(document, spots) for document in ordered]
    lost = tuple(_list_elsewhere("", spots))
    return [*sheets, Sheet("", "", (), (), lost)] if lost else sheets


def _lay_out_document(document: Document, spots: Spots) -> Sheet:
    narratives = {part.part: part for part in document.texts}
    items = []
    for node in walk_tree(document.tree) if document.tree else ():
        part = narratives.pop(node.path, None)
        items.append(_lay_out_item(document, node, part, spots))
    texts = tuple(_lay_out_text(document, part, spots) for part in narratives.values())
    exam = f", {document.exam.replace('_', ' ')}" if document.exam else ""
    kind = f"{document.kind.replace('_', ' ')}{exam}"
    elsewhere = tuple(_list_elsewhere(document.name, spots))
    return Sheet(document.name, kind, texts, tuple(items), elsewhere)


def _lay_out_text(document: Document, part: TextPart, spots: Spots) -> TextBlock:
    found = spots.in_text(document.name, part)
    for spot in found:
        spots.number(spot)
    title = " ".join(word for word in (part.part, part.heading) if word)
    return TextBlock(title, tuple(cut_text(part.text, found)), measure_columns(part.text))


def _lay_out_item(
    document: Document, node: ContentNode, part: TextPart | None, spots: Spots
) -> ItemLine:
    spot = spots.at_item(document.name, node.path)
    words = describe_node(node)
    if part is not None and node.name is not None:
        words = node.name.meaning or node.name.value
    piece = _make_piece(words, spot, spots)
    text = None if part is None else _lay_out_text(document, part, spots)
    return ItemLine(node.path, min(node.path.count("."), _DEEPEST), piece, text)


def _list_elsewhere(document: str, spots: Spots) -> Iterator[ItemLine]:
    for spot in spots.elsewhere(document):
        yield ItemLine("", 0, _make_piece(name_elsewhere(spot.origin), spot, spots))


def _make_piece(words: str, spot: Spot | None, spots: Spots) -> Piece:
    if spot is None:
        return Piece(words)
    spots.number(spot)
    return Piece(words, (spot,), (spot,))
