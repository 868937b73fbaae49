"""Names that mean different things in different reports, settled once for the whole report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ultrasound.extract.lexicon import Concept, Mention
from ultrasound.extract.quantities import Number
from ultrasound.extract.tokens import Token
from ultrasound.knowledge.schema_text import TextKnowledge

_BEFORE_TIME = (":", "=", "of", "is", "was")
_BOTH = ("both", "either", "each")
_WORSE = (">", "<", "worse", "greater", "more")


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
    named = {row.code for m in mentions if (row := m.row("vein")) is not None}
    written = {c.exact for m in mentions for c in m.concepts if c.exact}
    others = {m.first for m in mentions if m.cue("no_vein")}
    settled = []
    for mention in mentions:
        if mention.last + 1 in others and mention.row("vein", "place", "inferred"):
            continue
        kept = _settle_one(mention, numbers, tokens)
        kept = _settle_abbreviation(kept, written)
        kept = _settle_ambiguous(kept, named, knowledge, lsv)
        if kept is not None:
            settled.append(kept)
    return _drop_bare_both(_drop_comparisons(settled, tokens), tokens)


def _drop_bare_both(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """"Both" says legs only before a vein or a leg's name: "X and Y both competent" does not."""
    firsts = {m.first for m in mentions if m.row("vein", "place", "inferred", "ambiguous", "level", "zone", "cue")}
    kept = []
    for mention in mentions:
        bare = mention.row("leg") is not None and tokens[mention.first].norm in _BOTH and mention.first == mention.last
        after = mention.last + 1
        while after < len(tokens) and tokens[after].norm in ("the", "of", "great", "small"):
            after += 1
        if not bare or after in firsts:
            kept.append(mention)
    return kept


def _settle_one(
    mention: Mention, numbers: Sequence[Number], tokens: Sequence[Token]
) -> Mention | None:
    """RT: reflux time where a number follows, else right."""
    if mention.row("leg") is None or mention.row("finding") is None:
        return mention
    after = mention.last + 1
    while after < len(tokens) and tokens[after].norm in _BEFORE_TIME:
        after += 1
    follows = next((n for n in numbers if n.first <= after <= n.last), None)
    in_header = after + 1 < len(tokens) and tokens[after].text == "(" and tokens[after + 1].norm in ("s", "sec", "ms", "msec", "second")
    wanted = "finding" if in_header or (follows and follows.unit and follows.unit.kind == "time") else "leg"
    if follows and follows.unit is None and tokens[mention.last + 1].text in ":=":
        wanted = "finding"
    return _only(mention, wanted)


def _only(mention: Mention, kind: str) -> Mention:
    return replace(mention, concepts=tuple(c for c in mention.concepts if c.kind == kind))


def _settle_abbreviation(mention: Mention | None, written: set[str | None]) -> Mention | None:
    """PT, MT, DT … are levels only where the report uses others of their kind."""
    if mention is None or (row := mention.row("abbreviation")) is None:
        return mention
    return mention if written.intersection(row.beside) else None


def _settle_ambiguous(
    mention: Mention | None, named: set[str], knowledge: TextKnowledge, lsv: str | None
) -> Mention | None:
    if mention is None or (row := mention.row("ambiguous")) is None:
        return mention
    open_codes = [r.code for r in row.rivals if not named.intersection(r.excluded_by)]
    if len(open_codes) != 1 and row.setting == "lsv" and lsv is not None:
        open_codes = [lsv]
    if len(open_codes) != 1:
        return mention
    return replace(mention, concepts=(Concept("vein", knowledge.vein_rows[open_codes[0]]),))


def _drop_comparisons(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Take out "R > L" and "left worse than right": they say which is worse, not where."""
    dropped: set[int] = set()
    for left, right in zip(mentions, mentions[1:], strict=False):
        if left.row("leg") is None or right.row("leg") is None:
            continue
        between = [token.norm for token in tokens[left.last + 1 : right.first]]
        if between and between[0] in _WORSE and len(between) <= 3:
            dropped.update((left.first, right.first))
    return [mention for mention in mentions if mention.first not in dropped]
