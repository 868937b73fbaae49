"""Facts of identity in a text: labels, the cells behind them, and the forms of their values.

A value runs from its label to the next one, to a gap (two spaces, a tab, a bar) or to the end of
the line; a label with nothing behind it takes the start of the next line. A value without the
form of its fact is no value: "Patient: standing" names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ultrasound.domain import LONGEST_QUOTE
from ultrasound.knowledge.dates import Reading, read_date
from ultrasound.knowledge.schema_identity import IdentityKnowledge, LabelRow

UNLABELLED: Final = 1000
_LINE: Final = re.compile(r"[^\r\n]+")
_GAP: Final = re.compile(r"[ \t]{2,}|\t|[|;]")
_WORD: Final = re.compile(r"\w[\w'’-]*")
_ID: Final = re.compile(r"\d{3}[ -]\d{3}[ -]\d{4}\b|[^\W_](?:[\w./-]*[^\W_])?\b", re.ASCII)
_NAME_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?(?!\w|[ \t]*[:=#])\.?")
_NAME_JOINT: Final = re.compile(r"[ \t]*[,^][ \t]*|[ \t]+")
_SENTENCE: Final = re.compile(r".*?(?:[.!?](?=\s)|$)")
_DECORATION: Final = " \t*=-_#~•.,;:"
_MOST_NAME_WORDS: Final = 6
_LONGEST_STATUS: Final = 60
_TOP_LINES: Final = 3
_KEPT: Final = 4096  # lines that are known to tell nothing


@dataclass(frozen=True, slots=True)
class Found:
    """A fact with its place in the text; ``rank`` is the position of its label's table.

    ``value`` is as written, but for the state of the report, which is a word of the table.
    """

    fact: str
    value: str
    start: int
    end: int
    rank: int
    readings: tuple[Reading, ...] = ()


def find_facts(text: str, identity: IdentityKnowledge) -> Iterator[Found]:
    """Find every fact of identity in a text, in the order of the text."""
    lines = [line for line in _LINE.finditer(text) if _WORD.search(line.group())]
    for number, line in enumerate(lines):
        raw = line.group()
        titled = number < identity.table.title.lines
        if not titled and raw in identity.silent:
            continue
        labels = _find_labels(raw, identity)
        for position, label in enumerate(labels):
            last = position + 1 == len(labels)
            stop = len(raw) if last else labels[position + 1].start()
            start, cell = _cut_cell(raw, label.end(), stop)
            start += line.start()
            if not cell and last and number + 1 < len(lines):
                start, cell = _next_line(lines[number + 1], identity)
            yield from _fit_label(label, start, cell, identity)
        free = raw[: labels[0].start()] if labels else raw
        told = list(_read_unlabelled(line.start(), free, number, identity))
        if not (titled or labels or told):
            _keep_silent(raw, identity)
        yield from told


def _keep_silent(line: str, identity: IdentityKnowledge) -> None:
    """Keep a line below the title that tells nothing of identity: such lines come again."""
    if len(identity.silent) >= _KEPT:
        identity.silent.clear()
    identity.silent.add(line)


def _find_labels(line: str, identity: IdentityKnowledge) -> list[re.Match[str]]:
    labels: list[re.Match[str]] = []
    for match in identity.label.finditer(line):
        known = match["colon"] or match["hash"] or _key(match) in identity.bare
        if known or _is_column(line, match):
            labels.append(match)
    return labels


def _is_column(line: str, label: re.Match[str]) -> bool:
    """Whether a label stands apart, with a gap for a colon ("Exam date      14 Mar 2024")."""
    before, after = line[: label.start()], line[label.end() :]
    starts = not before.strip() or before.endswith(("  ", "\t", "|"))
    return starts and bool(after.strip()) and _GAP.match(after) is not None


def _key(label: re.Match[str]) -> str:
    return " ".join(label["words"].lower().split())


def _cut_cell(line: str, start: int, stop: int) -> tuple[int, str]:
    """The words from ``start`` on, up to a gap; white space before them is passed over."""
    while start < stop and line[start] in " \t":
        start += 1
    gap = _GAP.search(line, start, stop)
    return start, line[start : gap.start() if gap else stop].rstrip()


def _next_line(line: re.Match[str], identity: IdentityKnowledge) -> tuple[int, str]:
    if _find_labels(line.group(), identity):
        return line.start(), ""
    start, cell = _cut_cell(line.group(), 0, len(line.group()))
    return line.start() + start, cell


def _fit_label(
    label: re.Match[str], start: int, cell: str, identity: IdentityKnowledge
) -> Iterator[Found]:
    """The fact of the first table that has this label and whose form the cell has."""
    if not cell:
        return
    for rank, row in enumerate(identity.table.label):
        inside = row.form == "title" and label.string[: label.start()].strip()
        if inside or not _belongs(label, row):  # "Very limited study: supine" is no title
            continue
        found = _FORMS[row.form](cell, row, identity)
        if found is not None:
            yield replace(found, start=start + found.start, end=start + found.end, rank=rank)
            return


def _belongs(label: re.Match[str], row: LabelRow) -> bool:
    key = _key(label)
    if label["number"] or label["hash"]:
        return key in row.numbered or (row.form == "id" and key in row.words)
    return key in row.words or key in row.bare


def _fit_id(cell: str, row: LabelRow, identity: IdentityKnowledge) -> Found | None:
    match = _ID.match(cell)
    if match is None or not any(char.isdigit() for char in match.group()):
        return None
    written = read_date(cell, identity.table.dates.months)
    if written is not None and written.end >= match.end():
        return None
    return Found(row.fact, match.group(), 0, match.end(), 0)


def _fit_name(cell: str, row: LabelRow, identity: IdentityKnowledge) -> Found | None:
    names = identity.table.name
    end, position, words, joined = 0, 0, 0, False
    while words < _MOST_NAME_WORDS and (match := _NAME_WORD.match(cell, position)):
        word = match.group().rstrip(".")
        lowered = word.casefold()
        if lowered in names.no_name:
            break
        if not word[0].isupper() and lowered not in names.particles:
            break
        end = match.end()
        words += lowered not in names.titles
        joint = _NAME_JOINT.match(cell, end)
        if joint is None:
            break
        joined = joined or joint.group().strip() in (",", "^")
        position = joint.end()
    value = cell[:end].rstrip(".,")
    if words < (1 if joined else row.least_words) or not any(map(str.isupper, value)):
        return None
    return Found(row.fact, value, 0, len(value), 0)


def _fit_date(cell: str, row: LabelRow, identity: IdentityKnowledge) -> Found | None:
    written = read_date(cell, identity.table.dates.months)
    if written is None:
        return None
    return Found(row.fact, cell[: written.end], 0, written.end, 0, written.readings)


def _fit_title(cell: str, row: LabelRow, _: IdentityKnowledge) -> Found | None:
    sentence = _SENTENCE.match(cell)
    value = (sentence.group() if sentence else cell).rstrip(_DECORATION)
    if not re.search(r"[^\W\d_]{3}", value) or len(value) > LONGEST_QUOTE:
        return None
    return Found(row.fact, value, 0, len(value), 0)


def _fit_status(cell: str, row: LabelRow, identity: IdentityKnowledge) -> Found | None:
    match = identity.state.match(cell)
    if match is None:
        return None
    return Found(row.fact, _state_of(match.group(), identity), 0, match.end(), 0)


def _state_of(words: str, identity: IdentityKnowledge) -> str:
    return identity.states[" ".join(words.lower().split())]


_FORMS: Final[Mapping[str, Callable[[str, LabelRow, IdentityKnowledge], Found | None]]] = {
    "id": _fit_id,
    "name": _fit_name,
    "date": _fit_date,
    "title": _fit_title,
    "status": _fit_status,
}


def _read_unlabelled(
    offset: int, free: str, number: int, identity: IdentityKnowledge
) -> Iterator[Found]:
    """A title line near the top, and a line such as "FINAL REPORT" anywhere."""
    start = 0
    while start < len(free):
        start, cell = _cut_cell(free, start, len(free))
        if number < identity.table.title.lines:
            yield from _find_title(offset + start, cell, identity, first=number < _TOP_LINES)
        match = identity.standing_alone.search(cell) if len(cell) <= _LONGEST_STATUS else None
        if match is not None:
            group = "state" if match["state"] else "titled"
            begin, end = (offset + start + place for place in match.span(group))
            yield Found("report_status", _state_of(match[group], identity), begin, end, UNLABELLED)
        start += len(cell) + 1


def _find_title(
    offset: int, cell: str, identity: IdentityKnowledge, *, first: bool
) -> Iterator[Found]:
    """The title that a cell is; ``first``: a line at the top, where no sentence stands yet."""
    title = identity.table.title
    sentence = _SENTENCE.match(cell)
    value = (sentence.group() if sentence else cell).rstrip(_DECORATION)
    lead = len(value) - len(value.lstrip(_DECORATION))
    value = value[lead:]
    words = _WORD.findall(value.split(":")[0])
    lowered = {word.casefold() for word in words}
    if not words or words[0].casefold() in title.no_start or title.no_title & lowered:
        return
    capitals = sum(word[0].isupper() for word in words)
    heads = capitals > len(words) / 2 or (first and not cell.rstrip().endswith((".", "?")))
    exams = title.exam_words | (title.plain_words if heads else frozenset())
    named = lowered & exams and lowered & title.vein_words
    if named and len(cell) <= title.longest:
        start = offset + lead
        yield Found("exam_title", value, start, start + len(value), UNLABELLED)
