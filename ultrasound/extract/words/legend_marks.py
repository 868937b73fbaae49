"""The codes of a report's own legend, put in force wherever the report uses them.

"R = reflux" makes the R behind a number a finding and no leg; "comp = competent" makes "comp" no
word for compression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from ultrasound.extract.tables.table_headers import HeaderReader
from ultrasound.extract.words.cell_codes import Says
from ultrasound.extract.words.legend import read_equations
from ultrasound.extract.words.legend_sides import mark_sides
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Concept, Meaning, Mention, as_finding
from ultrasound.extract.words.pair_codes import read_pair_codes
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.sign_codes import read_signs
from ultrasound.extract.words.tokens import Token

_PLACES: Final = ("vein", "place", "inferred", "ambiguous", "level", "zone")
_DEFINES: Final = ("=", ":")
_NOUGHT: Final = "0"
_SLASH: Final = "/"
_SHORT: Final = "abbreviation"  # of a level or a vein
_SIDED: Final = "location"
_WIDE: Final = "  "
_MEANING: Final = 4  # tokens of what a letter means, up to its noun
_LEADER: Final = 3  # dots
_SIDES: Final = ("R", "L")
_STOPS: Final = (",", ";", ".", "|")
_JOINTS: Final = ("or", "and", "nor", "&", "/")


def apply_legend(marks: Marks, headers: HeaderReader) -> Marks:
    """The same marks with the codes of the report's legend as findings."""
    legend = read_equations(marks, headers)
    measures = _find_measures(marks)
    signs = [*read_signs(marks, legend), *mark_sides(marks), *read_pair_codes(marks, headers)]
    if not legend and not measures and not signs:
        return marks
    coded = {
        token.index: _make_mention(token, legend)
        for token in marks.tokens
        if token.text.lower() in legend and _is_used(marks, token, legend)
    }
    for token, follows in pairwise(marks.tokens) if measures else ():
        row = measures.get(token.text)
        if row is not None and follows.kind == "number" and "\n" not in follows.gap:
            coded[token.index] = Mention(token.index, token.index, Meaning([row]))
    if not coded and not signs:
        return marks
    taken = {index for sign in signs for index in range(sign.first, sign.last + 1)}
    added = [*(m for m in coded.values() if m.first not in taken), *signs]
    taken |= coded.keys()
    kept = [m for m in marks.mentions if m.first not in taken]
    mentions = sorted([*kept, *added], key=lambda m: m.first)
    numbers = [n for n in marks.numbers if n.first not in taken]
    return replace(marks, mentions=mentions, numbers=numbers)


def _find_measures(marks: Marks) -> dict[str, Concept]:
    """The letters that stand for a measure: the D of "D = max AP diameter, mm"."""
    found: dict[str, Concept] = {}
    for sign in marks.where("="):
        code = marks.tokens[sign - 1].text if sign else ""
        if len(code) != 1 or not code.isupper():
            continue
        for mention in marks.mentions_in(sign + 1, sign + 1 + _MEANING):
            row = mention.row("finding")
            if row is not None and row.kind == "label" and not _breaks(marks, sign, mention):
                found.setdefault(code, Concept("finding", row))
    return found


def _breaks(marks: Marks, sign: int, mention: Mention) -> bool:
    return any("\n" in token.gap for token in marks.tokens[sign + 1 : mention.first + 1])


def _is_used(marks: Marks, token: Token, legend: Mapping[str, Says]) -> bool:
    if token.kind == "word":
        return _is_code(marks, token, legend)
    return token.text == _NOUGHT and _stands_alone(marks, token)


def _make_mention(token: Token, legend: Mapping[str, Says]) -> Mention:
    return Mention(token.index, token.index, as_finding(*legend[token.text.lower()]))


def _names_leg(marks: Marks, index: int) -> bool:
    mention = marks.mention_at(index)
    return mention is not None and mention.row("leg") is not None


def _is_side(marks: Marks, token: Token) -> bool:
    """Whether a letter of a leg opens its line, or is one of both: "No DVT R or L".

    Behind a label it opens what the other letter goes on with: "Perfs:  R  4 mm   L  none".
    """
    if not _names_leg(marks, token.index):
        return False
    opens = token.index == 0 or "\n" in token.gap
    if not opens and marks.tokens[token.index - 1].text == ":":
        opens = any(t.text in _SIDES and t.text != token.text for t in _rest_of_line(marks, token))
    return opens or any(
        marks.tokens[joint].norm in _JOINTS and _names_leg(marks, leg)
        for joint, leg in ((token.index - 1, token.index - 2), (token.index + 1, token.index + 2))
        if 0 <= leg < len(marks.tokens)
    )


def _rest_of_line(marks: Marks, token: Token) -> Iterator[Token]:
    return takewhile(lambda follower: "\n" not in follower.gap, marks.tokens[token.index + 1 :])


def _stands_alone(marks: Marks, token: Token) -> bool:
    """Whether a capital letter or a nought is all that follows a place: "calf C;", "CFV: C;".

    A letter may stand behind a leader or a measure, and a measure behind it: "SFJ .... I   8.4".
    """
    if token.index == 0 or "\n" in token.gap or not token.gap:
        return False
    last = _behind_leader(marks, token.index - 1)
    before = marks.mention_over(last)
    if token.text == _NOUGHT:
        alone = token.gap == " " and _ends(marks, token, measured=False)
        return alone and before is not None and before.meaning.is_place
    number = marks.number_before(token.index)
    apart = int(marks.tokens[token.index - 1].text == ",")  # "3.9 mm, C."
    follows = number is not None and number.last == token.index - 1 - apart
    behind = (
        number is not None and follows and (number.unit is not None or _is_of_place(marks, number))
    )
    placed = before is not None and before.row(*_PLACES, _SHORT, "leg") is not None
    return token.text.isupper() and (placed or behind) and _ends(marks, token, measured=True)


def _behind_leader(marks: Marks, index: int) -> int:
    """The token before a colon or a run of dots that ends at one, else that token."""
    tokens = marks.tokens
    dots = sum(1 for _ in takewhile(lambda t: t.text == ".", reversed(tokens[: index + 1])))
    signs = dots if dots >= _LEADER else int(tokens[index].text == ":")
    return index - signs if signs <= index else index


def _is_of_place(marks: Marks, number: Number) -> bool:
    """Whether a number, or the pair about a slash that it ends, stands behind a place."""
    index = number.first - 1
    while index > 1 and marks.tokens[index].text == _SLASH:
        index -= 2  # the other number of a pair
    before = marks.mention_over(index) if index >= 0 else None
    if before is not None and index and before.cue(_SIDED):
        before = marks.mention_over(before.first - 1)
    return before is not None and before.row(*_PLACES, _SHORT) is not None


def _ends(marks: Marks, token: Token, *, measured: bool) -> bool:
    """Whether nothing follows a code but a sign, a leg or, where it is ``measured``, a number.

    The number may stand in a bracket, as in "I (1.6 s)". Behind a wide gap another place may
    stand: "CFV  0.3 s C     POP  0.2 s C".
    """
    after = marks.tokens[token.index + 1 : token.index + 3]
    if measured and after and after[0].text == "(":
        after = after[1:]
    if not after or after[0].text in _STOPS or "\n" in after[0].gap:
        return True
    words = after[0].text.islower() and len(after[0].text) > 1
    if words and _WIDE in after[0].gap and _WIDE in token.gap:
        return True  # a cell of its own: "CFV    C    phasic"
    place = marks.mention_at(token.index + 1) if _WIDE in after[0].gap else None
    if place is not None and place.row(*_PLACES, _SHORT) is not None:
        return True
    return _names_leg(marks, token.index + 1) or (measured and after[0].kind == "number")


def _is_code(marks: Marks, token: Token, legend: Mapping[str, Says]) -> bool:
    """Whether a word is used as a code here: alone, not defined, and no side before a place.

    A letter that these tables do not know is left to tables, where no other word can stand; a word
    that they know by the meaning that the legend gives it stays what it is.
    """
    follows = marks.tokens[token.index + 1 : token.index + 2]
    if follows and follows[0].text in _DEFINES:
        return False
    mention = marks.mention_over(token.index)
    if mention is None:
        return len(token.text) > 1 or _stands_alone(marks, token)
    if mention.first != mention.last or mention.row(*_PLACES) is not None:
        return False
    if _is_side(marks, token):
        return False
    if mention.row("leg") is None:
        known = mention.row("finding")
        if known is None:
            return _stands_alone(marks, token)
        return (known.property, known.value) != legend[token.text.lower()]
    after = None if _ends_cell(follows) else marks.mention_at(token.index + 1)
    return after is None or after.row(*_PLACES) is None


def _ends_cell(follows: Sequence[Token]) -> bool:
    """Whether a line or a cell ends before what follows: "PTV R" over "GSV: SFJ R   PT R"."""
    return bool(follows) and any(gap in follows[0].gap for gap in (_WIDE, "\n", "\t"))
