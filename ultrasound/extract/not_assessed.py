"""What was not assessed: a vein, or where no vein is named the reflux of the legs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.assignment import Assignment
from ultrasound.extract.fact import GROUPS, Outcome, Setting
from ultrasound.extract.placing import Placer
from ultrasound.extract.sites import Site
from ultrasound.knowledge.schema_text import Finding

_NEAR: Final = 10  # tokens from a clause to the one whose subject it takes over
_SUBJECTS: Final = ("reflux", "thrombus", "compressibility")


class NotAssessedReader:
    """Reads the statements of one sentence that something was not assessed."""

    def __init__(self, placer: Placer, setting: Setting) -> None:
        self._placer = placer
        self._setting = setting

    def read(
        self, a: Assignment, finding: Finding, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """The facts that a statement gives; ``everything`` is what its sentence says."""
        span = (a.predicate.first, a.predicate.last)
        near = _finding_before(a, everything)
        if near is not None and near.kind == "label":
            return
        subject = finding.property
        if subject == "*":
            subject = near.property if near is not None and near.property in _SUBJECTS else ""
        if self._means_vein(a, subject):
            name = subject or ("thrombus" if self._setting.exam == "dvt" else "reflux")
            yield from self._placer.code(a, name, "not_assessed", span)
        elif subject in ("", "reflux"):
            legs, at = self._placer.say_legs(a.sites)
            for vein in ("DEEP", "SUPERFICIAL"):
                site = Site(legs=legs, vein=vein, leg_at=at, vein_at=span)
                placed = replace(a, sites=(site,))
                yield from self._placer.code(placed, "reflux", "not_assessed", span)

    def _means_vein(self, a: Assignment, subject: str) -> bool:
        """Whether a vein was not assessed, rather than a leg."""
        groups = a.chunk.groups
        only_legs = all(not g.has_vein and not g.has_spot for g in groups)
        if groups and not only_legs and any(s.vein for s in a.sites):
            return True
        if not subject and only_legs and groups and groups[0].last < a.predicate.first:
            return False
        local = any(
            s.vein and s.vein not in GROUPS and s.vein_at and s.vein_at[0] >= self._setting.first
            for s in a.sites
        )
        if local or any(group.has_vein for group in groups):
            return True
        said_leg = any(s.leg_at and s.leg_at[0] >= self._setting.first for s in a.sites)
        # "Left leg: not examined" under the heading of a vein is said of the leg
        return not groups and not said_leg and not subject and any(s.vein for s in a.sites)


def _finding_before(a: Assignment, everything: Sequence[Assignment]) -> Finding | None:
    """The last finding that stands shortly before a statement."""
    near = [
        b.predicate.finding
        for b in everything
        if b is not a
        and b.predicate.finding is not None
        and b.predicate.last < a.predicate.first
        and abs(b.chunk.first - a.chunk.first) < _NEAR
    ]
    return near[-1] if near else None
