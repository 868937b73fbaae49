"""Sentences that open in a roundabout way, read by what they find.

As "Assessment of the popliteal vein shows reflux", "Apart from the GSV there is no reflux", "For
left GSV RFA" and "Previously seen thrombus in the popliteal vein is not seen today".
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_START: Final = r"(?:^[ \t]*|(?<=[.][ ]))"  # of a line, set in or not, or of a sentence
_ASSESSED: Final = re.compile(
    rf"{_START}(?P<cut>(?:Assessment|Evaluation|Examination|Interrogation|Imaging)[ ]of[ ])"
    r"(?=[^.\n:]{3,60}\b(?:shows?|showed|demonstrates?|demonstrated|reveals?|revealed)\b)",
    re.MULTILINE,
)
_APART: Final = re.compile(
    rf"{_START}(?:Apart|Aside|Other|Except)[ ](?:from|than|for)[ ][^.,\n]{{2,50}}?(?P<gap>[ ])"
    r"(?=there[ ](?:is|was|are|were)[ ]no\b)",
    re.MULTILINE,
)
# "For left GSV RFA." is a plan, as "Book left GSV RFA" is
_PLANNED: Final = re.compile(
    rf"{_START}(?P<word>For|Book|Listed:|List:|List[ ]for|Listed[ ]for|WL|TCI[ ]for)"
    r"(?=[ ](?:(?:left|right|bilateral|lt|rt|L|R|Lt|Rt)[ ])?(?:[GSL]SV|AASV|great|small|long|short)"
    r"[^.\n:]{0,40}"
    r"\b(?:RFA?|EVL[AT]|ablation|laser|foam|sclerotherapy|phlebectom(?:y|ies)|stripping|glue)\b)",
    re.MULTILINE,
)
# "Thrombosis of the femoral and popliteal veins was not found" denies it of both
_DENIED: Final = re.compile(
    rf"{_START}(?P<noun>(?:[A-Za-z]+[ ]){{0,2}}(?:thrombosis|thrombus|clot|reflux|incompetence|"
    r"insufficiency))[ ](?:of|in)[ ][^.;:,\n]{3,80}?(?P<word>[ ](?:is|was|are|were)[ ]not[ ]"
    r"(?:found|detected|seen|identified|demonstrated|present|observed|noted|revealed))\b",
    re.IGNORECASE | re.MULTILINE,
)
# what lies beyond the level that a range ends at is no level: "to the knee, competent distally"
_BEYOND: Final = re.compile(
    r"\bto[ ](?:the[ ])?(?:(?:mid|upper|lower|proximal|distal)[ -])?(?:knee|calf|thigh)[ ]?,?"
    r"(?:[ ](?:and|but))?(?:[ ]is)?[ ](?:patent[ ]and[ ])?(?:in)?competent[ ]"
    r"(?P<word>distally)(?=[.;,\r\n])",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_GONE: Final = re.compile(
    rf"{_START}(?:Previously|Formerly)[ ]\w+[ ][^.\n]{{3,80}}?"
    r"\b(?P<word>(?:is|are|was|were)[ ]not[ ]"
    r"(?:seen|shown|demonstrated|identified|visuali[sz]ed|present|found|evident)"
    r"(?:[ ](?:today|now|currently|on[ ]today's[ ]\w+|on[ ]the[ ]current[ ]\w+))?)(?=[ ]*\.)",
    re.MULTILINE,
)


def find_opening_words(text: str) -> list[Edit]:
    """What such sentences are read without, and with."""
    edits = [Edit(*found.span("cut")) for found in _ASSESSED.finditer(text)]
    edits += [Edit(*found.span("gap"), ", ") for found in _APART.finditer(text)]
    for found in _DENIED.finditer(text):
        if _LISTED.search(text, found.end("noun"), found.start("word")):
            first = found.start("noun")
            edits += [Edit(first, first, "No "), Edit(*found.span("word"))]
    edits += [Edit(*found.span("word"), "below this") for found in _BEYOND.finditer(text)]
    edits += [Edit(*found.span("word"), "Plan:") for found in _PLANNED.finditer(text)]
    edits += [Edit(*found.span("word"), "is no longer seen") for found in _GONE.finditer(text)]
    return edits
