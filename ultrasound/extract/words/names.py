"""Names that mean different things in different reports, settled once for the whole report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from ultrasound.extract.words.artery_legs import drop_artery_legs
from ultrasound.extract.words.below_it import point_to_knee
from ultrasound.extract.words.both_word import drop_bare_both
from ultrasound.extract.words.calf_words import settle_calf_words
from ultrasound.extract.words.index_legs import settle_index_legs
from ultrasound.extract.words.leg_words import settle_leg_words
from ultrasound.extract.words.lying import leave_lying
from ultrasound.extract.words.measured_codes import list_measured
from ultrasound.extract.words.mentions import Concept, Meaning, Mention
from ultrasound.extract.words.own_names import add_own_names
from ultrasound.extract.words.parted_names import join_parted
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.rt_word import RtSettler
from ultrasound.extract.words.tokens import Token, fold_term
from ultrasound.knowledge.schema_text import TextKnowledge
from ultrasound.knowledge.vein_rows import Ambiguous, UnknownVeins

_WORSE: Final = ("worse", "greater", "more")
_ORDERS: Final = ([">"], ["<"], ["<", "<"], [">", ">"])
_Defined = dict[tuple[str, int | None], Concept]
_AT: Final = ("@", "at")
_TRUNKS: Final = ("GSV", "SSV", "AASV")
_VALUED: Final = ("(", ":", "-", "=", "neg", "none", "nil")  # before the value of a level
_LISTED: Final = (",", ";", ":")
_CELLS: Final = ("  ", "\t")  # gaps between the cells of a row
_NEAR: Final = 7  # tokens to either side of a name in which a word decides for it
_SHORT_WORD: Final = 3  # up to here a word names no vein
_UNKNOWN: Final = Meaning([Concept("ambiguous", Ambiguous(term="", rivals=()))])
_ONE_BETWEEN: Final = 2  # from the last token of a mention to the next mention behind one token
_BESIDE: Final = 4  # tokens from "crosse" to its trunk: "crosse of the small saphenous vein"
_LONGEST_COMPARISON: Final = 4  # words of "much worse than the"


def settle_names(
    mentions: Sequence[Mention],
    numbers: Sequence[Number],
    tokens: Sequence[Token],
    knowledge: TextKnowledge,
    *,
    lsv: str | None,
) -> list[Mention]:
    """Decide ambiguous names by the report's own use, else by the laboratory's setting.

    What stays open keeps its ``ambiguous`` concept; side comparisons ("R > L") are taken out.
    """
    mentions = _drop_words(add_own_names(list(mentions), tokens), tokens)
    others = {m.first for m in mentions if "no_vein" in m.meaning.cues}
    mentions = drop_artery_legs(mentions, tokens) if others else mentions
    settled = [
        m for m in mentions if m.last + 1 not in others or not m.row("vein", "place", "inferred")
    ]
    if any(_is_open(m) for m in settled):
        rt = RtSettler(mentions, numbers, tokens, knowledge)
        words, defined = _Words(tokens, knowledge), _find_definitions(mentions, tokens)
        written = {exact for m in mentions for exact in m.meaning.exact}
        written |= {row.term for m in mentions if (row := m.row("abbreviation")) is not None}
        placed = _list_placed(mentions, tokens)
        kept = (_settle_abbreviation(rt.settle(m), written, placed) for m in settled)
        decided = (_settle_ambiguous(m, defined, words, lsv) for m in kept)
        settled = [m for m in decided if m is not None]
    settled = settle_calf_words(settle_leg_words(settled, tokens), tokens)
    settled = list(settle_index_legs(settled, tokens, knowledge.context.fact))
    settled = _settle_junctions(join_parted(settled, tokens))
    settled = leave_lying(settled, tokens)
    settled = drop_bare_both(_drop_comparisons(settled, tokens), tokens)
    settled = point_to_knee(settled, tokens)
    return _add_unknown(settled, tokens, knowledge.veins.unknown)


def _settle_junctions(mentions: list[Mention]) -> list[Mention]:
    """Take "crosse" for the junction of the trunk that it stands beside, alone for the GSV's."""
    if not any("place" in m.meaning.rows and "zone" in m.meaning.rows for m in mentions):
        return mentions
    trunks = {"GSV": "place", "SSV": "zone"}
    named = [trunks.get(getattr(m.row("vein"), "code", "")) for m in mentions]
    settled, last = [], "place"
    for index, mention in enumerate(mentions):
        last = named[index] or last
        if mention.row("place") and mention.row("zone"):
            behind = named[index + 1] if index + 1 < len(mentions) else None
            near = behind and mentions[index + 1].first - mention.last <= _BESIDE
            kind = behind if near else last
            kept = (c for c in mention.meaning.concepts if c.kind == kind)
            settled.append(replace(mention, meaning=Meaning(kept)))
        else:
            settled.append(mention)
    return settled


def _is_open(mention: Mention) -> bool:
    """Whether it is a name or a word that may mean several things."""
    rows = mention.meaning.rows
    return "ambiguous" in rows or "abbreviation" in rows or ("leg" in rows and "finding" in rows)


def _add_unknown(
    mentions: list[Mention], tokens: Sequence[Token], unknown: UnknownVeins
) -> list[Mention]:
    """Take a word that is not known before "vein" for a name that is not decided.

    Without it what is said of "the gluteal vein" would be said of the vein spoken of before.
    """
    taken = {index for m in mentions for index in range(m.first, m.last + 1)}
    nouns, plain = frozenset(unknown.nouns), frozenset(unknown.plain)

    def is_unknown(word: Token) -> bool:
        return (
            word.kind == "word"
            and word.text.islower()
            and len(word.text) > _SHORT_WORD
            and word.norm not in plain
            and word.index not in taken
        )

    def goes_on(named: Mention) -> bool:
        gap, text = tokens[named.first].gap, tokens[named.first].text
        return "\n" not in gap or (gap.count("\n") == 1 and text.islower())

    kept = [
        replace(m, first=m.first - 1, meaning=_UNKNOWN)
        if "inferred" in m.meaning.rows
        and "place" not in m.meaning.rows
        and m.first
        and goes_on(m)
        and is_unknown(tokens[m.first - 1])
        else m
        for m in mentions
    ]
    added = [
        Mention(token.index - 1, token.index, _UNKNOWN)
        for word, token in pairwise(tokens)
        if token.text in nouns and is_unknown(word) and token.index not in taken
    ]
    return sorted([*kept, *added], key=lambda m: m.first)


def _list_placed(mentions: Sequence[Mention], tokens: Sequence[Token]) -> set[int]:
    """The tokens at which a level stands: behind "@", and behind a trunk ("GSV PT")."""
    behind = {token.index + 1 for token in tokens if token.norm in _AT}
    trunks = (m.last + 1 for m in mentions if getattr(m.row("vein"), "code", "") in _TRUNKS)
    listed = list_measured(mentions, tokens)
    at_level = behind.union(trunks, listed)
    return {at for at in at_level if at < len(tokens) and not tokens[at].text.islower()}


def _drop_words(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions without small letters that no value follows: "pt" in "pt tolerated it well"."""
    return [m for m in mentions if not _is_word(m, tokens)]


def _is_word(mention: Mention, tokens: Sequence[Token]) -> bool:
    if mention.row("abbreviation") is None or not tokens[mention.first].text.islower():
        return False
    follows = tokens[mention.last + 1 : mention.last + 2]
    opens = mention.first == 0 or any(gap in tokens[mention.first].gap for gap in (*_CELLS, "\n"))
    before = tokens[mention.first - 1].text
    behind = before.upper() in _TRUNKS or before in _LISTED
    valued = bool(follows) and (follows[0].kind == "number" or follows[0].text in _VALUED)
    return not (valued and (opens or behind))


def _settle_abbreviation(
    mention: Mention | None, written: set[str], placed: set[int]
) -> Mention | None:
    """PT, MT, DT … are levels where the report uses others of their kind; LT is left too.

    They are too where a level stands: "4.8 mm @ MT". "M calf" alone is the calf.
    """
    if mention is None or (row := mention.row("abbreviation")) is None:
        return mention
    behind = mention.first in placed and mention.row("leg") is None
    known = behind or written.intersection(row.beside)
    kind = "abbreviation" if known else "leg" if mention.row("leg") is not None else "zone"
    if mention.row(kind) is None:
        return None
    return replace(mention, meaning=Meaning(c for c in mention.meaning.concepts if c.kind == kind))


def _settle_ambiguous(
    mention: Mention | None, defined: _Defined, words: _Words, lsv: str | None
) -> Mention | None:
    """By the report's own definition, its own names, the laboratory's setting; else left open."""
    if mention is None or (row := mention.row("ambiguous")) is None:
        return mention
    own = defined.get((row.term, mention.first)) or defined.get((row.term, None))
    if own is not None:
        return replace(mention, meaning=Meaning([own]))
    chosen = [r.code for r in row.rivals if words.has_near(r.near, mention)]
    if len(chosen) != 1:
        chosen = [r.code for r in row.rivals if words.has_any(r.words)]
    if len(chosen) != 1:
        chosen = [r.code for r in row.rivals if words.has_any(r.also)]
    if len(chosen) != 1:
        chosen = [r.code for r in row.rivals if words.has_near(r.beside, mention)]
    if len(chosen) != 1 and row.setting == "lsv" and lsv is not None:
        chosen = [lsv]
    if len(chosen) != 1:
        return mention
    vein = Concept("vein", words.knowledge.vein_rows[chosen[0]])
    return replace(mention, meaning=Meaning([vein]))


class _Words:
    """The folded words of a report, for asking which names it uses."""

    def __init__(self, tokens: Sequence[Token], knowledge: TextKnowledge) -> None:
        self.knowledge = knowledge
        self._tokens = tokens

    @cached_property
    def _text(self) -> str:
        return " " + " ".join(token.norm for token in self._tokens) + " "

    def has_any(self, terms: Sequence[str]) -> bool:
        """Whether one of the terms stands in the report."""
        return any(" " + " ".join(fold_term(term)) + " " in self._text for term in terms)

    def _row_of(self, mention: Mention) -> tuple[int, int]:
        """The tokens of the line of a name where it is a row of cells, else of the report."""
        start, end = mention.first, mention.last + 1
        while start > 0 and "\n" not in self._tokens[start].gap:
            start -= 1
        while end < len(self._tokens) and "\n" not in self._tokens[end].gap:
            end += 1
        row = any(
            token.text == "|" or any(gap in token.gap for gap in _CELLS)
            for token in self._tokens[start + 1 : end]
        )
        return (start, end) if row else (0, len(self._tokens))

    def has_near(self, terms: Sequence[str], mention: Mention) -> bool:
        """Whether one of the terms stands close to a name, in its sentence."""
        start, end = self._row_of(mention)
        before = [t.norm for t in self._tokens[max(start, mention.first - _NEAR) : mention.first]]
        after = [t.norm for t in self._tokens[mention.last + 1 : mention.last + 1 + _NEAR]]
        after = after[: max(0, end - mention.last - 1)]
        while "." in before:
            before = before[before.index(".") + 1 :]
        after = after[: after.index(".")] if "." in after else after
        around = " " + " ".join([*before, "|", *after]) + " "
        return any(" " + " ".join(fold_term(term)) + " " in around for term in terms)


def _find_definitions(mentions: Sequence[Mention], tokens: Sequence[Token]) -> _Defined:
    """What "LSV = lesser saphenous vein" or "lesser saphenous vein (LSV)" defines.

    By the term for the whole report, where it has one meaning; by its place for the bracket itself.
    """
    defined: _Defined = {}
    for left, right in pairwise(mentions):
        if right.first - left.last != _ONE_BETWEEN:
            continue
        between = tokens[left.last + 1].text
        for name, vein, mark in ((left, right, "="), (left, right, "("), (right, left, "(")):
            row = name.row("ambiguous")
            concept = next((c for c in vein.meaning.concepts if c.kind == "vein"), None)
            if row is not None and concept is not None and between == mark:
                defined[row.term, name.first] = concept
    for term in {term for term, _ in defined}:
        meanings = {concept for (other, _), concept in defined.items() if other == term}
        if len(meanings) == 1:
            defined[term, None] = meanings.pop()
    return defined


def _drop_comparisons(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Take out "R > L" and "left worse than right": they say which is worse, not where."""
    dropped: set[int] = set()
    for left, right in pairwise(mentions):
        if "leg" not in left.meaning.rows or "leg" not in right.meaning.rows:
            continue
        between = [token.norm for token in tokens[left.last + 1 : right.first]]
        if any("\n" in token.gap for token in tokens[left.last + 1 : right.first + 1]):
            continue  # a heading in pointed brackets: "<Left leg>"
        if between in _ORDERS or (
            between
            and between[0] in _WORSE
            and "than" in between
            and len(between) <= _LONGEST_COMPARISON
        ):
            dropped.update((left.first, right.first))
    return [mention for mention in mentions if mention.first not in dropped]
