"""Several reports in one text, told apart where nothing else explains what is there.

A new report begins where an identity line says another accession or patient, or, at a page break,
a ruled line or an end mark, where a title follows and both sides are whole. Page headers that
repeat the same identity never split a report; when in doubt there is one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ultrasound.knowledge.schema_documents import DocumentKnowledge
from ultrasound.read.kind import states_finding

SIGNS: Final = re.compile(r"[\W_]+")
FULL_NAME: Final = re.compile(r"[A-Z][\w'’.-]*(?:,? [A-Z][\w'’.-]*){1,3}")
WEAK_FIELDS: Final = ("name", "date")
MOST_HEAD_LINES: Final = 6
NEAR: Final = 200


@dataclass(frozen=True)
class Line:
    """One line of a text: its offset, the identity values that it holds, and what it is."""

    start: int
    text: str
    values: dict[str, tuple[str, str]]
    knowledge: DocumentKnowledge

    @cached_property
    def is_title(self) -> bool:
        """Whether it names an exam, as the title of a report does."""
        return _is_title(self.text.strip(), self.knowledge)

    @cached_property
    def signs(self) -> frozenset[str]:
        """What else it is, asked only beside a place where another report may begin.

        ``opening`` and ``closing`` (headings), ``continued``, ``finding``.
        """
        return _read_signs(self.text.strip(), self.knowledge)

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a report may begin: ``first`` is the line where the one before it began.

    What lies far from the place is not looked at, so that the time does not grow with the text.
    """

    lines: list[Line]
    first: int
    number: int

    @property
    def head(self) -> list[Line]:
        """The first lines of the report before."""
        return self.lines[self.first : min(self.first + NEAR, self.number)]

    @property
    def earlier(self) -> list[Line]:
        """The report before, as far as it is near."""
        return self.lines[max(self.first, self.number - NEAR) : self.number]

    @property
    def later(self) -> list[Line]:
        """What follows, as far as it is near."""
        return self.lines[self.number : self.number + NEAR]


def split_reports(text: str, knowledge: DocumentKnowledge) -> tuple[str, ...]:
    """The texts of the reports that ``text`` holds, in order; they add up to it."""
    lines = list(_read_lines(text, knowledge))
    bounds = [0]
    for number in _find_boundaries(lines, knowledge):
        if _is_boundary(Cut(lines, bounds[-1], number), knowledge):
            bounds.append(number)
    starts = [lines[number].start for number in bounds[1:]]
    return tuple(text[a:b] for a, b in zip([0, *starts], [*starts, len(text)], strict=True))


def _read_lines(text: str, knowledge: DocumentKnowledge) -> Iterator[Line]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield Line(start, line, _read_identity(line, knowledge), knowledge)
        start += len(line)


def _read_identity(line: str, knowledge: DocumentKnowledge) -> dict[str, tuple[str, str]]:
    """The identity values of a line, by label: (field, value without signs)."""
    values: dict[str, tuple[str, str]] = {}
    for name, pattern in knowledge.borders.identity:
        for match in pattern.finditer(line.rstrip()):
            raw = match["value"].strip()
            if name == "name" and not FULL_NAME.fullmatch(raw):
                continue
            value = raw if name == "name" else raw.split()[0]
            label = SIGNS.sub(" ", match.group()[: match.start("value") - match.start()]).strip()
            values[f"{name} {label.lower()}"] = (name, SIGNS.sub("", value).lower())
    return values


def _read_signs(text: str, knowledge: DocumentKnowledge) -> frozenset[str]:
    if not text:
        return frozenset()
    found = {
        "opening": knowledge.borders.opening.match(text) is not None,
        "closing": knowledge.borders.closing.match(text) is not None,
        "continued": knowledge.borders.continued.search(text) is not None,
        "finding": states_finding(text, knowledge),
    }
    return frozenset(sign for sign, holds in found.items() if holds)


def _find_boundaries(lines: list[Line], knowledge: DocumentKnowledge) -> list[int]:
    found = set()
    current: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines):
        changed = any(current.get(label, value) != value for label, value in line.values.items())
        if changed:
            found.add(_find_head(lines, number, knowledge))
            current = {}
        current.update(line.values)
        if number and line.is_title:
            found.update(_find_break(lines, number, knowledge))
    return sorted(found - {0})


def _find_head(lines: list[Line], number: int, knowledge: DocumentKnowledge) -> int:
    """Where the head begins that the identity line ``number`` stands in."""
    marks = list(_find_break(lines, number, knowledge))
    if marks:
        return marks[0]
    first = number
    for above in range(number - 1, max(number - MOST_HEAD_LINES, 0) - 1, -1):
        line = lines[above]
        if line.values or line.is_title or _is_letterhead(line):
            first = above
        elif line.filled:
            break
    return first


def _find_break(lines: list[Line], number: int, knowledge: DocumentKnowledge) -> Iterator[int]:
    """The line after the page break, ruled line or end mark that stands shortly before a head."""
    for above in range(number - 1, max(number - MOST_HEAD_LINES, 0) - 1, -1):
        line = lines[above]
        ruled = knowledge.borders.rule.match(line.text) or knowledge.borders.end_mark.search(
            line.text
        )
        if line.text.endswith("\f") or ruled:
            yield above + 1
            return


def _is_title(text: str, knowledge: DocumentKnowledge) -> bool:
    if len(text) > knowledge.borders.limits.longest_title or text.endswith((".", ",", ";")):
        return False
    if not knowledge.borders.title_word.search(text):
        return False
    return text.isupper() or text == text.title() or bool(knowledge.borders.title_label.match(text))


def _is_letterhead(line: Line) -> bool:
    text = line.text.strip()
    return bool(text) and text.isupper() and not text.endswith((".", ":", ";"))


def _is_boundary(cut: Cut, knowledge: DocumentKnowledge) -> bool:
    earlier, later = cut.earlier, cut.later
    if not (_is_report(earlier, knowledge) and _is_report(later, knowledge)):
        return False
    before, after = _identity_of([*cut.head, *earlier]), _first_identity(later, knowledge)
    shared = before.keys() & after.keys()
    strong = [label for label in shared if before[label][0] not in WEAK_FIELDS]
    if any(before[label] != after[label] for label in strong):
        return True
    if any(before[label] == after[label] for label in strong if before[label][0] == "accession"):
        return False
    changed = any(before[label] != after[label] for label in shared)
    if changed:
        return _is_titled(later, knowledge)
    whole = _is_whole(earlier, knowledge) and _is_whole(later, knowledge)
    return whole and not shared and bool(before) <= bool(after)


def _identity_of(lines: list[Line]) -> dict[str, tuple[str, str]]:
    values: dict[str, tuple[str, str]] = {}
    for line in lines:
        for label, value in line.values.items():
            values.setdefault(label, value)
    return values


def _first_identity(lines: list[Line], knowledge: DocumentKnowledge) -> dict[str, tuple[str, str]]:
    return _identity_of(lines[: knowledge.borders.limits.head_lines])


def _is_titled(lines: list[Line], knowledge: DocumentKnowledge) -> bool:
    return any(line.is_title for line in lines[: knowledge.borders.limits.head_lines])


def _has(sign: str, lines: list[Line]) -> bool:
    return any(sign in line.signs for line in lines)


def _is_report(lines: list[Line], knowledge: DocumentKnowledge) -> bool:
    filled = [line for line in lines if line.filled]
    characters = sum(len(line.text) for line in filled)
    if (
        len(filled) < knowledge.borders.limits.least_lines
        or characters < knowledge.borders.limits.least_characters
    ):
        return False
    return any(_has(sign, filled) for sign in ("opening", "closing", "finding"))


def _is_whole(lines: list[Line], knowledge: DocumentKnowledge) -> bool:
    """Whether a part has a title, a beginning and an end, and is no later page of another."""
    head = [line for line in lines if line.filled][: knowledge.borders.limits.least_lines]
    titled = _is_titled(lines, knowledge)
    ends = _has("opening", lines) and _has("closing", lines)
    return titled and ends and not _has("continued", head)
