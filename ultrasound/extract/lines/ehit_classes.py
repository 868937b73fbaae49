"""Classes of a heat-induced thrombus in other forms: "EHIT: Class 1", "EHIT type III", "EHIT = 2".

Each is read as its plain name, "EHIT II"; so is a clot "flush with" a junction as one at it.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_ROMAN: Final = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_KIND: Final = r"(?:class|grade|type|level|stage)"
_SIGN: Final = r"[ \t]*[:=–-]?[ \t]*"
_LONG: Final = r"endo(?:thermal|venous)[ ]+heat[- ]induced[ ]+thromb(?:us|osis)"
_NAME: Final = rf"(?:(?P<long>{_LONG}[ ]*\([ ]*)EHIT|(?P<name>{_LONG})|EHIT)"
_CLASS: Final = re.compile(
    rf"\b{_NAME}(?P<gap>[ ]*\)?{_SIGN}(?:{_KIND}{_SIGN})?)(?P<code>IV|I{{1,3}}|[1-4])\b"
    r"(?![ ]*(?:[-–/&]|to|or|and|through)[ ]*(?:[1-4]|I))(?![.,]\d|[ ]*(?:mm|cm|%|week|day|month))"
    r"(?!,[ ]*(?:[1-4]|I{1,3}|IV)\b)",
    re.IGNORECASE,
)
_FLUSH: Final = re.compile(
    r"\b(?:thrombus|clot|thrombosis|EHIT)(?P<flush> flush with)\b", re.IGNORECASE
)


def find_classes(text: str) -> list[Edit]:
    """The classes with their names, and what "flush with" stands for behind a clot."""
    edits = (
        [Edit(*m.span("flush"), " at") for m in _FLUSH.finditer(text)] if "flush" in text else []
    )
    for found in _CLASS.finditer(text):
        code = found["code"].upper()
        edits += [Edit(*found.span("name"), "EHIT")] if found["name"] else []
        edits += [Edit(*found.span("long"))] if found["long"] else []
        edits += [Edit(*found.span("gap"), " "), Edit(*found.span("code"), _ROMAN.get(code, code))]
    return edits
