"""Branches answered level by level: "Perforators: thigh - no; calf - yes 3.8 mm".

Each answer is read as a line of its own perforator, "thigh perforator: no reflux"; so is "none in
thigh, one in mid calf". Of varicosities only the levels that have some are read: "Varicosities:
thigh - none, calf - present"; their place is read first, "large, medial calf, 5 mm". How many
there are at a level is left out: "mid calf x 2".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.level_words import names_level

_FLAGS: Final = re.MULTILINE | re.IGNORECASE
_LINE: Final = re.compile(
    r"^[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]*)?(?P<label>(?P<leg>(?:right|left)[ ])?"
    r"(?:(?P<perf>(?:incompetent[ ])?perforat(?:or|ing)s?(?:[ ]veins?)?|IPVs?)"
    r"|varicosities|varices|varicose veins)[ ]?[:–-][ ]*)(?P<list>[A-Za-z][^\n\r]*)",
    _FLAGS,
)
_NO: Final = r"(?:no|none|nil|absent)"
_YES: Final = r"(?:yes|present|incompetent)"
_ANSWER: Final = rf"(?:{_NO}|{_YES}|medial|lateral|posterior|anterior)\b"
_NEXT: Final = re.compile(
    rf"[ ]*[;,.][ ]+(?=[A-Za-z][A-Za-z ]*?(?:[ ]?[:=]|[ ]?[–-])[ ]?{_ANSWER})", re.IGNORECASE
)
_PIECE: Final = re.compile(
    rf"(?P<place>[A-Za-z][A-Za-z ]*?)(?P<sign>[ ]?[:=][ ]?|[ ]?[–-][ ]?)"
    rf"(?:(?P<no>{_NO})|(?P<yes>{_YES})|(?P<side>{_ANSWER}))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_NONE_IN: Final = re.compile(
    r"(?P<none>none in (?:the )?)(?P<place>[A-Za-z ]+?)(?P<then>[,;] )"
    r"(?:(?P<one>(?:one|single|a|1) (?:in|at) (?:the )?)"
    r"(?P<where>[A-Za-z ]+?)(?=[ ]*(?:[,(.;]|$)))?",
    re.IGNORECASE,
)
_EXCEPT: Final = re.compile(
    r"(?P<none>none incompetent (?:except|apart from|other than) (?:for |in |at )?(?:the )?)"
    r"(?P<where>[A-Za-z ]+?)(?=[ ]*(?:[,(.;]|$))",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(
    r"^(?=[^\n]*\b(?:perforat|IPV|varic|tribut))[^\n]*?[A-Za-z](?P<times>[ ][x×][ ]?\d{1,2})"
    r"(?=[ ]*(?:[,;.)]|\r?$))",
    _FLAGS,
)
_COMMA: Final = re.compile(r",[ ]+")
_SIDES: Final = re.compile(
    r"\b(?:(?:antero|postero)?(?:medial|lateral)|posterior|anterior|large|small)\b", re.IGNORECASE
)
_DENIED: Final = re.compile(rf"{_NO}\b", re.IGNORECASE)
_FEWEST: Final = 2

Span = tuple[int, int]


class BranchAnswerReader:
    """Finds such lines by the words of places."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The labels and signs of such lines, as words."""
        edits = [Edit(*found.span("times")) for found in _TIMES.finditer(text)]
        for line in _LINE.finditer(text):
            edits += (
                self._read_levels(text, line)
                or self._read_none(text, line)
                or self._lead_place(text, line)
            )
        return edits

    def _read_levels(self, text: str, line: re.Match[str]) -> list[Edit]:
        """The answers of several levels, none where a piece of the line is something else."""
        start, end = line.span("list")
        signs = list(_NEXT.finditer(text, start, end))
        starts = [start, *(sign.end() for sign in signs)]
        ends = [*(sign.start() for sign in signs), end]
        pieces = [_PIECE.fullmatch(text, a, b) for a, b in zip(starts, ends, strict=True)]
        told = [piece for piece in pieces if piece and names_level(self._words, piece["place"])]
        if len(told) < len(pieces) or len(pieces) < _FEWEST:
            return []
        if line["perf"]:
            if any(piece["side"] for piece in told):
                return []
            edits = [Edit(sign.start(), sign.end(), ".\n") for sign in signs]
            edits += [edit for piece in told for edit in _say(piece, line["leg"] or "")]
            return [Edit(*line.span("label")), *edits]
        return list(_keep_present(told, signs, line.span("list")))

    def _read_none(self, text: str, line: re.Match[str]) -> list[Edit]:
        """The level without branches and the one with one; the only one that refluxes."""
        start, end = line.span("list")
        found = _NONE_IN.match(text, start, end)
        if found and names_level(self._words, found["place"]):
            none = (found.start("none"), found.end("then"))
            if not line["perf"]:
                return [Edit(*none)]
            if not found["one"] or not names_level(self._words, found["where"]):
                return []
            told = f"{found['place']} perforator: no reflux.\n{line['leg'] or ''}"
            at = found.end("where")
            joined = Edit(none[0], found.end("one"), f"{line['leg'] or ''}{told}")
            return [Edit(*line.span("label")), joined, Edit(at, at, " perforator")]
        only = _EXCEPT.match(text, start, end) if line["perf"] else None
        if only and names_level(self._words, only["where"]):
            at = only.end("where")
            told = f"{line['leg'] or ''}incompetent "
            label = (line.start("label"), only.end("none"))
            return [Edit(*label, told), Edit(at, at, " perforator")]
        return []

    def _lead_place(self, text: str, line: re.Match[str]) -> list[Edit]:
        """The place of varicosities before what is said of them: "large, medial calf, 5 mm"."""
        start, end = line.span("list")
        commas = [(m.start(), m.end()) for m in _COMMA.finditer(text, start, end)]
        begins = [start, *(last for _, last in commas)]
        ends = [*(first for first, _ in commas), end]
        spans = [(a, b - (text[b - 1] == ".")) for a, b in zip(begins, ends, strict=True)]
        pieces = [_SIDES.sub("", text[a:b]).strip() for a, b in spans]
        placed = [i for i, piece in enumerate(pieces) if self._words.names_place(piece)]
        if line["perf"] or len(placed) != 1 or placed == [0] or _DENIED.match(pieces[0]):
            return []
        at = placed[0]
        if not names_level(self._words, pieces[at]):
            return []
        told = text[spans[at][0] : spans[at][1]]
        return [Edit(start, start, f"{told}, "), Edit(spans[at - 1][1], spans[at][1])]


def _say(piece: re.Match[str], leg: str) -> Iterator[Edit]:
    """An answer of perforators with their name and leg."""
    told = "no reflux" if piece["no"] else "incompetent"
    end = piece.end("no") if piece["no"] else piece.end("yes")
    comma = "," if piece["yes"] and piece["rest"].strip()[:1].isdigit() else ""
    yield Edit(piece.start("place"), piece.start("place"), leg)
    yield Edit(piece.start("sign"), end, f" perforator: {told}{comma}")


def _keep_present(
    pieces: list[re.Match[str]], signs: list[re.Match[str]], whole: Span
) -> Iterator[Edit]:
    """The levels that have varicosities alone; "none" where no one has."""
    if all(piece["no"] for piece in pieces):
        yield Edit(*whole, "none")
        return
    for number, piece in enumerate(pieces):
        if piece["no"]:
            last = number + 1 == len(pieces)
            start = signs[number - 1].start() if last else piece.start()
            yield Edit(start, piece.end() if last else signs[number].end())
        elif piece["side"]:
            yield Edit(*piece.span("sign"), " ")
        else:
            yield Edit(piece.start("sign"), piece.end("yes"))
