"""What decisions are made with, and how one is drawn up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ultrasound.domain import Correction, Leg, Quantity
from ultrasound.knowledge import Knowledge
from ultrasound.review.compare import Row
from ultrasound.review.values import LEG
from ultrasound.write.origins import ID_LENGTH, write_json
from ultrasound.write.review_rows import write_value

_INITIALS: Final = re.compile(r"[^\W\d_][\w .'-]{0,11}")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a cell; ``fatal``: nothing is written until it is mended."""

    text: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """What decisions are made with.

    ``facts`` are the observations that an edit may be about, by id; ``first`` gives the first
    observation of each exam and document; ``initials`` stand for those that a cell does not give.
    """

    facts: Mapping[str, Row]
    first: Mapping[tuple[str, str | None], Row]
    knowledge: Knowledge
    workbook: str
    decided: str
    initials: str | None = None

    def name_reviewer(self, initials: str | None) -> str | None:
        """Who decided, None where nobody is named."""
        who = initials or self.initials
        return who if who is not None and _INITIALS.fullmatch(who) else None

    def find_anchor(self, study: str, document: str | None) -> Row | None:
        """An observation that a new fact joins: of the exam, or of one document of it."""
        return self.first.get((study, document))

    def list_facts(self, row: Row) -> list[Row]:
        """The observations that a row rests on."""
        ids = str(row["observations"] or "").split("; ")
        return [self.facts[key] for key in ids if key in self.facts]


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision that still lacks its fact and its value."""

    desk: Desk
    decision: str
    cell: str
    initials: str
    review: str | None

    def make(
        self, fact: Row | None, prop: str | None, value: Quantity | str | None, place: Row
    ) -> Correction:
        """The decision on a fact, or at a place where nothing was read.

        Args:
            fact: the observation that it is about; for an addition, one of the same document.
            prop: the property.
            value: what holds, None where nothing is put in its place.
            place: leg, vein, segment and item.
        """
        observation = None if fact is None else str(fact["id"])
        leg, item = place["leg"], place.get("item")
        where = tuple(place.get(name) for name in ("leg", "vein", "segment", "item"))
        parts = (observation, self.review, self.decision, prop, write_value(value), *where)
        text = write_json([None if part is None else str(part) for part in parts])
        return Correction(
            id=hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH],
            decision=self.decision,
            observation=observation,
            review=self.review,
            leg=None if leg is None else Leg(str(leg)),
            vein=None if place["vein"] is None else str(place["vein"]),
            segment=None if place["segment"] is None else str(place["segment"]),
            item=item if isinstance(item, int) else None,
            property=prop,
            value_from=None if self.decision == "add" or fact is None else show_value(fact, prop),
            value_to=value,
            initials=self.initials,
            decided=self.desk.decided,
            workbook=self.desk.workbook,
            cell=self.cell,
        )


def show_value(fact: Row, prop: str | None = None) -> str | None:
    """A value of the observations table, or its leg, in the form in which reviewers write it."""
    if prop == LEG:
        return None if fact["leg"] is None else str(fact["leg"])
    if fact["value_number"] is None:
        return str(fact["value_code"])
    sign = "" if fact["comparator"] == "=" else f"{fact['comparator']} "
    upper = "" if fact["upper"] is None else f" to {_plain(fact['upper'])}"
    return f"{sign}{_plain(fact['value_number'])}{upper} {fact['unit']}"


def _plain(number: object) -> str:
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)
