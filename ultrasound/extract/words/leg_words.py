"""Words that look like legs and are none: "right" may be an adverb, "neither" a denial of veins."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import islice, pairwise, takewhile
from typing import Final

from ultrasound.extract.words.mentions import DENIAL, Mention
from ultrasound.extract.words.tokens import Token

# behind the "left" of "left behind at surgery", "left untreated"
_REMAINS: Final = ("untreated", "untouched", "alone", "over", "intact", "unligated", "out")
_LITTLE: Final = ("is", "was", "nothing", "little", "remnant")  # "what is left of the GSV"
_PASSIVE: Final = ("was", "were", "been", "be", "has", "have", "had", "being")
_STAYING: Final = ("in", "the", "a", "an", "no", "patent", "open", "as", "behind", "for", "to")
_IS: Final = ("is", "are")
_AT: Final = (
    "at",
    "in",
    "on",
    "over",
    "behind",
    "open",
    "within",
    "above",
    "below",
)  # "a stump is left at …"
_BRANCHES: Final = ("tributary", "tributaries", "branch", "branches", "segment", "perforator")
_LEAVING: Final = (
    *("surgeon", "surgery", "ablation", "foam", "procedure", "treatment", "stripping", "laser"),
    *("operation", "rfa", "evla", "evlt", "glue", "clot", "thrombus", "which", "that", "patient"),
    *("has", "have", "had", "he", "she", "we", "i", "they"),
)
_REMNANTS: Final = ("stump", "remnant", "short", "residual", "small", "segment", "gap", "long")
_LEAVE: Final = frozenset(
    {("in", "place"), ("in", "situ"), ("for", "later"), ("for", "future"), ("for", "now")}
)
_WHEN: Final = ("at", "by", "after", "during", "in", "from", ",", ".", ";")
# behind a "right" with no sign, article or preposition before it: "leaks right down to the knee"
_WAYS: Final = ("down", "up", "through", "throughout", "along", "across", "over", "out")
_POINTS: Final = ("at", "to", "from", "into", "under", "beneath", "above", "below", "on", "in")
_BEFORE_POINT: Final = ("is", "was", "are", "run", "extend", "reflux", "lie", "go", "reach", "leak")
_NEAR: Final = ("above", "below", "at", "under", "beneath")
_NAMING: Final = ("the", "on", "in", "of", "and", "or", "for", "than", "both", "either", "a")
_ADVERBS: Final = ("beside", "behind", "next", "after", "before", "away", "now", "where", "onto")
_UNITS: Final = ("mm", "cm", "s", "sec", "second", "ms", "msec", "%")  # "8.1 mm right at the SFJ"
_RANGE: Final = 3  # tokens of "12-5"
_CLAUSE_ENDS: Final = (".", ",", ";", ")")
_SIDES: Final = ("left", "right")
_BOTH: Final = "B"
_LETTERS: Final = frozenset({"R", "L"})  # a report that writes B for both writes these for one
_BEFORE_BOTH: Final = ("no", "normal", "for", "of", "in", "and")
_NAMED: Final = ("vein", "trunk", "segment", "level", "site", "junction", "branch", "perforator")
_PROBES: Final = ("probe", "transducer", "linear", "array", "scanhead", "mhz")
_NOR_REACH: Final = 14  # tokens from "neither" to "nor"


def settle_leg_words(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The mentions with these words settled."""
    letters = {tokens[m.first].text for m in mentions if m.row("leg") is not None}
    sided = (m for m in mentions if letters >= _LETTERS and _may_be_sided(m))
    named = {i for m in sided for i in (m.first, m.last)}
    settled = [
        m
        for m in mentions
        if "leg" not in m.meaning.rows
        or not (_is_adverb(m, tokens) or _is_probe(m, tokens) or _is_other_b(m, named, tokens))
    ]
    return _settle_neither(settled, tokens)


def _may_be_sided(mention: Mention) -> bool:
    """Whether it names what a leg can have: a vein, a finding, a limb."""
    said = mention.row("vein", "place", "inferred", "ambiguous", "finding", "zone", "level")
    return said is not None or mention.cue("limb")


def _is_other_b(mention: Mention, named: Set[int], tokens: Sequence[Token]) -> bool:
    """Whether it is a letter B that means no legs: neither at the end behind a name nor before one.

    ``named`` are the first and last tokens of the names, none in a report without R and L.
    """
    if tokens[mention.last].text != _BOTH:
        return False
    index = mention.first
    before, behind = tokens[max(0, index - 1)], tokens[index + 1 : index + 2]
    starts = index == 0 or "\n" in tokens[index].gap
    ends = not behind or "\n" in behind[0].gap or behind[0].text in _CLAUSE_ENDS
    if ends:
        at = index - 1 - int(before.text in (",", "("))
        return starts or not (tokens[index].gap or before.text == "(") or at not in named
    opens = starts or before.kind == "sign" or before.norm in _BEFORE_BOTH
    return not opens or behind[0].gap != " " or index + 1 not in named


def _is_adverb(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it is no side: "right beside the ulcer", "left in place", "both limbs of the GSV"."""
    after = tokens[mention.last + 1].norm if mention.last + 1 < len(tokens) else ""
    row = mention.row("leg")
    if mention.first < mention.last:  # "both limbs of the GSV", "either side of the knee"
        return row is not None and len(row.legs) > 1 and after == "of"
    word = tokens[mention.first].text
    if word == "left":
        then = tokens[mention.last + 2].norm if mention.last + 2 < len(tokens) else ""
        before = tokens[mention.first - 1].norm if mention.first else ""
        kept = before in _BRANCHES and after == "open" and not _has_right(mention.last, tokens)
        return kept or _is_verb(before, after, then)
    return word == "right" and row is not None and _is_way(mention.first, after, tokens)


def _is_way(index: int, after: str, tokens: Sequence[Token]) -> bool:
    """Whether "right" only says how far: "leaks right down to the knee"."""
    if after in _ADVERBS or index == 0:
        return after in _ADVERBS
    before = tokens[index - 1]
    if "\n" in tokens[index].gap or before.norm in (*_NAMING, *_UNITS):
        return False
    if _is_near(index, tokens):
        return True
    goes = after in _WAYS or (after in _POINTS and before.norm in _BEFORE_POINT)
    return goes and before.kind == "word"


def _is_near(index: int, tokens: Sequence[Token]) -> bool:
    """Whether it is "right below the knee" in a report that never says "left below the …"."""
    near = [token.norm for token in tokens[index + 1 : index + 3]]
    if near[1:] != ["the"] or near[0] not in _NEAR:
        return False
    pairs = pairwise(token.norm for token in tokens)
    return all(one != "left" or other not in _NEAR for one, other in pairs)


def _is_verb(before: str, after: str, then: str) -> bool:
    """Whether "left" is of "leave" between these words: "was left in place", "left a stump"."""
    if before in (*_LITTLE, *_LEAVING) and after == "of":
        return True
    if before in _PASSIVE and after in (*_REMAINS, *_STAYING):
        return True
    if before in _IS and after in (*_REMAINS, *_AT):
        return True
    if before in _LEAVING and after in ("a", "an", "the", "no", "several", "some", "only"):
        return True
    if after in ("a", "an") and then in _REMNANTS:
        return True
    if before in _NAMING:
        return False
    return after in _REMAINS or (after, then) in _LEAVE or (after == "behind" and then in _WHEN)


def _has_right(index: int, tokens: Sequence[Token]) -> bool:
    """Whether a right side stands behind a left one: "branch left open, right closed"."""
    behind = islice(takewhile(lambda t: t.text != "." and "\n" not in t.gap, tokens[index:]), 1, 12)
    return any(token.norm == "right" for token in behind)


def _is_probe(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it is the letter of a transducer's name: "L12-5", "L9-3", "12L probe"."""
    behind = tokens[mention.last + 1 : mention.last + 4]
    if mention.row("leg") is None or len(tokens[mention.last].text) > 1:
        return False
    before = tokens[max(0, mention.first - 1) : mention.first]
    if before and before[0].text.isdigit() and not tokens[mention.first].gap:
        return any(token.norm in _PROBES for token in behind)
    if len(behind) < _RANGE:
        return False
    glued = not any(token.gap for token in behind)
    return (
        glued and behind[0].text.isdigit() and behind[1].text == "-" and behind[2].text[0].isdigit()
    )


def _settle_neither(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Take "neither" for a denial where it means two veins or places, else for the legs."""
    return [
        replace(mention, meaning=DENIAL)
        if "leg" in mention.meaning.rows and _is_denial(mention, tokens)
        else mention
        for mention in mentions
    ]


def _is_denial(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it is a "neither" alone that means two veins or places, and not the legs."""
    row = mention.row("leg")
    if row is None or not row.negated or mention.first != mention.last:
        return False
    return any(rule(mention, tokens) for rule in (_has_nor, _closes, _means_named, _is_one_sided))


def _means_named(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it means what was named: "neither of which refluxes", "neither vein refluxes"."""
    after = [token.norm for token in tokens[mention.last + 1 : mention.last + 3]]
    return (after[:1] == ["of"] and after[1:] != ["the"]) or any(w in _NAMED for w in after[:1])


def _is_one_sided(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether the sentence names one leg before it: "left SFJ 6 mm, left SSV 3 mm, neither …"."""
    start = mention.first
    while start and not (tokens[start - 1].text == "." and tokens[start].gap):
        start -= 1
    sides = [t.norm for t in tokens[start : mention.first] if t.norm in _SIDES]
    return len(sides) > 1 and len(set(sides)) == 1


def _closes(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether it ends its clause: "on the right both veins reflux, on the left neither"."""
    after = tokens[mention.last + 1 : mention.last + 2]
    return not after or after[0].text in _CLAUSE_ENDS


def _has_nor(mention: Mention, tokens: Sequence[Token]) -> bool:
    ahead = [token.norm for token in tokens[mention.first + 1 : mention.first + _NOR_REACH]]
    return "nor" in (ahead[: ahead.index(".")] if "." in ahead else ahead)
