"""Bytes become text once, and the text is never changed."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ultrasound.errors import ReadError
from ultrasound.read.text import decode_text

REPORT = "GSV proximal thigh\r\n7.1 mm – reflux 2.3 s\n± 0.1 mm, café\r\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
def test_encodings(encoding: str, mark: bytes) -> None:
    """Each encoding gives the same text, the mark dropped and the line ends kept."""
    assert decode_text(mark + REPORT.encode(encoding)) == REPORT


def test_cyrillic_is_detected() -> None:
    """A text in a Cyrillic code page is decoded as one, so that its language can be told."""
    text = "УЗДГ вен нижних конечностей. Большая подкожная вена справа несостоятельна. " * 3
    assert decode_text(text.encode("cp1251")) == text


def test_one_stray_byte_in_utf8() -> None:
    """A byte pasted from another code page is read as that, and the rest stays UTF-8."""
    data = "reflux – 2.3 s – Dr. É, ".encode() + b"caf\xe9 \x96 end"
    assert decode_text(data) == "reflux – 2.3 s – Dr. É, café – end"


@pytest.mark.parametrize(
    "data",
    [REPORT.encode("utf-16")[:-1], "± 0.1 mm – 2.3 s –".encode()[:-1]],
    ids=["utf16", "utf8"],
)
def test_cut_within_a_character(data: bytes) -> None:
    """A text that ends in the middle of a character was cut short, and that is said."""
    with pytest.raises(ReadError) as caught:
        decode_text(data)
    assert caught.value.code == "truncated"


def test_last_letter_of_cp1252_is_no_cut() -> None:
    """A Windows-1252 text may end with an accented letter."""
    assert decode_text(b"seen in the caf\xe9") == "seen in the café"


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0" * 8],
    ids=["all_bytes", "program"],
)
def test_no_text(data: bytes) -> None:
    """Bytes that are no text are refused."""
    with pytest.raises(ReadError) as caught:
        decode_text(data)
    assert caught.value.code == "unknown"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_is_kept(text: str) -> None:
    """Any UTF-8 text comes back as it was, but for a mark at its beginning."""
    assert decode_text(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """Any bytes give a text, or a ReadError with a known code."""
    try:
        decode_text(data)
        code = "unknown"
    except ReadError as error:
        code = error.code
    assert code in {"unknown", "truncated"}
