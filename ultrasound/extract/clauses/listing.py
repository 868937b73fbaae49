"""Words before a colon that judge all that is listed behind it: "Excluded: DVT in both legs"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.clauses.reach import NORMAL, is_thing
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_SIGNS: Final = (":", "-")
_LONGEST: Final = 3  # clauses of "Excluded with confidence: …"
_DENYING: Final = ("denial_after", "none", "negative", "listed_denial", "weak_negation")
_DOUBTING: Final = ("uncertain",)
_BESIDE: Final = ("now", "current", "affirmation_after", "negation", "manoeuvre")
_WORDS: Final = frozenset(
    {"on", "in", "this", "the", "of", "with", "by", "be", "following", "finding", "today"}
    | {"scan", "study", "exam", "examination", "ultrasound", "duplex", "sonography"}
    | {"confidence", "certainty", "confidently", "clearly", "definitely", "here"}
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The clauses of a list, the words that judge it, and what these say of it."""

    chunks: Sequence[Chunk]
    span: Span
    says: str  # "denied", "unlikely", "untested" or "uncertain"


def find_listing(chunks: Sequence[Chunk], marks: Marks) -> Listing | None:
    """The list that a sentence opens with a judgement of; the words before it find nothing."""
    at = next((i for i, c in enumerate(chunks[:_LONGEST]) if i and c.separator in _SIGNS), 0)
    if not at:
        return None
    heads, rest = chunks[:at], chunks[at:]
    if not all(_may_judge(e) for head in heads for e in head.elements):
        return None
    said = next((said for head in heads if (said := _judgement(head))), None)
    things = [thing for chunk in rest for thing in _things(chunk, marks)]
    if said is None or not things or (said[1] == "untested" and _finds(rest)):
        return None
    for head in heads:
        head.predicates = []
    return Listing(rest, *said)


def _finds(chunks: Sequence[Chunk]) -> bool:
    """Whether more than nouns is told: "left out of the report: incompetent Boyd perforator"."""
    return any(
        p.finding is None or p.finding.kind != "noun" for chunk in chunks for p in chunk.predicates
    )


def judge_listed(listing: Listing | None, marks: Marks) -> None:
    """Deny or doubt what a list names, or say that it was not tested."""
    if listing is None:
        return
    for chunk in listing.chunks:
        things = list(_things(chunk, marks))
        if len(things) < len(chunk.predicates) or any(thing.affirmed for thing in things):
            return  # a statement of its own ends the list
        if listing.says in ("uncertain", "unlikely") and things:
            chunk.uncertain = chunk.uncertain or listing.span
        if listing.says == "uncertain":
            continue
        for thing in things:
            _judge(thing, listing)


def _judge(thing: Predicate, listing: Listing) -> None:
    if thing.negated is not None or thing.finding is None:
        return
    if listing.says != "untested":
        thing.negated = listing.span
        return
    changed = {"value": "not_assessed", "denied": None, "kind": "word"}
    thing.finding = thing.finding.model_copy(update=changed)


def _judgement(head: Chunk) -> tuple[Span, str] | None:
    """The words of a clause that judge a list, and what they say of it."""
    for cue in head.cues(*_DENYING, *_DOUBTING, "negation"):
        if cue.first == cue.last and not cue.cue(*_DENYING, *_DOUBTING):
            continue  # a mere "no" is an answer
        span = (cue.first, cue.last)
        weak = "unlikely" if cue.cue("weak_negation") else "denied"
        return span, "uncertain" if cue.cue(*_DOUBTING) else weak
    untested = [p for p in head.predicates if _is_untested(p)]
    return ((untested[0].first, untested[0].last), "untested") if untested else None


def _is_untested(predicate: Predicate) -> bool:
    return predicate.finding is not None and predicate.finding.value == "not_assessed"


def _may_judge(element: Element | PlaceGroup) -> bool:
    """Whether a word belongs to such an opening: "not found on this scan"."""
    if isinstance(element, Token):
        return element.norm in _WORDS
    if not isinstance(element, Mention):
        return False
    row = element.row("finding")
    if row is not None and (row.value == "not_assessed" or row.property == "anatomy"):
        return True
    if element.cue("question", "neutral", "exam_name"):
        return False
    return row is None and element.cue(*_DENYING, *_DOUBTING, *_BESIDE)


def _things(chunk: Chunk, marks: Marks) -> Iterator[Predicate]:
    """What a clause lists: nouns, and adjectives straight before their vein."""
    places = {group.first for group in chunk.groups}
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or finding.denied is None or finding.value in NORMAL:
            continue
        if finding.kind == "noun" or predicate.last + 1 in places or is_thing(predicate, marks):
            yield predicate
