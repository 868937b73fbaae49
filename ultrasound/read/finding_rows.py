"""Telling a table of findings by its rows: veins or levels with numbers or codes beside them."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.knowledge.schema_documents import LEG_VEIN, DocumentKnowledge

_LEAST_ROWS: Final = 3
_LEAST_ANSWERS: Final = 2
_LEAST_TICKED: Final = 4
_ANSWERED: Final = re.compile(
    r"^(?P<asked>[^?\n]+)\?[ \t]+(?:yes|no|none|y|n|one|two|fully?|partial(?:ly)?|absent"
    r"|present|acute|chronic|\d+(?:\.\d+)? ?(?:mm|cm|ms|s|sec))\b",
    re.IGNORECASE | re.MULTILINE,
)
_TICKED: Final = re.compile(  # "Compression: [X] Full", "Thrombus? Yes ( ) No (x)"
    r"^[^\n:?]*\b(?:compress\w*|thromb\w*|reflux|incompeten\w*|competen\w*)[^\n:?\[(]{0,20}"
    r"[:?][^\n]*[\[(][ ]?[xX✓✔][ ]?[\])]",
    re.IGNORECASE | re.MULTILINE,
)
_TICKED_LEG: Final = re.compile(
    r"^[ \t]*(?:right|left|rt|lt|r|l)[ \t]*:[ \t]*", re.IGNORECASE | re.MULTILINE
)
_MEASURES: Final = re.compile(
    r"\b(?:reflux|diameter|size|competen|incompeten|compress)", re.IGNORECASE
)
_CELLS: Final = re.compile(r"\t+|\||/|\s{2,}")
_NUMBER: Final = re.compile(r"[<>≤≥~]?\s?\d+(?:[.,]\d+)?\s?(?:mm|cm|ms|msec|s|sec)?")
_LEAST_FIELDS: Final = 2
_TITLE_LINES: Final = 3
_TITLE: Final = re.compile(
    r"\b(?:duplex|doppler|ultrasound|sonogra\w+|scan|mapping|reflux study|venous study)\b",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(
    r"\W*(?:junction|prox|mid|dist|upper|lower|thigh|knee|calf|groin|ankle)", re.IGNORECASE
)
_FIELD_CELLS: Final = re.compile(r"\t+|[|:;]|\s{2,}")
_VALUE: Final = re.compile(
    r"(?:(?:r|l|rt|lt|right|left)\s+)?(?:normal|[<>≤≥~]?\s?\d+(?:[.,]\d+)?\s?"
    r"(?:mm|cm|ms|msec|s|sec|secs)?)"
)
_LAST_NUMBER: Final = re.compile(r"[^\W\d]\S* (?:\S+ )*[<>~]?\d+(?:[.,]\d+)?$")
# In a column drawn out to one cell a line, a number belongs to the line before.
_DRAWN_OUT: Final = re.compile(
    r"\n(?=[<>~]?\d+(?:[.,]\d+)?(?: ?(?:mm|cm|ms|sec|s))?[ \t]*(?:\n|$))"
)


def has_finding_rows(text: str, knowledge: DocumentKnowledge) -> bool:
    """Whether a text has the head of a table and rows that say something of veins of the leg."""
    if not knowledge.table_head.search(text):
        return False
    rows = 0
    for line in _DRAWN_OUT.sub("  ", text).splitlines():
        rows += _is_row(line.strip(), knowledge)
        if rows >= _LEAST_ROWS:
            return True
    return False


def has_fields(text: str, knowledge: DocumentKnowledge) -> bool:
    """Whether a text with the title of an exam has lines of veins, or measures, with their values.

    As in "Venous duplex right leg" over "CFV: normal", "Mid calf diameter: R 2.4 mm  L 2.6 mm".
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not any(_TITLE.search(line) for line in lines[:_TITLE_LINES]):
        return False
    return sum(_is_field(line, knowledge) for line in lines) >= _LEAST_FIELDS


def _is_field(line: str, knowledge: DocumentKnowledge) -> bool:
    cells = [cell.strip(" .,").lower() for cell in _FIELD_CELLS.split(line) if cell.strip()]
    told = any(_VALUE.fullmatch(cell) or cell in knowledge.table_codes for cell in cells[1:])
    named = any(t.terms.search(line) for t in knowledge.territories if t.name == LEG_VEIN)
    named = named or _MEASURES.search(line) is not None or _LEVEL.match(line) is not None
    return told and "?" not in line and named


def has_answers(text: str, knowledge: DocumentKnowledge) -> bool:
    """Whether lines ask for veins of the leg and answer: "Is the SFJ competent?  No".

    So do the boxes of a form that are ticked behind what they ask for.
    """
    asked = [match["asked"] for match in _ANSWERED.finditer(text)]
    if len(_TICKED.findall(_TICKED_LEG.sub("", text))) >= _LEAST_TICKED:
        return True
    named = [
        any(t.terms.search(words) for t in knowledge.territories if t.name == LEG_VEIN)
        and (_MEASURES.search(words) or knowledge.finding_near_vein.search(words)) is not None
        for words in asked
    ]
    return sum(named) >= _LEAST_ANSWERS


def _is_row(line: str, knowledge: DocumentKnowledge) -> bool:
    if "?" in line:
        return False
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    told = any(
        _NUMBER.fullmatch(cell) or cell.lower() in knowledge.table_codes for cell in cells[1:]
    )
    if not told and not _LAST_NUMBER.match(line):
        return False
    return any(
        territory.terms.search(line)
        for territory in knowledge.territories
        if territory.name == LEG_VEIN
    )
