"""A state that a denial leaves out: "The GSV is incompetent. The SSV (2.5 mm) is not."."""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit

_VERBS: Final = {"refluxes": "reflux", "reflux": "reflux", "compresses": "compress"}
_STATE: Final = r"(?P<state>incompetent|competent|compressible|patent|occluded|dilated|tortuous)"
_VERB: Final = r"(?P<verb>refluxes|reflux|compresses)"
_WORDS: Final = r"(?:[^.;:\n]|(?<=\d)\.(?=\d))"
_SENTENCE: Final = re.compile(
    rf"(?:\b(?:is|are|was|were)\s(?:\w+\s)?{_STATE}\b|\b{_VERB}\b){_WORDS}*[.;]\s+"
    rf"(?P<subject>(?:(?!,|\bothers?\b){_WORDS}){{2,60}}?)"
    r"(?P<no>\s(?:is|are|was|were|does|do|did)\snot)(?=\.(?:\s|$))",
    re.IGNORECASE,
)


def find_left_out_states(text: str) -> list[Edit]:
    """The state of the sentence before, behind such a denial."""
    edits: list[Edit] = []
    for found in _SENTENCE.finditer(text):
        verb = found["no"].split()[0].lower() in ("does", "do", "did")
        said = _VERBS.get((found["verb"] or "").lower()) if verb else found["state"]
        if said:
            edits.append(Edit(found.end("no"), found.end("no"), f" {said}"))
    return edits
