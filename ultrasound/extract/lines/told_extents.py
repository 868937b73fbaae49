"""Sentences that only tell how far the reflux of the one before goes.

As in "GSV reflux is present. It begins at mid thigh and ends at the ankle", and for each leg in
"Both GSVs are incompetent. On the right this extends from the groin to the knee": they are read as
one sentence. "SFJ reflux. This extends down the GSV to the knee" finds it in a further vein.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit

_REFLUX: Final = r"(?:reflux\w*|incompeten\w+|insufficien\w+)"
_VERB: Final = r"(?:extends|begins|starts|commences|originates|runs|reaches)"
_TOLD: Final = re.compile(
    rf"(?P<before>\b{_REFLUX}\b[^.;:\n]*)(?P<joint>\.[ \t]+(?:it|this|the reflux) {_VERB} "
    r"(?P<from>(?:at|from|in|just below|below) )?(?=(?:up |down )?[^.;\n]*\b(?:to|at|into)\b)"
    r"(?P<straight>(?:up |down )?to )?)",
    re.IGNORECASE,
)
_SIDED: Final = re.compile(
    rf"(?P<before>\b{_REFLUX}\b[^.;:\n]*)(?P<joint>\.[ \t]+)on the (?:right|left),?"
    rf"(?P<verb> (?:it|this|the reflux|reflux) {_VERB})(?= (?:from|to)\b)",
    re.IGNORECASE,
)
_ONWARD: Final = re.compile(
    rf"\b{_REFLUX}\b[^.;:\n]*\.[ \t]+(?P<joint>(?:it|this|the reflux) (?:then |also )?"
    r"(?:extends|continues|runs|passes|tracks|travels|carries on|spreads) "
    r"(?:distally |on |further )?(?:down|along|into|through|via|down into|in) )(?=the )",
    re.IGNORECASE,
)
_RUNS: Final = re.compile(r"\b(?:it|this) runs\b", re.IGNORECASE)
_MEASURED: Final = re.compile(r"\d\s?[mc]m\b")
_DENIED: Final = re.compile(r"\b(?:no|not|without|none)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.;:\n]")


def find_told_extents(text: str) -> list[Edit]:
    """The full stops and verbs of such sentences."""
    return [*_join(text), *_join_sides(text), *_go_on(text)]


def _join(text: str) -> Iterator[Edit]:
    for found in _TOLD.finditer(text):
        if _is_denied(text, found) or not (found["from"] or found["straight"]):
            continue
        if _RUNS.search(found["joint"]) and _MEASURED.search(found["before"]):
            continue  # "incompetent and measures 5 mm. It runs to the knee": the vein does
        yield Edit(*found.span("joint"), ", extending from " if found["from"] else " extending to ")


def _go_on(text: str) -> Iterator[Edit]:
    """What "This extends down the GSV to the knee" finds, behind a reflux that it means."""
    for found in _ONWARD.finditer(text):
        if not _is_denied(text, found):
            yield Edit(*found.span("joint"), "There is reflux in ")


def _join_sides(text: str) -> Iterator[Edit]:
    for found in _SIDED.finditer(text):
        if not _is_denied(text, found):
            yield Edit(*found.span("joint"), ", ")
            yield Edit(*found.span("verb"))


def _is_denied(text: str, found: re.Match[str]) -> bool:
    """Whether the sentence before denies something."""
    before = _SENTENCE.split(text[: found.start("joint")].rstrip(". \t"))[-1]
    return _DENIED.search(before) is not None
