"""Whether an item of a report tree has the parts that the standard asks of it (PS3.3 C.17.3).

An item that lacks one is read as far as it goes, and counted: a report that was damaged on its way
and stayed readable loses a side or a unit before it loses its end.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.domain import Code, ContentNode

RELATIONSHIPS: Final = (
    "CONTAINS",
    "HAS OBS CONTEXT",
    "HAS ACQ CONTEXT",
    "HAS CONCEPT MOD",
    "HAS PROPERTIES",
    "INFERRED FROM",
    "SELECTED FROM",
)
WRITTEN: Final = ("TEXT", "PNAME", "DATE", "TIME", "DATETIME", "UIDREF")
NAMED: Final = ("NUM", "CODE", *WRITTEN)
POINTED: Final = ("IMAGE", "COMPOSITE", "WAVEFORM")
GRAPHICS: Final = ("POINT", "MULTIPOINT", "POLYLINE", "POLYGON", "CIRCLE", "ELLIPSE")
OTHERS: Final = ("CONTAINER", "SCOORD", "SCOORD3D", "TCOORD", "TABLE")
IDENTIFIER: Final = re.compile(r"[0-9.]{1,64}")
DECIMAL: Final = re.compile(r" *[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)? *")


def is_complete(node: ContentNode, *, by_reference: bool = False) -> bool:
    """Whether an item can be what its writer meant.

    Args:
        node: the item; the root has the path "1" and no relationship.
        by_reference: it only points to another item of the tree.
    """
    if node.path != "1" and node.relationship not in RELATIONSHIPS:
        return False
    if by_reference:
        return True
    return _has_name(node) and _has_value(node)


def _has_name(node: ContentNode) -> bool:
    if node.name is None:
        return node.kind not in NAMED and node.path != "1"
    return _is_whole(node.name)


def _has_value(node: ContentNode) -> bool:
    if node.kind in WRITTEN:
        return node.value is not None
    if node.kind == "NUM":
        unmeasured = node.value is None and node.unit is None
        return unmeasured or (_is_number(node.value) and _is_whole(node.unit))
    if node.kind == "CODE":
        return _is_whole(node.code)
    if node.kind == "SCOORD":
        return node.value in GRAPHICS and bool(node.points)
    if node.kind in POINTED:
        return node.image is not None and IDENTIFIER.fullmatch(node.image) is not None
    return node.kind in OTHERS


def _is_whole(code: Code | None) -> bool:
    """Whether a code has its three parts, and no sign in them that a single text cannot hold."""
    if code is None:
        return False
    parts = (code.value, code.scheme, code.meaning)
    return all(part and part.isprintable() and "\\" not in part for part in parts)


def _is_number(value: str | None) -> bool:
    return value is not None and DECIMAL.fullmatch(value) is not None
