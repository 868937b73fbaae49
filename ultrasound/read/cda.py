"""The text of a clinical document (HL7 CDA release 2): its sections in order, as plain text.

Only the narrative is read: it is what a person signed. A section's entries repeat it in codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from ultrasound.domain import TextPart
from ultrasound.errors import ReadError

NAMESPACE: Final = "{urn:hl7-org:v3}"
BROKEN = "it is no clinical document that can be read: export the report as text or PDF"
# A document type can define texts that grow without end; a clinical document needs none.
DOCTYPE: Final = b"<!DOCTYPE"
LINES: Final = ("paragraph", "item", "caption", "br", "list", "table", "tr")
CELLS: Final = ("td", "th")


def read_sections(data: bytes) -> tuple[TextPart, ...]:
    """The narrative of each section, under its title; ``part`` is the section's number ("1.2").

    Raises:
        ReadError: ``broken``: no well-formed clinical document, or one with a document type.
    """
    if DOCTYPE in data:
        raise ReadError("broken", BROKEN)
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ReadError("broken", BROKEN) from error
    if root.tag != f"{NAMESPACE}ClinicalDocument":
        raise ReadError("broken", BROKEN)
    path = f"{NAMESPACE}component/{NAMESPACE}structuredBody/{NAMESPACE}component/{NAMESPACE}section"
    return tuple(
        part
        for number, section in enumerate(root.iterfind(path), 1)
        for part in _read_section(section, str(number))
    )


def _read_section(section: ElementTree.Element, number: str) -> Iterator[TextPart]:
    title, words = section.find(f"{NAMESPACE}title"), section.find(f"{NAMESPACE}text")
    heading = " ".join("".join(title.itertext()).split()) if title is not None else ""
    text = _tidy("".join(_flatten(words))) if words is not None else ""
    if text:
        yield TextPart(number, text, heading or None)
    inner = section.iterfind(f"{NAMESPACE}component/{NAMESPACE}section")
    for place, child in enumerate(inner, 1):
        yield from _read_section(child, f"{number}.{place}")


def _flatten(element: ElementTree.Element) -> Iterator[str]:
    """The text of an element with line ends for its blocks and bars between the cells of a row."""
    name = element.tag.removeprefix(NAMESPACE)
    if name in LINES:
        yield "\n"
    yield " ".join((element.text or "").split()) if name == "tr" else element.text or ""
    for child in element:
        yield from _flatten(child)
        if child.tag.removeprefix(NAMESPACE) in CELLS:
            yield " | "
        yield child.tail or ""
    if name in LINES:
        yield "\n"


def _tidy(text: str) -> str:
    """Lines without the white space of the markup; a row keeps its empty cells."""
    lines = (" ".join(line.split()).removesuffix("|").rstrip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
