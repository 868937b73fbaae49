"""Sentences about both legs, as each leg is told of apart.

* "The right leg has an incompetent GSV and the left leg an incompetent SSV": a semicolon between;
* "SFJ and GSV on the right and SPJ and SSV on the left": each leg before its veins;
* "the left SSV (but not the right) is incompetent": what is denied stands behind the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ultrasound.extract.lines.asked_words import AskedWords
from ultrasound.extract.lines.edits import Edit

_LIMB: Final = r"(?:[ ](?:leg|limb|side|lower[ ]limb|lower[ ]extremity))"
_STARTS: Final = r"(?:(?<=^)|(?<=[.\n][ ])|(?<=\n))"
_OF_LEG: Final = re.compile(
    rf"{_STARTS}(?:(?:on|in)[ ]the[ ](?P<one>right|left){_LIMB}?"
    rf"|the[ ](?P<first>right|left){_LIMB})\b(?P<told>[^.;:\n]{{8,90}}?)"
    r"(?P<joint>,?[ ]and[ ]|,[ ](?:while[ ]|whereas[ ]|but[ ])?)"
    rf"(?P<other>(?:(?:on|in)[ ]the[ ](?:right|left){_LIMB}?|the[ ](?:right|left){_LIMB}?))"
    r"(?P<rest>[ ](?!and\b)[^.;:\n]{4,80})",
    re.IGNORECASE,
)
_IN_VEIN: Final = re.compile(r"[ ]in[ ]the[ ]")
_NOUN: Final = re.compile(r"\b(?:reflux|thrombus|thrombosis|clot|incompetence|insufficiency)\b")
_SIDE: Final = re.compile(r"\b(?:right|left)\b", re.IGNORECASE)
_BEHIND: Final = (
    r"[ ](?:on|of|in)[ ]the[ ](?P<{0}>right|left)(?:[ ](?:leg|limb|side|lower[ ]limb))?\b"
)
_NAMES: Final = r"[A-Za-z][A-Za-z ,]{{1,60}}?"
_LISTED: Final = re.compile(
    rf"(?P<one>\b{_NAMES.format()})(?P<found>[ ][a-z]+)?{_BEHIND.format('side')}"
    rf"(?P<joint>,?[ ]and[ ]|,[ ])(?P<two>{_NAMES.format()})(?P<again>[ ][a-z]+)?"
    rf"{_BEHIND.format('other')}",
)
_LEADING: Final = re.compile(r"^(?:.*\b(?:in|of|at)[ ])?(?:the[ ])?")
_VERB: Final = r"(?:is|was|are|were|remains?|refluxes|reflux|measures?|shows?|appears?|has|leaks?)"
_DENIED: Final = re.compile(
    r"(?P<set>,?[ ](?P<open>\()?(?:but|and)[ ]not[ ](?P<what>[^,.;:()\n]{3,40})(?(open)\)|,))"
    rf"(?P<said>[ ]{_VERB}\b[^,.;:()\n]*)",
    re.IGNORECASE,
)
_LIST: Final = re.compile(r",|\band\b")


class TwoLegReader:
    """Finds such sentences by the words of places and findings."""

    def __init__(self, words: AskedWords) -> None:
        self._words = words

    def find_edits(self, text: str) -> list[Edit]:
        """The sentences in the order in which they are read."""
        lowered = text.lower()
        apart = "right" in lowered and "left" in lowered
        edits = [*self._part(text), *self._lead(text)] if apart else []
        return [*edits, *_deny_behind(text)]

    def _part(self, text: str) -> Iterator[Edit]:
        """A semicolon between what is told of each leg, where both name what was found."""
        for found in _OF_LEG.finditer(text):
            side = (found["one"] or found["first"]).lower()
            told, rest = found["told"], found["rest"]
            other = _SIDE.findall(found["other"])[0].lower()
            if other == side or _SIDE.search(told) or not self._tells(told):
                continue
            elided = _NOUN.search(told) if _IN_VEIN.match(rest) and self._names(rest) else None
            if self._tells(rest) or elided:
                yield Edit(*found.span("joint"), "; ")
            if elided and not self._tells(rest):
                yield Edit(found.end("other"), found.end("other"), f" {elided[0]}")

    def _tells(self, part: str) -> bool:
        """Whether some of the words name a vein, and what was found."""
        return self._words.tells(part) and self._names(part)

    def _names(self, part: str) -> bool:
        """Whether some of the words name a vein."""
        return any(self._words.names_vein(word) for word in re.findall(r"[A-Za-z]+", part))

    def _lead(self, text: str) -> Iterator[Edit]:
        """Each leg before its veins, where one of the lists has several."""
        for found in _LISTED.finditer(text):
            start = found.start("one") + len(_LEADING.match(found["one"]).group())  # type: ignore[union-attr]
            one, two = text[start : found.end("one")], re.sub(r"^the[ ]", "", found["two"])
            several = bool(_LIST.search(one) or _LIST.search(two))
            if not several or found["side"] == found["other"]:
                continue
            if self._words.names_vein(one) and self._words.names_vein(two):
                said = found["found"] or ""
                again = (found["again"] or said) if said else ""
                if said and not self._words.tells(said):
                    continue
                yield Edit(
                    start,
                    found.end(),
                    f"{found['side']} {one}{said}{found['joint']}{found['other']} {two}{again}",
                )


def _deny_behind(text: str) -> Iterator[Edit]:
    """What is denied of another place behind the verb."""
    for found in _DENIED.finditer(text):
        yield Edit(*found.span(), f"{found['said']}, but not {found['what']}")
