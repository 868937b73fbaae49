"""What identity.toml holds: labels of identity lines, forms of their values, names of months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from pydantic import Field

from ultrasound.domain import Leg
from ultrasound.knowledge.tables import Row, load_table
from ultrasound.knowledge.terms import join_terms

Form = Literal["id", "name", "date", "title", "status"]
_SEPARATOR: Final = (
    r"(?:[ \t]*\([^()\n]{1,20}\))?[ \t]*(?P<number>\b(?:no|nr|num|number)\b\.?|\#)?"
    r"[ \t]*(?P<colon>:|=(?!=)|\.{3,}:?)|[ \t]*(?P<hash>\#)|\.?(?=[ \t])"
)


class LabelRow(Row):
    """The words before a fact of one kind, and the form that the fact must have."""

    fact: Literal[
        "patient_id",
        "patient_name",
        "birth_date",
        "exam_date",
        "accession",
        "exam_title",
        "report_status",
    ]
    form: Form
    words: tuple[str, ...] = Field(min_length=1)
    numbered: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    least_words: int = 1


class EndRow(Row):
    """Labels that are not read and end the value before them."""

    words: tuple[str, ...]


class OrderSideRow(Row):
    """Words that name the side in the title of an order."""

    right: frozenset[str]
    left: frozenset[str]
    both: frozenset[str]

    def find_leg(self, title: str) -> Leg | None:
        """The one leg that a title names, None for none or both."""
        words = set(re.findall(r"[\w/]+", title.casefold()))
        named = [leg for leg in Leg if words & getattr(self, leg.value)]
        return named[0] if len(named) == 1 and not words & self.both else None


class NameRow(Row):
    """What tells a person's name from other words after "Patient:"."""

    no_name: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]


class TitleRow(Row):
    """What tells an exam's title from other lines near the top."""

    exam_words: frozenset[str]
    plain_words: frozenset[str]
    vein_words: frozenset[str]
    no_title: frozenset[str]
    no_start: frozenset[str]
    lines: int
    longest: int


class StatusRow(Row):
    """The words for each state of a report."""

    final: tuple[str, ...]
    preliminary: tuple[str, ...]
    draft: tuple[str, ...]
    amended: tuple[str, ...]
    addendum: tuple[str, ...]
    standing_alone: tuple[str, ...]


class DateRow(Row):
    """The months by name, and the two limits that settle a year of two digits."""

    first_exam_year: int
    last_century_above: int
    months: dict[str, int]


class IdentityTable(Row):
    """identity.toml as a whole."""

    label: tuple[LabelRow, ...]
    order_side: OrderSideRow
    ends: EndRow
    name: NameRow
    title: TitleRow
    status: StatusRow
    dates: DateRow


@dataclass(frozen=True, slots=True)
class IdentityKnowledge:
    """identity.toml, made ready for reading lines.

    ``label`` finds any label of the table: its ``words``, then the ``number`` ("no", "#") and
    ``colon`` or ``hash`` that follow; none of the three for words that only white space follows,
    which are labels where they are ``bare`` or a column of their own.
    ``states`` maps a word to the state of the report that it names; ``silent`` are lines below
    the title that were read before and told nothing.
    """

    table: IdentityTable
    label: re.Pattern[str]
    bare: frozenset[str]
    states: Mapping[str, str]
    state: re.Pattern[str]
    standing_alone: re.Pattern[str]
    silent: set[str] = field(default_factory=set, compare=False)


@lru_cache(maxsize=1)
def load_identity() -> IdentityKnowledge:
    """Load identity.toml; raises KnowledgeError that names the key."""
    return compile_identity(load_table("identity.toml", IdentityTable))


def compile_identity(table: IdentityTable) -> IdentityKnowledge:
    """Make the patterns of a table."""
    words = {word for row in table.label for word in (*row.words, *row.numbered, *row.bare)}
    label = rf"(?<![\w/'’-])(?P<words>{_any_of(words | set(table.ends.words))})(?:{_SEPARATOR})"
    states = {
        word: state
        for state in ("final", "preliminary", "draft", "amended", "addendum")
        for word in getattr(table.status, state)
    }
    alone = _any_of(table.status.standing_alone)
    return IdentityKnowledge(
        table=table,
        label=re.compile(label, re.IGNORECASE),
        bare=frozenset(word for row in table.label for word in row.bare),
        states=states,
        state=re.compile(rf"(?:{_any_of(states)})\b", re.IGNORECASE),
        standing_alone=re.compile(
            rf"(?:^|[(*\[])[ \t*]*(?P<state>{alone})(?:[ \t]+(?:report|result)s?)?"
            r"[ \t]*(?:$|[)*\]:])"
            rf"|\b(?P<titled>{alone})[ \t]+report\b",
            re.IGNORECASE,
        ),
    )


def _any_of(words: Iterable[str]) -> str:
    """Alternatives, the longest first, with any white space between the words of one."""
    return join_terms(words, r"[ \t]+")
