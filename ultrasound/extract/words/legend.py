"""The codes that a report explains itself: "NT = not tested", "++  severe reflux"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.legend_numbers import NumberedLegend, find_numbered
from ultrasound.extract.words.legend_scopes import Scope, find_scopes
from ultrasound.extract.words.lexicon import Mention
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token

Says = tuple[str, str]
Legend = dict[str, tuple[Says, ...]]
_Entry = tuple[str, Says | None, int, int]  # its code, meaning, first and last token
_LONGEST_CODE: Final = 4
_LONGEST_BEFORE_COLON: Final = 2  # longer words before a colon are headings
_MEANING_REACH: Final = 5  # tokens in which a list of meanings has its first slash
_FEWEST: Final = 2  # codes on a line that make it a legend
_GAPS: Final = ("  ", "\t", "; ", ", ")  # one of them stands between two codes with their meanings
_NORMAL: Final = {
    ("reflux", "present"): ("reflux", "absent"),
    ("compressibility", "none"): ("compressibility", "full"),
    ("compressibility", "partial"): ("compressibility", "full"),
    ("thrombus", "present"): ("thrombus", "absent"),
}
_DENIED: Final = {  # what a bare denial says where the legend says this
    ("reflux", "present"): ("reflux", "absent"),
    ("reflux", "absent"): ("reflux", "present"),
    ("compressibility", "full"): ("compressibility", "none"),
    ("thrombus", "present"): ("thrombus", "absent"),
}
_DENIALS: Final = ("does not", "do not", "did not", "no", "not")
_SAYS: Final = ("word", "noun")
_CODE: Final = r"(?:[A-Z]{1,3}|[0b-z])"  # "a" is an article
_NEXT: Final = rf",[ ]{_CODE}[ ]"  # a comma and another code: "C full, P partial, x not seen"
_WORD: Final = rf"(?:(?!{_NEXT})[^\s;])"
_PAIR: Final = re.compile(
    r"(?:(?:^|(?<=[ \t]{2})|(?<=[;:] ))[ \t]*(?P<code>[^\s\w]{1,3}|[A-Za-z]{1,3}|0)"
    rf"|(?<=, )(?P<next>{_CODE}))[ \t]{{1,3}}"
    rf"(?P<meaning>[A-Za-z]{_WORD}*(?: {_WORD}+){{0,5}})(?=[ \t]{{2,}}|;|{_NEXT}|$)"
)


def read_legend(marks: Marks, headers: HeaderReader) -> tuple[Legend, frozenset[int]]:
    """Each code in small letters with the properties and values that it stands for.

    And the tokens at which sentences begin that only explain codes.
    """
    scopes = find_scopes(marks, headers)
    listed = [entry for line in _listed_lines(marks) for entry in line]
    codes = _gather(
        [
            *_in_scope(_read_equal(marks), scopes),
            *((code, says) for code, says, *_ in listed if says is not None),
        ]
    )
    codes |= _read_normal(marks, codes)
    starts = [at for legend in find_numbered(marks) for at in _starts_of(legend)]
    inside = [at for _, _, first, last in listed for at in range(first, last + 1)]
    told = [*inside, *(s.first for s in scopes), *starts]
    return codes, frozenset(told)


def _starts_of(legend: NumberedLegend) -> tuple[int, ...]:
    """Where the sentences of a legend may begin: at its name, or behind its colon."""
    return (legend.name.first, legend.name.last + 1, *(c.first - 1 for _, c in legend.codes))


def _read_normal(marks: Marks, codes: Legend) -> Legend:
    """The codes for "normal": what the other codes of the legend find is not there."""
    found = {says for meanings in codes.values() for says in meanings}
    normal = tuple(_NORMAL[says] for says in _NORMAL if says in found)
    return {
        code.text.lower(): tuple(dict.fromkeys(normal))
        for code, sign, meaning in zip(
            marks.tokens, marks.tokens[1:], marks.tokens[2:], strict=False
        )
        if sign.text == "="
        and meaning.norm == "normal"
        and len(code.text) <= _LONGEST_CODE
        and normal
    }


def read_equations(marks: Marks, headers: HeaderReader) -> dict[str, Says]:
    """The codes that a sign of equality explains, each with one meaning.

    Behind a colon, R and L are sides.
    """
    codes = _gather(_in_scope(_read_equal(marks, ("=",)), find_scopes(marks, headers)))
    return {code: says[0] for code, says in codes.items() if len(says) == 1}


def _gather(pairs: Iterable[tuple[str, Says]]) -> Legend:
    codes: Legend = {}
    for code, says in pairs:
        if says not in codes.get(code, ()):
            codes[code] = (*codes.get(code, ()), says)
    return codes


def _in_scope(entries: Iterable[_Entry], scopes: Sequence[Scope]) -> Iterator[tuple[str, Says]]:
    """The codes with their meanings, without those that the column of their legend cannot say."""
    for code, says, at, _ in entries:
        scope = next((s for s in scopes if s.first <= at < s.last), None)
        if says is not None and (scope is None or scope.can_say(code, says)):
            yield code, says


def _read_equal(marks: Marks, signs: Sequence[str] = ("=", ":")) -> Iterator[_Entry]:
    """Codes before a sign of equality, also in a list ("Y/N/P = compressible / non / partial")."""
    for index in marks.where(*signs):
        if not 0 < index < len(marks.tokens) - 1:
            continue
        code = marks.tokens[index - 1]
        short = code.text.isupper() and len(code.text) <= _LONGEST_BEFORE_COLON
        if marks.tokens[index].text == ":" and not short:
            continue
        meaning = marks.mention_at(index + 1)
        finding = meaning.row("finding") if meaning is not None else None
        denied = meaning is not None and finding is None and bool(meaning.cue("negation"))
        if denied and meaning is not None:  # "NC = not competent"
            behind = marks.mention_at(meaning.last + 1)
            finding = behind.row("finding") if behind is not None else None
        if finding is None or finding.kind not in _SAYS or len(code.text) > _LONGEST_CODE:
            continue
        written = code.text
        if index > 1 and marks.tokens[index - 2].text == "/":
            first = _first_of_list(marks, index - 1)
            after = marks.tokens[index + 1 : index + 1 + _MEANING_REACH]
            listed = any(t.text == "/" for t in after) or bool(code.gap)
            # "Y/N = compressible / non-compressible" lists codes, "n/s = not seen" is one
            written = first.text if listed else marks.words(first.index, index - 1)
        value = finding.denied if denied else finding.value
        if value is not None:
            yield written.lower(), (finding.property, value), index, index


def _first_of_list(marks: Marks, index: int) -> Token:
    while index > 1 and marks.tokens[index - 1].text == "/":
        index -= 2
    return marks.tokens[index]


def _listed_lines(marks: Marks) -> Iterator[list[_Entry]]:
    """Lines of codes each followed by its meaning, set apart by wide gaps."""
    position = 0
    for line in marks.text.splitlines(keepends=True):
        apart = any(gap in line for gap in _GAPS)
        entries = [
            _read_entry(marks, match, position)
            for match in (_PAIR.finditer(line.rstrip()) if apart else ())
        ]
        start, position = position, position + len(line)
        if not entries:
            continue
        inside = marks.mentions_in(*marks.tokens_between(start, position))
        row = any(_is_place(m) for m in inside)  # in a row of a table a dash is an empty cell
        codes = [
            entry
            for entry in entries
            if _is_code(marks, entry) and not (row and entry[0] in DASHES)
        ]
        if len({code for code, *_ in codes}) < len(codes):
            continue  # "a refluxing trunk, a competent tributary"
        sides = sum(_is_leg(marks, first) for _, _, first, _ in codes)
        said = sum(says is not None for _, says, *_ in codes)
        if sides < _FEWEST and (said >= _FEWEST or (said and len(codes) >= _FEWEST and not row)):
            yield _read_denials(marks, codes)


def _read_denials(marks: Marks, entries: list[_Entry]) -> list[_Entry]:
    """The same, a denial alone as that of what the first code says: "C coapts  N does not"."""
    first = next((says for _, says, *_ in entries if says is not None), ("", ""))
    return [
        (code, _DENIED.get(first) if _denies(marks, at, last) else says, at, last)
        for code, says, at, last in entries
    ]


def _denies(marks: Marks, code: int, last: int) -> bool:
    """Whether a meaning is a denial and no more: "does not", "no"."""
    words = marks.words(code + 1, last).lower()
    return words in _DENIALS


def _read_entry(marks: Marks, match: re.Match[str], position: int) -> _Entry:
    """A code with its meaning, None where it is not understood, and the token of the code."""
    start, end = match.span("meaning")
    code = match.group("code") or match.group("next")
    at = max(match.start("code"), match.start("next"))
    first, _ = marks.tokens_between(position + at, position + start)
    within = marks.tokens_between(position + start, position + end)
    return code.lower(), _meaning_of(marks, *within), first, max(first, within[1] - 1)


def _is_code(marks: Marks, entry: _Entry) -> bool:
    """Whether what stands before a meaning is a code: no vein, finding, denial or other word."""
    token, mention = marks.tokens[entry[2]], marks.mention_over(entry[2])
    if mention is not None and (_is_place(mention) or mention.cue("negation", "none")):
        return False
    finding = mention.row("finding") if mention is not None else None
    if finding is not None and finding.vein is not None:
        return False  # "DVT absent, SVT absent"
    return len(token.text) == 1 or not token.text.istitle()


def _is_place(mention: Mention) -> bool:
    return mention.row("vein", "place", "level", "zone") is not None


def _is_leg(marks: Marks, index: int) -> bool:
    mention = marks.mention_over(index)
    return mention is not None and mention.row("leg") is not None


def _meaning_of(marks: Marks, first: int, last: int) -> tuple[str, str] | None:
    inside = marks.mentions_in(first, last)
    if any(_is_place(m) for m in inside):
        return None
    findings = [row for m in inside if (row := m.row("finding")) is not None and row.kind in _SAYS]
    if findings:
        return findings[-1].property, findings[-1].value
    return ("reflux", "indeterminate") if any(m.cue("uncertain") for m in inside) else None
