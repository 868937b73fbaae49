"""Whether a DICOM object is whole: its elements are walked by their lengths up to the file's end.

A parser that meets the end of a file in the middle of a structured report may return the items it
has seen and say nothing, so that the second leg is lost. This walk notices every cut, before any
value is read. Transfer syntaxes: DICOM PS3.5 annex A.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, NamedTuple

from ultrasound.errors import ReadError
from ultrasound.knowledge.schema_dicom import Limits
from ultrasound.read.dicom_walk import CUT, DAMAGED, TOO_LARGE, Walk, Window, is_representation

PREAMBLE: Final = 128
PREFIX: Final = b"DICM"
META_LENGTH: Final = 0x00020000
MEDIA_CLASS: Final = 0x00020002
TRANSFER_SYNTAX: Final = 0x00020010
BIG_ENDIAN: Final = "1.2.840.10008.1.2.2"
DEFLATED: Final = "1.2.840.10008.1.2.1.99"


@dataclass(frozen=True, slots=True)
class Extent:
    """A whole object: ``data`` is the file up to its pixels (``pixels`` True), else all of it.

    ``elements`` are the tag, start and end of each element of the data set in ``body``, which is
    ``data``, or what was packed in it; ``media_class`` is the SOP class by the meta information.
    ``ordered`` tells whether the tags ascend and the length of the meta information fits, as in
    undamaged objects.
    """

    data: bytes
    pixels: bool
    body: bytes
    elements: Sequence[tuple[int, int, int]]
    explicit: bool
    little: bool
    media_class: str
    ordered: bool

    def cut_out(self, wanted: Container[int]) -> bytes:
        """The bytes of the elements with these tags, as a data set of their own."""
        return b"".join(self.body[start:end] for tag, start, end in self.elements if tag in wanted)

    def has(self, tags: Container[int]) -> bool:
        """Whether an element with one of these tags is there."""
        return any(tag in tags for tag, _, _ in self.elements)


def measure_object(stream: BinaryIO, size: int, limits: Limits) -> Extent:
    """Walk a DICOM object and return its bytes, pixels left out.

    Raises:
        ReadError: ``truncated`` where it was cut short, ``broken`` where its elements do not fit
            together, ``too_large`` beyond the limits, ``changed`` where it changes meanwhile.
    """
    window = Window(stream, size, limits.header_bytes)
    start = PREAMBLE + len(PREFIX)
    at = start if size >= start and window.take(PREAMBLE, len(PREFIX)) == PREFIX else 0
    meta = _read_meta(window, at)
    if meta.syntax == DEFLATED:
        data = window.up_to(size)
        body = _inflate(data[meta.end :], limits.inflated_bytes)
        walk, _ = _walk(Window(io.BytesIO(body), len(body), limits.inflated_bytes), 0, meta, limits)
        return _report(data, body, walk, meta, pixels=False)
    walk, pixels = _walk(window, meta.end, meta, limits)
    data = window.up_to(size if pixels is None else pixels)
    return _report(data, data, walk, meta, pixels=pixels is not None)


def _report(data: bytes, body: bytes, walk: Walk, meta: Meta, *, pixels: bool) -> Extent:
    ordered = walk.ordered and meta.fits
    return Extent(
        data, pixels, body, walk.elements, walk.explicit, walk.little, meta.media_class, ordered
    )


class Meta(NamedTuple):
    """The file meta information: where it ends, what it names, and whether its length fits."""

    end: int
    syntax: str
    media_class: str
    fits: bool


def _read_meta(window: Window, at: int) -> Meta:
    """Skip the file meta information; raises ReadError where nothing follows it."""
    walk = Walk(window, explicit=True, little=True, depth=0)
    told, named = None, {MEDIA_CLASS: "", TRANSFER_SYNTAX: ""}
    while at < window.size and window.take(at, 2) == b"\x02\x00":
        element = walk.head(at)
        at = element.at + element.length
        window.require(at)
        if element.tag == META_LENGTH and element.length == struct.calcsize("<I"):
            told = at + int.from_bytes(window.take(element.at, element.length), "little")
        if element.tag in named:
            raw = window.take(element.at, element.length)
            named[element.tag] = raw.rstrip(b"\0 ").decode("latin-1")
    if at == window.size:
        raise ReadError("truncated", CUT)
    return Meta(at, named[TRANSFER_SYNTAX], named[MEDIA_CLASS], told in (None, at))


def _walk(window: Window, at: int, meta: Meta, limits: Limits) -> tuple[Walk, int | None]:
    """A walk over the data set, and where its pixels start, None without any."""
    # Writers mislabel the syntax; like other readers this one believes the first element.
    explicit = is_representation(window.take(at, 8)[4:6])
    little = meta.syntax != BIG_ENDIAN and window.take(at, 2) != b"\x00\x08"
    walk = Walk(window, explicit=explicit, little=little, depth=limits.depth)
    return walk, walk.run(at)


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
