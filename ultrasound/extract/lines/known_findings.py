"""What was known and is found again: "Known chronic thrombus in the FV, unchanged".

"Known" and "previously noted" say that a finding is not new; that it is unchanged, is seen again or
goes further now, or does not ("no propagation of the known DVT"), says that it is there today.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit, replace_groups

_SEEN: Final = r"(?:noted|seen|described|known|documented|identified|demonstrated|reported)"
_KNOWN: Final = rf"\b(?:the[ ]|this[ ])?(?:known|previously[ ]{_SEEN})[ ]"
_FOUND_AGAIN: Final = r"(?:noted|seen|identified|demonstrated|visuali[sz]ed|visible|present|found)"
_SPREAD: Final = r"(?:exten(?:sion|ded)|propagat(?:ion|ed)|progress(?:ion|ed))"
_AGAIN: Final = (
    r"(?:(?:is|are|remains?)[ ])?(?:unchanged|stable)\b"
    r"|no[ ](?:interval[ ]|significant[ ])?change\b"
    r"|(?:now|has[ ]now|have[ ]now|has|have)[ ]exten(?:ds?|ded)\b|now[ ]reach(?:es)?\b"
    rf"|(?:has|have)[ ]not[ ]{_SPREAD}\b|(?:no|without)[ ](?:\w+[ ])?{_SPREAD}\b"
    r"|persistent[ ](?:\w+[ ])?(?:thromb|clot|DVT|occlusion)"
)
# these tell of what stands before them, with no comma between: "known DVT, swelling persists"
_STILL: Final = (
    rf"(?:(?:is|are|was|were)[ ])?(?:again|still)[ ]{_FOUND_AGAIN}\b|persists?\b"
    r"|(?:shows?|demonstrates?)[ ](?:\w+[ ])?recanali[sz]ation\b"
)
_FOUND: Final = re.compile(
    rf"(?P<known>{_KNOWN})(?=[^.;:\n]{{4,70}}?(?:,[ ]|[ ][-–][ ]|[ ])(?:{_AGAIN})"
    rf"|[^.,;:\n]{{4,70}}?[ ](?:{_STILL}))",
    re.IGNORECASE,
)
_SPREADING: Final = re.compile(
    rf"\b(?:extension|propagation|progression)[ ]of[ ](?P<known>{_KNOWN})", re.IGNORECASE
)


def find_known_findings(text: str) -> list[Edit]:
    """The words that say that it was known, as an article."""
    found = list(replace_groups(text, _FOUND, {"known": "the "}))
    told = {edit.start for edit in found}
    spread = replace_groups(text, _SPREADING, {"known": "the "})
    return [*found, *(edit for edit in spread if edit.start not in told)]
