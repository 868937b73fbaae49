"""What was known and is found again: "Known chronic thrombus in the FV, unchanged".

"Known" and "previously noted" say that a finding is not new; that it is unchanged, or goes further
now, says that it is there today.
"""

from __future__ import annotations

import re
from typing import Final

from ultrasound.extract.lines.edits import Edit, replace_groups

_KNOWN: Final = r"\b(?:the[ ]|this[ ])?(?:known|previously[ ](?:noted|seen|described|known))[ ]"
_AGAIN: Final = (
    r"(?:(?:is|are|remains?)[ ])?(?:unchanged|stable)\b"
    r"|no[ ](?:interval[ ]|significant[ ])?change\b"
    r"|(?:now|has[ ]now|have[ ]now|has|have)[ ]exten(?:ds?|ded)\b|now[ ]reach(?:es)?\b"
)
_FOUND: Final = re.compile(
    rf"(?P<known>{_KNOWN})(?=[^.;:\n]{{4,70}}?(?:,[ ]|[ ])(?:{_AGAIN}))", re.IGNORECASE
)


def find_known_findings(text: str) -> list[Edit]:
    """The words that say that it was known, as an article."""
    return list(replace_groups(text, _FOUND, {"known": "the "}))
