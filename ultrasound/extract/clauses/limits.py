"""Sentences that define the report's own limits, and measure nothing: "abnormal: > 0.5 s"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import GROUPS, HOLDERS, Fact, Outcome, Pass
from ultrasound.extract.lines.layout import Sentence
from ultrasound.extract.places.sites import Span
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number, read_number
from ultrasound.extract.words.tokens import Token

# The reflux limits of the criteria sets in ms, as seconds and ms (a test holds them together).
USUAL_LIMITS: Final = frozenset(map(Decimal, ("350", "500", "1000", "0.35", "0.5", "1")))
_EXACT: Final = ("=", "~")
_OPENING: Final = 2  # tokens before the word of limits: "normal limits: 0.5 s"
_CONDITIONS: Final = frozenset({"if", "when"})
_SIGNS: Final = (":", "=", "-", "–")
_VERDICTS: Final = ("threshold", "limit", "normal", "grade")


def find_limit(chunks: Sequence[Chunk]) -> Span | None:
    """The words by which a sentence only defines limits, None where it may find something."""
    if _is_seen(chunks):
        return None
    cue = _opening_limit(chunks) or _only_limit(chunks) or _normal_size(chunks)
    return (cue.first, cue.last) if cue is not None else _usual_limits(chunks)


def _is_seen(chunks: Sequence[Chunk]) -> bool:
    """Whether a reflux is seen in a vein: "There is significant reflux (> 0.5 s) in the GSV"."""
    veins = [p for c in chunks for g in c.groups for p in g.parts if p.vein not in (None, *GROUPS)]
    verdicts = [cue for chunk in chunks for cue in chunk.cues("threshold", "limit")]
    numbers = [n for c in chunks for p in c.predicates for n in p.numbers]
    if not veins or _sets_condition(chunks, numbers):
        return False
    if any(cue.last > cue.first for cue in verdicts):  # "is considered", "limit of"
        # "the GSV is abnormal with reflux up to 3.5 s"
        reached = bool(numbers) and all(n.attained and not _is_usual(n) for n in numbers)
        return reached and all(cue.cue("judging") for cue in verdicts)
    opens = any(cue.first == chunks[0].first for cue in chunks[0].cues("here"))  # "There is …"
    seen = any(chunk.cues("affirmation_after") for chunk in chunks)
    found = [p.finding for c in chunks for p in c.predicates if p.finding is not None]
    graded = len(numbers) == len(veins) == 1 and bool(chunks[0].cues("grade"))
    graded = graded and any(finding.property == "reflux" for finding in found)
    return opens or seen or graded


def _sets_condition(chunks: Sequence[Chunk], numbers: Sequence[Number]) -> bool:
    """Whether limits in use are told with "if" or "when", or several: "reflux if over 500 ms"."""
    usual = bool(numbers) and all(map(_is_usual, numbers))
    several = len({(n.low, n.unit) for n in numbers}) > 1
    return usual and (several or any(not _CONDITIONS.isdisjoint(c.norms) for c in chunks))


def go_on_limiting(chunks: Sequence[Chunk], before: Sequence[Pass]) -> Span | None:
    """The first number of a sentence that lists further limits, and names no leg.

    As in "Criteria: superficial veins > 500 ms. Incompetent perforator >= 3.5 mm.".
    """
    if not before or any(p.rule != "threshold" for p in before):
        return None
    numbers = [n for chunk in chunks for p in chunk.predicates for n in p.numbers]
    if not numbers or any(n.comparator in _EXACT or n.attained for n in numbers):
        return None
    if any(group.has_leg for chunk in chunks for group in chunk.groups):
        return None
    return numbers[0].first, numbers[0].last


def states_limit(
    marks: Marks, sentence: Sentence, passes: Sequence[Pass], outcomes: Sequence[Outcome]
) -> bool:
    """Whether a sentence states the report's own limit: it defines a time, and measures none."""
    inside = range(sentence.first, sentence.last)
    if not any(p.rule == "threshold" for p in passes):
        return False
    if any(isinstance(o, Fact) and o.cue[0] in inside for o in outcomes):
        return False
    numbers = marks.numbers_in(sentence.first, sentence.last)
    return any(n.unit is not None and n.unit.kind == "time" for n in numbers)


def _opening_limit(chunks: Sequence[Chunk]) -> Mention | None:
    """A word of limits that opens the sentence."""
    limits = chunks[0].cues("threshold", "limit") if chunks else []
    opens = bool(limits) and limits[0].first == chunks[0].first and not chunks[0].groups
    if opens and any(judges_vein(chunk, limits[0]) for chunk in chunks):
        return None
    return limits[0] if opens else None


def _normal_size(chunks: Sequence[Chunk]) -> Mention | None:
    """The word before veins of no leg, and only bounds behind: "Normal GSV: up to 4 mm"."""
    cues = chunks[0].cues("normal", "unremarkable") if chunks else []
    if not cues or cues[0].first != chunks[0].first:
        return None
    listed = len(chunks) > 1 and chunks[1].separator in _SIGNS
    if not listed and not chunks[0].predicates:
        return None  # "Normal deep veins, GSV < 3 mm"
    predicates = [p for chunk in chunks for p in chunk.predicates]
    found = any(p.finding and p.finding.kind == "word" for p in predicates)
    numbers = [n for p in predicates for n in p.numbers]
    bounds = bool(numbers) and all(n.comparator not in _EXACT for n in numbers)
    legs = any(group.has_leg for chunk in chunks for group in chunk.groups)
    return cues[0] if bounds and not (found or legs) else None


def _only_limit(chunks: Sequence[Chunk]) -> Mention | None:
    """The word of limits of a sentence in which every number is a bound and nothing is found."""
    limit = next((cue for chunk in chunks for cue in chunk.cues("threshold", "limit")), None)
    if limit is None:
        return None
    predicates = [p for chunk in chunks for p in chunk.predicates]
    numbers = [n for p in predicates for n in p.numbers]
    found = any(p.finding and p.finding.kind == "word" for p in predicates)
    bounds = all(n.comparator not in _EXACT for n in numbers) or _lists_limits(
        chunks, limit, numbers
    )
    judged = _is_of_vein(chunks, numbers, (limit.first, limit.last))
    return limit if numbers and bounds and not found and not judged else None


def _lists_limits(chunks: Sequence[Chunk], limit: Mention, numbers: Sequence[Number]) -> bool:
    """Whether a list of limits in use follows: "cut-off 0.5 s superficial, 1 s deep (CFV, FV)"."""
    opens = limit.first - chunks[0].first <= _OPENING
    legs = any(group.has_leg for chunk in chunks for group in chunk.groups)
    return opens and not legs and all(n.unit and _is_limit_in_use(n) for n in numbers)


def _usual_limits(chunks: Sequence[Chunk]) -> Span | None:
    """The verdict beside numbers that all are limits in use: "reflux > 0.5 s = incompetent"."""
    numbers = [e for chunk in chunks for e in chunk.elements if isinstance(e, Number)]
    if not numbers:
        return None
    bounded = any(n.comparator not in _EXACT for n in numbers) or _lists_kinds(chunks, numbers)
    timed = any(n.unit is not None and n.unit.kind == "time" for n in numbers)
    if not (bounded and timed and all(_is_usual(number) for number in numbers)):
        return None
    verdict = _find_verdict(chunks, numbers[0].first) or _find_kinds(chunks, numbers)
    if verdict is None or any(group.has_leg for chunk in chunks for group in chunk.groups):
        return None
    return None if _is_of_vein(chunks, numbers, verdict) else verdict


def _is_of_vein(chunks: Sequence[Chunk], numbers: Sequence[Number], verdict: Span) -> bool:
    """Whether a single number is of the vein before it: "SSV reflux > 1 s, abnormal"."""
    clauses = {c.clause for c in chunks if numbers and c.first <= numbers[0].first <= c.last}
    near = [group for c in chunks if c.clause in clauses for group in c.groups]
    veins = [group for group in near if group.has_vein]
    single = len(numbers) == 1 and len(veins) == 1 and len(veins[0].parts) == 1
    if not single or veins[0].first > numbers[0].first:
        return False
    # no limit has a level: "significant reflux in the GSV at the calf, lasting over 1 s"
    return veins[0].first < verdict[0] or veins[0].has_spot


def _is_limit_in_use(number: Number) -> bool:
    timed = number.unit is not None and number.unit.kind == "time"
    return timed and number.high is None and read_number(number.low, number.unit) in USUAL_LIMITS


def _is_usual(number: Number) -> bool:
    kind = number.unit.kind if number.unit is not None else "time"
    bound = kind == "time" or number.comparator not in _EXACT
    if number.high is not None or kind not in ("time", "length") or not bound:
        return False
    return kind == "length" or read_number(number.low, number.unit) in USUAL_LIMITS


def _find_verdict(chunks: Sequence[Chunk], first: int) -> Span | None:
    """The word of limits, or the sign before the name of what exceeds them, next to a number."""
    spans = [(c.first, c.last) for chunk in chunks for c in chunk.cues(*_VERDICTS)]
    spans += [
        (e.index, e.index)
        for chunk in chunks
        for e in chunk.elements
        if isinstance(e, Token) and e.text == "="
    ]
    return min(spans, key=lambda span: abs(span[0] - first), default=None)


def _lists_kinds(chunks: Sequence[Chunk], numbers: Sequence[Number]) -> bool:
    """Whether limits in use follow a label, each before its kinds of veins.

    As in "Reflux: 500 ms superficial and perforator, 1000 ms deep".
    """
    veins = [part.vein for chunk in chunks for group in chunk.groups for part in group.parts]
    kinds = bool(veins) and all(vein in HOLDERS for vein in veins)
    label = len(chunks) > 1 and chunks[1].separator == ":" and not chunks[0].groups
    return kinds and label and len(numbers) > 1 and all(map(_is_limit_in_use, numbers))


def _find_kinds(chunks: Sequence[Chunk], numbers: Sequence[Number]) -> Span | None:
    """The word that opens limits by kinds of veins: "Reflux: > 0.5 s superficial, > 1 s deep".

    A report measures one vein and another, not two kinds of them.
    """
    opening = chunks[0].predicates[:1]
    noun = bool(opening) and opening[0].finding is not None and opening[0].first == chunks[0].first
    veins = [part.vein for chunk in chunks for group in chunk.groups for part in group.parts]
    kinds = [vein for vein in veins if vein in HOLDERS]
    behind = all(g.first > numbers[0].last for chunk in chunks for g in chunk.groups)
    several = len({(n.low, n.unit) for n in numbers}) > 1
    listed = noun and bool(kinds) and behind and several
    return (opening[0].first, opening[0].first) if listed else None


def judges(chunk: Chunk, cue: Mention) -> bool:
    """Whether a word that may define a limit judges what was found."""
    return _finds_in_vein(chunk, cue) or _is_judged(chunk, cue) or judges_vein(chunk, cue)


def names_limit(chunk: Chunk) -> tuple[str, Span] | None:
    """The rule by which a clause that finds nothing states a limit, with its word."""
    limits = chunk.cues("limit")
    found = (p.finding.kind for p in chunk.predicates if p.finding)
    if not limits or any(kind in ("word", "noun") for kind in found):
        return None
    if judges_vein(chunk, limits[0]):
        return None
    return "threshold", (limits[0].first, limits[0].last)


def judges_vein(chunk: Chunk, cue: Mention) -> bool:
    """Whether "abnormal" judges the vein of a clause: "abnormal popliteal vein", ": POPV 2.2 s".

    A limit has its number, which is a bound or a limit in use.
    """
    if not cue.cue("judging"):
        return False
    vein = any(group.has_vein for group in chunk.groups)
    numbers = [n for p in chunk.predicates for n in p.numbers]
    measured = any(n.comparator in _EXACT and not _is_usual(n) for n in numbers)
    return vein and (measured or not numbers)


def _finds_in_vein(chunk: Chunk, cue: Mention) -> bool:
    """Whether a clause says of a vein what no number limits: "GSV is pathologically refluxing"."""
    if not any(p.finding is not None and p.finding.kind == "word" for p in chunk.predicates):
        return False
    first = min(cue.first, chunk.predicates[0].first)
    named = any(g.has_vein and g.first < first for g in chunk.groups[:1])
    return named and not any(p.numbers for p in chunk.predicates)


def _is_judged(chunk: Chunk, cue: Mention) -> bool:
    """Whether a time of one leg is judged: "0.35 s in the left CFV is regarded as physiological".

    A limit is of no leg, and is told as a bound or of both.
    """
    before = [n for p in chunk.predicates for n in p.numbers if n.last < cue.first]
    timed = [n for n in before if n.unit is not None and n.unit.kind == "time"]
    exact = bool(timed) and all(n.comparator in ("=", "~") for n in before)
    parts = [part for g in chunk.groups if g.first < cue.first for part in g.parts]
    named = {leg for part in parts for leg in part.legs}
    # under the heading of its leg: "reflux of 0.2 s in the CFV is considered physiological"
    single = any(part.vein or part.has_spot for part in parts)
    single = single and not any(part.vein in GROUPS for part in parts)
    one = len(named) == 1 or ((bool(named) or single) and bool(chunk.cues("physiological")))
    return exact and one and all(n.last < cue.first for p in chunk.predicates for n in p.numbers)
