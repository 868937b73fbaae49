"""What a presentation state writes and draws on an image (DICOM PS3.3 C.10.5).

Each group of annotations becomes a container of texts and lines, in the nouns of a report tree, so
that a line serves as calipers here as there. Paths are those of the header: "(0070,0001)[2]" is
the second group, "(0070,0001)[2](0070,0008)[1]" its first text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ultrasound.domain import Code, ContentNode
from ultrasound.read.dicom_tree import TreeReader

GROUPS: Final = "(0070,0001)"
TEXTS: Final = "(0070,0008)"
GRAPHICS: Final = "(0070,0009)"
PIXELS: Final = "PIXEL"
NAME: Final = Code("", "", "Annotation")


def read_presentation(dataset: Any, reader: TreeReader) -> ContentNode:
    """The annotations of a presentation state; raises ReadError beyond the limits of a tree."""
    groups = enumerate(reader.sequence(dataset, "GraphicAnnotationSequence"), 1)
    children = tuple(_read_group(group, f"{GROUPS}[{number}]", reader) for number, group in groups)
    return ContentNode("", "CONTAINER", "", None, children=children)


def _read_group(group: Any, path: str, reader: TreeReader) -> ContentNode:
    texts = [
        ContentNode(f"{path}{TEXTS}[{number}]", "TEXT", "", NAME, value=words)
        for number, item in enumerate(reader.sequence(group, "TextObjectSequence"), 1)
        if (words := reader.text(item, "UnformattedTextValue"))
    ]
    reader.count(len(texts))
    images = [
        ContentNode("", "IMAGE", "", None, image=uid, frame=frame)
        for uid, frame in reader.references(group, "ReferencedImageSequence")
    ]
    lines = _read_lines(group, path, tuple(images), reader)
    return ContentNode(path, "CONTAINER", "", None, children=(*texts, *lines))


def _read_lines(
    group: Any, path: str, images: tuple[ContentNode, ...], reader: TreeReader
) -> Iterator[ContentNode]:
    """The lines whose points are pixels of the image; others are places on a screen."""
    for number, item in enumerate(reader.sequence(group, "GraphicObjectSequence"), 1):
        if reader.text(item, "GraphicAnnotationUnits") == PIXELS and images:
            reader.count(1)
            yield ContentNode(
                f"{path}{GRAPHICS}[{number}]",
                "SCOORD",
                "",
                None,
                value=reader.text(item, "GraphicType"),
                points=reader.points(item),
                children=images,
            )
