"""Writes docs/criteria.md: every criterion, score and payer profile, from the tables that judge.

``python -m tools.write_criteria``. A test fails while the page is not what the tables say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.page_tables import say_verified, write_table
from tools.write_scores import render_scores
from ultrasound.knowledge import Knowledge, load_knowledge
from ultrasound.knowledge.schema_criteria import DEFAULT_CRITERIA, CriteriaSet
from ultrasound.knowledge.schema_payers import PayerProfile
from ultrasound.write.about import describe_condition

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "criteria.md"
_HEAD: Final = """# Criteria, scores and payer profiles

This page is written from the tables by `python -m tools.write_criteria`. "Verified" says that a
figure was held against the document that it is from; what is not verified says so in the
workbook, on every row that it decides.

The program tells what evidence a report holds for a criterion: met, not met, or cannot say. It
makes no diagnosis and no decision of a payer.

## Reflux criteria sets

One set is in force in a run (`--criteria`). Veins "by extension" have no limit of their own in
the source, are judged by the limit beside, and count as not verified.
"""
_PAYERS: Final = """## Payer profiles

None is used unless asked for (`--payer ID`, several times for several). A profile is one edition
of a document, and payers change theirs: look whether it is still in force. Each condition is
answered for itself, for each target vein that the report speaks of; there is no answer for a
whole profile. A missing value is "cannot say". A condition on reflux is not met only where
enough of the vein is reported without it. Veins "by extension" are not named in what was seen of
the document, and their answers count as not verified.
"""
_LEFT_OUT: Final = """## Documents without a profile

A profile is made only of a document whose own text was seen. These were not, or say nothing that
a report can show:
"""


def render_page(knowledge: Knowledge) -> str:
    """The page as text."""
    sets = sorted(knowledge.criteria.sets.values(), key=lambda s: (s.id != DEFAULT_CRITERIA, s.id))
    left_out = knowledge.payers.left_out
    parts = [
        _HEAD,
        *(_render_set(criteria) for criteria in sets),
        _PAYERS,
        *(_render_profile(profile) for profile in knowledge.payers.profiles.values()),
        _LEFT_OUT,
        write_table(
            ("document", "edition", "why"), ((d.title, d.edition, d.reason) for d in left_out)
        ),
        *render_scores(knowledge),
    ]
    return "\n".join(parts).replace("\n\n\n", "\n\n")


def _render_set(criteria: CriteriaSet) -> str:
    default = " (the default)" if criteria.id == DEFAULT_CRITERIA else ""
    return (
        f"### `{criteria.id}`{default}\n\n"
        f"{criteria.title}. {criteria.reference}. Edition: {criteria.edition}, in effect from "
        f"{criteria.effective}. Position asked: {criteria.position or 'none'}.\n\n"
        + write_table(("criterion", "asks", "of", "verified", "note"), _list_limits(criteria))
    )


def _list_limits(criteria: CriteriaSet) -> Iterator[tuple[str, ...]]:
    for limit in criteria.limits:
        veins = ", ".join(limit.veins)
        if limit.by_extension:
            veins += f"; by extension {', '.join(limit.by_extension)}"
        yield (
            f"`{limit.id}`",
            f"{limit.test} {limit.ms} ms",
            veins,
            say_verified(verified=limit.verified),
            limit.note,
        )
    own = criteria.pathologic_perforator
    if own is not None:
        asks = (
            f"refluxing, {own.reflux_test} {own.reflux_ms} ms, "
            f"diameter {own.diameter_test} {own.diameter_mm} mm"
        )
        asks += ", beneath an ulcer" if own.beneath_ulcer else ""
        yield (
            "`pathologic_perforator`",
            asks,
            "TPV, CPV, PERF",
            say_verified(verified=own.verified),
            own.note,
        )


def _render_profile(profile: PayerProfile) -> str:
    since = f", in effect from {profile.effective}" if profile.effective else ""
    beside = f"\nNot asked here: {'; '.join(profile.left_out)}.\n" if profile.left_out else ""
    beyond = f"; by extension {', '.join(profile.by_extension)}" if profile.by_extension else ""
    later = f" {profile.superseded}" if profile.superseded else ""
    return (
        f"### `{profile.id}`\n\n"
        f"{profile.reference}. Edition: {profile.edition}{since}. Seen: {profile.seen}.{later} "
        f"Target veins: {', '.join(profile.targets)}{beyond}.\n\n"
        + write_table(
            ("condition", "asks", "verified", "note"),
            (
                (f"`{c.id}`", describe_condition(c), say_verified(verified=c.verified), c.note)
                for c in profile.conditions
            ),
        )
        + beside
    )


if __name__ == "__main__":
    PAGE.write_text(render_page(load_knowledge()), "utf-8", newline="\n")
