"""The content tree of a structured report (DICOM PS3.3 C.17.3), read as it comes.

Templates are extensible and vendors break them, so nothing is demanded of the shape: every item
becomes a node, and an item whose value cannot be read is counted. Codes are kept as they were sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from ultrasound.domain import Code, ContentNode
from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_dicom import Limits
from ultrasound.read.dicom_complete import is_complete
from ultrasound.read.dicom_values import convert, take_plain

TOO_COMPLEX = "it holds more items than this program reads: see [limits] in dicom.toml"
TEXT_OF: Final = {
    "TEXT": "TextValue",
    "PNAME": "PersonName",
    "DATE": "Date",
    "TIME": "Time",
    "DATETIME": "DateTime",
    "UIDREF": "UID",
    "SCOORD": "GraphicType",
}
CONTINUITY: Final = ("SEPARATE", "CONTINUOUS")
REFERENCES: Final = ("IMAGE", "COMPOSITE", "WAVEFORM")
CODE_VALUES: Final = ("CodeValue", "LongCodeValue", "URNCodeValue")


class TreeReader:
    """Turns the items of one report into nodes; ``repair`` mends text of a wrong character set."""

    def __init__(self, limits: Limits, repair: Callable[[str], str]) -> None:
        self.damaged = 0
        self._limits = limits
        self._repair = repair
        self._left = limits.nodes

    def read(self, dataset: Any) -> ContentNode:
        """Read the tree; raises ReadError where it is larger than the limits."""
        return self._node(dataset, "1", 1)

    def count(self, nodes: int) -> None:
        """Count nodes; raises ReadError where there are more than the limits allow."""
        self._left -= nodes
        if self._left < 0:
            raise ReadError("too_large", TOO_COMPLEX)

    def references(self, item: Any, keyword: str) -> Iterator[tuple[str, int | None]]:
        """The objects that a sequence names, each with the frames that it names."""
        for entry in self.sequence(item, keyword):
            uid = self.text(entry, "ReferencedSOPInstanceUID")
            if uid is not None:
                yield uid, self._frame_of(entry)

    def _node(self, item: Any, path: str, depth: int) -> ContentNode:
        self.count(1)
        if depth > self._limits.depth:
            raise ReadError("too_large", TOO_COMPLEX)
        kind = self.text(item, "ValueType") or ""
        value, unit = self._number(item) if kind == "NUM" else (None, None)
        children = self.sequence(item, "ContentSequence")
        named = self.references(item, "ReferencedSOPSequence") if kind in REFERENCES else iter(())
        image, frame = next(named, (None, None))
        node = ContentNode(
            path=path,
            kind=kind,
            relationship=self.text(item, "RelationshipType") or "",
            name=self._code(item, "ConceptNameCodeSequence"),
            value=self.text(item, TEXT_OF[kind]) if kind in TEXT_OF else value,
            code=self._code(item, "ConceptCodeSequence") if kind == "CODE" else None,
            unit=unit,
            image=image,
            frame=frame,
            points=self.points(item) if kind == "SCOORD" else (),
            children=tuple(
                self._node(child, f"{path}.{number}", depth + 1)
                for number, child in enumerate(children, 1)
            ),
        )
        by_reference = not kind and self._get(item, "ReferencedContentItemIdentifier") is not None
        whole = self._has_own_part(item, kind) and is_complete(node, by_reference=by_reference)
        self.damaged += not whole
        return node

    def _has_own_part(self, item: Any, kind: str) -> bool:
        """Whether an item has the element that its kind asks for, which may be empty in a NUM."""
        if kind == "CONTAINER":
            return self.text(item, "ContinuityOfContent") in CONTINUITY
        return kind != "NUM" or self._get(item, "MeasuredValueSequence") is not None

    def _get(self, item: Any, keyword: str) -> Any:
        try:
            return convert(item, keyword)
        except Exception:  # noqa: BLE001 - values are converted when they are asked for
            self.damaged += 1
            return None

    def sequence(self, item: Any, keyword: str) -> list[Any]:
        """The items of a sequence; none where it cannot be read, which is counted."""
        try:
            return list(self._get(item, keyword) or ())
        except Exception:  # noqa: BLE001 - a sequence that is none, or that is damaged
            self.damaged += 1
            return []

    def text(self, item: Any, keyword: str) -> str | None:
        """A value as text, None for an empty one."""
        plain = take_plain(item, keyword)
        if plain is not None:
            text = plain.rstrip(" \0")
            return text if text.strip() else None
        value = self._get(item, keyword)
        if isinstance(value, bytes):  # what pydicom gives for a value that it cannot convert
            self.damaged += bool(value)
            return None
        if value is None:
            return None
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = "\\".join(str(part) for part in value)
        text = self._repair(str(value)).rstrip("\0")
        return text if text.strip() else None

    def _code(self, item: Any, keyword: str) -> Code | None:
        for entry in self.sequence(item, keyword)[:1]:
            values = [text for name in CODE_VALUES if (text := self.text(entry, name))]
            scheme = self.text(entry, "CodingSchemeDesignator") or ""
            meaning = self.text(entry, "CodeMeaning") or ""
            return Code(values[0].strip() if values else "", scheme.strip(), meaning.strip())
        return None

    def _number(self, item: Any) -> tuple[str | None, Code | None]:
        for entry in self.sequence(item, "MeasuredValueSequence")[:1]:
            text = self.text(entry, "NumericValue")
            return (text and text.strip()), self._code(entry, "MeasurementUnitsCodeSequence")
        return None, None

    def _frame_of(self, entry: Any) -> int | None:
        text = self.text(entry, "ReferencedFrameNumber") or ""
        return int(text) if text.isdecimal() else None

    def points(self, item: Any) -> tuple[tuple[float, float], ...]:
        """The (column, row) pairs of a graphic item."""
        try:
            numbers = [float(number) for number in self._get(item, "GraphicData") or ()]
        except (TypeError, ValueError):
            self.damaged += 1
            return ()
        return tuple(zip(numbers[::2], numbers[1::2], strict=False))
