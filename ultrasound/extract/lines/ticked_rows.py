"""Rows of a form whose boxes no other reader takes: of each the ticked answers are kept.

"SFJ: Normal [ ]  Reflux [X]" is "SFJ: Reflux", "Reflux: [X] SFJ  [ ] SPJ" is "Reflux: SFJ", and
"DVT:  R [x] no [ ] yes   L [ ] no [x] yes" has an answer for each leg. What is not ticked is not
said; a row without a tick is a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.ticked_options import IS_BOX, IS_TICK
from ultrasound.value import value_type

_LINE: Final = re.compile(r"^[^\n]*[\[(☐□☒☑■][^\n]*$", re.MULTILINE)
_SIDE: Final = re.compile(
    r"(?:(?<=[ \t]{2})|(?<=\t)|(?<=[:|;][ \t])|(?<=[:|;])|^[ \t]*)"
    r"(?P<side>[Rr]ight|[Ll]eft|RIGHT|LEFT|R[Tt]|L[Tt]|RLE|LLE|[RL])(?:[ \t]+leg)?"
    r"[ \t]*[:=–-]?[ \t]*(?=[^\W\d_]*[ \t]*[\[(☐□☒☑■])"
)
_LABEL: Final = re.compile(
    r"[ \t]*(?:[-•*–][ \t]+)?(?P<name>[A-Za-z][^\n:\[(☐□☒☑■]*?)(?P<sign>[ \t]*:[ \t]*|[ \t]{2,})"
    r"(?=[^\s:])"
)
_BEFORE: Final = re.compile(  # up to the first box
    r"[ \t]*(?:[-•*–][ \t]+)?(?P<name>[A-Za-z][^\n:]*?)(?P<sign>[ \t]*:[ \t]*|[ \t]{2,})$"
)
_NAMED: Final = re.compile(r"[A-Za-z]+(?:[ /-][A-Za-z]+)*")
_GOES_ON: Final = re.compile(r"(?P<option>[^\W\d_]+)(?P<gap>[ \t]*:?[ \t]+)(?=[\d<>~_]|[A-Z][a-z])")
_NONE: Final = ("none", "no", "nil", "absent", "normal", "negative")
_SIZE: Final = re.compile(r"\d[\d.,]*[ ]?(?:mm|cm|m?s|sec)\b")
_BLANK: Final = "___"
_LEGS: Final = ["l", "r"]
_FEWEST: Final = 2  # boxes


@value_type
class _Option:
    start: int
    end: int
    name: str
    ticked: bool


class TickedRowReader:
    """Finds such rows."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_sided(self, text: str) -> list[Edit]:
        """The answers of the rows with boxes for each leg."""
        return [edit for line in _LINE.finditer(text) for edit in self._read_sides(text, line)]

    def find_rest(self, text: str) -> list[Edit]:
        """The answers of the rows with boxes that are left."""
        return [edit for line in _LINE.finditer(text) for edit in self._read_row(text, line)]

    def _read_sides(self, text: str, line: re.Match[str]) -> list[Edit]:
        """The edits of a row with both legs, each with boxes of its own and one tick at most."""
        sides = list(_SIDE.finditer(text, *line.span()))
        if sorted(side["side"][0].lower() for side in sides) != _LEGS:
            return []
        ends = [side.start() for side in sides[1:]] + [line.end()]
        label = text[line.start() : sides[0].start()]
        edits: list[Edit] = []
        for side, end in zip(sides, ends, strict=True):
            options = _options_of(text, side.end(), end)
            ticked = [option for option in options if option.ticked]
            if not options or len(ticked) > 1:
                return []
            sign = "; " if side is not sides[-1] else ""
            edits += self._write(text, (side.end("side"), end), label, options, sign)
        return edits

    def _read_row(self, text: str, line: re.Match[str]) -> list[Edit]:
        """The edits of a row of a label and options that are words."""
        boxes = list(IS_BOX.finditer(text, *line.span()))
        if len(boxes) < _FEWEST:
            return []
        ahead = text[boxes[-1].end() : line.end()].strip()
        first = boxes[0].start() if ahead else line.end()
        label = (_BEFORE if ahead else _LABEL).match(text, line.start(), first)
        if label is None:
            return []
        options = _options_of(text, label.end(), line.end())
        if not options or not all(_NAMED.fullmatch(option.name) for option in options):
            return []
        places = all(self._words.is_place(option.name) for option in options)
        told = places and self._words.tells(label["name"])
        if not told and (ahead or not self._chooses(label["name"], options)):
            return []  # boxes before answers are read as they stand
        sized = ahead and _SIZE.search(label["name"])
        span = (boxes[0].start() if sized else label.start("sign"), line.end())
        return list(self._write(text, span, label["name"], options, ""))

    def _chooses(self, label: str, options: Sequence[_Option]) -> bool:
        """Whether one of several answers for a place is ticked: "SFJ: Normal [ ] Reflux [x]"."""
        names = [option.name.lower() for option in options]
        denied = any(name in _NONE or name.startswith("compet") for name in names)
        told = any(self._words.tells(name) and name not in _NONE for name in names)
        single = sum(option.ticked for option in options) == 1
        return single and denied and told and self._words.is_place(_SIZE.sub("", label))

    def _write(
        self, text: str, span: tuple[int, int], label: str, options: Sequence[_Option], sign: str
    ) -> Iterator[Edit]:
        """The ticked options of a stretch with commas between them, a blank where none is."""
        at, end = span
        ticked = [option for option in options if option.ticked]
        if not ticked:
            yield Edit(at, end, f": {_BLANK}{sign}")
            return
        lead = "" if _SIZE.search(label) else ": "
        for option in ticked:
            yield Edit(at, option.start, lead)
            denied = self._denied(label, option, options)
            if denied:
                yield Edit(option.start, option.end, denied)
            goes_on = _GOES_ON.match(text, option.start, option.end)
            if goes_on:
                yield Edit(*goes_on.span("gap"), ", ")
            at, lead = option.end, ", "
        yield Edit(at, end, sign)

    def _denied(self, label: str, option: _Option, options: Sequence[_Option]) -> str:
        """What "none" beside "reflux" means for a vein: "no reflux"."""
        if option.name.lower() not in _NONE or not self._words.is_place(_SIZE.sub("", label)):
            return ""
        others = [o.name.lower() for o in options if o is not option and self._words.tells(o.name)]
        if not others or others[0] in _NONE:
            return ""
        return "competent" if others[0].startswith("incomp") else f"no {others[0]}"


def _options_of(text: str, start: int, end: int) -> list[_Option]:
    """The options of a stretch, each with its box before or behind it; none if one has no name."""
    boxes = list(IS_BOX.finditer(text, start, end))
    starts, ends = [box.start() for box in boxes], [box.end() for box in boxes]
    if boxes and not text[start : starts[0]].strip():
        spans = zip(ends, [*starts[1:], end], strict=True)
    elif boxes and not text[ends[-1] : end].strip():
        spans = zip([start, *ends[:-1]], starts, strict=True)
    else:
        return []
    options: list[_Option] = []
    for box, (first, last) in zip(boxes, spans, strict=True):
        said = text[first:last]
        begin = first + len(said) - len(said.lstrip())
        name = said.strip()
        options.append(_Option(begin, begin + len(name), name, bool(IS_TICK.search(box.group()))))
    return options if all(any(c.isalpha() for c in o.name) for o in options) else []
