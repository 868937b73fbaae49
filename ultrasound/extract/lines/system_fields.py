"""What a form asks of a whole system: "Deep vein reflux: R: yes (1.8 s)  L: no", "DVT: none".

Each leg has such a field on a line of its own. One that stands once, set off below the findings of
both legs, is of both. Blanks of a field of branches hold no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_NAME: Final = (
    r"(?:DVT|SVT|deep (?:vein|venous) (?:thrombosis|reflux|insufficiency)"
    r"|superficial (?:vein|venous)? ?(?:thrombosis|thrombophlebitis)|deep (?:veins?|system))"
)
_LEG: Final = r"(?:right|left|rt|lt|r|l)"
_VALUE: Final = r"[^\s/;|(:=–-][^\n/;|]*?"
_SIDED: Final = (
    re.compile(
        rf"^[ \t]*(?P<name>{_NAME})[ \t]*[:=][ \t]*(?P<s1>{_LEG})\b[ \t]*[:=–-]?[ \t]*"
        rf"(?P<v1>{_VALUE})(?:[ \t]*[/;|,][ \t]*|[ ]{{2,}}|\t)(?P<s2>{_LEG})\b[ \t]*[:=–-]?[ \t]*"
        rf"(?P<v2>{_VALUE})(?=[ \t]*\r?$)",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"^[ \t]*(?P<name>{_NAME})[ \t]*\((?P<s1>{_LEG})[ ]?/[ ]?(?P<s2>{_LEG})\)[ \t]*[:=][ \t]*"
        rf"(?P<v1>{_VALUE})[ \t]*/[ \t]*(?P<v2>{_VALUE})(?=[ \t]*\r?$)",
        re.IGNORECASE | re.MULTILINE,
    ),
)
_BRACKET: Final = re.compile(r"\(")  # what holds for one leg alone
_ALONE: Final = re.compile(
    rf"^[ \t]*(?P<name>{_NAME}|incompetent perforators)[ \t]*[:?][ \t]*(?!.*\b{_LEG}\b)(?!.*bilat)"
    r"(?:no|none|negative|neg|nil|absent)\b[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD: Final = re.compile(
    r"^[ \t]*(?:[#*=\[-]+[ \t]*)?(?:(?:side|leg|limb)[ \t]*[:=][ \t]*)?"
    rf"(?P<leg>{_LEG})(?:[ ](?:leg|limb|lower limb|lower extremity|le))?[ \t]*"
    rf"(?:[\]:*=#-]+)?(?:[ ]{{3,}}(?P<other>{_LEG})\b[^\n]*)?[ \t]*\r?$"
    r"|^[ \t]*(?:[#*=\[-]+[ \t]*)?(?P<short>[RL])LE[ \t]*(?:[\]:*=#-]+)?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_BLANKS: Final = re.compile(
    r"^[ \t]*(?:incompetent[ ]+)?perforators?[ \t]*:(?P<blanks>(?:[ \t]*[a-z]+[ \t]+_{2,}"
    r"(?:[ \t]*(?:mm|cm|ms|s|sec)\b)?[;,]?)+)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_UNSEEN: Final = re.compile(
    r"^[ \t]*(?P<leg>right|left)(?P<limb>[ ](?:leg|limb|side|lower (?:limb|extremity)))?[ \t]*"
    r"[:=–-]?[ \t]*not[ ](?:studied|examined|scanned|imaged|performed|assessed|done)[ \t.]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_BELOW: Final = re.compile(
    rf"\r?\n[ \t]*(?P<name>{_NAME}|(?:incompetent )?perforators|varicosities|varicose veins)"
    rf"[ \t]*[:?](?!.*\b(?:{_LEG}|bilateral(?:ly)?)\b)"
    r"(?![ \t]*(?:n/?a|none|[-–_*]+)?[ \t]*\r?$)[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_ANY: Final = re.compile(r"\r?\n[ \t]*[^\W\d_][^\n:]*:[^\n]*")  # one more field
_OTHER: Final = {"right": "Left", "left": "Right"}
_FLAGS: Final = re.IGNORECASE | re.MULTILINE
_BOTH: Final = "Both legs: "


def find_system_fields(text: str) -> list[Edit]:
    """The legs of such fields before their names, and blanks without their words."""
    if "\n" not in text:
        return []
    sided = [line for form in _SIDED for line in form.finditer(text)]
    edits = [edit for line in sided if _is_apart(line) for edit in _part(line)]
    edits += [Edit(*line.span("blanks"), " ___") for line in _BLANKS.finditer(text)]
    legs = {leg: at for head in _HEAD.finditer(text) for leg, at in _name_legs(head)}
    if len(legs) > 1:
        edits += _find_alone(text, max(legs.values()))
    edits += [edit for leg in _UNSEEN.finditer(text) for edit in _find_other(text, leg)]
    return sorted(edits, key=lambda edit: edit.start)


def _is_apart(line: re.Match[str]) -> bool:
    """Whether the legs are two, and one of them has a bracket of its own."""
    return line["s1"][0].lower() != line["s2"][0].lower() and bool(_BRACKET.search(line.group()))


def _part(line: re.Match[str]) -> Iterator[Edit]:
    name = line["name"]
    yield Edit(line.start("name"), line.start("v1"), f"{line['s1']}: {name}: ")
    yield Edit(line.end("v1"), line.start("v2"), f"\n{line['s2']}: {name}: ")


def _name_legs(head: re.Match[str]) -> Iterator[tuple[str, int]]:
    for group in ("leg", "other", "short"):
        if head[group]:
            yield head[group][0].lower(), head.end()


def _find_alone(text: str, start: int) -> Iterator[Edit]:
    """Both legs before a field that stands once, with a blank line between it and the findings."""
    for line in _ALONE.finditer(text, start):
        again = re.findall(rf"^[ \t]*{re.escape(line['name'])}\b", text, _FLAGS)
        if len(again) == 1 and "\n\n" in text[start : line.start()].replace("\r", ""):
            yield Edit(line.start("name"), line.start("name"), _BOTH)


def _find_other(text: str, unseen: re.Match[str]) -> Iterator[Edit]:
    """The other leg before fields below one that was not examined; of one vein that is no leg."""
    if not unseen["limb"] and text[: unseen.start()].rstrip(" \t\r\n").endswith(":"):
        return
    at = unseen.end()
    while line := _ANY.match(text, at):
        field = _BELOW.match(text, at)
        if field:
            leg = _OTHER[unseen["leg"].lower()]
            yield Edit(field.start("name"), field.start("name"), f"{leg} leg: ")
        at = line.end()
