"""Classes of a heat-induced thrombus in other forms: "EHIT: Class 1", "EHIT type III", "EHIT = 2".

Each is read as its plain name, "EHIT II", and so are "EHIT (Kabnick class II)", "EHIT is present,
class 2" and "Kabnick class II"; a change, "EHIT class 2 has regressed to class 1", as the class of
before and that of now.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_ROMAN: Final = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_KIND: Final = r"(?:class(?:ification)?|grade|type|level|stage)"
_SIGN: Final = r"[ \t]*[:=–-]?[ \t]*"
_LONG: Final = r"(?:endo(?:thermal|venous)[ ]+)?heat[- ]induced[ ]+thromb(?:us|osis)"
_NAME: Final = rf"(?:(?P<long>{_LONG}[ ]*\([ ]*)EHIT|(?P<name>{_LONG})|EHIT)"
_CODE: Final = r"(?P<code>IV|I{1,3}|[1-4])\b"
_NO_SCALE: Final = (
    r"(?![ ]*(?:[-–/&]|to|or|and|through)[ ]*(?:[1-4]|I))(?![.,]\d|[ ]*(?:mm|cm|%|week|day|month))"
    r"(?!,[ ]*(?:[1-4]|I{1,3}|IV)\b)"
    r"(?![ ]+(?:reflux|incompet|insuffic|compression|stocking|hosiery|varic|tear))"
)
_SET_OFF: Final = (
    r"(?:[ ]is|[ ]was)?(?:[ ](?:present|seen|noted|identified))?(?:,[ ]?|[ ]\([ ]?|[ ])"
)
_CLASS: Final = re.compile(
    rf"\b{_NAME}(?P<gap>[ ]*\)?{_SIGN}(?:{_KIND}{_SIGN})?"
    rf"|{_SET_OFF}(?:Kabnick[ ]+)?{_KIND}{_SIGN}|[ ]*\)?[ ]+Kabnick[ ]+(?:{_KIND}[ ]*)?)"
    rf"{_CODE}(?P<close>\))?{_NO_SCALE}",
    re.IGNORECASE,
)
_LED: Final = re.compile(
    rf"\b(?P<all>(?:Kabnick[ ]+)?{_KIND}[ ]+{_CODE}[ ]+{_LONG}(?:[ ]*\(EHIT\))?"
    rf"|(?<!EHIT )(?<!EHIT \()Kabnick[ ]+(?:{_KIND}[ ]+)?(?P<alone>IV|I{{1,3}}|[1-4])\b)",
    re.IGNORECASE,
)
_BETTER: Final = (
    r"(?:regressed|improved|retracted|decreased|receded|resolved|progressed|increased|changed"
    r"|extended|gone|come)"
)
_NUMBER: Final = r"IV|I{1,3}|[1-4]"
_CHANGED: Final = re.compile(
    rf"\bEHIT(?:[ ]+(?:{_KIND}[ ]+)?(?P<was>{_NUMBER}))?"
    rf"(?P<told>[ ]+(?:has[ ]+|have[ ]+|was[ ]+)?{_BETTER}(?:[ ]+(?:down|up))?"
    rf"(?:[ ]+from[ ]+{_KIND}[ ]+(?P<then>{_NUMBER}))?"
    rf"(?:[ ]+(?:to|and[ ]+(?:is|was)[ ]+now)|,[ ]+now)[ ]+{_KIND}[ ]+(?P<now>{_NUMBER}))\b",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    rf"\bEHIT[ ][^.;\n]{{1,40}},?[ ](?:and[ ])?(?:is[ ])?now(?P<gap>[ ])(?P<all>{_KIND}[ ]{_CODE})",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"\b(?:no|without|negative for|nor)[ ]$", re.IGNORECASE)


def find_classes(text: str) -> list[Edit]:
    """The classes with their names."""
    edits: list[Edit] = []
    changed = list(_CHANGED.finditer(text)) if "EHIT" in text else []
    for found in changed:
        edits += _tell_change(found)
    spans = [found.span() for found in changed]
    for found in _CLASS.finditer(text):
        denied = found["gap"].startswith(",") and _DENIED.search(text[: found.start()])
        if not denied and not _touches(found.span(), spans):
            spans.append(found.span())
            edits += _name_class(found)
    for pattern in (_LED, _NOW):
        for found in pattern.finditer(text):
            code = found["code"] or found["alone"] if pattern is _LED else found["code"]
            if not _touches(found.span("all"), spans):
                edits.append(Edit(*found.span("all"), f"EHIT {_roman(code)}"))
    return edits


def _name_class(found: re.Match[str]) -> list[Edit]:
    edits = [Edit(*found.span("name"), "EHIT")] if found["name"] else []
    edits += [Edit(*found.span("long"))] if found["long"] else []
    edits += [Edit(*found.span("gap"), " "), Edit(*found.span("code"), _roman(found["code"]))]
    inner = found["close"] and "(" in found["gap"]
    return [*edits, Edit(*found.span("close"))] if inner else edits


def _tell_change(found: re.Match[str]) -> list[Edit]:
    """The class of before, where one is told, and that of now."""
    edits = [Edit(*found.span("was"), _roman(found["was"]))] if found["was"] else []
    now, then = _roman(found["now"]), found["then"]
    told = f" is now EHIT {now}" + (f", previously EHIT {_roman(then)}" if then else "")
    told = f" previously, now EHIT {now}" if found["was"] else told
    return [*edits, Edit(*found.span("told"), told)]


def _roman(code: str) -> str:
    return _ROMAN.get(code, code.upper())


def _touches(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
