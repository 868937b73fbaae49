"""How far a finding reaches in each leg, where legs and levels stand apart.

As in "incompetent to knee (R), ankle (L)", "to knee on the right (6 mm), to ankle on the left" and
"GSV reflux: R to knee, L nil": each leg is put before its reach, each answer says what it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.edits import Edit
from ultrasound.extract.lines.patterns import any_of, leg_terms
from ultrasound.knowledge.schema_text import TextKnowledge

_LEVEL: Final = (
    r"(?:the )?(?:level of the )?(?:[a-z]+[ -])?"
    r"(?:knee|ankle|thigh|calf|shin|groin|sfj|spj|foot|malleolus|crease)(?: crease)?"
)
_NONE: Final = r"(?:none|nil|no|neg|negative|no reflux|competent)"
_UNDONE: Final = r"not (?:assessed|tested|examined|scanned|imaged|done)"
_REACH: Final = rf"(?:[^():;,.\d\n]*\bto )?{_LEVEL}"
_SIDES: Final = ("right", "left")
_DENIALS: Final = ("none0", "none1", "before0", "before1", "undone0", "undone1")
_REACHES: Final = ("reach0", "reach1")


class SidedReachReader:
    """Finds reaches of one leg and then of the other."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        names = {side: any_of(leg_terms(knowledge, side)) for side in _SIDES}
        pairs = [(one, two) for one in _SIDES for two in _SIDES if one != two]
        self._brackets = [(p, self._in_brackets(*(names[side] for side in p))) for p in pairs]
        self._behind = [(p, self._behind_level(*p)) for p in pairs]
        self._answers = [self._answered(*(names[side] for side in p)) for p in pairs]

    def find_edits(self, text: str) -> list[Edit]:
        """The legs before their reaches, and what their answers deny or affirm."""
        return [*self._put_legs(text), *self._say_answers(text)]

    @staticmethod
    def _in_brackets(one: str, two: str) -> re.Pattern[str]:
        return re.compile(
            rf"\b(?P<to>to) {_LEVEL}(?P<side>[ \t]*\((?:{one})\)),?(?: and)? "
            rf"(?P<second>(?:to )?)(?={_LEVEL}[ \t]*\()[^()]*(?P<closes>\((?:{two})\))",
            re.IGNORECASE,
        )

    @staticmethod
    def _behind_level(one: str, two: str) -> re.Pattern[str]:
        return re.compile(
            rf"\b(?P<to>to) {_LEVEL}(?P<side> on the {one})(?:[ \t]*\([^()\n]*\))?,(?: and)? "
            rf"(?P<second>to )(?={_LEVEL} on)[^(),\n]*(?P<closes> on the {two}\b)",
            re.IGNORECASE,
        )

    @staticmethod
    def _answered(one: str, two: str) -> re.Pattern[str]:
        first, second = (
            rf"(?:\b(?:{names})(?:[ \t]*[:=-])? (?:(?P<none{n}>{_NONE})|(?P<undone{n}>{_UNDONE})"
            rf"|(?P<reach{n}>{_REACH}))|\b(?P<before{n}>{_NONE}) \(?(?:{names})\)?)"
            for n, names in enumerate((one, two))
        )
        return re.compile(
            r"(?<!no )\b(?P<noun>(?:reflux|incompetence|incompetent)(?:[ \t]*[:-])?[ \t]*)"
            rf"{first}[ \t]*(?P<joint>[,;.])(?: and)? *{second}(?=[ \t]*(?:[.;\n]|$))",
            re.IGNORECASE,
        )

    def _put_legs(self, text: str) -> Iterator[Edit]:
        for (one, two), pattern in (*self._brackets, *self._behind):
            for found in pattern.finditer(text):
                yield Edit(*found.span("to"), f"on the {one} to")
                yield Edit(*found.span("side"))
                yield Edit(*found.span("second"), f"on the {two} to ")
                yield Edit(*found.span("closes"))

    def _say_answers(self, text: str) -> Iterator[Edit]:
        for pattern in self._answers:
            for found in pattern.finditer(text):
                denied = [name for name in _DENIALS if found[name]]
                reached = [name for name in _REACHES if found[name]]
                ranged = all(" to " in f" {found[name]}" for name in reached)
                if not reached or (len(reached) > 1 and not ranged):
                    continue
                yield Edit(*found.span("noun"), ": ")
                yield Edit(*found.span("joint"), ";")
                for name in denied:
                    undone = name.startswith("undone")
                    yield Edit(*found.span(name), "reflux not assessed" if undone else "no reflux")
                for name in reached:
                    at = found.start(name)
                    yield Edit(at, at, "reflux ")
