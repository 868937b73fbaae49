"""Signs behind a value that lead to a note below: "8.1*", and further down "* after Valsalva"."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

NOTE: Final = "※"  # what begins a note in the text that is read
_SIGN: Final = r"\*{1,3}|[†‡§¶]{1,2}|[¹²³⁴]|\((?:\d|[a-e])\)|\[(?:\d|[a-e])\]"
_NOTE: Final = re.compile(rf"^[ \t]*(?P<sign>{_SIGN})[ \t]*:?[ \t]*(?=[^\W\d_])", re.MULTILINE)
_CLOSE: Final = re.compile(
    rf"(?<=[\w.+%])(?P<sign>{_SIGN})(?=[ \t]*(?:$|[|,;.)\t]|[ \t]))", re.MULTILINE
)
_APART: Final = re.compile(
    r"(?:(?<=[\w.+%])[ \t](?P<sign>[†‡§¶*]{1,3})(?=[ \t]*(?:$|[|,;.)\t]|[ \t]{2}))"
    r"|(?<=\d)[ \t](?P<count>\(\d\)|\[\d\])(?=[ \t]*(?:$|[|\t]|[ \t]{2})))",
    re.MULTILINE,
)


def find_footnotes(text: str) -> list[Edit]:
    """The signs to which a line below answers that begins with the same one, which is marked."""
    notes: dict[str, re.Match[str]] = {}
    for note in _NOTE.finditer(text):
        notes.setdefault(note["sign"], note)
    signs = [at for at in _signs(text) if text[slice(*at)] in notes] if notes else []
    led = {s for at in signs if at[0] < notes[s := text[slice(*at)]].start()}
    edits = [Edit(*at) for at in signs if text[slice(*at)] in led]
    return [*edits, *(Edit(*notes[sign].span("sign"), f"{NOTE} ") for sign in sorted(led))]


def _signs(text: str) -> list[tuple[int, int]]:
    """Where signs stand behind words and numbers, straight or after one blank."""
    close = (m.span("sign") for m in _CLOSE.finditer(text))
    apart = (m.span("sign" if m["sign"] else "count") for m in _APART.finditer(text))
    return sorted({*close, *apart})
