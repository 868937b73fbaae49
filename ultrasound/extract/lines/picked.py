"""The option that was picked from a list of a form: the list's other words are no findings.

Of "{competent/incompetent:competent}" and "R / L (circled: L)" only what was picked is read; where
nothing is picked the words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.words.tokens import fold_term
from ultrasound.knowledge.schema_text import TextKnowledge

_PICKED: Final = re.compile(
    r"(?P<opening>[{<\[])[ \t]*(?P<asked>[^{}<>\[\]\n:]*?)[ \t]*"
    r"(?P<sign>:\d*:{2}|:|=>|->|→|=)[ \t]*(?P<picked>[^{}\[\]<>\n]*?)[ \t]*(?P<closing>[}>\]])"
)
_PAIRS: Final = {"{": "}", "<": ">", "[": "]"}
_OPTION_SIGN: Final = re.compile(r"[ \t]*[/|;][ \t]*")
_NAME: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}")
_NUMBER_OF_LIST: Final = re.compile(r"\d{2,}")  # "{right/left:20225}" was never filled in
_AMOUNT: Final = re.compile(r"[<>~]?[ ]?\d+(?:[.,]\d+)?")
_DEFAULTS: Final = "::"  # before the options in quotes of a list with a number
_ONE_QUOTED: Final = re.compile(r'"[^"]*"')
_ASIDE: Final = r"circled|ringed|encircled|underlined|highlighted|selected|chosen|ticked|marked"
_MARKED: Final = re.compile(
    rf"[ \t]*[(\[][ \t]*(?:(?:{_ASIDE})[ \t]*[:=]?[ \t]*(?P<picked>[^()\[\]\n]+?)"
    rf"|(?P<before>[^()\[\]\n]+?)[ \t]+(?:is[ \t]+)?(?:{_ASIDE}))[ \t]*[)\]]",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(r"[^\s:;,()\[\]][^:;,()\[\]\n]*?(?:[ \t]*[/|][ \t]*[^:;()\[\]\n]+?)+$")
_WIDE: Final = re.compile(r"[ \t]{2,}(?![/|])")
_RIGHT: Final = ("r", "rt", "right")
_LEFT: Final = ("l", "lt", "left")


class PickReader:
    """Finds what was picked from lists, and the words that were not."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._units = {term.lower() for row in knowledge.units.unit for term in row.terms}
        terms = [term for row in knowledge.veins.vein for term in row.terms]
        terms += [term for row in knowledge.veins.place for term in row.terms]
        terms += [term for row in knowledge.cues.leg for term in row.terms]
        self._names = {word for term in terms for word in fold_term(term)}

    def find_edits(self, text: str) -> list[Edit]:
        """The words to leave out."""
        return [*self._find_picked(text), *_find_marked(text)]

    def _find_picked(self, text: str) -> Iterator[Edit]:
        """Lists in brackets with what was picked: "{competent/incompetent:competent}"."""
        for found in _PICKED.finditer(text):
            asked, picked = found["asked"], found["picked"]
            if found["closing"] != _PAIRS[found["opening"]] or not picked:
                continue
            if not self._is_list(text, found):
                continue
            after = text[found.end() : found.end() + len(asked) + 1].strip().lower()
            unit = asked.lower() in self._units and _AMOUNT.fullmatch(picked)
            told = unit and not after.startswith(asked.lower())
            yield Edit(found.start(), found.start("picked"))
            yield Edit(found.end("picked"), found.end(), f" {asked}" if told else "")

    def _is_list(self, text: str, found: re.Match[str]) -> bool:
        """Whether brackets hold a choice that was made, and no words of the report."""
        asked, picked, braces = found["asked"], found["picked"], found["opening"] == "{"
        options = [o.lower() for o in _OPTION_SIGN.split(asked) if o]
        if found["sign"].endswith(_DEFAULTS):
            return braces and _ONE_QUOTED.fullmatch(picked) is not None
        if _NUMBER_OF_LIST.fullmatch(picked) and asked.lower() not in self._units:
            return False
        if len(options) > 1:
            return braces or any(picked.lower().startswith(o) for o in options)
        if not braces or not _NAME.fullmatch(asked) or ":" in picked:
            return False  # "{diameter_mm: 8.1, reflux_s: 2.9}"
        named = not self._names.isdisjoint(fold_term(asked))
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        return not named and any(sign.isalpha() for sign in line)


def _find_marked(text: str) -> Iterator[Edit]:
    """Options of which one is named as circled: "R / L (circled: L)", "R / L (L circled)"."""
    for found in _MARKED.finditer(text):
        name = "picked" if found["picked"] else "before"
        begin = text.rfind("\n", 0, found.start()) + 1
        wide = [gap.end() for gap in _WIDE.finditer(text, begin, found.start())]
        listed = _LISTED.search(text, wide[-1] if wide else begin, found.start())
        if listed is None:
            continue
        options = {fold_side(o) for o in re.split(r"[/|]", listed.group())}
        picked = fold_side(found[name])
        if picked in options or any(o.endswith(f" {picked}") for o in options):
            gap = " " if text[listed.start() - 1 : listed.start()].isalnum() else ""
            yield Edit(listed.start(), found.start(name), gap)
            yield Edit(found.end(name), found.end())


def fold_side(option: str) -> str:
    """An option in small letters, a leg by its name."""
    word = option.strip(" \t\"'").lower()
    return "right" if word in _RIGHT else "left" if word in _LEFT else word
