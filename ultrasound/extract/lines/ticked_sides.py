"""Boxes that are drawn in other ways, and the leg that a form's own label ticks.

As in "___ right  _X_ left", "◉ yes ○ no", "Leg:  [ ] right   [x] left", "Leg: R / (L)". Where no
leg stands out, or both do, the words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.picked import fold_side
from ultrasound.extract.lines.ticked_options import BOX, IS_TICK

_LEADING: Final = re.compile(
    r"^[ \t]*(?P<box>(?:\[[ ]?[xX✓✔√]?[ ]?\]|\([ ]?[xX✓✔√]?[ ]?\)|[☐□☒☑])[ \t]*)"
    r"(?=[^\W_])(?P<rest>[^\r\n]*)[ \t]*\r?$",
    re.MULTILINE,
)
_ANY_BOX: Final = re.compile(r"[\[(☐□☒☑■_]")
_FILLED_LINE: Final = re.compile(r"(?<!\w)(?:_+[xX✓✔√]_*|[xX✓✔√]_+)(?!\w)")
_FILLED: Final = re.compile(r"(?<!\w)(?:_+[xX✓✔√]_*|[xX✓✔√]_+|_{2,})(?!\w)")
# glued to its option: "yes_X_  no___"
_FILLED_BEHIND: Final = re.compile(r"(?<=[A-Za-z])(?:_+[xX✓✔√]_*|_{2,})(?!\w)")
_GLUED_TICK: Final = re.compile(r"(?<=[A-Za-z])_+[xX✓✔√]_*(?!\w)")
_RADIO: Final = re.compile(r"[◉●⦿○◯]")
_RADIO_FULL: Final = "◉●⦿"
_BOX_SIGN: Final = re.compile(r"[\[(☐□☒☑■]")
_LIMB: Final = r"(?:legs?|limbs?|sides?|lower[ \t]+limbs?|lower[ \t]+extremit(?:y|ies)|LE)"
_SIDE: Final = (
    rf"(?:(?:right|left|rt|lt|r|l|both|bilateral|b/l)\.?(?:[ \t]+{_LIMB})?|[RL]LE)(?![\w/])"
)
_GAP: Final = r"[ \t]*[,/|]?[ \t]*"
_BEHIND: Final = rf"{_SIDE}[ \t]*:?[ \t]*{BOX}"
_BOXED: Final = re.compile(
    rf"(?P<ahead>{BOX}[ \t]*{_SIDE}(?:{_GAP}{BOX}[ \t]*{_SIDE})+)(?![ \t]{{0,2}}{BOX})"
    rf"|(?<![\w/])(?P<behind>{_BEHIND}(?:{_GAP}{_BEHIND})+)",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"[ \t]*(?:$|[\r\n.;|)]|(?<=[ \t])[ \t]|\t)")
_LABEL: Final = (
    r"\b(?:leg|limb|side|laterality|extremity)s?\b(?:[ \t]+(?!and\b)\w+){0,3}[ \t]*[:?-]?"
)
_BEFORE: Final = re.compile(rf"(?:{_LABEL}|(?:^|\n)|[ ]{{2}}|\t)[ \t]*$", re.IGNORECASE)
_STOOD_OUT: Final = re.compile(
    rf"{_LABEL}[ \t]*(?P<first>(?<=[\s:?-])[^\s/|:]+)(?:[ \t]*[/|][ \t]*|[ \t]+)"
    r"(?P<second>[^\s/|]+)(?=[ \t]*(?:$|[ \t]{2}|[\r\n]))",
    re.IGNORECASE | re.MULTILINE,
)
_RAISED: Final = re.compile(r"(?:\(+|\[|\*+|_+|>+|<)\w+?(?:\)+|\]|\*+|_+|<+|>)")
_STRUCK: Final = re.compile(r"~~?\w+~~?|-{2,}\w+-{2,}")
_LEGS: Final = " legs"
_LETTERS: Final = re.compile(r"[^\W_]+")


def write_boxes(text: str) -> list[Edit]:
    """Blanks and buttons of a form as boxes, where one of them on their line is full."""
    return [*_write_filled(text), *_write_radio(text), *_list_leading(text)]


def _list_leading(text: str) -> Iterator[Edit]:
    """A line that begins with a box as an item of a list: a tick before all of it is its bullet."""
    for found in _LEADING.finditer(text):
        single = _ANY_BOX.search(found["rest"]) is None and IS_TICK.search(found["box"])
        yield Edit(found.start("box"), found.end("box") if single else found.start("box"), "- ")


def _write_filled(text: str) -> Iterator[Edit]:
    """Blanks of a line on which one holds a cross: "___ right  _X_ left"."""
    for line in _lines_with(text, _FILLED_LINE):
        for found in _FILLED.finditer(text, *line):
            yield _write(found, full=IS_TICK.search(found.group()) is not None)
    for line in _lines_with(text, _GLUED_TICK):
        for found in _FILLED_BEHIND.finditer(text, *line):
            yield _write(found, full=IS_TICK.search(found.group()) is not None, gap=" ")


def _write_radio(text: str) -> Iterator[Edit]:
    """Buttons of a line on which one is full and another is not: "◉ yes ○ no"."""
    for line in _lines_with(text, _RADIO):
        found = list(_RADIO.finditer(text, *line))
        if len({button.group() in _RADIO_FULL for button in found}) > 1:
            for button in found:
                yield _write(button, full=button.group() in _RADIO_FULL)


def _write(found: re.Match[str], *, full: bool, gap: str = "") -> Edit:
    return Edit(found.start(), found.end(), gap + ("[x]" if full else "[ ]"))


def _lines_with(text: str, sign: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The lines that hold a sign."""
    position = 0
    for found in sign.finditer(text):
        if found.start() >= position:
            start = text.rfind("\n", 0, found.start()) + 1
            position = text.find("\n", found.end())
            position = len(text) if position < 0 else position
            yield start, position


def drop_other_sides(text: str) -> list[Edit]:
    """The legs behind a form's own label that were not chosen."""
    return [*_find_ticked(text), *_find_raised(text)]


def _find_ticked(text: str) -> Iterator[Edit]:
    """All but the one leg that is ticked: "Leg:  [ ] right   [x] left", "R [ ]  L [x]".

    A bare "both" is written as both legs.
    """
    boxed = (m for line in _lines_with(text, _BOX_SIGN) for m in _BOXED.finditer(text, *line))
    for found in boxed:
        begin = text.rfind("\n", 0, found.start()) + 1
        if not _BEFORE.search(text[begin : found.start()]) or not _ENDS.match(text, found.end()):
            continue
        options = list(re.finditer(_SIDE, found.group(), re.IGNORECASE))
        boxes = re.findall(BOX, found.group())
        if len(options) != len(boxes):
            continue
        ticked = [o for o, box in zip(options, boxes, strict=True) if IS_TICK.search(box)]
        if len(ticked) == 1:
            yield Edit(found.start(), found.start() + ticked[0].start())
            named = _LEGS if ticked[0].group().lower() == "both" else ""
            yield Edit(found.start() + ticked[0].end(), found.end(), named)


def _find_raised(text: str) -> Iterator[Edit]:
    """Of two legs all but the one that stands out: "Leg: R / (L)", "Leg: ~~right~~ left"."""
    for found in _STOOD_OUT.finditer(text):
        words = (found["first"], found["second"])
        inner = [_LETTERS.search(word) for word in words]
        if {fold_side(i.group()) for i in inner if i is not None} != {"right", "left"}:
            continue
        struck = [_STRUCK.fullmatch(word) is not None for word in words]
        kept = [not s for s in struck]
        if not any(struck):
            kept = [_RAISED.fullmatch(word) is not None for word in words]
        if sum(kept) == 1:
            name, word = (("first", "second")[kept.index(True)], inner[kept.index(True)])
            if word is not None:
                yield Edit(found.start("first"), found.start(name) + word.start())
                yield Edit(found.start(name) + word.end(), found.end("second"))
