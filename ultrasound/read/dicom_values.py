"""The values of DICOM elements, one by one: each may be missing, damaged or of another kind.

Most are short texts of ASCII and single numbers. Those are taken from their bytes, which pydicom
has cut out already; everything else is converted by pydicom, which costs many times as much.
"""

from __future__ import annotations

import re
import struct
from functools import cache
from typing import Any, Final

from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.tag import BaseTag, Tag

CONTROLS: Final = re.compile("[\x80-\x9f]")
UNSTATED_CHARSETS: Final = ("", "ISO_IR 6", "ISO 2022 IR 6")
TEXTS: Final = frozenset(
    ("AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UT")
)
NUMBERS: Final = {"US": "H", "UL": "I", "SS": "h", "SL": "i", "FL": "f", "FD": "d"}
PADDING: Final = " \0\t\r\n"
# Bytes that a text of several values, or one with a change of its character set, holds.
SPECIAL: Final = re.compile(rb"[\\\x1b\x80-\xff]")


def take_value(dataset: Any, keyword: str) -> Any:
    """The converted value, None where it is missing or cannot be converted."""
    try:
        return convert(dataset, keyword)
    except Exception:  # noqa: BLE001 - values are converted when they are asked for, and may raise
        return None


def convert(dataset: Any, keyword: str) -> Any:
    """The converted value, None where it is missing; raises anything where it is damaged."""
    element = dataset.get(_tag_of(keyword))
    return None if element is None else element.value


@cache
def _tag_of(keyword: str) -> BaseTag:
    return Tag(keyword)


def take_plain(dataset: Any, keyword: str) -> str | None:
    """A text of ASCII alone as it was written; None for any other value, or for none."""
    element = dataset.get_item(_tag_of(keyword))
    if not isinstance(element, RawDataElement) or element.VR not in TEXTS:
        return None
    raw = element.value
    return None if raw is None or SPECIAL.search(raw) else raw.decode("ascii")


def take_text(dataset: Any, keyword: str) -> str | None:
    """A value as text, several joined by backslashes; None for an empty or damaged one."""
    plain = take_plain(dataset, keyword)
    if plain is not None:
        return plain.strip(PADDING) or None
    value = take_value(dataset, keyword)
    if value is None or isinstance(value, (bytes, Dataset)):
        return None
    if isinstance(value, MultiValue):
        value = "\\".join(str(part) for part in value)
    text = str(value)
    if not text.isascii():
        text = repair_text(text, declared=declares_charset(dataset))
    return text.strip(PADDING) or None


def declares_charset(dataset: Any) -> bool:
    """Whether an object names a character set for its texts."""
    value = take_value(dataset, "SpecificCharacterSet")
    return value not in (None, *UNSTATED_CHARSETS)


def repair_text(text: str, *, declared: bool) -> str:
    """The text that was meant where its character set is missing, or named as Latin-1 wrongly.

    Text that a declared set decodes without control characters is left as it is.
    """
    if text.isascii() or (declared and not CONTROLS.search(text)):
        return text
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return text


def take_items(dataset: Any, keyword: str) -> list[Any]:
    """The items of a sequence; none where it is none, or damaged."""
    value = take_value(dataset, keyword)
    try:
        return list(value or ())
    except Exception:  # noqa: BLE001 - a sequence that is none, or that is damaged
        return []


def take_number(dataset: Any, keyword: str, kind: type[int] | type[float]) -> Any:
    """A single number, None where there is none."""
    element = dataset.get_item(_tag_of(keyword))
    if isinstance(element, RawDataElement) and element.VR in NUMBERS and element.value:
        form = ("<" if element.is_little_endian else ">") + NUMBERS[element.VR]
        if len(element.value) == struct.calcsize(form):
            return kind(struct.unpack(form, element.value)[0])
    try:
        return kind(take_value(dataset, keyword))
    except (TypeError, ValueError, OverflowError):
        return None
