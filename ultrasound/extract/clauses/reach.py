"""Where the reach of a denial ends in speech without commas: "no clot no reflux"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.knowledge.schema_text import Finding

Denial = tuple[Span, bool]  # the words that deny, and whether they do so weakly
_OWN_DENIALS: Final = ("no", "nil", "negative")  # that open the words of a finding
_DENIED: Final = ("thrombus", "reflux", "compressibility", "patency")
_APART: Final = ("reflux", "compressibility")  # no adjective of a clot
_NEAR: Final = 2  # tokens from "reflux" over "lasting" or "of" to its time
_OF_NOUNS: Final = ("no", "nil", "without", "of", "for", "from", "neither")  # that deny things
_THE: Final = "the"
_GRADES: Final = "ly"
_THINGS: Final = (
    *("incompetence", "insufficiency", "incontinence", "incompetency"),
    *("change", "web", "scar", "scarring", "synechiae", "synechia", "thickening", "septation"),
    *("occlusion", "recanalisation", "recanalization", "obstruction"),
)
_ARTICLES: Final = ("a", "an", "the", "any")
_RULING_OUT: Final = ("excludes", "rules")
_SIGHT: Final = ("see", "visualize", "visualise", "out")
NORMAL: Final = ("absent", "patent", "full", "open")


def reaching(
    chunk: Chunk,
    predicate: Predicate,
    denial: Denial | None,
    waiting: Sequence[Predicate],
    marks: Marks,
) -> Denial | None:
    """The denial in force at a finding, None where it stands apart from the one before it.

    One with a denial or an answer of its own does, and so does an adjective behind a noun that is
    denied, unless it may tell of that noun: "no thrombus occluding the vein".
    """
    if denial is None or predicate.answered or marks.tokens[predicate.first].norm in _OWN_DENIALS:
        return None
    finding = predicate.finding
    if finding is None:
        return denial
    if finding.kind == "word" and _is_given(chunk, predicate, marks):
        return None
    verb = marks.tokens[denial[0][1]].norm not in _OF_NOUNS
    denied = list(_denied(waiting, denial[0]))
    others = any(f.kind == "noun" and f.property != finding.property for f in denied)
    timed = others and finding.property == "reflux" and _is_timed(chunk, predicate)
    return None if timed or _is_apart(finding, denied, verb=verb) else denial


def _is_given(chunk: Chunk, predicate: Predicate, marks: Marks) -> bool:
    """Whether an adjective is part of a vein's name, which is not denied: "the competent SFJ".

    As in "fed by a perforator, not by the competent SFJ".
    """
    named = any(group.first == predicate.last + 1 for group in chunk.groups)
    before = [t.norm for t in marks.tokens[max(0, predicate.first - 2) : predicate.first]]
    grade = before[:1] == [_THE] and before[-1].endswith(_GRADES)  # "the grossly incompetent SSV"
    return named and (before[-1:] == [_THE] or grade)


def is_thing(predicate: Predicate, marks: Marks) -> bool:
    """Whether it is there or not: a noun, or the class of an EHIT ("the EHIT 1 is gone")."""
    finding = predicate.finding
    if finding is None:
        return False
    return is_noun(finding) or marks.tokens[predicate.last].norm in _THINGS


def is_noun(finding: Finding) -> bool:
    """Whether words are the name of a thing: a noun, or an EHIT with its class or without."""
    return finding.kind == "noun" or finding.value.startswith("ehit") or finding.property == "ehit"


def affirms_other(denied: Predicate, later: Chunk) -> bool:
    """Whether a clause says that another thing is there: "no thrombus seen, reflux seen in …"."""
    own = denied.finding
    if denied.negated is None or own is None or own.kind != "noun" or later.separator != ",":
        return False
    said = [p for p in later.predicates if p.finding is not None]
    others = [p.finding for p in said if p.negated is None and p.finding is not None]
    nouns = all(f.kind == "noun" and f.property != own.property for f in others)
    return bool(said) and len(others) == len(said) and nouns


def _is_timed(chunk: Chunk, predicate: Predicate) -> bool:
    """Whether a time is told of a finding: "no clot reflux 1.2 s", "no clot 1.2 s reflux"."""
    return any(
        0 < p.first - predicate.last <= _NEAR or 0 < predicate.first - p.last <= _NEAR
        for p in chunk.predicates
        if p.numbers and p.numbers[0].unit is not None and p.numbers[0].unit.kind == "time"
    )


def free_last(waiting: Sequence[Predicate], denial: Denial | None) -> None:
    """Free a noun that is said to be there from the denial of the one before it.

    As in "no thrombus reflux seen"; with an "or" between them both are denied, in two clauses.
    """
    if denial is None or len(waiting) <= 1:
        return
    before, last = waiting[-2:]
    if before.finding is None or last.finding is None:
        return
    nouns = before.finding.kind == last.finding.kind == "noun"
    if nouns and before.finding.property != last.finding.property:
        last.negated = None if before.negated == last.negated == denial[0] else last.negated


def _is_apart(finding: Finding, denied: Sequence[Finding], *, verb: bool) -> bool:
    """Whether an adjective cannot tell of the nouns that are denied before it.

    Nor is anything denied by the "not" of an adjective before it (``verb``): "not compressible
    acute thrombus", "not dilated competent".
    """
    if verb and any(f.kind == "word" for f in denied):
        return True
    ill = [f for f in denied if f.value not in NORMAL]
    if finding.kind != "word":
        return finding.kind == "noun" and len(ill) < len(denied)
    if finding.value in NORMAL:
        return bool(ill)
    others = any(f.kind == "noun" and f.property != finding.property for f in ill)
    return others and finding.property in _APART


def _denied(waiting: Sequence[Predicate], denial: Span) -> Iterator[Finding]:
    """The findings that a denial has taken away so far."""
    for predicate in waiting:
        finding = predicate.finding
        if finding is not None and finding.property in _DENIED and predicate.negated == denial:
            yield finding


def is_absence(
    chunk: Chunk, predicate: Predicate, follower: Element | PlaceGroup | None, marks: Marks
) -> bool:
    """Whether a word denies the finding behind it, and says nothing of the vein.

    The "absent" of "absent reflux", and the "could not see" of "could not see any thrombus".
    """
    finding = predicate.finding
    state = None if finding is None else (finding.property, finding.value)
    if state == ("anatomy", "not_visualized"):
        sight = marks.tokens[predicate.last].norm in _SIGHT
        return sight and any(p.finding and p.first > predicate.last for p in chunk.predicates)
    row = follower.row("finding") if isinstance(follower, Mention) else None
    return state == ("anatomy", "absent") and row is not None and row.kind == "noun"


def denies_next(element: Mention, marks: Marks) -> bool:
    """Whether a verb denies the noun straight behind it: "we excluded thrombosis of the left FV".

    "Exclude DVT" asks for it, and "the scan excludes DVT" denies it.
    """
    if not element.cue("denial_before"):
        return False
    if element.cue("question") and not is_ruling_out(element, marks):
        return False
    index = element.last + 1
    while index < len(marks.tokens) and marks.tokens[index].norm in _ARTICLES:
        index += 1
    noun = marks.mention_at(index)
    while noun is not None and (noun.row("age") is not None or noun.meaning.is_place):
        noun = marks.mention_at(noun.last + 1)
    row = noun.row("finding") if noun is not None else None
    return row is not None and row.kind == "noun"


def is_ruling_out(element: Mention, marks: Marks) -> bool:
    """Whether what could be a question is a verb that says the answer: "excludes", "rules out"."""
    return marks.tokens[element.first].text.lower() in _RULING_OUT
