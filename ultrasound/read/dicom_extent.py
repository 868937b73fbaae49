"""Whether a DICOM object is whole: its elements are walked by their lengths up to the file's end.

A parser that meets the end of a file in the middle of a structured report may return the items it
has seen and say nothing, so that the second leg is lost. This walk notices every cut, before any
value is read. Layout of elements: DICOM PS3.5 section 7; transfer syntaxes: PS3.5 annex A.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final, NamedTuple

from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_dicom import Limits

PREAMBLE: Final = 128
PREFIX: Final = b"DICM"
CHUNK: Final = 65536
MOST_ELEMENTS: Final = 2_000_000

UNDEFINED: Final = 0xFFFFFFFF
ITEM_GROUP: Final = 0xFFFE
ITEM: Final = 0xFFFEE000
ITEM_END: Final = 0xFFFEE00D
SEQUENCE_END: Final = 0xFFFEE0DD
PIXELS: Final = (0x7FE00008, 0x7FE00009, 0x7FE00010)
CONTENT: Final = 0x0040A730
META_LENGTH: Final = 0x00020000
TRANSFER_SYNTAX: Final = 0x00020010
LONG_FORMS: Final = frozenset(
    (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV")
)
SHORT_FORMS: Final = frozenset(
    b"AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split()
)

BIG_ENDIAN: Final = "1.2.840.10008.1.2.2"
DEFLATED: Final = "1.2.840.10008.1.2.1.99"

CUT = "the file ends before its content does: copy or export it again"
DAMAGED = "its elements do not fit together: copy or export it again"
CHANGED = "the file changed while it was read: run again when its copy is finished"
TOO_LARGE = "it is larger than this program reads: see [limits] in dicom.toml"


@dataclass(frozen=True, slots=True)
class Extent:
    """A whole object: ``data`` is the file up to its pixels (``pixels`` True), else all of it.

    ``ordered`` tells whether its tags ascend and the length of its meta information fits, as in
    undamaged objects.
    """

    data: bytes
    pixels: bool
    ordered: bool = True


class Element(NamedTuple):
    """The head of one element; its value is ``length`` bytes from ``at``."""

    tag: int
    vr: bytes
    length: int
    at: int


class Window:
    """A file's bytes by their offsets; all up to the pixels are kept, once they were passed."""

    def __init__(self, stream: BinaryIO, size: int, most: int) -> None:
        self.size = size
        self._stream = stream
        self._most = most
        self._kept = bytearray()
        self._ahead = False

    def take(self, at: int, count: int) -> bytes:
        """``count`` bytes from ``at``; raises ReadError where the file ends before."""
        end = at + count
        self.require(end)
        if self._ahead and end > len(self._kept):
            return self._fetch(at, count)
        self._keep(end)
        return bytes(self._kept[at:end])

    def require(self, end: int) -> None:
        """Raise ReadError where the file ends before ``end``."""
        if end > self.size:
            raise ReadError("truncated", CUT)

    def look_ahead(self) -> None:
        """From here on keep nothing: what follows is only measured."""
        self._ahead = True

    def up_to(self, end: int) -> bytes:
        """All bytes before ``end``."""
        self._keep(end)
        return bytes(self._kept[:end])

    def _keep(self, end: int) -> None:
        if end <= len(self._kept):
            return
        if end > self._most:
            raise ReadError("too_large", TOO_LARGE)
        start = len(self._kept)
        self._kept += self._fetch(start, min(max(end - start, CHUNK), self.size - start))

    def _fetch(self, at: int, count: int) -> bytes:
        self._stream.seek(at)
        data = self._stream.read(count)
        if len(data) != count:
            raise ReadError("changed", CHANGED)
        return data


class Walk:
    """One pass over the elements of a data set, from ``at`` to the file's end."""

    def __init__(self, window: Window, *, explicit: bool, little: bool, depth: int) -> None:
        self._window = window
        self._explicit = explicit
        self._order = "<" if little else ">"
        self._named = struct.Struct(f"{self._order}HH2sH")
        self._long = struct.Struct(f"{self._order}I")
        self._depth = depth
        self._left = MOST_ELEMENTS
        self.ordered = True

    def run(self, at: int) -> int | None:
        """Walk the top level; returns where the pixels' element starts, None without one."""
        pixels, last = None, 0
        while at < self._window.size and not self._is_padding(at):
            start, element = at, self.head(at)
            if element.tag in PIXELS and pixels is None:
                pixels = start
                self._window.up_to(start)
                self._window.look_ahead()
            if pixels is not None and element.length == UNDEFINED and self._ends_with_delimiter():
                return pixels
            self.ordered &= element.tag > last
            last = element.tag
            standard = element.vr == b"SQ" and not last >> 16 & 1  # private ones follow no rules
            at = self.skip(element, 0, inside=standard or element.tag == CONTENT)
        return pixels

    def head(self, at: int, *, explicit: bool | None = None) -> Element:
        """The tag, value representation and length of the element at ``at``."""
        self._left -= 1
        if self._left < 0:
            raise ReadError("broken", DAMAGED)
        raw = self._window.take(at, 8)
        group, number, vr, length = self._named.unpack(raw)
        tag = group << 16 | number
        if (self._explicit if explicit is None else explicit) and group != ITEM_GROUP:
            if vr in SHORT_FORMS:
                return Element(tag, vr, length, at + 8)
            if vr in LONG_FORMS:
                (length,) = self._long.unpack(self._window.take(at + 8, 4))
                return Element(tag, vr, length, at + 12)
            if _is_representation(vr):  # how long its length is would be a guess
                raise ReadError("broken", DAMAGED)
        (length,) = self._long.unpack(raw[4:])
        return Element(tag, b"", length, at + 8)

    def skip(self, element: Element, depth: int, *, inside: bool, named: bool = True) -> int:
        """Where the element's value ends; with ``inside`` its items are walked as well."""
        if element.length == UNDEFINED:
            # A sequence of unknown representation is encoded implicitly (PS3.5 6.2.2).
            return self._items(element.at, None, depth + 1, (inside, named and element.vr != b"UN"))
        end = element.at + element.length
        self._window.require(end)
        if inside and (element.vr == b"SQ" or element.tag == CONTENT):
            return self._items(element.at, end, depth + 1, (inside, named))
        return end

    def _items(self, at: int, end: int | None, depth: int, form: tuple[bool, bool]) -> int:
        if depth > self._depth:
            raise ReadError("broken", DAMAGED)
        while end is None or at < end:
            item = self.head(at)
            if item.tag == SEQUENCE_END and end is None:
                return item.at
            if item.tag != ITEM:
                raise ReadError("broken", DAMAGED)
            at = self._item(item, depth, form)
        return _same(at, end)

    def _item(self, item: Element, depth: int, form: tuple[bool, bool]) -> int:
        inside, _ = form
        if item.length == UNDEFINED:
            return self._elements(item.at, None, depth, form)
        end = item.at + item.length
        self._window.require(end)
        return self._elements(item.at, end, depth, form) if inside else end

    def _elements(self, at: int, end: int | None, depth: int, form: tuple[bool, bool]) -> int:
        inside, named = form
        while end is None or at < end:
            element = self.head(at, explicit=self._explicit and named)
            if element.tag == ITEM_END and end is None:
                return element.at
            if element.tag >> 16 in (0, ITEM_GROUP):
                raise ReadError("broken", DAMAGED)
            at = self.skip(element, depth, inside=inside, named=named)
        return _same(at, end)

    def _is_padding(self, at: int) -> bool:
        rest = self._window.size - at
        if any(self._window.take(at, min(rest, 8))):
            return False  # an element: what follows is not looked at, it may be pixels
        return rest <= CHUNK and not any(self._window.take(at, rest))

    def _ends_with_delimiter(self) -> bool:
        last = struct.pack(f"{self._order}HHI", 0xFFFE, 0xE0DD, 0)
        return self._window.take(self._window.size - 8, 8) == last


def _same(at: int, end: int | None) -> int:
    if at != end:
        raise ReadError("broken", DAMAGED)
    return at


def _is_representation(vr: bytes) -> bool:
    return vr.isalpha() and vr.isupper()


def measure_object(stream: BinaryIO, size: int, limits: Limits) -> Extent:
    """Walk a DICOM object and return its bytes, pixels left out.

    Raises:
        ReadError: ``truncated`` where it was cut short, ``broken`` where its elements do not fit
            together, ``too_large`` beyond the limits, ``changed`` where it changes meanwhile.
    """
    window = Window(stream, size, limits.header_bytes)
    start = PREAMBLE + len(PREFIX)
    at = start if size >= start and window.take(PREAMBLE, len(PREFIX)) == PREFIX else 0
    at, syntax, fits = _read_meta(window, at)
    if syntax == DEFLATED:
        data = window.up_to(size)
        inflated = _inflate(data[at:], limits.inflated_bytes)
        inner = Window(io.BytesIO(inflated), len(inflated), limits.inflated_bytes)
        _, ordered = _walk(inner, 0, syntax, limits)
        return Extent(data, pixels=False, ordered=ordered and fits)
    pixels, ordered = _walk(window, at, syntax, limits)
    data = window.up_to(size if pixels is None else pixels)
    return Extent(data, pixels is not None, ordered and fits)


def _read_meta(window: Window, at: int) -> tuple[int, str, bool]:
    """Skip the file meta information.

    Returns where the data set starts, its syntax, and whether the length that is given fits.
    """
    walk = Walk(window, explicit=True, little=True, depth=0)
    syntax, told = "", None
    while at < window.size and window.take(at, 2) == b"\x02\x00":
        element = walk.head(at)
        at = element.at + element.length
        window.require(at)
        if element.tag == META_LENGTH and element.length == struct.calcsize("<I"):
            told = at + int.from_bytes(window.take(element.at, element.length), "little")
        if element.tag == TRANSFER_SYNTAX:
            syntax = window.take(element.at, element.length).rstrip(b"\0 ").decode("latin-1")
    if at == window.size:
        raise ReadError("truncated", CUT)
    return at, syntax, told in (None, at)


def _walk(window: Window, at: int, syntax: str, limits: Limits) -> tuple[int | None, bool]:
    """Where the pixels start, None without any, and whether the tags ascend."""
    # Writers mislabel the syntax; like other readers this one believes the first element.
    explicit = _is_representation(window.take(at, 8)[4:6])
    little = syntax != BIG_ENDIAN and window.take(at, 2) != b"\x00\x08"
    walk = Walk(window, explicit=explicit, little=little, depth=limits.depth)
    return walk.run(at), walk.ordered


def _inflate(data: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = inflater.decompress(data, most)
    except zlib.error as error:
        raise ReadError("broken", DAMAGED) from error
    if inflater.unconsumed_tail:
        raise ReadError("too_large", TOO_LARGE)
    if not inflater.eof:
        raise ReadError("truncated", CUT)
    return inflated
