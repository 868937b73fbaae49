"""What a study's page has to say: facts, facts of the exam, what was left out, what is to decide.

Each is a note with a key. The key is the id of its words on the page, ``e-`` and the key that of
its entry in the lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ultrasound.domain import (
    SEVERITIES,
    Context,
    Dismissal,
    Observation,
    Origin,
    Result,
    Reviewer,
    ReviewItem,
)
from ultrasound.knowledge.schema_criteria import DisplayTable
from ultrasound.write.origins import ObservationIds
from ultrasound.write.reasons import (
    LineNumbers,
    describe_context,
    list_doubts,
    list_reasons,
    name_fact,
)
from ultrasound.write.review_rows import IN_FORCE, describe_decision
from ultrasound.write.rows import sort_observations

Row = Mapping[str, object]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was read: its words (``origins``), and what made it what it is."""

    kind: str
    key: str
    tip: str
    origins: tuple[Origin, ...]
    supports: tuple[Origin, ...] = ()

    @property
    def entry(self) -> str:
        """The id of its entry in the lists."""
        return f"e-{self.key}"

    def anchor(self, number: int) -> str:
        """The id of one of its words: the key, numbered from the second on."""
        return self.key if number == 0 else f"{self.key}-{number + 1}"


@dataclass(frozen=True, slots=True)
class Noted(Generic[Thing]):
    """A thing of the study with its note."""

    thing: Thing
    note: Note


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes of a study; facts in the order of the observations table, review worst first.

    ``reasons`` say of a fact why it was read so, and of what is decided who decided.
    """

    facts: tuple[Noted[Observation], ...]
    context: tuple[Noted[Context], ...]
    left_out: tuple[Noted[Dismissal], ...]
    review: tuple[Noted[ReviewItem], ...]
    decided: tuple[Noted[ReviewItem], ...]
    reasons: dict[str, list[str]]

    def __iter__(self) -> Iterator[Note]:
        for group in (self.facts, self.context, self.left_out, self.review, self.decided):
            yield from (noted.note for noted in group)


def take_notes(result: Result, rows: Mapping[str, Sequence[Row]], display: DisplayTable) -> Notes:
    """Everything that was read from a study's documents, each with its key.

    Args:
        result: the study, assessed.
        rows: its rows by table; those of the review table are the items in their order.
        display: the order of veins and levels.
    """
    ids = ObservationIds({document.name: document.sha256 for document in result.study.documents})
    lines = LineNumbers(result.study.documents)
    used: Counter[str] = Counter()
    facts = []
    reasons = {}
    decisions = _Decisions(rows["corrections"])
    for observation in sort_observations(result, display):
        own = ids.find(observation)
        key = _number(f"o-{own}", used)
        reasons[key] = [*decisions.of_fact(own, observation), *list_reasons(observation, lines)]
        facts.append(Noted(observation, _note_fact(observation, key, reasons[key])))
    review: list[Noted[ReviewItem]] = []
    decided: list[Noted[ReviewItem]] = []
    for item, row in zip(result.review, rows["review"], strict=True):
        key = f"q-{row['id']}"
        if row["decision"] is None:
            review.append(Noted(item, _note_review(item, key)))
        else:
            reasons[key] = decisions.of_item(str(row["id"]))
            decided.append(Noted(item, _note_decided(item, key, reasons[key])))
    return Notes(
        tuple(facts),
        tuple(
            Noted(found, Note("context", f"c-{n}", describe_context(found), (found.source,)))
            for n, found in enumerate(result.context, 1)
        ),
        tuple(
            Noted(found, Note("left_out", f"d-{n}", _tell_dismissal(found), (found.origin,)))
            for n, found in enumerate(result.dismissals, 1)
        ),
        tuple(sorted(review, key=_rank)),
        tuple(sorted(decided, key=_rank)),
        reasons,
    )


def _rank(noted: Noted[ReviewItem]) -> int:
    return SEVERITIES.index(noted.thing.severity)


class _Decisions:
    """The decisions in force, in words: by themselves, by their fact, and by their item."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._made: dict[tuple[str, object], dict[str, None]] = {}
        for row in rows:
            if row["state"] == IN_FORCE:
                fact = None if row["decision"] == "add" else row["observation"]
                for key in (("made", row["id"]), ("fact", fact), ("item", row["review"])):
                    self._made.setdefault(key, {})[describe_decision(row)] = None

    def of_fact(self, key: str, observation: Observation) -> list[str]:
        """What made a fact, and what became of it."""
        source = observation.source
        made = self._made.get(("made", source.row), {}) if isinstance(source, Reviewer) else {}
        return [*made, *self._made.get(("fact", key), {})]

    def of_item(self, key: str) -> list[str]:
        """What was decided on an item."""
        return [*self._made.get(("item", key), {})]


def _number(key: str, used: Counter[str]) -> str:
    """The key, numbered where another fact has the same one: the value is not part of an id."""
    used[key] += 1
    return key if used[key] == 1 else f"{key}-n{used[key]}"


def _note_fact(observation: Observation, key: str, reasons: Iterable[str]) -> Note:
    doubts = ", ".join(list_doubts(observation)).replace("_", " ")
    told = name_fact(observation) + (f" [{doubts}]" if doubts else "")
    supports = tuple(dict.fromkeys(support.origin for support in observation.support))
    return Note("fact", key, "\n  ".join([told, *reasons]), (observation.source,), supports)


def _tell_dismissal(dismissal: Dismissal) -> str:
    return f"left out: {dismissal.rule.replace('_', ' ')}"


def _note_review(item: ReviewItem, key: str) -> Note:
    tip = f"to decide ({item.severity}): {item.message}"
    return Note("review", key, tip, tuple(dict.fromkeys(item.origins)))


def _note_decided(item: ReviewItem, key: str, decisions: Iterable[str]) -> Note:
    tip = "\n  ".join([f"decided: {item.message}", *decisions])
    return Note("decided", key, tip, tuple(dict.fromkeys(item.origins)))
