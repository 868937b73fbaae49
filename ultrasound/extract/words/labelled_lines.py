"""Lines that list the values of veins behind their property: "Compression: CFV full / FV none"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.words.cell_codes import Says, find_code
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention, as_finding
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import CellCode, Finding

_PROPERTIES: Final = ("compressibility", "thrombus")  # their codes mean nothing without a label
_PARTS: Final = (",", ";", "/")
_SIGNS: Final = (":", "=")  # between a vein and its value
_JOINS: Final = ("and", "&")
_FEWEST: Final = 2  # values that make a list

_Said = tuple[int, int, Says]


def read_labelled_lines(marks: Marks, codes: Sequence[CellCode]) -> Marks:
    """The same marks, in which each value of such a line is a finding and its label is none.

    A line counts where every part of it is a vein with a code of the property, or veins that
    share the code behind them.
    """
    added: list[Mention] = []
    labels: list[Mention] = []
    for mention in marks.mentions:
        name = _labels(marks, mention)
        said = _read_line(marks, mention.last + 2, name, codes) if name else []
        if len(said) >= _FEWEST:
            labels.append(mention)
            added += [Mention(first, last, as_finding(*says)) for first, last, says in said]
    if not added:
        return marks
    taken = {i for m in added for i in range(m.first, m.last + 1)}
    kept = [
        m
        for m in marks.mentions
        if m not in labels and taken.isdisjoint(range(m.first, m.last + 1))
    ]
    return replace(marks, mentions=sorted([*kept, *added], key=lambda m: m.first))


def _labels(marks: Marks, mention: Mention) -> str | None:
    """The property that a mention labels its line with."""
    finding: Finding | None = mention.row("finding")
    if finding is None or finding.property not in _PROPERTIES:
        return None
    opens = mention.first == 0 or "\n" in marks.tokens[mention.first].gap
    behind = marks.tokens[mention.last + 1 : mention.last + 2]
    if finding.vein is not None and _names_leg(marks, mention.last + 2):
        return None  # "SVT: R no, L yes" is of a system, and each answer of its leg
    return finding.property if opens and behind and behind[0].text == ":" else None


def _names_leg(marks: Marks, index: int) -> bool:
    named = marks.mention_at(index)
    return named is not None and named.row("leg") is not None


def _read_line(marks: Marks, first: int, name: str, codes: Sequence[CellCode]) -> list[_Said]:
    """The values of the parts of a line, none where one of them is something else."""
    said: list[_Said] = []
    part: list[Token] = []
    shared = False
    for token in (*_rest_of_line(marks, first), None):
        if token is not None and not _parts(marks, token):
            part.append(token)
            continue
        found = _read_part(marks, part, name, codes)
        if found is None:
            return []
        shared = isinstance(found, bool)
        if not isinstance(found, bool):
            said.append(found)
        part = []
    return [] if shared else said


def _rest_of_line(marks: Marks, first: int) -> list[Token]:
    """The tokens behind a label, without the full stop that ends them."""
    rest: list[Token] = []
    for token in marks.tokens[first:]:
        if rest and "\n" in token.gap:
            break
        rest.append(token)
    return rest[:-1] if rest and rest[-1].text == "." else rest


def _parts(marks: Marks, token: Token) -> bool:
    return token.text in _PARTS and marks.mention_over(token.index) is None


def _read_part(
    marks: Marks, part: Sequence[Token], name: str, codes: Sequence[CellCode]
) -> _Said | bool | None:
    """The value of a part; True for veins alone, None for what is neither."""
    places = 0
    for token in part:
        mention = marks.mention_over(token.index)
        joins = places and token.norm in _JOINS
        if not joins and (mention is None or not mention.meaning.is_place):
            break
        places += 1
    if not places:
        return None
    value = part[places:]
    if value and value[0].text in _SIGNS:
        value = value[1:]
    if not value:
        return True
    text = marks.text[value[0].start : value[-1].end].lower()
    says = find_code(" ".join(text.split()), (name,), codes)
    return (value[0].index, value[-1].index, says) if says is not None else None
