"""Fields of a form that ask for branches: "No. of incompetent perforators: R 2, L 0", "… R - nil".

What stands behind a leg is read as its answer: a count of incompetent ones as yes, nought, "nil"
and the like as "none"; a number before a bracket that says where they are stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.knowledge.schema_text import TextKnowledge

_NAME: Final = r"(?:perforat(?:or|ing)s?(?:[ ]veins?)?|perfs?)"
_LEG: Final = r"(?:right|left|rt|lt|r|l)"
_COUNT: Final = r"\d{1,2}(?![\d.,]*\d|[ ]*(?:mm|cm|s\b|sec|ms))"
_SIDED: Final = re.compile(
    rf"(?P<parted>[;,][ ])?(?P<leg>\b{_LEG}\b(?:[ ](?:leg|side))?)"
    r"(?P<sign>[ \t]*(?:[:=]|[-–—](?=[ \t]))[ \t]*|[ ]{1,2})"
    rf"(?P<value>{_COUNT}|[A-Za-z]+)?(?P<rest>[ \t]*(?:[,;.)\n\r]|$))?",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(r"(?<=[\s:,;])(?P<value>[1-4])(?=[ ](?:at|in|above|below)\b)")
_BEHIND: Final = re.compile(
    rf"(?P<value>\w[^,;()\n]*?)(?P<side>[ ]?\((?P<leg>{_LEG})\))(?P<end>[ \t.,;]*)", re.IGNORECASE
)
_FEWEST: Final = 2  # legs behind their values
_WORDS: Final = ("one", "two", "three", "four")
_STATED: Final = ("reflux", "present")
_LINE: Final = re.compile(rf"\n[ \t]*(?:[-•*–][ \t]+)?{_LEG}\b[ \t]*[:=–-][^\n]*", re.IGNORECASE)
_ANSWER: Final = re.compile(
    rf"(?P<value>{_COUNT}|[A-Za-z]+)(?=[ ]seen|[ ]found|[ \t]*(?:[,;.)\n\r]|$))"
)


class BranchFieldReader:
    """Finds such fields by the words for what is wrong with a vein's valves."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        rows = [
            r for r in knowledge.findings.finding if (r.property, r.value) == ("reflux", "present")
        ]
        states = any_of([t for row in rows if row.kind == "word" for t in row.terms if t.isalpha()])
        self._field = re.compile(
            rf"^[ \t]*(?:[-•*–][ \t]+|\d{{1,2}}[.)][ \t]+)?"
            rf"(?P<count>(?:no\.?|nos\.?|number|count|\#)[ ]of[ ])?(?P<state>(?:{states})[ ])?"
            rf"{_NAME}(?P<short>[ ]?\((?:IPVs?|ICPVs?)\))?(?P<leg>[ ]{_LEG})?"
            r"(?P<sign>[ \t]*(?:[:=]|\.{3,}|(?=\r?$)|[ ]{3,})[ \t]*)",
            re.IGNORECASE | re.MULTILINE,
        )
        self._none = {t.lower() for row in knowledge.sections.no_branch for t in row.terms}

    def find_edits(self, text: str) -> list[Edit]:
        """The answers of such fields, and what of their names is not read."""
        return [e for field in self._field.finditer(text) for e in self._read(text, field)]

    def _read(self, text: str, field: re.Match[str]) -> Iterator[Edit]:
        yield from (Edit(*field.span(name)) for name in ("count", "short") if field[name])
        if "." in field["sign"]:
            yield Edit(*field.span("sign"), ": ")
        end = _end_of_line(text, field.end())
        if behind := self._read_behind(text, field.end(), end):
            yield from behind
            return
        if single := _ANSWER.match(text, field.end(), end):
            yield from self._answer(single, counted=False)
        while line := _LINE.match(text, end):
            end = line.end()
        for placed in _PLACED.finditer(text, field.end(), end):
            yield Edit(*placed.span(), _WORDS[int(placed["value"]) - 1])
        told = list(_SIDED.finditer(text, field.end(), end))
        none = any(self._denies(sided) for sided in told)
        for sided in told:
            yield from self._read_side(sided, counted=field["state"] is not None, none=none)

    def _read_behind(self, text: str, at: int, end: int) -> list[Edit]:
        """Values with their legs in brackets behind them: "none (R), mid calf 4.1 mm (L)"."""
        told = list[re.Match[str]]()
        while at < end and (value := _BEHIND.match(text, at, end)):
            told.append(value)
            at = value.end()
        if len(told) < _FEWEST or at < end:
            return []
        first = told[0]
        edits = [Edit(first.start() - 1, first.start(), f" {first['leg']}: ")]
        for value, after in zip(told, [*told[1:], None], strict=True):
            edits += [Edit(*value.span("value"), "none")] if self._is_none(value["value"]) else []
            lead = f". {after['leg']}: " if after else "."
            edits.append(Edit(value.start("side"), value.end(), lead))
        return edits

    def _read_side(self, sided: re.Match[str], *, counted: bool, none: bool) -> Iterator[Edit]:
        """What is said behind a leg; a dash is a sign where one of the legs has ``none``."""
        denied = self._denies(sided)
        if sided["value"] and sided["rest"] is not None:
            yield from self._answer(sided, counted=counted)
        if denied and sided["parted"]:  # none on that leg, and not at the other one's level
            yield Edit(*sided.span("parted"), ". ")
        dash = none and any(sign in sided["sign"] for sign in "-–—")
        if dash or (denied and sided["parted"]):
            yield Edit(*sided.span("sign"), ": ")

    def _denies(self, sided: re.Match[str]) -> bool:
        """Whether a leg has a plain answer, and that none."""
        return bool(sided["value"]) and sided["rest"] is not None and self._is_none(sided["value"])

    def _is_none(self, value: str) -> bool:
        return value.lower() in self._none or value.strip("0") == ""

    def _answer(self, told: re.Match[str], *, counted: bool) -> Iterator[Edit]:
        """The answer as a word of the tables."""
        if self._is_none(told["value"]):
            yield Edit(*told.span("value"), "none")
        elif counted and told["value"].isdigit():
            yield Edit(*told.span("value"), "yes")


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
