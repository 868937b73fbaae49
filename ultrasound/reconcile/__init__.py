"""The documents of one study: same facts joined, different facts about one place named.

Within one document the extraction has already joined repeats and named contradictions; here only
facts of different documents meet. The text leads: where the scanner's report says the same, it
is a repeat of the text's fact, and where it says something else, both stay, flagged ``conflict``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ultrasound.domain import Context, Document, Extraction, Observation, Quantity, Study
from ultrasound.knowledge import Knowledge
from ultrasound.knowledge.schema_criteria import DEFAULT_CRITERIA
from ultrasound.reconcile.conflicts import find_conflicts
from ultrasound.reconcile.facts import align_items, is_same, join
from ultrasound.reconcile.identity import compare_identities, compare_sides
from ultrasound.reconcile.rules import Rules

# A report that a person signed stands before what a scanner sent.
_RANK: Final = ("text", "text_sr", "pdf", "cda", "sr", "presentation", "us_image")
_ANY_PERFORATOR: Final = "PERF"


def reconcile_study(
    study: Study, extractions: Mapping[str, Extraction], knowledge: Knowledge
) -> Extraction:
    """Merge what was read from the documents of one study.

    Args:
        study: the documents, of which the signed texts lead.
        extractions: by document name; a document without one is passed over.
        knowledge: the veins that a group holds, and the limits of the default criteria set,
            over which a time contradicts "no reflux".
    """
    documents = sorted(study.documents, key=_rank_document)
    read = [extractions[d.name] for d in documents if d.name in extractions]
    facts: list[Observation] = []
    for extraction in read:
        _add_facts(facts, extraction.observations)
    kinds = {document.name: document.kind for document in documents}
    marked, conflicts = find_conflicts(facts, _make_rules(kinds, knowledge))
    context = [item for extraction in read for item in extraction.context]
    asked = [item for extraction in read for item in extraction.review]
    return Extraction(
        observations=marked,
        context=_drop_repeats(context),
        dismissals=tuple(item for extraction in read for item in extraction.dismissals),
        review=(
            *asked,
            *conflicts,
            *compare_identities(context, knowledge),
            *compare_sides(context, marked, knowledge),
        ),
    )


def _rank_document(document: Document) -> tuple[int, str]:
    kind = document.kind
    return (_RANK.index(kind) if kind in _RANK else len(_RANK), document.name)


def _add_facts(facts: list[Observation], incoming: Iterable[Observation]) -> None:
    """Join each fact to its equal of an earlier document, else append it."""
    earlier = len(facts)
    for observation in align_items(list(facts), incoming) if facts else incoming:
        for number in range(earlier):
            if is_same(facts[number], observation):
                facts[number] = join(facts[number], observation)
                break
        else:
            facts.append(observation)


def _drop_repeats(context: Iterable[Context]) -> tuple[Context, ...]:
    """Keep the first of equal statements: every image of a study names the patient again."""
    kept: dict[tuple[object, ...], Context] = {}
    for item in context:
        kept.setdefault((item.leg, item.fact, item.value, item.assertion), item)
    return tuple(kept.values())


def _make_rules(kinds: Mapping[str, str], knowledge: Knowledge) -> Rules:
    criteria = knowledge.criteria.choose(DEFAULT_CRITERIA)
    veins = knowledge.text.veins.vein
    members = {vein.code: frozenset(vein.members) for vein in veins if vein.members}
    perforators = {vein.code for vein in veins if vein.system == "perforator"}
    members[_ANY_PERFORATOR] = frozenset(perforators - {_ANY_PERFORATOR})

    def exceeds(vein: str, time: Quantity) -> bool:
        limit = criteria.limit_for(vein)
        return limit is not None and time.holds(limit.test, limit.ms) is True

    return Rules(kinds, members, exceeds, knowledge.dicom.slips)
