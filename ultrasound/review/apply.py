"""Decisions put into the facts of one study, by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.domain import (
    SET_ASIDE,
    Assertion,
    Correction,
    Leg,
    Observation,
    Place,
    Reviewer,
    ReviewItem,
    Study,
    Support,
)
from ultrasound.pipeline import Amend
from ultrasound.review.values import LEG
from ultrasound.write.origins import identify
from ultrasound.write.review_rows import IN_FORCE, NOT_FOUND, SUPERSEDED, identify_review

_KEPT_FLAGS: Final = ("duplicated_trunk",)
_FLAGS_OF_LEG: Final = ("leg_inferred", "conflict")


def make_amend(corrections: Sequence[Correction]) -> Amend | None:
    """What puts these decisions into a study; None where there are none."""
    if not corrections:
        return None

    def amend(
        study: Study, observations: tuple[Observation, ...], review: tuple[ReviewItem, ...]
    ) -> tuple[tuple[Observation, ...], tuple[Correction, ...]]:
        hashes = {document.name: document.sha256 for document in study.documents}
        desk = _Desk(observations, review, hashes)
        done = [c for c in (desk.take(correction) for correction in corrections) if c is not None]
        return tuple(desk.facts), tuple(done)

    return amend


class _Desk:
    """The facts of a study while the decisions are put in, one after the other."""

    def __init__(
        self,
        observations: Iterable[Observation],
        review: Sequence[ReviewItem],
        hashes: Mapping[str, str],
    ) -> None:
        self.facts: list[Observation] = []
        self._hashes = hashes
        self._places: dict[str, list[int]] = {}
        self._done: set[tuple[object, ...]] = set()
        for observation in observations:
            self._append(observation)
        keys = identify_review(review, hashes)
        self._items = dict(zip(keys, review, strict=True))

    def take(self, correction: Correction) -> Correction | None:
        """Put one decision in; it comes back with its document, None where it is not of here."""
        document = self._find_document(correction)
        if document is None:
            return None
        correction = replace(correction, document=document)
        if correction.state == SUPERSEDED:
            return correction
        return replace(correction, state=self._put_in(correction, document))

    def _put_in(self, correction: Correction, document: str) -> str:
        """Do what was decided, and say what became of it; what two decided alike is done once."""
        known = correction.observation in self._places or correction.observation is None
        if correction.decision == "add":
            outcome: tuple[object, ...] = (correction.id,)
        elif correction.decision == "accept" or correction.observation is None:
            return IN_FORCE if known else NOT_FOUND
        else:
            outcome = (correction.observation, correction.property, correction.value_to)
        if outcome not in self._done:
            if correction.decision == "add":
                self._append(_make_addition(correction, document))
            elif not self._change(correction):
                return NOT_FOUND
            self._done.add(outcome)
        return IN_FORCE

    def _find_document(self, correction: Correction) -> str | None:
        """The document that a decision is about: that of its fact or of its review item."""
        numbers = self._places.get(correction.observation or "")
        if numbers:
            return self.facts[numbers[0]].document
        item = self._items.get(correction.review or "")
        return None if item is None else item.document

    def _change(self, correction: Correction) -> bool:
        """Correct or reject the facts of an id; False where there are none."""
        numbers = [
            number
            for number in self._places.get(correction.observation or "", ())
            if not any(flag in SET_ASIDE for flag in self.facts[number].flags)
        ]
        for number in numbers:
            fact = self.facts[number]
            flag = "rejected" if correction.value_to is None else "corrected"
            self.facts[number] = replace(fact, flags=(*fact.flags, flag))
            if correction.value_to is not None and number == numbers[0]:
                self._append(_correct(fact, correction))
        return bool(numbers)

    def _append(self, observation: Observation) -> None:
        key = identify(observation, self._hashes)
        self._places.setdefault(key, []).append(len(self.facts))
        self.facts.append(observation)


def _make_addition(correction: Correction, document: str) -> Observation:
    place = Place(correction.leg, correction.vein or "", correction.segment, correction.item)
    value, source = correction.value_to or "", Reviewer(correction.id)
    return Observation(place, correction.property or "", value, source, document)


def _correct(fact: Observation, correction: Correction) -> Observation:
    """The fact as the reviewer states it.

    With a value, the doubts about its reading are settled; with a leg, those about its place.
    """
    fact = replace(
        fact, source=Reviewer(correction.id), support=(Support("corrects", fact.source),)
    )
    if correction.property == LEG:
        place = replace(fact.place, leg=Leg(str(correction.value_to)))
        flags = tuple(flag for flag in fact.flags if flag not in _FLAGS_OF_LEG)
        return replace(fact, place=place, flags=flags)
    return replace(
        fact,
        value=correction.value_to or fact.value,
        assertion=Assertion.AFFIRMED,
        derivation=None,
        flags=tuple(flag for flag in fact.flags if flag in _KEPT_FLAGS),
    )
