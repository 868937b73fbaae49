"""What was seen and not used: every vein, finding and measured number ends somewhere.

A vein that is named, a word for a finding and a number with a unit become part of a fact, a doubt
or a dismissal. What none of them covers is told here: in a history it is of the past, a vein of
which only its course is told says nothing, and the rest goes to review as unread, with the leg and
vein that the report names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ultrasound.domain import Leg
from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS, Doubt, Fact, Outcome, Pass
from ultrasound.extract.places.places import FILLERS, Part, PlaceGroup, is_only_leg
from ultrasound.extract.places.sites import Site, Span
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.value import value_type

_Spoken = tuple[tuple[Leg, ...], str | None]  # the legs and the vein that are spoken of
_FOUND: Final = ("reflux", "thrombus", "compressibility")
_EHIT: Final = "ehit"
_STATES: Final = ("word", "noun")
_PLAIN: Final = ("other", "in", "supine", "standing", "sitting", "seated", "lying", "position")
_ALIKE: Final = ("same", "similar", "similarly", "identical", "likewise", "ditto")
_AS: Final = "as"
_BESIDE: Final = (
    *("the", "finding", "as", "is", "are", "appearance", "in", "on", "leg"),
    *("true", "of", "apply", "hold", "for", "to"),  # "the same is true of …"
)
_IS: Final = ("is", "was", "are", "were")
_SIGNS: Final = ("+", "-", "–", "—")
_MEASURES: Final = ("time", "length", "velocity")


@value_type
class Said:
    """A sentence: its clauses, what was made of them, and what was spoken of before it."""

    chunks: Sequence[Chunk]
    outcomes: Sequence[Outcome]
    focus: Sequence[Site]


@value_type
class _Due:
    """Words that must be accounted for, with the leg and vein that they name."""

    span: Span
    legs: tuple[Leg, ...] = ()
    vein: str | None = None
    named: bool = False  # a place, of which nothing is said


class Accountant:
    """Finds what the sentences of a report leave uncovered."""

    def __init__(self, knowledge: TextKnowledge) -> None:
        self._members = {code: set(row.members) for code, row in knowledge.vein_rows.items()}

    def account(self, said: Sequence[Said], *, past: bool) -> Iterator[Outcome]:
        """What the sentences of one paragraph leave uncovered.

        Args:
            said: the sentences in their order.
            past: whether they stand in a history or an indication.
        """
        outcomes = [outcome for sentence in said for outcome in sentence.outcomes]
        covered = [span for outcome in outcomes for span in _spans_of(outcome)]
        for sentence in said:
            yield from _tell_alike(sentence)
            heads = len(sentence.chunks) == 1 and not _words_of(sentence.chunks[0])
            told = outcomes if heads else sentence.outcomes
            facts = [outcome for outcome in told if isinstance(outcome, Fact)]
            site = sentence.focus[-1] if sentence.focus else Site()
            spoken = (site.legs, site.vein)
            for chunk in sentence.chunks:
                dues, spoken = self._list_due(chunk, facts, spoken)
                yield from _list_ways(chunk, covered)
                if chunk.dismissed is None:
                    open_dues = [due for due in dues if not _is_covered(due.span, covered)]
                    if open_dues:
                        cue = _cue_of_nothing(sentence, chunk, covered)
                        more = _says_more(chunk) or _says_sign(sentence.chunks, chunk)
                        yield from _settle(open_dues, cue, chunk, more=more, past=past)

    def doubt_silent(self, chunks: Sequence[Chunk]) -> Iterator[Doubt]:
        """What a section of plans or technique finds all the same: nothing is lost there."""
        for chunk in chunks:
            named = [part for group in chunk.groups for part in group.parts if part.vein]
            if chunk.dismissed is not None or not named:
                continue
            for predicate in chunk.predicates:
                finding = predicate.finding
                if finding is not None and finding.kind == "word" and finding.property in _FOUND:
                    leg = named[0].legs[0] if len(named[0].legs) == 1 else None
                    yield Doubt("unread", (predicate.first, predicate.last), leg, named[0].vein)

    def _list_due(
        self, chunk: Chunk, facts: Sequence[Fact], spoken: _Spoken
    ) -> tuple[list[_Due], _Spoken]:
        """The places of which no fact speaks, the statements, and what is spoken of then."""
        dues: list[_Due] = []
        legs, vein = spoken
        plain = "unremarkable" in chunk.kinds and not chunk.predicates  # the others "are normal"
        for group in (g for g in chunk.groups if g not in chunk.passing):
            for part in group.parts:
                legs, vein = part.legs or legs, part.vein or vein
                own = (f for f in facts if not plain or f.vein == part.vein)
                told = any(self._is_about(fact, part) for fact in own)
                if part.vein is None or (told and not _is_denied(chunk, part)):
                    continue
                at = part.vein_at
                span = (group.first, group.last) if at is None else (at.first, at.last)
                dues.append(_Due(span, legs, part.vein, named=True))
        for predicate in chunk.predicates:
            dues += [_Due(span, legs, vein) for span in _state_spans(predicate)]
        dues += [_Due(span, legs, vein) for span in _bare_spans(chunk)]
        return dues, (legs, vein)

    def _is_about(self, fact: Fact, part: Part) -> bool:
        """Whether a fact speaks of the vein, or of a member of the system, that a phrase names."""
        if part.legs and fact.leg is not None and fact.leg not in part.legs:
            return False
        perforator = part.vein in PERFORATORS and fact.vein in PERFORATORS
        member = part.vein is not None and fact.vein in self._members.get(part.vein, ())
        return perforator or member or fact.vein == part.vein


def _tell_alike(sentence: Said) -> Iterator[Doubt]:
    """A leg that is only said to be as the other one: "Left: same." Which findings is not told."""
    if all(chunk.norms.isdisjoint((*_ALIKE, _AS)) for chunk in sentence.chunks):
        return  # most sentences
    elements = [e for chunk in sentence.chunks for e in chunk.elements]
    words = [e for e in elements if isinstance(e, Token)]
    alike = next((word for word in words if word.norm in _ALIKE), None)
    groups = [e for e in elements if isinstance(e, PlaceGroup)]
    if alike is None and len(elements) > 1 and elements[1:2] == groups and is_only_leg(groups[0]):
        alike = next((word for word in words[:1] if word.norm == _AS), None)
        groups = []  # "as right": of the leg over it
    named = [leg for group in groups for part in group.parts for leg in part.legs]
    legs = set(named or (leg for site in sentence.focus for leg in site.legs))
    plain = all(word.norm in (*_ALIKE, *_BESIDE) for word in words if word.kind == "word")
    if alike is None or len(legs) != 1 or not plain:
        return
    compared = any(chunk.cues("prior") or chunk.predicates for chunk in sentence.chunks)
    if not compared and not any(isinstance(outcome, Fact) for outcome in sentence.outcomes):
        yield Doubt("unread", (alike.index, alike.index), legs.pop())


def _list_ways(chunk: Chunk, covered: Sequence[Span]) -> Iterator[Pass]:
    """The distances and veins of a clause that place no fact: "joins the GSV 2 cm below"."""
    for group in chunk.passing:
        named = [(p.vein_at.first, p.vein_at.last) for p in group.parts if p.vein_at is not None]
        for vein_at in named or [(group.first, group.last)]:
            if not any(_touch(vein_at, span) for span in covered):
                yield Pass("unspecific", vein_at)
    for part in (part for group in chunk.groups for part in group.parts):
        at = part.location
        if at is not None and not any(_touch(at, span) for span in covered):
            yield Pass("distance", at)


def _is_denied(chunk: Chunk, part: Part) -> bool:
    """Whether a clause denies a vein and says no more: "no SPJ on the right"."""
    return not chunk.predicates and "negation" in chunk.kinds and part.vein not in COUNTED


def _settle(
    dues: Sequence[_Due], cue: Pass | None, chunk: Chunk, *, more: bool, past: bool
) -> Iterator[Outcome]:
    """Where uncovered words of a clause end; ``cue`` tells why it says nothing."""
    denials = [] if chunk.predicates else chunk.cues("negation")
    denied = Pass("unspecific", (denials[0].first, denials[0].last)) if denials else None
    denied = Pass("unspecific", chunk.denied[0]) if chunk.denied else denied
    for due in dues:
        if past:
            yield Pass("history", due.span)
        elif cue is not None:
            yield cue
            if due.named:  # each place of it: "source via labial veins -> trib -> PASV -> GSV"
                yield Pass(cue.rule, due.span)
        elif denied is not None and due.vein == "NSV":
            yield denied
        else:
            leg = due.legs[0] if len(due.legs) == 1 else None
            bare = all(other.named for other in dues) and not more
            yield Doubt("unread", due.span, leg, due.vein, named=bare)


def _says_more(chunk: Chunk) -> bool:
    """Whether a clause that names a place holds a denial, or a word that is not understood."""
    words = [e.norm for e in chunk.elements if isinstance(e, Token) and e.kind == "word"]
    return "negation" in chunk.kinds or any(w not in FILLERS and w not in _PLAIN for w in words)


def _says_sign(chunks: Sequence[Chunk], chunk: Chunk) -> bool:
    """Whether a sign that nothing explains stands behind the colon of a place: "SFJ: R+, L-"."""
    behind = chunks[chunks.index(chunk) + 1 :][:1]
    signs = (e for c in behind if c.separator == ":" for e in c.elements)
    return any(isinstance(e, Token) and e.text in _SIGNS for e in signs)


def _cue_of_nothing(sentence: Said, chunk: Chunk, covered: Sequence[Span]) -> Pass | None:
    """Why a clause says nothing: a mere course or size, or a form's blank."""
    later = sentence.chunks[sentence.chunks.index(chunk) + 1 :]
    told = [chunk, *(c for c in later[:1] if c.separator == ":" and not c.groups)]
    stated = [span for c in told for predicate in c.predicates for span in _state_spans(predicate)]
    if any(not any(_touch(span, other) for other in covered) for span in stated):
        return None
    for cue in (cue for c in told for cue in c.cues("course", "gives", "normal")):
        return Pass("unspecific", (cue.first, cue.last))
    if not any(other.predicates for other in sentence.chunks):
        for cue in (cue for other in sentence.chunks for cue in other.cues("template_blank")):
            return Pass("template_blank", (cue.first, cue.last))
    return None


def _spans_of(outcome: Outcome) -> Iterator[Span]:
    """The words that an outcome accounts for."""
    if isinstance(outcome, Fact):
        yield outcome.cue
        yield from outcome.named
    else:
        yield outcome.span


def _words_of(chunk: Chunk) -> list[object]:
    """What a clause holds beside places and its full stop: "RIGHT GSV."."""
    rest = [element for element in chunk.elements if not isinstance(element, PlaceGroup)]
    return [e for e in rest if not _is_stop(e)]


def _state_spans(predicate: Predicate) -> list[Span]:
    """The words of a statement that must be accounted for."""
    spans = [
        (number.first, number.last)
        for number in predicate.numbers
        if number.unit is not None and number.unit.kind in _MEASURES
    ]
    if predicate.finding is not None and predicate.finding.kind in _STATES:
        spans.append((predicate.first, predicate.last))
    there = predicate.affirmed and predicate.negated is None
    if there and predicate.finding is not None and predicate.finding.property == _EHIT:
        spans.append((predicate.first, predicate.last))  # its class is not told
    return spans


def _bare_spans(chunk: Chunk) -> Iterator[Span]:
    """The number without a unit that ends a clause behind a verb: "is 6 and refluxes 1900"."""
    rest = [e for e in chunk.elements if not _is_stop(e)]
    number, before = rest[-1] if rest else None, rest[-2] if len(rest) > 1 else None
    if not isinstance(number, Number) or number.unit is not None:
        return
    word = before.norm if isinstance(before, Token) else None
    row = before.row("finding") if isinstance(before, Mention) else None
    refluxes = row is not None and row.property == "reflux" and row.kind == "word"
    if word in _IS or refluxes:
        yield number.first, number.last


def _is_stop(element: object) -> bool:
    return isinstance(element, Token) and element.text == "."


def _is_covered(span: Span, covered: Sequence[Span]) -> bool:
    """Whether one of some spans touches another."""
    first, last = span
    for start, end in covered:  # noqa: SIM110 - asked of each word that is due
        if first <= end and start <= last:
            return True
    return False


def _touch(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
