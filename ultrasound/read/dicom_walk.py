"""A walk over the elements of a DICOM data set by their lengths, up to the file's end.

It looks at tags, value representations and lengths, and at no value. Layout of elements: DICOM
PS3.5 section 7.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, Final, NamedTuple

from ultrasound.errors import ReadError

CHUNK: Final = 65536
MOST_ELEMENTS: Final = 2_000_000

UNDEFINED: Final = 0xFFFFFFFF
ITEM_GROUP: Final = 0xFFFE
ITEM: Final = 0xFFFEE000
ITEM_END: Final = 0xFFFEE00D
SEQUENCE_END: Final = 0xFFFEE0DD
PIXELS: Final = frozenset((0x7FE00008, 0x7FE00009, 0x7FE00010))
CONTENT: Final = 0x0040A730
LONG_FORMS: Final = frozenset(
    (b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV")
)
SHORT_FORMS: Final = frozenset(
    b"AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split()
)


CUT = "the file ends before its content does: copy or export it again"
DAMAGED = "its elements do not fit together: copy or export it again"
CHANGED = "the file changed while it was read: run again when its copy is finished"
TOO_LARGE = "it is larger than this program reads: see [limits] in dicom.toml"


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

    def show(self, at: int, count: int) -> tuple[bytes | bytearray, int]:
        """Bytes in which ``count`` from ``at`` are found, and where; they are not copied."""
        end = at + count
        if end <= len(self._kept):
            return self._kept, at
        return self.take(at, count), 0

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
        self._explicit = self.explicit = explicit
        self.little = little
        self.elements: list[tuple[int, int, int]] = []
        self._order = "<" if little else ">"
        self._named = struct.Struct(f"{self._order}HH2sH")
        self._long = struct.Struct(f"{self._order}I")
        self._depth = depth
        self._left = MOST_ELEMENTS
        self.ordered = True

    def run(self, at: int) -> int | None:
        """Walk the top level; returns where the pixels' element starts, None without one."""
        pixels, last = None, 0
        while at < self._window.size:
            start, element = at, self.head(at)
            if element.tag == 0 and self._is_padding(at):
                break
            if element.tag in PIXELS and pixels is None:
                pixels = start
                self._window.up_to(start)
                self._window.look_ahead()
            if pixels is not None and element.length == UNDEFINED and self._ends_with_delimiter():
                return pixels
            self.ordered &= element.tag > last
            last = element.tag
            inside = last == CONTENT or (element.vr == b"SQ" and not last >> 16 & 1)
            if inside or element.length == UNDEFINED:  # a private sequence follows no rules
                at = self.skip(element, 0, inside=inside)
            else:
                at = element.at + element.length
                self._window.require(at)
            self.elements.append((last, start, at))
        return pixels

    def head(self, at: int, *, explicit: bool | None = None) -> Element:
        """The tag, value representation and length of the element at ``at``."""
        self._left -= 1
        if self._left < 0:
            raise ReadError("broken", DAMAGED)
        raw, start = self._window.show(at, 8)
        group, number, vr, length = self._named.unpack_from(raw, start)
        tag = group << 16 | number
        if (self._explicit if explicit is None else explicit) and group != ITEM_GROUP:
            if vr in SHORT_FORMS:
                return Element(tag, vr, length, at + 8)
            if vr in LONG_FORMS:
                (length,) = self._long.unpack_from(*self._window.show(at + 8, 4))
                return Element(tag, vr, length, at + 12)
            if is_representation(vr):  # how long its length is would be a guess
                raise ReadError("broken", DAMAGED)
        (length,) = self._long.unpack_from(raw, start + 4)
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
        return rest <= CHUNK and not any(self._window.take(at, rest))

    def _ends_with_delimiter(self) -> bool:
        last = struct.pack(f"{self._order}HHI", 0xFFFE, 0xE0DD, 0)
        return self._window.take(self._window.size - 8, 8) == last


def _same(at: int, end: int | None) -> int:
    if at != end:
        raise ReadError("broken", DAMAGED)
    return at


def is_representation(vr: bytes) -> bool:
    """Whether two bytes are the letters of a value representation."""
    return vr.isalpha() and vr.isupper()
