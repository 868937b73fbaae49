"""Veins that are named only to say where another one runs: "joins the popliteal vein".

Nothing is said of them, and no later sentence speaks of them. A tributary, varicosity or perforator
is no such vein: it is met here for the first time, and what follows is said of it ("fed by a Hunter
perforator, 3.8 mm, incompetent").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk, end_of
from ultrasound.extract.clauses.verbs import goes_on_as
from ultrasound.extract.facts.fact import COUNTED, PERFORATORS, SAPHENOUS
from ultrasound.extract.links.leading import is_adjective
from ultrasound.extract.links.lying_beside import lies_beside
from ultrasound.extract.links.passed import ends_passing, links_on, links_two, tells_means
from ultrasound.extract.places.places import FILLERS, PlaceGroup, is_only_level
from ultrasound.extract.places.sites import Site
from ultrasound.extract.words.marks import Element, Marks
from ultrasound.extract.words.mentions import Mention
from ultrasound.extract.words.quantities import Number
from ultrasound.extract.words.tokens import Token, fold_word

_REACH: Final = 5  # elements between "joins" and the vein that is joined
_ON_THE_WAY: Final = frozenset(
    {
        *("as", "into", "with", "to", "by", "up", "just", "directly", "high", "low"),
        *("front", "back", "wall", "end", "top", "bend", "arch", "surface"),
    }
)
_MOVES: Final = frozenset({"protrude", "extend", "extending", "protruding"})
_ENTERING: Final = 3  # elements between "extends into" and the vein
_ENDING: Final = frozenset(
    {"terminates", "terminating", "drains", "draining", "ends", "ending", "empties", "emptying"}
    | {"inserts", "inserting", "runs", "running", "goes", "going", "passes", "passing", "flows"}
)
_ENDING_NORMS: Final = frozenset(map(fold_word, _ENDING))
_INTO: Final = ("into", "in", "with")
_LEADING: Final = frozenset({"into", "off"})
_LEADING_CUES: Final = frozenset({"joins", "continues", "enters"})
_THIS: Final = ("the", "this", "that")
_THESE: Final = ("these", "those")  # "the perforators" are all of them
_WHERE: Final = ("location", "distance")
_THAT: Final = "that"
_IS: Final = ("is", "was", "are", "has", "measure", "show", "remain")
_OF: Final = "of"  # before the size of a vein


def mark_passing(chunks: Sequence[Chunk]) -> None:
    """Note the veins of each clause that are named in passing.

    A clot that enters a vein lies in it, and a reflux that fills one is its reflux; something is
    said of a vein in passing where it has an adjective ("fed by an incompetent SFJ").
    """
    flows = False
    for position, chunk in enumerate(chunks):
        before = chunks[position - 1] if position else None
        linked = before is not None and links_on(before, chunk)
        if before is not None and _gives_source(before, chunk):
            chunk.passing.append(chunk.groups[0])
            continue
        if before is not None and (source := _ends_with_source(before, chunk)) is not None:
            chunk.passing.append(source)
        if before is not None and (_is_not_met(before, chunk) or tells_means(chunk)):
            chunk.passing.append(chunk.groups[0])
            continue
        if not linked and _leads_nowhere(chunk):
            flows = _flows_on(chunk, flows=flows)
        else:
            flows = _mark_clause(chunks[position:], linked=linked, flows=flows)
        if (beside := lies_beside(chunk)) is not None:
            chunk.passing.append(beside)
        if "into" in chunk.norms:
            _mark_filled(chunks[: position + 1], chunk)


def _is_not_met(before: Chunk, chunk: Chunk) -> bool:
    """Whether it is a vein that one does not meet: "joins the GAV, not (in) the popliteal vein"."""
    if chunk.predicates or len(chunk.groups) != 1 or not chunk.groups[0].has_vein:
        return False
    denied = bool(chunk.cues("negation", "contrast"))
    words = all(w in FILLERS or w in (*_INTO, "not", "and", "than", ".") for w in chunk.words)
    return denied and words and ends_passing(before)


def _gives_source(before: Chunk, chunk: Chunk) -> bool:
    """Whether brackets only say where a branch comes from: "right anterior thigh (from AASV)".

    Its leg or level stands before them, and no trunk; a range is none ("from the SFJ to the knee").
    """
    sole = len(chunk.groups) == 1 and chunk.groups[0].has_vein and not chunk.predicates
    if chunk.separator != "(" or "from" not in chunk.kinds or not sole or not before.groups:
        return False
    branch, source = before.groups[-1].parts, chunk.groups[0].parts
    of_branch = before.groups[-1].has_spot and all(p.vein in (None, *COUNTED) for p in branch)
    return of_branch and len(source) == 1 and source[0].vein not in COUNTED


def _ends_with_source(before: Chunk, chunk: Chunk) -> PlaceGroup | None:
    """The branch from which comes what is found of a vein before a colon: "GSV: reflux from a …".

    Nothing is said of it.
    """
    headed = chunk.separator == ":" and any(group.has_vein for group in before.groups)
    group = next((g for g in reversed(chunk.groups) if g.has_vein), None)
    if not headed or group is None or not chunk.predicates:
        return None
    told = any(predicate.first > group.last for predicate in chunk.predicates)
    led = [e for e in chunk.elements if end_of(e) < group.first]
    return group if not told and _is_source(led, group) else None


def _mark_filled(before: Sequence[Chunk], chunk: Chunk) -> None:
    """Note a vein that the one named before only refluxes into: "AASV, 5 mm, refluxes into GSV"."""
    group = next((g for g in reversed(chunk.groups) if g.has_vein), None)
    if group is None or group in (*chunk.asides, *chunk.passing):
        return
    led = [e for e in chunk.elements if end_of(e) < group.first]
    while led and isinstance(led[-1], Token) and led[-1].norm in (*FILLERS, "into"):
        led.pop()
    row = led[-1].row("finding") if led and isinstance(led[-1], Mention) else None
    verb = row is not None and row.kind == "word" and row.property == "reflux"
    named = [g for c in before for g in c.groups if g.has_vein and g.last < group.first]
    spoken = {part.vein for part in named[-1].parts} if named else set()
    superficial = bool(spoken) and spoken <= {*SAPHENOUS, *COUNTED}
    other = {part.vein for part in group.parts}.isdisjoint({*spoken, *COUNTED})
    if verb and superficial and other:
        chunk.passing.append(group)


def _mark_clause(chunks: Sequence[Chunk], *, linked: bool, flows: bool) -> bool:
    """Note the veins of the first clause; returned is whether a finding is spoken of behind it."""
    chunk = chunks[0]
    for index, element in enumerate(chunk.elements):
        if isinstance(element, Mention):
            row = element.row("finding")
            flows = flows or (row is not None and row.kind == "noun")
            continue
        if not isinstance(element, PlaceGroup) or not element.has_vein:
            continue
        if _enters(chunk.elements[:index]):
            chunk.asides.append(element)
            continue
        before_it = chunk.elements[:index]
        led = _leads(before_it, "joins") or (linked and index <= 1)
        if _leads(before_it, "continues") and not goes_on_as(chunks, element):
            led = True
            chunk.passing += [
                g for g in chunk.groups if g.first > element.last and is_only_level(g)
            ]
        led |= _ends_in(before_it)
        led = led and (element.has_spot or not _is_measured(chunk.elements[index + 1 :]))
        trunk = all(part.vein not in COUNTED for part in element.parts)
        trunk = trunk or links_two(chunks, element)
        if led and not flows and (trunk or _leads(before_it, "beside")):
            stated = is_adjective(chunk.elements[index - 1])
            (chunk.asides if stated else chunk.passing).append(element)
        elif not led and not _is_source(before_it, element):
            flows = False
    return flows


def _is_measured(behind: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a vein's own size stands straight behind it: "arise from an AASV of 4.9 mm".

    Or what it is like: "feeds an AASV that is 4.9 mm".
    """
    of, number = (*behind[:2], None, None)[:2]
    if isinstance(of, Token) and of.norm == _THAT:
        return (isinstance(number, Token) and number.norm in _IS) or isinstance(number, Mention)
    if not (isinstance(of, Token) and of.norm == _OF and isinstance(number, Number)):
        return False
    return number.unit is not None and number.unit.kind == "length"


def _is_source(before: Sequence[Element | PlaceGroup], group: PlaceGroup) -> bool:
    """Whether a finding comes from a branch: "reflux from a tributary fills the GSV"."""
    branch = all(part.vein in COUNTED for part in group.parts)
    return branch and any(isinstance(e, Mention) and e.cue("from") for e in before[-3:])


def _leads_nowhere(chunk: Chunk) -> bool:
    """Whether a clause has no word that leads to a vein in passing: most clauses."""
    if not (_LEADING.isdisjoint(chunk.norms) and _LEADING_CUES.isdisjoint(chunk.kinds)):
        return False
    return _ENDING_NORMS.isdisjoint(chunk.norms)


def _flows_on(chunk: Chunk, *, flows: bool) -> bool:
    """Whether a finding is spoken of behind a clause in which no vein is named in passing."""
    for element in reversed(chunk.elements):
        if isinstance(element, PlaceGroup):
            if element.has_vein:
                return False
        elif isinstance(element, Mention):
            row = element.row("finding")
            if row is not None and row.kind == "noun":
                return True
    return flows


def mark_again(chunks: Sequence[Chunk], marks: Marks, focus: Sequence[Site]) -> None:
    """Note a tributary or perforator that was spoken of before: "The perforator is 4 mm"."""
    groups = chunks[0].groups if chunks else []
    if not groups or not focus or groups[0].has_spot or groups[0].has_leg:
        return
    opens = [t.norm for t in marks.tokens[chunks[0].first : groups[0].first]]
    veins = {part.vein for part in groups[0].parts}
    spoken = {site.vein for site in focus}
    level = veins == {"PERF"} and spoken <= set(PERFORATORS)  # "the perforator" for a Boyd
    same = veins <= set(COUNTED) and (spoken == veins or level)
    several = marks.tokens[groups[0].last].text.endswith("s")
    if same and len(opens) == 1 and opens[0] in (_THESE if several else _THIS):
        chunks[0].passing.append(groups[0])


def _leads(before: Sequence[Element | PlaceGroup], cue: str) -> bool:
    """Whether the words before a place say that another vein meets it, or goes on as it."""
    near = before[-_REACH:-1] if before and is_adjective(before[-1]) else before[-_REACH:]
    for element in reversed(near):
        if isinstance(element, Mention) and element.cue(cue):
            return True
        if cue == "joins" and isinstance(element, Token) and element.norm == "off":
            return True
        if cue == "joins" and _ends_there(element, before):
            return True
        if not _is_between(element):
            return False
    return False


def _ends_in(before: Sequence[Element | PlaceGroup]) -> bool:
    """Whether only where something lies stands before the "into" of a place: no finding goes on.

    As in "Perforators: medial thigh into the GSV, 4 mm".
    """
    words = [e for e in before if not (isinstance(e, Token) and e.norm in FILLERS)]
    into = bool(words) and isinstance(words[-1], Token) and words[-1].norm == "into"
    placed = any(isinstance(e, PlaceGroup) for e in words)
    told = all(
        isinstance(e, PlaceGroup | Number) or (isinstance(e, Mention) and e.cue(*_WHERE))
        for e in words[:-1]
    )
    return into and placed and told


def _ends_there(verb: Element | PlaceGroup, before: Sequence[Element | PlaceGroup]) -> bool:
    """Whether a vein ends in the next one: "terminates 2 cm above the crease into the POPV"."""
    if not isinstance(verb, Token) or verb.text.lower() not in _ENDING:
        return False
    rows = [e.row("finding") for e in before if isinstance(e, Mention)]
    if any(row is not None and row.property == "thrombus" for row in rows):
        return False  # "the thrombus runs into the CFV"
    return any(isinstance(e, Token) and e.norm in _INTO for e in before[-2:])


def _enters(before: Sequence[Element | PlaceGroup]) -> bool:
    """Whether the words before a place say that a finding goes on into it."""
    into = any(isinstance(e, Token) and e.norm == "into" for e in before[-2:])
    near = any(isinstance(e, Mention) and e.cue("enters") for e in before[-_ENTERING:])
    return near or (into and is_entering(before))


def is_entering(elements: Sequence[Element | PlaceGroup]) -> bool:
    """Whether words say that a finding goes on: "protrudes 3 mm into"."""
    words = [e.norm for e in elements if isinstance(e, Token)]
    moves = "into" in words and not (_MOVES.isdisjoint(words) and not _is_clot(elements[0]))
    moves = moves or _is_far_into(elements)
    return moves or any(isinstance(e, Mention) and e.cue("enters") for e in elements)


def _is_far_into(elements: Sequence[Element | PlaceGroup]) -> bool:
    """Whether it says how far a clot lies in a vein: "a tongue of thrombus hangs 4 mm into"."""
    return any(
        isinstance(number, Number)
        and isinstance(word, Token)
        and word.norm == "into"
        and any(_is_clot(e) for e in elements[:at])
        for at, (number, word) in enumerate(pairwise(elements))
    )


def _is_clot(element: Element | PlaceGroup) -> bool:
    """Whether it is the clot of "Thrombus is continuous through the CFV into the FV"."""
    row = element.row("finding") if isinstance(element, Mention) else None
    return row is not None and (row.property, row.kind) == ("thrombus", "noun")


def _is_between(element: Element | PlaceGroup) -> bool:
    """Whether it can stand between "joins" and the vein: an article, a distance."""
    if isinstance(element, Mention):
        return element.cue("distance", "location")
    if isinstance(element, Token):
        return element.norm in FILLERS or element.norm in _ON_THE_WAY
    return isinstance(element, Number)
