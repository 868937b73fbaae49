"""Rows of what a person has to decide, and of what was decided."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ultrasound.domain import (
    Correction,
    Observation,
    Origin,
    Quantity,
    Result,
    Reviewer,
    ReviewItem,
    TextSpan,
)
from ultrasound.numerals import write_bounds
from ultrasound.write.origins import ID_LENGTH, ObservationIds, place_key, quote_of, write_json
from ultrasound.write.source_rows import Row, join_list

IN_FORCE, SUPERSEDED, NOT_FOUND = "in_force", "superseded", "not_found"
LATE = "late-"  # begins the id of an item that arose beside other studies
_NOTHING_READ = ("unread", "no_vein_named")


@dataclass(frozen=True, slots=True)
class LateItem:
    """A review item that arises once all studies are there, and the ids of its observations."""

    item: ReviewItem
    facts: tuple[str, ...] = ()


def identify_review(items: Iterable[ReviewItem], hashes: Mapping[str, str]) -> list[str]:
    """The id of each review item: the same after moving the file or wording the message anew.

    Args:
        items: All items of one study, in their order.
        hashes: SHA-256 of each document, by its name.
    """
    return _make_ids(
        (
            hashes.get(item.document, item.document),
            item.code,
            *(place_key(origin) for origin in item.origins),
            *(item.leg, item.vein, item.segment),
        )
        for item in items
    )


def identify_late(items: Iterable[LateItem], study: str) -> list[str]:
    """The ids of the items of one study that arose beside other studies.

    Such an item is known by the facts that it holds against each other, wherever their files lie;
    one without facts is known by its study.
    """
    named = _make_ids((LATE, x.item.code, *(x.facts or (study,))) for x in items)
    return [f"{LATE}{key}" for key in named]


def _make_ids(named: Iterable[Sequence[object]]) -> list[str]:
    """An id of each; those that nothing tells apart are numbered."""
    seen: Counter[str] = Counter()
    found = []
    for parts in named:
        text = write_json([None if part is None else str(part) for part in parts])
        seen[text] += 1
        numbered = f"{text}{seen[text]}".encode("utf-8", "surrogatepass")
        found.append(hashlib.sha256(numbered).hexdigest()[:ID_LENGTH])
    return found


def review_rows(
    result: Result, ids: ObservationIds, hashes: Mapping[str, str]
) -> tuple[list[Row], list[ReviewItem]]:
    """The rows of the review table, and the items that nobody has decided yet."""
    decided = find_decided(result.corrections)
    sources: dict[str, list[Observation]] = {}
    for observation in result.observations:
        sources.setdefault(observation.document, []).append(observation)
    rows: list[Row] = []
    undecided = []
    for key, item in zip(identify_review(result.review, hashes), result.review, strict=True):
        about = ids.join(_find_targets(item, sources))
        rows.append(review_row(item, result.study.key, key, about, decided.get(key)))
        if key not in decided:
            undecided.append(item)
    return rows, undecided


def find_decided(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """The decision in force on each review item, by the item's id.

    One that changes something comes before the acceptance of what agrees with it.
    """
    decided: dict[str, Correction] = {}
    for correction in corrections:
        key = correction.review
        if key is None or correction.state != IN_FORCE:
            continue
        if key not in decided or decided[key].decision == "accept":
            decided[key] = correction
    return decided


def review_row(
    item: ReviewItem, study: str, key: str, about: str | None, decision: Correction | None
) -> Row:
    """One row of the review table; what the reviewer fills in is empty until there is a decision.

    Args:
        item: what a person has to decide.
        study: the key of its exam.
        key: its id.
        about: the ids of the observations that it is about.
        decision: the decision in force.
    """
    quotes = dict.fromkeys(quote for origin in item.origins if (quote := quote_of(origin)))
    return {
        "study": study,
        "document": item.document,
        "leg": item.leg,
        "vein": item.vein,
        "segment": item.segment,
        "code": item.code,
        "severity": item.severity,
        "message": item.message,
        "quotes": join_list(quotes),
        "suggestion": item.suggestion,
        "decision": None,
        "corrected_value": None,
        "initials": None,
        "observations": about,
        "id": key,
        **({} if decision is None else _show_decision(decision)),
    }


def _find_targets(
    item: ReviewItem, sources: Mapping[str, Sequence[Observation]]
) -> list[Observation]:
    """The facts of the words that an item is about, at its leg, vein and level where it names them.

    A statement over a range is several facts of the same words; an item may point at a part of
    the words of its fact.
    """
    if item.code in _NOTHING_READ:
        return []
    named = (x.document for x in item.origins if not isinstance(x, Reviewer))
    documents = dict.fromkeys((item.document, *named))
    here = [
        o
        for document in documents
        for o in sources.get(document, ())
        if item.leg in (None, o.place.leg)
        and item.vein in (None, o.place.vein)
        and item.segment in (None, o.place.segment)
    ]
    exact = [o for o in here if o.source in item.origins]
    return exact or [o for o in here if any(_overlap(o.source, x) for x in item.origins)]


def _overlap(one: Origin, other: Origin) -> bool:
    """Whether two places are words of one text that have some in common."""
    if not isinstance(one, TextSpan) or not isinstance(other, TextSpan):
        return False
    same = (one.document, one.part) == (other.document, other.part)
    return same and one.start < other.end and other.start < one.end


def _show_decision(correction: Correction) -> Row:
    value = write_value(correction.value_to)
    if correction.property == "leg":
        value = f"leg {value}"
    if correction.decision == "add":
        where = (correction.leg, correction.vein, correction.segment, correction.property)
        value = " ".join(str(word) for word in (*where, value) if word)
    return {
        "decision": correction.decision,
        "corrected_value": value,
        "initials": correction.initials,
    }


def correction_row(correction: Correction, study: str | None) -> Row:
    """One row of the corrections table."""
    return {
        "id": correction.id,
        "study": study,
        "document": correction.document,
        "leg": correction.leg,
        "vein": correction.vein,
        "segment": correction.segment,
        "item": correction.item,
        "property": correction.property,
        "decision": correction.decision,
        "value_from": correction.value_from,
        "value_to": write_value(correction.value_to),
        "initials": correction.initials,
        "decided": correction.decided,
        "workbook": correction.workbook,
        "cell": correction.cell,
        "state": correction.state,
        "observation": correction.observation,
        "review": correction.review,
    }


def describe_decision(row: Mapping[str, object]) -> str:
    """A row of the corrections table in words: what was decided, by whom, when and where."""
    leg = "leg " if row["property"] == "leg" else ""
    read = f"{row['value_from']} " if row["value_from"] else ""
    done = {
        "accept": f"{read}accepted",
        "correct": f"{leg}corrected from {read or 'not said '}to {row['value_to']}",
        "reject": f"{read}rejected",
        "add": "added",
    }[str(row["decision"])]
    where = f"{row['workbook']}, {row['cell']}"
    return f"{done.replace('_', ' ')} by {row['initials']}, {row['decided']} ({where})"


def write_value(value: Quantity | str | None) -> str | None:
    """A value as the reviewer may write it, in the contract's units: ``> 2300 ms``, ``4 to 6 mm``.

    It is read back exactly.
    """
    if not isinstance(value, Quantity):
        return value
    return f"{write_bounds(value)} {value.unit}"
