"""Nouns that are no finding: "standing for reflux", "recanalised after thrombosis"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import TIMES
from ultrasound.extract.facts.fact import GROUPS
from ultrasound.extract.words.marks import Marks

_BEFORE_NOUN: Final = frozenset(
    {"the", "a", "an", "his", "her", "this", "that", "any", "possible", "superficial", "deep"}
    | {"venous", "axial", "underlying", "their", "your"}
)
_TREATING: Final = frozenset({"treating", "treat", "treatment", "correcting", "abolishing"})
_JUDGING: Final = ("negation", "weak_negation", "uncertain", "positive", "free", "negative")
_AFTER: Final = ("after", "following")  # "recanalised after thrombosis"
_UNIT: Final = 5  # tokens of "(msec):"
_OPENS_UNIT: Final = ("(", "in", ",")
_SOUGHT: Final = ("reflux", "thrombus")


def note_sought(chunk: Chunk, marks: Marks) -> None:
    """Note the nouns behind "for" or "after" that no word before it finds or denies."""
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is None or finding.kind != "noun" or finding.property not in _SOUGHT:
            continue
        if predicate.first > chunk.first + 1:
            index = predicate.first - 1
            while index > chunk.first + 1 and marks.tokens[index].norm in _BEFORE_NOUN:
                index -= 1
            if finding.property == "thrombus":
                index = _leave_place(marks, chunk, index)
            before = marks.tokens[index]
            judged = marks.mention_over(before.index - 1)
            known = judged is not None and judged.cue(*_JUDGING)
            led = before.norm == "for" or (before.norm in _AFTER and finding.property == "thrombus")
            treats = marks.tokens[index - 1] if before.norm == "of" else before
            led |= treats.norm in _TREATING and finding.property == "reflux"
            predicate.sought = led and not known and not predicate.negated


def _leave_place(marks: Marks, chunk: Chunk, index: int) -> int:
    """The "after" before the place and age of a past noun: "after lower leg thrombosis 2016"."""
    at = index
    while at > chunk.first + 1:
        over = marks.mention_over(at)
        known = over is not None and (over.meaning.is_place or over.cue("prior", "limb"))
        if not known and marks.tokens[at].norm not in _BEFORE_NOUN:
            break
        at -= 1
    return at if marks.tokens[at].norm in _AFTER else index


def note_declared(chunk: Chunk, marks: Marks) -> None:
    """Note the noun that only declares what numbers behind it are: "GSV reflux (s): SFJ 1.2"."""
    last = chunk.predicates[-1]
    noun = last.finding is not None and last.finding.kind == "noun" and not last.numbers
    if not noun or last.negated:
        return
    if _has_unit(marks, last.last + 1):
        last.sought = True
    if last.last != chunk.last:
        return
    behind = [token.text for token in marks.tokens[chunk.last + 1 : chunk.last + 1 + _UNIT]]
    if behind[:1] == ["("]:
        closed = behind.index(")") if ")" in behind else len(behind)
        unit = not any(text.isdigit() for text in behind[:closed])
        last.sought = last.sought or (unit and behind[closed + 1 : closed + 2] == [":"])


def _has_unit(marks: Marks, index: int) -> bool:
    """Whether a unit stands at a token, and a list behind it: "in ms:", "(s)   SFJ 1.9"."""
    tokens = marks.tokens[index : index + _UNIT]
    if tokens and tokens[0].text in _OPENS_UNIT:
        tokens = tokens[1:]
    if not tokens or tokens[0].norm not in TIMES:
        return False
    tokens = tokens[2:] if [t.text for t in tokens[1:2]] == [")"] else tokens[1:]
    if not tokens or "\n" in tokens[0].gap:
        return False
    return tokens[0].text in (":", "=") or "  " in tokens[0].gap


def note_technique(before: Sequence[Chunk], chunk: Chunk) -> None:
    """Note the reflux of a bracket beside a system that only tells how one was sought.

    As in "SUPERFICIAL SYSTEM (standing, reflux on calf squeeze)".
    """
    if not chunk.depth or chunk.groups or "manoeuvre" not in chunk.kinds:
        return
    veins = {part.vein for c in before for group in c.groups for part in group.parts}
    headed = all(c.depth for c in before)  # the system is the heading that the bracket follows
    if veins <= set(GROUPS) and (veins or headed):
        for predicate in chunk.predicates:
            noun = predicate.finding is not None and predicate.finding.kind == "noun"
            predicate.sought = predicate.sought or (noun and not predicate.negated)


def share_asked(asked: Chunk, chunk: Chunk) -> None:
    """Let what answers a noun speak of its veins: "DVT: no thrombus in the veins seen"."""
    noun = asked.predicates[-1] if asked.predicates else None
    own = noun.finding if noun is not None and noun.heads else None
    if own is None or own.vein is None or any(g.has_vein for g in chunk.groups):
        return
    for predicate in chunk.predicates:
        finding = predicate.finding
        if finding is not None and finding.property == own.property and finding.vein is None:
            predicate.finding = finding.model_copy(update={"vein": own.vein})
