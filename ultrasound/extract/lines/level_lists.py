"""Lists of levels by the codes of a legend: "GSV size (cm): SFJ 0.58; PT 0.76; MT 0.35".

Where a legend explains codes as levels, each level of such a list stands on a line of its own, with
its vein and what was measured; a unit behind the last number is that of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_ENTRY: Final = re.compile(
    r"(?<![\w/])(?P<code>[A-Z]{1,3})[ ]?[=:–-][ ]?"
    r"(?P<level>[a-z]+(?:[ ](?:thigh|calf|third))?)(?=[ \t]*(?:[;,|)\r\n]|[ ]{2}|\Z))"
)
_LEVEL: Final = re.compile(r"(?:(?:prox|mid|dist|upper|lower|high|low)\w*[ ])?(?:thigh|calf|knee)")
_ITEM: Final = re.compile(r"[^;|/\s,](?:(?![ ]{2}|[;|]|[ ]/[ ]|,[ ])[^\n\r])*")
_NAMED: Final = re.compile(r"(?P<level>[A-Za-z]+(?:[ ](?:thigh|calf|third))?)[ :=]+(?P<value>\S.*)")
_UNIT: Final = re.compile(r"\d[ ]?(?P<unit>mm|cm|msecs?|ms|secs?|seconds|s)$")
_PLAIN: Final = re.compile(r"[<>~]?[ ]?\d[\d.,]*(?:[ ]?[–-][ ]?\d[\d.,]*)?$")
_FEWEST: Final = 2  # codes of a legend


class LevelListReader:
    """Finds such lists by the words of places and of the headers of tables."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        fields = any_of(field_terms(knowledge))
        self._line = re.compile(
            r"^[ \t]*(?:[-•*–][ \t]+)?(?P<vein>[A-Za-z][A-Za-z ]*?)[ ]"
            rf"(?P<name>(?:{fields})(?P<unit>[ ]?\([a-z]{{1,7}}\))?)[ \t]*:[ \t]+"
            r"(?P<list>\S[^\n\r]*?)(?=[ \t]*\r?$)",
            re.IGNORECASE | re.MULTILINE,
        )

    def find_edits(self, text: str) -> list[Edit]:
        """Each such list as lines of a level each."""
        entries = [e for e in _ENTRY.finditer(text) if _LEVEL.fullmatch(e["level"])]
        levels = {entry["code"]: entry["level"] for entry in entries}
        if len(levels) < _FEWEST:
            return []
        lines = self._line.finditer(text)
        return [edit for line in lines for edit in self._part(text, line, levels)]

    def _part(self, text: str, line: re.Match[str], levels: Mapping[str, str]) -> list[Edit]:
        items = list(_ITEM.finditer(text, *line.span("list")))
        named = [_NAMED.match(item.group()) for item in items]
        if not self._words.is_place(line["vein"]) or not all(
            part and (part["level"] in levels or self._words.is_place(part["level"]))
            for part in named
        ):
            return []
        last = _UNIT.search(items[-1].group())
        unit = f" {last['unit']}" if last and not line["unit"] else ""
        parts = [(i, n) for i, n in zip(items, named, strict=True) if n]
        return list(_write(line, parts, levels, unit))


def _write(
    line: re.Match[str],
    parts: list[tuple[re.Match[str], re.Match[str]]],
    levels: Mapping[str, str],
    unit: str,
) -> Iterator[Edit]:
    """The words before each value, and the unit behind it."""
    at = line.start("vein")
    for item, part in parts:
        level = levels.get(part["level"], part["level"])
        lead = "" if at == line.start("vein") else "\n"
        value = item.start() + part.start("value")
        yield Edit(at, value, f"{lead}{line['vein']} {level}: {line['name']}: ")
        at = item.start() + part.end("value")
        if unit and _PLAIN.match(part["value"]):
            yield Edit(at, at, unit)
