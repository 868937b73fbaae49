"""Words on images: comments of an image, texts of a presentation state.

They are labels more often than findings: "GSV REFLUX" and "DVT LT LEG" name a picture or a
protocol. So measured values alone are observations. A thrombus or a vein that does not compress is
asked about, since a missed one would be worst; other words say what is shown, and are dismissed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ultrasound.domain import (
    Caliper,
    ContentNode,
    Dismissal,
    Document,
    Extraction,
    HeaderElement,
    Observation,
    Origin,
    Quantity,
    ReviewItem,
    Support,
    TextSpan,
)

ON_IMAGES: Final = ("us_image", "presentation")
_ASKED: Final = {
    ("thrombus", "present"),
    ("thrombus", "acute"),
    ("thrombus", "subacute"),
    ("thrombus", "chronic"),
    ("compressibility", "none"),
    ("compressibility", "partial"),
    ("patency", "occluded"),
}
# What is asked about a value that is kept, or about one that names no place; not about bare names.
_KEPT: Final = ("leg_missing", "unit_missing", "out_of_range", "no_vein_named", "vein_ambiguous")
_MESSAGE: Final = "Words on an image, which may name what it shows or what was found: decide."


def keep_measured(document: Document, read: Extraction) -> Extraction:
    """What counts of the words on an image, with header elements as its places."""
    lines = _find_lines(document)
    kept, asked, dismissed = [], [], []
    for fact in read.observations:
        if isinstance(fact.value, Quantity):
            kept.append(_place_in_header(fact, lines))
        elif (fact.property, fact.value) in _ASKED:
            asked.append(_ask(fact))
        else:
            dismissed.append(Dismissal(fact.document, _in_header(fact.source), "unspecific"))
    review = [
        replace(item, origins=tuple(_in_header(origin) for origin in item.origins))
        for item in read.review
        if item.code in _KEPT and any(_has_digit(origin) for origin in item.origins)
    ]
    return Extraction(tuple(kept), (), tuple(dismissed), (*review, *asked))


def _find_lines(document: Document) -> dict[str, tuple[Support, ...]]:
    """The calipers of each text of a presentation state: the lines drawn in its own group.

    Of several texts and several lines nothing says which belong together.
    """
    found: dict[str, tuple[Support, ...]] = {}
    groups = document.tree.children if document.tree is not None else ()
    for group in groups:
        texts = [node for node in group.children if node.kind == "TEXT"]
        lines = [node for node in group.children if node.kind == "SCOORD"]
        if len(texts) == 1 or len(lines) == 1:
            calipers = tuple(c for line in lines for c in _list_calipers(document.name, line))
            found |= {text.path: calipers for text in texts}
    return found


def _list_calipers(document: str, line: ContentNode) -> Iterator[Support]:
    for child in line.children:
        if child.image is not None:
            yield Support("caliper", Caliper(document, child.image, line.path))


def _place_in_header(fact: Observation, lines: dict[str, tuple[Support, ...]]) -> Observation:
    source = fact.source
    part = source.part if isinstance(source, TextSpan) else None
    timed = fact.property == "reflux_time"
    calipers = lines.get(part or "", ()) if timed else ()
    support = (replace(item, origin=_in_header(item.origin)) for item in fact.support)
    return replace(fact, source=_in_header(source), support=(*support, *calipers))


def _in_header(origin: Origin) -> Origin:
    """A place in a text of the header as the element that holds the text."""
    if isinstance(origin, TextSpan) and origin.part is not None:
        return HeaderElement(origin.document, origin.part, origin.quote)
    return origin


def _has_digit(origin: Origin) -> bool:
    return isinstance(origin, TextSpan) and any(sign.isdigit() for sign in origin.quote)


def _ask(fact: Observation) -> ReviewItem:
    place = fact.place
    return ReviewItem(
        fact.document,
        place.leg,
        place.vein,
        "unread",
        _MESSAGE,
        segment=place.segment,
        origins=(_in_header(fact.source),),
    )
