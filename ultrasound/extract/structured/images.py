"""What an image shows, by the elements of its header in the order of trust.

Codes come first (DICOM PS3.3 C.7.6.5, Anatomic Region Sequence and its modifiers), then the image's
laterality, then the words of views, comments and descriptions. Most scanners send words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ultrasound.domain import (
    Document,
    Header,
    HeaderElement,
    ImagePlace,
    Leg,
    ReviewItem,
    Support,
)
from ultrasound.extract.structured.scene import ReadLabel
from ultrasound.knowledge import Knowledge

ANATOMY: Final = "(0008,2218)"
LATERALITY: Final = "(0020,0062)"


@dataclass(frozen=True, slots=True)
class _Said:
    """What one element says; None where it does not. ``own``: it speaks of this image alone."""

    element: HeaderElement
    leg: Leg | None = None
    vein: str | None = None
    segment: str | None = None
    own: bool = True


def find_image_place(
    document: Document, knowledge: Knowledge, read_label: ReadLabel
) -> tuple[ImagePlace, tuple[ReviewItem, ...]]:
    """The leg, vein and level of an image, and a question where two elements name two legs.

    The most trusted element that says a thing is believed; a level counts with its own vein only.
    """
    if document.header is None:
        return ImagePlace(), ()
    said = list(_read_elements(document.name, document.header, knowledge, read_label))
    leg = next((s for s in said if s.leg is not None), None)
    vein = next((s for s in said if s.vein is not None), None)
    segment = _choose_segment([s for s in said if vein is None or s.vein in (None, vein.vein)])
    found = (("leg", leg), ("vein", vein), ("segment", segment if vein else None))
    place = ImagePlace(
        leg=leg.leg if leg else None,
        vein=vein.vein if vein else None,
        segment=segment.segment if segment and vein else None,
        support=tuple(Support(role, one.element) for role, one in found if one is not None),
    )
    return place, tuple(_ask_side(document.name, said, place))


def _read_elements(
    document: str, header: Header, knowledge: Knowledge, read_label: ReadLabel
) -> Iterator[_Said]:
    codes = knowledge.dicom
    for code in header.anatomy:
        element = HeaderElement(document, ANATOMY, code.meaning)
        row, legs = codes.veins.get(codes.key(code)), codes.lateralities.get(codes.key(code), ())
        if row is not None:
            yield _Said(element, vein=row.vein, segment=row.segment)
        elif len(legs) == 1:
            yield _Said(element, leg=legs[0])
        else:
            yield _read_words(element, knowledge, read_label)
    if header.laterality is not None:
        letter = header.laterality.value[0].upper()
        yield _Said(HeaderElement(document, LATERALITY, letter), leg=header.laterality)
    tags = codes.header
    words = dict(header.descriptions)
    for keyword, tag in (*tags.image.items(), *tags.study.items()):
        if keyword in words:
            element = HeaderElement(document, tag, words[keyword])
            yield _read_words(element, knowledge, read_label, own=keyword in tags.image)


def _read_words(
    element: HeaderElement, knowledge: Knowledge, read_label: ReadLabel, *, own: bool = True
) -> _Said:
    label = read_label(element.quote, knowledge)
    return _Said(element, label.leg, label.vein, label.segment, own)


def _choose_segment(said: list[_Said]) -> _Said | None:
    """The level that is trusted most, narrowed where another element names a part of it."""
    levels = [one for one in said if one.segment is not None]
    zone = levels[0].segment if levels else None
    parts = (one for one in levels if str(one.segment).endswith(f"_{zone}"))
    return next(parts, levels[0] if levels else None)


def _ask_side(document: str, said: list[_Said], place: ImagePlace) -> Iterator[ReviewItem]:
    sides = {one.leg: one for one in reversed(said) if one.leg is not None and one.own}
    if len(sides) > 1:
        yield ReviewItem(
            document,
            place.leg,
            place.vein,
            "leg_conflict",
            "The header of an image names both legs: check on the image which one it shows.",
            segment=place.segment,
            origins=tuple(sides[leg].element for leg in sorted(sides)),
        )
