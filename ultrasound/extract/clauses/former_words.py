"""Words such as "previous" and "was": whether they tell of an earlier exam where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of, start_of
from ultrasound.extract.clauses.exam_dates import PRESENT, YEAR, find_dates
from ultrasound.extract.clauses.old_clots import dates_cause, tells_of_old
from ultrasound.extract.clauses.separators import CHANGED
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

_LONGEST_DATE, _FULL_DATE = 3, 5  # tokens
PAST: Final = frozenset({"was", "were", "had", "measured", "refluxed"})
_COMPARED: Final = "Compared"
_ALIKE: Final = frozenset({"unchanged", "change", "stable", "similar", "same", "identical"})
_OPENING: Final = 3  # tokens before "compared with": "No significant change compared with …"
_SINCE, _HAS = "since", frozenset({"has", "have"})
_BEFORE: Final = "before"
_STILL: Final = "still"
_WHEN, _WHICH, _AT = "when", "which", ("at", "in", "on", "during")
_FOUND: Final = ("time", "length", "velocity")  # kinds of numbers that a scan finds
_OPERATIONS: Final = ("surgery", "operation", "surgical", "operative", "intervention", "procedure")
_IS: Final = ("is", "are")
_DOES: Final = ("compress", "refluxe", "measure")
_THE, _IT, _VEIN = ("the", "this"), ("it", "they"), "vein"
_FROM: Final = "from"
_TREATED: Final = 3  # tokens from "previous" to the treatment: "previous left GSV stripping"


def tells_nothing(chunk: Chunk, marks: Marks, cue: Mention) -> bool:
    """Whether a word tells of no earlier exam: "tapers from", and the operation of long ago.

    As in "absent following previous surgery", "previous GSV surgery", "previous GSV stripping".
    """
    if cue.cue("versus") and _tapers(chunk, marks, cue.last):
        return True
    if cue.cue("prior") and tells_of_old(chunk, marks, cue):
        return True
    since = [t.norm for t in marks.tokens[max(0, cue.first - 2) : cue.first]]
    if _SINCE in since and not _HAS.isdisjoint(chunk.norms):
        return True  # "has progressed since the prior exam"
    follows = marks.tokens[cue.last + 1 : cue.last + 1 + _TREATED]
    named = takewhile(lambda t: t.kind != "sign", follows)
    operated = any(token.norm in _OPERATIONS for token in named)
    treated = _is_treated(chunk, follows) or _was_treated(chunk, cue)
    return bool(cue.cue("prior")) and (operated or treated)


def _is_treated(chunk: Chunk, tokens: Sequence[Token]) -> bool:
    """Whether a treatment begins within tokens that no sign parts."""
    done = [p.first for p in chunk.predicates if p.finding and p.finding.property == "treatment"]
    words = [t.index for t in takewhile(lambda t: t.kind != "sign", tokens)]
    return not set(done).isdisjoint(words)


def _was_treated(chunk: Chunk, cue: Mention) -> bool:
    """Whether a word stands straight behind the treatment alone: "GSV stripped previously"."""
    done = [p for p in chunk.predicates if p.finding and p.finding.property == "treatment"]
    return done == chunk.predicates and any(p.last == cue.first - 1 for p in done)


def _tapers(chunk: Chunk, marks: Marks, after: int) -> bool:
    """Whether a size changes along the vein: "decreased from 7 mm at the SFJ to 4 mm"."""
    rest = [e for e in chunk.elements if start_of(e) > after]
    if _leads_place(marks, after, rest):
        return True
    placed = any(isinstance(e, PlaceGroup) and e.has_spot for e in rest)
    onward = any(marks.tokens[end_of(e)].norm == CHANGED for e in rest)
    return placed and onward and isinstance(rest[0], Number)


def _leads_place(marks: Marks, after: int, rest: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a place and no value follows straight: "enlarged from the SFJ to the knee"."""
    named = [e for e in rest if not isinstance(e, Token)]
    led = marks.tokens[after].norm == _FROM and bool(named)
    return led and isinstance(named[0], PlaceGroup) and named[0].has_spot


def dates_no_exam(chunks: Sequence[Chunk], index: int, marks: Marks) -> bool:
    """Whether a date is that of a treatment alone, or of a cause: "RFA of the GSV, 6 weeks ago"."""
    chunk, before = chunks[index], chunks[index - 1] if index else None
    if dates_cause(chunk, marks):
        return True
    if before is None or chunk.groups or any(isinstance(e, Mention) for e in chunk.elements):
        return False
    if any(n.unit and n.unit.kind in _FOUND for p in chunk.predicates for n in p.numbers):
        return False
    done = [p.finding.property for p in before.predicates if p.finding is not None]
    return set(done) == {"treatment"}


def found_when(chunk: Chunk, marks: Marks) -> Span | None:
    """The "when" behind a year, which tells what was then: "same as 2020, when it was 4 mm"."""
    opens, *rest = marks.tokens[chunk.first : chunk.last + 1]
    treated = any(p.finding and p.finding.property == "treatment" for p in chunk.predicates)
    if opens.norm != _WHEN or treated or "current" in chunk.kinds:
        return None
    dates = [t for t in marks.tokens[max(0, opens.index - 2) : opens.index] if t.text != ","]
    dated = bool(dates) and YEAR.fullmatch(dates[-1].text) is not None
    past = not PAST.isdisjoint(token.text.lower() for token in rest)
    return (opens.index, opens.index) if dated and past else None


def found_at(chunks: Sequence[Chunk], index: int, marks: Marks) -> Span | None:
    """The "at which" behind an earlier exam: "the scan of last year, at which it was occluded"."""
    chunk, opens = chunks[index], chunks[index].first - 1
    if chunk.separator != _WHICH or marks.tokens[opens - 1].norm not in _AT:
        return None
    words = {token.text.lower() for token in marks.tokens[chunk.first : chunk.last + 1]}
    treated = any(p.finding and p.finding.property == "treatment" for p in chunk.predicates)
    today = any(marks.tokens[cue.first].norm != _STILL for cue in chunk.cues("current"))
    if treated or today or PAST.isdisjoint(words):
        return None
    exam = next((c for c in reversed(chunks[:index]) if len(c.elements) > 1), None)
    told = exam is not None and not exam.predicates and exam.cues("prior")
    return (opens, opens) if told else None


def measured_before(chunks: Sequence[Chunk], marks: Marks) -> Span | None:
    """The verb of a second number of a kind, told in the past: "1.5 s; it was 0.9 s".

    Or the label that today is compared with: "Compared to 5/2/24: the SFJ was 7.1 mm".
    """
    if (label := _compared_with(chunks, marks)) is not None:
        return label
    if len(chunks) == 1 or chunks[-1].separator != ";" or chunks[-1].groups:
        return None
    words = [token.norm for token in marks.tokens[chunks[-1].first : chunks[-1].first + 2]]
    then, now = (
        {n.unit.kind for p in chunk.predicates for n in p.numbers if n.unit is not None}
        for chunk in (chunks[-1], chunks[-2])
    )
    told = words[:1] == ["it"] and words[1:] == ["was"] and bool(then) and then == now
    past = {token.norm for token in marks.tokens[chunks[-2].first : chunks[-2].last + 1]}
    return (chunks[-1].first, chunks[-1].first + 1) if told and past.isdisjoint(PAST) else None


def _compared_with(chunks: Sequence[Chunk], marks: Marks) -> Span | None:
    """The words before a colon that compare, where what stands behind it is told in the past."""
    *before, chunk = chunks
    first = marks.tokens[chunks[0].first]
    if not before or chunk.separator != ":" or first.norm != _COMPARED.lower():
        return None
    if any(other.groups for other in before) or "current" in chunk.kinds:
        return None
    words = {token.norm for token in marks.tokens[chunk.first : chunk.last + 1]}
    return None if words.isdisjoint(PAST) else (first.index, before[-1].last)


def told_last(chunk: Chunk, marks: Marks) -> Span | None:
    """The "before" that ends a clause behind its number: "1.4 s in the POPV, 1.6 s before".

    Or the "then" beside a number alone: "1.0 s today, 1.2 s then", "5 mm (then 4 mm)".
    """
    led = [t.norm for t in marks.tokens[max(0, chunk.first - 2) : chunk.first]]
    words = marks.tokens[chunk.last + 1 : chunk.last + 3]
    ends = not words[1:] or words[1].kind == "sign"
    alone = all(isinstance(e, Number) and e.unit for e in chunk.elements)
    if words and words[0].norm == "then" and ends and alone and not chunk.cues("current"):
        return words[0].index, words[0].index
    if alone and led in (["(", "then"], ["[", "then"]):
        return chunk.first - 1, chunk.first - 1
    rest = [e for e in chunk.elements if not (isinstance(e, Token) and e.text == ".")]
    if len(rest) <= 1 or not (isinstance(rest[-1], Token) and isinstance(rest[-2], Number)):
        return None
    word = rest[-1]
    return (word.index, word.index) if word.norm == _BEFORE else None


def opens_comparing(chunk: Chunk, marks: Marks) -> bool:
    """Whether an earlier exam is only what today is held against: "Compared with March, …".

    Or without a comma: "Compared with the scan of May the popliteal vein has recanalised"; or the
    exams are said to be alike: "Unchanged from the prior study: chronic thrombus in the FV".
    """
    if _are_alike(chunk, marks):
        return True
    before = [t.text for t in marks.tokens[max(0, chunk.first - 2) : chunk.first + 1]]
    found = [p.first for p in chunk.predicates if p.finding is not None]  # no number of a date
    if _COMPARED not in before:
        return False
    if not found:
        return not chunk.predicates or _is_date(chunk, marks)
    named = chunk.groups[0].last if chunk.groups else chunk.last
    verbs = {t.norm for t in marks.tokens[named + 1 : found[0]]}
    return not verbs.isdisjoint(PRESENT) or marks.tokens[found[0]].text.endswith("es")


def _are_alike(chunk: Chunk, marks: Marks) -> bool:
    """Whether a clause that finds nothing opens a sentence by saying that nothing has changed."""
    measured = any(n.unit is not None for p in chunk.predicates for n in p.numbers)
    if measured or chunk.groups or any(p.finding is not None for p in chunk.predicates):
        return False
    near = [t.norm for t in marks.tokens[max(0, chunk.first - _OPENING) : chunk.last + 1]]
    own = near[len(near) - near[::-1].index(".") :] if "." in near[:-1] else near
    return chunk.separator in ("start", "versus") and not _ALIKE.isdisjoint(own)


def _is_date(chunk: Chunk, marks: Marks) -> bool:
    """Whether the number of a clause is a date: it measures no vein, and no "when" goes on."""
    behind = [t.norm for t in marks.tokens[chunk.last + 1 : chunk.last + 3]]
    measured = any(n.unit is not None for p in chunk.predicates for n in p.numbers)
    return not (chunk.groups or measured) and behind[:1] == [","] and behind[1:] != [_WHEN]


def turns_to_today(chunk: Chunk, marks: Marks, then: Span | None, *, opened: bool) -> bool:
    """Whether a clause tells what a vein does now: "… is no longer seen and the vein compresses".

    ``then`` is what told of an earlier exam: the adjective of what was seen there, or no
    "previously" that ``opened`` its sentence: "… was 2 s last year and the SSV is incompetent".
    """
    if chunk.groups and chunk.groups[0].has_vein:
        verb = marks.tokens[chunk.groups[0].last + 1 : chunk.groups[0].last + 2]
        now = verb[0].norm in (*_IS, *_DOES)
        told = [t.norm for t in marks.tokens[then[1] : chunk.first]] if then and opened else []
        past = not opened or "had" in told  # "On 3/21 the SSV had refluxed, and the CFV is patent"
        return chunk.groups[0].first <= chunk.first + 1 and now and past
    subject, *rest = [t.norm for t in marks.tokens[chunk.first : chunk.first + 2]]
    at = chunk.first + (2 if subject in _THE and rest == [_VEIN] else 1)
    named = subject in _IT or at == chunk.first + 2
    if then is None or not named or at > chunk.last or marks.tokens[then[0]].norm not in _THE:
        return False
    mention = marks.mention_at(at)
    row = mention.row("finding") if mention is not None else None
    does = row is not None and row.kind == "word" and marks.tokens[at].text.endswith("s")
    return marks.tokens[at].norm in PRESENT or does


def is_date(chunk: Chunk, tokens: Sequence[Token], marks: Marks) -> bool:
    """Whether there is a month and its year, and no more: "(12/2023: 4.1 mm)", "(09/02: 4.1 mm)".

    The day and month of the second are a date by their colon, and not the half of "(1/2)".
    """
    dates = [kind for _, kind in find_dates(tokens)]
    if dates == ["day"] and len(tokens) == _FULL_DATE:  # "12/05/2023"
        return not chunk.predicates
    year = dates == ["year"] and not any(
        p.finding or any(n.unit for n in p.numbers) for p in chunk.predicates
    )
    led = dates == ["short"] and [t.text for t in marks.tokens[chunk.last + 1 :][:1]] == [":"]
    said = bool(chunk.predicates) or not (led or dates in (["day"], ["month"]))
    return len(tokens) <= _LONGEST_DATE and (year or not said)
