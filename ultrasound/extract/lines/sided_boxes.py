"""Rows of a form with answers in boxes for each leg: "DVT:  R [x] no [ ] yes   L [ ] no [x] yes".

Of each leg the answer that is ticked is kept; a leg with none is a blank. A leg with several ticks
leaves its row as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.ticked_options import IS_BOX, IS_TICK

_LINE: Final = re.compile(r"^[^\n]*[\[(☐□☒☑■][^\n]*$", re.MULTILINE)
_SIDE: Final = re.compile(
    r"(?:(?<=[ \t]{2})|(?<=\t)|(?<=[:|;][ \t])|(?<=[:|;])|^[ \t]*)"
    r"(?P<side>[Rr]ight|[Ll]eft|RIGHT|LEFT|R[Tt]|L[Tt]|RLE|LLE|[RL])(?:[ \t]+leg)?"
    r"[ \t]*[:=–-]?[ \t]*(?=[^\W\d_]*[ \t]*[\[(☐□☒☑■])"
)
_NAMED: Final = re.compile(r"[^\W\d_]")
_GOES_ON: Final = re.compile(r"(?P<option>[^\W\d_]+)(?P<gap>[ \t]*:?[ \t]+)(?=[\d<>~_]|[A-Z][a-z])")
_BLANK: Final = "___"


def find_sided_boxes(text: str) -> list[Edit]:
    """The answers that are not ticked, with the boxes of those that are."""
    return [edit for line in _LINE.finditer(text) for edit in _read_line(text, line)]


def _read_line(text: str, line: re.Match[str]) -> list[Edit]:
    """The edits of a row with both legs, each with boxes of its own."""
    sides = list(_SIDE.finditer(text, *line.span()))
    if len({side["side"][0].lower() for side in sides}) != len(sides) or len(sides) < len("RL"):
        return []
    ends = [side.start() for side in sides[1:]] + [line.end()]
    edits: list[Edit] = []
    for side, end in zip(sides, ends, strict=True):
        answer = _find_answer(text, side.end(), end)
        if answer is None:
            return []
        first, last = answer
        sign = "; " if side is not sides[-1] else ""
        if first == last:
            edits.append(Edit(side.end("side"), end, f": {_BLANK}{sign}"))
            continue
        edits += [Edit(side.end("side"), first, ": "), Edit(last, end, sign)]
        goes_on = _GOES_ON.match(text, first, last)
        edits += [Edit(*goes_on.span("gap"), ", ")] if goes_on else []
    return edits


def _find_answer(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words of the ticked answer of one leg; nothing where none is ticked.

    None where its boxes are not understood.
    """
    boxes = list(IS_BOX.finditer(text, start, end))
    options = list(_options_of(text, boxes, start, end))
    ticked = [o for o, box in zip(options, boxes, strict=True) if IS_TICK.search(box.group())]
    if not options or len(ticked) > 1 or not all(_NAMED.search(text, *o) for o in options):
        return None
    return ticked[0] if ticked else (start, start)


def _options_of(
    text: str, boxes: Sequence[re.Match[str]], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The words of the options of one leg, each with its box before or behind it."""
    if boxes and not text[start : boxes[0].start()].strip():
        spans = zip([b.end() for b in boxes], [*(b.start() for b in boxes[1:]), end], strict=True)
    elif boxes and not text[boxes[-1].end() : end].strip():
        spans = zip(
            [start, *(b.end() for b in boxes[:-1])], [b.start() for b in boxes], strict=True
        )
    else:
        return
    for first, last in spans:
        said = text[first:last]
        begin = first + len(said) - len(said.lstrip())
        yield begin, begin + len(said.strip())
