"""Codes that a report numbers: "REFL: 0 no, 1 yes, 8 not assessed", "# grade: 0 = none, 1 = mild".

Numbers with words behind them are such a legend where several of the words are answers, and none
is a place or a unit. What stands before the first number names the columns that hold the codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.tables.table_cells import Cell, text_of
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import line_of
from ultrasound.extract.words.tokens import Token
from ultrasound.value import value_type

_FEWEST: Final = 2  # numbered codes that make a legend
_LONGEST: Final = 2  # digits of a code
_TITLE: Final = 4  # words of "Codes used in this table" and the like
_STOPS: Final = (",", ";", ".", ")", "/", "|", "(")
_BETWEEN: Final = (*_STOPS, "and", "&")
_BEFORE: Final = (":", "(", "=", "-", "[")  # between the name and the first code
_NAME_STOPS: Final = (".", ";", ",", ")", "|")
_EQUAL: Final = ("=", "-", ":")  # between a code and its meaning


@value_type
class NumberedLegend:
    """The name of the columns, each code with its meaning, and the tokens of all (half-open)."""

    name: Cell
    codes: tuple[tuple[str, Cell], ...]
    first: int
    last: int


@value_type
class _Code:
    """A code at a token, its meaning, and the token behind it."""

    at: int
    meaning: Cell
    behind: int
    equal: bool


def find_numbered(marks: Marks, headers: HeaderReader) -> list[NumberedLegend]:
    """The legends of numbered codes of a report."""
    key = ("numbered legends", 0, 0)
    if key not in marks.known:
        marks.known[key] = list(_find_all(marks, headers))
    legends: list[NumberedLegend] = marks.known[key]
    return legends


def _find_all(marks: Marks, headers: HeaderReader) -> Iterator[NumberedLegend]:
    index, tokens = 0, marks.tokens
    while index < len(tokens):
        if not _is_code(tokens, index):
            index += 1
            continue
        codes = _keep_told(marks, headers, list(_cut_codes(tokens, index)))
        legend = _make_legend(marks, headers, codes)
        if legend is not None:
            yield legend
        index = index + 1 if legend is None else legend.last


def _is_code(tokens: Sequence[Token], index: int) -> bool:
    text = tokens[index].text
    return text.isdigit() and len(text) <= _LONGEST


def _make_legend(
    marks: Marks, headers: HeaderReader, codes: Sequence[_Code]
) -> NumberedLegend | None:
    """The legend of some codes; None where they count or measure something."""
    numbers = [marks.tokens[code.at].text for code in codes]
    if len(set(numbers)) < max(_FEWEST, len(numbers)):
        return None
    first = _begin_name(marks.tokens, codes[0].at)
    name = _name_of(marks, first, codes[0].at)
    inside = marks.mentions_in(first, codes[-1].behind)
    if any(mention.row("vein", "place", "leg") for mention in inside):
        return None  # "Perforators: 2 incompetent, 3 competent"
    asked = codes[0].at > first and marks.tokens[codes[0].at - 1].text in _BEFORE
    told = asked or "0" in numbers or all(code.equal for code in codes)
    if not told or sum(_tells(marks, headers, code) for code in codes) < _FEWEST:
        return None
    pairs = tuple(zip(numbers, (code.meaning for code in codes), strict=True))
    return NumberedLegend(name, pairs, _begin_title(marks, first), codes[-1].behind)


def _cut_codes(tokens: Sequence[Token], start: int) -> Iterator[_Code]:
    """Each number with the words behind it, also where one word stands before each number."""
    index, lead = start, tokens[start - 1].norm if start else ""
    while index < len(tokens) and _is_code(tokens, index):
        code = _cut_code(tokens, index)
        if code is None:
            return
        yield code
        index = code.behind
        while index < len(tokens) and tokens[index].norm in _BETWEEN:
            index += 1
        led = index + 1 < len(tokens) and tokens[index].norm == lead
        index += int(led and tokens[index].kind == "word")  # "grade 0 none, grade 1 mild"


def _cut_code(tokens: Sequence[Token], at: int) -> _Code | None:
    """The code at a token: "1 = mild", "1 (mild)", "1 mild (0.5 to 1 s)", "1 = > 0.5 s"."""
    begin = at + 1
    if begin == len(tokens) or "\n" in tokens[begin].gap:
        return None
    equal = tokens[begin].text in _EQUAL
    begin += int(equal)
    begin += int(begin < len(tokens) and tokens[begin].text == "(")
    end = begin
    while end < len(tokens) and not _ends(tokens, end, equal=equal):
        end += 1
    if end == begin or (tokens[begin].kind != "word" and not equal):
        return None
    behind = end
    if end < len(tokens) and tokens[end].text == "(" and "\n" not in tokens[end].gap:
        behind = _close(tokens, end)
    return _Code(at, Cell(begin, end, 0, 0), behind, equal)


def _close(tokens: Sequence[Token], opens: int) -> int:
    """The token behind a bracket on its line; the bracket where it is not closed there."""
    for token in tokens[opens + 1 :]:
        if "\n" in token.gap:
            break
        if token.text == ")":
            return token.index + 1
    return opens


def _ends(tokens: Sequence[Token], index: int, *, equal: bool) -> bool:
    """Whether a meaning ends before a token: at a stop, a gap, or the code that follows."""
    token = tokens[index]
    if "\n" in token.gap or "\t" in token.gap or "  " in token.gap or token.text in _STOPS:
        return True
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    if not _is_code(tokens, index) or follows is None or tokens[index - 1].kind != "word":
        return False
    return follows.text == "=" if equal else follows.kind == "word"


def _keep_told(marks: Marks, headers: HeaderReader, codes: list[_Code]) -> list[_Code]:
    """The codes up to the first with a unit, and to a line that goes on with no answer."""
    for order, code in enumerate(codes):
        number = marks.number_at(code.at)
        below = order > 0 and "\n" in marks.tokens[code.at].gap
        counts = below and int(marks.tokens[code.at].text) > int(
            marks.tokens[codes[order - 1].at].text
        )
        if number is not None and number.unit is not None:
            return codes[:order]
        if below and not (counts and _answers(marks, headers, code.meaning)):
            return codes[:order]
    return codes


def _tells(marks: Marks, headers: HeaderReader, code: _Code) -> bool:
    """Whether a code is explained by an answer, or by a limit: "1 = < 0.5 s"."""
    numbers = marks.numbers_in(code.meaning.first, code.meaning.last) if code.equal else []
    return any(n.unit is not None for n in numbers) or _answers(marks, headers, code.meaning)


def _answers(marks: Marks, headers: HeaderReader, meaning: Cell) -> bool:
    """Whether a meaning is what a cell of some column could say, a finding, or a grade."""
    if find_code(text_of(marks, meaning), (), headers.codes) is not None:
        return True
    columns = {name for code in headers.codes for name in code.columns}
    text = text_of(marks, meaning)
    if any(find_code(text, (name,), headers.codes) for name in columns):
        return True
    mentions = marks.mentions_in(meaning.first, meaning.last)
    return any(m.row("finding") or m.cue("negation", "none", "grade") for m in mentions)


def _begin_name(tokens: Sequence[Token], code: int) -> int:
    """The token with which begins what stands before the first code, on its line.

    Or on the line above, where that ends with a colon.
    """
    index = code
    while index and not _parts(tokens, index):
        index -= 1
    if index == code and index and tokens[index - 1].text == ":":
        return _begin_name(tokens, code - 1)
    return index


def _begin_title(marks: Marks, first: int) -> int:
    """The token with which a line begins that says nothing before a legend: "FIELD CODES  CMP:"."""
    begin = line_of(marks, first)[0]
    return first if marks.mentions_in(begin, first) or first - begin > _TITLE else begin


def _parts(tokens: Sequence[Token], index: int) -> bool:
    gap = tokens[index].gap
    return "\n" in gap or "\t" in gap or "  " in gap or tokens[index - 1].text in _NAME_STOPS


def _name_of(marks: Marks, first: int, code: int) -> Cell:
    """The name of the columns without the signs about it: "# reflux_grade:"."""
    words = [t.index for t in marks.tokens[first:code] if t.kind == "word"]
    if not words:
        return Cell(first, first, 0, 0)
    return Cell(words[0], words[-1] + 1, 0, 0)
