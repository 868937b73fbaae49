"""What separates the clauses of a sentence: signs, conjunctions, and words that act as these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.questions import REPLIES, is_answered, parts_sides
from ultrasound.extract.places.places import PlaceGroup, is_place
from ultrasound.extract.words.codes import DASHES
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

STRONG: Final = (";",)
WEAK_SIGNS: Final = frozenset({",", "(", ")", "[", "]", ":", "/", "|", "+", "&"})
WEAK_WORDS: Final = frozenset(
    {
        "and",
        "or",
        "nor",
        "with",
        "which",
        "then",
        "plus",
        "having",
        "where",
        "because",
        "whilst",
    }
)
STRONG_WORDS: Final = frozenset({"but", "whereas", "while", "although", "however", "though"})
_WORDS: Final = STRONG_WORDS | WEAK_WORDS | {"than", "since", "as"}
_REASONS: Final = ("since", "as")
_OF_THOSE: Final = ("neither", "none", "both", "all", "each")
_PRONOUNS: Final = ("it", "they", "this", "these", "there")
_ARROWS: Final = (*DASHES, ">", "→")
LISTS: Final = (",", "and", "or", "&", "/")
_PLACE_REACH: Final = 3  # tokens from "than" over "in the" to its place
_BEFORE_PLACE: Final = ("in", "on", "at", "of", "the")
_LEADER_DOTS: Final = 3  # the fewest of a leader
_OF_AGES: Final = (*LISTS, "nor")
NUMBER_JOINT: Final = "number-joint"
CHANGED: Final = "to"  # before what something has become
TAPERING: Final = frozenset(
    {"falling", "tapering", "decreasing", "narrowing", "dropping", "diminishing", "reducing"}
    | {"rising", "increasing", "widening", "enlarging", "shortening", "lengthening", "declining"}
)
_SEPARATING: Final = _WORDS | TAPERING | {*LISTS, "nor", CHANGED}


def is_plain(element: Element | PlaceGroup, tokens: Sequence[Token]) -> bool:
    """Whether an element can neither part two clauses nor stand before what has changed."""
    if isinstance(element, Token):
        return element.kind != "sign" and element.norm not in _SEPARATING
    if isinstance(element, PlaceGroup) or tokens[element.last].norm == CHANGED:
        return False
    return not element.meaning.cues if isinstance(element, Mention) else element.high is None


def separator_of(element: Element | PlaceGroup, marks: Marks) -> str | None:
    """The separator that an element is, None where it separates nothing."""
    if isinstance(element, Mention):
        if element.cue("joint"):
            return "and"
        return "except" if element.cue("except") else None
    if not isinstance(element, Token):
        return None
    if element.norm in TAPERING:
        return "," if _leads_number(element, marks) else None
    if element.norm in _WORDS:
        return _word_of(element, marks)
    return _sign_of(element, marks) if element.kind == "sign" else None


def _word_of(token: Token, marks: Marks) -> str | None:
    """The conjunction that a word is here."""
    if token.norm == "but" and _joins(token, marks):
        return "and"
    if token.norm == "which" and _counts(token, marks):
        return None
    if token.norm in _REASONS:
        return "because" if _leads_pronoun(token, marks) else None
    if token.norm == "than":
        return "than" if _leads_place(token, marks) else None
    if token.norm in WEAK_WORDS and _joins_numbers(token, marks):
        return NUMBER_JOINT
    return token.norm


def _leads_number(token: Token, marks: Marks) -> bool:
    """Whether the value at a further level follows: "1.2 s at the SFJ falling to 0.6 at …"."""
    to = marks.tokens[token.index + 1 : token.index + 2]
    before = marks.mention_over(token.index - 1) if token.index else None
    placed = before is not None and before.meaning.is_place
    return (
        placed
        and bool(to)
        and to[0].norm == CHANGED
        and (marks.number_at(to[0].index + 1) is not None)
    )


def _counts(token: Token, marks: Marks) -> bool:
    """Whether it says how many of those named are meant: "neither of which", "all of which"."""
    before = [t.norm for t in marks.tokens[max(0, token.index - 2) : token.index]]
    return before[1:] == ["of"] and before[0] in _OF_THOSE


def _sign_of(token: Token, marks: Marks) -> str | None:
    """The separator that a sign is here."""
    if token.text in STRONG:
        return ";"
    if _is_leader(token, marks):
        return ":"
    if parts_sides(marks.tokens, token.index, 0):
        return ","
    if token.text == "?" and is_answered(marks.tokens, token.index):
        return ":"
    if token.text == "=" and _answers_leg(token, marks):
        return ":"
    if token.text in WEAK_SIGNS:
        if _is_date(token, marks):
            return None
        return NUMBER_JOINT if _joins_numbers(token, marks) else token.norm
    return "-" if token.gap and token.text in _ARROWS else None


def _answers_leg(token: Token, marks: Marks) -> bool:
    """Whether the sign of a field stands between its leg and an answer: "DVT.right = no"."""
    before = marks.mention_over(token.index - 1) if token.index else None
    after = marks.tokens[token.index + 1 : token.index + 2]
    legs = before is not None and before.row("leg") is not None
    return legs and bool(after) and after[0].norm in REPLIES


def _leads_place(token: Token, marks: Marks) -> bool:
    """Whether a place follows, by a preposition or straight: "than in the right"."""
    for after in marks.tokens[token.index + 1 : token.index + 1 + _PLACE_REACH]:
        mention = marks.mention_over(after.index)
        if mention is not None:
            return is_place(mention)
        if after.norm not in _BEFORE_PLACE:
            return False
    return False


def _leads_pronoun(token: Token, marks: Marks) -> bool:
    """Whether a reason follows: "since it does not reflux"."""
    after = marks.tokens[token.index + 1 : token.index + 2]
    return bool(after) and after[0].norm in _PRONOUNS


def _joins(token: Token, marks: Marks) -> bool:
    """Whether it is the "but" of "not only … but also"."""
    after = marks.tokens[token.index + 1 : token.index + 2]
    return bool(after) and after[0].norm in ("also", "equally")


def _is_leader(token: Token, marks: Marks) -> bool:
    """Whether it is a dot of the leader between a name and its finding."""
    if token.text != ".":
        return False
    run = marks.tokens[token.index : token.index + _LEADER_DOTS]
    opens = len(run) == _LEADER_DOTS and all(t.text == "." and not t.gap for t in run[1:])
    return opens or (not token.gap and marks.tokens[token.index - 1].text == ".")


def _is_date(token: Token, marks: Marks) -> bool:
    """Whether it is the slash behind a number that was not read as one, as in a date."""
    if token.text != "/" or token.gap or marks.tokens[token.index - 1].kind != "number":
        return False
    number = marks.number_before(token.index)
    return number is None or number.last != token.index - 1


def _joins_numbers(token: Token, marks: Marks) -> bool:
    """Whether it is the comma or "and" within a list of numbers that share one unit."""
    if token.norm not in LISTS:
        return False
    before = marks.number_before(token.index)
    return before is not None and before.shared and before.last >= token.index - 2


def joins_ages(elements: Sequence[Element | PlaceGroup], index: int) -> bool:
    """Whether a sign or conjunction stands between two ages: "acute, subacute or chronic"."""
    element = elements[index]
    if index == 0 or not isinstance(element, Token) or element.norm not in _OF_AGES:
        return False
    around = (elements[index - 1], *elements[index + 1 : index + 2])
    return all(isinstance(e, Mention) and e.row("age") is not None for e in around)
