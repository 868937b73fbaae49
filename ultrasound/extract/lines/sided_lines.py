"""Lines of a form with a place and a value for each leg: "CFV = Rt - compresses // Lt - no reflux".

Whatever parts the place, the legs and their values, they are read as "CFV: Rt: …; Lt: …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.compression_pairs import NAMED, compression_words
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import SIDE
from ultrasound.extract.lines.sided_fields import field_terms
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_SIDE: Final = rf"{SIDE}(?![\w/)])"
_OPEN: Final = r"[ \t]*(?:[:=–-][ \t]*|[ \t])"
_JOIN: Final = r"[ \t]*(?://|\|{1,2}|[;,/]|(?<=[ \t])[ ]|\t)[ \t]*"
_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?(?P<name>[A-Za-z][^\n|:=;]*?[A-Za-z)])"
    r"(?P<sep>[ \t]*[:=][ \t]*|[ ][–-][ ]|[ \t]*\.{3,}[ \t]*|[ ]{2,}|[ ]*\t[ \t]*)"
    rf"(?P<s1>{_SIDE})(?P<o1>{_OPEN})(?P<v1>\S[^\n]*?)(?P<join>{_JOIN})"
    rf"(?P<s2>{_SIDE})(?P<o2>{_OPEN})(?P<v2>\S[^\n]*?)(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_PAIR: Final = re.compile(  # the legs first, and then both values
    r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?(?P<name>[A-Za-z][^\n|:=;]*?[A-Za-z)])"
    rf"(?P<sep>[ \t]*\(?(?P<s1>{SIDE})[ ]?/[ ]?(?P<s2>{SIDE})\)?[ \t]*[:=][ \t]*)"
    r"(?P<v1>[^\n/]*?[^\n/ ])(?P<join>[ \t]*/[ \t]*)(?P<v2>[^\s/][^\n/]*?)(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_ANY_SIDE: Final = re.compile(rf"(?<![\w/(]){_SIDE}")
_PARTS: Final = re.compile(r"[ ][–-][ ]|[ ]/[ ]|[ ]{2,}(?=[^\W\d_])")
_LABELLED: Final = re.compile(r"[:=|]")
_NUMBER: Final = re.compile(r"[<>~]?[ ]?\d")
_FEWEST: Final = 3  # lines that make a form


class SidedLineReader:
    """Finds such lines where a report has several of them."""

    def __init__(self, knowledge: TextKnowledge, words: AskedWords) -> None:
        self._words = words
        self._compression = compression_words(knowledge)
        self._fields = {word for term in field_terms(knowledge) for word in fold_term(term)}

    def find_edits(self, text: str) -> list[Edit]:
        """What parts the place, the legs and their values, as the signs of a list."""
        found = [line for line in _LINE.finditer(text) if self._is_sided(line)]
        found = found if len(found) >= _FEWEST else [line for line in found if _is_marked(line)]
        form = any(not self._words.is_place(line["name"]) for line in found)
        edits = [edit for line in found for edit in self._rewrite(text, line, form=form)]
        edits += [e for line in _PAIR.finditer(text) if self._is_pair(line) for e in _part(line)]
        return sorted(edits, key=lambda edit: edit.start)

    def _is_pair(self, line: re.Match[str]) -> bool:
        """Whether a place has two values of which one at least is no mere number."""
        sides = {line[side][0].lower() for side in ("s1", "s2")}
        plain = all(_NUMBER.match(line[value]) for value in ("v1", "v2"))
        return len(sides) > 1 and not plain and self._words.is_place(line["name"])

    def _is_sided(self, line: re.Match[str]) -> bool:
        sides = {line[side][0].lower() for side in ("s1", "s2")}
        again = any(_ANY_SIDE.search(line[value]) for value in ("v1", "v2"))
        table = not (line["sep"].strip() or line["join"].strip())  # columns
        named = self._is_label(line["name"], alone=_is_marked(line))
        return len(sides) > 1 and not (again or table) and named

    def _is_label(self, name: str, *, alone: bool) -> bool:
        """Whether a label names a place, or what was found there; ``alone``: without a place."""
        words = [word for word in fold_term(name) if word.isalpha()]
        told = (w in self._fields or self._words.tells(w) or self._words.is_place(w) for w in words)
        return self._words.is_place(name) or ((len(words) > 1 or alone) and all(told))

    def _rewrite(self, text: str, line: re.Match[str], *, form: bool) -> Iterator[Edit]:
        """The signs of a line; what it says of compression in words."""
        yield from _rewrite(text, line, form=form)
        coded = NAMED.search(line["name"]) is not None
        for value in ("v1", "v2"):
            said = self._compression.get(line[value].lower()) if coded else None
            if said:
                yield Edit(*line.span(value), said + ("." if value == "v2" else ""))


def _is_marked(line: re.Match[str]) -> bool:
    """Whether signs part the name and both legs: "SFJ : Rt - incompetent   Lt - competent"."""
    return all(line[part].strip() for part in ("sep", "o1", "o2"))


def _part(line: re.Match[str]) -> Iterator[Edit]:
    yield Edit(*line.span("sep"), f": {line['s1']}: ")
    yield Edit(*line.span("join"), f"; {line['s2']}: ")


def _rewrite(text: str, line: re.Match[str], *, form: bool) -> Iterator[Edit]:
    """The signs of a list; of a ``form`` each leg is a label too."""
    for part, sign in (("sep", ": "), ("o1", ": "), ("join", "; "), ("o2", ": ")):
        bare = part[0] == "o" and not line[part].strip() and not form
        loose = part == "sep" and line[part][:1].isspace()
        if (loose or line[part].strip() != sign.strip()) and not bare:
            yield Edit(*line.span(part), sign)
    for value in ("v1", "v2"):
        if not _LABELLED.search(line[value]):
            for dash in _PARTS.finditer(text, *line.span(value)):
                yield Edit(*dash.span(), ", ")
