"""Nouns of a good state that only say what was not assessed: "patency could not be assessed".

As in "compressibility and patency of the FV were not assessed", "unable to assess the patency".
The vein is neither patent nor compressible by that; what was not looked for is a clot. Of the
flow nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.clauses.predicates import Predicate
from ultrasound.extract.places.places import FILLERS
from ultrasound.extract.words.marks import Marks
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_NOUNS: Final = frozenset({"patency", "compressibility", "phasicity", "variation", "variability"})
_ASKED: Final = {"patency": "thrombus", "compressibility": "compressibility", "flow": None}
_LISTS: Final = ("and", "or", "nor", "&", ",", "/")
_UNTOLD: Final = "not_assessed"
_ANY: Final = "*"


def leave_unassessed(chunks: Sequence[Chunk], marks: Marks) -> None:
    """Let what was not assessed be so, and nothing else."""
    for index, chunk in enumerate(chunks):
        untold = next((p for p in chunk.predicates if _is_untold(p)), None)
        if untold is None and "undetermined" in chunk.kinds:
            _leave_undetermined(chunk, marks)
        if untold is None:
            continue
        nouns = [p for p in chunk.predicates if _is_noun(p, marks)]
        if not nouns or not all(p in nouns or p is untold for p in chunk.predicates):
            continue
        chunk.predicates = [p for p in chunk.predicates if p not in nouns]
        _ask(chunk, untold, nouns)
        for before in _listed_before(chunks, index, marks):
            _ask(before, before.predicates[0], before.predicates)


def _leave_undetermined(chunk: Chunk, marks: Marks) -> None:
    """Of a patency or a flow that could not be told nothing is said."""
    nouns = [p for p in chunk.predicates if _is_noun(p, marks)]
    held = any(p.finding and p.finding.property == "compressibility" for p in nouns)
    if nouns and nouns == chunk.predicates and not held:
        _ask(chunk, nouns[0], nouns)


def _ask(chunk: Chunk, untold: Predicate, nouns: Sequence[Predicate]) -> None:
    """Say of the first of some nouns that it was not assessed; of flow there is nothing to say."""
    names = [_ASKED[p.finding.property] for p in nouns if p.finding is not None]
    name = next((name for name in names if name), None)
    if name is None:
        at = (untold.first, untold.last)
        chunk.predicates, chunk.dismissed, chunk.dismissed_by = [], "unspecific", at
        return
    untold.finding = Finding(property=name, value=_UNTOLD, kind="word", terms=())
    untold.negated = None
    chunk.predicates = [untold]


def _is_untold(predicate: Predicate) -> bool:
    finding = predicate.finding
    return finding is not None and (finding.property, finding.value) == (_ANY, _UNTOLD)


def _is_noun(predicate: Predicate, marks: Marks) -> bool:
    finding = predicate.finding
    named = finding is not None and finding.property in _ASKED
    return named and marks.tokens[predicate.last].norm in _NOUNS


def _listed_before(chunks: Sequence[Chunk], index: int, marks: Marks) -> list[Chunk]:
    """The clauses of a noun alone that its list begins with: "compressibility and patency of"."""
    listed: list[Chunk] = []
    while index and chunks[index].separator in _LISTS:
        index -= 1
        before = chunks[index]
        alone = len(before.predicates) == 1 and _is_noun(before.predicates[0], marks)
        if not alone or not all(map(_is_light, before.elements)):
            break
        listed.append(before)
    return listed


def _is_light(element: object) -> bool:
    """Whether it is no word that says something of the noun."""
    return not isinstance(element, Token) or element.norm in FILLERS
