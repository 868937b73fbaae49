"""What was not assessed: a vein, or where a leg is meant the reflux of its systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ultrasound.extract.clauses.chunks import Chunk
from ultrasound.extract.facts.fact import PERFORATORS, Doubt, Outcome, Pass, Setting
from ultrasound.extract.facts.placing import Placer, name_leg
from ultrasound.extract.links.assignment import Assignment
from ultrasound.extract.places.sites import Site
from ultrasound.extract.places.spots import LONG_ZONES
from ultrasound.extract.words.tokens import Token
from ultrasound.knowledge.schema_text import Finding

_DEEP: Final = ("CIV", "EIV", "CFV", "FV", "DFV", "POPV", "DEEP")  # not the calf's own
_KNEE: Final = "knee"
_NEAR: Final = 10  # tokens from a clause to the one whose subject it takes over
_SIDES: Final = frozenset({"side", "aspect", "surface", "one"})
_SYSTEMS: Final = ("DEEP", "SUPERFICIAL")
_THEM: Final = frozenset({"them", "these", "those"})
_SUBJECTS: Final = ("reflux", "thrombus", "compressibility")
_IT: Final = ("it", "this", "they")
_REASONS: Final = frozenset({"due", "because", "owing", "secondary", "given"})
_FOR: Final = "for"  # "not assessed for reflux" is said of what was spoken of


class NotAssessedReader:
    """Reads the statements of one sentence that something was not assessed."""

    def __init__(self, placer: Placer, setting: Setting) -> None:
        self._placer = placer
        self._setting = setting

    def read(
        self, a: Assignment, finding: Finding, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        """The facts that a statement gives; ``everything`` is what its sentence says."""
        if _is_of_treatment(a) or is_of_side(a) or self._is_aside(a):
            yield Pass("unspecific", (a.predicate.first, a.predicate.last))
        else:
            yield from self._read(a, finding, everything)

    def _read(
        self, a: Assignment, finding: Finding, everything: Sequence[Assignment]
    ) -> Iterator[Outcome]:
        span = (a.predicate.first, a.predicate.last)
        near = _finding_before(a, everything)
        timed = near is not None and near.property == "reflux_time"
        if near is not None and near.kind == "label" and not timed:
            return
        subject = "reflux" if timed else finding.property
        if subject == "*":
            near = _finding_behind(a) or near
            subject = near.property if near is not None and near.property in _SUBJECTS else ""
        name = subject or ("thrombus" if self._setting.exam == "dvt" else "reflux")
        if (zone := _zone_alone(a)) is not None:
            yield from self._read_zone(a, name, zone)
        elif self._means_perforators(a):
            sites = tuple(replace(s.without_spot(), vein="PERF") for s in a.sites)
            yield from self._placer.code(replace(a, sites=sites), "reflux", "not_assessed", span)
        elif self._means_vein(a, subject, everything):
            yield from self._placer.code(a, name, "not_assessed", span)
        elif subject in ("", "reflux") and not any(s.ambiguous for s in a.sites):
            legs, at = self._placer.say_legs(a.sites)
            for vein in _SYSTEMS:
                site = Site(legs=legs, vein=vein, leg_at=at, vein_at=span)
                placed = replace(a, sites=(site,))
                yield from self._placer.code(placed, "reflux", "not_assessed", span)

    def _is_aside(self, a: Assignment) -> bool:
        """Whether a bracket says it of words that name no place: "drawing (not scanned in)"."""
        named = (at for s in a.sites for at in (s.leg_at, s.vein_at, *s.spot_at) if at is not None)
        here = any(at[0] >= self._setting.first for at in named)
        return a.chunk.separator == "(" and not a.chunk.groups and not here

    def _read_zone(self, a: Assignment, name: str, zone: str) -> Iterator[Outcome]:
        """The deep veins of the calf, where it alone is said not to be assessed."""
        span = (a.predicate.first, a.predicate.last)
        if zone != "calf":
            yield Doubt("no_vein_named", span, name_leg(a.sites))
            return
        sites = tuple(dict.fromkeys(replace(s.without_spot(), vein="CALF") for s in a.sites))
        yield from self._placer.code(replace(a, sites=sites), name, "not_assessed", span)

    def _means_perforators(self, a: Assignment) -> bool:
        """Whether the perforators of the other leg are meant: "Perfs: L mid calf 4 mm. R not done".

        All of them, since no word of its own clause says which.
        """
        groups = a.chunk.groups
        own = any(g.has_vein or g.has_spot for g in groups) or self._names_limb(a)
        said = {s.vein for s in a.sites}
        return bool(said) and said <= set(PERFORATORS) and bool(groups) and not own

    def _means_vein(self, a: Assignment, subject: str, everything: Sequence[Assignment]) -> bool:
        """Whether a vein was not assessed, rather than a leg.

        A vein of the same sentence or of the heading is meant, unless a leg is called so ("Left
        leg: not examined"); one of the sentence before where only the other side is added.
        """
        groups = a.chunk.groups
        if not any(s.vein for s in a.sites):
            return False
        if any(g.has_vein for g in groups):
            return True
        if _points_back(a.chunk):
            return True
        if self._names_limb(a):
            return False
        if any(g.has_spot for g in groups) or self._is_local(a) or self._is_labelled(a):
            return True
        if not groups and self._ends_item(a):
            return True
        before = any(b.predicate.last < a.predicate.first and b.number is None for b in everything)
        if self._setting.heading_vein and (not subject or groups or before):
            return True
        return not subject and all(g.first > a.predicate.last for g in groups)

    def _ends_item(self, a: Assignment) -> bool:
        """Whether the item's label names the vein: "PTV: compressible. Reflux not tested"."""
        item = self._setting.item
        return item is not None and all(
            s.vein not in _SYSTEMS and s.vein_at is not None and item[0] <= s.vein_at[0] < item[1]
            for s in a.sites
        )

    def _is_labelled(self, a: Assignment) -> bool:
        """Whether the line's label names the vein of a side: "AASV: Rt 3.8 mm. Lt not tested"."""
        label = self._setting.label
        sided = len(a.chunk.groups) == 1 and a.chunk.groups[0].first == a.chunk.first
        return sided and all(s.vein not in _SYSTEMS and s.vein_at == label for s in a.sites)

    def _is_local(self, a: Assignment) -> bool:
        """Whether the sentence itself names the vein or its level; a system only as a label."""
        return any(
            at[0] >= self._setting.first
            for s in a.sites
            if a.chunk.separator == ":" or s.vein not in _SYSTEMS or s.has_spot
            for at in (s.vein_at, *s.spot_at)
            if at is not None
        )

    def _names_limb(self, a: Assignment) -> bool:
        """Whether the sentence speaks of a leg by more than its side."""
        spans = [s.leg_at for s in a.sites if s.leg_at is not None]
        return any(
            first >= self._setting.first
            and not self._setting.limbs.isdisjoint(range(first, last + 1))
            for first, last in spans
        )


def _points_back(chunk: Chunk) -> bool:
    """Whether a clause points to what was spoken of.

    As in "the deep veins of the left leg compress, I did not test them", "The SSV is 3 mm. It was
    not assessed for reflux".
    """
    words = chunk.words
    tested = _FOR in words and words[0] in (_FOR, *_IT)
    return tested or not _THEM.isdisjoint(words) or bool(chunk.cues("here"))


def is_of_side(a: Assignment) -> bool:
    """Whether only a side of the leg was left out: "competent, lateral side not mapped"."""
    led = any(cue.first < a.predicate.first for cue in a.chunk.cues("location"))
    return led and not a.chunk.groups and not _SIDES.isdisjoint(a.chunk.norms)


def _zone_alone(a: Assignment) -> str | None:
    """The zone that is named alone behind a deep vein: "CFV patent. Calf not seen".

    It would be a level of a superficial vein; a deep one has none by this name. Where no vein was
    spoken of, it is no vein's ("").
    """
    groups = a.chunk.groups
    if len(groups) != 1 or groups[0].has_vein or not a.sites:
        return None
    part = groups[0].parts[0]
    if groups[0].has_spot and not any(site.vein or site.ambiguous for site in a.sites):
        return ""
    deep = all(site.vein in _DEEP for site in a.sites)
    alone = deep and part.until is None and not part.spot.level
    if alone and part.spot.zone == _KNEE and all(site.vein != "POPV" for site in a.sites):
        return _KNEE  # "CFV patent. The popliteal fossa could not be examined"
    return part.spot.zone if alone and part.spot.zone in LONG_ZONES else None


def _is_told(a: Assignment, b: Assignment) -> bool:
    """Whether something else was said: "compressible, but not tested" leaves reflux untested."""
    finding = b.predicate.finding
    if b.chunk is a.chunk or finding is None or finding.kind != "word":
        return False
    return len(b.chunk.elements) > 1 and finding.property == "compressibility"


def _finding_behind(a: Assignment) -> Finding | None:
    """The finding that something was not assessed for: "not assessed for thrombus"."""
    later = [p for p in a.chunk.predicates if p.first > a.predicate.last and p.finding]
    if not later:
        return None
    between = range(a.predicate.last + 1, later[0].first)
    words = {e.norm for e in a.chunk.elements if isinstance(e, Token) and e.index in between}
    return later[0].finding if words.isdisjoint(_REASONS) else None


def _is_of_treatment(a: Assignment) -> bool:
    """Whether a treatment is what was not done: "RFA was declined"."""
    return any(
        p.last < a.predicate.first and p.finding is not None and p.finding.property == "treatment"
        for p in a.chunk.predicates
    )


def _finding_before(a: Assignment, everything: Sequence[Assignment]) -> Finding | None:
    """The last finding that stands shortly before a statement, and names no number."""
    near = [
        b
        for b in everything
        if b is not a
        and b.predicate.last < a.predicate.first
        and abs(b.chunk.first - a.chunk.first) < _NEAR
    ]
    measured = any(b.number is not None for b in near)
    named = [b.predicate.finding for b in near if b.predicate.finding and not _is_told(a, b)]
    if measured:  # "5.2 mm wide and not assessed" leaves no label open
        named = [finding for finding in named if finding.kind != "label"]
    return named[-1] if named else None
