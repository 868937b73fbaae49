"""The codes that a report explains itself: "NT = not tested", "++  severe reflux"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.tables.table_cells import Cell
from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import ANSWER, Says, column_of, find_code
from ultrasound.extract.words.codes import SIGN_CODES
from ultrasound.extract.words.legend_asked import (
    NO_VEIN,
    find_asked,
    find_opposites,
    name_by_others,
    read_answer,
    read_headed_signs,
)
from ultrasound.extract.words.legend_lines import Entry, find_listed, finding_of
from ultrasound.extract.words.legend_normal import read_normal
from ultrasound.extract.words.legend_numbers import find_numbered
from ultrasound.extract.words.legend_places import find_place_legends
from ultrasound.extract.words.legend_scopes import OF_REFLUX, Scope, find_scopes
from ultrasound.extract.words.legend_sides import find_side_codes, is_side_of_vein
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.meanings import (
    SAYS,
    deny,
    end_of_meaning,
    is_denial,
    is_place,
    line_of,
    read_meanings,
)
from ultrasound.extract.words.sign_codes import open_bracket
from ultrasound.extract.words.tokens import Token


class Legend(dict[str, tuple[Says, ...]]):
    """What each code may stand for; a code of ``joint`` says all of it at once."""

    joint: frozenset[str] = frozenset()


_LONGEST_CODE: Final = 4
_LONGEST_BEFORE_COLON: Final = 2  # longer words before a colon are headings
_MEANING_REACH: Final = 5  # tokens in which a list of meanings has its first slash
_LABEL: Final = 2  # tokens of "Key:"
_NOT_ASSESSED: Final = "not_assessed"
_OF_ANY: Final = (_NOT_ASSESSED, "not_visualized")  # said of whatever is examined
_MARKED: Final = frozenset({"compressibility", "thrombus"})
_PLAIN: Final = ("yes", "no")
_OPENS: Final = ("(", "[")
_SIGNS: Final = ("+", "-", "–")
_FEWEST: Final = 2  # codes on a line that make it a legend


def read_legend(marks: Marks, headers: HeaderReader) -> tuple[Legend, frozenset[int]]:
    """Each code in small letters with the properties and values that it stands for.

    And the tokens at which sentences begin that only explain codes.
    """
    scopes = find_scopes(marks, headers)
    listed = [entry for line in _listed_lines(marks, headers) for entry in line]
    starts = _in_numbered(marks, headers)
    listed = [e for e in listed if e.at not in starts or not e.code.isdigit()]
    equal = _complete(marks, headers, _drop_measured(marks, headers, _read_equal(marks)))
    codes = _gather(_in_scope([*equal, *listed], scopes))
    for code in [code for code in codes if code[0] in _OPENS and code[1:-1] in _SIGNS]:
        codes.setdefault(code[1:-1], codes[code])  # "(+) present" of a "+" without its brackets
    for code, answer in read_headed_signs(marks, headers):
        codes.setdefault(code, (answer,))
    for code, says in read_normal(marks, codes, listed).items():
        codes[code] = says
    for entry in listed:
        if not entry.says and entry.code.isalnum():
            codes.setdefault(entry.code, ())  # explained, and not understood: no blank
    inside = [at for e in listed for at in range(e.at, e.meaning[1])]
    inside += [e.at - 1 for e in listed if e.at and marks.tokens[e.at - 1].text == "("]
    inside += [at for span in find_place_legends(marks) for at in range(*span)]
    told = [*inside, *(s.first for s in scopes), *starts, *(c.at for c in find_side_codes(marks))]
    for first, _ in {line_of(marks, e.at) for e in listed}:
        opens = min(e.at for e in listed if e.at >= first)
        told += range(first, opens) if _names_before(marks, headers, first, opens) else ()
    marks.codes.update(codes)
    return codes, frozenset([*told, *_starts_of_lines(marks, equal)])


def _in_numbered(marks: Marks, headers: HeaderReader) -> set[int]:
    """The tokens of the legends of numbered codes: they hold in their columns alone."""
    legends = find_numbered(marks, headers)
    return {at for legend in legends for at in range(legend.first, legend.last)}


def read_equations(marks: Marks, headers: HeaderReader) -> dict[str, Says]:
    """The codes that a legend explains, each with one meaning.

    Behind a colon, R and L are sides.
    """
    equal = _drop_measured(marks, headers, _read_equal(marks, ("=",)))
    equal = _complete(marks, headers, equal)
    listed = [
        entry
        for line in _listed_lines(marks, headers)
        for entry in line
        if marks.tokens[entry.at].text.isupper() or entry.code[0] in "(["
        # a word in small letters may stand between wide gaps too
    ]
    codes = _gather(_in_scope([*equal, *listed], find_scopes(marks, headers)))
    return {c: says[0] for c, says in codes.items() if len(says) == 1 and says[0][0] != ANSWER}


def _drop_measured(marks: Marks, headers: HeaderReader, entries: Iterable[Entry]) -> list[Entry]:
    """The entries without the names of columns: "RF = reflux in s" measures, "(+) = > 1 s" not.

    Nor numbered codes, which hold in the columns of their legend.
    """
    numbered = _in_numbered(marks, headers)
    return [
        e
        for e in entries
        if (e.at not in numbered or not e.code.isdigit())
        and not (e.code[:1].isalnum() and headers.read_names(marks, finding_of(marks, e))[1])
    ]


def _gather(entries: Iterable[Entry]) -> Legend:
    codes = Legend()
    for entry in entries:
        before = codes.get(entry.code, ())
        codes[entry.code] = (*before, *(says for says in entry.says if says not in before))
        if len(entry.says) > 1:
            codes.joint |= {entry.code}
    return codes


def _in_scope(entries: Iterable[Entry], scopes: Sequence[Scope]) -> Iterator[Entry]:
    """The codes with their meanings, without those that the column of their legend cannot say."""
    for entry in entries:
        scope = next((s for s in scopes if s.first <= entry.at < s.last), None)
        says = tuple(
            each for each in entry.says if scope is None or scope.can_say(entry.code, each)
        )
        if says:
            yield replace(entry, says=says)


def _complete(marks: Marks, headers: HeaderReader, entries: Sequence[Entry]) -> list[Entry]:
    """The entries; one that is not understood speaks of what the others of its line do.

    As the "partial" of "C = compressible, P = partial", and that of "Compression: P partial".
    """
    completed, known = [], find_asked(marks, headers, entries)
    opposites = find_opposites(marks, entries)
    for entry in entries:
        line = line_of(marks, entry.at)
        asked = _names_before(marks, headers, line[0], entry.at)
        whole = asked or known.get(line[0], set())
        named = whole or name_by_others(marks, entry, entries, _OF_ANY)
        says = entry.says
        if not whole and entry.at in opposites:
            says = (opposites[entry.at],)
        elif not says and len(named) == 1:
            first, last = entry.meaning
            text = marks.words(first, last - 1).lower() if first < last else ""
            code = find_code(text, column_of(named), headers.codes)
            says = () if code is None else (code,)
        elif not says and not named:
            says = read_answer(marks, headers, entry)
        elif says == (NO_VEIN,) and (whole or named == {"anatomy", "flow"}):
            columns = column_of(whole or {"flow"})  # "Flow: Ph phasic, Abs absent"
            columns += () if whole.isdisjoint(OF_REFLUX) else ("reflux_answer",)
            says = (find_code("absent", columns, headers.codes) or NO_VEIN,)
        elif says and says[0][1] == _NOT_ASSESSED and len(asked & _MARKED) == 1:
            says = ((min(asked & _MARKED), _NOT_ASSESSED),)
        completed.append(replace(entry, says=says))
    return completed


def _read_equal(marks: Marks, signs: Sequence[str] = ("=", ":")) -> Iterator[Entry]:
    """Codes before a sign of equality, also in a list ("Y/N/P = compressible / non / partial")."""
    for index in marks.where(*signs):
        if not 0 < index < len(marks.tokens) - 1:
            continue
        opens = open_bracket(marks, index - 1)
        code = marks.tokens[index - 1 if opens is None else opens + 1]
        short = code.text.isupper() and len(code.text) <= _LONGEST_BEFORE_COLON
        if marks.tokens[index].text == ":" and (not short or is_side_of_vein(marks, index - 1)):
            continue
        meaning = marks.mention_at(index + 1)
        finding = meaning.row("finding") if meaning is not None else None
        denied = meaning is not None and finding is None and bool(meaning.cue("negation"))
        if denied and meaning is not None:  # "NC = not competent"
            behind = marks.mention_at(meaning.last + 1)
            finding = behind.row("finding") if behind is not None else None
        equal = marks.tokens[index].text == "="
        told = finding is not None and finding.kind in SAYS
        letter = len(code.text) == 1 and marks.tokens[index + 1].norm in _PLAIN  # "x = no"
        named = code.text.isupper() or code.text in SIGN_CODES or letter
        if not (told or (equal and named)) or len(code.text) > _LONGEST_CODE:
            continue
        written, last = _written_before(marks, index, opens), end_of_meaning(marks, index + 1)
        if index > 1 and marks.tokens[index - 2].text == "/":
            first = _first_of_list(marks, index - 1)
            after = marks.tokens[index + 1 : index + 1 + _MEANING_REACH]
            listed = any(t.text == "/" for t in after) or bool(code.gap)
            # "Y/N = compressible / non-compressible" lists codes, "n/s = not seen" is one
            written = first.text if listed else marks.words(first.index, index - 1)
            last = index + 1
        says: tuple[Says, ...] = ()
        value = (finding.denied if denied else finding.value) if finding and told else None
        if finding is not None and value is not None:
            more = read_meanings(marks, index + 1, last) if equal else ()
            others = tuple(each for each in more if each[0] != finding.property)
            says = ((finding.property, value), *others)
        yield Entry(written.lower(), says, index, (index + 1, last))


def _written_before(marks: Marks, index: int, opens: int | None) -> str:
    """The code before a sign, with its brackets or its full stops: "n.v. = not visualised"."""
    first = index - 1
    if opens is not None:
        return marks.words(opens, first)
    dotted = marks.tokens[first].text == "."
    while dotted and first and not marks.tokens[first].gap:
        first -= 1
    return marks.words(first, index - 1) if dotted else marks.tokens[first].text


def _names_before(marks: Marks, headers: HeaderReader, first: int, code: int) -> set[str]:
    """What the words before the codes of a line name: "Compression (C complete, P partial)"."""
    opens = [i for i in range(first, code) if marks.tokens[i].text in ("(", ":")]
    if not opens or opens[0] == first:
        return set()
    column = headers.read_header(marks, Cell(first, opens[0], 0, 0))
    titled = headers.names_exam(marks, column)  # "DVT WORKSHEET (+ = yes, - = no)"
    return set(column.properties) if column.measures and not titled else set()


def _starts_of_lines(marks: Marks, entries: Sequence[Entry]) -> Iterator[int]:
    """The lines that explain several codes and name no vein, from the first code or the line."""
    lines = [line_of(marks, entry.at) for entry in entries if entry.says]
    for first, last in {line for line in lines if lines.count(line) >= _FEWEST}:
        code = min(e.at for e in entries if first <= e.at < last) - 1
        if not any(is_place(m) for m in marks.mentions_in(first, last)):
            yield from (first, code) if code - first <= _LABEL else (code,)


def _first_of_list(marks: Marks, index: int) -> Token:
    while index > 1 and marks.tokens[index - 1].text == "/":
        index -= 2
    return marks.tokens[index]


def _listed_lines(marks: Marks, headers: HeaderReader) -> Iterator[list[Entry]]:
    """Lines of codes each followed by its meaning, set apart by wide gaps or one on each line."""
    for found, row in find_listed(marks):
        codes = _complete(marks, headers, found)
        if len({entry.code for entry in codes}) < len(codes):
            continue  # "a refluxing trunk, a competent tributary"
        named = sum(_is_named(marks, entry.at) for entry in codes)
        said = sum(bool(entry.says) for entry in codes)
        told = [entry for entry in codes if entry.says]
        opens = bool(told) and line_of(marks, told[0].at)[0] == told[0].at
        blank = len(told) == 1 and opens and _is_blank(marks, headers, told[0])
        several = said >= _FEWEST or (said and len(codes) >= _FEWEST and not row)
        if named < _FEWEST and several:
            yield _read_denials(marks, codes)
        elif blank:  # "NA not attempted" among the names of columns
            yield told


def _is_blank(marks: Marks, headers: HeaderReader, entry: Entry) -> bool:
    """Whether a code that is no value elsewhere is said to be one of what was left out."""
    left = bool(entry.says) and all(value in _OF_ANY for _, value in entry.says)
    return left and marks.tokens[entry.at].text.isupper() and entry.code in headers.blanks


def _read_denials(marks: Marks, entries: Sequence[Entry]) -> list[Entry]:
    """The same, a denial alone as that of what the first code says: "C coapts  N does not"."""
    first = next((entry.says[0] for entry in entries if entry.says), None)
    return [
        replace(entry, says=deny(first)) if is_denial(marks, *entry.meaning) else entry
        for entry in entries
    ]


def _is_named(marks: Marks, index: int) -> bool:
    """Whether it is a leg or a vein, which is no code: "SFJ competent GSV incompetent"."""
    mention = marks.mention_over(index)
    return mention is not None and mention.row("leg", "vein", "place") is not None
