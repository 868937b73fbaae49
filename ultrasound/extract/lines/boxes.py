"""Tick boxes: which options of a form are chosen.

A box stands before its option ("(x) yes ( ) no") or behind it ("competent [ ] incompetent [x]");
which of both, the sentence shows by what its first box follows and its last one ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ultrasound.extract.lines.box_signs import BOX_STARTS, box_of
from ultrasound.extract.words.marks import Element, Marks, first_of, last_of
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

BOX: Final = re.compile(r"\[[ xX✓✔✗vV]?\]|\([ xX✓✔✗]?\)|[☐□☒☑■]")
_PARTING: Final = ";"
_OPTION_ENDS: Final = (";", ".", "|")
_LABEL_STARTS: Final = (*_OPTION_ENDS, ",", ":")
_ANSWERS: Final = ("yes", "no", "none", "y", "n")
_ANSWER_CUES: Final = (
    "affirmation_after",
    "denial_after",
    "negation",
    "none",
    "positive",
    "negative",
)
_NO_CUES: Final = ("denial_after", "negation", "none", "negative")
_TREATED: Final = ("treatment", "treatment_result")
_PLACES: Final = ("leg", "vein", "place", "inferred", "ambiguous", "level", "zone")


@dataclass
class Prepared:
    """Elements to read, and the spans of those left out, with their box."""

    elements: list[Element] = field(default_factory=list)
    unticked: list[tuple[int, int]] = field(default_factory=list)


def has_boxes(elements: Sequence[Element]) -> bool:
    """Whether a box may stand among some elements."""
    return any(type(e) is Token and e.text in BOX_STARTS for e in elements)


def drop_unticked(elements: Sequence[Element], marks: Marks) -> Prepared:
    """Leave out the options that are not chosen, and all boxes."""
    boxes = {i: found for i in range(len(elements)) if (found := _box_at(elements, i))[1]}
    if _stand_behind(elements, boxes):
        return _drop_before(elements, boxes)
    return _drop_after(elements, boxes, marks)


_Boxes = dict[int, tuple[bool, int]]


def _box_at(elements: Sequence[Element], index: int) -> tuple[bool, int]:
    """Whether the box here is ticked, and how many elements it takes: 0 where none stands."""
    words = [e.text.lower() if isinstance(e, Token) else "" for e in elements[index : index + 3]]
    return box_of(words)


def _stand_behind(elements: Sequence[Element], boxes: _Boxes) -> bool:
    """Whether boxes follow their options: one ends the sentence, and the first follows a finding.

    In "other [ ]" at the end of "[x] yes [ ] no [ ]" the first box opens.
    """
    if not boxes:
        return False
    last = max(boxes)
    behind = elements[last + boxes[last][1] :]
    if len(boxes) > 1 and all(i and _is_option(elements[i - 1]) for i in boxes):
        return not (behind and _is_option(behind[0]))  # "Y [ ]  N [x]  4.2 mm"
    if any(not isinstance(e, Token) or e.text != "." for e in behind):
        return False
    first = min(boxes)
    before = elements[first - 1] if first else None
    if isinstance(before, Mention):
        if _lists_legs(elements, boxes):
            return True
        return before.row("finding") is not None or bool(before.cue("negation", "none"))
    return before is not None and _is_answer(before)


def _is_answer(element: Element) -> bool:
    if isinstance(element, Mention):
        return bool(element.cue(*_ANSWER_CUES))
    return isinstance(element, Token) and element.norm in _ANSWERS


def _is_option(element: Element) -> bool:
    found = isinstance(element, Mention) and element.row("finding") is not None
    return found or _is_answer(element)


def _lists_legs(elements: Sequence[Element], boxes: _Boxes) -> bool:
    """Whether each option is a leg, its box behind it: "Side: right [ ]  left [x]"."""
    first, last = min(boxes), max(boxes)
    taken = {i + shift for i, (_, length) in boxes.items() for shift in range(length)}
    options = [e for i, e in enumerate(elements[: last + 1]) if i not in taken and i >= first - 1]
    if len(options) != len(boxes):
        return False
    return all(isinstance(e, Mention) and e.row("leg") is not None for e in options)


def _drop_after(elements: Sequence[Element], boxes: _Boxes, marks: Marks) -> Prepared:
    prepared = Prepared()
    skipping = False
    unanswered = set(_unanswered(elements, boxes, marks))
    index = 0
    while index < len(elements):
        element = elements[index]
        if index in unanswered:
            prepared.unticked.append((first_of(element), last_of(element)))
            skipping = False
            index += 1
            continue
        if index in boxes:
            ticked, length = boxes[index]
            skipping = not ticked
            if skipping:
                last = last_of(elements[index + length - 1])
                prepared.unticked.append((first_of(element), last))
            elif isinstance(element, Token) and _parts(elements, boxes, index):
                prepared.elements.append(replace(element, text=_PARTING, norm=_PARTING))
            index += length
            continue
        if skipping and _ends_option(elements, index, boxes, marks):
            skipping = False
        if skipping:
            prepared.unticked[-1] = (prepared.unticked[-1][0], last_of(element))
        else:
            prepared.elements.append(element)
        index += 1
    return prepared


def _unanswered(elements: Sequence[Element], boxes: _Boxes, marks: Marks) -> Iterator[int]:
    """The findings that a form asks for and that say nothing themselves.

    With no answer ticked, "reflux [ ] yes [ ] no", or one that says it all, as in "competence [ ]
    competent [x] incompetent".
    """
    behind = {i + length for i, (_, length) in boxes.items()}
    for first in boxes:
        label = elements[first - 1] if first and first - 1 not in behind else None
        if not isinstance(label, Mention) or label.row("finding") is None:
            continue
        apart = "  " in marks.tokens[label.first].gap or min(boxes) == first
        if not apart and not _is_sign(elements[first - 2]):
            continue  # of the option before it: "[x] no thrombus [ ] thrombus"
        run, at = [first], first + boxes[first][1] + 1
        while at in boxes:  # options of one element each
            run.append(at)
            at += boxes[at][1] + 1
        option = first + boxes[first][1]
        asks = option < len(elements) and _is_option(elements[option])
        ticked = [i + boxes[i][1] for i in run if boxes[i][0]]
        if asks and all(_answers_alone(label, elements[at : at + 1]) for at in ticked):
            yield first - 1
        for at in ticked:
            if asks and _denies_treatment(label, elements[at : at + 1]):
                yield from (first - 1, at)


def _answers_alone(label: Mention, answer: Sequence[Element]) -> bool:
    """Whether an answer finds what its question asks for, in one word."""
    asked = label.row("finding")
    found = [e.row("finding") for e in answer if isinstance(e, Mention)]
    told = (f for f in found if f is not None and f.kind == "word" and f.property == asked.property)
    return any(told)


def _denies_treatment(label: Mention, answer: Sequence[Element]) -> bool:
    """Whether a treatment that a form asks for was none: "ablated [ ] yes [x] no"."""
    named = label.row("finding").property in _TREATED
    return named and any(isinstance(e, Mention) and e.cue(*_NO_CUES) for e in answer)


def _is_sign(element: Element) -> bool:
    return isinstance(element, Token) and element.text in _LABEL_STARTS


def _ends_option(elements: Sequence[Element], index: int, boxes: _Boxes, marks: Marks) -> bool:
    """Whether an option ends here: at a sign, or before a cell of its own that measures.

    As in "[x] competent  [ ] incompetent   diameter 4.2 mm".
    """
    element = elements[index]
    if isinstance(element, Token) and element.text in _OPTION_ENDS:
        return True
    if "  " not in marks.tokens[first_of(element)].gap or not _is_option(elements[index - 1]):
        return False
    end = min((i for i in boxes if i > index), default=len(elements))
    return any(isinstance(e, Number) for e in elements[index:end])


def _parts(elements: Sequence[Element], boxes: _Boxes, index: int) -> bool:
    """Whether a ticked box stands between two statements: "[x] deep reflux [x] SSV reflux"."""
    before = max((i for i in boxes if i < index), default=None)
    after = min((i for i in boxes if i > index), default=len(elements))
    return before is not None and _says(elements[before:index]) and _says(elements[index:after])


def _says(option: Sequence[Element]) -> bool:
    """Whether an option names a vein or system and finds something of it."""
    named = [e for e in option if isinstance(e, Mention)]
    found = any(m.row("finding") is not None for m in named)
    return found and any(m.row("vein", "place") is not None for m in named)


def _drop_before(elements: Sequence[Element], boxes: _Boxes) -> Prepared:
    prepared = Prepared()
    option: list[Element] = []
    asked: list[Element] = []  # what answers share, as long as none of them is ticked
    legs = _lists_legs(elements, boxes)
    index = 0
    while index < len(elements):
        element = elements[index]
        if index not in boxes:
            if _ends_label(element) and not (legs and index >= min(boxes) - 1):
                prepared.elements += [*option, element]
                option, asked = [], []
            else:
                option.append(element)
            index += 1
            continue
        ticked, length = boxes[index]
        start = _start_of_answer(option)
        if start < len(option) and _is_alternative(elements, boxes, index + length):
            # as in "reflux in the SSV  yes [ ]  no [x]"
            asked, option = option[:start] or asked, option[start:]
        if ticked:
            prepared.elements += [*asked, *option]
            asked = []
        else:
            first = first_of(option[0] if option else element)
            prepared.unticked.append((first, last_of(elements[index + length - 1])))
        option = []
        index += length
    prepared.elements += option
    return prepared


def _start_of_answer(option: Sequence[Element]) -> int:
    """Where the answer at the end of an option begins: "reflux | seen yes"; its end for none."""
    start = len(option)
    while start and _is_answer(option[start - 1]):
        start -= 1
    return start


def _is_alternative(elements: Sequence[Element], boxes: _Boxes, index: int) -> bool:
    """Whether an answer and its box stand at an index, with no word of their own."""
    return index + 1 in boxes and _is_answer(elements[index])


def _ends_label(element: Element) -> bool:
    """Whether an element is no part of an option: a place, or the sign behind a label."""
    if isinstance(element, Mention):
        return element.row(*_PLACES) is not None
    return isinstance(element, Token) and element.text in (":", "?")
