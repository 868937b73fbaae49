"""Lines of a label and its answer in two cells: "CFV thrombus | no", "DVT      none seen".

A label names what is asked for and where, and nothing else; without its answer it finds nothing.
Whatever parts the two is read as a colon, and an answer that is left open as a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AFFIRMED, DENIED, LABEL, AskedWords, find_answers
from ultrasound.extract.lines.edits import Edit

_OPEN: Final = r"[-–—]{1,3}|\[[ ]?\]|\([ ]?\)|_+|\*{1,4}|n/a"
_LINE: Final = re.compile(
    rf"^[ \t|•*]*(?P<name>{LABEL})"
    r"(?P<sep>(?:[ \t]*+(?:[|=?]|:[ ]?\.{3,}|:|(?<=[ ])-(?=[ ])|\.{3,})|[ ]{2}|[ ]?\t)[ \t]*+)"
    rf"(?:(?P<said>{DENIED}|{AFFIRMED})|(?P<false>false|0)|(?P<true>true)|(?P<open>{_OPEN}))"
    r"(?P<tail>[ \t\r.|]*)$",
    re.MULTILINE | re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"^(?P<indent>[ \t•*]*)(?P<name>[A-Za-z][^\n|\t:=?]*?[A-Za-z)])[ \t]*:(?P<rest>[ \t]*)"
    r"(?=\r?\n(?P=indent)[A-Za-z][^\n:]{2,40}:)",
    re.MULTILINE,
)
_SPOKEN: Final = re.compile(  # "R GSV reflux yes. L GSV reflux no."
    r"(?:^|(?<=[.;,] ))[ \t]*(?P<name>[A-Za-z](?:(?![ ]{2})[^\n|\t:=?.;,])*?[A-Za-z)])(?P<sep>[ ])"
    r"(?P<said>yes|no|y|n|(?P<plus>\+))(?=[ \t]*(?:[.;]|\r?$)|,[ ]?[<>~]?\d|(?P<comma>,))",
    re.MULTILINE | re.IGNORECASE,
)
_BRACKETED: Final = re.compile(  # "GSV reflux (right): yes"
    r"(?:^|(?<=[.;,] ))[ \t]*(?P<name>[A-Za-z](?:(?![ ]{2})[^\n|\t:=?.;,(])*?)(?P<open>[ ]?\()"
    r"(?:right|left|rt|lt|r|l)(?P<close>\))(?=[ \t]*[:=|])",
    re.MULTILINE | re.IGNORECASE,
)
_ROW: Final = re.compile(r"^[^\n\r|\t:=?]*[ ]{2}[^\n\r|\t:=?]*\r?$", re.MULTILINE)
_CELL: Final = re.compile(r"[^ \r\n]+(?:[ ][^ \r\n]+)*")
_YES_NO: Final = re.compile(r"yes|no|y|n", re.IGNORECASE)
_SEVERAL: Final = 2
_PLAIN: Final = ("yes", "no", "y", "n")


class AskedCellReader:
    """Finds such lines by the words of the knowledge tables."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """What parts a label from its answer as a colon; an answer left open as a blank."""
        edits: list[Edit] = []
        for line in find_answers(_LINE, text):
            plain = not line["said"] or line["said"].lower() in _PLAIN
            if not self._words.ask(line["name"], plain=plain) or _is_row(text, line["name"]):
                continue
            edits.append(Edit(*line.span("sep"), ": "))
            for kind, word in (("open", "___"), ("false", "no"), ("true", "yes")):
                if line[kind]:
                    edits.append(Edit(*line.span(kind), word))
            if line["tail"].strip(" \t\r"):
                edits.append(Edit(*line.span("tail"), "."))
        edits += self._read_spoken(text)
        edits += self._read_pairs(text)
        # what is asked of branches may head a list of them
        empty = [e for e in _EMPTY.finditer(text) if self._words.ask(e["name"])]
        empty = [e for e in empty if not self._words.ask_for_branches(e["name"])]
        edits += [Edit(*line.span("rest"), " ___") for line in empty]
        return sorted(edits, key=lambda edit: edit.start)

    def _read_spoken(self, text: str) -> Iterator[Edit]:
        """An answer behind its label in a sentence, and a label with its leg in brackets."""
        answers = [a for a in _SPOKEN.finditer(text) if self._words.ask(a["name"])]
        for answer in answers:
            yield Edit(*answer.span("sep"), ": ")
            for sign, word in (("plus", "yes"), ("comma", ";")):
                if answer[sign]:
                    yield Edit(*answer.span(sign), word)
        for label in _BRACKETED.finditer(text):
            if self._words.ask(label["name"]):
                yield Edit(*label.span("open"), " ")
                yield Edit(*label.span("close"), "")

    def _read_pairs(self, text: str) -> Iterator[Edit]:
        """Labels and answers in turn: "DVT   no      SVT   no", without the heading before them."""
        for line in _ROW.finditer(text):
            cells = list(_CELL.finditer(text, *line.span()))
            pairs = cells[len(cells) % 2 :]
            names, answers = pairs[::2], pairs[1::2]
            if len(names) < _SEVERAL or not all(_YES_NO.fullmatch(a.group()) for a in answers):
                continue
            heads = cells[: len(cells) % 2]  # "THROMBUS   DVT  no   SVT  no"
            if all(self._words.ask(name.group()) for name in (*heads, *names)):
                yield Edit(cells[0].start(), names[0].start())
                for name, answer in zip(names, answers, strict=True):
                    yield Edit(name.end(), answer.start(), ": ")
                    yield Edit(answer.end(), answer.end(), ".")


def _is_row(text: str, name: str) -> bool:
    """Whether a label stands before several cells elsewhere: it names the rows of a table."""
    label = rf"^[ \t]*\|?[ \t]*{re.escape(name)}"
    row = rf"{label}(?:[ \t]*(?:\|[^|\n]+){{2,}}|(?:[ ]{{2,}}[^\s:]+(?:[ ][^\s:]+)*){{2,}})"
    return re.search(row, text, re.MULTILINE | re.IGNORECASE) is not None
