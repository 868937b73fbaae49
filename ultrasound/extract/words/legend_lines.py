"""Lines of a report that may explain codes: "N not tested   O occluded", or one on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ultrasound.extract.places.sites import Span
from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.words.cell_codes import Says
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import is_group, is_place, read_meanings
from ultrasound.extract.words.mentions import Mention
from ultrasound.value import value_type

_SMALL_WORDS: Final = frozenset({"is", "are", "was", "were", "and", "the", "not", "at", "in", "of"})
_BLANKS: Final = dict.fromkeys(
    map(ord, "\u00a0\u2009\u202f"), " "
)  # those that hold words together
_BESIDE: Final = "with"
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_LINES: Final = 4096  # of which it is kept whether they may be a legend
# One of them stands between two codes with their meanings.
_GAPS: Final = ("  ", "\t", "; ", ", ", " / ", " (-) ")
_CODE: Final = (  # "a" is an article
    r"(?:[A-Z]{1,3}|[0b-z]|n[tvsxr]|\+{1,4}|[✓✔✗✘–-]|\([A-Z+–-]{1,3}\)|\[[A-Z+–-]{1,3}\])"
)
# A comma and another code: "C full, P partial, x not seen"; or "+ present / - absent".
_NEXT: Final = rf"(?:,[ ]{_CODE}[ ]|[ ]?/[ ][+–-]{{1,3}}[ ]|[ ]\([+–-]{{1,3}}\)[ ])"
_WORD: Final = rf"(?:(?!{_NEXT})[^\s;)])"
_SIGN: Final = r"(?!\*{3})(?P<code>[^\s\w]{1,3}|[A-Za-z]{1,3}|\(\w{1,3}\)|0)"
_MEANING: Final = rf"(?P<meaning>[A-Za-z]{_WORD}*(?: (?!\(){_WORD}+){{0,7}})(?P<aside> \([^()]*\))?"
_PAIR: Final = re.compile(
    rf"(?:(?:^|(?<=[ \t]{{2}})|(?<=[;:] )|(?<=\())[ \t]*{_SIGN}"
    rf"|(?:(?<=, )|(?<= / )(?=[+–-])|(?<= )(?=\([+–-]))(?P<next>{_CODE}))"
    rf"(?:[ \t]{{1,3}}|[ \t]+[-–][ \t]+){_MEANING}(?=[ \t]{{2,}}|;|\)|{_NEXT}|$)"
)
_ALONE: Final = re.compile(rf"[ \t]*{_SIGN}(?P<next>)(?:[ \t]{{2,}}|\t){_MEANING}")  # all of a line


@value_type
class Entry:
    """A code in small letters, what it says, its token, and the tokens of its meaning."""

    code: str
    says: tuple[Says, ...]
    at: int
    meaning: Span


def finding_of(marks: Marks, entry: Entry) -> Cell:
    """What a code finds, without what stands beside it: "R = reflux with its time in s"."""
    first, last = entry.meaning
    beside = (i for i in range(first + 1, last) if marks.tokens[i].norm == _BESIDE)
    return Cell(first, next(beside, last), 0, 0)


def find_listed(marks: Marks) -> list[tuple[list[Entry], bool]]:
    """The codes of each line that may explain some, and whether it is the row of a table.

    Lines below each other that hold one code each are taken together.
    """
    key = ("listed codes", 0, 0)
    if key not in marks.known:
        marks.known[key] = list(_read_lines(marks))
    listed: list[tuple[list[Entry], bool]] = marks.known[key]
    return listed


def _read_lines(marks: Marks) -> Iterator[tuple[list[Entry], bool]]:
    position, run = 0, list[Entry]()
    for line in marks.text.translate(_BLANKS).splitlines(keepends=True):
        listing = _may_list(line)
        whole = _ALONE.fullmatch(line.rstrip()) if listing else None
        matches = [whole] if whole else list(_PAIR.finditer(line.rstrip() if listing else ""))
        entries = [_read_entry(marks, match, position) for match in matches]
        start, position = position, position + len(line)
        if run and not whole:
            yield _keep_codes(marks, run, row=False), False
            run = []
        if not entries:
            continue
        inside = marks.mentions_in(*marks.tokens_between(start, position))
        sided = _explains_letter(marks, entries) if _BRACKETED.fullmatch(line.strip()) else ()
        row = any(_heads_row(marks, m, entries[0].at) for m in inside if m.first not in sided)
        if whole and not row and not _is_leg(marks, entries[0].at):
            run += entries
        else:
            yield _keep_codes(marks, entries, row=row, sided=sided), row
    yield _keep_codes(marks, run, row=False), False


@lru_cache(maxsize=_LINES)
def _may_list(line: str) -> bool:
    """Whether a line may be a legend: the lines of reports come again and again."""
    if not any(gap in line for gap in _GAPS):
        return False
    return bool(_PAIR.search(line.rstrip()) or _ALONE.fullmatch(line.rstrip()))


def _read_entry(marks: Marks, match: re.Match[str], position: int) -> Entry:
    """A code with its meaning."""
    start, end = match.span("meaning")
    last = max(end, match.end("aside"))
    name = "code" if match.group("code") else "next"
    at = match.start(name)
    first, _ = marks.tokens_between(position + at, position + start)
    meaning = marks.tokens_between(position + start, position + end)
    _, behind = marks.tokens_between(position + start, position + last)
    says = read_meanings(marks, *meaning, behind)
    return Entry(match.group(name).lower(), says, first, (meaning[0], behind))


def _explains_letter(marks: Marks, entries: Sequence[Entry]) -> Sequence[int]:
    """The letter of one leg that explains a finding among other codes: "(R reflux, N none)"."""
    legs = [e.at for e in entries if _is_leg(marks, e.at)]
    told = len(legs) == 1 < len(entries) and all(e.says for e in entries if e.at in legs)
    return legs if told else ()


def _keep_codes(
    marks: Marks, entries: Sequence[Entry], *, row: bool, sided: Sequence[int] = ()
) -> list[Entry]:
    """What is a code with its meaning; in a row of a table a dash is an empty cell."""
    coded = [e for e in entries if e.at in sided or _is_code(marks, e)]
    return [e for e in coded if not (row and e.code in DASHES)]


def _is_code(marks: Marks, entry: Entry) -> bool:
    """Whether what stands before a meaning is a code: no vein, finding, denial or other word."""
    first, last = entry.meaning
    if last - first == 1 == len(marks.tokens[first].text):
        return False  # "PT R   MT R"
    token, mention = marks.tokens[entry.at], marks.mention_over(entry.at)
    if token.norm in _SMALL_WORDS:
        return False  # "the knee  is  patent"
    letter = len(token.text) == 1 and token.text.isupper()  # the N of "N none"
    denies = mention is not None and not letter and bool(mention.cue("negation", "none"))
    if denies or (mention is not None and is_place(mention)):
        return False
    finding = mention.row("finding") if mention is not None else None
    if finding is not None and finding.vein is not None:
        return False  # "DVT absent, SVT absent"
    return len(token.text) == 1 or not token.text.istitle()


def _is_leg(marks: Marks, index: int) -> bool:
    mention = marks.mention_over(index)
    return mention is not None and mention.row("leg") is not None


def _heads_row(marks: Marks, mention: Mention, first: int) -> bool:
    """Whether a place labels the row of a table, in which a dash is an empty cell.

    A system of veins does where it stands before all codes or begins a cell: the one in "- no
    reflux (deep veins > 1 s)" explains a code.
    """
    gap = marks.tokens[mention.first].gap
    if not is_place(mention):
        return False
    return not is_group(mention) or mention.first < first or "  " in gap or "\t" in gap
