"""Plain text: bytes are decoded once, the byte-order mark is dropped, nothing else is changed.

Line ends stay as they are, so that offsets count code points of the text as it was written. Reports
are UTF-8, UTF-16 or Windows-1252; a detector is asked only where many bytes speak against these.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from ultrasound.errors import ReadError

CUT = "the text ends in the middle of a character: copy or export it again"
NO_TEXT = (
    "it is neither text nor a kind of file that is known: export the report as text, PDF or DICOM"
)

MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS: Final = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOST_CONTROLS: Final = 0.002
# Beyond this share of bytes above ASCII the text is not English in Windows-1252.
MANY_HIGH: Final = 0.1
PAIRS: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
LAST_ASCII: Final = 0x7F
SAMPLE: Final = 65536
FALLBACK: Final = "ultrasound-cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode what is no UTF-8 byte by byte: lines pasted from another program."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw = error.object[error.start : error.end]
    return raw.decode("cp1252", "replace"), error.end


codecs.register_error(FALLBACK, _as_cp1252)


def decode_text(data: bytes) -> str:
    """The text that ``data`` holds.

    Raises:
        ReadError: ``unknown`` where it is no text, ``truncated`` where it ends within a character.
    """
    text = _decode(data)
    if len(CONTROLS.findall(text)) > 1 + MOST_CONTROLS * len(text):
        raise ReadError("unknown", NO_TEXT)
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_strictly(data[len(mark) :], encoding)
    unmarked = _find_utf16(data)
    if unmarked is not None:
        return _decode_strictly(data, unmarked)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, error)


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(data):
            raise ReadError("truncated", CUT) from error
        if encoding == "utf-8":
            return data.decode(encoding, FALLBACK)
        raise ReadError("unknown", NO_TEXT) from error


def _find_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of English text is zero."""
    head = data[: SAMPLE & ~1]
    half = len(head) // 2
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        others = head[::2] if encoding == "utf-16-le" else head[1::2]
        if half > 1 and zeros.count(0) > 0.7 * half and others.count(0) == 0:
            return encoding
    return None


def _decode_other(data: bytes, error: UnicodeDecodeError) -> str:
    pairs = len(PAIRS.findall(data))
    if pairs and error.end >= len(data) and error.reason == "unexpected end of data":
        raise ReadError("truncated", CUT)
    strays = data.decode("utf-8", "replace").count("\ufffd")
    if pairs > strays:
        return data.decode("utf-8", FALLBACK)
    high = sum(byte > LAST_ASCII for byte in data[:SAMPLE])
    if high > MANY_HIGH * len(data[:SAMPLE]):
        best = from_bytes(data).best()
        if best is not None:
            return str(best)
    return data.decode("cp1252", "replace")
