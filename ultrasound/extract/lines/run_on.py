"""Dictation without full stops: a new subject after a finished statement begins a sentence.

"… is competent the popliteal vein has no reflux at the knee it is 5 mm": English lets no noun with
an article follow a statement without a preposition or a joint, so that it must be a new subject.
"""

from __future__ import annotations

from typing import Final

from ultrasound.extract.lines.layout import Sentence
from ultrasound.extract.places.places import FILLERS, is_place
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention

_VERBS: Final = (
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "show",
    "showed",
    "measure",
    "demonstrate",
    "appear",
    "remain",
    "does",
    "do",
)
_PLACED: Final = ("at", "in", "on", "below", "above")
_BEFORE_LEG: Final = ("in", "on", "at", "for", "the")
_ADVERBS: Final = ("fully", "completely", "normally", "easily", "well", "freely")
_SUBJECTS: Final = ("the", "there", "it", "this")
_LEG_WORDS: Final = ("leg", "side", "limb")
_PRONOUNS: Final = ("it", "they", "this")
_SIGNS: Final = (",", ";", ":", "(")
_TO: Final = "to"
_WHOLE: Final = "throughout"  # ends what is said of a vein: "is compressible throughout right CFV"
_AND: Final = ("and", "but")
_SAME: Final = ("same", "identical")  # "is competent left leg same findings"
_LONG: Final = 20  # tokens of a sentence from which it may be several
_REACH: Final = 8  # tokens from an article to the verb of its noun


def split_run_on(marks: Marks, sentence: Sentence) -> list[Sentence]:
    """The sentences that a run-on holds, the sentence itself where it is none."""
    if not _is_run_on(marks, sentence):
        return [sentence]
    starts = [sentence.first]
    stated = False
    led = _leads(marks, sentence.first, sentence.last)
    for index in range(sentence.first, sentence.last):
        opens = _opens(marks, index, sentence.last) or (led and _leads(marks, index, sentence.last))
        if stated and _is_finished(marks, index) and opens:
            starts.append(index)
            stated = False
        stated = stated or _states(marks, index)
    ends = [*starts[1:], sentence.last]
    return [Sentence(first, last) for first, last in zip(starts, ends, strict=True)]


def _is_run_on(marks: Marks, sentence: Sentence) -> bool:
    """Whether a sentence is long, and no sign divides it."""
    tokens = marks.tokens[sentence.first : sentence.last]
    return len(tokens) >= _LONG and not any(token.text in _SIGNS for token in tokens)


def _states(marks: Marks, index: int) -> bool:
    mention = marks.mention_over(index)
    row = mention.row("finding") if mention is not None else None
    if row is not None and row.kind in ("word", "noun"):
        return True
    return any(n.unit is not None for n in marks.numbers_in(index, index + 1))


def _is_finished(marks: Marks, index: int) -> bool:
    """Whether the word before can end a statement: a number, a finding or a place, no joint."""
    before = index - 1
    if marks.tokens[before].kind not in ("word", "number"):
        return False
    if any(n.first <= before <= n.last for n in marks.numbers_in(max(0, before - 3), index)):
        return True
    mention = marks.mention_over(before)
    if mention is not None and mention.last > before:
        return False  # within "on the right"
    if marks.tokens[before].norm == _WHOLE and _names_zone(marks, index):
        return False  # "incompetent throughout the thigh and measures …"
    if mention is None:
        return marks.tokens[before].norm in ("vein", "leg", "side", "present")
    return is_place(mention) or _ends_statement(mention)


def _names_zone(marks: Marks, index: int) -> bool:
    """Whether an article and a part of the leg stand at a token, and no vein: "the thigh"."""
    zone = marks.mention_at(index + 1) if marks.tokens[index].norm == "the" else None
    return zone is not None and zone.row("zone") is not None and zone.row("vein", "place") is None


def _ends_statement(mention: Mention) -> bool:
    row = mention.row("finding")
    if row is not None:
        return bool(row.kind in ("word", "noun"))
    return bool(mention.cue("physiological", "denial_after", "manoeuvre", "distance", "normal"))


def _opens(marks: Marks, index: int, last: int) -> bool:
    """Whether a subject with its verb starts at a token."""
    token = marks.tokens[index]
    follows = marks.tokens[index + 1].norm if index + 1 < last else ""
    if token.norm == "it":
        if _is_led(marks, index):
            return False
        return marks.tokens[index - 2].norm != _TO  # "we plan to ablate it under local anaesthetic"
    if token.norm == "there" or token.norm in _PRONOUNS:
        return follows in _VERBS
    if (leg := marks.mention_at(index)) is not None and leg.row("leg") is not None:
        if marks.tokens[index - 1].norm == _WHOLE and _finds_vein(marks, leg.last + 1):
            return True
        return any(t.norm in _SAME for t in marks.tokens[leg.last + 1 : min(leg.last + 2, last)])
    if token.norm == "the":
        return _finds_verb(marks, index + 1, last, after_place=True)
    return token.norm in _PLACED and _finds_pronoun(marks, index + 1, last)


def _finds_vein(marks: Marks, index: int) -> bool:
    mention = marks.mention_at(index)
    return mention is not None and mention.row("vein") is not None


def _is_led(marks: Marks, index: int) -> bool:
    """Whether "and" and a place lead a pronoun: "competent in the thigh and at the knee it is"."""
    placed = False
    while (mention := marks.mention_over(index - 1)) is not None and is_place(mention):
        index = mention.first
        placed = placed or marks.tokens[index].norm in _PLACED
        while marks.tokens[index - 1].norm in (*_PLACED, "the"):
            index -= 1
            placed = placed or marks.tokens[index].norm in _PLACED
    return placed and marks.tokens[index - 1].norm in _AND


def _leads(marks: Marks, index: int, last: int) -> bool:
    """Whether a leg stands before its sentence from a token on: "on the left the SSV is ...".

    So it does behind a statement only where the first sentence begins in that way.
    """
    mention = marks.mention_over(index)
    while marks.tokens[index].norm in _BEFORE_LEG and mention is None:
        index += 1
        mention = marks.mention_over(index)
    if mention is None or mention.row("leg") is None or mention.first < index:
        return False
    index = mention.last + 1
    while index < last and marks.tokens[index].norm in _LEG_WORDS:
        index += 1
    if index + 1 >= last:
        return False
    return marks.tokens[index].norm in _SUBJECTS and _opens(marks, index, last)


def _finds_verb(marks: Marks, first: int, last: int, *, after_place: bool) -> bool:
    """Whether a place and then a verb follow, with nothing but places between."""
    placed = not after_place
    for index in range(first, min(last, first + _REACH)):
        token = marks.tokens[index]
        mention = marks.mention_over(index)
        if token.norm in _VERBS:
            return placed
        if mention is not None and is_place(mention):
            placed = True
        elif mention is not None and _verbal(marks, mention):
            return placed
        elif token.norm not in FILLERS and token.norm not in ("and", ","):
            return False
    return False


def _verbal(marks: Marks, mention: Mention) -> bool:
    """Whether a finding is one word, or a verb and its adverb: "compress fully"."""
    row = mention.row("finding")
    adverb = marks.tokens[mention.last].norm in _ADVERBS
    return row is not None and row.kind == "word" and mention.last - mention.first == adverb


def _finds_pronoun(marks: Marks, first: int, last: int) -> bool:
    """Whether a place and then "it is" follow: "at the knee it is 5 mm"."""
    for index in range(first, min(last - 1, first + _REACH)):
        token = marks.tokens[index]
        if token.norm in _PRONOUNS:
            return marks.tokens[index + 1].norm in _VERBS
        mention = marks.mention_over(index)
        if (mention is None or not is_place(mention)) and token.norm not in FILLERS:
            return False
    return False
