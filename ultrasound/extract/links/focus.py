"""What a clause leaves in focus, and the veins that "all" goes back to."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import COUNTED, GROUPS, PERFORATORS
from ultrasound.extract.places.places import is_only_leg
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.tokens import Token

_SINGULAR: Final = ("is", "was", "has", "measures", "shows")
_WHICH, _INCLUDED = "which", "included"
_ALL: Final = "all"
_THOSE: Final = ("these", "those", "them", "which")
_LYING: Final = ("lying", "located", "situated", "sited", "positioned", "placed", "found")
_BOTH, _EITHER, _NEITHER, _NOR = "both", "either", "neither", "nor"
_IN: Final = ("in", "of", "at", "on", "for", "from", "within", "with", "to")
_NOR_REACH: Final = 14  # tokens from "neither" to "nor"
_SCANNED: Final = frozenset({"scanned", "rescanned", "examined", "imaged", "scan", "rescan"})
_ONWARD: Final = ("and", ";", "which", "but")
_COUNTS: Final = {"three": 3, "four": 4, "five": 5, "six": 6}


def name_all(marks: Marks, chunk: Chunk, places: Sequence[tuple[Site, ...]]) -> tuple[Site, ...]:
    """The veins that were spoken of, which "all" and "all three" mean: "… nil – all compressible".

    Nothing where it says another number of them.
    """
    words = [t.norm for t in marks.tokens[chunk.first : chunk.last + 1][:2]]
    if not says_all(marks, chunk) or chunk.groups or not any(p.finding for p in chunk.predicates):
        return ()
    named = dict.fromkeys(site for place in places for site in place)
    sites = tuple(site for site in named if site.vein not in GROUPS)
    counted = _COUNTS.get(words[-1]) if len(words) > 1 else None
    trunks = all(site.vein and site.vein not in COUNTED for site in sites)
    told = len(sites) == counted if counted else len(sites) > 1
    return sites if trunks and told and len({site.vein for site in sites}) > 1 else ()


def name_all_of_leg(
    marks: Marks, chunk: Chunk, places: Sequence[tuple[Site, ...]]
) -> tuple[Site, ...]:
    """The veins of one leg that "all three" means of the other: "On the other side all three …"."""
    if len(chunk.groups) != 1 or not is_only_leg(chunk.groups[0]):
        return ()
    words = [t.norm for t in marks.tokens[chunk.first : chunk.last + 1]]
    counts = [_COUNTS.get(b) for a, b in pairwise(words) if a == _ALL]
    sites = tuple(dict.fromkeys(site for place in places for site in place))
    trunks = all(site.vein and site.vein not in (*COUNTED, *GROUPS) for site in sites)
    one_leg = len({site.legs for site in sites}) == 1 and len(sites[0].legs) == 1
    return sites if trunks and one_leg and counts == [len(sites)] else ()


def says_all(marks: Marks, chunk: Chunk) -> bool:
    """Whether a clause begins with "all", or with "none of these"."""
    words = [t.norm for t in marks.tokens[chunk.first : chunk.first + 3]]
    return words[:1] == [_ALL] or (words[:2] == ["none", "of"] and words[-1] in _THOSE)


def says_where(focus: Sequence[Site], chunk: Chunk) -> bool:
    """Whether a clause only says where a junction lies: "the SPJ, lying at the knee crease, …"."""
    junction = bool(focus) and all(site.spot.code and not site.until for site in focus)
    first = chunk.elements[0]
    return junction and isinstance(first, Token) and first.norm in _LYING


def says_pair(marks: Marks, chunk: Chunk) -> bool:
    """Whether a clause speaks of the two places before it: "both reflux", "no reflux in either".

    In "no reflux either" the word adds a denial, in "neither … nor" it begins one.
    """
    before = ""
    for token in marks.tokens[chunk.first : chunk.last + 1]:
        word = token.text.lower()
        if word == _BOTH and token.index == chunk.first:
            return True
        if word in (_BOTH, _EITHER) and before in _IN and marks.mention_over(token.index) is None:
            return True
        if word == _NEITHER and "leg" not in _rows_at(marks, token.index):
            ahead = marks.tokens[token.index : token.index + _NOR_REACH]
            return all(later.norm != _NOR for later in ahead)
        before = word
    return False


def _rows_at(marks: Marks, index: int) -> Container[str]:
    mention = marks.mention_over(index)
    return mention.meaning.rows if mention is not None else ()


def are_perforators(sites: Sequence[Site]) -> bool:
    """Whether perforators are spoken of, and nothing else."""
    return bool(sites) and all(site.vein in PERFORATORS for site in sites)


def is_branch(sites: Sequence[Site]) -> bool:
    """Whether they are branches or perforators, which lie at their level and nowhere else."""
    return bool(sites) and all(site.vein in COUNTED for site in sites)


def are_several(marks: Marks, sites: Sequence[Site]) -> bool:
    """Whether branches were named by a plural, which no "it" means: "drains into varicosities"."""
    return is_branch(sites) and all(
        site.vein_at and marks.tokens[site.vein_at[1]].text.lower().endswith("s") for site in sites
    )


def mean_last(marks: Marks, chunk: Chunk, focus: tuple[Site, ...]) -> tuple[Site, ...]:
    """The last of a list, where one alone is meant: "in the CFV and POPV, which is tortuous"."""
    single = marks.tokens[chunk.first].text.lower() in _SINGULAR
    listed = len({site.vein for site in focus}) == len(focus) > 1
    return focus[-1:] if chunk.separator == _WHICH and single and listed else focus


def adds_member(chunk: Chunk) -> bool:
    """Whether a clause adds a vein to its system: "the deep veins, the POPV included, are …"."""
    words = [e for e in chunk.elements if isinstance(e, Token) and e.kind == "word"]
    return bool(words) and words[-1].norm == _INCLUDED and not chunk.predicates


def leaves_focus(chunk: Chunk, follower: Chunk | None) -> bool:
    """Whether what follows speaks of the places of a clause that finds nothing.

    As in "RFA of the left GSV, which refluxes", "L venous ulcer with GSV reflux", or in "the
    SSV below that is patent and compressible in the calf", or "there is a GSV below this; it …".
    So is the leg of "The right leg was scanned before stopping warfarin", and what was assessed:
    "Limited assessment of the calf veins, but no clot seen".
    """
    reason = follower is not None and follower.separator == "because"
    onward = follower is None or (follower.separator in _ONWARD and bool(follower.predicates))
    if chunk.dismissed == "unspecific" and onward:
        return any(group.has_vein for group in chunk.groups)
    assessed = chunk.dismissed == "question" and bool(chunk.cues("exam_of"))
    if chunk.dismissed == "plan" or reason or assessed:
        return any(group.has_vein for group in chunk.groups)
    sided = all(group.has_leg and not group.has_vein for group in chunk.groups)
    if chunk.dismissed == "drug_or_pressure":
        scanned = not chunk.norms.isdisjoint(_SCANNED) or bool(chunk.cues("course"))
        return scanned and sided and chunk.separator in ("start", ":")
    return chunk.dismissed == "other_structure" and chunk.separator == "start" and sided


def opens_with_denial(chunk: Chunk) -> bool:
    """Whether it is an exception in other words: "but not the left GSV"."""
    first = chunk.elements[0]
    denies = isinstance(first, Mention) and first.cue("negation")
    return denies and not chunk.predicates
