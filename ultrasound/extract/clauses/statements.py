"""What single elements of a clause say: whether they find, deny, list or set something apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.questions import LABELS, REPLIES
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS
from ultrasound.extract.places.places import PlaceGroup
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token

# of a vein; each begins what is said of it
VERBS: Final = ("has", "have", "is", "are", "show", "demonstrate", "contain", "remain", "measure")
ARTICLES: Final = ("a", "an", "the")
_JOINING: Final = ("and", "or", "nor", "which", "to")
_TO_LEVEL: Final = ("at", "the", "all")
_ON_EXAM: Final = ("on", "at", "the")
_LEADING: Final = ("n", "no")  # that a denial may follow: "no, none seen"
_DENIAL: Final = 2  # elements of "no thrombus"
_SPEAKERS: Final = ("i", "we")


def sets_apart(elements: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a clause opens with what sets a place apart: "instead of the SFJ"."""
    first = elements[0] if elements else None
    if isinstance(first, Token):
        return first.norm == "unlike"
    return isinstance(first, Mention) and first.cue("contrast")


def starts_denial(
    element: Mention, current: Sequence[Element | PlaceGroup], *, excepted: bool = False
) -> bool:
    """Whether a denial after a statement begins its own: "… all compress no dvt".

    Or after an exception that opens: "Apart from old clot in the popliteal vein no DVT is seen".
    """
    return (
        element.last == element.first
        and element.cue("negation")
        and not element.cue("company")
        and any(is_statement(e) or (excepted and is_finding(e)) for e in current)
        and not any(isinstance(e, Mention) and e.cue("negation", "none") for e in current)
    )


def begins_former(element: Mention, current: Sequence[Element | PlaceGroup], marks: Marks) -> bool:
    """Whether the value of an earlier exam follows today's: "2.9 s previously 2.2 s"."""
    said = [e for e in current if not (isinstance(e, Token) and e.norm in _ON_EXAM)]
    today = said[-1] if said else None
    if not element.cue("prior") or not isinstance(today, Number) or today.unit is None:
        return False
    return any(
        (then := marks.number_at(index)) is not None and then.unit == today.unit
        for index in (element.last + 1, element.last + 2)
    )


def goes_by(current: Sequence[Element | PlaceGroup], group: PlaceGroup, marks: Marks) -> bool:
    """Whether a vein behind a denial of its own clause has a statement of its own behind it.

    As in "CFV patent no thrombus FV patent": the denial is of the vein before it.
    """
    row = current[-1].row("finding") if current and isinstance(current[-1], Mention) else None
    noun = row is not None and row.kind == "noun" and len(current) == _DENIAL
    follows = marks.mention_at(group.last + 1)
    told = follows is not None and follows.row("finding") is not None
    return (
        noun and group.has_vein and (told or bool(marks.numbers_in(group.last + 1, group.last + 2)))
    )


def follows_said(
    subject: PlaceGroup,
    current: Sequence[Element | PlaceGroup],
    group: PlaceGroup,
    marks: Marks,
) -> bool:
    """Whether a vein stands straight behind what is said of another, and begins its own statement.

    As in "POPV no clot FV has reflux", or "GSV competent left GSV refluxes". A branch may have its
    adjective before it: "GSV incompetent perforator", and begins none.
    """
    rest = [e for e in current if not (isinstance(e, Token) and e.norm in _TO_LEVEL)]
    told = bool(rest) and _ends_statement(rest[-1])
    before = current[-2] if len(rest) > 1 else None
    led = isinstance(before, Token) and before.norm in ARTICLES
    # whoever speaks says it of what follows: "I could not see the left SSV because of swelling"
    spoken = any(isinstance(e, Token) and e.norm in _SPEAKERS for e in rest)
    return told and not (led or spoken) and _begins_statement(subject, group, marks)


def goes_to_level(
    subject: PlaceGroup,
    current: Sequence[Element | PlaceGroup],
    group: PlaceGroup,
    marks: Marks,
) -> bool:
    """Whether the next level of a vein stands behind what is said of one, and its number behind it.

    As in "SFJ 9 mm no reflux mid thigh 7 mm 2.8 s knee 5 mm".
    """
    if not subject.has_spot or not group.has_spot or _is_other(subject, group):
        return False
    nearest = next((e for e in reversed(current) if isinstance(e, PlaceGroup)), subject)
    if not nearest.has_spot:
        return False  # "GSV incompetent mid thigh 1.2 s"
    if any(part.until is not None for part in (*subject.parts, *group.parts)):
        return False
    rest = [e for e in current if not (isinstance(e, Token) and e.norm in _TO_LEVEL)]
    number = marks.numbers_in(group.last + 1, group.last + 2)
    none = bool(rest) and isinstance(rest[-1], Mention) and rest[-1].cue("none", "negative")
    return bool(rest) and bool(number) and (none or _ends_statement(rest[-1]))


def is_past_reply(
    asked: Sequence[Element | PlaceGroup],
    answer: Sequence[Element | PlaceGroup],
    element: Element | PlaceGroup,
    marks: Marks,
) -> bool:
    """Whether the answer to a finding is complete before an element.

    As in "GSV reflux: no compressible", "thrombus: yes no reflux", "reflux - no. SSV competent".
    """
    noun, said = asked[-1], [e for e in answer if not (isinstance(e, Token) and e.text == ".")]
    row = noun.row("finding") if isinstance(noun, Mention) else None
    if row is None or len(said) != 1 or isinstance(said[0], PlaceGroup):
        return False
    if row.property == "treatment":
        return False  # "Post ablation: no recanalisation"
    word = marks.words(*_span_of(said[0])).lower()
    if word not in REPLIES:
        return False
    if isinstance(element, PlaceGroup):
        subject = next((e for e in asked if isinstance(e, PlaceGroup)), None)
        return _begins_statement(subject, element, marks)
    if isinstance(element, Token):
        return element.norm in VERBS
    if isinstance(element, Number):
        return element.unit is not None and element.unit.kind == "length"
    own = element.row("finding")
    if own is None:
        return element.cue("negation") and word not in _LEADING
    asks = _asks(element, marks.tokens[_span_of(said[0])[0] - 1], marks)
    other = own.property != row.property
    return asks or (other and (own.kind == "word" or word not in _LEADING))


def _asks(element: Mention, sign: Token, marks: Marks) -> bool:
    """Whether an answer follows a finding; a dash may part statements as the one before did.

    As in "compressible - no clot - phasic flow".
    """
    follows = marks.tokens[element.last + 1 : element.last + 3]
    if not follows or follows[0].text not in LABELS:
        return False
    listed = follows[0].text == sign.text != ":"
    return not listed or (len(follows) > 1 and follows[1].norm in REPLIES)


def _span_of(element: Element) -> tuple[int, int]:
    if isinstance(element, Token):
        return element.index, element.index
    return element.first, element.last


def _begins_statement(subject: PlaceGroup | None, group: PlaceGroup, marks: Marks) -> bool:
    """Whether something is said straight behind another vein than the subject."""
    if subject is None or not group.has_vein or not _is_other(subject, group):
        return False
    follows = marks.tokens[group.last + 1 : group.last + 2]
    if not follows or follows[0].norm in _JOINING:
        return False
    return follows[0].kind != "sign" and "\n" not in follows[0].gap


def _is_other(subject: PlaceGroup, group: PlaceGroup) -> bool:
    """Whether a place names another vein than the one before, or the other leg."""
    named = {p.vein for p in group.parts} - {None}
    legs = {leg for p in group.parts for leg in p.legs}
    own = {leg for p in subject.parts for leg in p.legs}
    if legs and own and legs.isdisjoint(own):
        return True
    veins = {p.vein for p in subject.parts}
    return bool(named) and named.isdisjoint(veins) and named.isdisjoint(COUNTED)


def _ends_statement(element: Element | PlaceGroup) -> bool:
    if isinstance(element, Mention) and element.cue("affirmation_after", "denial_after"):
        return True
    return is_finding(element)


def is_finding(element: Element | PlaceGroup) -> bool:
    """Whether it is a number, or a word or noun of a finding."""
    row = element.row("finding") if isinstance(element, Mention) else None
    return is_statement(element) or (row is not None and row.kind == "noun")


def is_statement(element: Element | PlaceGroup) -> bool:
    """Whether it is a number, or a word that finds something by itself."""
    if isinstance(element, Number):
        return True
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and row.kind == "word"


def is_listed(element: Element | PlaceGroup) -> bool:
    """Whether it is a number of a list that goes on."""
    return isinstance(element, Number) and element.shared


def is_perforator(element: Element | PlaceGroup) -> bool:
    """Whether it is the phrase of a perforator."""
    places = element.parts if isinstance(element, PlaceGroup) else ()
    return any(part.vein in PERFORATORS for part in places)
