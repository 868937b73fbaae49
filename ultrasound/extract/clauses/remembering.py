"""Clauses that repeat an earlier exam: by a word such as "previously", or by its date."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.contrasts import contrast
from ultrasound.extract.clauses.exam_again import quotes_scan
from ultrasound.extract.clauses.exam_dates import (
    LAST,
    MONTHS,
    PRESENT,
    WITHIN,
    WORD_AGO,
    YEAR,
    names_time,
    read_dated,
)
from ultrasound.extract.clauses.former_words import (
    PAST,
    dates_no_exam,
    found_at,
    found_when,
    is_date,
    measured_before,
    opens_comparing,
    tells_nothing,
    told_last,
    turns_to_today,
)
from ultrasound.extract.clauses.separators import CHANGED
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_INSTEAD: Final = "instead"
_NOW: Final = frozenset({*PRESENT, "measure", "refluxe"})
_LISTED: Final = (",", "and", "no", "with", "without")
_GOES_ON: Final = (",", "and", "&")
_SET_AGAINST: Final = (",", ";", "and", "but")
_SINCE: Final = frozenset({"since", "after", "following", "post"})  # a date that goes on
_AGAINST: Final = "against"
_BEFORE: Final = "before"
# the cues and first words without which nothing below finds another day, but for a date's
_TELLING: Final = frozenset({"prior", "current", "now", "as_before", "versus", "against", "from"})
_TOLD: Final = frozenset({"was", "were", "it", _INSTEAD, _AGAINST})
_BRACKET_REACH: Final = 9  # tokens from "previous" to "brackets"
_INSIDE_REACH: Final = 40  # tokens back to the bracket that a clause stands in
_LASTING: Final = frozenset({"remain", "still", "persist"})
_OPENING: Final = ("(", "[")


def find_bracketed(marks: Marks) -> tuple[str, Span] | None:
    """The bracket that holds earlier values by the report's own words, with these.

    As in "values of the previous scan in square brackets".
    """
    for mention in marks.mentions:
        if "prior" not in mention.meaning.cues:
            continue
        ahead = marks.tokens[mention.last + 1 : mention.last + _BRACKET_REACH]
        for token in ahead:
            if token.norm in ("bracket", "parenthesis", "parenthese", "parentheses"):
                told = {other.norm for other in ahead}
                square = "square" in told or (token.norm == "bracket" and _mostly_square(marks))
                return "[" if square else "(", (mention.first, token.index)
    return None


def _mostly_square(marks: Marks) -> bool:
    """Whether more square brackets hold a number than round ones."""
    texts = [token.text for token in marks.tokens]
    held = [one for one, other in pairwise(texts) if other[:1].isdigit()]
    return held.count("[") > held.count("(")


def recall(chunks: Sequence[Chunk], heading: Span, marks: Marks) -> None:
    """Take what stands under a heading of comparison for the earlier exam's."""
    for chunk in chunks:
        if "now" in chunk.kinds:
            return  # "prior study: 5 mm; current: 6 mm"
        words = [token.norm for token in marks.tokens[chunk.first : chunk.last + 1]]
        if "current" in chunk.kinds or not _LASTING.isdisjoint(words):
            continue  # "the left GSV remains closed"
        chunk.prior, chunk.quoted = chunk.prior or heading, True


def remember(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Carry a word like "previously" over the rest of its clause, until a word of today."""
    if not _may_tell(chunks, marks):
        return
    bracketed = marks.bracketed
    active: Span | None = None
    depth = clause = 0
    opened = False  # by the first words of the sentence, which hold for its like clauses
    for index, chunk in enumerate(chunks):
        leaves = chunk.clause != clause and not (opened and _goes_on(chunk, marks))
        became = chunk.separator == CHANGED  # "increased from 3 mm to 4 mm"
        verb = marks.tokens[chunk.first].norm in PRESENT
        # "previously closed, has …", "previously ablated and remain closed"
        became |= chunk.separator in _GOES_ON and verb and not opened
        became |= chunk.separator == "and" and turns_to_today(chunk, marks, active, opened=opened)
        if leaves or became or (chunk.depth < depth and depth > 0):
            active, opened = None, False
        clause = chunk.clause
        found = None if dates_no_exam(chunks, index, marks) else _prior_of(chunk, marks)
        found = found or found_when(chunk, marks) or measured_before(chunks[: index + 1], marks)
        if "current" in chunk.kinds:
            active, chunk.former = None, _former_of(chunk, marks)
        if found is not None and (active is None or chunk.depth <= depth):
            active, depth = found, chunk.depth
            opened = _opens(chunks[: index + 1], found)
        later = chunks[index + 1 : index + 2]
        chunk.prior = active or found_at(chunks, index, marks) or _was_then(chunk, later, marks)
        if bracketed is not None and chunk.depth > 0 and _inside(marks, chunk, bracketed[0]):
            chunk.prior = bracketed[1]
        depth = depth if chunk.depth else 0
    _quote_labelled(chunks)
    contrast(chunks)


def _quote_labelled(chunks: Sequence[Chunk]) -> None:
    """Mark what stands behind the label of an earlier exam: "Previous scan (May): GSV closed"."""
    parts = (index for index, chunk in enumerate(chunks) if chunk.separator == ":")
    colon = next(parts, len(chunks))
    if any(chunk.predicates or chunk.groups for chunk in chunks[:colon]):
        return
    for chunk in chunks[colon:]:
        at = chunk.prior
        chunk.quoted |= at is not None and at[1] < chunks[colon].first


def _may_tell(chunks: Sequence[Chunk], marks: Marks) -> bool:
    """Whether anything in a sentence may be of another day: in most there is nothing."""
    if not chunks:
        return False
    if marks.bracketed is not None or names_time(marks, chunks[0].first, chunks[-1].last):
        return True
    return any(
        not _TELLING.isdisjoint(chunk.kinds)
        or marks.tokens[chunk.first].norm in _TOLD
        or _BEFORE in chunk.norms
        for chunk in chunks
    )


def _was_then(chunk: Chunk, later: Sequence[Chunk], marks: Marks) -> Span | None:
    """The verb of what is set against today: "which was 5.0 mm and is 5.1 mm now".

    ``later`` is the clause behind it.
    """
    for cue in chunk.cues("from") if later and later[0].separator == CHANGED else ():
        return cue.first, cue.last  # "from 5 to 7 mm and the time from 1.2 to 2.8 s"
    if not chunk.predicates or not later or later[0].groups or chunk.cues("current"):
        return None
    if (then := _told_behind(chunk, later[0], marks)) is not None:
        return then
    if chunk.separator == "then" and later[0].cues("current") and _goes_to_now(later[0], marks):
        return chunk.first - 1, chunk.first - 1
    if later[0].separator not in _SET_AGAINST:
        return None
    if not (later[0].cues("current") and later[0].predicates):
        return None
    if any(p.finding and p.finding.property == "treatment" for p in chunk.predicates):
        return None
    words = marks.tokens[chunk.first : chunk.last + 1]
    return next(((t.index, t.index) for t in words if t.norm in ("was", "were")), None)


def _goes_to_now(later: Chunk, marks: Marks) -> bool:
    """Whether today's finding follows: ", then competent, is now incompetent"."""
    return later.separator == "," and marks.tokens[later.first].norm in PRESENT


def _told_behind(chunk: Chunk, later: Chunk, marks: Marks) -> Span | None:
    """The time told at the end of a list: "it was 3.5 mm and competent before treatment"."""
    listed = later.separator in _LISTED and later.clause == chunk.clause
    told = _prior_of(later, marks) if listed and later.predicates else None
    undone = marks.tokens[later.first].norm == "not"  # "1.9 s, not measured on the last exam"
    if told is None or undone or told[0] <= later.predicates[0].last:
        return None
    words = [token.norm for token in marks.tokens[chunk.first : later.last + 1]]
    verbs = words[: later.first - chunk.first]  # "0.52 cm, it was 0.45 cm in 2022" is of today
    alone = chunk.separator in (*_OPENING, ";") and isinstance(chunk.elements[0], Number)
    then = (alone or not PAST.isdisjoint(verbs)) and _NOW.isdisjoint(words)
    return told if then else None


def _opens(chunks: Sequence[Chunk], cue: Span) -> bool:
    """Whether nothing is named or found before a word like "previously"."""
    places = [group.first for chunk in chunks for group in chunk.groups]
    said = [predicate.first for chunk in chunks for predicate in chunk.predicates]
    return all(first > cue[0] for first in (*places, *said))


def _goes_on(chunk: Chunk, marks: Marks) -> bool:
    """Whether a clause only lists more: "before treatment the SFJ was 9 mm; mid thigh 7 mm"."""
    words = {token.norm for token in marks.tokens[chunk.first : chunk.last + 1]}
    measured = any(p.numbers for p in chunk.predicates)
    return chunk.separator == ";" and measured and words.isdisjoint(PRESENT)


def _former_of(chunk: Chunk, marks: Marks) -> Span | None:
    """The earlier exam at which there was what the clause says is no longer there."""
    if not any(p.negated for p in chunk.predicates):
        return None
    for cue in chunk.cues("prior"):
        return cue.first, cue.last
    return read_dated(marks.tokens[chunk.first : chunk.last + 1])


def _inside(marks: Marks, chunk: Chunk, bracket: str) -> bool:
    """Whether a clause stands inside of such a bracket."""
    closing = {"[": "]", "(": ")"}[bracket]
    for index in range(chunk.first - 1, max(-1, chunk.first - _INSIDE_REACH), -1):
        text = marks.tokens[index].text
        if text in (bracket, closing):
            return text == bracket
    return False


def _prior_of(chunk: Chunk, marks: Marks) -> Span | None:
    tokens = marks.tokens[chunk.first : chunk.last + 1]
    timed = names_time(marks, chunk.first, chunk.last)
    dated = read_dated(tokens) if timed else None
    if dated is not None and dated[0] == tokens[0].index:
        return dated  # "In 2024 it was still closed"
    if "current" in chunk.kinds or opens_comparing(chunk, marks):
        return None
    if _is_set_against(chunk, tokens):
        return chunk.first, chunk.first
    for cue in chunk.cues("prior", "versus"):
        if tells_nothing(chunk, marks, cue):
            continue
        if cue.cue("prior") or not any(group.has_leg for group in chunk.groups):
            return cue.first, cue.last  # "5 mm vs 7 mm on the left" is no earlier exam
    bracketed = timed and chunk.separator in _OPENING
    if _was_before(chunk, tokens) or (bracketed and is_date(chunk, tokens, marks)):
        return tokens[0].index, tokens[0].index
    return (
        dated or told_last(chunk, marks) or (_found_then(chunk, tokens, marks) if timed else None)
    )


def _is_set_against(chunk: Chunk, tokens: Sequence[Token]) -> bool:
    """Whether an earlier value is set against today's: "against 4 mm", "instead of 7.5 mm".

    That of the other leg is today's as well: "against 4 mm on the left".
    """
    if any(group.has_leg for group in chunk.groups):
        return False
    if chunk.separator == "versus" and (chunk.cues("against") or _is_from(chunk)):
        return True
    if tokens[0].norm == _INSTEAD and not chunk.groups:
        return any(n.unit for p in chunk.predicates for n in p.numbers)
    return tokens[0].norm == _AGAINST and len(tokens) > 1 and tokens[1].kind == "number"


def _is_from(chunk: Chunk) -> bool:
    """Whether a clause is the value that another one came from: "6 mm from 5 mm"."""
    measured = [n for p in chunk.predicates for n in p.numbers if n.unit is not None]
    return "from" in chunk.kinds and len(chunk.predicates) == len(measured) == 1


def _found_then(chunk: Chunk, tokens: Sequence[Token], marks: Marks) -> Span | None:
    """The time at which something was found: "incompetent in 2021", "0.6 s two years ago".

    A treatment has its date, and a finding after one has none: "closed after laser in 2021".
    """
    words = {token.norm for token in tokens}
    found = [p.finding.property for p in chunk.predicates if p.finding is not None]
    measured = any(n.unit is not None for p in chunk.predicates for n in p.numbers)
    if "treatment" in found or not (found or measured):
        return None
    if not words.isdisjoint(PRESENT) or not words.isdisjoint(_SINCE):
        return None
    if quotes_scan(tokens, marks):
        return None
    for position, (before, token) in enumerate(pairwise(tokens)):
        year = token.kind == "number" and YEAR.fullmatch(token.text) is not None
        within = tokens[position - 1].norm if before.norm == "the" and position else before.norm
        led = within in WITHIN and year  # "in 2021", "during the 2021 pregnancy"
        ago = token.norm == WORD_AGO or (before.norm == "last" and token.norm in LAST | MONTHS)
        if led or ago:
            return before.index, token.index
    return None


def _was_before(chunk: Chunk, tokens: Sequence[Token]) -> bool:
    """Whether a number is told alone in the past: "3.0 mm (was 2.9 mm)", "3.0 mm. Was 2.9"."""
    if tokens[0].norm not in ("was", "were"):
        return False
    alone = len(tokens) > 1 and tokens[1].kind == "number"
    return chunk.separator in _OPENING or (chunk.separator in ("start", ";", ",") and alone)
